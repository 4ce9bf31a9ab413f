"""What the steps need of suppliers, as a Protocol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.purchasing.supplier import Supplier


class Suppliers(Protocol):
    """Who brings the goods: added and renamed, never removed, since papers name them."""

    def all(self) -> Sequence[Supplier]:
        """Every supplier, by name, those that no longer deliver too."""
        ...

    def by_id(self, supplier_id: int) -> Supplier | None:
        """The supplier with this id."""
        ...

    def by_name(self, name: str) -> Supplier | None:
        """The supplier with this name, whatever its capitals."""
        ...

    def add(self, name: str, contact: str = "") -> Supplier:
        """A new supplier."""
        ...

    def change(self, supplier: Supplier) -> None:
        """Write down another name, contact or whether it still delivers."""
        ...
