"""One key of the keypad or of the on-screen keyboard."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from pos.ui.look.theme import Size, Theme, Type
from pos.ui.widgets.buttons.drawn_button import DrawnButton, Look
from pos.ui.widgets.drawing.drawing import CENTRE, draw_text

ARROWS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
"""The keys that move between the keys of a pad, as steps of row and column."""
_ICON = 22


class PadKey(DrawnButton):
    """A key with a text or an icon. `label` identifies it; `strong` paints it as the key that goes on.

    A press never takes the focus from the field that is typed in.
    """

    def __init__(
        self,
        theme: Theme,
        label: str,
        name: str = "",
        *,
        text: str | None = None,
        icon: str = "",
        height: int = Size.SMALL_BUTTON,
        strong: bool = False,
        repeats: bool = False,
    ) -> None:
        super().__init__(theme, "" if icon else label if text is None else text, name or label)
        self.label = label
        self._icon = icon
        self._height = height
        self._strong = strong
        self.setAutoRepeat(repeats)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(Size.SMALL_BUTTON)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_char(self, char: str) -> None:
        """Become the key of another character."""
        self.label = char
        self.setText(char)
        self.setAccessibleName(char)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(104, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(Size.SMALL_BUTTON, Size.SMALL_BUTTON)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave arrows to the pad."""
        if Qt.Key(event.key()) in ARROWS:
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.isEnabled():
            look = Look("sunken", "line", "muted")
        elif self.isDown() or self._strong or self.isChecked():
            look = Look("accent", "", "accent_text")
        else:
            look = Look("sunken" if self.hovered else "surface", "line_strong", "text")
        self.draw_ground(painter, look)
        if self._icon:
            x, y = (self.width() - _ICON) // 2, (self.height() - _ICON) // 2
            self.theme.icons.paint(painter, self._icon, look.ink, x, y, _ICON)
        else:
            size = Type.SECTION if self._height >= Size.PRIMARY else Type.TITLE
            draw_text(
                painter, self.rect(), self.text(), self.theme.font(size, bold=True), self.colour(look.ink), CENTRE
            )
