"""Dated exchange rates of the shop: buy, sell and customs, all in units of the base currency."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from pos.domain.errors import BadField, Refused
from pos.domain.money import Currency, Money, half_up

DECIMALS = 9
"""Most decimals of a rate, typed or computed."""
_RATE = re.compile(rf"[0-9]{{1,9}}(\.[0-9]{{1,{DECIMALS}}})?")
RATE_KINDS = ("customs", "buy", "sell")
"""By which of its rates a currency may be worth something: a regime says which it converts by."""
_LOWEST, _HIGHEST = Decimal("0.000001"), Decimal(1_000_000)
"""No currency of the counter is worth less or more of another one."""


@dataclass(eq=False)
class NoRate(Refused):
    """The shop has no rate for a currency that the sale needs."""

    fact = "no_rate"

    currency: str


def read_rate(text: object, field: str) -> Decimal:
    """Read a rate such as "72.80": a positive decimal of ASCII digits; raises BadField naming `field`."""
    if not isinstance(text, str) or not _RATE.fullmatch(text):
        raise BadField(field, "not_a_rate", str(text)[:40])
    value = Decimal(text)
    if value <= 0:
        raise BadField(field, "not_a_rate", text)
    return value


def to_rate(exact: Fraction) -> Decimal:
    """A quotient as a rate, rounded half up to the decimals that a rate has; without zeros behind it."""
    whole, part = divmod(half_up(exact * 10**DECIMALS), 10**DECIMALS)
    return Decimal(f"{whole}.{part:0{DECIMALS}d}".rstrip("0").rstrip("."))


def check_rate(value: Decimal, field: str) -> None:
    """Refuse what can be no rate: nothing, less, and what no currency is worth; raises BadField naming `field`."""
    if not (value.is_finite() and value > 0):
        raise BadField(field, "not_a_rate", format(value, "f")[:40])
    if not _LOWEST <= value <= _HIGHEST:
        raise BadField(field, "out_of_range", format(value, "f")[:40])


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of `currency` is worth in units of the base, from the instant `since`.

    The shop takes the currency at `buy` and gives it at `sell`; `customs` is the official rate that values
    goods for the quota, None where the mean of buy and sell stands in.
    """

    currency: Currency
    buy: Decimal
    sell: Decimal
    customs: Decimal | None
    since: datetime

    @property
    def for_customs(self) -> Fraction:
        """The customs rate, or the exact mean of buy and sell (quota.md, `rate_kind`)."""
        if self.customs is not None:
            return Fraction(self.customs)
        return self.mean

    def of_kind(self, kind: str) -> Fraction:
        """The rate by one of RATE_KINDS."""
        return self.for_customs if kind == "customs" else Fraction(self.buy if kind == "buy" else self.sell)

    @property
    def mean(self) -> Fraction:
        """The exact middle of buy and sell."""
        return (Fraction(self.buy) + Fraction(self.sell)) / 2

    @property
    def spread(self) -> Fraction:
        """How far sell is above buy, in percent of the middle."""
        return (Fraction(self.sell) - Fraction(self.buy)) * 100 / self.mean


@dataclass(frozen=True, slots=True)
class RecordedRate:
    """A rate as it stands in the books, with who set it. Of two from one instant the one recorded later holds."""

    rate: Rate
    person: str


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates of one sale: frozen with it, so that a reprint or a refund years later says the same.

    `base` is the currency in which rates are quoted, `price` the one in which goods are priced.
    """

    base: Currency
    price: Currency
    rates: Mapping[str, Rate]

    def of(self, currency: Currency) -> Rate:
        """The rate of a currency other than the base; raises NoRate."""
        try:
            return self.rates[currency.code]
        except KeyError:
            raise NoRate(currency.code) from None

    def knows(self, currency: Currency) -> bool:
        """Whether money in `currency` can be taken and given."""
        if currency == self.price:
            return True
        return self._price_is_known() and (currency == self.base or currency.code in self.rates)

    def _price_is_known(self) -> bool:
        return self.price == self.base or self.price.code in self.rates

    def _buy(self, currency: Currency) -> Fraction:
        return Fraction(1) if currency == self.base else Fraction(self.of(currency).buy)

    def _sell(self, currency: Currency) -> Fraction:
        return Fraction(1) if currency == self.base else Fraction(self.of(currency).sell)

    def taking(self, currency: Currency) -> Fraction:
        """Units of the price currency for which one tendered unit of `currency` counts: buy(t) ÷ sell(p)."""
        return Fraction(1) if currency == self.price else self._buy(currency) / self._sell(self.price)

    def giving(self, currency: Currency) -> Fraction:
        """Units of `currency` that one unit of the price currency gives as change: sell(p) ÷ sell(c)."""
        return Fraction(1) if currency == self.price else self._sell(self.price) / self._sell(currency)

    def middle(self, currency: Currency) -> Fraction:
        """Units of the price currency that one unit of `currency` is worth, by the rates `for_customs`."""
        return Fraction(1) if currency == self.price else self._middle(currency) / self._middle(self.price)

    def _middle(self, currency: Currency) -> Fraction:
        return Fraction(1) if currency == self.base else self.of(currency).for_customs

    def due(self, amount: Money, currency: Currency) -> Money:
        """A price shown in another currency, rounded half-up to its minor unit: what a tender in it must reach."""
        return Money.rounded(amount.units / self.taking(currency), currency)

    def for_customs(self) -> dict[str, Fraction]:
        """Base units per unit of each other currency: the customs rate, or the mean of buy and sell."""
        return self.of_kind("customs")

    def of_kind(self, kind: str) -> dict[str, Fraction]:
        """Base units per unit of each other currency by one of RATE_KINDS: those that a regime converts by."""
        return {code: rate.of_kind(kind) for code, rate in self.rates.items() if code != self.base.code}
