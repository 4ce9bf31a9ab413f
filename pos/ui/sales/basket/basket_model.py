"""List model of the basket's rows: reports only what changed between two views."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pos.ui.sales.basket.row_text import RowText

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class BasketModel(QAbstractTableModel):
    """One column, because one delegate paints the whole row. `row` returns a row's words; the roles are for screen
    readers.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[RowText] = []

    def present(self, rows: Sequence[RowText]) -> None:
        """Take the rows of a view: changed rows are reported one by one, new ones as inserted, missing ones as
        removed.
        """
        old, new = [row.id for row in self._rows], [row.id for row in rows]
        if old != new:
            self._align(old, new, rows)
        for index, row in enumerate(rows):
            before = self._rows[index]
            if before is not row and before != row:
                self._rows[index] = row
                changed = self.index(index, 0)
                self.dataChanged.emit(changed, changed)

    def _align(self, old: list[int], new: list[int], rows: Sequence[RowText]) -> None:
        new_ids = set(new)
        for index in reversed(range(len(old))):
            if old[index] not in new_ids:
                self.beginRemoveRows(_NOWHERE, index, index)
                del self._rows[index], old[index]
                self.endRemoveRows()
        if new[: len(old)] == old:
            if len(new) > len(old):
                self.beginInsertRows(_NOWHERE, len(old), len(new) - 1)
                self._rows.extend(rows[len(old) :])
                self.endInsertRows()
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, index: int) -> RowText:
        """The words of a row."""
        return self._rows[index]

    def products(self) -> Iterator[int]:
        """The ids of the goods in the rows."""
        return (row.product for row in self._rows)

    def index_of(self, line_id: int | None) -> int:
        """The index of the row with this id; -1 if there is none."""
        return next((index for index, row in enumerate(self._rows) if row.id == line_id), -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            return self._rows[index.row()].spoken
        return None
