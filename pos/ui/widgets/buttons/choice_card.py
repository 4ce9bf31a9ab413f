"""A person to choose at sign-in: letter, name, role, and a tick on the chosen card."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Space, Theme, Type
from pos.ui.widgets.buttons.avatar import draw_avatar
from pos.ui.widgets.buttons.drawn_button import DrawnButton, Look
from pos.ui.widgets.drawing.drawing import draw_text

_AVATAR = 48
_HEIGHT = 140
"""Two rows of cards stand above both clocks, a waiting basket and the hint in a window of 768 pixels."""


class ChoiceCard(DrawnButton):
    """A card that is one of several in the same parent: choosing it deselects its siblings; arrow keys choose too."""

    def __init__(self, theme: Theme, letter: str, title: str, subtitle: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, title, f"{title}, {subtitle}", parent)
        self._letter = letter
        self._subtitle = subtitle
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, letter: str, title: str, subtitle: str) -> None:
        """Show another person, or the same person in another language."""
        self._letter, self._subtitle = letter, subtitle
        self.setText(title)
        self.setAccessibleName(f"{title}, {subtitle}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(192, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        chosen = self.isChecked()
        ground = "sunken" if self.hovered and not chosen else "surface"
        look = Look(ground, "accent", "text", width=2) if chosen else Look(ground, "line", "text")
        if not self.isEnabled():
            look = Look("sunken", "line", "muted")
        self.draw_ground(painter, look)
        draw_avatar(painter, self.theme, QRect(Space.M, Space.M, _AVATAR, _AVATAR), self._letter, chosen=chosen)
        if chosen:
            self.theme.icons.paint(painter, "circle-check", "accent", self.width() - Space.M - 20, Space.M, 20)
        room = self.width() - 2 * Space.M
        base = self.height() - 57
        title = QRect(Space.M, base, room, 22)
        draw_text(painter, title, self.text(), self.theme.font(Type.BODY, bold=True), self.colour(look.ink))
        second = QRect(Space.M, base + 22, room, 20)
        draw_text(painter, second, self._subtitle, self.theme.font(Type.LABEL), self.colour("muted"))
