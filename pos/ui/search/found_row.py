"""One product found: picture, name, code, what is on hand, price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractItemView

from pos.application.figures import money_text, number_text
from pos.application.find_product import FoundProduct
from pos.application.words import Words
from pos.ui.icons import category_icon
from pos.ui.products.thumbnails import Thumbnails
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing import RIGHT
from pos.ui.widgets.held_rows import WordedRows
from pos.ui.widgets.row_pen import CLOSE_LOWER, CLOSE_UPPER, Pen, RowPainter


@dataclass(frozen=True, slots=True)
class FoundText:
    """The words of one product found; `stock_token` warns of an empty shelf."""

    id: int
    icon: str
    name: str
    code: str
    stock: str
    stock_token: str
    price: str

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        return f"{self.name}, {self.price}, {self.stock}"

    @classmethod
    def of(cls, found: FoundProduct, words: Words) -> FoundText:
        """Word a product."""
        product, language = found.product, words.language
        stock = words("{n} on hand", n=number_text(found.on_hand, language))
        if product.missing:
            stock, token = words("incomplete"), "nearly"
        elif found.on_hand <= 0:
            stock, token = words("no stock"), "over"
        else:
            token = "muted"
        price = money_text(product.price, language) if product.price is not None else "—"
        icon = category_icon(product.category or "")
        return cls(product.id, icon, product.name_in(language), product.code, stock, token, price)


class FoundModel(WordedRows[FoundProduct]):
    """The page of products that a search has found; a product is put into words when it comes into sight."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told: dict[int, FoundText] = {}

    def offer(self, found: Sequence[FoundProduct], words: Words) -> None:
        """Show these products in place of those before."""
        self._words, self._told = words, {}
        self.present(found)

    def text(self, place: int) -> FoundText:
        """Override HeldRows.text."""
        told = self._told.get(place)
        if told is None:
            told = self._told[place] = FoundText.of(self._rows[place], self._words)
        return told


def found_painter(
    theme: Theme, view: QAbstractItemView, rows: FoundModel, pictures: Thumbnails
) -> RowPainter[FoundText]:
    """What draws the rows of a FoundModel."""
    return RowPainter(theme, view, rows.text, partial(_draw, pictures))


def _draw(pictures: Thumbnails, pen: Pen, row: FoundText) -> None:
    pen.goods(Space.M, 8, row.icon, "text", lambda tile: pictures.paint(pen.painter, row.id, tile))
    left, end = 2 * Space.M + Size.THUMBNAIL - 1, pen.box.width() - 1 - Space.M
    pen.text((left, end - 140 - left), row.name, line=CLOSE_UPPER, bold=True, ends=True)
    pen.text((left, end - 170 - left), row.code, Type.LABEL, line=CLOSE_LOWER, token="muted")
    pen.text((end - 130, 130), row.price, line=CLOSE_UPPER, bold=True, align=RIGHT)
    pen.text((end - 160, 160), row.stock, Type.LABEL, line=CLOSE_LOWER, token=row.stock_token, align=RIGHT)
