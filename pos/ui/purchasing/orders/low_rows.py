"""What runs out as a picture: a bar for each product, as long as it lasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine
from pos.application.stock.low_stock import LowGoods
from pos.application.text.words import Words
from pos.domain.stock.low_stock import Cover
from pos.ui.look.theme import Space, Theme, Type
from pos.ui.purchasing.orders.bar_rows import BAR, BELOW, ICON, ROW, bar_columns, draw_names
from pos.ui.purchasing.orders.low_words import LowText
from pos.ui.widgets.drawing.drawing import RIGHT, draw_box
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.list_models import TranslatedListModel
from pos.ui.widgets.tables.row_pen import Pen, RowPainter
from pos.ui.widgets.tables.row_table import ColumnHeader, CountedTable

_COLUMNS = bar_columns(44, RowColumn(96, right=True))


class LowModel(TranslatedListModel[LowGoods]):
    """The rows, with how many of each will be ordered."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces: Mapping[int, int] = {}

    def propose(self, rows: Sequence[LowGoods], pieces: Mapping[int, int]) -> None:
        """Show other rows; `pieces` by product are ordered instead of the proposal."""
        self._pieces = pieces
        self.present(rows)

    def pieces(self, goods: LowGoods) -> int:
        """How many of a product will be ordered."""
        return self._pieces.get(goods.product.id, goods.cover.proposal)

    def orders(self, origin: str) -> list[OrderDraft]:
        """An order for each supplier of whatever has pieces to order."""
        found: dict[str, list[OrderDraftLine]] = {}
        for goods in self._rows:
            if pieces := self.pieces(goods):
                found.setdefault(goods.supplier, []).append(OrderDraftLine(goods.product.code, pieces))
        return [OrderDraft(lines, supplier, origin=origin) for supplier, lines in found.items()]

    def text(self, place: int) -> LowText:
        """The words of the row at `place`."""
        goods = self._rows[place]
        return LowText.of(goods, self.pieces(goods), self._words)


class LowTable(CountedTable):
    """The rows; plus and minus are pieces to order."""

    def __init__(self, theme: Theme, rows: LowModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, ROW, parent, opens=True)
        self.setItemDelegate(
            RowPainter(theme, self, lambda place: (rows.rows[place], rows.text(place)), _draw, high=ROW)
        )


class LowHeader(ColumnHeader):
    """The names of the columns of a LowTable."""

    columns = _COLUMNS

    def retranslate(self, words: Words) -> None:
        """Name the columns."""
        self.name(words("Product"), words("Stock lasts"), words("To order"))


def draw_cover(painter: QPainter, theme: Theme, box: QRect, cover: Cover, token: str) -> None:
    """A bar of what is here, lighter what is coming, against the days to cover; a mark at the reorder point."""
    colour = theme.colour
    draw_box(painter, box, fill=colour("sunken"), line=colour("line_strong"), radius=0)
    full = Fraction(full_of(cover))
    inner = box.adjusted(1, 1, -1, -1)
    here = _part(inner.width(), cover.available, full)
    coming = _part(inner.width(), cover.available + cover.coming, full)
    if coming > here:
        painter.fillRect(QRect(inner.x() + here, inner.y(), coming - here, inner.height()), colour("earlier"))
    if here:
        painter.fillRect(QRect(inner.x(), inner.y(), here, inner.height()), colour(token))
    if cover.reorder_point:
        mark = inner.x() + _part(inner.width(), cover.reorder_point, full)
        painter.fillRect(QRect(mark - 1, box.y() - 3, 2, box.height() + 6), colour("text"))


def full_of(cover: Cover) -> Fraction:
    """How many pieces are a whole bar: what sells in the days to cover with the reorder point on top."""
    wanted = cover.per_day * cover.cover + (cover.reorder_point or 0)
    return max(Fraction(1), wanted if cover.per_day else Fraction(2 * (cover.reorder_point or 1)))


def _part(width: int, pieces: int, full: Fraction) -> int:
    return int(min(Fraction(1), max(Fraction(0), Fraction(pieces) / full)) * width)


def _draw(pen: Pen, told: tuple[LowGoods, LowText]) -> None:
    goods, row = told
    names, bar, order = pen.spans(_COLUMNS)
    draw_names(pen, names, row.name, row.code)
    draw_cover(pen.painter, pen.theme, pen.part(bar, BAR), goods.cover, row.token)
    pen.icon(bar[0], row.icon, row.token, ICON, line=BELOW)
    left, wide = bar[0] + ICON + Space.XS, bar[1]
    used = pen.text((left, wide - 24), row.state, Type.LABEL, line=BELOW, bold=True, token=row.token)
    detail = (left + used + Space.S, max(0, wide - used - 32))
    pen.text(detail, row.detail, Type.LABEL, line=BELOW, token="muted")
    pen.text(order, row.order, Type.TITLE, bold=True, align=RIGHT)
