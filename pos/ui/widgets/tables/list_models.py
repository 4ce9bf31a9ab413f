"""List models: ordered rows, changed one by one or all at once, with accessible text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pos.application.text.translator import Translator
from pos.ui.widgets.drawing.plain_tip import plain_tip

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Spoken(Protocol):
    """The text of a row."""

    @property
    def spoken(self) -> str:
        """The accessible text."""
        ...


Row = TypeVar("Row")
Text = TypeVar("Text", bound=Spoken)


class ListModel(QAbstractListModel, Generic[Row]):
    """Rows of one type; a subclass provides their text (`text`)."""

    said_in: tuple[Qt.ItemDataRole, ...] = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    """Roles answered with the row's accessible text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        """All rows."""
        return self._rows

    def text(self, index: int) -> Spoken:
        """The text of the row at an index."""
        raise NotImplementedError

    def row(self, index: int) -> Row | None:
        """The row at an index; None outside the rows."""
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def present(self, rows: Sequence[Row]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def exchange(self, rows: Sequence[Row]) -> None:
        """Replace the rows. Selection and place are kept where their number is the same, or others come behind them."""
        known = len(self._rows)
        if 0 < known < len(rows) and self._rows == list(rows[:known]):
            self.append(rows[known:])
        elif len(rows) != known:
            self.present(rows)
        else:
            self._rows = list(rows)
            self.refresh()

    def clear(self) -> None:
        """Remove all rows."""
        self.present(())

    def refresh(self) -> None:
        """Signal that the texts or the look of all rows changed."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def append(self, rows: Sequence[Row]) -> None:
        """Append rows."""
        if rows:
            self.beginInsertRows(NOWHERE, len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def insert(self, index: int, row: Row) -> None:
        """Insert one row at an index."""
        self.beginInsertRows(NOWHERE, index, index)
        self._rows.insert(index, row)
        self.endInsertRows()

    def replace(self, index: int, row: Row) -> None:
        """Replace the row at an index."""
        self._rows[index] = row
        self.dataChanged.emit(self.index(index, 0), self.index(index, 0))

    def remove(self, index: int) -> None:
        """Remove one row."""
        self.beginRemoveRows(NOWHERE, index, index)
        del self._rows[index]
        self.endRemoveRows()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The accessible text, and the exact text for a tooltip."""
        if role not in self.said_in or not index.isValid():
            return None
        spoken = self.text(index.row()).spoken
        return plain_tip(spoken) if role == Qt.ItemDataRole.ToolTipRole else spoken


class TextRows(ListModel[Text]):
    """Rows that are texts."""

    def text(self, index: int) -> Text:
        return self._rows[index]


class PairListModel(ListModel[tuple[Row, Text]], Generic[Row, Text]):
    """Items, each with its text."""

    def thing(self, index: int) -> Row | None:
        """The item of the row at an index; None outside the rows."""
        pair = self.row(index)
        return None if pair is None else pair[0]

    def text(self, index: int) -> Text:
        return self._rows[index][1]


class TranslatedListModel(ListModel[Row]):
    """Items that a subclass formats when they are drawn (`text`), in the current language."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translator = Translator.english()

    def speak(self, tr: Translator) -> None:
        """Show the rows in another language."""
        self._translator = tr
        self.refresh()
