"""The receipts behind a mark: number, when, cashier, visitor, total; a page of them comes when it is reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos.application.figures import instant_text, money_text, number_text, pieces_text
from pos.application.names import DESTINATIONS, name_of
from pos.application.words import Words
from pos.domain.report_mark import MarkedReceipt
from pos.ui.reports.row_words import nationality_text
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing import LEFT, RIGHT, draw_row, draw_text
from pos.ui.widgets.paged_rows import PagedRows
from pos.ui.widgets.row_table import ColumnHeader, RowTable, Span

_Index = QModelIndex | QPersistentModelIndex
_NUMBER, _WHEN, _CASHIER, _VISITOR, _PIECES, _TOTAL = 112, 160, 132, 208, 64, 124


@dataclass(frozen=True, slots=True)
class MarkedText:
    """One receipt in words; what came back is a receipt too, and says so."""

    receipt: str
    at: str
    cashier: str
    visitor: str
    goods: str
    pieces: str
    total: str
    spoken: str

    @classmethod
    def of(cls, found: MarkedReceipt, names: Mapping[str, str], zone: tzinfo, words: Words) -> MarkedText:
        """The words of a receipt; of more goods than fit only how many more."""
        language = words.language
        named = [goods.get(language) or goods[""] for goods in found.goods]
        more = found.lines - len(named)
        goods = words(", ").join(named) + (f" +{number_text(more, language)}" if more > 0 else "")
        is_back = found.kind == "return"
        total = money_text(found.total * (-1 if is_back and found.total.minor > 0 else 1), language)
        at, cashier = instant_text(found.at, zone, language), names.get(found.cashier, found.cashier)
        sides = (nationality_text(found.nationality or "", words), name_of(DESTINATIONS, found.destination, words))
        visitor = words("Return") if is_back else " · ".join(side for side in sides if side)
        spoken = ", ".join((found.receipt, at, cashier, visitor, goods, pieces_text(found.pieces, words), total))
        return cls(found.receipt, at, cashier, visitor, goods, number_text(found.pieces, language), total, spoken)


@dataclass(frozen=True, slots=True)
class _Columns:
    receipt: Span
    at: Span
    cashier: Span
    visitor: Span
    goods: Span
    pieces: Span
    total: Span

    @classmethod
    def of(cls, width: int) -> _Columns:
        fixed = (_NUMBER, _WHEN, _CASHIER, _VISITOR, _PIECES, _TOTAL)
        goods = max(0, width - sum(fixed) - 6 * Space.M - 2 * Space.M)
        spans, at = [], int(Space.M)
        for room in (_NUMBER, _WHEN, _CASHIER, _VISITOR, goods, _PIECES, _TOTAL):
            spans.append((at, room))
            at += room + Space.M
        return cls(*spans)


class MarkedModel(PagedRows):
    """The receipts of as many pages as were asked for."""

    def text(self, place: int) -> MarkedText:
        """The words of the receipt at a place."""
        found: MarkedText = self._texts[place]
        return found


class MarkedHeader(ColumnHeader):
    """The names of the columns."""

    def retranslate(self, words: Words) -> None:
        """Name the columns."""
        self.name(
            words("Receipt"), words("When"), words("Cashier"), words("Visitor"), words("Goods"), words("Pieces"),
            words("Total"),
        )  # fmt: skip

    def spans(self, width: int) -> Sequence[tuple[Span, Qt.AlignmentFlag]]:
        """Override ColumnHeader.spans."""
        at = _Columns.of(width)
        left = (at.receipt, at.at, at.cashier, at.visitor, at.goods)
        return [*((span, LEFT) for span in left), (at.pieces, RIGHT), (at.total, RIGHT)]


class MarkedRow(QStyledItemDelegate):
    """Draws one receipt."""

    def __init__(self, theme: Theme, rows: MarkedModel, view: RowTable, parent: QWidget | None = None) -> None:
        super().__init__(parent or view)
        self._theme = theme
        self._rows = rows
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Override QStyledItemDelegate.sizeHint."""
        return QSize(200, Size.TABLE_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Override QStyledItemDelegate.paint."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        colour, font = self._theme.colour, self._theme.font
        row, at = self._rows.text(index.row()), _Columns.of(box.width())
        body, strong = font(Type.BODY), font(Type.BODY, bold=True)
        draw_row(painter, self._theme, box, chosen=chosen, focused=self._view.hasFocus())
        for text, span, look, token, align in (
            (row.receipt, at.receipt, strong, "text", LEFT),
            (row.at, at.at, body, "muted", LEFT),
            (row.cashier, at.cashier, body, "text", LEFT),
            (row.visitor, at.visitor, body, "text", LEFT),
            (row.goods, at.goods, body, "muted", LEFT),
            (row.pieces, at.pieces, body, "text", RIGHT),
            (row.total, at.total, strong, "text", RIGHT),
        ):
            room = QRect(box.x() + span[0], box.y(), span[1], box.height() - 1)
            draw_text(painter, room, text, look, colour(token), align)
