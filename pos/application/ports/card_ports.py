"""Port of the product editor: every field, the codes with their quantities, the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.catalogue.product_card import ProductCard


class ProductCards(Protocol):
    """Complete products: read, added and written without changes."""

    def card(self, product_id: int, at: datetime) -> ProductCard | None:
        """A product with the price in force `at`."""
        ...

    def add(self, card: ProductCard, at: datetime) -> int:
        """Add a product without its price; return its id. Its suppliers are on file."""
        ...

    def write(self, product_id: int, card: ProductCard) -> None:
        """Write every field of `card` except the price, and its codes, none of which belongs to another product."""
        ...

    def owner_of(self, code: str) -> tuple[int, str] | None:
        """The product that has a canonical code: id and name."""
        ...

    def is_named(self, code: str) -> bool:
        """Whether receipts or active promotions refer to a product by this code."""
        ...

    def last_code(self, prefix: str) -> str | None:
        """The highest code of 13 digits with this prefix."""
        ...

    def picture(self, product_id: int) -> bytes | None:
        """The picture as PNG."""
        ...

    def pictures(self, product_ids: Sequence[int]) -> Mapping[int, bytes]:
        """The pictures of the products that have one."""
        ...

    def set_picture(self, product_id: int, png: bytes | None, at: datetime) -> bool:
        """Replace or remove the picture; return whether there was one before."""
        ...
