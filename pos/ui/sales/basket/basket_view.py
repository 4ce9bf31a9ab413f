"""The basket on the screen: the rows, their header, and the text of an empty basket."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QTableView, QWidget

from pos.application.sales.checkout_view import CheckoutView
from pos.application.text.formatting import currency_symbol
from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Theme, Type
from pos.ui.sales.basket.basket_columns import BasketColumns
from pos.ui.sales.basket.basket_model import BasketModel
from pos.ui.sales.basket.basket_row import BasketRow
from pos.ui.sales.basket.row_text import RowText, RowWriter
from pos.ui.widgets.drawing.drawing import LEFT, RIGHT, draw_text
from pos.ui.widgets.spoken.announcements import announce

_CIRCLE_MARGIN = 12


class BasketView(QTableView):
    """The rows. The selected row is the one changed last; the arrow keys select another one for the keys that change
    a row.
    """

    resized = Signal()
    carrier_pressed = Signal(int)
    """The id of the row whose carrier's circle was pressed."""

    def __init__(
        self, theme: Theme, picture_of: Callable[[int], QPixmap | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._writer = RowWriter()
        self._basket: tuple[object, ...] = ()
        self._back = 0
        self._touched: int | None = None
        self._rows = BasketModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(BasketRow(theme, self._rows, picture_of, self))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setMinimumSectionSize(Size.ROW)
        vertical.setDefaultSectionSize(Size.ROW)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalScrollBar().setSingleStep(Size.ROW)

    @property
    def rows(self) -> BasketModel:
        """The rows shown."""
        return self._rows

    def present(self, view: CheckoutView, tr: Translator) -> None:
        """Show the rows of `view`; the row changed last is selected and scrolled into view."""
        self._rows.present(self._writer.write(view, tr))
        basket, back = (view.last, *(row.line for row in view.lines)), len(view.back.rows())
        more_back, self._back = back > self._back, back
        if basket == self._basket and not more_back and self.currentIndex().isValid():
            return
        self._basket = basket
        index = self._rows.rowCount() - 1 if more_back else self._rows.index_of(view.last)
        if index >= 0:
            self.select(index)

    def select(self, index: int) -> None:
        """Select a row and scroll it into view."""
        row = self._rows.index(index, 0)
        if row != self.currentIndex():
            self.setCurrentIndex(row)
        self.scrollTo(row)
        if (text := self._rows.row(index)) is not None:
            announce(self, text.spoken)  # the cursor stays in the scan field

    def move(self, step: int) -> None:  # type: ignore[override] # QWidget.move moves windows, which a row never is
        """Select the row `step` rows below (or above) the selected one."""
        count = self._rows.rowCount()
        if count:
            self.select(min(max(self.currentIndex().row() + step, 0), count - 1))

    def selected(self) -> RowText | None:
        """The selected row."""
        index = self.currentIndex()
        return self._rows.row(index.row()) if index.isValid() else None

    def row_box(self, line_id: int) -> QRect | None:
        """The box of a painted row, in the coordinates of the viewport."""
        index = self._rows.index_of(line_id)
        return None if index < 0 else self.visualRect(self._rows.index(index, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters go to the search field, Enter goes to the screen."""
        if event.text() or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._touched = self._circle_at(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A finger that slides there from another row means neither."""
        super().mouseReleaseEvent(event)
        line, self._touched = self._touched, None
        if event.button() == Qt.MouseButton.LeftButton and line is not None and line == self._circle_at(event):
            self.carrier_pressed.emit(line)

    def _circle_at(self, event: QMouseEvent) -> int | None:
        """The row whose circle is there."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        reach = BasketColumns.of(self.viewport().width()).carrier - _CIRCLE_MARGIN
        return self._rows.row(index.row()).id if index.isValid() and at.x() >= reach else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A notice that takes room must not cover the row changed last."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        self.resized.emit()


class BasketHeader(QWidget):
    """The names of the columns, aligned with the ends of the figures."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._names = ("", "", "", "", "", "")
        self._beside = 0
        self.setFixedHeight(Size.HEADER)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, view: CheckoutView | None, tr: Translator) -> None:
        """Name the columns, with the currency of the prices."""
        symbol = "" if view is None else f" {currency_symbol(view.total.currency)}"
        names = (
            tr("Qty"),
            tr("Product"),
            tr("Price") + symbol,
            tr("Discount"),
            tr("Total") + symbol,
            tr("Carrier"),
        )
        if names != self._names:
            self._names = names
            self.update()

    def leave_beside(self, width: int) -> None:
        """Leave this many pixels at the right, where a scroll bar is beside the rows."""
        if width != self._beside:
            self._beside = width
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, Size.HEADER)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        columns = BasketColumns.of(self.width() - self._beside)
        font, ink = self._theme.font(Type.LABEL), self._theme.colour("muted")
        quantity, product, price, discount, total, carrier = self._names
        height = self.height() - 1
        close = (quantity, columns.quantity_end, columns.quantity_end - 2), (total, columns.total_end, 110)
        apart = (
            (price, columns.price_end, 120),
            (discount, columns.discount_end, 92),
            (carrier, columns.carrier + 28, 66),
        )
        for name, end, width in close if columns.is_close else (*close, *apart):
            draw_text(painter, QRect(end - width, 0, width, height), name, font, ink, RIGHT)
        draw_text(painter, QRect(columns.name, 0, 200, height), product, font, ink, LEFT)
        painter.fillRect(0, height, self.width(), 1, self._theme.colour("line"))
