"""Rates of a central bank for one day: exact, and quoted against any currency that the bank knows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from pos.domain.errors import BadField, Refused
from pos.domain.money import Currency

BANKS = {"nbk": "KZT", "cbr": "RUB", "ecb": "EUR"}
"""The banks whose files are known, and the currency of each."""

_SAYS_WHAT_ONE_BUYS = frozenset({"ecb"})
"""Banks that quote how much of a currency one unit of theirs buys; the others say what a currency costs."""
_CODE = re.compile(r"[A-Z]{3}")
_FIGURE = re.compile(r"[0-9]{1,9}([.,][0-9]{1,9})?")
_UNITS = re.compile(r"[0-9]{1,5}")
MOST_UNITS = 10_000


@dataclass(eq=False)
class BankLacksCurrency(Refused):
    """A bank's file says nothing about the currency in which the shop quotes its rates or its prices."""

    fact = "bank_lacks_currency"

    bank: str
    currency: str


@dataclass(eq=False)
class NoRatesYet(Refused):
    """Customs rates stand beside rates to buy and sell at, of which the shop has none."""

    fact = "no_rates_yet"


@dataclass(eq=False)
class RatesOlder(Refused):
    """A bank's file is of a day before the one from which the rates in force hold."""

    fact = "rates_older"

    bank: str
    day: date
    since: datetime


@dataclass(frozen=True, slots=True)
class Quote:
    """One figure of a bank's file as it stands there: `value` for so many `units`."""

    currency: str
    value: str
    units: str = "1"


@dataclass(frozen=True, slots=True)
class OfficialRates:
    """What one unit of each currency is `worth` in the currency of the `bank`, its own among them, on a day."""

    bank: str
    day: date
    worth: Mapping[str, Fraction]

    def knows(self, currency: Currency) -> bool:
        return currency.code in self.worth

    def of(self, currency: Currency, base: Currency) -> Fraction:
        """Units of `base` for one of `currency`, both of which the bank `knows`."""
        return self.worth[currency.code] / self.worth[base.code]


def official_rates(bank: str, day: date, quotes: Sequence[Quote]) -> OfficialRates:
    """The rates of a file. Raises BadField naming the currency, or FILE where there is none."""
    worth = {BANKS[bank]: Fraction(1)}
    for quote in quotes:
        code = quote.currency
        if not _CODE.fullmatch(code):
            raise BadField("FILE", "not_a_currency", code[:40])
        if code in worth:
            raise BadField(code, "is_the_base" if code == BANKS[bank] else "given_twice")
        value = _exact(code, quote.value) / _units(code, quote.units)
        worth[code] = 1 / value if bank in _SAYS_WHAT_ONE_BUYS else value
    if not quotes:
        raise BadField("FILE", "no_rates_of_the_day", day.isoformat())
    return OfficialRates(bank, day, worth)


def _exact(code: str, text: str) -> Fraction:
    value = Fraction(text.replace(",", ".")) if _FIGURE.fullmatch(text) else Fraction(0)
    if value <= 0:
        raise BadField(code, "not_a_rate", text[:40])
    return value


def _units(code: str, text: str) -> int:
    units = int(text) if _UNITS.fullmatch(text) else 0
    if not 1 <= units <= MOST_UNITS:
        raise BadField(code, "not_a_number_of_units", text[:40])
    return units
