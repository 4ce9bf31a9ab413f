"""Open orders, one per row: supplier, due date, and a bar of what is outstanding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from pos.application.purchasing.order_words import totals_text
from pos.application.text.formatting import date_text, number_text
from pos.application.text.translator import Translator
from pos.domain.purchasing.purchase_order import OrderSummary, order_name
from pos.ui.look.theme import Space, Theme, Type
from pos.ui.purchasing.orders.bar_rows import BAR, BELOW, ICON, ORDERED, ROW, bar_columns, draw_names
from pos.ui.widgets.drawing.drawing import draw_box
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.list_models import PairListModel
from pos.ui.widgets.tables.row_pen import Pen, RowPainter
from pos.ui.widgets.tables.row_table import ColumnHeader, SidewaysTable

_COLUMNS = bar_columns(50, RowColumn(168))


@dataclass(frozen=True, slots=True)
class OrderText:
    """The text of one row; `share` in thousandths has arrived."""

    name: str
    what: str
    day: str
    day_token: str
    state: str
    share: int
    total: str

    @classmethod
    def of(cls, order: OrderSummary, today: date, tr: Translator) -> OrderText:
        """Describe an order on a given day."""
        language = tr.language
        came = order.ordered - order.outstanding
        late = order.expected_on is not None and order.expected_on < today
        day = "" if order.expected_on is None else date_text(order.expected_on, language)
        if late:
            day = tr("late: {day}", day=day)
        figures = [number_text(one, language) for one in (order.outstanding, order.ordered)]
        n = number_text(order.lines, language)
        lines = tr.plural("{n} line", "{n} lines", order.lines, n=n)
        return cls(
            name=f"{order_name(order.number)} · {order.supplier or tr('no supplier')}",
            what=" · ".join(part for part in (lines, order.note) if part),
            day=day or tr("no delivery date"),
            day_token="over" if late else "text" if order.expected_on else "muted",
            state=tr("{n} of {all} still to come", n=figures[0], all=figures[1]),
            share=1000 * came // order.ordered if order.ordered else 0,
            total=totals_text(order.totals, tr) if order.totals.is_known else tr("cost unknown"),
        )

    @property
    def spoken(self) -> str:
        """The accessible text of the row."""
        return ", ".join((self.name, self.what, self.state, self.day, self.total))


class OrderModel(PairListModel[OrderSummary, OrderText]):
    """The row model."""

    def show_rows(self, orders: Sequence[OrderSummary], today: date, tr: Translator) -> None:
        """Show these orders."""
        self.present([(order, OrderText.of(order, today, tr)) for order in orders])

    def key(self, index: int) -> int:
        """The number of the order at an index."""
        return self._rows[index][0].number


class OrderTable(SidewaysTable):
    """The table."""

    def __init__(self, theme: Theme, rows: OrderModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, ROW, parent)
        self.setItemDelegate(RowPainter(theme, self, rows.text, _draw, high=ROW))


class OrderHeader(ColumnHeader):
    """The header of an OrderTable."""

    columns = _COLUMNS

    def retranslate(self, tr: Translator) -> None:
        """Name the columns."""
        self.name(tr("Order"), tr("Outstanding pieces"), tr("Expected on"))


def _draw(pen: Pen, row: OrderText) -> None:
    names, bar, day = pen.spans(_COLUMNS)
    draw_names(pen, names, row.name, row.what)
    whole, colour = pen.part(bar, BAR), pen.theme.colour
    draw_box(pen.painter, whole, fill=colour("sunken"), line=colour("line_strong"), radius=0)
    came = (whole.width() - 2) * row.share // 1000
    pen.painter.fillRect(QRect(whole.x() + 1, whole.y() + 1, came, whole.height() - 2), colour("accent"))
    pen.text(bar, row.state, Type.LABEL, line=BELOW, bold=True)
    late = row.day_token == "over"
    if late:
        pen.icon(day[0], "triangle-alert", "over", ICON, line=ORDERED)
    pen.text(day, row.day, line=ORDERED, token=row.day_token, lead=ICON + Space.XS if late else 0)
    pen.text(day, row.total, Type.LABEL, line=BELOW, bold=True)
