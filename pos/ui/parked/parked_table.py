"""The rows of what is put aside: their columns, header and painting, the same for baskets and for tenders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos.application.words import Words
from pos.ui.key_positions import ENTERS
from pos.ui.parked.row_text import RowText
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing import LEFT, RIGHT, draw_row, draw_text
from pos.ui.widgets.row_table import ColumnHeader, RowTable, Span

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ICON, _SMALL = 20, 16
_WHEN, _PIECES, _AMOUNT, _STATE = 96, 60, 128, 232
_UPPER, _LOWER = (6, 22), (29, 20)
"""Top and height of the two lines of a row."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a row begin and how wide they are, in pixels; figures end with their column."""

    when: Span
    what: Span
    pieces: Span
    amount: Span
    state: Span

    @classmethod
    def of(cls, width: int) -> Columns:
        """The columns of a row `width` px wide: what it is has what the others leave."""
        what = max(0, width - _WHEN - _PIECES - _AMOUNT - _STATE - 5 * Space.S - 2 * Space.M)
        begin = Space.M + _WHEN + Space.S
        pieces = begin + what + Space.S
        amount = pieces + _PIECES + Space.S
        state = amount + _AMOUNT + 2 * Space.S
        return cls((Space.M, _WHEN), (begin, what), (pieces, _PIECES), (amount, _AMOUNT), (state, _STATE))


class ParkedModel(QAbstractListModel):
    """Rows in words, each standing for something."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[object, RowText]] = []

    def present(self, rows: Sequence[tuple[object, RowText]]) -> None:
        """Show these in place of what was there."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def thing(self, place: int) -> object | None:
        """What the row at a place stands for; None beyond the end."""
        return self._rows[place][0] if 0 <= place < len(self._rows) else None

    def text(self, place: int) -> RowText:
        """Its words."""
        return self._rows[place][1]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Override QAbstractListModel.rowCount."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Override QAbstractListModel.data: what a screen reader says."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            return self._rows[index.row()][1].spoken
        return None


class ParkedTable(RowTable):
    """The rows, one of them chosen. `opened`: Enter or a double click on it."""

    opened = Signal()

    def __init__(self, theme: Theme, rows: ParkedModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, parent=parent)
        self.setItemDelegate(_ParkedRow(theme, rows, self))
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def present(self, rows: Sequence[tuple[object, RowText]]) -> None:
        """Show these rows; the chosen place stays as near as it can."""
        model, place = self.model(), max(self.place, 0)
        assert isinstance(model, ParkedModel)
        model.present(rows)
        self.choose(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override RowTable.keyPressEvent: Enter opens."""
        if event.key() in ENTERS:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class ParkedHeader(ColumnHeader):
    """The names of the columns of a ParkedTable."""

    def retranslate(self, words: Words, *, pieces: bool = True) -> None:
        """Name the columns; money has no `pieces`."""
        counted = words("Pieces") if pieces else ""
        self.name(words("When"), words("What"), counted, words("Amount"), words("State"))

    def spans(self, width: int) -> list[tuple[Span, Qt.AlignmentFlag]]:
        """Override ColumnHeader.spans."""
        at = Columns.of(width)
        return [(at.when, LEFT), (at.what, LEFT), (at.pieces, RIGHT), (at.amount, RIGHT), (at.state, LEFT)]


class _ParkedRow(QStyledItemDelegate):
    def __init__(self, theme: Theme, rows: ParkedModel, view: ParkedTable) -> None:
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
        muted, ink = colour("muted"), colour("text")

        def line(span: Span, part: tuple[int, int], lead: int = 0) -> QRect:
            return QRect(box.x() + span[0] + lead, box.y() + part[0], span[1] - lead, part[1])

        whole = (0, box.height() - 1)
        draw_row(painter, self._theme, box, chosen=chosen, focused=self._view.hasFocus())
        draw_text(painter, line(columns.when, _UPPER), row.time, font(Type.BODY, bold=True), ink)
        draw_text(painter, line(columns.when, _LOWER), row.day, font(Type.LABEL), muted)
        middle = box.y() + box.height() // 2
        icons, lead = self._theme.icons, _ICON + Space.S
        icons.paint(painter, row.icon, "muted", box.x() + columns.what[0], middle - _ICON // 2, _ICON)
        title = _UPPER if row.remark else whole
        draw_text(painter, line(columns.what, title, lead), row.title, font(Type.BODY, bold=True), ink)
        draw_text(painter, line(columns.what, _LOWER, lead), row.remark, font(Type.LABEL), muted)
        draw_text(painter, line(columns.pieces, whole), row.pieces, font(Type.BODY), ink, RIGHT)
        draw_text(painter, line(columns.amount, whole), row.amount, font(Type.BODY, bold=True), ink, RIGHT)
        at = line(columns.state, _UPPER, _SMALL + 6)
        icons.paint(painter, row.state_icon, row.token, box.x() + columns.state[0], at.center().y() - 8, _SMALL)
        draw_text(painter, at, row.state, font(Type.LABEL, bold=True), colour(row.token))
        draw_text(painter, line(columns.state, _LOWER, _SMALL + 6), row.whose, font(Type.LABEL), muted)
