"""The rows of a delivery: what is expected beside what was counted, and what that comes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos.application.delivery_view import CountRow
from pos.application.words import Words
from pos.domain.goods_receipt import Outcome
from pos.ui.icons import category_icon
from pos.ui.receive.outcome_words import RowText, row_text
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing import BAR, LEFT, RIGHT, draw_box, draw_row, draw_text
from pos.ui.widgets.row_table import ColumnHeader, RowTable, Span

ROW = 64
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LOT, _FIGURE, _RESULT = 124, 92, 200
_NAME = Space.L + Size.THUMBNAIL + Space.M


class CountModel(QAbstractListModel):
    """The rows of one delivery, in the order of the order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[CountRow] = []
        self._words = Words.english()

    def present(self, rows: Sequence[CountRow]) -> None:
        """Show these rows in place of what was there."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def speak(self, words: Words) -> None:
        """Word the rows in another language."""
        self._words = words
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def renew(self, product: int, rows: Sequence[CountRow]) -> None:
        """Show what has become of one product: its rows change where they stand, a new one comes last."""
        places = [place for place, row in enumerate(self._rows) if row.product.id == product]
        first = places[0] if places else len(self._rows)
        both = min(len(places), len(rows))
        for place in range(both):
            self._rows[first + place] = rows[place]
        if both:
            self.dataChanged.emit(self.index(first, 0), self.index(first + both - 1, 0))
        if len(rows) > both:
            self.beginInsertRows(_NOWHERE, first + both, first + len(rows) - 1)
            self._rows[first + both : first + both] = rows[both:]
            self.endInsertRows()
        elif len(places) > both:
            self.beginRemoveRows(_NOWHERE, first + both, first + len(places) - 1)
            del self._rows[first + both : first + len(places)]
            self.endRemoveRows()

    def row(self, place: int) -> CountRow:
        """The row at `place`."""
        return self._rows[place]

    def text(self, place: int) -> RowText:
        """The words of the row at `place`."""
        return row_text(self._rows[place], self._words)

    def place_of(self, product: int, line: int | None = None) -> int:
        """Where a line of a product stands, else its first row; -1 where it has none."""
        mine = [place for place, row in enumerate(self._rows) if row.product.id == product]
        of_line = (place for place in mine if _line_no(self._rows[place]) == line)
        return next(of_line, mine[0] if mine else -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Override QAbstractListModel.rowCount."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Override QAbstractListModel.data: what a screen reader says."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            row = self.text(index.row())
            return ", ".join(
                part for part in (row.name, row.lot, f"{row.counted} / {row.expected}", row.result) if part
            )
        return None


def _line_no(row: CountRow) -> int | None:
    return None if row.line is None else row.line.no


class CountTable(RowTable):
    """The rows, one of them chosen."""

    def __init__(self, theme: Theme, rows: CountModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, ROW, parent)
        self.setItemDelegate(_CountRow(theme, rows, self))

    def step(self, rows: int) -> None:
        """Choose the row so many below (above) the chosen one."""
        self.choose(self.place + rows)


def spans_of(width: int) -> tuple[Span, Span, Span, Span, Span]:
    """Product, lot, expected, counted, result of a row `width` px wide."""
    result = width - Space.S - _RESULT
    counted = result - Space.L - _FIGURE
    expected = counted - Space.S - _FIGURE
    lot = expected - Space.M - _LOT
    return (
        (_NAME, max(0, lot - _NAME - Space.M)),
        (lot, _LOT),
        (expected, _FIGURE),
        (counted, _FIGURE),
        (result, _RESULT),
    )


class CountHeader(ColumnHeader):
    """The names of the columns of a CountTable."""

    def retranslate(self, words: Words) -> None:
        """Name the columns."""
        self.name(words("Product"), words("Lot"), words("Expected"), words("Counted"), words("Result"))

    def spans(self, width: int) -> list[tuple[Span, Qt.AlignmentFlag]]:
        """Override ColumnHeader.spans."""
        return list(zip(spans_of(width), (LEFT, LEFT, RIGHT, RIGHT, LEFT), strict=True))


class _CountRow(QStyledItemDelegate):
    def __init__(self, theme: Theme, rows: CountModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Override QStyledItemDelegate.sizeHint."""
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Override QStyledItemDelegate.paint."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        theme, colour, font = self._theme, self._theme.colour, self._theme.font
        row, text = self._rows.row(index.row()), self._rows.text(index.row())
        draw_row(painter, theme, box, chosen=chosen)
        if row.outcome is Outcome.WRONG:
            painter.fillRect(box.adjusted(0, 0, 0, -1), colour("over_soft"))
            painter.fillRect(QRect(box.x(), box.y(), BAR, box.height() - 1), colour("over"))
        name, lot, expected, counted, result = (
            QRect(box.x() + left, box.y(), width, box.height() - 1) for left, width in spans_of(box.width())
        )
        if row.is_first:
            tile = QRect(box.x() + Space.L, box.y() + 12, Size.THUMBNAIL, Size.THUMBNAIL)
            draw_box(painter, tile, fill=colour("surface" if chosen else "sunken"), line=colour("line"))
            icon = category_icon(row.product.category or "")
            theme.icons.paint(painter, icon, "muted", tile.x() + 10, tile.y() + 10, 20)
            _two(painter, theme, name, text.name, text.code, bold=True)
        _two(painter, theme, lot, text.lot, text.expiry, token="nearly" if row.lacks_lot else "text")
        draw_text(painter, expected, text.expected, font(Type.TITLE), colour("muted"), RIGHT)
        draw_text(painter, counted, text.counted, font(Type.TITLE, bold=True), colour("text"), RIGHT)
        theme.icons.paint(painter, text.icon, text.token, result.x(), box.y() + 23, 18)
        words = result.adjusted(18 + Space.S, 0, 0, 0)
        draw_text(painter, words, text.result, font(Type.BODY, bold=True), colour(text.token))


def _two(
    painter: QPainter, theme: Theme, box: QRect, first: str, second: str, *, bold: bool = False, token: str = "text"
) -> None:
    """Two lines of a cell; one alone stands in the middle."""
    if not second:
        size = Type.BODY if bold else Type.LABEL
        draw_text(painter, box, first, theme.font(size, bold=bold), theme.colour("muted" if token == "text" else token))
        return
    upper, lower = box.adjusted(0, 11, 0, -31), box.adjusted(0, 34, 0, -10)
    draw_text(painter, upper, first, theme.font(Type.BODY, bold=bold), theme.colour(token))
    draw_text(painter, lower, second, theme.font(Type.LABEL), theme.colour("muted"))
