"""One option in two lines: a currency or a payment method, with the key that chooses it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.buttons.drawn_button import DrawnButton, Look
from pos.ui.widgets.drawing.drawing import CENTRE, LEFT, draw_caption, draw_text, text_width

_ICON = 20


class OptionButton(DrawnButton):
    """Text in bold, the key small beneath; chosen is tinted with an accent border. Exclusive among its siblings."""

    def __init__(
        self, theme: Theme, text: str, second: str = "", *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, text, text, parent)
        self._second = second
        self._icon = icon
        self.setAccessibleDescription(second)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(Size.FIELD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def key(self) -> str:
        """The key shown beneath."""
        return self._second

    def present(self, text: str, second: str = "") -> None:
        """Show another text."""
        self.setText(text)
        self._second = second
        self.setAccessibleName(text)
        self.setAccessibleDescription(second)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._words_width() + 2 * Space.S, Size.FIELD)

    def minimumSizeHint(self) -> QSize:
        """In a narrow column the icon goes, and the words are parted."""
        return QSize(Size.SMALL_BUTTON, Size.FIELD)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.isEnabled():
            look = (
                Look("accent_soft", "line_strong", "text", width=2)
                if self.isChecked()
                else Look("sunken", "line", "muted")
            )
        elif self.isDown():
            look = Look("accent", "", "accent_text")
        elif self.isChecked():
            look = Look("accent_soft", "accent", "accent", width=2)
        else:
            look = Look("sunken" if self.hovered else "surface", "line_strong", "text")
        self.draw_ground(painter, look)
        height = 20 if self._second else self.height()
        top = (self.height() - 40) // 2 + 1 if self._second else 0
        fonts = [self.theme.font(size, bold=True) for size in (Type.BODY, Type.LABEL, Type.KEY)]
        is_narrow = text_width(fonts[-1], self.text()) > self.width() - 2 * Space.S
        edge = Space.XS if is_narrow else Space.S
        room = self.width() - 2 * edge
        has_icon = bool(self._icon) and self._words_width() <= room  # with too little room the words come first
        words_width = self._words_width() if has_icon or not self._icon else self._words_width() - _ICON - Space.S
        x = (self.width() - min(words_width, room)) // 2
        if has_icon:
            self.theme.icons.paint(painter, self._icon, look.ink, x, top + (height - _ICON) // 2, _ICON)
            x += _ICON + Space.S
        words = QRect(x, top, self.width() - edge - x, height)
        draw_caption(painter, words, self.text(), fonts, self.colour(look.ink), LEFT)
        if self._second:
            ink = "accent_text" if self.isDown() else "muted"
            second = QRect(Space.S, top + 22, self.width() - 2 * Space.S, 18)
            draw_text(painter, second, self._second, self.theme.font(Type.LABEL), self.colour(ink), CENTRE)

    def _words_width(self) -> int:
        words = text_width(self.theme.font(Type.BODY, bold=True), self.text())
        return words + (_ICON + Space.S if self._icon else 0)
