"""The table of promotions: those that run or will first, those that are over pale beneath them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos.application.words import Words
from pos.ui.promotions.promotion_words import PromotionText
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing import LEFT, RIGHT, draw_row, draw_text
from pos.ui.widgets.row_table import ColumnHeader, RowTable, Span

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ICON = 20
_STATE, _PERIOD = 104, 248


def _spans(width: int) -> tuple[Span, Span, Span]:
    """Name, period and state in a row `width` px wide."""
    left = Space.M + _ICON + Space.M
    state = width - Space.M - _STATE
    period = state - Space.M - _PERIOD
    return (left, max(0, period - Space.M - left)), (period, _PERIOD), (state, _STATE)


class PromotionModel(QAbstractListModel):
    """The rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PromotionText] = []

    def present(self, rows: Sequence[PromotionText]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, place: int) -> PromotionText | None:
        """The row at a place; None where there is none."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, number: int) -> int:
        """Where a promotion stands; -1 for nowhere."""
        return next((place for place, row in enumerate(self._rows) if row.id == number), -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Override QAbstractListModel.rowCount."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Override QAbstractListModel.data: what a screen reader says."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            return self._rows[index.row()].spoken
        return None


class PromotionTable(RowTable):
    """The rows, one of them chosen."""

    def __init__(self, theme: Theme, rows: PromotionModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, Size.ROW, parent)
        self.setItemDelegate(_Row(theme, rows, self))


class PromotionHeader(ColumnHeader):
    """The names of the columns."""

    def retranslate(self, words: Words) -> None:
        """Name the columns."""
        self.name(words("Promotion"), words("Period"), words("State"))

    def spans(self, width: int) -> list[tuple[Span, Qt.AlignmentFlag]]:
        """Override ColumnHeader.spans."""
        name, period, state = _spans(width)
        return [(name, LEFT), (period, LEFT), (state, RIGHT)]


class _Row(QStyledItemDelegate):
    def __init__(self, theme: Theme, rows: PromotionModel, parent: QObject | None = None) -> None:
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
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        colour, font = self._theme.colour, self._theme.font
        row = self._rows.row(index.row())
        if row is None:
            return
        ink = colour("muted" if row.is_over else "text")
        draw_row(painter, self._theme, box, chosen=chosen)
        middle = box.y() + (box.height() - 1) // 2
        token = "muted" if row.is_over else "accent"
        self._theme.icons.paint(painter, row.icon, token, box.x() + Space.M, middle - _ICON // 2, _ICON)
        (name, width), period, at = _spans(box.width())
        draw_text(painter, QRect(box.x() + name, box.y() + 8, width, 20), row.name, font(Type.BODY, bold=True), ink)
        what = QRect(box.x() + name, box.y() + 29, width, 18)
        draw_text(painter, what, row.what, font(Type.LABEL), colour("muted"))
        whole = QRect(box.x(), box.y(), 0, box.height() - 1)
        draw_text(painter, _part(whole, period), row.period, font(Type.BODY), ink)
        draw_text(painter, _part(whole, at), row.state, font(Type.LABEL, bold=True), colour(row.token), RIGHT)


def _part(row: QRect, span: Span) -> QRect:
    return QRect(row.x() + span[0], row.y(), span[1], row.height())
