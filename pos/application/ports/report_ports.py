"""Port of the reports over recorded facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.money import Currency, Money
    from pos.domain.reports.day_report import DayReport
    from pos.domain.reports.month_report import MonthReport
    from pos.domain.reports.report_slice import ReportSlice, SliceCursor, SlicePage
    from pos.domain.reports.shift_books import ShiftBooks, SoldGoods
    from pos.domain.reports.slow_goods import SlowPage


@dataclass(frozen=True, slots=True)
class Days:
    """Business days from the `first` to the `last`: the instants `within` (from, before) in `zone`.

    Optionally of one `till` and one `person`.
    """

    first: date
    last: date
    within: tuple[datetime, datetime]
    zone: tzinfo
    price: Currency
    till: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """Earlier days to compare with; `until` an instant within them if the current days are not over."""

    first: date
    last: date
    until: datetime | None


class Reports(Protocol):
    """Read-only queries over recorded facts."""

    def day(self, days: Days, before: Before | None = None) -> DayReport:
        """The figures of the days, beside those of the days `before`."""

    def month(self, days: Days, now: datetime) -> MonthReport:
        """The Zs of the month of these days, as of `now`."""

    def behind(self, days: Days, slices: Sequence[ReportSlice], after: SliceCursor | None, limit: int) -> SlicePage:
        """The receipts of the days that match all of the marks, newest first; raises NoSuchSlice."""

    def most_sold(self, days: Days, limit: int) -> Sequence[int]:
        """The products of which most pieces were sold in the days, most first."""

    def slow(self, days: Days, offset: int, limit: int) -> SlowPage:
        """Goods on hand since before the days and not sold in them, highest cost first."""

    def closed_shifts(self, first: date, last: date) -> Sequence[tuple[str, int]]:
        """Till and number of the Zs of the business days from `first` to `last`, in the order of their closing."""

    def shift_books(self, shift: int, price: Currency) -> ShiftBooks:
        """The sums of a closed shift, for its day voucher."""
        ...

    def goods_of_shift(self, shift: int, price: Currency) -> Sequence[SoldGoods]:
        """The goods of a closed shift, by article, price and VAT rate."""

    def allowance_lines(self, since: datetime, until: datetime) -> Iterable[AllowanceLine]:
        """What was sold to visitors from `since` until before `until`, in the order of the sales."""

    def mismatches(self) -> Sequence[str]:
        """Recompute every ledger from the facts: one line per mismatch, none if all match."""

    def mismatches_in_two(self) -> Sequence[str]:
        """The same lines in the same order, by two processes where that is possible."""


@dataclass(frozen=True, slots=True)
class AllowanceLine:
    """A line of a sale that counts for an allowance: `sale` is the key of the sale, `returned` came back in time."""

    sale: str
    line: int
    at: datetime
    regime: str
    category: str
    units: int
    returned: int


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """Pieces of one sale line that a visitor has, or had, with them.

    `person` is the row of the visitor with all their documents, `masked` the document as stored. `carried_out_at` is
    None without a recorded departure. `names` are the goods' names by language, as sold; `measures` the customs
    attributes of one piece, as text.
    """

    regime: str
    person: int
    country: str
    masked: str
    receipt: str
    at: datetime
    carried_out_at: datetime | None
    code: str
    name: str
    category: str
    quantity: int
    dutiable: int
    amount: Money
    measures: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
