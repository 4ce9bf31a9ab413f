"""A shift that goes from one person to the next by a count of the drawer, without a Z."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from pos.domain.errors import Refused
from pos.domain.money import Currency, Money
from pos.domain.payment.banknotes import Notes


@dataclass(eq=False)
class AlreadyHeld(Refused):
    """The till's open shift is this person's already."""

    fact = "already_held"

    till: str
    person: str


@dataclass(eq=False)
class HandOverUnconfirmed(Refused):
    """`person`, the other of the two, has not confirmed the hand-over with a PIN."""

    fact = "hand_over_unconfirmed"

    person: str


@dataclass(frozen=True, slots=True)
class HandedCash:
    """One currency of a hand-over; `expected` is None for who may not see it."""

    currency: Currency
    expected: Money | None
    counted: Money
    difference: Money
    notes: Notes


@dataclass(frozen=True, slots=True)
class HandOver:
    """The `number`th hand-over of a shift. `approved_by` allowed it for `giver`, who had gone home."""

    number: int
    giver: str
    taker: str
    at: datetime
    cash: tuple[HandedCash, ...]
    approved_by: str | None = None

    @property
    def differing(self) -> tuple[HandedCash, ...]:
        """The currencies that were not as expected."""
        return tuple(line for line in self.cash if line.difference)

    def without_expected(self) -> HandOver:
        """The hand-over for who may not see what the drawer should have held."""
        return replace(self, cash=tuple(replace(line, expected=None) for line in self.cash))
