"""Beside the table of rights: what its changes do, the way back to the usual rights, and saving."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.application.text.translator import Translator
from pos.ui.input.actions import Actions
from pos.ui.look.theme import Space, Theme
from pos.ui.staff.rights_draft import RightsDraft
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.cells import Cells
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel, Words
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.scrolled_fields import ScrolledFields

_LEAST = 240
"""The least width of a button beside another, in pixels."""


class RightsPanel(Surface):
    """`saved`, `reset` and `left` request the steps; `left` is Esc: it gives the changes up, or leads back."""

    saved = Signal()
    reset = Signal()
    left = Signal()

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__(Ground.PANEL)
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self._changes = TextLabel(wrap=True)
        self._wrong = Complaint(Role.SMALL_STRONG)
        self._scope = TextLabel(role=Role.LABEL, wrap=True)
        self.save = IconButton(theme, icon="save", key=actions.key_text("save_person"), kind=ButtonKind.PRIMARY)
        self.default = IconButton(theme, icon="rotate-ccw", key=actions.key_text("rights_default"))
        self.back = IconButton(theme, icon="arrow-left", key=actions.key_text("back"))
        self.save.clicked.connect(self.saved)
        self.default.clicked.connect(self.reset)
        self.back.clicked.connect(self.left)
        inside = QWidget()
        vbox(
            self._title, self._hint, self._changes, self._wrong, Stretch(), self._scope,
            spacing=12, margins=0, parent=inside,
        )  # fmt: skip
        vbox(
            Stretched(ScrolledFields(inside)),
            Cells(self.back, self.default, least=_LEAST, gap=Space.S),
            self.save,
            spacing=12,
            margins=(Space.M, Space.M, Space.M, Space.M),
            parent=self,
        )

    @property
    def changes(self) -> str:
        """What the changes do, a sentence in each line."""
        return self._changes.text()

    @property
    def complaint(self) -> str:
        """Why they cannot be saved."""
        return self._wrong.text()

    def present(self, draft: RightsDraft, tr: Translator, *, is_saved: bool) -> None:
        """Show what the changes do; none are left where they were saved just now."""
        is_changed = bool(draft.texts)
        self._title.setText(tr("Roles and rights"))
        self._hint.setText(
            tr("Managers may do everything, and only they manage staff. Tap a cell, or press Space, to change it.")
        )
        nothing = tr("Rights saved. In force now.") if is_saved else tr("No unsaved changes.")
        self._hint.setVisible(not is_changed)  # the changes have its room
        self._changes.setText("\n".join(draft.sentences(tr)) or nothing)
        self._changes.set_tone(Tone.WITHIN if is_saved and not is_changed else None)
        self._scope.setText(tr("What is saved applies at all tills, for everyone at their next step."))
        self.save.present(tr("Save"))
        self.save.setEnabled(is_changed)
        self.default.present(tr("Default"))
        self.default.setEnabled(not draft.is_usual)
        self.back.present(tr("Discard changes") if is_changed else tr("Back"))

    def complain(self, words: Words | None) -> None:
        """Show why they cannot be saved; None for nothing."""
        self._wrong.say(words)
