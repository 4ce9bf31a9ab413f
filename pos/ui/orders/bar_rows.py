"""What both pictures of the orders page are made of: two lines of words, a bar over its words, a last column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos.ui.theme import Space, Theme, Type
from pos.ui.widgets.drawing import draw_row, draw_text
from pos.ui.widgets.row_table import Span

ROW, BAR, ICON = 64, 10, 16
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Spoken(Protocol):
    """The words of a row, of which a screen reader says `spoken`."""

    @property
    def spoken(self) -> str:
        """All of it."""
        ...


class BarModel(QAbstractListModel):
    """Rows that a child holds and words."""

    def rows_shown(self) -> Sequence[object]:
        """What the rows are of."""
        raise NotImplementedError

    def text(self, place: int) -> Spoken:
        """The words of the row at `place`."""
        raise NotImplementedError

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Override QAbstractListModel.rowCount."""
        return 0 if parent.isValid() else len(self.rows_shown())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Override QAbstractListModel.data: what a screen reader says."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            return self.text(index.row()).spoken
        return None


def bar_spans(width: int, name_share: int, last: int) -> tuple[Span, Span, Span]:
    """Name (so many per cent of the rest), bar, and the last column, `last` px wide."""
    rest = max(0, width - 2 * Space.M - last - 2 * Space.M)
    name = rest * name_share // 100
    return (Space.M, name), (2 * Space.M + name, rest - name), (3 * Space.M + rest, last)


class BarRow(QStyledItemDelegate):
    """Draws the ground of a row; a child draws what stands on it."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Override QStyledItemDelegate.sizeHint."""
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Override QStyledItemDelegate.paint."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        draw_row(painter, self.theme, box, chosen=bool(state & QStyle.StateFlag.State_Selected))
        self.draw(painter, box, index.row())

    def draw(self, painter: QPainter, box: QRect, place: int) -> None:
        """Draw the row at `place`."""
        raise NotImplementedError

    def draw_names(self, painter: QPainter, box: QRect, span: Span, name: str, second: str) -> None:
        """The two lines of words."""
        left, width = box.x() + span[0], span[1]
        colour, font = self.theme.colour, self.theme.font
        title = QRect(left, box.y() + 12, width, 20)
        draw_text(painter, title, name, font(Type.BODY, bold=True), colour("text"))
        draw_text(painter, QRect(left, box.y() + 34, width, 18), second, font(Type.LABEL), colour("muted"))
