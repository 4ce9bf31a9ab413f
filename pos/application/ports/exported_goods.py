"""A product in a catalogue file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.domain.catalogue.product import Product


@dataclass(frozen=True, slots=True)
class ExportedGoods:
    """A product in a file: stock on hand, the name of its supplier, its cartons with their pieces."""

    product: Product
    on_hand: int
    supplier: str
    cartons: Mapping[str, int]
