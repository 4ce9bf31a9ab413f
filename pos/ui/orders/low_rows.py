"""What runs out as a picture: a bar for each product, as long as it lasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from pos.application.low_stock import LowGoods
from pos.application.purchase_orders import WantedLine, WantedOrder
from pos.application.words import Words
from pos.domain.low_stock import Cover
from pos.ui.key_positions import ENTERS
from pos.ui.orders.bar_rows import BAR, ICON, ROW, BarModel, BarRow, bar_spans
from pos.ui.orders.low_words import LowText
from pos.ui.theme import Space, Theme, Type
from pos.ui.widgets.drawing import LEFT, RIGHT, draw_box, draw_text
from pos.ui.widgets.row_table import ColumnHeader, SidewaysTable, Span

_ORDER = 96
_MORE = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}


class LowModel(BarModel):
    """The rows, with how many of each will be ordered."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[LowGoods] = []
        self._pieces: Mapping[int, int] = {}
        self._words = Words.english()

    @property
    def rows(self) -> Sequence[LowGoods]:
        """All of them."""
        return self._rows

    def rows_shown(self) -> Sequence[LowGoods]:
        """Override BarModel.rows_shown."""
        return self._rows

    def present(self, rows: Sequence[LowGoods], pieces: Mapping[int, int]) -> None:
        """Show other rows; `pieces` by product are ordered instead of the proposal."""
        self.beginResetModel()
        self._rows, self._pieces = list(rows), pieces
        self.endResetModel()

    def speak(self, words: Words) -> None:
        """Word the rows in another language."""
        self._words = words
        self.refresh()

    def refresh(self) -> None:
        """Other figures may be ordered."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def pieces(self, goods: LowGoods) -> int:
        """How many of a product will be ordered."""
        return self._pieces.get(goods.product.id, goods.cover.proposal)

    def orders(self, origin: str) -> list[WantedOrder]:
        """An order for each supplier of whatever has pieces to order."""
        found: dict[str, list[WantedLine]] = {}
        for goods in self._rows:
            if pieces := self.pieces(goods):
                found.setdefault(goods.supplier, []).append(WantedLine(goods.product.code, pieces))
        return [WantedOrder(lines, supplier, origin=origin) for supplier, lines in found.items()]

    def text(self, place: int) -> LowText:
        """The words of the row at `place`."""
        goods = self._rows[place]
        return LowText.of(goods, self.pieces(goods), self._words)


class LowTable(SidewaysTable):
    """The rows. `opened`: Enter or a click on a row; `more`: plus or minus."""

    opened = Signal()
    more = Signal(int)

    def __init__(self, theme: Theme, rows: LowModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, ROW, parent)
        self.setItemDelegate(_LowRow(theme, rows, self))
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QListView.keyPressEvent."""
        key = Qt.Key(event.key())
        if key in ENTERS:
            self.opened.emit()
        elif key in _MORE:
            self.more.emit(_MORE[key])
        else:
            super().keyPressEvent(event)


def _spans(width: int) -> tuple[Span, Span, Span]:
    return bar_spans(width, 44, _ORDER)


class LowHeader(ColumnHeader):
    """The names of the columns of a LowTable."""

    def retranslate(self, words: Words) -> None:
        """Name the columns."""
        self.name(words("Product"), words("How long it lasts"), words("To order"))

    def spans(self, width: int) -> list[tuple[Span, Qt.AlignmentFlag]]:
        """Override ColumnHeader.spans."""
        name, bar, order = _spans(width)
        return [(name, LEFT), (bar, LEFT), (order, RIGHT)]


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


class _LowRow(BarRow):
    def __init__(self, theme: Theme, rows: LowModel, parent: QObject | None = None) -> None:
        super().__init__(theme, parent)
        self._rows = rows

    def draw(self, painter: QPainter, box: QRect, place: int) -> None:
        """Override BarRow.draw."""
        colour, font = self.theme.colour, self.theme.font
        row, goods = self._rows.text(place), self._rows.rows[place]
        names, (bar, wide), (order, room) = _spans(box.width())
        self.draw_names(painter, box, names, row.name, row.code)
        draw_cover(painter, self.theme, QRect(box.x() + bar, box.y() + 14, wide, BAR), goods.cover, row.token)
        self.theme.icons.paint(painter, row.icon, row.token, box.x() + bar, box.y() + 35, ICON)
        left = box.x() + bar + ICON + Space.XS
        bold = font(Type.LABEL, bold=True)
        used = draw_text(painter, QRect(left, box.y() + 34, wide - 24, 18), row.state, bold, colour(row.token))
        detail = QRect(left + used + Space.S, box.y() + 34, max(0, wide - used - 32), 18)
        draw_text(painter, detail, row.detail, font(Type.LABEL), colour("muted"))
        last = QRect(box.x() + order, box.y(), room, box.height() - 1)
        draw_text(painter, last, row.order, font(Type.TITLE, bold=True), colour("text"), RIGHT)
