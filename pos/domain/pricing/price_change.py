"""One change of many prices: by per cent or an amount, and on which figures the new prices end."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pos.domain.errors import BadField
from pos.domain.money import Money, half_up

ENDINGS = ("", "00", "90", "99")
"""As it comes out; on a whole unit; on .90; on .99."""

_LOWEST, _HIGHEST = Decimal(-90), Decimal(900)


@dataclass(frozen=True, slots=True)
class PriceChange:
    """`percent` or `amount`, above zero for dearer, below for cheaper; then to the nearest price with the `ending`.

    Raises BadField for one that changes nothing, for both at once, and for what no shop does to its prices.
    """

    percent: Decimal | None = None
    amount: Money | None = None
    ending: str = ""

    def __post_init__(self) -> None:
        if (self.percent is None) == (self.amount is None):
            raise BadField("percent", "missing" if self.percent is None else "not_both")
        if self.percent is not None and not _LOWEST <= self.percent <= _HIGHEST:
            raise BadField("percent", "out_of_range", format(self.percent, "f"))
        if self.ending not in ENDINGS:
            raise BadField("ending", "not_one_of", self.ending[:10])
        if not self.ending and not (self.percent or (self.amount is not None and self.amount.minor)):
            raise BadField("percent" if self.amount is None else "amount", "out_of_range", "0")

    def of(self, price: Money) -> Money:
        """What a price becomes; at or below zero where so much cannot be taken off it."""
        if self.percent is not None:
            exact = Fraction(price.minor) * (100 + Fraction(self.percent)) / 100
        else:
            assert self.amount is not None, "one of the two"
            exact = Fraction(price.minor + self.amount.minor)
        return Money(self._ended(exact, price.currency.minor_per_unit), price.currency)

    def _ended(self, exact: Fraction, unit: int) -> int:
        """The nearest with the ending, in minor units; of two as near the higher."""
        if not self.ending or exact <= 0:
            return half_up(exact)
        end = int(self.ending) * unit // 100
        whole = half_up((exact - end) / unit)
        return max(whole * unit + end, end or unit)


def margin_of(price: Money, cost: Money | None) -> Fraction | None:
    """What is left of a price when the goods are paid for, in per cent of it; None where the cost is unknown."""
    if cost is None or not price.minor:
        return None
    return Fraction(100 * (price.minor - cost.minor), price.minor)
