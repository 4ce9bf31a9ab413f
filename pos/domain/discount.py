"""Discounts: a percentage or an amount off a whole line, exact over its units."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pos.domain.errors import BadField
from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class Discount:
    """Off a whole line: either `percent` (above 0, at most 100) or an `amount` in the line's currency."""

    percent: Decimal | None = None
    amount: Money | None = None

    def off(self, gross: Money) -> Money:
        """What it takes off `gross`, rounded half-up to the minor unit; never more than `gross`."""
        if self.amount is not None:
            return min(self.amount, gross)  # pieces may have gone since it was given
        return Money.rounded(gross.units * Fraction(self.percent or 0) / 100, gross.currency)

    def share_of(self, gross: Money) -> Fraction:
        """The discount as a share of `gross` (0…1): what a role's limit is measured against."""
        return self.off(gross).units / gross.units if gross else Fraction(0)

    def check(self, gross: Money, field: str) -> None:
        """Refuse a discount below 0 or above its line, naming `field`."""
        if self.percent is not None and not (self.percent.is_finite() and 0 <= self.percent <= 100):
            raise BadField(f"{field}.percent", "out_of_range", str(self.percent))
        if self.amount is not None and not 0 <= self.amount.minor <= gross.minor:
            raise BadField(f"{field}.amount", "out_of_range", str(self.amount))
