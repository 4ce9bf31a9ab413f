"""Base of all drawn buttons: hover, focus, press and the accessible text."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from pos.ui.look.theme import Size, Theme
from pos.ui.widgets.drawing.drawing import draw_box


@dataclass(frozen=True, slots=True)
class Look:
    """Token names of the colours of one button state; an empty name draws nothing."""

    fill: str
    line: str
    ink: str
    width: int = 1
    dashed: bool = False


class DrawnButton(QAbstractButton):
    """A button that paints itself from the theme.

    Space presses it; Enter stays with the screen, because scanners end with Enter and a till's Enter has one meaning.
    """

    gives_way = False
    """Whether a press lets the like of it take its place, for another row or person: two quick taps are one press."""

    means_since = float("-inf")
    """When it came to mean another thing, by the clock of taps: who taps it just then has seen the thing before."""

    def __init__(self, theme: Theme, text: str = "", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setText(text)
        self.setAccessibleName(name or text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("focus_ring", "self")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    @property
    def hovered(self) -> bool:
        """Whether the pointer is over the button and a press would have an effect."""
        return self.underMouse() and self.isEnabled()

    def colour(self, token: str) -> QColor:
        """The theme's colour in the current state."""
        return self.theme.colour(token)

    def box(self) -> QRect:
        """The painted rectangle; the area around it reacts to presses too."""
        return self.rect()

    def minimumSizeHint(self) -> QSize:
        """Wide enough for the whole text."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """A disabled button shows no hover."""
        if event.type() == QEvent.Type.EnabledChange:
            off = Qt.CursorShape.ArrowCursor
            self.setCursor(Qt.CursorShape.PointingHandCursor if self.isEnabled() else off)
        super().changeEvent(event)

    def draw_focus(self, painter: QPainter, box: QRect, ink: str, radius: float = Size.RADIUS) -> None:
        """The border of the focus alone, for a button that draws no other; in high contrast none lacks one."""
        if self.hasFocus():
            draw_box(painter, box, line=self.colour("focus"), width=self.theme.focus_width, radius=radius)
        elif self.theme.is_high_contrast:
            draw_box(painter, box, line=self.colour(ink), radius=radius)

    def draw_ground(self, painter: QPainter, look: Look, radius: float = Size.RADIUS) -> None:
        """Draw fill and border; that of the focus replaces the line.

        In high contrast no button lacks a border, and one that is off has a dashed one.
        """
        line, width, is_strong = look.line, look.width, self.theme.is_high_contrast
        if is_strong and not line:
            line = "text" if look.fill else look.ink
        if self.hasFocus() and look.fill != "accent":
            line, width = "focus", self.theme.focus_width
        draw_box(
            painter,
            self.box(),
            fill=self.colour(look.fill) if look.fill else None,
            line=self.colour(line) if line else None,
            width=width,
            radius=radius,
            dashed=(look.dashed or (is_strong and not self.isEnabled())) and not self.hasFocus(),
        )
        if self.hasFocus() and look.fill == "accent":  # the border would be invisible on the fill
            inner = self.box().adjusted(2, 2, -2, -2)
            wide = self.theme.focus_width
            draw_box(painter, inner, line=self.colour("accent_text"), width=wide, radius=radius - 2)
