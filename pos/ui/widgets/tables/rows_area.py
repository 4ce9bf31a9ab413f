"""Groups of rows in a scroll area, each a text with a smaller one beneath it and a figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pos.ui.look.theme import Space
from pos.ui.widgets.drawing.see_through import SeeThrough
from pos.ui.widgets.drawing.surface import Line
from pos.ui.widgets.drawing.text_label import Role, TextLabel

_TOP = Qt.AlignmentFlag.AlignTop
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One row: a text, a smaller line beneath it, and a figure. `bold` is for sums."""

    text: str
    detail: str = ""
    figure: str = ""
    bold: bool = False


class RowsArea(SeeThrough):
    """A line is drawn above each group. Arrow keys scroll it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.texts: list[str] = []
        """The text of each row."""

    def present(self, groups: Iterable[Sequence[AreaRow]]) -> None:
        """Show these groups; an empty group is left out."""
        self.texts = []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, Space.S, 0)
        column.setSpacing(Space.XS)
        for rows in groups:
            if rows:
                column.addWidget(Line())
                column.addLayout(self._grid(rows))
        column.addStretch(1)
        self.hold(inside)

    def _grid(self, rows: Sequence[AreaRow]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        line = 0
        for row in rows:
            self.texts.append(" | ".join(part for part in (row.text, row.detail, row.figure) if part))
            role = Role.STRONG if row.bold else Role.BODY
            grid.addWidget(TextLabel(row.text, role, wrap=True), line, 0, _TOP)
            if row.figure:
                grid.addWidget(TextLabel(row.figure, role, align=_RIGHT), line, 1, _RIGHT)
            line += 1
            if row.detail:
                grid.addWidget(TextLabel(row.detail, Role.LABEL, wrap=True), line, 0, 1, 2)
                line += 1
        return grid
