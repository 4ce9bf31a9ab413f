"""The price list of made-up goods in the money of a border: one list for all of them, and price tags as a shop has."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pos.domain.money import Currency, Money, half_up

_WHOLE_FIGURES = 3
"""How many figures of a price in another money than that of the list are not zero."""


@dataclass(frozen=True, slots=True)
class PriceList:
    """Prices stand in hundredths of a unit of the list, which is `worth` so many units of `currency`."""

    currency: Currency
    worth: Fraction = Fraction(1)

    def tag(self, hundredths: int) -> Money:
        """The price tag of what the list has at so much: as it stands there, or rounded to a price of the currency."""
        exact = self._hundredth * hundredths
        if exact.denominator == 1 and self.worth == 1:
            return Money(exact.numerator, self.currency)
        minor = max(half_up(exact), 1)
        step = 10 ** max(len(str(minor)) - _WHOLE_FIGURES, 0)
        step = max(step, self.currency.cash_step)
        return Money(max(half_up(Fraction(minor, step)), 1) * step, self.currency)

    def listed(self, price: Money) -> Fraction:
        """A price in hundredths of a unit of the list: thresholds are the same at every border."""
        return price.minor / self._hundredth

    @property
    def _hundredth(self) -> Fraction:
        """Minor units of the currency for a hundredth of a unit of the list."""
        return self.worth * self.currency.minor_per_unit / 100
