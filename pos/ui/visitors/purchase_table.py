"""The purchases of a visitor: their columns, header and rows, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pos.application.visitor_ports import LedgerLine
from pos.application.words import Words
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.visitors.purchase_words import Past, PurchaseText
from pos.ui.widgets.drawing import LEFT, RIGHT, draw_row, draw_text
from pos.ui.widgets.row_table import ColumnHeader, RowTable, Span

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ICON, _SMALL = 20, 16
_WHEN, _PIECES, _PAID, _STATE = 96, 60, 104, 196
_UPPER, _LOWER = (6, 22), (29, 20)
"""Top and height of the two lines of a row."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a row begin and how wide they are, in pixels; figures end with their column."""

    when: tuple[int, int]
    goods: tuple[int, int]
    pieces: tuple[int, int]
    paid: tuple[int, int]
    state: tuple[int, int]

    @classmethod
    def of(cls, width: int) -> Columns:
        """The columns of a row `width` px wide: the goods have what the others leave."""
        goods = max(0, width - _WHEN - _PIECES - _PAID - _STATE - 5 * Space.S - 2 * Space.M)
        bought = Space.M + _WHEN + Space.S
        pieces = bought + goods + Space.S
        paid = pieces + _PIECES + Space.S
        state = paid + _PAID + 2 * Space.S
        return cls((Space.M, _WHEN), (bought, goods), (pieces, _PIECES), (paid, _PAID), (state, _STATE))


class PurchaseModel(QAbstractListModel):
    """The purchases of one visitor."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[LedgerLine] = []
        self._texts: list[PurchaseText] = []

    def present(self, lines: Sequence[LedgerLine], past: Past, words: Words) -> None:
        """Show these lines, told oldest first, in the other order."""
        self.beginResetModel()
        self._lines = list(reversed(lines))
        self._texts = [PurchaseText.of(line, past, words) for line in self._lines]
        self.endResetModel()

    def clear(self) -> None:
        """Forget them all."""
        self.beginResetModel()
        self._lines, self._texts = [], []
        self.endResetModel()

    def line(self, place: int) -> LedgerLine:
        """The purchase at a place."""
        return self._lines[place]

    def text(self, place: int) -> PurchaseText:
        """Its words."""
        return self._texts[place]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Override QAbstractListModel.rowCount."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Override QAbstractListModel.data: what a screen reader says."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            return self._texts[index.row()].spoken
        return None


class PurchaseTable(RowTable):
    """The rows, one of them chosen."""

    def __init__(self, theme: Theme, rows: PurchaseModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, parent=parent)
        self.setItemDelegate(_PurchaseRow(theme, rows, self))


class PurchaseHeader(ColumnHeader):
    """The names of the columns of a PurchaseTable."""

    def retranslate(self, words: Words) -> None:
        """Name the columns."""
        self.name(words("Bought"), words("Goods"), words("Pieces"), words("Price"), words("What became of it"))

    def spans(self, width: int) -> list[tuple[Span, Qt.AlignmentFlag]]:
        """Override ColumnHeader.spans."""
        at = Columns.of(width)
        return [(at.when, LEFT), (at.goods, LEFT), (at.pieces, RIGHT), (at.paid, RIGHT), (at.state, LEFT)]


class _PurchaseRow(QStyledItemDelegate):
    def __init__(self, theme: Theme, rows: PurchaseModel, view: PurchaseTable) -> None:
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
        draw_text(painter, line(columns.when, _UPPER), row.day, font(Type.LABEL), ink)
        draw_text(painter, line(columns.when, _LOWER), row.time, font(Type.LABEL), muted)
        middle = box.y() + box.height() // 2
        icons, lead = self._theme.icons, _ICON + Space.S
        icons.paint(painter, row.icon, "muted", box.x() + columns.goods[0], middle - _ICON // 2, _ICON)
        draw_text(painter, line(columns.goods, _UPPER, lead), row.name, font(Type.BODY, bold=not row.gone), ink)
        draw_text(painter, line(columns.goods, _LOWER, lead), row.origin, font(Type.LABEL), muted)
        draw_text(painter, line(columns.pieces, whole), row.pieces, font(Type.BODY), ink, RIGHT)
        draw_text(painter, line(columns.paid, whole), row.paid, font(Type.BODY), ink, RIGHT)
        upper = _UPPER if row.remark else whole
        at = line(columns.state, upper, _SMALL + 6)
        icons.paint(painter, row.state_icon, row.token, box.x() + columns.state[0], at.center().y() - 8, _SMALL)
        draw_text(painter, at, row.state, font(Type.LABEL, bold=True), colour(row.token))
        if row.remark:
            draw_text(painter, line(columns.state, _LOWER, _SMALL + 6), row.remark, font(Type.LABEL), muted)
