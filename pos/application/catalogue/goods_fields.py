"""The fields of a product that a catalogue row sets, for the preview."""

from __future__ import annotations

from collections.abc import Iterator

from pos.application.ports.catalogue_ports import FieldChange
from pos.application.ports.store import GoodsRow
from pos.domain.catalogue.product_card import price_text
from pos.domain.catalogue.product_fields import CUSTOMS_ATTRIBUTES, OWN, field_text, value_of


def fields_of(goods: GoodsRow) -> list[FieldChange]:
    """Every field of a new product, from empty to its value."""
    return [FieldChange(name, None, text) for name, text in _texts(goods) if text]


def _texts(goods: GoodsRow) -> Iterator[tuple[str, str | None]]:
    for language, name in goods.names.items():
        yield f"name_{language}", name
    yield "category", goods.category
    yield "price", price_text(goods.price)
    for name in (*CUSTOMS_ATTRIBUTES, *OWN):
        value = goods.supplier_name if name == "supplier" else value_of(goods, name)
        yield name, None if value is False else field_text(value)
    for code in goods.codes:
        yield "code", code
    for code, pieces in goods.cartons:
        yield "carton", f"{code}:{pieces}"
    yield "on_hand", field_text(goods.on_hand or None)
