"""Money: whole minor units of one currency, and the one place that rounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from pos.domain.errors import BadField, BadInput

_AMOUNT = re.compile(r"(-?)([0-9]{1,12})(?:\.([0-9]{1,9}))?")


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency by its ISO 4217 code; `digits` is the number of decimals of its minor unit.

    The file of the border says the rest: `denominations` are the notes and coins in use, in minor units, largest
    first; pieces below `smallest_note` are coins. Notes that were `withdrawn` from print are still taken. `cash_step`
    is the usual smallest cash amount. `keeps_coins`: a shop at this border has coins of it in the drawer. `names` word
    it by language, `headers` are further words that head a column of prices in it, and `place` is its place among the
    currencies of the counter.
    """

    code: str
    digits: int = 2
    symbol: str = field(default="", compare=False)
    denominations: tuple[int, ...] = field(default=(), compare=False, repr=False)
    smallest_note: int = field(default=1, compare=False, repr=False)
    cash_step: int = field(default=1, compare=False, repr=False)
    keeps_coins: bool = field(default=False, compare=False, repr=False)
    withdrawn: tuple[int, ...] = field(default=(), compare=False, repr=False)
    names: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    headers: tuple[str, ...] = field(default=(), compare=False, repr=False)
    place: int = field(default=0, compare=False, repr=False)

    @property
    def has_cash_decimals(self) -> bool:
        """Whether cash has a part of a unit: there is no piece below 1 tenge."""
        return not self.denominations or self.denominations[-1] % self.minor_per_unit != 0

    @property
    def notes(self) -> tuple[int, ...]:
        """The denominations that are no coins."""
        return tuple(value for value in self.denominations if value >= self.smallest_note)

    @property
    def minor_per_unit(self) -> int:
        """How many minor units make one unit: 100 fen in a yuan."""
        return int(10**self.digits)

    def __str__(self) -> str:
        return self.code


_IN_FORCE: dict[str, Currency] = {}
CURRENCIES: Mapping[str, Currency] = MappingProxyType(_IN_FORCE)
"""The currencies of the shop's border by code, in the order of their keys Alt+1, Alt+2 … (see `use_currencies`)."""


def use_currencies(currencies: Mapping[str, Currency]) -> None:
    """Let this process read and write amounts in the currencies of a border: once, when the shop is opened.

    Stored amounts name their currency by its code, as instants name a time zone; what the code stands for is the same
    in all of the process.
    """
    _IN_FORCE.clear()
    _IN_FORCE.update(currencies)


@dataclass(eq=False)
class UnknownCurrency(BadInput):
    """A currency that this shop does not know."""

    fact = "unknown_currency"

    currency: str
    field: str = "currency"


class CurrencyMismatch(TypeError):
    """Two currencies met without a rate: a mistake in the program, never of a person."""


def currency(code: object, field: str = "currency") -> Currency:
    """Return the currency with the ISO `code`, or raise UnknownCurrency naming `field`."""
    if isinstance(code, str) and code in CURRENCIES:
        return CURRENCIES[code]
    raise UnknownCurrency(str(code)[:20], field)


def half_up(value: Fraction) -> int:
    """Round to a whole number, halves away from zero: 0.5 → 1, −0.5 → −1."""
    return half_up_ratio(value.numerator, value.denominator)


def half_up_ratio(top: int, bottom: int) -> int:
    """The same of a quotient, without a Fraction; `bottom` is above zero."""
    whole = (2 * abs(top) + bottom) // (2 * bottom)
    return whole if top >= 0 else -whole


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An exact amount: `minor` units (fen, tiyn, cents, kopecks) of `currency`."""

    minor: int
    currency: Currency

    @classmethod
    def zero(cls, currency: Currency) -> Money:
        return cls(0, currency)

    @classmethod
    def parse(cls, text: object, currency: Currency, field: str = "amount") -> Money:
        """Read a decimal string such as "837.40": ASCII digits, one dot, no more decimals than the currency has.

        Raises BadField naming `field`. A leading minus is read; whether it is allowed is the caller's rule.
        """
        match = _AMOUNT.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise BadField(field, "not_an_amount", str(text)[:40])
        sign, whole, part = match.groups()
        part = (part or "").rstrip("0")
        if len(part) > currency.digits:
            raise BadField(field, "too_many_decimals", str(text)[:40])
        minor = int(whole) * currency.minor_per_unit + int(part.ljust(currency.digits, "0") or "0")
        return cls(-minor if sign else minor, currency)

    @classmethod
    def rounded(cls, units: Fraction | int, currency: Currency) -> Money:
        """Make money of an exact number of `units`, rounded half-up to the minor unit."""
        return cls(half_up_ratio(units.numerator * currency.minor_per_unit, units.denominator), currency)

    @property
    def units(self) -> Fraction:
        """The exact number of units: 12.50 yuan is 25/2."""
        return Fraction(self.minor, self.currency.minor_per_unit)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def _same(self, other: Money) -> int:
        if other.currency is not self.currency and other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} met {other.currency}")
        return other.minor

    def shared(self, parts: int) -> tuple[Money, ...]:
        """Share over `parts` so that nothing is lost; the first parts get the odd minor units."""
        each, odd = divmod(self.minor, parts)
        return tuple(Money(each + (1 if i < odd else 0), self.currency) for i in range(parts))

    def __str__(self) -> str:
        """The plain decimal of the amount, "837.40": for files and commands, never for people."""
        digits = self.currency.digits
        sign = "-" if self.minor < 0 else ""
        whole, part = divmod(abs(self.minor), self.currency.minor_per_unit)
        return f"{sign}{whole}.{part:0{digits}d}" if digits else f"{sign}{whole}"


def total(amounts: Iterable[Money], currency: Currency) -> Money:
    """The sum of `amounts`, all in `currency`."""
    minor, nothing = 0, Money.zero(currency)
    for amount in amounts:
        # Nearly always it is the very currency, and a basket is summed at each scan.
        minor += amount.minor if amount.currency is currency else nothing._same(amount)
    return Money(minor, currency)
