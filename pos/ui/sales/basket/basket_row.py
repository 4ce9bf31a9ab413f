"""Paints a whole basket row at once from prepared words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.page.thumbnails import draw_picture
from pos.ui.sales.basket.basket_columns import BasketColumns
from pos.ui.sales.basket.basket_model import BasketModel
from pos.ui.sales.basket.row_text import RowText
from pos.ui.widgets.buttons.avatar import draw_avatar
from pos.ui.widgets.drawing.drawing import BAR, RIGHT, draw_box, draw_row, draw_text, parted_lines, text_width
from pos.ui.widgets.tables.row_pictures import RowPictures

_ICON = 20
_PICTURES = 24
"""The rows that fit on a screen, and a few more."""
_SMALL = 14
_GAP = 14
_PROMOTION = 170
_NOTE = 130
"""Pixels that a note leaves to the words of the quota."""


class BasketRow(QStyledItemDelegate):
    """Paints the rows of a BasketModel. The selected row, which is the one changed last, is tinted.

    `picture_of` answers the picture of a product by its id, None for goods without one.
    """

    def __init__(
        self,
        theme: Theme,
        model: BasketModel,
        picture_of: Callable[[int], QPixmap | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._picture_of = picture_of
        self._theme = theme
        self._model = model
        self._body, self._strong = theme.font(Type.BODY), theme.font(Type.BODY, bold=True)
        self._title, self._label = theme.font(Type.TITLE, bold=True), theme.font(Type.LABEL)
        self._label_strong = theme.font(Type.LABEL, bold=True)
        self._struck = theme.font(Type.LABEL)
        self._struck.setStrikeOut(True)
        self._pictures = RowPictures(_PICTURES)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, Size.ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        row = self._model.row(index.row())
        goods = self._picture_of(row.product)
        says = (self._theme.mode, chosen, focused, row, goods and goods.cacheKey())
        self._pictures.paint(
            painter, option.rect, says, lambda on, box: self._draw(on, box, row, goods, chosen, focused)
        )

    def _draw(
        self, painter: QPainter, box: QRect, row: RowText, goods: QPixmap | None, chosen: bool, focused: bool
    ) -> None:
        colour = self._theme.colour
        columns = BasketColumns.of(box.width())
        draw_row(painter, self._theme, box, chosen=chosen, focused=focused)
        text = colour("accent" if row.back else "text")
        quantity = QRect(box.x() + BAR + 1, box.y(), columns.quantity_end - BAR - 1, box.height() - 1)
        draw_text(painter, quantity, row.quantity, self._title, text, RIGHT)
        tile = QRect(box.x() + columns.thumbnail, box.y() + 8, Size.THUMBNAIL, Size.THUMBNAIL)
        self._thumbnail(painter, tile, row, goods, chosen)
        self._words(painter, box, columns, row)
        if columns.is_close:
            self._figures_together(painter, box, columns, row, text)
        else:
            self._price(painter, box, columns, row)
            self._discount(painter, box, columns, row)
            draw_text(painter, _ending(box, columns.total_end, 120), row.total, self._title, text, RIGHT)
        if row.carrier:
            circle = QRect(box.x() + columns.carrier, box.y() + 14, 28, 28)
            draw_avatar(painter, self._theme, circle, row.carrier, ground="surface")

    def _figures_together(
        self, painter: QPainter, box: QRect, columns: BasketColumns, row: RowText, ink: QColor
    ) -> None:
        """The total with price and discount under it, from the right."""
        upper = QRect(box.x() + columns.total_end - 130, box.y() + 6, 130, 24)
        draw_text(painter, upper, row.total, self._title, ink, RIGHT)
        end = columns.total_end
        for text, font, colour in (
            (row.discount, self._label_strong, self._theme.colour("accent")),
            (row.price, self._label_strong if row.catalogue else self._label, self._theme.colour("text")),
            (row.catalogue, self._struck, self._muted),
        ):
            if text:
                end -= draw_text(painter, _lower(box, end, max(0, end - columns.name_end)), text, font, colour, RIGHT)
                end -= Space.S

    def _price(self, painter: QPainter, box: QRect, columns: BasketColumns, row: RowText) -> None:
        colour = self._theme.colour("text")
        font = self._strong if row.catalogue else self._body
        alone = not row.catalogue and not row.promotion
        at = (_ending if alone else _upper)(box, columns.price_end, 130)
        draw_text(painter, at, row.price, font, colour, RIGHT)
        draw_text(painter, _lower(box, columns.price_end, 90), row.catalogue, self._struck, self._muted, RIGHT)

    def _discount(self, painter: QPainter, box: QRect, columns: BasketColumns, row: RowText) -> None:
        if not row.discount:
            return
        accent = self._theme.colour("accent")
        if not row.promotion:
            draw_text(painter, _ending(box, columns.discount_end, 92), row.discount, self._strong, accent, RIGHT)
            return
        draw_text(painter, _upper(box, columns.discount_end, 92), row.discount, self._strong, accent, RIGHT)
        lower = _lower(box, columns.discount_end, _PROMOTION)
        draw_text(painter, lower, row.promotion, self._label, self._muted, RIGHT)

    @property
    def _muted(self) -> QColor:
        return self._theme.colour("muted")

    def _thumbnail(self, painter: QPainter, tile: QRect, row: RowText, goods: QPixmap | None, chosen: bool) -> None:
        fill = self._theme.colour("surface" if chosen else "sunken")
        draw_box(painter, tile, fill=fill, line=self._theme.colour("line"))
        if goods is not None:
            draw_picture(painter, goods, tile)
            return
        inset = (Size.THUMBNAIL - _ICON) // 2
        self._theme.icons.paint(painter, row.icon, "text", tile.x() + inset, tile.y() + inset, _ICON)

    def _name_lines(self, row: RowText, room: int) -> tuple[str, str]:
        """The name, and what of it goes on below, where the state of the row, or its code, leaves the room for that."""
        name, rest = parted_lines(self._strong, row.name, room)
        beside = self._state_width(row) or text_width(self._label, row.code)
        if not name or row.note or text_width(self._label, rest) + _GAP + beside > room:
            return row.name, ""
        return name, rest

    def _state_end(self, row: RowText, columns: BasketColumns) -> int:
        """How far the state of the row may reach: to the figures beside it."""
        if columns.is_close:
            return columns.name_end
        if row.promotion:
            wide = min(_PROMOTION, QFontMetrics(self._label).horizontalAdvance(row.promotion))
            return min(columns.price_end - Space.M, columns.discount_end - wide - Space.M)
        return columns.price_end - QFontMetrics(self._strong).horizontalAdvance(row.price) - Space.M

    def _fills(self, row: RowText, room: int) -> bool:
        """Whether the state of the row needs the room of the code, which the receipt has too."""
        wanted = text_width(self._label, row.code) + _GAP + self._state_width(row)
        return bool(row.quota) and not row.note and wanted > room

    def _state_width(self, row: RowText) -> int:
        font = self._label if row.quota_token == "muted" else self._label_strong
        return _SMALL + 5 + text_width(font, row.quota) if row.quota else 0

    def _words(self, painter: QPainter, box: QRect, columns: BasketColumns, row: RowText) -> None:
        left = box.x() + columns.name
        room = columns.name_end - columns.name
        ink, top, x = self._theme.colour("text"), box.y() + 29, left
        name, rest = self._name_lines(row, room)
        draw_text(painter, QRect(left, box.y() + 8, room, 20), name, self._strong, ink)
        if rest:
            x += draw_text(painter, QRect(left, top, room, 18), rest, self._label, ink) + _GAP
        end = box.x() + self._state_end(row, columns)
        if not self._fills(row, end - x):
            x += draw_text(painter, QRect(x, top, left + room - x, 18), row.code, self._label, self._muted) + _GAP
        if row.note:
            self._theme.icons.paint(painter, "sticky-note", "text", x, top + 2, _SMALL)
            x += _SMALL + 5
            note = QRect(x, top, min(_NOTE if row.quota else room, columns.name_end - x), 18)
            x += draw_text(painter, note, row.note, self._label, ink) + _GAP
        if not row.quota:
            return
        self._theme.icons.paint(painter, row.quota_icon, row.quota_token, x, top + 2, _SMALL)
        x += _SMALL + 5
        font = self._label if row.quota_token == "muted" else self._label_strong
        quota = QRect(x, top, max(0, end - x), 18)
        draw_text(painter, quota, row.quota, font, self._theme.colour(row.quota_token))


def _upper(box: QRect, end: int, width: int) -> QRect:
    """The upper one of two figures that end at `end`."""
    return QRect(box.x() + end - width, box.y() + 8, width, 20)


def _lower(box: QRect, end: int, width: int) -> QRect:
    """The lower one of two figures that end at `end`."""
    return QRect(box.x() + end - width, box.y() + 29, width, 18)


def _ending(box: QRect, end: int, width: int) -> QRect:
    """The part of a row whose figures end at `end`."""
    return QRect(box.x() + end - width, box.y(), width, box.height() - 1)
