"""A scenario of `quota check`, read from parsed JSON: every fault names its field, nothing is guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from pos.application.iso_dates import iso_instant
from pos.domain.category import UnknownCategory, is_leaf
from pos.domain.errors import BadField
from pos.domain.product import Attributes
from pos.domain.quota.measure import Goods, NoQuotaRate, QuotaRates
from pos.domain.quota.rule import Regime
from pos.domain.quota.standing import PastSale, Traveller

_DECIMAL = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PART_OF_A_DAY = re.compile(r"[0-9]{4}(-[0-9]{2})?")
"""Of a birth date: what a paper with `15<<<<` or `1506<<` tells; on its earliest day one is as old as is possible."""
_MOST_UNITS = 1_000_000
_MOST_PIECES = 1_000_000
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Person:
    """A visitor with the past that counts; `id` is "" where one visitor shops alone."""

    id: str
    visitor: Traveller
    history: tuple[PastSale, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything that one judgement needs. `party` tells a party of one from a visitor alone."""

    regime: Regime
    at: datetime
    rates: QuotaRates
    people: tuple[Person, ...]
    party: bool
    basket: tuple[Goods, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A number that JSON allows and nobody means: NaN, 1e999, a thousand digits. No field takes it."""

    digits: str

    def __str__(self) -> str:
        """As it stands in the file, shortened: a refusal quotes it."""
        return self.digits[:40]


def parse_json(text: str) -> object:
    """JSON with exact numbers. A key given twice and a depth without end are BadField; see Unreadable."""
    try:
        return json.loads(
            text, object_pairs_hook=_no_doubles, parse_float=_exact, parse_int=_whole, parse_constant=Unreadable
        )
    except RecursionError:
        raise BadField("json", "too_deep") from None
    except json.JSONDecodeError as error:
        raise BadField("json", "not_json", f"line {error.lineno} column {error.colno}") from None


def _no_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table: dict[str, object] = {}
    for key, value in pairs:
        if key in table:
            raise BadField(shown(key), "given_twice")
        table[key] = value
    return table


def _whole(digits: str) -> int | Unreadable:
    return int(digits) if len(digits) <= 20 else Unreadable(digits)


def _exact(digits: str) -> Decimal | Unreadable:
    return Decimal(digits) if len(digits) <= 40 and "e" not in digits.lower() else Unreadable(digits)


def shown(value: object) -> str:
    """What stands in a field, short and on one line."""
    if isinstance(value, Unreadable):
        text = value.digits
    elif isinstance(value, str | int | Decimal):
        text = str(value)
    else:
        text = "null" if value is None else type(value).__name__
    return "".join(sign if sign.isprintable() else "?" for sign in text[:40])


def read_scenario(data: object, regimes: Mapping[str, Regime], where: str = "") -> Scenario:
    """One scenario; `where` is the path of its table in the document. Raises a BadInput that names the field."""
    table = Table(data, where)
    regime = _regime(table, regimes)
    at = table.instant("at")
    rates = _rates(table.table("rates"))
    if party := "party" in table:
        people = _party(table, regime, rates, at)
        table.refuse("visitor", "history")
    else:
        people = (_person("", table, regime, rates, at),)
    basket = _lines(table.items("basket"), table.path("basket"), regime, rates, sold=False)
    table.done()
    return Scenario(regime, at, rates, people, party, basket)


def _regime(table: Table, regimes: Mapping[str, Regime]) -> Regime:
    """The rules that a scenario names; where their file cannot be used the refusal says what is wrong with it."""
    name = table.take("regime")
    try:
        return regimes[name if isinstance(name, str) else ""]
    except KeyError:
        raise BadField(table.path("regime"), "unknown", shown(name)) from None
    except BadField as fault:
        raise BadField(table.path("regime"), fault.what, fault.value) from None


class Table:
    """The fields of one JSON object, each known by its path."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, dict):
            raise BadField(where or "json", "not_an_object", shown(data))
        self._data: dict[str, object] = data
        self._where = where
        self._read: set[str] = set()

    def __contains__(self, field: str) -> bool:
        return field in self._data

    def path(self, field: str) -> str:
        return f"{self._where}.{field}" if self._where else field

    def bad(self, field: str, what: str) -> BadField:
        return BadField(self.path(field), what, shown(self._data.get(field)))

    def done(self) -> None:
        """Refuse fields that nobody has read: a misspelt discount is no discount."""
        for field in self._data:
            if field not in self._read:
                raise BadField(self.path(shown(field)), "unknown_field")

    def refuse(self, *fields: str) -> None:
        for field in fields:
            if field in self._data:
                raise self.bad(field, "not_with_party")

    def take(self, field: str) -> object:
        self._read.add(field)
        if field not in self._data:
            raise BadField(self.path(field), "missing")
        return self._data[field]

    def optional(self, field: str) -> object:
        self._read.add(field)
        return self._data.get(field)

    def names(self) -> tuple[str, ...]:
        return tuple(self._data)

    def text(self, field: str) -> str:
        value = self.take(field)
        if not isinstance(value, str):
            raise self.bad(field, "not_a_text")
        return value

    def table(self, field: str) -> Table:
        return Table(self.take(field), self.path(field))

    def items(self, field: str, absent_is_empty: bool = False) -> list[object]:
        value = self.optional(field) if absent_is_empty else self.take(field)
        if value is None and absent_is_empty:
            return []
        if not isinstance(value, list):
            raise self.bad(field, "not_a_list")
        return value

    def instant(self, field: str) -> datetime:
        value = self.take(field)
        try:
            moment = iso_instant(value)
        except ValueError:
            moment = None
        if moment is None:
            raise self.bad(field, "not_an_instant")
        if moment.tzinfo is None:
            raise self.bad(field, "without_a_zone")
        if moment.year not in _YEARS:
            raise self.bad(field, "out_of_range")
        return moment

    def amount(self, field: str) -> Fraction:
        value = self.take(field)
        if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
            negative = isinstance(value, str) and value.startswith("-") and _DECIMAL.fullmatch(value[1:])
            raise self.bad(field, "negative" if negative else "not_an_amount")
        return Fraction(value)

    def measure(self, field: str) -> Decimal | None:
        value = self.optional(field)
        if value is None:
            return None
        text = f"{value:f}" if isinstance(value, Decimal) else value
        if isinstance(text, int) and not isinstance(text, bool):
            text = str(text)
        if not isinstance(text, str) or not _DECIMAL.fullmatch(text):
            negative = isinstance(text, str) and text.startswith("-") and _DECIMAL.fullmatch(text[1:])
            raise self.bad(field, "negative" if negative else "not_a_number")
        return Decimal(text)

    def whole(self, field: str, most: int) -> int | None:
        value = self.optional(field)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.bad(field, "not_a_whole_number")
        if value < 0:
            raise self.bad(field, "negative")
        if value > most:
            raise self.bad(field, "too_large")
        return value


def _rates(table: Table) -> QuotaRates:
    base = table.text("base")
    if not _CURRENCY.fullmatch(base):
        raise table.bad("base", "not_a_currency")
    listed = table.table("per_unit")
    per_unit: dict[str, Fraction] = {}
    for code in listed.names():
        if not _CURRENCY.fullmatch(code):
            raise BadField(listed.path(shown(code)), "not_a_currency")
        rate = listed.amount(code)
        if not rate or (code == base and rate != 1):
            raise listed.bad(code, "not_positive" if not rate else "not_one")
        per_unit[code] = rate
    table.done()
    return QuotaRates(base, per_unit)


def _party(table: Table, regime: Regime, rates: QuotaRates, at: datetime) -> tuple[Person, ...]:
    people: dict[str, Person] = {}
    for index, item in enumerate(table.items("party")):
        member = Table(item, f"{table.path('party')}[{index}]")
        name = member.text("id")
        if not name or len(name) > 100 or not name.isprintable():
            raise member.bad("id", "not_a_name")
        if name in people:
            raise member.bad("id", "given_twice")
        people[name] = _person(name, member, regime, rates, at)
        member.done()
    if not people:
        raise table.bad("party", "empty")
    return tuple(people.values())


def _person(name: str, table: Table, regime: Regime, rates: QuotaRates, at: datetime) -> Person:
    visitor = _visitor(table.table("visitor"), at.astimezone(regime.zone).date())
    path = table.path("history")
    sales = []
    for index, item in enumerate(table.items("history", absent_is_empty=True)):
        sale = Table(item, f"{path}[{index}]")
        at_sale = sale.instant("at")
        left = None if sale.optional("carried_out_at") is None else sale.instant("carried_out_at")
        lines = _lines(sale.items("lines"), sale.path("lines"), regime, rates, sold=True)
        sale.done()
        sales.append(PastSale(at_sale, left, lines))
    return Person(name, visitor, tuple(sales))


def _visitor(table: Table, today: date) -> Traveller:
    told = table.optional("birth_date")
    is_part = isinstance(told, str) and _PART_OF_A_DAY.fullmatch(told) is not None
    born = None if told is None else _day(f"{told}-01-01"[:10] if is_part else told, table.path("birth_date"))
    if born is not None and born > today:
        raise table.bad("birth_date", "in_the_future")
    residence = table.optional("residence")
    if residence is not None and not (isinstance(residence, str) and re.fullmatch("[A-Z]{2,3}", residence)):
        raise table.bad("residence", "not_a_country")
    table.optional("nationality")  # known of every visitor, asked by no rule
    path = table.path("entries")
    entries = [_day(day, f"{path}[{index}]") for index, day in enumerate(table.items("entries", absent_is_empty=True))]
    table.done()
    if is_part:
        return Traveller(None, residence, tuple(entries), born_from=born)
    return Traveller(born, residence, tuple(entries))


def _day(value: object, path: str) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None:
        raise BadField(path, "not_a_day", shown(value))
    return day


def _lines(items: list[object], path: str, regime: Regime, rates: QuotaRates, sold: bool) -> tuple[Goods, ...]:
    return tuple(_line(Table(item, f"{path}[{index}]"), regime, rates, sold) for index, item in enumerate(items))


def _line(table: Table, regime: Regime, rates: QuotaRates, sold: bool) -> Goods:
    goods = read_goods(table, sold)
    try:
        rates.worth(goods.currency, regime.currency.code)
    except NoQuotaRate as fault:
        raise NoQuotaRate(shown(fault.currency), table.path("currency")) from None
    return goods


def read_goods(table: Table, sold: bool) -> Goods:
    """One line of goods; `taxed_units` is a field of what was `sold` before."""
    name = table.optional("name")
    if name is not None and not isinstance(name, str):
        raise table.bad("name", "not_a_text")
    category = table.take("category")
    if not isinstance(category, str) or not is_leaf(category):
        raise UnknownCategory(shown(category), table.path("category"))
    table.take("quantity")
    quantity = table.whole("quantity", _MOST_UNITS)
    if quantity is None:
        raise table.bad("quantity", "not_a_whole_number")
    price = table.amount("unit_price")
    code = table.text("currency")
    discount = table.amount("discount") if table.optional("discount") is not None else Fraction(0)
    if discount > price * quantity:
        raise table.bad("discount", "above_the_line")
    variant = table.optional("variant")
    if variant is not None and not isinstance(variant, str):
        raise table.bad("variant", "not_a_text")
    attributes = Attributes(
        table.measure("ml"),
        table.measure("abv"),
        table.measure("net_g"),
        table.measure("gross_kg"),
        table.whole("sticks", _MOST_PIECES),
        table.whole("pieces", _MOST_PIECES),
        variant or None,
    )
    if attributes.abv is not None and attributes.abv > 100:
        raise table.bad("abv", "above_100")
    taxed = (table.whole("taxed_units", _MOST_UNITS) if sold else None) or 0
    if taxed > quantity:
        raise table.bad("taxed_units", "above_the_line")
    table.done()
    return Goods(name or "", category, quantity, price, code, discount, attributes, taxed)
