"""The reason of a return: one of the usual reasons, or the cashier's own words."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.application.text.names import RETURN_REASONS
from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.buttons.key_cap import KeyCap
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel

LONGEST = 200
OWN = "own"
_SHOWN = 3
"""So many usual reasons stand beside the own words."""


class ReasonRow(QWidget):
    """`changed` means another reason, `confirmed` Enter in the field of own words."""

    changed = Signal()
    confirmed = Signal()

    def __init__(
        self, theme: Theme, key: str, usual: Collection[str] = RETURN_REASONS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._usual = list(usual)[:_SHOWN]
        self._keys = (*self._usual, OWN)
        self._translator = Translator.english()
        self._key = ""
        self._name = TextLabel(role=Role.LABEL)
        self._cap = KeyCap(theme, key)
        self.choices = Segmented(theme, "")
        self.own = QLineEdit()
        self.own.setMaxLength(LONGEST)
        self.own.setFixedHeight(Size.BUTTON)
        self.own.hide()
        self.choices.chosen.connect(self.choose)
        self.own.textChanged.connect(lambda _text: self.changed.emit())
        self.own.returnPressed.connect(self.confirmed)
        row = hbox(self._name, self._cap, Stretched(self.choices), spacing=Space.S)
        vbox(row, self.own, spacing=Space.S, margins=0, parent=self)

    @property
    def reason(self) -> str:
        """The reason as it is recorded: one of the usual ones, or own words; empty while none is given."""
        return self.own.text().strip() if self._key == OWN else self._key

    def clear(self) -> None:
        """Clear the reason."""
        self._key = ""
        self.own.clear()
        self.own.hide()
        self._present()

    def choose(self, key: str) -> None:
        """Choose a reason by its key; OWN asks for own words."""
        self._key = key
        self.own.setVisible(key == OWN)
        self._present()
        if key == OWN:
            self.own.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.changed.emit()

    def choose_next(self) -> bool:
        """Choose the next reason; return whether own words are asked for now."""
        index = self._keys.index(self._key) + 1 if self._key else 0
        self.choose(self._keys[index % len(self._keys)])
        return self._key == OWN

    def lock(self, *, on: bool) -> None:
        """Block changes while `on`."""
        self.choices.setEnabled(not on)
        self.own.setEnabled(not on)

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language; the typed text stays."""
        self._translator = tr
        self._name.setText(tr("Reason"))
        self.choices.setAccessibleName(tr("Reason"))
        self.own.setAccessibleName(tr("Reason (free text)"))
        self.own.setPlaceholderText(tr("Choose a reason"))
        self._present()

    def _present(self) -> None:
        texts = {**{text: self._translator(text) for text in self._usual}, OWN: self._translator("Other reason")}
        self.choices.present([Segment(key, texts[key]) for key in self._keys], self._key)
