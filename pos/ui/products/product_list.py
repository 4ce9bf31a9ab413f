"""The list of the catalogue: two lines a product, with its picture, its price, and what there is to worry about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos.application.browse_ports import Listed
from pos.application.figures import money_text, number_text
from pos.application.words import Words
from pos.ui.icons import category_icon
from pos.ui.key_positions import ENTERS
from pos.ui.products.thumbnails import Thumbnails
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing import LEFT, RIGHT, draw_box, draw_row, draw_text, text_width
from pos.ui.widgets.row_table import RowTable

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ICON, _STATE = 20, 14
_AHEAD = 20 * Size.ROW
_EDGE = 12


@dataclass(frozen=True, slots=True)
class ListText:
    """The words of one product: `state` is what there is to worry about in the ink `token`, with its icon."""

    id: int
    icon: str
    name: str
    code: str
    price: str
    state: str
    token: str
    state_icon: str

    @classmethod
    def of(cls, listed: Listed, words: Words) -> ListText:
        """Word a product."""
        product, language = listed.product, words.language
        state, token, icon = words("{n} on hand", n=number_text(listed.on_hand, language)), "muted", ""
        if product.missing:
            state, token, icon = words("incomplete"), "nearly", "circle-question-mark"
        elif listed.is_low:
            left = number_text(listed.owned, language)
            state, token, icon = words("order again: {n} left", n=left), "nearly", "circle-alert"
        elif listed.on_hand <= 0:
            state, token = words("none on hand"), "over"
        price = "—" if product.price is None else money_text(product.price, language)
        goods = category_icon(product.category or "")
        return cls(product.id, goods, product.name_in(language), product.code, price, state, token, icon)


class ProductModel(QAbstractListModel):
    """The pages of a list that have come; each product stands in it once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Listed] = []
        self._known: set[int] = set()
        self._words = Words.english()

    def present(self, rows: Sequence[Listed]) -> None:
        """Begin another list."""
        self.beginResetModel()
        self._rows, self._known = list(rows), {row.product.id for row in rows}
        self.endResetModel()

    def append(self, rows: Sequence[Listed]) -> None:
        """Add the next page."""
        new = [row for row in rows if row.product.id not in self._known]
        if new:
            self.beginInsertRows(_NOWHERE, len(self._rows), len(self._rows) + len(new) - 1)
            self._rows += new
            self._known.update(row.product.id for row in new)
            self.endInsertRows()

    def put(self, row: Listed) -> int:
        """Show what has become of a product, at the top where it is not loaded; where it stands."""
        place = self.place_of(row.product.id)
        if place >= 0:
            self._rows[place] = row
            self.dataChanged.emit(self.index(place, 0), self.index(place, 0))
            return place
        self.beginInsertRows(_NOWHERE, 0, 0)
        self._rows.insert(0, row)
        self._known.add(row.product.id)
        self.endInsertRows()
        return 0

    def speak(self, words: Words) -> None:
        """Word the rows in another language."""
        self._words = words
        self.repaint()

    def repaint(self) -> None:
        """Draw the rows anew."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def listed(self, place: int) -> Listed | None:
        """The product at `place`."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def text(self, place: int) -> ListText:
        """The words of the row at `place`."""
        return ListText.of(self._rows[place], self._words)

    def place_of(self, product_id: int) -> int:
        """Where a product stands; -1 where it is not loaded."""
        if product_id not in self._known:
            return -1
        return next(place for place, row in enumerate(self._rows) if row.product.id == product_id)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Override QAbstractListModel.rowCount."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Override QAbstractListModel.data: what a screen reader says."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            row = self.text(index.row())
            return f"{row.name}, {row.code}, {row.price}, {row.state}"
        return None


class ProductTable(RowTable):
    """The rows. `opened`: Enter or a double click; `wants_more`: the end of what is loaded comes near."""

    opened = Signal()
    wants_more = Signal()

    def __init__(self, theme: Theme, rows: ProductModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(rows, Size.ROW, parent)
        self.setItemDelegate(_ProductRow(theme, rows, thumbnails, self))
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.look_ahead())
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def look_ahead(self) -> None:
        """Ask for more where the end is near."""
        bar = self.verticalScrollBar()
        if bar.maximum() - bar.value() < _AHEAD:
            self.wants_more.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QListView.keyPressEvent: Enter goes to the fields."""
        if event.key() in ENTERS:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class _ProductRow(QStyledItemDelegate):
    def __init__(self, theme: Theme, rows: ProductModel, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = rows
        self._thumbnails = thumbnails

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Override QStyledItemDelegate.sizeHint."""
        return QSize(200, Size.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Override QStyledItemDelegate.paint."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        theme, colour, font = self._theme, self._theme.colour, self._theme.font
        row = self._rows.text(index.row())
        draw_row(painter, theme, box, chosen=chosen, focused=focused)
        tile = QRect(box.x() + _EDGE, box.y() + 8, Size.THUMBNAIL, Size.THUMBNAIL)
        draw_box(painter, tile, fill=colour("surface" if chosen else "sunken"), line=colour("line"))
        if not self._thumbnails.paint(painter, row.id, tile):
            inset = (Size.THUMBNAIL - _ICON) // 2
            theme.icons.paint(painter, row.icon, "muted", tile.x() + inset, tile.y() + inset, _ICON)
        left, end = tile.right() + _EDGE, box.right() - _EDGE
        bold, label = font(Type.BODY, bold=True), font(Type.LABEL)
        price = text_width(bold, row.price)
        top, bottom = box.y() + 8, box.y() + 29
        name = QRect(left, top, end - price - Space.S - left, 20)
        draw_text(painter, name, row.name, bold, colour("text"))
        draw_text(painter, QRect(end - price, top, price, 20), row.price, bold, colour("text"), RIGHT)
        said = font(Type.LABEL, bold=bool(row.state_icon))
        width = text_width(said, row.state)
        draw_text(painter, QRect(end - width, bottom, width, 18), row.state, said, colour(row.token), RIGHT)
        lead = width
        if row.state_icon:
            lead += _STATE + Space.XS
            theme.icons.paint(painter, row.state_icon, row.token, end - lead, bottom + 2, _STATE)
        room = QRect(left, bottom, end - lead - Space.S - left, 18)
        draw_text(painter, room, row.code, label, colour("muted"), LEFT)
