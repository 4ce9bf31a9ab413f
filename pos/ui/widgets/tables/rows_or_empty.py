"""Rows under their header on a card, or advice while there are none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.tables.row_table import SIDEWAYS, SidewaysTable


class RowsOrEmpty(QStackedWidget):
    """Shows a table under its header, if it has one, or `empty` in its place: that there is nothing is an answer, so
    until `present` says it the table is shown.

    Where the table is one of several lists, left and right lead to the others from an empty one too.
    """

    def __init__(self, header: QWidget | None, table: QWidget, empty: QWidget) -> None:
        super().__init__()
        self._table = table
        self.addWidget(rows_card(header, table))
        self.addWidget(empty)

    def present(self, *, is_empty: bool) -> None:
        """Show the table or the empty state."""
        self.setCurrentIndex(1 if is_empty else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if isinstance(self._table, SidewaysTable) and event.key() in SIDEWAYS:
            self._table.sideways.emit(SIDEWAYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def rows_card(header: QWidget | None, *rows: QWidget) -> Surface:
    """A table under its header, if it has one, on a card; several `rows` share the room."""
    card = Surface(Ground.CARD)
    inside = QVBoxLayout(card)
    inside.setContentsMargins(1, 1, 1, 1)
    inside.setSpacing(0)
    if header is not None:
        inside.addWidget(header)
    for table in rows:
        inside.addWidget(table, 1)
    return card
