"""The lines of a receipt: sold, returned before, and returned now."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.application.text.translator import Translator
from pos.ui.look.theme import Space, Theme, Type
from pos.ui.receipts.return_words import LineText
from pos.ui.widgets.drawing.drawing import RIGHT
from pos.ui.widgets.fields.input_hints import DIGITS
from pos.ui.widgets.fields.key_positions import digit_of
from pos.ui.widgets.tables.columns import RowColumn, RowColumns
from pos.ui.widgets.tables.list_models import TextRows
from pos.ui.widgets.tables.row_pen import LOWER, UPPER, Pen, RowPainter
from pos.ui.widgets.tables.row_table import ColumnHeader, RowTable

_ICON = 18
_MOST_DIGITS = 6
_PAUSE = 2.0
"""Seconds after which another digit is another number."""

SOLD, EACH = 1, 4
"""The columns of the sold pieces and of the paid price."""

_FIGURES = (
    RowColumn(width, right=True, gap=Space.S, drops=drops)
    for width, drops in ((60, 2), (66, 1), (68, 0), (86, 3), (72, 0))
)
_COLUMNS = RowColumns((RowColumn(share=1), *_FIGURES, RowColumn(124, gap=2 * Space.S)), after=Space.M)


class ReturnLineModel(TextRows[LineText]):
    """The lines of one receipt as text."""


class ReturnLineTable(RowTable):
    """The rows, one of them chosen. `counted` carries a number typed for it, `stepped` one piece more or less.

    Consecutive digits make one number; after a pause the next digit begins another one. `without_figure` is the
    quantity of a line whose last digit was taken back.
    """

    counted = Signal(int)
    stepped = Signal(int)
    moved = Signal()

    def __init__(
        self, theme: Theme, rows: ReturnLineModel, parent: QWidget | None = None, *, without_figure: int = 0
    ) -> None:
        super().__init__(rows, parent=parent)
        self._without_figure = without_figure
        self.clock: Callable[[], float] = time.monotonic
        self._typed, self._typed_at = "", 0.0
        self.setInputMethodHints(DIGITS)
        self.setItemDelegate(RowPainter(theme, self, rows.text, _draw))
        self.selectionModel().currentChanged.connect(self._moved)

    def forget_typed(self) -> None:
        """The next digit begins a new number."""
        self._typed = ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, plus and minus count pieces; letters and Enter are passed on."""
        if not self.take_key(event):
            super().keyPressEvent(event)

    def take_key(self, event: QKeyEvent) -> bool:
        """Handle a key that counts pieces, with any focus; return whether it is one."""
        digit = digit_of(event)
        if digit is not None:
            before = self._typed if self.clock() - self._typed_at < _PAUSE else ""
            self._count((before + digit)[-_MOST_DIGITS:])
        elif event.key() == Qt.Key.Key_Backspace:
            self._count(self._typed[:-1])
        elif event.text() in ("+", "-"):
            self.forget_typed()
            self.stepped.emit(1 if event.text() == "+" else -1)
        else:
            return False
        return True

    def _count(self, typed: str) -> None:
        self._typed, self._typed_at = typed, self.clock()
        self.counted.emit(int(typed) if typed else self._without_figure)

    def _moved(self) -> None:
        self.forget_typed()
        self.moved.emit()


class ReturnLineHeader(ColumnHeader):
    """The names of the columns of a ReturnLineTable."""

    columns = _COLUMNS

    def retranslate(self, tr: Translator) -> None:
        """Name the columns."""
        self.name(
            tr("Goods"),
            tr("Sold"),
            tr("Returned"),
            tr("Returnable"),
            tr("Paid per piece"),
            tr("Returning"),
            tr.context("return", "Goes to"),
        )


def _draw(pen: Pen, row: LineText) -> None:
    goods, sold, before, left, each, now, to = pen.spans(_COLUMNS)
    ink = "muted" if row.gone else "text"
    if not row.sold:  # without a receipt the columns after it are empty
        goods = (goods[0], each[0] - goods[0] - Space.S)
    pen.text(goods, row.name, line=UPPER, bold=not row.gone, token=ink, ends=True)
    pen.text(goods, row.code, Type.LABEL, line=LOWER, token="muted")
    for span, figure in ((sold, row.sold), (before, row.before), (each, row.each)):
        pen.text(span, figure, token="muted", align=RIGHT)
    pen.text(left, row.left, token=ink, align=RIGHT)
    pen.text(now, row.now, Type.TITLE, bold=row.comes, token="accent" if row.comes else "muted", align=RIGHT)
    if row.comes:
        pen.icon(to[0], row.to_icon, "text", _ICON)
        pen.text(to, row.to, Type.LABEL, lead=_ICON + Space.S)
