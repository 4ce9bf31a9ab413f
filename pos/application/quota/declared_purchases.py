"""Read declared purchases of a visitor: items of a history as in `quota check`, read as money of this till."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from pos.application.quota.quota_scenario import read_goods
from pos.application.text.json_object import JsonObject
from pos.domain.catalogue.product_fields import longest
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money, currency
from pos.domain.quota.measure import Goods
from pos.domain.visitors.declared_purchases import Declared

MOST_DECLARED = 100
"""Items in one visitor's declaration, and lines in one item."""

_MOST_LINES = 1_000
"""Lines in one visitor's declaration: they are evaluated in the sale's transaction, while other tills wait."""


def read_declared(items: Sequence[object], where: str, now: datetime) -> tuple[Declared, ...]:
    """The lines of a declaration in order; raises a BadInput that names the field below `where`.

    Purchases or departures after `now` cannot be declared.
    """
    lines = [line for index, item in enumerate(items) for line in _bought(JsonObject(item, f"{where}[{index}]"), now)]
    if len(lines) > _MOST_LINES:
        raise BadField(where, "too_long", str(len(lines)))
    return tuple(lines)


def _bought(item: JsonObject, now: datetime) -> list[Declared]:
    at = _past(item, "at", now)
    left = None if item.optional("carried_out_at") is None else _past(item, "carried_out_at", now)
    if left is not None and left < at:
        raise item.bad("carried_out_at", "mismatch")
    lines = item.items("lines")
    if len(lines) > MOST_DECLARED:
        raise BadField(item.path("lines"), "too_long", str(len(lines)))
    item.done()
    return [_line(JsonObject(line, f"{item.path('lines')}[{index}]"), at, left) for index, line in enumerate(lines)]


def _past(item: JsonObject, field: str, now: datetime) -> datetime:
    instant = item.instant(field)
    if instant > now:
        raise item.bad(field, "in_the_future")
    return instant


def _line(table: JsonObject, at: datetime, left: datetime | None) -> Declared:
    goods = read_goods(table, sold=True)
    of = currency(goods.currency, table.path("currency"))
    _check(table, goods)
    return Declared(
        at=at,
        name=goods.name,
        category=goods.category,
        quantity=goods.quantity,
        unit_price=_money(table, "unit_price", goods.unit_price, of),
        discount=_money(table, "discount", goods.discount, of),
        attributes=goods.attributes,
        carried_out_at=left,
        taxed=goods.taxed_units,
    )


def _check(table: JsonObject, goods: Goods) -> None:
    if not goods.quantity:
        raise table.bad("quantity", "not_positive")
    if not goods.name.isprintable():
        raise table.bad("name", "not_a_text")
    if len(goods.name) > longest("name"):
        raise table.bad("name", "too_long")
    variant = goods.attributes.variant or ""
    if not variant.isprintable() or len(variant) > longest("variant"):
        raise table.bad("variant", "too_long" if variant.isprintable() else "not_a_text")


def _money(table: JsonObject, field: str, units: Fraction, of: Currency) -> Money:
    minor = units * of.minor_per_unit
    if minor.denominator != 1:
        raise table.bad(field, "too_many_decimals")
    return Money(int(minor), of)
