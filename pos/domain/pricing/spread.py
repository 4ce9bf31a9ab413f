"""What the shop earns by taking and giving money at other rates than what it is worth: a line of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from pos.domain.money import Currency, Money, total
from pos.domain.pricing.rates import RateTable


@dataclass(frozen=True, slots=True)
class Spread:
    """The money of one foreign currency: `amount` stayed here, below zero where more went out than came in.

    It `counted` for so much and is `worth` so much at the customs rates of its receipts; both in the price currency.
    """

    amount: Money
    counted: Money
    worth: Money

    @property
    def earned(self) -> Money:
        """What the shop earned by it; below zero where it lost."""
        return self.worth - self.counted

    @classmethod
    def of(cls, amount: Money, counted: Money, rates: RateTable) -> Spread:
        """One tender (above zero), or one change or refund (below), at the rates frozen with its receipt."""
        return cls(amount, counted, worth_of(amount, rates.middle(amount.currency), rates.price))

    def joined(self, other: Spread) -> Spread:
        """Both together."""
        return replace(
            self,
            amount=self.amount + other.amount,
            counted=self.counted + other.counted,
            worth=self.worth + other.worth,
        )


def worth_of(amount: Money, middle: Fraction, price: Currency) -> Money:
    """The worth of an amount of which a unit is worth `middle` of the price currency."""
    return Money.rounded(amount.units * middle, price)


def joined(parts: Iterable[Spread]) -> tuple[Spread, ...]:
    """One Spread for each currency, in the order of the currencies: each part was rounded alone, so sums agree."""
    sums: dict[str, Spread] = {}
    for part in parts:
        code = part.amount.currency.code
        sums[code] = sums[code].joined(part) if code in sums else part
    return tuple(sorted(sums.values(), key=lambda one: one.amount.currency.place))


def earned(parts: Iterable[Spread], none: Money) -> Money:
    """What they earned together; `none` is nothing in the price currency."""
    return total((part.earned for part in parts), none.currency)
