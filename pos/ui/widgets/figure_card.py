"""A card of figures: name, detail and amount in rows, the rounding below a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QGridLayout, QWidget

from pos.ui.theme import Space
from pos.ui.widgets.drawing import RIGHT
from pos.ui.widgets.surface import Ground, Line, Surface
from pos.ui.widgets.text_label import Role, TextLabel


class Figure(NamedTuple):
    """One row of the card."""

    name: str
    detail: str
    amount: str
    role: Role = Role.BODY


class FigureCard(Surface):
    """Shows Figures; `rest` stands below a line."""

    def __init__(self, amount_width: int = 140, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CARD, parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setColumnMinimumWidth(2, amount_width)
        self._grid.setColumnStretch(1, 1)

    def present(self, figures: Sequence[Figure], rest: Figure | None = None) -> None:
        """Show these in place of what was there."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for place, figure in enumerate(figures):
            self._put(place, figure)
        if rest is not None:
            self._grid.addWidget(Line(), len(figures), 0, 1, 3)
            self._put(len(figures) + 1, rest)

    def _put(self, place: int, figure: Figure) -> None:
        self._grid.addWidget(TextLabel(figure.name, figure.role), place, 0)
        self._grid.addWidget(TextLabel(figure.detail, Role.LABEL, align=RIGHT), place, 1)
        self._grid.addWidget(TextLabel(figure.amount, figure.role, align=RIGHT), place, 2)
