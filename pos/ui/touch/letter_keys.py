"""Letters on the screen: rows of one layout, capitals, signs, and Chinese characters by their syllables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from pos.application.catalogue.chinese_input import SuggestWords
from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.touch.layouts import LAYOUTS, SIGNS, LetterLayout, layouts_from
from pos.ui.widgets.buttons.pad_key import PadKey
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel

_COLUMNS = 24
"""Half keys of the widest row: a shorter row stands in the middle."""
_OFFERED = 12
_LONGEST_SYLLABLES = 24


class LetterKeys(QWidget):
    """Emits `typed` with a text, `erased`, `entered` and `hidden`. It never takes the focus.

    In the Chinese layout letters are collected in a bar, which offers characters and words for them; space takes the
    first, Enter the letters as they are.
    """

    typed = Signal(str)
    erased = Signal()
    entered = Signal()
    hidden = Signal()
    composing = Signal()
    """The Chinese layout is shown and has nothing to offer yet: `learn` gives it its words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._suggest: SuggestWords | None = None
        self._order: Sequence[str] = ()
        self._at = self._own = ""
        self._is_latin = False
        self._shows_signs = self._is_capital = False
        self._letters = ""
        self._offers: Sequence[tuple[str, str]] = ()
        self._composed = TextLabel(role=Role.STRONG)
        self._bar = QWidget()
        self._first_offer = 0
        self._more = PadKey(theme, "more", icon="chevron-right")
        self._offered = [PadKey(theme, "") for _ in range(_OFFERED)]
        self._lay_out_bar()
        self._rows = QWidget()
        self._grid = _grid_in(self._rows)
        self._letter_keys: list[PadKey] = []
        self._bottom = QWidget()
        self._lay_out_bottom()
        vbox(self._bar, self._rows, self._bottom, spacing=Space.XS, margins=0, parent=self)
        self.retranslate(Translator.english())

    def retranslate(self, tr: Translator) -> None:
        """Begin with the layout of the user's language."""
        for key, name in (
            (self._shift, tr("Capitals")),
            (self._erase_key, tr("Delete the last character")),
            (self._signs, tr("Digits and signs")),
            (self._other, tr("Other letters")),
            (self._blank, tr("Space")),
            (self._enter_key, tr("Enter")),
            (self._hide, tr("Hide the keyboard")),
            (self._more, tr("More characters")),
        ):
            key.setAccessibleName(name)
        order = layouts_from(tr.language)
        if order != self._order:
            self._order, self._own = order, order[0]
        self.begin()

    def begin(self, *, latin: bool = False) -> None:
        """Show small letters, Latin ones or those the user had last, and drop what was composed."""
        self._is_latin = latin
        self._at = "en" if latin else self._own
        self._shows_signs = self._is_capital = False
        self._compose("")
        self._show_layout()

    def learn(self, suggest: SuggestWords) -> None:
        """Offer these words from now on."""
        self._suggest = suggest
        self._compose(self._letters)

    @property
    def layout_shown(self) -> LetterLayout:
        """The layout on show."""
        return SIGNS if self._shows_signs else LAYOUTS[self._at]

    def key(self, label: str) -> PadKey:
        """The key with this letter, or of this name: shift, erase, signs, layout, space, enter, hide."""
        return next(key for key in self.findChildren(PadKey) if key.label == label and not key.isHidden())

    @property
    def offers(self) -> list[PadKey]:
        """The keys with the characters that are offered."""
        return [key for key in self._offered if not key.isHidden()]

    def _show_layout(self) -> None:
        """Make the keys of the layout; those of the bottom row stay, so that a second tap on one counts."""
        for key in self._letter_keys:
            key.hide()
            key.deleteLater()
        self._letter_keys = []
        rows = self.layout_shown.rows
        for y, row in enumerate(rows):
            is_last = y == len(rows) - 1
            x = (_COLUMNS - 2 * len(row)) // 2
            if is_last:
                self._grid.addWidget(self._shift, y, 0, 1, 3)
                self._grid.addWidget(self._erase_key, y, _COLUMNS - 3, 1, 3)
            for char in row:
                key = PadKey(self._theme, char)
                key.clicked.connect(partial(self._press, key))
                self._grid.addWidget(key, y, x, 1, 2)
                self._letter_keys.append(key)
                x += 2
        is_chinese = self.layout_shown.composes
        self._shift.setEnabled(not self._shows_signs)
        self._signs.setText("ABC" if self._shows_signs else "#+=")
        self._other.setText(LAYOUTS[self._at].code)
        self._comma.show_char("，" if is_chinese else ",")
        self._stop.show_char("。" if is_chinese else ".")
        self._bar.setVisible(is_chinese)
        if is_chinese and self._suggest is None:
            self.composing.emit()
        self._show_case()

    def _show_case(self) -> None:
        self._shift.setChecked(self._is_capital)
        for key in self._letter_keys:
            key.show_char(key.label.upper() if self._is_capital else key.label.lower())

    def _lay_out_bottom(self) -> None:
        grid = _grid_in(self._bottom)
        theme = self._theme
        self._shift = PadKey(theme, "shift", icon="arrow-big-up")
        self._shift.setCheckable(True)
        self._erase_key = PadKey(theme, "erase", icon="delete", repeats=True)
        self._signs, self._other = PadKey(theme, "signs"), PadKey(theme, "layout")
        self._comma, self._blank, self._stop = PadKey(theme, ","), PadKey(theme, "space", text=""), PadKey(theme, ".")
        self._enter_key = PadKey(theme, "enter", icon="corner-down-left", strong=True)
        self._hide = PadKey(theme, "hide", icon="keyboard-off")
        x = 0
        for key, width, step in (
            (self._signs, 3, self._turn_signs),
            (self._other, 3, self._next_layout),
            (self._comma, 2, partial(self._press, self._comma)),
            (self._blank, 7, self._space),
            (self._stop, 2, partial(self._press, self._stop)),
            (self._enter_key, 4, self._enter),
            (self._hide, 3, self.hidden.emit),
        ):
            key.clicked.connect(step)
            grid.addWidget(key, 0, x, 1, width)
            x += width
        self._shift.clicked.connect(self._turn_capital)
        self._erase_key.clicked.connect(self._erase)

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def _press(self, key: PadKey) -> None:
        text = key.label
        if self.layout_shown.composes and text.isascii() and text.isalpha() and not self._is_capital:
            self._compose((self._letters + text)[:_LONGEST_SYLLABLES])
            return
        self._take_first()
        self.typed.emit(text)
        if self._is_capital:
            self._turn_capital()

    def _erase(self) -> None:
        if self._letters:
            self._compose(self._letters[:-1])
        else:
            self.erased.emit()

    def _space(self) -> None:
        if self._letters:
            self._take_first()
        else:
            self.typed.emit(" ")

    def _enter(self) -> None:
        if self._letters:
            letters = self._letters
            self._compose("")
            self.typed.emit(letters)
        else:
            self.entered.emit()

    def _turn_capital(self) -> None:
        self._is_capital = not self._is_capital
        self._show_case()

    def _turn_signs(self) -> None:
        self._shows_signs = not self._shows_signs
        self._is_capital = False
        self._show_layout()

    def _next_layout(self) -> None:
        self._compose("")
        self._at = self._order[(self._order.index(self._at) + 1) % len(self._order)]
        if not self._is_latin:
            self._own = self._at
        self._shows_signs = self._is_capital = False
        self._show_layout()

    # ── Chinese ──────────────────────────────────────────────────────────────────────────────────────────────

    def _compose(self, letters: str) -> None:
        self._letters = letters
        self._composed.setText(letters)
        self._offers = self._suggest(letters) if letters and self._suggest is not None else ()
        self._turn_offers(0)

    def _turn_offers(self, first: int) -> None:
        """Show the words from `first` on; after the last ones the first again."""
        self._first_offer = first if first < len(self._offers) else 0
        shown = self._offers[self._first_offer : self._first_offer + _OFFERED]
        for index, key in enumerate(self._offered):
            key.setVisible(index < len(shown))
            if index < len(shown):
                key.show_char(shown[index][0])
        self._more.setVisible(len(self._offers) > _OFFERED)

    def _take_first(self) -> None:
        if self._offers:
            self._take(0)
        elif self._letters:
            self._enter()

    def _take(self, index: int) -> None:
        word, rest = self._offers[self._first_offer + index]
        self._compose(rest)
        self.typed.emit(word)

    def _lay_out_bar(self) -> None:
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        self._composed.setMinimumWidth(96)
        self._bar.setFixedHeight(Size.SMALL_BUTTON)
        row.addWidget(self._composed)
        for index, key in enumerate(self._offered):
            key.clicked.connect(partial(self._take, index))
            row.addWidget(key, 1)
        self._more.clicked.connect(lambda: self._turn_offers(self._first_offer + _OFFERED))
        row.addWidget(self._more)
        row.addStretch(1)


def _grid_in(part: QWidget) -> QGridLayout:
    grid = QGridLayout(part)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(Space.XS)
    for column in range(_COLUMNS):
        grid.setColumnStretch(column, 1)
    return grid
