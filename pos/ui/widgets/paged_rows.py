"""The rows of a list whose pages are asked for as one scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Spoken(Protocol):
    """The words of a row."""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        ...


class PagedRows(QAbstractListModel):
    """The words of as many pages as were asked for; a child says which they are (`text`).

    `wanting` tells what begins the page to be read, as the page before named it.
    """

    wanting = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts: list[Any] = []
        self._next: object | None = None
        self._asked: object | None = None

    def begin(self, texts: Sequence[Spoken], following: object | None) -> None:
        """Show the first page; `following` begins the next one, None where there is none."""
        self.beginResetModel()
        self._texts, self._next, self._asked = list(texts), following, None
        self.endResetModel()

    def go_on(self, texts: Sequence[Spoken], following: object | None) -> None:
        """Show a further page under those on show."""
        if texts:
            self.beginInsertRows(_NOWHERE, len(self._texts), len(self._texts) + len(texts) - 1)
            self._texts += texts
            self.endInsertRows()
        self._next = following

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Override QAbstractListModel.rowCount."""
        return 0 if parent.isValid() else len(self._texts)

    def canFetchMore(self, parent: _Index) -> bool:
        """Override QAbstractListModel.canFetchMore."""
        return not parent.isValid() and self._next is not None and self._asked != self._next

    def fetchMore(self, _parent: _Index) -> None:
        """Override QAbstractListModel.fetchMore: the page comes a moment later."""
        if self._next is not None:
            self._asked = self._next
            self.wanting.emit(self._next)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Override QAbstractListModel.data: what a screen reader says."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            return self._texts[index.row()].spoken
        return None
