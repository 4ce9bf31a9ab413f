"""One product found: picture, name, code, what is on hand, price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos.application.figures import money_text, number_text
from pos.application.find_product import FoundProduct
from pos.application.words import Words
from pos.ui.icons import category_icon
from pos.ui.products.thumbnails import Thumbnails
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing import RIGHT, draw_box, draw_row, draw_text

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ICON = 20


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

    @classmethod
    def of(cls, found: FoundProduct, words: Words) -> FoundText:
        """Word a product."""
        product, language = found.product, words.language
        stock = words("{n} on hand", n=number_text(found.on_hand, language))
        if product.missing:
            stock, token = words("incomplete"), "nearly"
        elif found.on_hand <= 0:
            stock, token = words("none on hand"), "over"
        else:
            token = "muted"
        price = money_text(product.price, language) if product.price is not None else "—"
        icon = category_icon(product.category or "")
        return cls(product.id, icon, product.name_in(language), product.code, stock, token, price)


class FoundModel(QAbstractListModel):
    """The page of products that a search has found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[FoundText] = []

    def present(self, rows: Sequence[FoundText]) -> None:
        """Show other products."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, place: int) -> FoundText:
        """The words of a row."""
        return self._rows[place]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Override QAbstractListModel.rowCount."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Override QAbstractListModel.data."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            row = self._rows[index.row()]
            return f"{row.name}, {row.price}, {row.stock}"
        return None


class FoundRow(QStyledItemDelegate):
    """Paints the rows of a FoundModel."""

    def __init__(self, theme: Theme, model: FoundModel, pictures: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._pictures = pictures

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Override QStyledItemDelegate.sizeHint."""
        return QSize(200, Size.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Override QStyledItemDelegate.paint."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        colour, font = self._theme.colour, self._theme.font
        row = self._model.row(index.row())
        draw_row(painter, self._theme, box, chosen=chosen)
        tile = QRect(box.x() + Space.M, box.y() + 8, Size.THUMBNAIL, Size.THUMBNAIL)
        draw_box(painter, tile, fill=colour("surface" if chosen else "sunken"), line=colour("line"))
        if not self._pictures.paint(painter, row.id, tile):
            inset = (Size.THUMBNAIL - _ICON) // 2
            self._theme.icons.paint(painter, row.icon, "text", tile.x() + inset, tile.y() + inset, _ICON)
        left, end = tile.right() + Space.M, box.right() - Space.M
        words = QRect(left, box.y() + 8, end - 140 - left, 20)
        draw_text(painter, words, row.name, font(Type.BODY, bold=True), colour("text"))
        draw_text(painter, QRect(left, box.y() + 29, end - 170 - left, 18), row.code, font(Type.LABEL), colour("muted"))
        price = QRect(end - 130, box.y() + 8, 130, 20)
        draw_text(painter, price, row.price, font(Type.BODY, bold=True), colour("text"), RIGHT)
        stock = QRect(end - 160, box.y() + 29, 160, 18)
        draw_text(painter, stock, row.stock, font(Type.LABEL), colour(row.stock_token), RIGHT)
