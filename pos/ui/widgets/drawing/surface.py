"""The grounds of screens, and the 1 px lines between them."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.read_as import ReadAs

UNBOUND = 16_777_215
"""QWIDGETSIZE_MAX of Qt, which means no limit; PySide6 does not export it."""


class Ground(StrEnum):
    """What a surface looks like (border.qss)."""

    GROUND = "ground"
    PANEL = "panel"
    SUNKEN = "sunken"
    CARD = "card"
    CHOSEN = "chosen"


class Surface(QFrame):
    """A filled area: the window's ground, a flat panel, a card with an outline, or a card in a tone."""

    read_as = ReadAs.GROUND

    def __init__(self, look: Ground | Tone = Ground.PANEL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", look.value)

    def set_look(self, look: Ground | Tone) -> None:
        """Change the look immediately."""
        if self.property("surface") == look.value:
            return
        self.setProperty("surface", look.value)
        self.style().unpolish(self)  # a style sheet reads properties only when polishing
        self.style().polish(self)


class Line(QFrame):
    """A 1 px separator; `strong` is the outline of pressable widgets."""

    def __init__(
        self,
        orientation: Qt.Orientation = Qt.Orientation.Horizontal,
        *,
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "line_strong" if strong else "line")
        self.turn(orientation)

    def turn(self, orientation: Qt.Orientation) -> None:
        """Become a horizontal line, or a vertical one."""
        lies = orientation is Qt.Orientation.Horizontal
        self.setMinimumSize(0 if lies else 1, 1 if lies else 0)
        self.setMaximumSize(UNBOUND if lies else 1, 1 if lies else UNBOUND)
