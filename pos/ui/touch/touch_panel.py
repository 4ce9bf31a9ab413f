"""The keyboard over the page: figures beside the field, or letters at the foot of the window."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtWidgets import QWidget

from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.touch.letter_keys import LetterKeys
from pos.ui.widgets.buttons.key_names import key_names
from pos.ui.widgets.buttons.keypad import MARK, KeyOrder, Keypad
from pos.ui.widgets.buttons.pad_key import PadKey
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface

_FIGURES = QSize(4 * 84, 5 * 64)
_WIDEST = 1180
_LETTER_ROWS = 5


class Face(Enum):
    """Which keys are shown."""

    DIGITS = "digits"
    NUMBERS = "numbers"
    LETTERS = "letters"
    LATIN = "latin"


class TouchPanel(Surface):
    """A card over the page; `show_for` puts it where the field stays in sight.

    `typed`, `erased`, `cleared` and `entered` are what its keys do; `hidden` when the user does not want it.
    """

    typed = Signal(str)
    erased = Signal()
    cleared = Signal()
    entered = Signal()
    hidden = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(Ground.SUNKEN)
        self.face = Face.LETTERS
        self.pad = Keypad(theme, KeyOrder.NUMBER, key_height=Size.BUTTON)
        self.letters = LetterKeys(theme)
        self.to_letters = PadKey(theme, "letters", text="ABC")
        self.close_pad = PadKey(theme, "hide", icon="keyboard-off")
        for key in (self.to_letters, self.close_pad):
            key.setFixedHeight(Size.SMALL_BUTTON)
        self._figures = QWidget()
        vbox(
            hbox(self.to_letters, Stretch(), self.close_pad, spacing=Space.S),
            Stretched(self.pad),
            spacing=Space.S,
            margins=0,
            parent=self._figures,
        )
        vbox(self._figures, self.letters, spacing=0, margins=(Space.S, Space.S, Space.S, Space.S), parent=self)
        for keys in (self.pad, self.letters):
            keys.erased.connect(self.erased)
            keys.entered.connect(self.entered)
        self.pad.pressed.connect(self.typed)
        self.pad.cleared.connect(self.cleared)
        self.letters.typed.connect(self.typed)
        self.letters.hidden.connect(self.hidden)
        self.close_pad.clicked.connect(self.hidden)
        self.to_letters.clicked.connect(self._turn_to_letters)
        self._field = self._kept = QRect()
        self.hide()

    def retranslate(self, tr: Translator) -> None:
        """Word it in another language."""
        self.setAccessibleName(tr("On-screen keyboard"))
        self.pad.present_words(key_names(tr))
        self.to_letters.setAccessibleName(tr("Letters"))
        self.close_pad.setAccessibleName(tr("Hide the keyboard"))
        self.letters.retranslate(tr)

    def show_for(self, window: QWidget, field: QRect, face: Face, kept: QRect | None = None) -> None:
        """Show the keys of `face` for a field that stands at `field` in `window`, beside what is `kept` around it."""
        if self.parentWidget() is not window:
            self.setParent(window)
        stays = not self.isHidden() and self._figures.isVisible()
        if face is not self.face or self.isHidden():
            self.letters.begin(latin=face is Face.LATIN)
        self.face, self._field, self._kept = face, field, field if kept is None else kept
        is_letters = face in (Face.LETTERS, Face.LATIN)
        self.letters.setVisible(is_letters)
        self._figures.setVisible(not is_letters)
        self.pad.allow(MARK, face is Face.NUMBERS)
        if is_letters or not (stays and self._is_beside(window.rect())):
            self.setGeometry(self._place(window.rect(), is_letters=is_letters))
        self.raise_()
        self.show()

    def _turn_to_letters(self) -> None:
        if (window := self.parentWidget()) is not None:
            self.show_for(window, self._field, Face.LETTERS, self._kept)

    def _is_beside(self, window: QRect) -> bool:
        """Whether the figures may stay where they are: no key moves under a finger that goes from field to field."""
        return window.contains(self.geometry()) and not self.geometry().intersects(self._kept)

    def _place(self, window: QRect, *, is_letters: bool) -> QRect:
        if is_letters:
            width = min(window.width() - 2 * Space.S, _WIDEST)
            height = self.letters.sizeHint().height() + 2 * Space.S
            return _at_the_foot(window, QSize(width, height), self._kept)
        return _beside(window, _FIGURES, self._field, self._kept)


def _at_the_foot(window: QRect, size: QSize, field: QRect) -> QRect:
    """In the middle at the bottom; at the top where it would lie over the field."""
    x = (window.width() - size.width()) // 2
    low = QRect(x, window.height() - size.height() - Space.S, size.width(), size.height())
    return low if not low.intersects(field) else QRect(x, Space.S, size.width(), size.height())


def _beside(window: QRect, size: QSize, field: QRect, kept: QRect) -> QRect:
    """Below the field, above it, right or left of it: the first place where it is whole and leaves the field in
    sight; else in the corner that is farthest from it. Before these the places beside what is `kept`: above it last,
    for there stands what is asked about.
    """
    room = window.adjusted(Space.S, Space.S, -Space.S, -Space.S)
    x = max(room.left(), min(field.center().x() - size.width() // 2, room.right() + 1 - size.width()))
    y = max(room.top(), min(field.center().y() - size.height() // 2, room.bottom() + 1 - size.height()))
    below, above, right, left = _around(kept, size, x, y)
    beside_kept: tuple[QRect, ...] = () if kept == field else (below, right, left, above)
    for place in (*beside_kept, *_around(field, size, x, y)):
        if room.contains(place):
            return place
    corner = room.left() if field.center().x() > room.center().x() else room.right() + 1 - size.width()
    return QRect(corner, room.bottom() + 1 - size.height(), size.width(), size.height())


def _around(kept: QRect, size: QSize, x: int, y: int) -> tuple[QRect, QRect, QRect, QRect]:
    """Below, above, right and left of it."""
    return (
        QRect(QPoint(x, kept.bottom() + Space.S), size),
        QRect(QPoint(x, kept.top() - Space.S - size.height()), size),
        QRect(QPoint(kept.right() + Space.M, y), size),
        QRect(QPoint(kept.left() - Space.M - size.width(), y), size),
    )
