"""Where what is due, the entry and the change stand: side by side, or the first two of three over each other."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.ui.sales.payment.charge_column import ChangeOrCharge
from pos.ui.sales.payment.due_column import DueColumn
from pos.ui.sales.payment.entry_column import EntryColumn
from pos.ui.widgets.drawing.main_and_side import STACKED_BELOW
from pos.ui.widgets.drawing.surface import UNBOUND, Line

_DUE, _ENTRY = 424, 472
_APART = _DUE + _ENTRY + 280
"""The narrowest page in which all three stand side by side."""
_TALL = 680
"""The height in which several payments have room over the change."""
_FOR_OTHERS, _FOR_OTHERS_STACKED = 640, 800
"""The heights in which the other currencies leave room for what lies below them. They go by the page: the height of
their own column follows from whether they are on show.
"""


class Arrangement(Enum):
    """APART: three columns. ASIDE: due over change, the entry beside them. STACKED: due beside change, the entry
    below.
    """

    APART = auto()
    ASIDE = auto()
    STACKED = auto()


class PaymentColumns(QWidget):
    """Holds the three parts, as its width allows."""

    def __init__(self, due: DueColumn, entry: EntryColumn, change: ChangeOrCharge) -> None:
        super().__init__()
        self._due, self._entry, self._change = due, entry, change
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._lines = Line(), Line()
        self.arrangement: Arrangement | None = None
        self._arrange(Arrangement.APART)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        if width >= _APART:
            self._arrange(Arrangement.APART)
        else:
            self._arrange(Arrangement.ASIDE if width >= STACKED_BELOW else Arrangement.STACKED)
        height, is_aside = event.size().height(), self.arrangement is Arrangement.ASIDE
        self._due.set_room(
            tall=is_aside and height >= _TALL, others=height >= (_FOR_OTHERS if is_aside else _FOR_OTHERS_STACKED)
        )

    def _arrange(self, wanted: Arrangement) -> None:
        if wanted is self.arrangement:
            return
        self.arrangement = wanted
        first, second = self._lines
        lies, stands = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        parts: dict[Arrangement, tuple[tuple[QWidget, int, int, int, int], ...]] = {
            Arrangement.APART: (
                (self._due, 0, 0, 1, 1), (first, 0, 1, 1, 1), (self._entry, 0, 2, 1, 1), (second, 0, 3, 1, 1),
                (self._change, 0, 4, 1, 1),
            ),
            Arrangement.ASIDE: (
                (self._due, 0, 0, 1, 1), (first, 1, 0, 1, 1), (self._change, 2, 0, 1, 1), (second, 0, 1, 3, 1),
                (self._entry, 0, 2, 3, 1),
            ),
            Arrangement.STACKED: (
                (self._due, 0, 0, 1, 1), (first, 0, 1, 1, 1), (self._change, 0, 2, 1, 1), (second, 1, 0, 1, 3),
                (self._entry, 2, 0, 1, 3),
            ),
        }  # fmt: skip
        for part, row, column, rows, columns in parts[wanted]:
            self._grid.addWidget(part, row, column, rows, columns)
        apart, stacked = wanted is Arrangement.APART, wanted is Arrangement.STACKED
        first.turn(lies if wanted is Arrangement.ASIDE else stands)
        second.turn(lies if stacked else stands)
        for column, share in enumerate((0, 0, 0, 0, 1) if apart else (1, 0, 1, 0, 0)):
            self._grid.setColumnStretch(column, share)
        for row, share in enumerate((1, 0, 0) if apart else (3, 0, 5) if stacked else (2, 0, 3)):
            self._grid.setRowStretch(row, share)
        for part, width in ((self._due, _DUE), (self._entry, _ENTRY)):
            part.setMinimumWidth(width if apart else 0)
            part.setMaximumWidth(width if apart else UNBOUND)
        self._due.set_close(not apart)
        self._change.set_close(not apart)
