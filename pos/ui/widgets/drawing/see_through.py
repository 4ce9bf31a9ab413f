"""What scrolls up and down over the ground of whatever it stands on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class SeeThrough(QScrollArea):
    """Holds one widget, without a frame or a ground of its own. It takes no focus until a policy is set."""

    def __init__(self, inside: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("focus_ring", "self")  # for those that are read with the arrows
        if inside is not None:
            self.hold(inside)

    def hold(self, inside: QWidget) -> None:
        """Show `inside`."""
        self.setWidget(inside)
        for ground in (self.viewport(), inside):  # setWidget fills the ground of what it takes
            ground.setAutoFillBackground(False)
