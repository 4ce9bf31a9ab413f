"""The table of goods that lack something: its columns, its header and its rows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pos.application.words import Words
from pos.ui.gaps.gap_model import GapModel
from pos.ui.key_positions import ENTERS
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing import LEFT, RIGHT, draw_row, draw_text
from pos.ui.widgets.row_table import ColumnHeader, SidewaysTable, Span

_ICON, _SMALL = 20, 16
_CODE, _CATEGORY, _STOCK = 112, 176, 88
_AHEAD = 30 * Size.TABLE_ROW


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


class GapTable(SidewaysTable):
    """The rows. `opened`: Enter or a double click on the chosen row; `wants_more`: the end of those loaded is near."""

    opened = Signal()
    wants_more = Signal()

    def __init__(self, theme: Theme, rows: GapModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, Size.TABLE_ROW, parent)
        self.setItemDelegate(_GapRow(theme, rows, self))
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.look_ahead())
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def step(self, rows: int) -> None:
        """Choose the row so many below (above) the chosen one."""
        self.choose(self.place + rows)

    def look_ahead(self) -> None:
        """Ask for more where the end is near."""
        bar = self.verticalScrollBar()
        if bar.maximum() - bar.value() < _AHEAD:
            self.wants_more.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override SidewaysTable.keyPressEvent: Enter opens."""
        if event.key() in ENTERS:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class GapHeader(ColumnHeader):
    """The names of the columns of a GapTable."""

    def retranslate(self, words: Words) -> None:
        """Name the columns."""
        self.name(words("Product"), words("Code"), words("Category"), words("Missing"), words("On hand"))

    def spans(self, width: int) -> list[tuple[Span, Qt.AlignmentFlag]]:
        """Override ColumnHeader.spans."""
        at = Columns.of(width)
        return [(at.name, LEFT), (at.code, LEFT), (at.category, LEFT), (at.missing, LEFT), (at.stock, RIGHT)]


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

        draw_row(painter, self._theme, box, chosen=chosen)
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
