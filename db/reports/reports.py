"""Queries over recorded facts: the day's figures, and every ledger recomputed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from db.reports import day_report, month_report, shift_books
from db.reports.center_books import allowance_lines
from db.reports.drill_down import drill_down_receipts
from db.reports.most_sold import most_sold
from db.reports.slow_goods import slow_goods
from pos.application.ports.report_ports import AllowanceLine, Before, Days
from pos.domain.money import Currency
from pos.domain.reports.day_report import DayReport
from pos.domain.reports.month_report import MonthReport
from pos.domain.reports.report_slice import ReportSlice, SliceCursor, SlicePage
from pos.domain.reports.shift_books import ShiftBooks, SoldGoods
from pos.domain.reports.slow_goods import SlowPage


class SqlReports:
    """Reports over one connection."""

    def __init__(self, connection: Connection, chain: Callable[[str, bytes], str]) -> None:
        self._connection = connection
        self._chain = chain

    def day(self, days: Days, before: Before | None = None) -> DayReport:
        return day_report.figures(self._connection, days, before)

    def month(self, days: Days, now: datetime) -> MonthReport:
        return month_report.month(self._connection, days, now)

    def behind(self, days: Days, slices: Sequence[ReportSlice], after: SliceCursor | None, limit: int) -> SlicePage:
        return drill_down_receipts(self._connection, days, slices, after, limit)

    def most_sold(self, days: Days, limit: int) -> Sequence[int]:
        return most_sold(self._connection, days, limit)

    def slow(self, days: Days, offset: int, limit: int) -> SlowPage:
        return slow_goods(self._connection, days, offset, limit)

    def closed_shifts(self, first: date, last: date) -> Sequence[tuple[str, int]]:
        return shift_books.closed_shifts(self._connection, first, last)

    def shift_books(self, shift: int, price: Currency) -> ShiftBooks:
        return shift_books.shift_books(self._connection, shift, price)

    def goods_of_shift(self, shift: int, price: Currency) -> Sequence[SoldGoods]:
        return shift_books.goods_of_shift(self._connection, shift, price)

    def allowance_lines(self, since: datetime, until: datetime) -> Iterable[AllowanceLine]:
        return allowance_lines(self._connection, since, until)

    def mismatches(self) -> Sequence[str]:
        from db.verify import verify

        return list(verify.mismatches(self._connection, self._chain))

    def mismatches_in_two(self) -> Sequence[str]:
        from db.verify.two_processes import mismatches_in_two

        return mismatches_in_two(self._connection, self._chain)
