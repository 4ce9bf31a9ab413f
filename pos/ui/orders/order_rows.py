"""Open orders: who sends what until when, and how much of it is still outstanding, a bar each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from pos.application.figures import date_text, number_text
from pos.application.words import Words
from pos.domain.purchase_order import OrderSummary, order_name
from pos.ui.orders.bar_rows import BAR, ICON, ROW, BarModel, BarRow, bar_spans
from pos.ui.theme import Space, Theme, Type
from pos.ui.widgets.drawing import LEFT, draw_box, draw_text
from pos.ui.widgets.row_table import ColumnHeader, SidewaysTable, Span

_DAY = 168


@dataclass(frozen=True, slots=True)
class OrderText:
    """The words of one row; `share` of 1000 has come."""

    name: str
    what: str
    day: str
    day_token: str
    state: str
    share: int

    @classmethod
    def of(cls, order: OrderSummary, today: date, words: Words) -> OrderText:
        """Word an order as it stands on a day."""
        language = words.language
        came = order.ordered - order.outstanding
        late = order.expected_on is not None and order.expected_on < today
        day = "" if order.expected_on is None else date_text(order.expected_on, language)
        if late:
            day = words("late: {day}", day=day)
        figures = [number_text(one, language) for one in (order.outstanding, order.ordered)]
        n = number_text(order.lines, language)
        lines = words.plural("{n} line", "{n} lines", order.lines, n=n)
        return cls(
            name=f"{order_name(order.number)} · {order.supplier or words('no supplier')}",
            what=" · ".join(part for part in (lines, order.note) if part),
            day=day or words("no day agreed"),
            day_token="over" if late else "text" if order.expected_on else "muted",
            state=words("{n} of {all} still to come", n=figures[0], all=figures[1]),
            share=1000 * came // order.ordered if order.ordered else 0,
        )

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        return ", ".join((self.name, self.what, self.state, self.day))


class OrderModel(BarModel):
    """The rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._orders: list[OrderSummary] = []
        self._texts: list[OrderText] = []

    def present(self, orders: Sequence[OrderSummary], today: date, words: Words) -> None:
        """Show these orders."""
        self.beginResetModel()
        self._orders = list(orders)
        self._texts = [OrderText.of(order, today, words) for order in orders]
        self.endResetModel()

    def order(self, place: int) -> OrderSummary | None:
        """The order at a place; None where there is none."""
        return self._orders[place] if 0 <= place < len(self._orders) else None

    def text(self, place: int) -> OrderText:
        """The words of the row at `place`."""
        return self._texts[place]

    def place_of(self, number: int) -> int:
        """Where an order stands; -1 for nowhere."""
        return next((place for place, order in enumerate(self._orders) if order.number == number), -1)

    def rows_shown(self) -> Sequence[OrderSummary]:
        """Override BarModel.rows_shown."""
        return self._orders


class OrderTable(SidewaysTable):
    """The rows."""

    def __init__(self, theme: Theme, rows: OrderModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, ROW, parent)
        self.setItemDelegate(_OrderRow(theme, rows, self))


def _spans(width: int) -> tuple[Span, Span, Span]:
    return bar_spans(width, 50, _DAY)


class OrderHeader(ColumnHeader):
    """The names of the columns of an OrderTable."""

    def retranslate(self, words: Words) -> None:
        """Name the columns."""
        self.name(words("Order"), words("Still to come"), words("Expected on"))

    def spans(self, width: int) -> list[tuple[Span, Qt.AlignmentFlag]]:
        """Override ColumnHeader.spans."""
        return [(span, LEFT) for span in _spans(width)]


class _OrderRow(BarRow):
    def __init__(self, theme: Theme, rows: OrderModel, parent: QObject | None = None) -> None:
        super().__init__(theme, parent)
        self._rows = rows

    def draw(self, painter: QPainter, box: QRect, place: int) -> None:
        """Override BarRow.draw."""
        colour, font = self.theme.colour, self.theme.font
        row = self._rows.text(place)
        names, (bar, wide), (day, room) = _spans(box.width())
        self.draw_names(painter, box, names, row.name, row.what)
        whole = QRect(box.x() + bar, box.y() + 14, wide, BAR)
        draw_box(painter, whole, fill=colour("sunken"), line=colour("line_strong"), radius=0)
        came = (wide - 2) * row.share // 1000
        painter.fillRect(QRect(whole.x() + 1, whole.y() + 1, came, BAR - 2), colour("accent"))
        said = QRect(box.x() + bar, box.y() + 34, wide, 18)
        draw_text(painter, said, row.state, font(Type.LABEL, bold=True), colour("text"))
        left, middle = box.x() + day, box.y() + (box.height() - 1) // 2
        if row.day_token == "over":
            self.theme.icons.paint(painter, "triangle-alert", "over", left, middle - ICON // 2, ICON)
            left, room = left + ICON + Space.XS, room - ICON - Space.XS
        at = QRect(left, box.y(), room, box.height() - 1)
        draw_text(painter, at, row.day, font(Type.BODY), colour(row.day_token))
