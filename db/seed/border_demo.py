"""What the made-up shop of a border is like: the file demo.toml beside that of the border.

A shop that has a border of its own writes its demo into the same folder.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from db.seed.price_list import PriceList
from pos.application.shop.opening import DemoTour
from pos.domain.border import Border, border_in_force
from pos.domain.errors import BadInput, Refused, RuleBroken
from pos.domain.money import Currency, Money
from pos.domain.payment.banknotes import Drawer
from pos.domain.pricing.rates import Rate

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "borders"
FILE = "demo.toml"
METHODS = ("cash", "card", "qr")


@dataclass(eq=False)
class NoDemo(Refused):
    """The border has no file that says what a demo shop there is like."""

    fact = "no_demo"

    border: str


@dataclass(eq=False)
class DemoFault(BadInput):
    """An unusable file of a demo: `field` is missing or not what it has to be."""

    fact = "demo_fault"

    file: str
    field: str


@dataclass(frozen=True, slots=True)
class Way:
    """Of a hundred payments of a nation `many` are made so."""

    method: str
    currency: Currency
    many: int


@dataclass(frozen=True, slots=True)
class Nation:
    """Of a hundred visitors `many` show its passports; `leaves` is the share of them who leave to each side."""

    code: str
    many: int
    letter: str
    leaves: Mapping[str, float]
    ways: tuple[Way, ...]
    surnames: tuple[str, ...]
    names: tuple[str, ...]

    def destination(self, random: Random) -> str:
        """Where the next one leaves to."""
        drawn = random.random()
        shares = list(zip(self.leaves, accumulate(self.leaves.values()), strict=True))
        return next((side for side, up_to in shares if drawn < up_to), shares[-1][0])

    def way(self, random: Random) -> Way:
        """How the next one pays."""
        return random.choices(self.ways, cum_weights=tuple(accumulate(one.many for one in self.ways)))[0]


@dataclass(frozen=True, slots=True)
class BorderDemo:
    """The demo shop of one border. Notes are by value in minor units.

    `rates` are units of the rate currency for one of each: currency, buy, sell, customs. `handed` are the steps to
    which people round up cash, `to_the_coin` the currencies that they also count out. In the evening notes of the
    value in `drop` go to the safe; a piece of `missing` is now and then not there.
    """

    shop_name: str
    address: tuple[str, str]
    prices: PriceList
    customs_entry: str
    rates: tuple[tuple[Currency, Decimal, Decimal, Decimal], ...]
    float_: Drawer
    handed: Mapping[str, tuple[int, ...]]
    to_the_coin: frozenset[str]
    drop: Mapping[str, int]
    missing: tuple[Currency, int] | None
    nations: tuple[Nation, ...]
    tour: DemoTour | None

    def rates_at(self, at: datetime) -> list[Rate]:
        """The rates as set at an instant."""
        return [Rate(currency, buy, sell, customs, at) for currency, buy, sell, customs in self.rates]

    def nation(self, code: str) -> Nation:
        """The nation with a passport code."""
        return next(one for one in self.nations if one.code == code)


def demo_in_force(folders: Sequence[Path] = (SHIPPED,)) -> BorderDemo:
    """The demo of the border at which this process works, from the first of `folders` that has it.

    Raises NoDemo, DemoFault.
    """
    border = border_in_force()
    file = _file_of(border, folders)
    if file is None:
        raise NoDemo(border.id)
    return _read(file, border)


def tour_in_force(folders: Sequence[Path]) -> DemoTour | None:
    """The tour of the demo of that border; None where there is none, or its file is not as it has to be.

    A demo that was made before goes on without what its file says of the beginning.
    """
    file = _file_of(border_in_force(), folders)
    with suppress(DemoFault):
        fields = None if file is None else _fields_of(file)
        return None if fields is None or "tour" not in fields else _tour(fields.table("tour"))
    return None


def _file_of(border: Border, folders: Sequence[Path]) -> Path | None:
    return next((file for folder in folders if (file := folder / border.id / FILE).is_file()), None)


def _fields_of(file: Path) -> _Fields:
    try:
        return _Fields(tomllib.loads(file.read_text(encoding="utf-8")), file)
    except (OSError, ValueError, RecursionError):
        raise DemoFault(str(file), "TOML") from None


class _Fields:
    """The fields of a file by their path; whatever is wrong with one is a fault that names it."""

    def __init__(self, data: Mapping[str, Any], file: Path, path: str = "") -> None:
        self._data, self._file, self._path = data, file, path

    def fault(self, field: str) -> DemoFault:
        return DemoFault(str(self._file), self._path + field)

    def __contains__(self, field: str) -> bool:
        return field in self._data

    def value(self, field: str, kind: type) -> Any:
        value = self._data.get(field)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.fault(field)
        return value

    def text(self, field: str) -> str:
        text = str(self.value(field, str))
        if not text.isprintable():
            raise self.fault(field)
        return text

    def texts(self, field: str) -> tuple[str, ...]:
        found = self.value(field, list)
        if not found or not all(isinstance(one, str) and one.isprintable() for one in found):
            raise self.fault(field)
        return tuple(found)

    def figure(self, field: str) -> Decimal:
        try:
            figure = Decimal(self.text(field))
        except ArithmeticError:
            raise self.fault(field) from None
        if not figure.is_finite() or figure <= 0:
            raise self.fault(field)
        return figure

    def count(self, field: str) -> int:
        count = int(self.value(field, int))
        if not 0 <= count <= 1_000_000:
            raise self.fault(field)
        return count

    def currency(self, field: str, border: Border) -> Currency:
        return _known(border, self.text(field), self, field)

    def table(self, field: str) -> _Fields:
        return _Fields(self.value(field, dict), self._file, f"{self._path}{field}.")

    def tables(self, field: str) -> list[_Fields]:
        found = self.value(field, list)
        if not found or not all(isinstance(one, dict) for one in found):
            raise self.fault(field)
        return [_Fields(one, self._file, f"{self._path}{field}[{place}].") for place, one in enumerate(found)]

    def __iter__(self) -> Any:
        return iter(self._data)


def _known(border: Border, code: str, fields: _Fields, field: str) -> Currency:
    if code not in border.currencies:
        raise fields.fault(field)
    return border.currencies[code]


def _read(file: Path, border: Border) -> BorderDemo:
    fields = _fields_of(file)
    float_, handed, evening = fields.table("float"), fields.table("handed"), fields.table("evening")
    written = fields.tables("rate") if "rate" in fields else []  # one currency has no rates
    rates = [(one, one.currency("currency", border)) for one in written]
    if {border.rate_currency, *(currency for _, currency in rates)} != set(border.currencies.values()):
        raise fields.fault("rate")  # goods are sold in every currency
    demo = BorderDemo(
        shop_name=fields.text("shop_name"),
        address=(fields.text("address_1"), fields.text("address_2")),
        prices=PriceList(border.price, Fraction(fields.figure("list_unit"))),
        customs_entry=fields.text("customs_entry"),
        rates=tuple((currency, *(one.figure(name) for name in ("buy", "sell", "customs"))) for one, currency in rates),  # type: ignore[misc] # three figures
        float_={code: _notes(float_.table(code), _known(border, code, float_, code)) for code in float_},
        handed={code: _pieces(handed, code, handed.texts(code), border) for code in handed},
        to_the_coin=frozenset(evening.texts("to_the_coin")) if "to_the_coin" in evening else frozenset(),
        drop=_piece_of_each(evening.table("drop"), border),
        missing=_missing(evening, border),
        nations=tuple(_nation(one, border) for one in fields.tables("nation")),
        tour=_tour(fields.table("tour")) if "tour" in fields else None,
    )
    paid = {way.currency.code for nation in demo.nations for way in nation.ways if way.method == "cash"}
    if not paid <= set(demo.handed):
        raise fields.fault("handed")
    return demo


def _minor(fields: _Fields, field: str, text: str, currency: Currency) -> int:
    """A note or coin in use, in minor units."""
    try:
        minor = Money.parse(text, currency).minor
    except RuleBroken:
        raise fields.fault(field) from None
    if minor not in currency.denominations:
        raise fields.fault(field)
    return minor


def _notes(fields: _Fields, currency: Currency) -> dict[int, int]:
    return {_minor(fields, value, value, currency): fields.count(value) for value in fields}


def _pieces(fields: _Fields, code: str, texts: Sequence[str], border: Border) -> tuple[int, ...]:
    currency = _known(border, code, fields, code)
    return tuple(_amount(fields, code, text, currency) for text in texts)


def _amount(fields: _Fields, field: str, text: str, currency: Currency) -> int:
    try:
        minor = Money.parse(text, currency).minor
    except RuleBroken:
        raise fields.fault(field) from None
    if minor <= 0 or minor % currency.denominations[-1]:
        raise fields.fault(field)
    return minor


def _piece_of_each(fields: _Fields, border: Border) -> dict[str, int]:
    return {code: _minor(fields, code, fields.text(code), _known(border, code, fields, code)) for code in fields}


def _missing(evening: _Fields, border: Border) -> tuple[Currency, int] | None:
    found = _piece_of_each(evening.table("missing"), border) if "missing" in evening else {}
    return next(((border.currencies[code], minor) for code, minor in found.items()), None)


def _nation(fields: _Fields, border: Border) -> Nation:
    leaves = fields.table("leaves")
    shares = {side: leaves.count(side) / 100 for side in leaves}
    if not shares or not set(shares) <= set(border.sides):
        raise fields.fault("leaves")
    return Nation(
        fields.text("country"),
        fields.count("many"),
        fields.text("letter"),
        shares,
        tuple(_way(fields, one, border) for one in fields.value("pays", list)),
        fields.texts("surnames"),
        fields.texts("names"),
    )


def _way(fields: _Fields, written: object, border: Border) -> Way:
    match written:
        case [str(method), str(code), int(many)] if method in METHODS and many > 0:
            return Way(method, _known(border, code, fields, "pays"), many)
    raise fields.fault("pays")


def _tour(fields: _Fields) -> DemoTour:
    return DemoTour(fields.text("code"), "\n".join(fields.texts("document")))
