"""Discounts: a percentage or an amount off a whole line, exact over its units."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pos.domain.errors import BadField
from pos.domain.money import Money

_ROUNDNESS = (1, 2, 10, 100)
"""Whole per cent first, then halves, tenths and hundredths."""


@dataclass(frozen=True, slots=True)
class Discount:
    """Off a whole line: `percent` (above 0, at most 100), or an `amount` in the line's currency.

    Both: the line is part of one that had `percent` off, and `amount` is its share, so that the parts of a line
    cost together what it cost.
    """

    percent: Decimal | None = None
    amount: Money | None = None

    def __bool__(self) -> bool:
        """Whether it takes anything off."""
        return bool(self.percent or self.amount)

    @property
    def kind(self) -> str:
        """How it was given: `percent` or `amount`."""
        return "amount" if self.percent is None else "percent"

    def off(self, gross: Money) -> Money:
        """What it takes off `gross`, rounded half-up to the minor unit; never more than `gross`."""
        if self.amount is not None:
            return min(self.amount, gross)  # pieces may have gone since it was given
        return Money.rounded(gross.units * Fraction(self.percent or 0) / 100, gross.currency)

    def share_of(self, gross: Money) -> Fraction:
        """The discount as a share of `gross` (0…1): what a role's limit is measured against."""
        if self.percent is not None:
            return Fraction(self.percent) / 100  # the part added by rounding was not granted
        return self.off(gross).units / gross.units if gross else Fraction(0)

    def part(self, whole: Money, before: int, units: int, of: int) -> Discount:
        """The discount of `units` out of the `of` units that cost `whole`, when `before` of them are given away."""
        off = self.off(whole).units
        currency = whole.currency
        share = Money.rounded(off * (before + units) / of, currency) - Money.rounded(off * before / of, currency)
        return Discount(self.percent, share)

    def on(self, whole: Money) -> Discount:
        """The same discount with what it takes off `whole`."""
        return Discount(self.percent, self.off(whole))

    def together(self, other: Discount) -> Discount | None:
        """One discount for two lines that become one again; None where they are of different kinds."""
        if self.percent != other.percent or self.amount is None or other.amount is None:
            return None
        return Discount(self.percent, self.amount + other.amount)

    def check(self, gross: Money, field: str) -> None:
        """Refuse a discount below 0 or above its line, naming `field`."""
        if self.percent is not None and not (self.percent.is_finite() and 0 <= self.percent <= 100):
            raise BadField(f"{field}.percent", "out_of_range", str(self.percent))
        if self.amount is not None and not 0 <= self.amount.minor <= gross.minor:
            raise BadField(f"{field}.amount", "out_of_range", str(self.amount))


def roundest_percent(gross: Money, off: Money) -> Fraction | None:
    """The roundest percentage that takes `off` from `gross`; None where none does, or two that are equally round."""
    for steps in _ROUNDNESS:
        near = round(Fraction(off.minor * 100 * steps, gross.minor)) if gross else 0
        fitting = [
            n for n in range(max(near - 1, 1), max(near, 1) + 2) if Discount(Decimal(n) / steps).off(gross) == off
        ]
        if fitting:
            return Fraction(fitting[0], steps) if len(fitting) == 1 else None
    return None
