"""The row that the arrows choose in a list while the cursor stays in a field."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView

from pos.ui.widgets.spoken.announcements import announce


def read_chosen(rows: QAbstractItemView) -> None:
    """Have the chosen row said from now on; a reader itself speaks of the rows of a list that has the cursor."""

    def chosen(index: QModelIndex) -> None:
        if not rows.hasFocus():
            announce(rows, index.data(Qt.ItemDataRole.AccessibleTextRole) or "")

    rows.selectionModel().currentChanged.connect(chosen)
