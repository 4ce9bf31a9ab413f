"""One entry of the key strip: the cap and its action; a press triggers the action."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.buttons.drawn_button import DrawnButton
from pos.ui.widgets.buttons.key_cap import draw_key_cap, key_cap_width
from pos.ui.widgets.drawing.drawing import draw_box, draw_text, text_width

_PAINTED = 32
_INSET = (Size.SMALL_BUTTON - _PAINTED) // 2
GAPS = 3
"""Of a hint: before its cap, between cap and text, and after the text."""


class KeyHint(DrawnButton):
    """A flat button with a key-cap. While checked it is filled with the accent.

    A `low` one has no touch margin: for many stacked hints that are chosen by their keys.
    """

    def __init__(
        self,
        theme: Theme,
        key: str,
        text: str,
        *,
        checkable: bool = False,
        low: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, text, parent)
        self._key = key
        self.setCheckable(checkable)
        self._inset = 0 if low else _INSET
        self._gap: int = Space.S
        self.setFixedHeight(_PAINTED + 2 * self._inset)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def key(self) -> str:
        """The key of the same action."""
        return self._key

    def present(self, key: str, text: str) -> None:
        """Show another key or text; nothing is repainted if nothing changed."""
        if (key, text) == (self._key, self.text()):
            return
        self._key = key
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.width_with(self._gap), _PAINTED + 2 * self._inset)

    def width_with(self, gap: int) -> int:
        """Width in pixels with the given gap between cap, text and edges."""
        words = text_width(self.theme.font(Type.LABEL, bold=self.isCheckable()), self.text())
        return key_cap_width(self.theme, self._key) + words + GAPS * gap

    def set_gap(self, gap: int) -> None:
        """Change the gap."""
        if gap != self._gap:
            self._gap = gap
            self.updateGeometry()
            self.update()

    def box(self) -> QRect:
        """The touch area is as high as a finger needs; the painted part is lower."""
        return self.rect().adjusted(0, self._inset, 0, -self._inset)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        filled = self.isEnabled() and (self.isChecked() or self.isDown())
        if filled:
            draw_box(painter, self.box(), fill=self.colour("accent"))
        elif self.hasFocus():
            draw_box(painter, self.box(), line=self.colour("focus"), width=2)
        elif self.hovered:
            draw_box(painter, self.box(), fill=self.colour("surface"), line=self.colour("line"))
        ink = "accent_text" if filled else "muted" if self.isEnabled() else "off"
        cap = "accent_text" if filled else "text" if self.isEnabled() else "off"
        draw_key_cap(painter, self.theme, self._gap, self.height() // 2, self._key, cap)
        x = self._gap * 2 + key_cap_width(self.theme, self._key)
        font = self.theme.font(Type.LABEL, bold=filled)
        draw_text(painter, QRect(x, 0, self.width() - x, self.height()), self.text(), font, self.colour(ink))
