"""Buttons of one width in as few rows as hold them: a border has any number of currencies."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from pos.ui.look.theme import Space


def even_rows(buttons: Sequence[QWidget], most: int, parent: QWidget, spacing: int = Space.S) -> QGridLayout:
    """Lay `buttons` out in `parent`, at most `most` in a row; rows of several are filled evenly.

    One button alone is no choice: its `parent` is hidden.
    """
    if len(buttons) == 1:
        parent.hide()
    grid = QGridLayout(parent)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(spacing)
    rows = max(1, -(-len(buttons) // most))
    in_row = max(1, -(-len(buttons) // rows))
    for index, button in enumerate(buttons):
        grid.addWidget(button, *divmod(index, in_row))
    for column in range(in_row):
        grid.setColumnStretch(column, 1)
    return grid
