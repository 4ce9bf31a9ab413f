"""Low stock as a chart: a bar for each product, as long as it lasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine
from pos.application.stock.low_stock import LowGoods
from pos.application.text.translator import Translator
from pos.domain.money import Money
from pos.domain.stock.low_stock import Cover
from pos.ui.look.theme import Space, Theme, Type
from pos.ui.purchasing.orders.bar_rows import BAR, BELOW, ICON, ORDERED, ROW, bar_columns, draw_names
from pos.ui.purchasing.orders.low_words import LowText
from pos.ui.widgets.drawing.drawing import RIGHT, draw_box, text_width
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.list_models import TranslatedListModel
from pos.ui.widgets.tables.row_pen import Pen, RowPainter
from pos.ui.widgets.tables.row_table import ColumnHeader, CountedTable

_COLUMNS = bar_columns(44, RowColumn(128, right=True))
_SHORTCUT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class LowModel(TranslatedListModel[LowGoods]):
    """The rows, with the quantity to order of each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces: Mapping[int, int] = {}
        self._costs: Mapping[int, Money | None] = {}

    def propose(self, rows: Sequence[LowGoods], pieces: Mapping[int, int], costs: Mapping[int, Money | None]) -> None:
        """Show other rows; `pieces` and `costs` by product replace the proposal."""
        self._pieces, self._costs = pieces, costs
        self.present(rows)

    def key(self, index: int) -> int:
        """The product of the row at an index."""
        return self._rows[index].product.id

    def pieces(self, goods: LowGoods) -> int:
        """The quantity to order of a product."""
        return self._pieces.get(goods.product.id, goods.to_order)

    def cost(self, goods: LowGoods) -> Money | None:
        """What one piece of a product costs on the order; None: unknown."""
        return self._costs.get(goods.product.id, goods.cost)

    def orders(self, origin: str) -> list[OrderDraft]:
        """One order per supplier for all products with a quantity."""
        lines_by_supplier: dict[str, list[OrderDraftLine]] = {}
        for goods in self._rows:
            if pieces := self.pieces(goods):
                line = OrderDraftLine(goods.product.code, pieces, self.cost(goods), coming=goods.cover.coming)
                lines_by_supplier.setdefault(goods.supplier, []).append(line)
        return [OrderDraft(lines, supplier, origin=origin) for supplier, lines in lines_by_supplier.items()]

    def text(self, index: int) -> LowText:
        """The text of the row at an index."""
        goods = self._rows[index]
        return LowText.of(goods, self.pieces(goods), self.cost(goods), self._translator)


class LowTable(CountedTable):
    """The table; plus and minus change the quantity to order.

    `figure`: a figure was typed, the first one of a quantity for the selected row.
    """

    figure = Signal(str)

    def __init__(self, theme: Theme, rows: LowModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, ROW, parent, opens=True)
        self.setItemDelegate(
            RowPainter(theme, self, lambda index: (rows.rows[index], rows.text(index)), _draw, high=ROW)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdecimal() and not event.modifiers() & _SHORTCUT:
            self.figure.emit(event.text())
        else:
            super().keyPressEvent(event)


class LowHeader(ColumnHeader):
    """The header of a LowTable."""

    columns = _COLUMNS

    def retranslate(self, tr: Translator) -> None:
        """Name the columns."""
        self.name(tr("Product"), tr("Stock lasts"), tr("To order"))


def draw_cover(painter: QPainter, theme: Theme, box: QRect, cover: Cover, token: str) -> None:
    """Draw a bar of stock, lighter for incoming goods, against the days to cover; a mark at the reorder point."""
    colour = theme.colour
    draw_box(painter, box, fill=colour("sunken"), line=colour("line_strong"), radius=0)
    full = Fraction(full_of(cover))
    inner = box.adjusted(1, 1, -1, -1)
    here = _part(inner.width(), cover.available, full)
    coming = _part(inner.width(), cover.available + cover.incoming, full)
    if coming > here:
        painter.fillRect(QRect(inner.x() + here, inner.y(), coming - here, inner.height()), colour("earlier"))
    if here:
        painter.fillRect(QRect(inner.x(), inner.y(), here, inner.height()), colour(token))
    if cover.reorder_point:
        mark = inner.x() + _part(inner.width(), cover.reorder_point, full)
        painter.fillRect(QRect(mark - 1, box.y() - 3, 2, box.height() + 6), colour("text"))


def full_of(cover: Cover) -> Fraction:
    """Pieces of a full bar: sales in the days to cover plus the reorder point."""
    target = cover.per_day * cover.cover + (cover.reorder_point or 0)
    return max(Fraction(1), target if cover.per_day else Fraction(2 * (cover.reorder_point or 1)))


def _part(width: int, pieces: int, full: Fraction) -> int:
    return int(min(Fraction(1), max(Fraction(0), Fraction(pieces) / full)) * width)


def _draw(pen: Pen, painted: tuple[LowGoods, LowText]) -> None:
    goods, row = painted
    names, bar, order = pen.spans(_COLUMNS)
    draw_names(pen, names, row.name, row.code)
    draw_cover(pen.painter, pen.theme, pen.part(bar, BAR), goods.cover, row.token)
    pen.icon(bar[0], row.icon, row.token, ICON, line=BELOW)
    left, wide = bar[0] + ICON + Space.XS, bar[1]
    used = pen.text((left, wide - 24), row.state, Type.LABEL, line=BELOW, bold=True, token=row.token)
    detail = (left + used + Space.S, max(0, wide - used - 32))
    pen.text(detail, row.detail, Type.LABEL, line=BELOW, token="muted")
    line = ORDERED if row.costs[0] else None
    pen.text(order, row.order, Type.TITLE, line=line, bold=True, align=RIGHT)
    costs, short = row.costs
    fits = text_width(pen.theme.font(Type.LABEL), costs) <= order[1]
    pen.text(order, costs if fits else short, Type.LABEL, line=BELOW, align=RIGHT, token="muted")
