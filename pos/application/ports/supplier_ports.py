"""Port of the suppliers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.purchasing.supplier import Supplier


class Suppliers(Protocol):
    """Suppliers: added and renamed, never removed, because documents name them."""

    def all(self) -> Sequence[Supplier]:
        """All suppliers, by name, including those that no longer deliver."""
        ...

    def by_id(self, supplier_id: int) -> Supplier | None:
        """The supplier with this id."""
        ...

    def by_name(self, name: str) -> Supplier | None:
        """The supplier with this name, regardless of case."""
        ...

    def add(self, name: str, contact: str = "") -> Supplier:
        """Add a supplier."""
        ...

    def change(self, supplier: Supplier) -> None:
        """Write a new name, contact or active state."""
        ...
