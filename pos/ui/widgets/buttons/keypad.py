"""The keypad: telephone order for a PIN, calculator order for every other number."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from itertools import chain

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.buttons.drawn_button import DrawnButton
from pos.ui.widgets.buttons.pad_key import ARROWS, PadKey

_HIGHEST = 112
"""The most height of a key: a thumb reaches the next one on a high screen, too."""
ERASE, CLEAR, ENTER, MARK = "erase", "clear", "enter", "."


class KeyOrder(StrEnum):
    """PIN: 1 on top, erase and clear beside 0. NUMBER: 7 on top, with 00, the decimal mark and Enter."""

    PIN = "pin"
    NUMBER = "number"


_ICONS = {ERASE: "delete", CLEAR: "x", ENTER: "corner-down-left"}
_ROWS = {
    KeyOrder.PIN: ("123", "456", "789", (ERASE, "0", CLEAR)),
    KeyOrder.NUMBER: (
        ("7", "8", "9", ERASE),
        ("4", "5", "6", CLEAR),
        ("1", "2", "3", ENTER),
        ("0", "00", MARK, ENTER),
    ),
}
"""A label that stands in two cells is one key over both."""


class Keypad(QWidget):
    """The keys of one order. A touch never takes the focus from the field; the pad is one Tab stop, and the arrows move
    between its keys.
    """

    pressed = Signal(str)
    """One digit, "00" or the decimal mark as "."."""
    erased = Signal()
    cleared = Signal()
    entered = Signal()

    def __init__(
        self,
        theme: Theme,
        order: KeyOrder,
        *,
        key_height: int = Size.PRIMARY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = [list(row) for row in _ROWS[order]]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.S)
        self._keys: dict[str, PadKey] = {}
        for label in dict.fromkeys(chain.from_iterable(self._rows)):
            cells = [(y, x) for y, row in enumerate(self._rows) for x, one in enumerate(row) if one == label]
            key = PadKey(
                theme,
                label,
                icon=_ICONS.get(label, ""),
                height=key_height,
                strong=label == ENTER,
                repeats=label == ERASE,
            )
            key.clicked.connect(self._emit_pressed)
            grid.addWidget(key, *cells[0], len(cells), 1)
            self._keys[label] = key
        self.setMaximumHeight(len(self._rows) * (_HIGHEST + Space.S) - Space.S)
        for index in range(len(self._rows)):
            grid.setRowStretch(index, 1)
        for index in range(len(self._rows[0])):
            grid.setColumnStretch(index, 1)
        self._stop_at(self._keys[self._rows[0][0]])

    def present_words(self, names: Mapping[str, str]) -> None:
        """Name the keys without a digit in another language, by label."""
        for label, name in names.items():
            if label in self._keys:
                self._keys[label].setAccessibleName(name)

    def key(self, label: str) -> DrawnButton:
        """The key with this digit, "00", the mark, "erase", "clear" or "enter"."""
        return self._keys[label]

    def allow(self, label: str, allowed: bool) -> None:
        """Switch a key on or off that this field has no use for."""
        self._keys[label].setEnabled(allowed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the keys with the arrows."""
        step = ARROWS.get(Qt.Key(event.key()))
        current = self.focusWidget()
        if step is None or not isinstance(current, PadKey):
            super().keyPressEvent(event)
            return
        target = current
        cell = next((y, x) for y, row in enumerate(self._rows) for x, one in enumerate(row) if one == current.label)
        while target is current or not target.isEnabled():  # a key may stand in two cells
            cell = (cell[0] + step[0]) % len(self._rows), (cell[1] + step[1]) % len(self._rows[0])
            target = self._keys[self._rows[cell[0]][cell[1]]]
        self._stop_at(target)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop_at(self, stop: PadKey) -> None:
        for key in self._keys.values():
            key.setFocusPolicy(Qt.FocusPolicy.TabFocus if key is stop else Qt.FocusPolicy.NoFocus)

    def _emit_pressed(self) -> None:
        key = self.sender()
        if not isinstance(key, PadKey):
            return
        signal = {ERASE: self.erased, CLEAR: self.cleared, ENTER: self.entered}.get(key.label)
        if signal is None:
            self.pressed.emit(key.label)
        else:
            signal.emit()
