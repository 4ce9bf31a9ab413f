"""The standard button of the screens: icon, text and its key."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.buttons.drawn_button import DrawnButton, Look
from pos.ui.widgets.buttons.key_cap import draw_key_cap, key_cap_width
from pos.ui.widgets.drawing.drawing import CENTRE, LEFT, draw_caption, draw_text, text_width
from pos.ui.widgets.drawing.plain_tip import plain_tip

_ICON = 20
_KEY_GAP = 12


class ButtonKind(StrEnum):
    """How prominent a button is; one PRIMARY per screen."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    TINTED = "tinted"
    QUIET = "quiet"
    DASHED = "dashed"
    DANGER = "danger"


_LOOKS = {
    ButtonKind.PRIMARY: Look("accent", "", "accent_text"),
    ButtonKind.SECONDARY: Look("surface", "line_strong", "text"),
    ButtonKind.TINTED: Look("accent_soft", "accent", "accent"),
    ButtonKind.QUIET: Look("", "", "muted"),
    ButtonKind.DASHED: Look("", "line_strong", "muted", dashed=True),
    ButtonKind.DANGER: Look("surface", "over", "over"),
}
_HOVERED = {
    ButtonKind.PRIMARY: Look("accent_hover", "", "accent_text"),
    ButtonKind.SECONDARY: Look("sunken", "line_strong", "text"),
    ButtonKind.TINTED: Look("surface", "accent", "accent"),
    ButtonKind.QUIET: Look("sunken", "", "text"),
    ButtonKind.DASHED: Look("sunken", "line_strong", "text", dashed=True),
    ButtonKind.DANGER: Look("over_soft", "over", "over"),
}
_PRESSED = Look("accent", "", "accent_text")
_CHOSEN = Look("accent_soft", "accent", "accent", width=2)
_OFF = Look("sunken", "line", "muted")
_OFF_QUIET = Look("", "", "off")


class IconButton(DrawnButton):
    """A button `height` px high with any of: icon, text, key-cap.

    `name` is the accessible name where there is no text. DASHED keeps icon and text left and the key right.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        icon: str = "",
        key: str = "",
        kind: ButtonKind = ButtonKind.SECONDARY,
        height: int = Size.BUTTON,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, name, parent)
        self._icon = icon
        self._key = key
        self._kind = kind
        self.setFixedHeight(height)
        self._explain()

    @property
    def key(self) -> str:
        """The key of the same action, as printed on its cap; empty for none."""
        return self._key

    def present(self, text: str, *, icon: str | None = None, key: str | None = None, name: str = "") -> None:
        """Show another text; None keeps the icon or key. Nothing is repainted if nothing changed."""
        said = (self.text(), self.accessibleName(), self._icon, self._key)
        self.setText(text)
        self.setAccessibleName(name or text or self.accessibleName())
        self._icon = self._icon if icon is None else icon
        self._key = self._key if key is None else key
        if said == (self.text(), self.accessibleName(), self._icon, self._key):
            return
        self._explain()
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: ButtonKind) -> None:
        """Change the kind."""
        self._kind = kind
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        padding = Space.M if self.text() or self._key else 0
        return QSize(max(self.height(), self._content_width() + 2 * padding), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = self._look()
        self.draw_ground(painter, look)
        spread = self._kind is ButtonKind.DASHED and bool(self.text())
        room = self.width() - 2 * (_KEY_GAP if spread else Space.S)
        if self.text() and self._content_width() > room:
            self._paint_close(painter, look, room)
            return
        x = _KEY_GAP if spread else Space.S + max(0, (room - self._content_width()) // 2)
        middle = self.height() // 2
        key_width = key_cap_width(self.theme, self._key)
        if self._icon:
            self.theme.icons.paint(painter, self._icon, look.ink, x, middle - _ICON // 2, _ICON)
            x += _ICON + Space.S
        if self.text():
            end = self.width() - Space.S - (key_width + _KEY_GAP if key_width else 0)
            box = QRect(x, 0, end - x, self.height())
            x += draw_text(painter, box, self.text(), self._font(), self.colour(look.ink), LEFT) + _KEY_GAP
        if self._key:
            x = self.width() - _KEY_GAP - key_width if spread else x
            draw_key_cap(painter, self.theme, x, middle, self._key, "accent_text" if "accent_" in look.ink else "text")

    def _paint_close(self, painter: QPainter, look: Look, room: int) -> None:
        """With too little room the cap of the key goes first, then the icon; then the text stands in two lines."""
        words = text_width(self._font(), self.text())
        has_icon = bool(self._icon) and words + _ICON + Space.S <= room
        x = int(Space.S)
        if has_icon:
            x += max(0, (room - words - _ICON - Space.S) // 2)
            self.theme.icons.paint(painter, self._icon, look.ink, x, (self.height() - _ICON) // 2, _ICON)
            x += _ICON + Space.S
        box = QRect(x, 0, self.width() - Space.S - x, self.height())
        draw_caption(
            painter,
            box,
            self.text(),
            (self._font(), self.theme.font(Type.LABEL, bold=self._font().bold())),
            self.colour(look.ink),
            LEFT if has_icon else CENTRE,
        )

    def _look(self) -> Look:
        if not self.isEnabled():
            return _OFF_QUIET if self._kind is ButtonKind.QUIET else _OFF
        if self.isDown():
            return _PRESSED
        if self.isChecked():
            return _CHOSEN
        return (_HOVERED if self.hovered else _LOOKS)[self._kind]

    def _font(self) -> QFont:
        bold = self._kind in (ButtonKind.PRIMARY, ButtonKind.TINTED) or self.isChecked()
        size = Type.LABEL if self._kind is ButtonKind.DASHED else Type.BODY
        return self.theme.font(Type.TITLE if self.height() >= Size.PRIMARY and bold else size, bold=bold)

    def _content_width(self) -> int:
        parts = [text_width(self._font(), self.text())] if self.text() else []
        width = sum(parts) + (_ICON + (Space.S if self.text() else 0) if self._icon else 0)
        key = key_cap_width(self.theme, self._key)
        return width + (key + (_KEY_GAP if width else 0) if key else 0)

    def _explain(self) -> None:
        words = self.text() or self.accessibleName()
        self.setToolTip(plain_tip("" if self.text() else f"{words} ({self._key})" if self._key else words))
