"""Products as they are edited, as the store keeps them: every field, the codes with what each names, the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.catalogue.product_card import ProductCard


class ProductCards(Protocol):
    """Whole products: read, written as they are given, and added."""

    def card(self, product_id: int, at: datetime) -> ProductCard | None:
        """A product with the price in force `at`."""
        ...

    def add(self, card: ProductCard, at: datetime) -> int:
        """A new product, without its price; its id. Its suppliers are on file."""
        ...

    def write(self, product_id: int, card: ProductCard) -> None:
        """Every field but the price as `card` has it, and its codes, of which none is another product's."""
        ...

    def owner_of(self, code: str) -> tuple[int, str] | None:
        """Whose code (canonical) it is: id and name of the product."""
        ...

    def is_named(self, code: str) -> bool:
        """Whether receipts, or promotions that are not ended, name a product by this code."""
        ...

    def last_code(self, prefix: str) -> str | None:
        """The highest code of 13 digits that begins so."""
        ...

    def picture(self, product_id: int) -> bytes | None:
        """Its picture as PNG."""
        ...

    def pictures(self, product_ids: Sequence[int]) -> Mapping[int, bytes]:
        """The pictures of those that have one."""
        ...

    def set_picture(self, product_id: int, png: bytes | None, at: datetime) -> bool:
        """Put a picture in the place of the one it had, or take it away; whether it had one."""
        ...
