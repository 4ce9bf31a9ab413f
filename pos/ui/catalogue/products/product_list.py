"""The product list: two lines per product, with its picture, its price, and a warning if there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from pos.application.ports.catalogue_ports import Listed
from pos.application.text.formatting import each_text, number_text
from pos.application.text.translator import Translator
from pos.ui.catalogue.products.marks import Marks
from pos.ui.look.icons import category_icon
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.page.thumbnails import Thumbnails
from pos.ui.widgets.drawing.drawing import RIGHT, draw_check_box, text_width
from pos.ui.widgets.tables.list_models import TranslatedListModel
from pos.ui.widgets.tables.row_pen import CLOSE_LOWER, CLOSE_UPPER, Pen, RowPainter
from pos.ui.widgets.tables.row_table import RowTable

_STATE, _EDGE = 14, 12
_BOX = 20
MARK_WIDE = 44
"""The left part of a row, which marks it: as wide as a finger."""


@dataclass(frozen=True, slots=True)
class ListText:
    """The text of one product: `state` is the warning in the colour `token`, with its icon."""

    id: int
    icon: str
    name: str
    code: str
    price: str
    state: str
    token: str
    state_icon: str
    marked: str = ""

    @property
    def spoken(self) -> str:
        """The accessible text of the row."""
        said = f"{self.name}, {self.code}, {self.price}, {self.state}"
        return f"{self.marked}, {said}" if self.marked else said

    @classmethod
    def of(cls, listed: Listed, tr: Translator, *, is_marked: bool = False) -> ListText:
        """Describe a product."""
        product, language = listed.product, tr.language
        state, token, icon = tr("{n} on hand", n=number_text(listed.owned, language)), "muted", ""
        if product.missing or (listed.lacks and not listed.is_low):
            state, token, icon = tr("incomplete"), "nearly", "circle-question-mark"
        elif listed.is_low:
            left = number_text(listed.owned, language)
            state, token, icon = tr("reorder: {n} left", n=left), "nearly", "circle-alert"
        elif listed.owned <= 0:
            state, token = tr("no stock"), "over"
        price = "—" if product.price is None else each_text(product.price, language, by_weight=product.by_weight)
        goods = category_icon(product.category or "")
        return cls(
            product.id,
            goods,
            product.name_in(language),
            product.code,
            price,
            state,
            token,
            icon,
            tr("marked") if is_marked else "",
        )


class ProductModel(TranslatedListModel[Listed]):
    """The loaded pages of a list; each product appears once."""

    def __init__(self, marks: Marks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: set[int] = set()
        self._marks = marks
        marks.changed.connect(self.refresh)

    def present(self, rows: Sequence[Listed]) -> None:
        """Replace the list."""
        self._known = {row.product.id for row in rows}
        super().present(rows)

    def append(self, rows: Sequence[Listed]) -> None:
        """Append the next page, without products that are already loaded."""
        new = [row for row in rows if row.product.id not in self._known]
        self._known.update(row.product.id for row in new)
        super().append(new)

    def put(self, row: Listed) -> int:
        """Update a product, inserting it on top if it is not loaded; returns its index."""
        index = self.index_of(row.product.id)
        if index >= 0:
            self.replace(index, row)
            return index
        self._known.add(row.product.id)
        self.insert(0, row)
        return 0

    def text(self, index: int) -> ListText:
        """The text of the row at an index."""
        row = self._rows[index]
        return ListText.of(row, self._translator, is_marked=row.product.id in self._marks)

    def index_of(self, product_id: int) -> int:
        """Index of a product; -1 if it is not loaded."""
        if product_id not in self._known:
            return -1
        return next(index for index, row in enumerate(self._rows) if row.product.id == product_id)


class ProductTable(RowTable):
    """The table. `toggled`: the mark of a row was tapped, or Space was pressed on the chosen one; carries its index."""

    toggled = Signal(int)

    def __init__(self, theme: Theme, rows: ProductModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(rows, Size.ROW, parent, opens=True, ahead=20)
        self._touched = -1
        self.setItemDelegate(RowPainter(theme, self, rows.text, partial(_draw, thumbnails)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space marks the chosen row."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers() and self.current_row >= 0:
            if not event.isAutoRepeat():
                self.toggled.emit(self.current_row)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a mark chooses no row: the product in the form stays."""
        self._touched = self._mark_at(event)
        if self._touched < 0:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick taps are two taps."""
        self._touched = self._mark_at(event)
        if self._touched < 0:
            super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A finger that slides there from another row means neither."""
        touched, self._touched = self._touched, -1
        if touched < 0:
            super().mouseReleaseEvent(event)
        elif touched == self._mark_at(event):
            self.toggled.emit(touched)

    def _mark_at(self, event: QMouseEvent) -> int:
        """The row whose mark is there; -1 for none."""
        at = event.position().toPoint()
        is_there = event.button() == Qt.MouseButton.LeftButton and at.x() < MARK_WIDE
        return self.indexAt(at).row() if is_there else -1


def _draw(thumbnails: Thumbnails, pen: Pen, row: ListText) -> None:
    mark = QRect(pen.box.x() + _EDGE, pen.box.y() + (pen.box.height() - 1 - _BOX) // 2, _BOX, _BOX)
    draw_check_box(pen.painter, pen.theme, mark, on=bool(row.marked))
    lead_in = MARK_WIDE - _EDGE
    pen.goods(lead_in + _EDGE, 8, row.icon, "muted", lambda tile: thumbnails.paint(pen.painter, row.id, tile))
    font = pen.theme.font
    left, end = lead_in + 2 * _EDGE + Size.THUMBNAIL - 1, pen.box.width() - 1 - _EDGE
    price = text_width(font(Type.BODY, bold=True), row.price)
    pen.text((left, end - price - Space.S - left), row.name, line=CLOSE_UPPER, bold=True)
    pen.text((end - price, price), row.price, line=CLOSE_UPPER, bold=True, align=RIGHT)
    worries = bool(row.state_icon)
    lead = width = text_width(font(Type.LABEL, bold=worries), row.state)
    state = (end - width, width)
    pen.text(state, row.state, Type.LABEL, line=CLOSE_LOWER, bold=worries, token=row.token, align=RIGHT)
    if worries:
        lead += _STATE + Space.XS
        pen.icon(end - lead, row.state_icon, row.token, _STATE, line=CLOSE_LOWER)
    pen.text((left, end - lead - Space.S - left), row.code, Type.LABEL, line=CLOSE_LOWER, token="muted")
