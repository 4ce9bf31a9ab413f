"""One product of a search result: picture, name, code, stock, price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractItemView

from pos.application.catalogue.find_product import FoundProduct
from pos.application.text.formatting import each_text, money_text, number_text
from pos.application.text.translator import Translator
from pos.ui.look.icons import category_icon
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.page.thumbnails import Thumbnails
from pos.ui.widgets.drawing.drawing import RIGHT, parted_lines
from pos.ui.widgets.tables.list_models import TranslatedListModel
from pos.ui.widgets.tables.row_pen import CLOSE_LOWER, CLOSE_UPPER, Pen, RowPainter

_PRICE, _STOCK = 130, 160
"""The most that price and stock may take, in pixels; the name has what they leave."""


@dataclass(frozen=True, slots=True)
class FoundText:
    """The text of one product; `stock_token` warns of an empty shelf."""

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
    def of(cls, found_product: FoundProduct, tr: Translator) -> FoundText:
        """Word a product."""
        product, language = found_product.product, tr.language
        stock = tr("{n} on the floor", n=number_text(found_product.on_hand, language))
        if product.missing:
            stock, token = tr("incomplete"), "nearly"
        elif found_product.on_hand <= 0:
            stock, token = tr("none on the floor"), "over"
        else:
            token = "muted"
        price, code = found_product.price, product.code
        if price is not None and (promoted := found_product.promoted) is not None:
            code = f"{code} · {promoted.name} · {money_text(-promoted.amount, language)}"
        price_text = each_text(price, language, by_weight=product.by_weight) if price is not None else "—"
        icon = category_icon(product.category or "")
        return cls(product.id, icon, product.name_in(language), code, stock, token, price_text)


class FoundModel(TranslatedListModel[FoundProduct]):
    """The loaded products of a search; a product is worded when it scrolls into view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts: dict[int, FoundText] = {}

    def offer(self, products: Sequence[FoundProduct], tr: Translator) -> None:
        """Replace the products."""
        self._translator, self._texts = tr, {}
        self.present(products)

    def text(self, index: int) -> FoundText:
        row_text = self._texts.get(index)
        if row_text is None:
            row_text = self._texts[index] = FoundText.of(self._rows[index], self._translator)
        return row_text


def found_painter(
    theme: Theme, view: QAbstractItemView, rows: FoundModel, pictures: Thumbnails
) -> RowPainter[FoundText]:
    """The painter of a FoundModel's rows."""
    return RowPainter(theme, view, rows.text, partial(_draw, pictures))


def _draw(pictures: Thumbnails, pen: Pen, row: FoundText) -> None:
    pen.goods(Space.M, 8, row.icon, "text", lambda tile: pictures.paint(pen.painter, row.id, tile))
    left, end = 2 * Space.M + Size.THUMBNAIL - 1, pen.box.width() - 1 - Space.M
    price = pen.text((end - _PRICE, _PRICE), row.price, line=CLOSE_UPPER, bold=True, align=RIGHT)
    stock = pen.text(
        (end - _STOCK, _STOCK), row.stock, Type.LABEL, line=CLOSE_LOWER, token=row.stock_token, align=RIGHT
    )
    upper, lower = (end - figure - Space.S - left for figure in (price, stock))
    name, rest = parted_lines(pen.theme.font(Type.BODY, bold=True), row.name, upper)
    pen.text((left, upper), name or row.name, line=CLOSE_UPPER, bold=True, ends=True)
    used = 0
    if name and rest:
        used = pen.text((left, lower), rest, Type.LABEL, line=CLOSE_LOWER, ends=True) + Space.M
    pen.text((left + used, lower - used), row.code, Type.LABEL, line=CLOSE_LOWER, token="muted")
