"""A list of rows of any height, painted by the row itself; a row may start a section with a heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing.drawing import draw_row
from pos.ui.widgets.tables.list_models import Index, TextRows
from pos.ui.widgets.tables.paragraphs import PageParagraph


@dataclass(frozen=True, slots=True)
class Row:
    """Interface of a row: a key that survives a change of language, the accessible text, and the heading above it."""

    key: str
    spoken: str
    heading: str = ""

    def height(self, _theme: Theme, _width: int) -> int:
        """Height of the row without its heading."""
        return Size.TABLE_ROW

    def paint(self, _painter: QPainter, _theme: Theme, _box: QRect) -> None:
        """Paint the row's content over its ground."""


class RowModel(TextRows[Row]):
    """The rows of a list."""

    def index_of(self, key: str) -> int:
        """Index of the row with this key; -1 if there is none."""
        return next((index for index, row in enumerate(self._rows) if row.key == key), -1)


class RowList(QListView):
    """One row is selected by arrows or mouse; `chosen` carries its key, and is not emitted when rows are presented."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(Size.HEADER)
        self.setTabKeyNavigation(False)
        self._presenting = False
        self.selectionModel().currentRowChanged.connect(self._changed)

    def present(self, rows: Sequence[Row], key: str) -> str:
        """Show `rows` and select the one with `key`, else the first; returns the key of the selected row."""
        self._presenting = True
        self.rows.present(rows)
        index = max(self.rows.index_of(key), 0)
        if rows:
            self.setCurrentIndex(self.rows.index(index, 0))
            self.scrollTo(self.currentIndex())
        self._presenting = False
        return rows[index].key if rows else ""

    @property
    def key(self) -> str:
        """The key of the selected row; empty if there is none."""
        index = self.currentIndex()
        return self.rows.text(index.row()).key if index.isValid() else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Row heights depend on the width, and Qt would lay them out late."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.doItemsLayout()

    def _changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and not self._presenting:
            self.chosen.emit(self.rows.text(now.row()).key)


def _heading(row: Row) -> PageParagraph:
    return PageParagraph(row.heading, Type.LABEL, bold=True, gap=Space.S - 1)


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: RowList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        row = self._view.rows.text(index.row())
        return QSize(width, self._head(row, width) + row.height(self._theme, width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        whole: QRect = option.rect
        state: QStyle.StateFlag = option.state
        colour, row = self._theme.colour, self._view.rows.text(index.row())
        head = self._head(row, whole.width())
        if head:
            painter.fillRect(QRect(whole.x(), whole.y(), whole.width(), head), colour("sunken"))
            _heading(row).paint(painter, self._theme, whole.x() + Space.L, whole.y(), whole.width() - 2 * Space.L)
            painter.fillRect(QRect(whole.x(), whole.y() + head - 1, whole.width(), 1), colour("line"))
        box = whole.adjusted(0, head, 0, 0)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        draw_row(painter, self._theme, box, chosen=chosen, focused=chosen and self._view.hasFocus())
        row.paint(painter, self._theme, box)

    def _head(self, row: Row, width: int) -> int:
        return _heading(row).height(self._theme, width - 2 * Space.L) + Space.S if row.heading else 0
