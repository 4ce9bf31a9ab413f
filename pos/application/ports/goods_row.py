"""A product as a row of a catalogue file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pos.domain.catalogue.product import Attributes
from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """A product from the catalogue import; fields that are None keep the stored value.

    A supplier is given by number or, as in files, by name; an unknown name creates a supplier. `cartons` are further
    codes with their pieces.
    """

    code: str
    name: str
    names: Mapping[str, str]
    category: str | None
    price: Money | None
    attributes: Attributes
    on_hand: int | None
    codes: tuple[str, ...] = ()
    vat: Decimal | None = None
    supplier: int | None = None
    reorder_point: int | None = None
    shelf: str | None = None
    by_weight: bool | None = None
    asks_lot: bool | None = None
    supplier_name: str | None = None
    cartons: tuple[tuple[str, int], ...] = ()
