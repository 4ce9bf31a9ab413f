"""Tables of figures side by side, or below each other where a figure would be cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent

from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretched
from pos.ui.widgets.tables.figure_table import FigureTable


class FoldingTables(Folding):
    """`columns` are the tables of each of the `parts`, which stand side by side while all figures have their room."""

    def __init__(self, *parts: Stretched, columns: Sequence[Sequence[FigureTable]]) -> None:
        self._columns = columns
        super().__init__(*parts, room=0)

    def fit(self) -> None:
        """Give the tables room for what they show now."""
        needed = self._needed()
        self.keep(sum(needed) + self._spacing * (sum(map(bool, needed)) - 1))

    def event(self, event: QEvent) -> bool:
        """Figures that are bold or shown for the first time are wider than they were said to be."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().event(event)

    def _needed(self) -> list[int]:
        return [max((one.full_width for one in column if not one.isHidden()), default=0) for column in self._columns]

    def _fold(self) -> None:
        super()._fold()
        for column, needed in zip(self._columns, self._needed(), strict=True):
            for table in column:
                table.setMinimumWidth(0 if self.is_folded else needed)
