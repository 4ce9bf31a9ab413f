"""The fields of a product that a catalogue row sets, for the preview."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pos.application.ports.import_ports import FieldChange
from pos.application.ports.store import GoodsRow

ATTRIBUTES = ("ml", "abv", "net_g", "gross_kg", "sticks", "pieces", "variant")


def fields_of(goods: GoodsRow) -> list[FieldChange]:
    """Every field of a new product, from empty to its value."""
    return [FieldChange(name, None, text) for name, text in _texts(goods) if text]


def _texts(goods: GoodsRow) -> Iterator[tuple[str, str | None]]:
    for language, name in goods.names.items():
        yield f"name_{language}", name
    yield "category", goods.category
    yield "price", None if goods.price is None else f"{goods.price} {goods.price.currency.code}"
    for attribute in ATTRIBUTES:
        yield attribute, _text(getattr(goods.attributes, attribute))
    yield "vat", _text(goods.vat)
    yield "supplier", goods.supplier_name
    yield "reorder_point", _text(goods.reorder_point)
    yield "shelf", goods.shelf
    yield "by_weight", "yes" if goods.by_weight else None
    yield "asks_lot", "yes" if goods.asks_lot else None
    for code in goods.codes:
        yield "code", code
    for code, pieces in goods.cartons:
        yield "carton", f"{code}:{pieces}"
    yield "on_hand", _text(goods.on_hand or None)


def _text(value: Decimal | int | str | None) -> str | None:
    if value is None:
        return None
    return format(value, "f") if isinstance(value, Decimal) else str(value)
