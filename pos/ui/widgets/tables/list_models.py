"""The rows of a list: held in their order, changed one by one or all at once, and told to a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pos.application.text.words import Words
from pos.ui.widgets.drawing.plain_tip import plain_tip

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Spoken(Protocol):
    """The words of a row."""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        ...


Row = TypeVar("Row")
Text = TypeVar("Text", bound=Spoken)


class ListModel(QAbstractListModel, Generic[Row]):
    """Rows of one kind; a child says what their words are (`text`)."""

    said_in: tuple[Qt.ItemDataRole, ...] = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    """Whoever asks in one of these roles hears what a row says."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        """All of them."""
        return self._rows

    def text(self, place: int) -> Spoken:
        """The words of the row at a place."""
        raise NotImplementedError

    def row(self, place: int) -> Row | None:
        """The row at a place; None beside the rows."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def present(self, rows: Sequence[Row]) -> None:
        """Show these rows in place of what was there."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def exchange(self, rows: Sequence[Row]) -> None:
        """Show these rows; where they are as many as before, only what they say changes and the chosen stays chosen."""
        if len(rows) != len(self._rows):
            self.present(rows)
        else:
            self._rows = list(rows)
            self.refresh()

    def clear(self) -> None:
        """Show none."""
        self.present(())

    def refresh(self) -> None:
        """What the rows say or how they look is another."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def append(self, rows: Sequence[Row]) -> None:
        """Show further rows under those on show."""
        if rows:
            self.beginInsertRows(NOWHERE, len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def insert(self, place: int, row: Row) -> None:
        """Put one row in at a place."""
        self.beginInsertRows(NOWHERE, place, place)
        self._rows.insert(place, row)
        self.endInsertRows()

    def replace(self, place: int, row: Row) -> None:
        """Show another row at a place."""
        self._rows[place] = row
        self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def remove(self, place: int) -> None:
        """Take one row out."""
        self.beginRemoveRows(NOWHERE, place, place)
        del self._rows[place]
        self.endRemoveRows()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a screen reader says, and to the letter what stands in a tooltip."""
        if role not in self.said_in or not index.isValid():
            return None
        spoken = self.text(index.row()).spoken
        return plain_tip(spoken) if role == Qt.ItemDataRole.ToolTipRole else spoken


class TextRows(ListModel[Text]):
    """Rows that are words."""

    def text(self, place: int) -> Text:
        return self._rows[place]


class PairListModel(ListModel[tuple[Row, Text]], Generic[Row, Text]):
    """Things, each with its words."""

    def thing(self, place: int) -> Row | None:
        """What the row at a place stands for; None beside the rows."""
        found = self.row(place)
        return None if found is None else found[0]

    def text(self, place: int) -> Text:
        return self._rows[place][1]


class TranslatedListModel(ListModel[Row]):
    """Things that a child puts into words when they are drawn (`text`), in the language of the moment."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = Words.english()

    def speak(self, words: Words) -> None:
        """Word the rows in another language."""
        self._words = words
        self.refresh()
