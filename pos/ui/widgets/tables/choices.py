"""Combo boxes that filter a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from pos.application.text.translator import Translator
from pos.ui.look.theme import Size
from pos.ui.widgets.fields.combo_box import ComboBox

_BESIDE = 56
"""Pixels for the edges and the arrow beside the text."""


class Narrowing(ComboBox):
    """Filters a list by one of `choices` (key: message), or not at all: the first option is `everything`.

    `narrowed`: the user chose another one.
    """

    narrowed = Signal()

    def __init__(self, everything: str, choices: Mapping[str, str]) -> None:
        super().__init__()
        self._choices = {"": everything, **choices}
        self.setFixedHeight(Size.SMALL_BUTTON)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda _at: self.narrowed.emit())
        self.retranslate(Translator.english(), "")

    @property
    def key(self) -> str:
        """The chosen key; empty for everything."""
        return str(self.currentData())

    def step(self) -> None:
        """Choose the next option; after the last comes everything."""
        self.setCurrentIndex((self.currentIndex() + 1) % self.count())
        self.narrowed.emit()

    def widen(self) -> None:
        """Reset to everything without emitting `narrowed`."""
        self.setCurrentIndex(0)

    def let_choose(self, choices: Mapping[str, str], tr: Translator) -> None:
        """Replace the options; the selection is kept where it is still offered."""
        everything = self._choices[""]
        self._choices = {"": everything, **choices}
        self.retranslate(tr, self.accessibleName())

    def retranslate(self, tr: Translator, name: str) -> None:
        """Show the options in another language; `name` is the accessible name."""
        self.setAccessibleName(name)
        offer(self, [(key, tr(text)) for key, text in self._choices.items()], str(self.currentData() or ""))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(tr(self._choices[""])) + _BESIDE)


def offer(box: QComboBox, choices: Sequence[tuple[str, str]], chosen: str) -> None:
    """Fill `box` with (key, text) and select `chosen`, without emitting signals."""
    box.blockSignals(True)
    box.clear()
    for key, text in choices:
        box.addItem(text, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
