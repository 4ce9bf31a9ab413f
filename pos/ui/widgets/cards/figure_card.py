"""A card of figures: name, detail and amount in rows, the rounding below a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos.ui.look.theme import Space
from pos.ui.widgets.drawing.drawing import RIGHT
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel


class FigureRow(NamedTuple):
    """One row of the card."""

    name: str
    detail: str
    amount: str
    role: Role = Role.BODY


_NOTHING = FigureRow("", "", "")


class FigureCard(Surface):
    """Shows figure rows; `rest` is drawn below a line."""

    def __init__(self, amount_width: int = 140, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CARD, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # its rows stay whole
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setColumnMinimumWidth(2, amount_width)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[TextLabel, TextLabel, TextLabel]] = []
        self._line = Line(parent=self)

    def present(self, figures: Sequence[FigureRow], rest: FigureRow | None = None) -> None:
        """Replace the rows; labels are reused, because new ones must be styled first."""
        rows = [*figures] if rest is None else [*figures, rest]
        while len(self._rows) < len(rows):
            self._add_row()
        for index, labels in enumerate(self._rows):
            is_shown = index < len(rows)
            name, detail, amount, role = rows[index] if is_shown else _NOTHING
            for label, text, its in zip(labels, (name, detail, amount), (role, Role.LABEL, role), strict=True):
                label.set_role(its)
                label.setText(text)
                label.setVisible(is_shown)
        self._grid.removeWidget(self._line)
        self._grid.addWidget(self._line, 2 * len(figures), 0, 1, 3)
        self._line.setVisible(rest is not None)

    def _add_row(self) -> None:
        """Add one more row of labels, with room for the line above it."""
        labels = TextLabel(), TextLabel(role=Role.LABEL, align=RIGHT, wrap=True), TextLabel(align=RIGHT)
        gives_way = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # name and amount stay whole
        gives_way.setHeightForWidth(True)
        labels[1].setSizePolicy(gives_way)
        for column, label in enumerate(labels):
            self._grid.addWidget(label, 2 * len(self._rows) + 1, column)
        self._rows.append(labels)
