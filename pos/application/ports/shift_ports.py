"""Port of the shifts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.money import Currency, Money
    from pos.domain.payment.banknotes import Drawer, Notes
    from pos.domain.shifts.hand_over import HandOver
    from pos.domain.shifts.shift import Shift
    from pos.domain.shifts.shift_report import ShiftReport, ZReport
    from pos.domain.staff.staff import Person


@dataclass(frozen=True, slots=True)
class CashMove:
    """Cash that moves without a sale: `kind` as in `KINDS`; a positive amount.

    Or `deposit` and `deposit_back`, whose reason is the code of their order.
    """

    kind: str
    amount: Money
    reason: str
    notes: Notes | None
    """The notes by value in minor units; None if not given."""
    person: str
    at: datetime


class Shifts(Protocol):
    """Shifts of the tills."""

    def open_at(self, till: str) -> Shift | None: ...

    def open(
        self, till: str, person: Person, at: datetime, float_: Mapping[str, Money], notes: Drawer | None = None
    ) -> Shift:
        """Open the next shift of the till with its float; `notes` of the currencies whose notes were given."""

    def drawer(self, shift: Shift) -> Drawer:
        """The notes that the drawer should hold; currencies without movements are absent."""

    def move(self, shift: Shift, move: CashMove) -> None:
        """Record cash that moves without a sale."""

    def hand_over(self, shift: Shift, made: HandOver) -> None:
        """Record a hand-over of the shift: its drawer then holds the counted notes."""

    def expected(self, shift: Shift, currency: Currency) -> Money:
        """What the drawer should hold in a currency."""

    def report(self, shift: Shift, price: Currency, at: datetime) -> ShiftReport:
        """The totals of the shift, in the currency `price`."""

    def close(self, shift: Shift, report: ShiftReport, business_date: date) -> ZReport:
        """Close the shift with its report and count; the report gets the till's next Z number."""

    def next_z(self, till: str) -> int:
        """The number that the till's next Z gets."""
        ...

    def sum_up(self) -> bool:
        """Write the totals of the newest closed shift that has none; False if all have them."""

    def z(self, till: str, number: int) -> ZReport | None: ...

    def last_z(self, till: str) -> ZReport | None: ...

    def copies_of_z(self, till: str, number: int) -> int:
        """How often a Z was printed again, according to the journal."""
