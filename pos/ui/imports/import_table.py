"""Rows of the page of imports: what changes, what was not taken, what was imported before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos.ui.imports.import_words import RowText
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing import RIGHT, draw_row, draw_text, text_width
from pos.ui.widgets.row_table import RowTable

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ICON = 20
_LEFT = Space.M + _ICON + Space.M


T = TypeVar("T")


def _none(place: int) -> RowText:
    raise IndexError(place)


class ImportRows(QAbstractListModel):
    """The rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._worded: Callable[[int], RowText] = _none
        self._texts: dict[int, RowText] = {}

    def present(self, rows: Sequence[T], worded: Callable[[T], RowText]) -> None:
        """Show other rows, each put into words when it is first seen: a thousand at once would be a pause."""
        self.beginResetModel()
        self._count, self._worded, self._texts = len(rows), lambda place: worded(rows[place]), {}
        self.endResetModel()

    def clear(self) -> None:
        """Show none."""
        self.present((), _none)

    def row(self, place: int) -> RowText:
        """The row at a place."""
        text = self._texts.get(place)
        if text is None:
            text = self._texts[place] = self._worded(place)
        return text

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Override QAbstractListModel.rowCount."""
        return 0 if parent.isValid() else self._count

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Override QAbstractListModel.data: what a screen reader says, and all of a row that is cut off."""
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        return self.row(index.row()).spoken if role in roles and index.isValid() else None


class ImportTable(RowTable):
    """The rows, drawn in two lines."""

    def __init__(self, theme: Theme, rows: ImportRows, parent: QWidget | None = None) -> None:
        super().__init__(rows, Size.ROW, parent)
        self.setItemDelegate(_Row(theme, rows, self))


class _Row(QStyledItemDelegate):
    def __init__(self, theme: Theme, rows: ImportRows, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Override QStyledItemDelegate.sizeHint."""
        return QSize(200, Size.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Override QStyledItemDelegate.paint."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        row = self._rows.row(index.row())
        colour, font = self._theme.colour, self._theme.font
        draw_row(painter, self._theme, box, chosen=bool(state & QStyle.StateFlag.State_Selected))
        middle = box.y() + (box.height() - 1) // 2
        self._theme.icons.paint(painter, row.icon, row.tone.ink, box.x() + Space.M, middle - _ICON // 2, _ICON)
        tag = text_width(font(Type.LABEL, bold=True), row.tag) + Space.M if row.tag else 0
        first = (box.width() - _LEFT - Space.M) * 2 // 5  # of the whole, so that rows with other words stand in line
        rest = box.width() - _LEFT - first - 2 * Space.M - tag
        left = box.x() + _LEFT
        self._lines(painter, QRect(left, box.y(), first, box.height()), row.title, row.second, bold=True)
        self._lines(painter, QRect(left + first + Space.M, box.y(), rest, box.height()), row.middle, row.detail)
        if row.tag:
            at = QRect(box.right() - Space.M - tag, box.y(), tag, box.height() - 1)
            draw_text(painter, at, row.tag, font(Type.LABEL, bold=True), colour(row.tone.ink), RIGHT)

    def _lines(self, painter: QPainter, box: QRect, first: str, second: str, *, bold: bool = False) -> None:
        colour, font = self._theme.colour, self._theme.font
        if not second:
            whole = QRect(box.x(), box.y(), box.width(), box.height() - 1)
            draw_text(painter, whole, first, font(Type.BODY, bold=bold), colour("text"))
            return
        draw_text(
            painter, QRect(box.x(), box.y() + 8, box.width(), 20), first, font(Type.BODY, bold=bold), colour("text")
        )
        draw_text(painter, QRect(box.x(), box.y() + 29, box.width(), 18), second, font(Type.LABEL), colour("muted"))
