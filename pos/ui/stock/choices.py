"""What a box lets one choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from pos.application.words import Words
from pos.ui.theme import Size

_BESIDE = 56
"""Pixels for the edges and the arrow beside the text."""


class Narrowing(QComboBox):
    """Narrows a list to one of `choices` (key: message), or to nothing: the first is `everything`.

    `narrowed`: somebody chose another one.
    """

    narrowed = Signal()

    def __init__(self, everything: str, choices: Mapping[str, str]) -> None:
        super().__init__()
        self._choices = {"": everything, **choices}
        self.setFixedHeight(Size.SMALL_BUTTON)
        self.activated.connect(lambda _at: self.narrowed.emit())
        self.retranslate(Words.english(), "")

    @property
    def key(self) -> str:
        """What is chosen; empty for everything."""
        return str(self.currentData())

    def step(self) -> None:
        """Choose the next one; after the last everything."""
        self.setCurrentIndex((self.currentIndex() + 1) % self.count())
        self.narrowed.emit()

    def widen(self) -> None:
        """Choose everything, and tell nobody."""
        self.setCurrentIndex(0)

    def let_choose(self, choices: Mapping[str, str], words: Words) -> None:
        """Offer others; what was chosen stays chosen where it is still offered."""
        everything = self._choices[""]
        self._choices = {"": everything, **choices}
        self.retranslate(words, self.accessibleName())

    def retranslate(self, words: Words, name: str) -> None:
        """Say the choices in another language; the box is called `name`."""
        self.setAccessibleName(name)
        offer(self, [(key, words(text)) for key, text in self._choices.items()], str(self.currentData() or ""))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(words(self._choices[""])) + _BESIDE)


def offer(box: QComboBox, choices: Sequence[tuple[str, str]], chosen: str) -> None:
    """Let `box` offer (key, text), with `chosen` chosen, and tell nobody."""
    box.blockSignals(True)
    box.clear()
    for key, text in choices:
        box.addItem(text, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
