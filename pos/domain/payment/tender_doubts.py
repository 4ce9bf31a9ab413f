"""An amount that looks like a slip: far too much, a note of another currency, one that was typed for another sum."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pos.domain.errors import Refused
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.pricing.rates import RateTable

_MANY = 10
"""How many times what is due makes a tender unlikely."""
_LITTLE = Fraction(1, 20)
"""The part of what is due below which a figure that is a note of another currency was perhaps one."""


@dataclass(eq=False)
class TooMuchTendered(Refused):
    """More than ten times what is due; `perhaps` is what may have been meant."""

    fact = "too_much_tendered"

    amount: Money
    due: Money
    times: int
    perhaps: Money | None


@dataclass(eq=False)
class NoteOfAnother(Refused):
    """A small part of what is due, in a figure that is a note of another currency: `perhaps` that one was given."""

    fact = "note_of_another"

    amount: Money
    due: Money
    perhaps: Money


UnlikelyTender = TooMuchTendered | NoteOfAnother
"""An amount of which the cashier should say once more that it is what was given."""


@dataclass(eq=False)
class TypedForAnotherSum(Refused):
    """An amount that was typed and not entered when `before` was due; meanwhile the basket costs something else."""

    fact = "typed_for_another_sum"

    amount: Money
    before: Money
    due: Money


DoubtfulEntry = UnlikelyTender | TypedForAnotherSum
"""The same, and an amount that was typed before another page."""


def doubt_of(amount: Money, due: Money, left: Money, rates: RateTable) -> UnlikelyTender | None:
    """What to ask about an `amount` that was typed; `due` is what is asked for in its currency, `left` the same owed.

    None where nothing is owed any more, and for the figure that was asked for.
    """
    if left.minor <= 0 or amount == due or due.minor <= 0:
        return None
    if amount.minor > due.minor * _MANY:
        perhaps = _nearest(amount, left, rates, notes=False)
        return TooMuchTendered(amount, due, amount.minor // due.minor, perhaps)
    if amount.minor < due.minor * _LITTLE:
        note = _nearest(amount, left, rates, notes=True)
        return None if note is None else NoteOfAnother(amount, due, note)
    return None


def _nearest(amount: Money, left: Money, rates: RateTable, *, notes: bool) -> Money | None:
    """The same figure in that other currency in which it comes nearest to what is owed, if it comes near."""
    best: tuple[Fraction, Money] | None = None
    for currency in CURRENCIES.values():
        if currency == amount.currency or not rates.knows(currency):
            continue
        same = Money.rounded(amount.units, currency)
        if notes and not _is_note(same.minor, currency):
            continue
        share = same.units * rates.taking(currency) / left.units
        away = max(share, 1 / share)
        if away <= _MANY and (best is None or away < best[0]):
            best = (away, same)
    return None if best is None else best[1]


def _is_note(minor: int, currency: Currency) -> bool:
    return minor in currency.notes or minor in currency.withdrawn
