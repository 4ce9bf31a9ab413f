"""The price that was agreed with a buyer, in its currency, at the selling rate of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pos.domain.money import Currency, Money
from pos.domain.pricing.rates import RateTable


@dataclass(frozen=True, slots=True)
class AgreedPrice:
    """What a piece costs whenever it is picked up. `rate` is units of the price currency for one unit of `amount`,
    by the selling rates of `day`: by it the price in the price currency is fixed. Money in the currency of `amount`
    counts at this rate as a deposit, and at the pick-up at the rates of that day.
    """

    amount: Money
    rate: Fraction
    day: date

    def in_price(self, price: Currency) -> Money:
        """The price of a piece in the price currency, rounded half up."""
        return self.amount if self.amount.currency == price else Money.rounded(self.amount.units * self.rate, price)


def agreed(amount: Money, rates: RateTable, day: date) -> AgreedPrice:
    """An amount at the rates of now. Raises NoRate."""
    return AgreedPrice(amount, 1 / rates.giving(amount.currency), day)


@dataclass(frozen=True, slots=True)
class OfOrder:
    """That a row of a basket belongs to a line of a customer order, and what was agreed for a piece of it."""

    order: str
    line: int
    price: Money
