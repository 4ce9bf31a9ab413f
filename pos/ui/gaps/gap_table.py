"""The table of goods that lack something: its columns, its header and its rows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pos.application.words import Words
from pos.ui.gaps.gap_model import GapModel
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing import LEFT, RIGHT, draw_text

_ICON, _SMALL, _BAR = 20, 16, 3
_CODE, _CATEGORY, _STOCK = 112, 176, 88
_AHEAD = 30 * Size.TABLE_ROW
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a row begin and how wide they are, in pixels; figures end with their column."""

    name: tuple[int, int]
    code: tuple[int, int]
    category: tuple[int, int]
    missing: tuple[int, int]
    stock: tuple[int, int]

    @classmethod
    def of(cls, width: int) -> Columns:
        """The columns of a row `width` px wide: name and missing share what the others leave."""
        left = Space.M + _ICON + Space.M
        rest = width - left - _CODE - _CATEGORY - _STOCK - 5 * Space.M
        name = max(0, rest * 55 // 100)
        missing = max(0, rest - name)
        code = left + name + Space.M
        category = code + _CODE + Space.M
        lacks = category + _CATEGORY + Space.M
        return cls(
            (left, name), (code, _CODE), (category, _CATEGORY), (lacks, missing), (lacks + missing + Space.M, _STOCK)
        )


class GapTable(QListView):
    """The rows. `opened`: Enter or a double click on the chosen row; `sideways`: another list, -1 or 1 from this.

    `wants_more`: the end of what is loaded comes near.
    """

    opened = Signal()
    sideways = Signal(int)
    wants_more = Signal()
    resized = Signal()

    def __init__(self, theme: Theme, rows: GapModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(rows)
        self.setItemDelegate(_GapRow(theme, rows, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.verticalScrollBar().setSingleStep(Size.TABLE_ROW)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.look_ahead())
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def choose(self, place: int) -> None:
        """Choose a row and bring it into sight; one beyond the end is the last."""
        place = min(max(place, 0), self.model().rowCount() - 1)
        if place >= 0:
            self.setCurrentIndex(self.model().index(place, 0))
            self.scrollTo(self.currentIndex())

    def step(self, rows: int) -> None:
        """Choose the row so many below (above) the chosen one."""
        self.choose(self.currentIndex().row() + rows)

    def look_ahead(self) -> None:
        """Ask for more where the end is near."""
        bar = self.verticalScrollBar()
        if bar.maximum() - bar.value() < _AHEAD:
            self.wants_more.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QListView.keyPressEvent: Enter opens, left and right change the list, letters mean nothing."""
        key = Qt.Key(event.key())
        if key in _ENTER:
            self.opened.emit()
        elif key in _SIDEWAYS:
            self.sideways.emit(_SIDEWAYS[key])
        elif event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QListView.resizeEvent."""
        super().resizeEvent(event)
        self.resized.emit()


class GapHeader(QWidget):
    """The names of the columns of a GapTable."""

    def __init__(self, theme: Theme, table: GapTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table = table
        self._names = ("", "", "", "", "")
        table.resized.connect(self.update)
        self.setFixedHeight(Size.HEADER)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def retranslate(self, words: Words) -> None:
        """Name the columns."""
        self._names = (words("Product"), words("Code"), words("Category"), words("Missing"), words("On hand"))
        self.update()

    def sizeHint(self) -> QSize:
        """Override QWidget.sizeHint."""
        return QSize(600, Size.HEADER)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Override QWidget.paintEvent."""
        painter = QPainter(self)
        columns = Columns.of(self._table.viewport().width())
        font, ink = self._theme.font(Type.LABEL), self._theme.colour("muted")
        height = self.height() - 1
        spans = (columns.name, columns.code, columns.category, columns.missing, columns.stock)
        for words, (left, width) in zip(self._names, spans):
            align = RIGHT if left == columns.stock[0] else LEFT
            draw_text(painter, QRect(left, 0, width, height), words, font, ink, align)
        painter.fillRect(0, height, self.width(), 1, self._theme.colour("line"))


class _GapRow(QStyledItemDelegate):
    def __init__(self, theme: Theme, rows: GapModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Override QStyledItemDelegate.sizeHint."""
        return QSize(200, Size.TABLE_ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Override QStyledItemDelegate.paint."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        colour, font = self._theme.colour, self._theme.font
        row = self._rows.text(index.row())
        columns = Columns.of(box.width())

        def part(span: tuple[int, int]) -> QRect:
            return QRect(box.x() + span[0], box.y(), span[1], box.height() - 1)

        painter.fillRect(box, colour("accent_soft" if chosen else "surface"))
        if chosen:
            painter.fillRect(QRect(box.x(), box.y(), _BAR, box.height()), colour("accent"))
        painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), colour("line"))
        middle = box.y() + (box.height() - 1) // 2
        self._theme.icons.paint(painter, row.icon, "muted", box.x() + Space.M, middle - _ICON // 2, _ICON)
        draw_text(painter, part(columns.name), row.name, font(Type.BODY, bold=True), colour("text"))
        draw_text(painter, part(columns.code), row.code, font(Type.LABEL), colour("muted"))
        draw_text(painter, part(columns.category), row.category, font(Type.BODY), colour(row.category_token))
        left, width = columns.missing
        icon = "circle-question-mark"
        self._theme.icons.paint(painter, icon, "nearly", box.x() + left, middle - _SMALL // 2, _SMALL)
        lead = _SMALL + Space.S
        missing = part((left + lead, width - lead))
        draw_text(painter, missing, row.missing, font(Type.LABEL, bold=True), colour("nearly"))
        draw_text(painter, part(columns.stock), row.stock, font(Type.BODY), colour(row.stock_token), RIGHT)
