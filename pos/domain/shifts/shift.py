"""One drawer, one till, one person: opened with a float per currency, closed by a count of the notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from pos.domain.errors import BadField, Refused
from pos.domain.money import Currency, Money

if TYPE_CHECKING:
    from pos.domain.payment.banknotes import Notes
    from pos.domain.staff.staff import Person

KINDS = ("in", "out", "drop")
"""Cash that moves without a sale: paid in, paid out, dropped into the safe."""

CLOSE_OTHER = "close_other"
"""The right to close every shift, and so to work on it."""

MOST_PIECES = 100_000
"""More of one note or coin is in no drawer."""

LONGEST_REASON = 120


@dataclass(eq=False)
class NoOpenShift(Refused):
    """Nothing is sold at a till without an open shift."""

    fact = "no_open_shift"

    till: str


@dataclass(eq=False)
class ShiftAlreadyOpen(Refused):
    """The till has an open shift; `person` opened it."""

    fact = "shift_already_open"

    till: str
    person: str


@dataclass(eq=False)
class ShiftOfAnother(Refused):
    """The till's open shift is `person`'s: only a manager else sells, records returns or moves cash on it."""

    fact = "shift_of_another"

    till: str
    person: str


@dataclass(eq=False)
class DrawerShort(Refused):
    """The drawer should hold less than `amount`. How much less is not shown: counts are blind."""

    fact = "drawer_short"

    amount: Money


@dataclass(frozen=True, slots=True)
class Shift:
    """An open shift: `number` counts the shifts of the till.

    `cashier` opened it; `taken_by` received it in the last hand-over, at `taken_at`. `float_` is the cash laid into the
    drawer, by currency code: known while it is being opened, and afterwards to its report.
    """

    id: int
    till: str
    number: int
    cashier: str
    opened_at: datetime
    float_: Mapping[str, Money] = field(default_factory=dict, compare=False)
    taken_by: str | None = None
    taken_at: datetime | None = None

    @property
    def holder(self) -> str:
        """Whose it is now."""
        return self.taken_by or self.cashier

    @property
    def since(self) -> datetime:
        """Since when it belongs to the cashier."""
        return self.taken_at or self.opened_at

    def lets(self, person: Person) -> bool:
        """Whether a person may work on it: its cashier, and a person who may close every shift."""
        return person.name == self.holder or person.may(CLOSE_OTHER)

    def check(self, person: Person) -> None:
        """Refuse a person who may not work on it."""
        if not self.lets(person):
            raise ShiftOfAnother(self.till, self.holder)

    @property
    def key(self) -> str:
        """The key to which an approval of an act at this drawer is bound."""
        return f"drawer:{self.id}"


def check_notes(notes: Notes, currency: Currency, field: str) -> None:
    """Refuse notes that do not exist and counts that cannot be; raises BadField below `field`."""
    for value, count in notes.items():
        name = f"{field}.{Money(value, currency)}"
        if value not in currency.denominations:
            raise BadField(name, "unknown", str(Money(value, currency)))
        if not 0 <= count <= MOST_PIECES:
            raise BadField(name, "negative" if count < 0 else "too_large", str(count))


def check_reason(text: str) -> str:
    """A reason trimmed; raises BadField where there is none, or more than a line."""
    reason = text.strip()
    if not reason:
        raise BadField("reason", "missing")
    if len(reason) > LONGEST_REASON:
        raise BadField("reason", "too_long", reason[:40])
    if not reason.isprintable():
        raise BadField("reason", "character", "")
    return reason
