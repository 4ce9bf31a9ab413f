"""Navigation rail: the screens a person may open, as icons with a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.buttons.badge import NO_BADGE, Badge, draw_badge
from pos.ui.widgets.buttons.drawn_button import DrawnButton
from pos.ui.widgets.drawing.drawing import CENTRE, draw_box, draw_text, text_width
from pos.ui.widgets.drawing.plain_tip import plain_tip
from pos.ui.widgets.drawing.surface import UNBOUND

_ICON, _WORD = 22, 18
_ITEM = QSize(72, 64)
_LEAST = 44
"""The least height of an item where there are many: still a touch target."""
_NARROW = 2
_LINE = 12
_SMALL_ICON = 18
"""The icon over a word in two lines, where items are low."""
_VOWELS = frozenset("aeiouyаеёиоуыэюяәіөұү")
_LOGO = 32
_TOP = 56


_LYING = 60
"""The height of a row of items along the foot of a window."""
_NARROWEST = 66
"""The least width of an item there; more items stand in two rows."""


@dataclass(frozen=True, slots=True)
class RailItem:
    """One entry: its key, icon, word and badge. `spoken` is what a screen reader says, `tip` the text at the pointer;
    both are the word where they are empty.
    """

    key: str
    icon: str
    text: str
    badge: Badge = NO_BADGE
    spoken: str = ""
    tip: str = ""


class Rail(QFrame):
    """Items from the top, others from the bottom. `chosen` carries the key of the pressed item.

    The screen that opens makes the item current. Each item is a Tab stop; up and down arrows move between them.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, logo: str = "shopping-bag", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._logo = logo
        self._shown: tuple[tuple[RailItem, ...], tuple[RailItem, ...]] = ((), ())
        self._buttons: list[RailButton] = []
        self.setAccessibleName(name)
        self._lies = False
        self._top = _TOP
        """Where the items begin: in a low window in the place of the logo."""
        self._bind_size()

    def lie(self, lies: bool) -> None:
        """Lie along the foot of a narrow window, or stand at its left."""
        if lies != self._lies:
            self._lies = lies
            self._bind_size()
            self._share_room()

    def _bind_size(self) -> None:
        if self._lies:
            self.setMinimumWidth(0)
            self.setMaximumWidth(UNBOUND)
            self.setFixedHeight(_LYING * self._lying_rows())
        else:
            self.setMinimumHeight(0)
            self.setMaximumHeight(UNBOUND)
            self.setFixedWidth(Size.RAIL)

    def present(self, top: Sequence[RailItem], bottom: Sequence[RailItem], current: str) -> None:
        """Show the items and mark the one with the key `current`; an unknown key marks none."""
        items = (tuple(top), tuple(bottom))
        if _places(items) != _places(self._shown):
            self._rebuild(*items)
        elif items != self._shown:
            self._shown = items
            for button, item in zip(self._buttons, (*top, *bottom), strict=True):
                button.say(item)  # a new button would lose the press that is on it
        for button in self._buttons:
            button.set_current(button.item.key == current)

    @property
    def places(self) -> Sequence[str]:
        """The keys of the items from the top, as they are seen."""
        return [item.key for item in self._shown[0]]

    def item(self, key: str) -> RailButton | None:
        """The button of one item, if the person may open it."""
        return next((button for button in self._buttons if button.item.key == key), None)

    def minimumSizeHint(self) -> QSize:
        """Many items make each item lower, not the window higher."""
        if self._lies:
            return QSize(0, self.height())
        return QSize(Size.RAIL, self._needed(Space.XS))

    def _needed(self, top: int) -> int:
        return top + len(self._buttons) * (_LEAST + (_NARROW if top == _TOP else 0)) + Space.S

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the items with the arrows."""
        keys = (Qt.Key.Key_Left, Qt.Key.Key_Right) if self._lies else (Qt.Key.Key_Up, Qt.Key.Key_Down)
        step = dict(zip(keys, (-1, 1), strict=True)).get(Qt.Key(event.key()))
        here = self.focusWidget()
        if step is None or here not in self._buttons:
            super().keyPressEvent(event)
            return
        index = (self._buttons.index(here) + step) % len(self._buttons)
        self._buttons[index].setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._theme.colour
        painter.fillRect(self.rect(), colour("surface"))
        current = next((button for button in self._buttons if button.current), None)
        if self._lies:
            painter.fillRect(0, 0, self.width(), 1, colour("line"))
            if current is not None:
                painter.fillRect(current.x() + 8, current.y() - 2, current.width() - 16, 3, colour("accent"))
            return
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour("line"))
        if self._top == _TOP:
            x = (self.width() - _LOGO) // 2
            draw_box(painter, QRect(x, Space.S, _LOGO, _LOGO), fill=colour("accent"))
            self._theme.icons.paint(painter, self._logo, "accent_text", x + 6, Space.S + 6, 20)
        if current is not None:
            painter.fillRect(0, current.y() + 12, 3, current.height() - 24, colour("accent"))

    def _rebuild(self, top: tuple[RailItem, ...], bottom: tuple[RailItem, ...]) -> None:
        focused = next((button.item.key for button in self._buttons if button.hasFocus()), "")
        for button in self._buttons:
            button.deleteLater()
        self._shown = (top, bottom)
        self._buttons = []
        for item in (*top, *bottom):
            button = RailButton(self._theme, item, self)
            button.clicked.connect(self._emit_chosen)
            self._buttons.append(button)
            button.show()  # a hidden widget takes no focus
            if item.key == focused:
                button.setFocus()
        self._share_room()

    def _lying_rows(self) -> int:
        return 2 if self._buttons and self.width() // len(self._buttons) < _NARROWEST else 1

    def _share_room(self) -> None:
        """Place the items: those of the bottom, or of the right end, after the free room."""
        first_last = len(self._shown[0])
        if self._lies:
            self.setFixedHeight(_LYING * self._lying_rows())
            in_row = -(-len(self._buttons) // self._lying_rows()) or 1
            width = min(self.width() // in_row, _ITEM.width() + 2 * Space.S)
            free = self.width() - width * in_row
            for index, button in enumerate(self._buttons):
                row, column = divmod(index, in_row)
                x = column * width + (free if in_row == len(self._buttons) and index >= first_last else 0)
                button.place(QRect(x, row * _LYING + 2, width, _LYING - 4))
            return
        self._top = _TOP if self.height() >= self._needed(_TOP) else Space.XS
        pitch = (self.height() - self._top - Space.S) // max(1, len(self._buttons))
        roomy = pitch >= _ITEM.height() + Space.S
        gap = Space.S if roomy else max(0, min(_NARROW, pitch - _LEAST))
        high = _ITEM.height() if roomy else min(_ITEM.height(), max(_LEAST, pitch - gap))
        last = self.height() - Space.S - len(self._shown[1]) * (high + gap) + gap
        for index, button in enumerate(self._buttons):
            y = self._top + index * (high + gap) if index < first_last else last + (index - first_last) * (high + gap)
            button.place(QRect(Space.S, y, _ITEM.width(), high))

    def _emit_chosen(self) -> None:
        button = self.sender()
        if isinstance(button, RailButton):
            self.chosen.emit(button.item.key)


def broken(word: str) -> list[str]:
    """Split a word that is too long for a line: between its words, or at the syllable nearest to the middle."""
    first, _, second = word.partition(" ")
    if second:
        return [first, second]
    sounds = [char in _VOWELS for char in word.lower()]
    splits = [n for n in range(2, len(word) - 2) if sounds[n - 1] and not sounds[n] and sounds[n + 1]]
    if not splits:
        return [word]
    split = min(splits, key=lambda n: abs(2 * n - len(word)))
    return [f"{word[:split]}-", word[split:]]


def _places(items: tuple[tuple[RailItem, ...], tuple[RailItem, ...]]) -> list[list[tuple[str, str]]]:
    return [[(item.key, item.icon) for item in group] for group in items]


class RailButton(DrawnButton):
    """One of the items."""

    def __init__(self, theme: Theme, item: RailItem, parent: QWidget) -> None:
        super().__init__(theme, parent=parent)
        self.item = item
        self.current = False
        self.setFixedSize(_ITEM)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(item)

    def say(self, item: RailItem) -> None:
        """Show the same item with another word or figure."""
        self.item = item
        self.setText(item.text)
        self.setAccessibleName(item.spoken or item.text)
        self.setToolTip(plain_tip(item.tip or item.text))
        self.update()

    def place(self, where: QRect) -> None:
        self.setFixedSize(where.size())
        self.move(where.topLeft())

    def set_current(self, current: bool) -> None:
        if current != self.current:
            self.current = current
            self.update()
            parent = self.parentWidget()
            if parent is not None:
                parent.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = "accent" if self.current else "muted" if self.isEnabled() else "off"
        if self.current or self.isDown():
            draw_box(painter, self.rect(), fill=self.colour("accent_soft"))
        elif self.hovered:
            draw_box(painter, self.rect(), fill=self.colour("sunken"))
        self.draw_focus(painter, self.rect(), ink)
        font = self.theme.font(Type.LABEL, bold=self.current)
        if text_width(font, self.text()) > self.width() - 2:
            font = self.theme.font(Type.KEY - 1, bold=self.current)
        lines = [self.text()] if text_width(font, self.text()) <= self.width() - 2 else broken(self.text())
        is_low = self.height() < _LEAST + 12
        icon = _SMALL_ICON if is_low and len(lines) > 1 else _ICON
        gap = 0 if is_low else 4  # a word is drawn nearer to its own icon than to the next one
        pitch = _WORD if len(lines) == 1 else _LINE if is_low else _LINE + 2
        top = max(1, (self.height() - icon - gap - len(lines) * pitch) // 2)
        self.theme.icons.paint(painter, self.item.icon, ink, (self.width() - icon) // 2, top, icon)
        for number, line in enumerate(lines):
            box = QRect(1, top + icon + gap + number * pitch, self.width() - 2, pitch)
            draw_text(painter, box, line, font, self.colour(ink), CENTRE)
        draw_badge(painter, self.theme, self.item.badge, self.width() // 2 + 6, self.width())
