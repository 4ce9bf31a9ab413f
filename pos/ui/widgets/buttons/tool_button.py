"""A small quiet button of the visitor panel: icon and a few words, or the icon alone."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.buttons.drawn_button import DrawnButton, Look
from pos.ui.widgets.drawing.drawing import LEFT, draw_text, text_width
from pos.ui.widgets.drawing.plain_tip import plain_tip

_ICON = 18
HEIGHT = Size.SMALL_BUTTON
"""Height of a tool button and, without text, its width."""
_INSET = 6


class ToolButton(DrawnButton):
    """Takes the focus by Tab only, so scans still reach their field. `name` and `key` are the accessible text and the
    tooltip.
    """

    gives_way = True

    def __init__(self, theme: Theme, icon: str, *, worded: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", "", parent)
        self._icon = icon
        self._worded = worded
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def present(self, name: str, key: str = "") -> None:
        """Show its action and the key of the same action."""
        tip = f"{name} ({key})" if key else name
        if (name, plain_tip(tip)) == (self.accessibleName(), self.toolTip()):
            return
        self.setText(name if self._worded else "")
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(tip))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if not self._worded:
            return QSize(HEIGHT, HEIGHT)
        return QSize(_ICON + 6 + text_width(self.theme.font(Type.LABEL), self.text()) + 2 * Space.S, HEIGHT)

    def box(self) -> QRect:
        """The touch area is as high as a finger needs; the painted part is lower."""
        sides = 0 if self._worded else _INSET
        return self.rect().adjusted(sides, _INSET, -sides, -_INSET)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = Look("sunken" if self.hovered or self.isDown() else "", "", "text" if self.hovered else "muted")
        self.draw_ground(painter, look)
        middle = self.height() // 2
        x = Space.S if self._worded else (self.width() - _ICON) // 2
        self.theme.icons.paint(painter, self._icon, look.ink, x, middle - _ICON // 2, _ICON)
        if self.text():
            words = QRect(x + _ICON + 6, 0, self.width() - x - _ICON - 6, self.height())
            draw_text(painter, words, self.text(), self.theme.font(Type.LABEL), self.colour(look.ink), LEFT)
