"""One figure of the day, large, with its name above and what belongs to it beneath."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.ui.theme import Space, Theme, Type
from pos.ui.widgets.amount_label import AmountLabel
from pos.ui.widgets.drawing import LEFT
from pos.ui.widgets.surface import Ground, Surface
from pos.ui.widgets.text_label import Role, TextLabel


class Tile(Surface):
    """Shows a name, a figure and a remark."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CARD, parent)
        self._name = TextLabel(role=Role.LABEL)
        self.figure = AmountLabel(theme, Type.SECTION, align=LEFT)
        self.remark = TextLabel(role=Role.LABEL)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(Space.XS)
        for part in (self._name, self.figure, self.remark):
            column.addWidget(part)

    def present(self, name: str, figure: str, remark: str) -> None:
        """Show another figure."""
        self._name.setText(name)
        self.figure.present(figure)
        self.remark.setText(remark)
        self.setAccessibleName(f"{name}: {figure}. {remark}")
