"""A transparent vertical scroll area."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class SeeThrough(QScrollArea):
    """Scroll area for one widget, without a frame or a ground. It takes no focus until a policy is set."""

    def __init__(self, inside: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("focus_ring", "self")  # for content that is scrolled with the arrow keys
        if inside is not None:
            self.hold(inside)

    def hold(self, inside: QWidget) -> None:
        """Show `inside`."""
        self.setWidget(inside)
        for ground in (self.viewport(), inside):  # setWidget fills the ground of its widget
            ground.setAutoFillBackground(False)
