"""The card of a sale that is sent: who brings it, where it goes, by which rules it is judged, what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal

from pos.application.text.translator import Translator
from pos.ui.look.theme import Space, Theme
from pos.ui.widgets.buttons.tool_button import ToolButton
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.announcements import Announcer, with_pauses


@dataclass(frozen=True, slots=True)
class ParcelView:
    """A parcel in words. `missing` is what has to be entered before payment; empty parts take no room."""

    parcel: str
    whom: str
    rules: str
    unchecked: str = ""
    missing: str = ""


class ParcelCard(Surface):
    """Shows a ParcelView. `changed` asks for the form, `removed` has the goods carried out."""

    changed = Signal()
    removed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(Ground.CHOSEN)
        self._title = TextLabel(role=Role.STRONG, wrap=True)
        self._parcel = TextLabel(role=Role.STRONG, wrap=True)
        self._whom = TextLabel(role=Role.LABEL, wrap=True)
        self._rules = TextLabel(role=Role.LABEL, wrap=True)
        self._unchecked = TextLabel(role=Role.SMALL_STRONG, wrap=True)
        self._missing = TextLabel(role=Role.SMALL_STRONG, wrap=True)
        for warning in (self._unchecked, self._missing):
            warning.set_tone(Tone.NEARLY)
        self.change = ToolButton(theme, "pencil", worded=False)
        self.remove = ToolButton(theme, "x", worded=False)
        self.change.clicked.connect(self.changed)
        self.remove.clicked.connect(self.removed)
        self._announcer = Announcer(self)
        words = vbox(self._title, self._parcel, spacing=0, margins=(0, Space.S, 0, 0))
        top = hbox(Stretched(words), self.change, self.remove, spacing=0, margins=0)
        vbox(
            top,
            self._whom,
            self._rules,
            self._unchecked,
            self._missing,
            spacing=2,
            margins=(Space.M, 0, Space.XS, Space.S),
            parent=self,
        )
        self.hide()

    @property
    def words(self) -> tuple[str, ...]:
        """What it says, from the top."""
        lines = (self._title, self._parcel, self._whom, self._rules, self._unchecked, self._missing)
        return tuple(line.text() for line in lines if line.text())

    def present(self, view: ParcelView | None, key: str, tr: Translator) -> None:
        """Show the parcel of the sale; nothing where the goods are carried."""
        self.setVisible(view is not None)
        if view is None:
            self._announcer.update("")
            return
        self._title.setText(tr("To be sent"))
        self.change.present(tr("Change parcel"), key)
        self.remove.present(tr("Carry out instead"))
        lines = (
            (self._parcel, view.parcel),
            (self._whom, view.whom),
            (self._rules, view.rules),
            (self._unchecked, view.unchecked),
            (self._missing, view.missing),
        )
        for label, text in lines:
            label.setText(text)
            label.setVisible(bool(text))
        self._announcer.update(with_pauses(self.words))
