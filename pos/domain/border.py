"""The border at which a shop stands, as its file describes it: destinations, money, clocks, settings, VAT."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from pos.domain.money import Currency, use_currencies

USUAL_BORDER = "horgos"
"""The border of a shop that does not say another one."""


@dataclass(frozen=True, slots=True, eq=False)
class Destination:
    """A side by which visitors leave: its ISO 3166 code of two letters, and the id of the usual rules.

    By language, `name` is that of the country, and `title` words the way there: To China.
    """

    country: str
    name: Mapping[str, str]
    title: Mapping[str, str]
    regime: str


@dataclass(frozen=True, slots=True, eq=False)
class Clock:
    """A clock of the status line; `title` is its city by language."""

    zone: ZoneInfo
    title: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class VatRate:
    """A rate of VAT in a country, in per cent, in force from the day `since` until the day before `until`."""

    country: str
    rate: Decimal
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    def meets(self, other: VatRate) -> bool:
        """Whether the two are one rate that is in force twice on some day."""
        if (self.country, self.rate) != (other.country, other.rate):
            return False
        first = max(self.since or date.min, other.since or date.min)
        return self.holds(first) and other.holds(first)


@dataclass(frozen=True, slots=True)
class FiscalMark:
    """What a receipt bears that no fiscal device has registered.

    First the shop's own `texts`, in any language, then the program's words in each of `languages`. Without either a
    receipt bears no mark.
    """

    languages: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.languages or self.texts)


@dataclass(frozen=True, slots=True)
class MarkingDuty:
    """Goods of a category (a leaf, or a branch) that are sold by their marking codes from the day `since`.

    It binds a shop whose receipts are registered.
    """

    category: str
    since: date


@dataclass(frozen=True, slots=True, eq=False)
class Border:
    """One border. `currencies` are those of the counter by code, in the order of their keys Alt+1, Alt+2 …

    Money is counted in `price`, rates in `rate_currency`. `feed` is the address at which a central bank publishes
    them, proposed to the shop; empty where none does. `is_example`: its rules are no law but show how a border is
    described.
    """

    id: str
    title: Mapping[str, str]
    destinations: tuple[Destination, ...]
    currencies: Mapping[str, Currency]
    price: Currency
    rate_currency: Currency
    time_zone: str
    clocks: tuple[Clock, ...]
    receipt_languages: tuple[str, ...]
    fiscal_mark: FiscalMark
    vat: tuple[VatRate, ...] = ()
    marking: tuple[MarkingDuty, ...] = ()
    feed: str = ""
    is_example: bool = False

    def vat_on(self, day: date) -> tuple[VatRate, ...]:
        """The rates of VAT in force on a day, in the order of the file."""
        return tuple(one for one in self.vat if one.holds(day))

    @property
    def sides(self) -> tuple[str, ...]:
        """The countries of the destinations, in their order."""
        return tuple(one.country for one in self.destinations)

    def destination(self, country: str | None) -> Destination | None:
        """The destination in a country; None where visitors leave to no such side."""
        return next((one for one in self.destinations if one.country == country), None)


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in a language, or in English where the file has none in it."""
    return texts.get(language) or texts["en"]


_IN_FORCE: list[Border] = []


def use_border(border: Border) -> None:
    """Let this process work at a border: once, when the program knows its shop.

    As a code of time zone data, a code of a currency or a side means the same in all of the process.
    """
    _IN_FORCE[:] = [border]
    use_currencies(border.currencies)


def border_in_force() -> Border:
    """The border at which the shop of this process stands."""
    return _IN_FORCE[0]
