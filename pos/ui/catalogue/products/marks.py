"""The products that a person has marked: they stay while one scrolls and searches for others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal


class Marks(QObject):
    """Ids of products, in the order in which they were marked."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: dict[int, None] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, product_id: object) -> bool:
        return product_id in self._ids

    @property
    def ids(self) -> tuple[int, ...]:
        """All of them."""
        return tuple(self._ids)

    def has_all(self, ids: Sequence[int]) -> bool:
        """Whether each of these is marked."""
        return len(ids) <= len(self._ids) and all(one in self._ids for one in ids)

    def toggle(self, product_id: int) -> None:
        """Mark a product, or take its mark away."""
        if product_id in self._ids:
            del self._ids[product_id]
        else:
            self._ids[product_id] = None
        self.changed.emit()

    def add(self, ids: Iterable[int]) -> None:
        """Mark these, too."""
        self._ids.update(dict.fromkeys(ids))
        self.changed.emit()

    def remove(self, ids: Iterable[int]) -> None:
        """Take the marks of these away."""
        for one in ids:
            self._ids.pop(one, None)
        self.changed.emit()

    def clear(self) -> None:
        """Take all marks away."""
        if self._ids:
            self._ids.clear()
            self.changed.emit()
