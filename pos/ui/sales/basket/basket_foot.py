"""Below the rows: the discount on the whole basket and the note on the sale, when there is one of them."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from pos.application.sales.checkout_view import CheckoutView
from pos.application.text.formatting import amount_text, percent_text
from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.sales.basket.basket_columns import BasketColumns
from pos.ui.widgets.drawing.drawing import LEFT, RIGHT, draw_text, text_width

_ICON = 16


class BasketFoot(QWidget):
    """One line under the columns of the rows. `hold` keeps it visible while something is typed over it."""

    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._note = self._said = self._off = self._name = ""
        self._held = False
        self._beside = 0
        self.setFixedHeight(Size.BUTTON)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def texts(self) -> tuple[str, str, str]:
        """The texts shown: the note, the words of the discount, the amount it takes off."""
        return self._note, self._said, self._off

    def present(self, view: CheckoutView | None, tr: Translator) -> None:
        """Show the discount and the note of `view`."""
        before, self._note = self.texts, "" if view is None else view.note
        self._name = tr("Discount on the basket")
        self._said = self._off = ""
        if view is not None and view.basket is not None and view.basket_off is not None:
            percent = view.basket.percent
            share = "" if percent is None else f" {percent_text(-percent, tr.language)}"
            self._said = self._name + share
            self._off = amount_text(-view.basket_off, tr.language)
        if before == self.texts:
            return
        self.setAccessibleName(" ".join(text for text in self.texts if text))
        self._appear()
        self.update()

    def hold(self, on: bool) -> None:  # a switch, as Qt's own setters
        """Stay visible without content, or stop doing so."""
        self._held = on
        self._appear()
        self.update()

    def leave_beside(self, width: int) -> None:
        """Leave this many pixels at the right, where a scroll bar is beside the rows."""
        self._beside = width
        self.update()

    def row_box(self, _line_id: int) -> QRect:
        """The box in which a field may lie over the line."""
        return QRect(0, 0, self.width() - self._beside, self.height())

    def boxes(self) -> tuple[QRect, QRect]:
        """Where the note and the words of the discount stand: beside a field that lies over the line."""
        columns, height = BasketColumns.of(self.width() - self._beside), self.height()
        field, start = self._field(), columns.name
        end = columns.total_end - text_width(self._strong(), self._off) - Space.L
        if field is not None and self._is_discount(field):
            end = field.x() - Space.S
        elif field is not None:
            start = field.right() + Space.S
        said = max(0, min(text_width(self._body(), self._words_of_discount(field)), end - start))
        return QRect(start, 0, max(0, end - said - Space.M - start), height), QRect(end - said, 0, said, height)

    def _field(self) -> QRect | None:
        """Where something is typed now."""
        field = self.findChild(QLineEdit)
        return None if field is None or field.isHidden() else field.geometry()

    def _is_discount(self, field: QRect) -> bool:
        return field.x() > BasketColumns.of(self.width() - self._beside).name

    def _words_of_discount(self, field: QRect | None) -> str:
        """A field says what is typed in it by the words before it."""
        return self._name if field is not None and self._is_discount(field) else self._said

    def _strong(self) -> QFont:
        return self._theme.font(Type.TITLE, bold=True)

    def _body(self) -> QFont:
        return self._theme.font(Type.BODY)

    def _appear(self) -> None:
        self.setVisible(self._held or any(self.texts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        columns = BasketColumns.of(self.width() - self._beside)
        height = self.height()
        painter.fillRect(QRect(0, 0, self.width(), 1), theme.colour("line"))
        off = QRect(columns.total_end - 150, 0, 150, height)
        draw_text(painter, off, self._off, self._strong(), theme.colour("accent"), RIGHT)
        field, (note, said) = self._field(), self.boxes()
        draw_text(painter, said, self._words_of_discount(field), self._body(), theme.colour("text"), RIGHT)
        if self._note and (field is None or self._is_discount(field)):
            theme.icons.paint(painter, "sticky-note", "muted", columns.thumbnail + 12, (height - _ICON) // 2, _ICON)
            draw_text(painter, note, self._note, self._body(), theme.colour("text"), LEFT)
