"""On-screen keypad: telephone order for a PIN, calculator order for money."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.buttons.drawn_button import DrawnButton, Look
from pos.ui.widgets.drawing.drawing import CENTRE, draw_text


class KeyOrder(StrEnum):
    """PIN: 1 on top, erase and clear beside 0. MONEY: 7 on top, 00 and erase beside 0."""

    PIN = "pin"
    MONEY = "money"


_ERASE, _CLEAR = "erase", "clear"
_ICONS = {_ERASE: "delete", _CLEAR: "x"}
_KEYS = {
    KeyOrder.PIN: ("1", "2", "3", "4", "5", "6", "7", "8", "9", _ERASE, "0", _CLEAR),
    KeyOrder.MONEY: ("7", "8", "9", "4", "5", "6", "1", "2", "3", "00", "0", _ERASE),
}
_ARROWS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
_COLUMNS = 3


class Keypad(QWidget):
    """Twelve keys. A touch never takes the focus from the field; the pad is one Tab stop, arrows move inside.

    `erase` and `clear` are the accessible names of those two keys.
    """

    pressed = Signal(str)
    """One digit, or "00"."""
    erased = Signal()
    cleared = Signal()

    def __init__(
        self,
        theme: Theme,
        order: KeyOrder,
        *,
        erase: str,
        clear: str = "",
        key_height: int = Size.PRIMARY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        words = {_ERASE: erase, _CLEAR: clear}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.S)
        self._keys: list[_Key] = []
        for index, label in enumerate(_KEYS[order]):
            key = _Key(theme, label, words.get(label, label), key_height)
            key.clicked.connect(self._emit_pressed)
            grid.addWidget(key, *divmod(index, _COLUMNS))
            self._keys.append(key)
        self._stop_at(self._keys[0])

    def present_words(self, erase: str, clear: str = "") -> None:
        """Name the two keys without a digit in another language."""
        words = {_ERASE: erase, _CLEAR: clear}
        for key in self._keys:
            key.setAccessibleName(words.get(key.label, key.label))

    def key(self, label: str) -> DrawnButton:
        """The key with this digit, "00", "erase" or "clear"."""
        return next(key for key in self._keys if key.label == label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the keys with the arrows."""
        step = _ARROWS.get(Qt.Key(event.key()))
        current = self.focusWidget()
        if step is None or current not in self._keys:
            super().keyPressEvent(event)
            return
        row, column = divmod(self._keys.index(current), _COLUMNS)
        row, column = (row + step[0]) % (len(self._keys) // _COLUMNS), (column + step[1]) % _COLUMNS
        target = self._keys[row * _COLUMNS + column]
        self._stop_at(target)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop_at(self, stop: _Key) -> None:
        for key in self._keys:
            key.setFocusPolicy(Qt.FocusPolicy.TabFocus if key is stop else Qt.FocusPolicy.NoFocus)

    def _emit_pressed(self) -> None:
        key = self.sender()
        if not isinstance(key, _Key):
            return
        if key.label == _ERASE:
            self.erased.emit()
        elif key.label == _CLEAR:
            self.cleared.emit()
        else:
            self.pressed.emit(key.label)


class _Key(DrawnButton):
    def __init__(self, theme: Theme, label: str, name: str, height: int) -> None:
        super().__init__(theme, "" if label in _ICONS else label, name)
        self.label = label
        self._height = height
        self.setAutoRepeat(label == _ERASE)
        self.setMinimumHeight(Size.SMALL_BUTTON)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(104, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(Size.SMALL_BUTTON, Size.SMALL_BUTTON)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave arrows to the pad."""
        if Qt.Key(event.key()) in _ARROWS:
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.isEnabled():
            look = Look("sunken", "line", "muted")
        elif self.isDown():
            look = Look("accent", "", "accent_text")
        else:
            look = Look("sunken" if self.hovered else "surface", "line_strong", "text")
        self.draw_ground(painter, look)
        if self.label in _ICONS:
            side = 22
            x, y = (self.width() - side) // 2, (self.height() - side) // 2
            self.theme.icons.paint(painter, _ICONS[self.label], look.ink, x, y, side)
        else:
            size = Type.SECTION if self._height >= Size.PRIMARY else Type.TITLE
            draw_text(
                painter, self.rect(), self.text(), self.theme.font(size, bold=True), self.colour(look.ink), CENTRE
            )
