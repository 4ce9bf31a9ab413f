"""A product's columns as the fields of its history and of an import, and back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from db.catalogue.product_history import as_text
from db.tables.catalogue import supplier
from pos.domain.catalogue.product_fields import BY_NAME, Kind
from pos.domain.money import CURRENCIES, Money
from pos.domain.purchasing.supplier import Supplier, suppliers_by_name

_ALL = select(supplier.c.id, supplier.c.name).order_by(supplier.c.name, supplier.c.id)
_CALLED = select(supplier.c.id, supplier.c.name).where(supplier.c.id.in_(bindparam("ids", expanding=True)))
_INSERT = insert(supplier)

NOT_MADE_YET = 0
"""Placeholder for the id of a supplier that an import would make."""

_READ: Mapping[Kind, Callable[[str], Any]] = {
    Kind.COUNT: int,
    Kind.MEASURE: Decimal,
    Kind.VAT: Decimal,
    Kind.YES_NO: lambda text: text == "yes",
}


def suppliers_named(connection: Connection, names: Iterable[str], *, make: bool) -> dict[str, int]:
    """The suppliers with these names, in any case; `make` adds the missing ones, else they are NOT_MADE_YET."""
    unique_names = sorted(set(names))
    if not unique_names:
        return {}
    known = suppliers_by_name(unique_names, _all(connection))
    lacking = {name.casefold(): name for name in unique_names if name not in known}
    if lacking and make:
        connection.execute(_INSERT, [{"name": name, "contact": "", "active": True} for name in lacking.values()])
        known = suppliers_by_name(unique_names, _all(connection))
    return {name: known[name].id if name in known else NOT_MADE_YET for name in unique_names}


def _all(connection: Connection) -> list[Supplier]:
    return [Supplier(row.id, row.name) for row in connection.execute(_ALL)]


def suppliers_called(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """The names of suppliers by id."""
    if not ids:
        return {}
    return {row.id: row.name for row in connection.execute(_CALLED, {"ids": sorted(ids)})}


def price_text(minor: int | None, currency: str | None) -> str | None:
    """A price as a field: an amount with its currency."""
    return None if minor is None or currency is None else f"{Money(minor, CURRENCIES[currency])} {currency}"


def field_texts(columns: Mapping[str, Any], suppliers: Mapping[int, str]) -> dict[str, str | None]:
    """Columns as fields: the two of a price are one, a supplier is a name."""
    texts = {name: as_text(value) for name, value in columns.items() if name not in _OTHERWISE}
    if "price_minor" in columns:
        texts["price"] = price_text(columns["price_minor"], columns["price_currency"])
    if "supplier_id" in columns:
        number = columns["supplier_id"]
        texts["supplier"] = None if number is None else suppliers.get(number, str(number))
    return texts


def columns_for(field: str, text: str | None, suppliers: Mapping[str, int]) -> dict[str, Any] | None:
    """The columns that hold a field; None where its supplier no longer exists."""
    if field == "price":
        amount, _, code = (text or "").partition(" ")
        price = None if text is None else Money.parse(amount, CURRENCIES[code], "price")
        return {"price_minor": price.minor if price else None, "price_currency": price.currency.code if price else None}
    if field == "supplier":
        number = None if text is None else suppliers.get(text)
        return None if text is not None and number is None else {"supplier_id": number}
    return {field: None if text is None else _READ.get(BY_NAME[field].kind, str)(text)}


_OTHERWISE = frozenset({"price_minor", "price_currency", "supplier_id"})
