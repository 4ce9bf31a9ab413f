"""One entry of the key strip: the cap and its action; a press triggers the action."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.buttons.drawn_button import DrawnButton
from pos.ui.widgets.buttons.key_cap import draw_key_cap, key_cap_width
from pos.ui.widgets.drawing.drawing import CENTRE, draw_box, draw_text, text_width

_PAINTED = 32
_INSET = (Size.SMALL_BUTTON - _PAINTED) // 2
STACKED_HEIGHT = 50
"""Pixels of a hint with its cap above the text."""
GAPS = 3
"""Of a hint: before its cap, between cap and text, and after the text."""


class KeyHint(DrawnButton):
    """A flat button with a key-cap. While checked it is filled with the accent."""

    def __init__(
        self,
        theme: Theme,
        key: str,
        text: str,
        *,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, text, parent)
        self._key = key
        self.setCheckable(checkable)
        self._gap: int = Space.S
        self._is_stacked = False
        self.setFixedHeight(_PAINTED + 2 * _INSET)
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
        if self._is_stacked:
            return QSize(self.stacked_width, STACKED_HEIGHT)
        return QSize(self.width_with(self._gap), _PAINTED + 2 * _INSET)

    @property
    def stacked_width(self) -> int:
        """Width in pixels with the cap above the text."""
        words = max(key_cap_width(self.theme, self._key), self._words_width())
        return max(words + 2 * Space.S, Size.SMALL_BUTTON)

    def width_with(self, gap: int) -> int:
        """Width in pixels with the given gap between cap, text and edges."""
        return key_cap_width(self.theme, self._key) + self._words_width() + GAPS * gap

    def _words_width(self) -> int:
        return text_width(self.theme.font(Type.LABEL, bold=self.isCheckable()), self.text())

    def set_stacked(self, stacked: bool) -> None:
        """Show the cap above the text, or before it."""
        if stacked != self._is_stacked:
            self._is_stacked = stacked
            self.setFixedHeight(STACKED_HEIGHT if stacked else _PAINTED + 2 * _INSET)
            self.updateGeometry()
            self.update()

    def set_gap(self, gap: int) -> None:
        """Change the gap."""
        if gap != self._gap:
            self._gap = gap
            self.updateGeometry()
            self.update()

    def box(self) -> QRect:
        """The touch area is as high as a finger needs; the painted part is lower."""
        inset = 0 if self._is_stacked else _INSET
        return self.rect().adjusted(0, inset, 0, -inset)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        filled = self.isEnabled() and (self.isChecked() or self.isDown())
        if filled:
            draw_box(painter, self.box(), fill=self.colour("accent"))
        elif self.hovered and not self.hasFocus():
            draw_box(painter, self.box(), fill=self.colour("surface"), line=self.colour("line"))
        if not filled:
            self.draw_focus(painter, self.box(), "line_strong" if self.isEnabled() else "off")
        ink = "accent_text" if filled else "muted" if self.isEnabled() else "off"
        cap = "accent_text" if filled else "text" if self.isEnabled() else "off"
        if self._is_stacked:
            left = (self.width() - key_cap_width(self.theme, self._key)) // 2
            draw_key_cap(painter, self.theme, left, Size.KEY_CAP // 2 + Space.XS, self._key, cap)
            words = QRect(0, Size.KEY_CAP + Space.XS, self.width(), self.height() - Size.KEY_CAP - Space.XS)
            draw_text(painter, words, self.text(), self.theme.font(Type.LABEL, bold=filled), self.colour(ink), CENTRE)
            return
        draw_key_cap(painter, self.theme, self._gap, self.height() // 2, self._key, cap)
        x = self._gap * 2 + key_cap_width(self.theme, self._key)
        font = self.theme.font(Type.LABEL, bold=filled)
        draw_text(painter, QRect(x, 0, self.width() - x, self.height()), self.text(), font, self.colour(ink))
