"""Receipts found, newest first: number, when, what, how much, and what came back of it already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos.application.figures import instant_text, money_text, number_text, pieces_text
from pos.application.return_ports import RETURN, FoundReceipt, ReceiptPage
from pos.application.words import Words
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing import LEFT, RIGHT, draw_row, draw_text
from pos.ui.widgets.paged_rows import PagedRows
from pos.ui.widgets.row_table import ColumnHeader, RowTable, Span

_Index = QModelIndex | QPersistentModelIndex
_NUMBER, _WHEN, _PIECES, _BACK, _TOTAL = 110, 168, 64, 84, 120


@dataclass(frozen=True, slots=True)
class ReceiptText:
    """One receipt in words."""

    receipt: str
    at: str
    goods: str
    pieces: str
    back: str
    total: str
    spoken: str

    @classmethod
    def of(cls, found: FoundReceipt, zone: tzinfo, words: Words) -> ReceiptText:
        """The words of a receipt; of more goods than fit only how many more."""
        language = words.language
        named = [names.get(language) or names[""] for names in found.goods]
        more = found.lines - len(named)
        goods = words(", ").join(named) + (f" +{number_text(more, language)}" if more else "")
        came = found.kind == RETURN
        at, total = instant_text(found.at, zone, language), money_text(-found.total if came else found.total, language)
        if came:
            goods = words("Return: {goods}", goods=goods)
        return cls(
            receipt=found.receipt,
            at=at,
            goods=goods,
            pieces=number_text(found.pieces, language),
            back=number_text(found.came_back, language) if found.came_back else "–",
            total=total,
            spoken=", ".join((found.receipt, at, goods, pieces_text(found.pieces, words), total)),
        )


@dataclass(frozen=True, slots=True)
class _Columns:
    receipt: Span
    at: Span
    goods: Span
    pieces: Span
    back: Span
    total: Span

    @classmethod
    def of(cls, width: int) -> _Columns:
        fixed = (_NUMBER, _WHEN, _PIECES, _BACK, _TOTAL)
        goods = max(0, width - sum(fixed) - 5 * Space.M - 2 * Space.M)
        spans, at = [], int(Space.M)
        for room in (_NUMBER, _WHEN, goods, _PIECES, _BACK, _TOTAL):
            spans.append((at, room))
            at += room + Space.M
        return cls(*spans)


class ReceiptModel(PagedRows):
    """The receipts of as many pages as were asked for."""

    def present(self, page: ReceiptPage, zone: tzinfo, words: Words) -> None:
        """Show the first page."""
        self.begin([ReceiptText.of(one, zone, words) for one in page.receipts], page.next)

    def append(self, page: ReceiptPage, zone: tzinfo, words: Words) -> None:
        """Show a further page under those on show."""
        self.go_on([ReceiptText.of(one, zone, words) for one in page.receipts], page.next)

    def text(self, place: int) -> ReceiptText:
        """The words of the receipt at a place."""
        found: ReceiptText = self._texts[place]
        return found


class ReceiptHeader(ColumnHeader):
    """The names of the columns of the receipts."""

    def retranslate(self, words: Words) -> None:
        """Name the columns."""
        self.name(
            words("Receipt"), words("Sold on"), words("Goods"), words("Pieces"), words("Returned"), words("Total")
        )

    def spans(self, width: int) -> Sequence[tuple[Span, Qt.AlignmentFlag]]:
        """Override ColumnHeader.spans."""
        at = _Columns.of(width)
        return [(at.receipt, LEFT), (at.at, LEFT), (at.goods, LEFT), (at.pieces, RIGHT), (at.back, RIGHT),
                (at.total, RIGHT)]  # fmt: skip


class ReceiptRow(QStyledItemDelegate):
    """Draws one receipt."""

    def __init__(self, theme: Theme, rows: ReceiptModel, view: RowTable, parent: QWidget | None = None) -> None:
        super().__init__(parent or view)
        self._theme = theme
        self._rows = rows
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Override QStyledItemDelegate.sizeHint."""
        return QSize(200, Size.BUTTON)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Override QStyledItemDelegate.paint."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        colour, font = self._theme.colour, self._theme.font
        row, at = self._rows.text(index.row()), _Columns.of(box.width())
        body, strong = font(Type.BODY), font(Type.BODY, bold=True)

        def room(span: Span) -> QRect:
            return QRect(box.x() + span[0], box.y(), span[1], box.height() - 1)

        draw_row(painter, self._theme, box, chosen=chosen, focused=self._view.hasFocus())
        draw_text(painter, room(at.receipt), row.receipt, strong, colour("text"))
        draw_text(painter, room(at.at), row.at, body, colour("muted"))
        draw_text(painter, room(at.goods), row.goods, body, colour("text"))
        draw_text(painter, room(at.pieces), row.pieces, body, colour("text"), RIGHT)
        draw_text(painter, room(at.back), row.back, body, colour("muted"), RIGHT)
        draw_text(painter, room(at.total), row.total, strong, colour("text"), RIGHT)
