"""Read a scenario of `quota check` from parsed JSON: every fault names its field, nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from pos.application.text.json_object import JsonObject, shown
from pos.domain.catalogue.category import UnknownCategory, is_leaf
from pos.domain.catalogue.product import Attributes
from pos.domain.errors import BadField
from pos.domain.quota.allowance_position import PastSale, Traveller
from pos.domain.quota.measure import Goods, NoQuotaRate, QuotaRates
from pos.domain.quota.rule import Regime

_CURRENCY = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PART_OF_A_DAY = re.compile(r"[0-9]{4}(-[0-9]{2})?")
"""A partial birth date, as in a document with `15<<<<` or `1506<<`; the earliest day gives the highest possible age."""
_MOST_UNITS = 1_000_000
_MOST_PIECES = 1_000_000


@dataclass(frozen=True, slots=True)
class ScenarioPerson:
    """A visitor with the past that counts; `id` is "" for a single visitor."""

    id: str
    visitor: Traveller
    history: tuple[PastSale, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """All input of one evaluation. `party` distinguishes a party of one from a single visitor."""

    regime: Regime
    at: datetime
    rates: QuotaRates
    people: tuple[ScenarioPerson, ...]
    party: bool
    basket: tuple[Goods, ...]


def read_scenario(data: object, regimes: Mapping[str, Regime], where: str = "") -> Scenario:
    """One scenario; `where` is the path of its table in the document. Raises a BadInput that names the field."""
    table = JsonObject(data, where)
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


def _regime(table: JsonObject, regimes: Mapping[str, Regime]) -> Regime:
    """The rules that a scenario names; if their file is unusable, the refusal says why."""
    name = table.take("regime")
    try:
        return regimes[name if isinstance(name, str) else ""]
    except KeyError:
        raise BadField(table.path("regime"), "unknown", shown(name)) from None
    except BadField as fault:
        raise BadField(table.path("regime"), fault.what, fault.value) from None


def _rates(table: JsonObject) -> QuotaRates:
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


def _party(table: JsonObject, regime: Regime, rates: QuotaRates, at: datetime) -> tuple[ScenarioPerson, ...]:
    people: dict[str, ScenarioPerson] = {}
    for index, item in enumerate(table.items("party")):
        member = JsonObject(item, f"{table.path('party')}[{index}]")
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


def _person(name: str, table: JsonObject, regime: Regime, rates: QuotaRates, at: datetime) -> ScenarioPerson:
    visitor = _visitor(table.table("visitor"), at.astimezone(regime.zone).date())
    path = table.path("history")
    sales = []
    for index, item in enumerate(table.items("history", absent_is_empty=True)):
        sale = JsonObject(item, f"{path}[{index}]")
        at_sale = sale.instant("at")
        left = None if sale.optional("carried_out_at") is None else sale.instant("carried_out_at")
        lines = _lines(sale.items("lines"), sale.path("lines"), regime, rates, sold=True)
        elsewhere = sale.optional("elsewhere")
        if elsewhere is not None and not isinstance(elsewhere, bool):
            raise sale.bad("elsewhere", "not_true_or_false")
        sale.done()
        sales.append(PastSale(at_sale, left, lines, fixed=elsewhere is True))
    return ScenarioPerson(name, visitor, tuple(sales))


def _visitor(table: JsonObject, today: date) -> Traveller:
    birth_date = table.optional("birth_date")
    is_part = isinstance(birth_date, str) and _PART_OF_A_DAY.fullmatch(birth_date) is not None
    born = (
        None
        if birth_date is None
        else _day(f"{birth_date}-01-01"[:10] if is_part else birth_date, table.path("birth_date"))
    )
    if born is not None and born > today:
        raise table.bad("birth_date", "in_the_future")
    residence = table.optional("residence")
    if residence is not None and not (isinstance(residence, str) and re.fullmatch("[A-Z]{2,3}", residence)):
        raise table.bad("residence", "not_a_country")
    table.optional("nationality")  # known of every visitor, used by no rule
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
    return tuple(_line(JsonObject(item, f"{path}[{index}]"), regime, rates, sold) for index, item in enumerate(items))


def _line(table: JsonObject, regime: Regime, rates: QuotaRates, sold: bool) -> Goods:
    goods = read_goods(table, sold)
    try:
        rates.worth(goods.currency, regime.currency.code)
    except NoQuotaRate as fault:
        raise NoQuotaRate(shown(fault.currency), table.path("currency")) from None
    return goods


def read_goods(table: JsonObject, sold: bool) -> Goods:
    """One line of goods; `taxed_units` is a field of goods that were `sold` before."""
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
