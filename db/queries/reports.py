"""Questions over recorded facts: the day's figures, and every ledger recomputed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, tzinfo

from sqlalchemy import Connection

from db.queries import day_report, verify
from pos.domain.day_report import DayReport
from pos.domain.money import Currency


class SqlReports:
    """Reports over one connection."""

    def __init__(self, connection: Connection, chain: Callable[[str, bytes], str]) -> None:
        self._connection = connection
        self._chain = chain

    def day(
        self,
        days: tuple[date, date],
        within: tuple[datetime, datetime],
        till: str | None,
        price: Currency,
        zone: tzinfo,
    ) -> DayReport:
        """See Reports.day."""
        return day_report.figures(self._connection, days, within, till, price, zone)

    def mismatches(self) -> Sequence[str]:
        """See Reports.mismatches."""
        return list(verify.mismatches(self._connection, self._chain))
