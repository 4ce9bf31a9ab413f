"""The lines of a receipt: what was sold, what came back before, and what comes back now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pos.application.words import Words
from pos.ui.key_positions import digit_of
from pos.ui.returns.return_words import LineText
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing import LEFT, RIGHT, draw_row, draw_text
from pos.ui.widgets.row_table import ColumnHeader, RowTable, Span

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ICON = 18
_SOLD, _BEFORE, _LEFT, _EACH, _NOW, _TO = 60, 66, 68, 86, 72, 112
_UPPER, _LOWER = (6, 22), (29, 20)
"""Top and height of the two lines of a row."""
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a row begin and how wide they are, in pixels; figures end with their column."""

    goods: tuple[int, int]
    sold: tuple[int, int]
    before: tuple[int, int]
    left: tuple[int, int]
    each: tuple[int, int]
    now: tuple[int, int]
    to: tuple[int, int]

    @classmethod
    def of(cls, width: int) -> Columns:
        """The columns of a row `width` px wide: the goods have what the others leave."""
        fixed = (_SOLD, _BEFORE, _LEFT, _EACH, _NOW, _TO)
        goods = max(0, width - sum(fixed) - len(fixed) * Space.S - 2 * Space.M - Space.S)
        at = Space.M + goods
        spans = [(int(Space.M), goods)]
        for place, room in enumerate(fixed):
            at += Space.S if place < len(fixed) - 1 else 2 * Space.S
            spans.append((at, room))
            at += room
        return cls(*spans)


class LineModel(QAbstractListModel):
    """The lines of one receipt in words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts: list[LineText] = []

    def present(self, texts: Sequence[LineText]) -> None:
        """Show these lines; where there are as many as before, the chosen one stays chosen."""
        if len(texts) == len(self._texts):
            self._texts = list(texts)
            if texts:
                self.dataChanged.emit(self.index(0, 0), self.index(len(texts) - 1, 0))
            return
        self.beginResetModel()
        self._texts = list(texts)
        self.endResetModel()

    def text(self, place: int) -> LineText:
        """The words of the line at a place."""
        return self._texts[place]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Override QAbstractListModel.rowCount."""
        return 0 if parent.isValid() else len(self._texts)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Override QAbstractListModel.data: what a screen reader says."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            return self._texts[index.row()].spoken
        return None


class LineTable(RowTable):
    """The rows, one of them chosen. `counted` tells a number typed for it, `stepped` one piece more or less.

    Digits typed one after another make one number.
    """

    counted = Signal(int)
    stepped = Signal(int)
    moved = Signal()

    def __init__(self, theme: Theme, rows: LineModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, parent=parent)
        self._typed = ""
        self.setItemDelegate(_LineRow(theme, rows, self))
        self.selectionModel().currentChanged.connect(self._moved)

    def forget_typed(self) -> None:
        """The next digit begins a new number."""
        self._typed = ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QListView.keyPressEvent: digits, plus and minus count pieces; letters and Enter are not for it."""
        if not self.take_key(event):
            super().keyPressEvent(event)

    def take_key(self, event: QKeyEvent) -> bool:
        """A key that counts pieces, wherever it was pressed; whether it is one."""
        digit = digit_of(event)
        if digit is not None:
            self._count((self._typed + digit)[-_MOST_DIGITS:])
        elif event.key() == Qt.Key.Key_Backspace:
            self._count(self._typed[:-1])
        elif event.text() in ("+", "-"):
            self.forget_typed()
            self.stepped.emit(1 if event.text() == "+" else -1)
        else:
            return False
        return True

    def _count(self, typed: str) -> None:
        self._typed = typed
        self.counted.emit(int(typed or "0"))

    def _moved(self) -> None:
        self.forget_typed()
        self.moved.emit()


class LineHeader(ColumnHeader):
    """The names of the columns of a LineTable."""

    def retranslate(self, words: Words) -> None:
        """Name the columns."""
        self.name(
            words("Goods"),
            words("Sold"),
            words("Returned"),
            words("Still left"),
            words("Paid each"),
            words("Returning"),
            words.within("return", "Goes to"),
        )

    def spans(self, width: int) -> list[tuple[Span, Qt.AlignmentFlag]]:
        """Override ColumnHeader.spans."""
        at = Columns.of(width)
        figures = (at.sold, at.before, at.left, at.each, at.now)
        return [(at.goods, LEFT), *((span, RIGHT) for span in figures), (at.to, LEFT)]


class _LineRow(QStyledItemDelegate):
    def __init__(self, theme: Theme, rows: LineModel, view: LineTable) -> None:
        super().__init__(view)
        self._theme = theme
        self._rows = rows
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Override QStyledItemDelegate.sizeHint."""
        return QSize(200, Size.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Override QStyledItemDelegate.paint."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        colour, font = self._theme.colour, self._theme.font
        row, columns = self._rows.text(index.row()), Columns.of(box.width())
        muted, ink = colour("muted"), colour("muted" if row.gone else "text")

        def line(span: tuple[int, int], part: tuple[int, int], lead: int = 0) -> QRect:
            return QRect(box.x() + span[0] + lead, box.y() + part[0], span[1] - lead, part[1])

        whole = (0, box.height() - 1)
        draw_row(painter, self._theme, box, chosen=chosen, focused=self._view.hasFocus())
        goods = columns.goods
        if not row.sold:  # without a receipt nothing stands in the columns that follow
            goods = (goods[0], columns.each[0] - goods[0] - Space.S)
        draw_text(painter, line(goods, _UPPER), row.name, font(Type.BODY, bold=not row.gone), ink)
        draw_text(painter, line(goods, _LOWER), row.code, font(Type.LABEL), muted)
        for span, figure in ((columns.sold, row.sold), (columns.before, row.before), (columns.each, row.each)):
            draw_text(painter, line(span, whole), figure, font(Type.BODY), muted, RIGHT)
        draw_text(painter, line(columns.left, whole), row.left, font(Type.BODY), ink, RIGHT)
        token = "accent" if row.comes else "muted"
        draw_text(painter, line(columns.now, whole), row.now, font(Type.TITLE, bold=row.comes), colour(token), RIGHT)
        if row.comes:
            at = line(columns.to, whole, _ICON + Space.S)
            top = at.center().y() - _ICON // 2
            self._theme.icons.paint(painter, row.to_icon, "text", box.x() + columns.to[0], top, _ICON)
            draw_text(painter, at, row.to, font(Type.LABEL), colour("text"))
