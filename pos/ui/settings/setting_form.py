"""One option beside the list: what it does, what it takes, its field, and what was wrong with what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from pos.application.setting_kinds import OneOf, RegimeId, Written, YesNo
from pos.application.setting_words import choice_text, name_of_setting, takes_text, value_text
from pos.application.settings import Settings
from pos.application.words import Words
from pos.ui.actions import Actions
from pos.ui.form_page import FormRow
from pos.ui.key_positions import ENTERS
from pos.ui.theme import Space, Theme
from pos.ui.widgets.icon_button import IconButton, Kind
from pos.ui.widgets.segmented import Segment, Segmented
from pos.ui.widgets.surface import Ground, Surface
from pos.ui.widgets.text_label import Role, TextLabel

Choices = Sequence[tuple[str, str]]
"""Values of an option and the words for them."""

_LONGEST = 400


class SettingForm(Surface):
    """An option is typed, chosen from a list, or said yes or no to. `saved`, `reset` tell what to do, `typed` that."""

    saved = Signal()
    reset = Signal()
    typed = Signal()

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__(Ground.PANEL)
        self.name = ""
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._does = TextLabel(wrap=True)
        self.line = QLineEdit()
        self.list = QComboBox()
        self.either = Segmented(theme, "")
        self.rows = tuple(FormRow(field) for field in (self.line, self.list, self.either))
        self._takes = TextLabel(role=Role.LABEL, wrap=True)
        self._shipped = TextLabel(role=Role.LABEL, wrap=True)
        self._holds = TextLabel(role=Role.LABEL, wrap=True)
        self.save = IconButton(theme, icon="save", key=actions.key_text("save_setting"), kind=Kind.PRIMARY)
        self.default = IconButton(theme, icon="rotate-ccw", key=actions.key_text("setting_default"))
        self.save.clicked.connect(self.saved)
        self.default.clicked.connect(self.reset)
        self.line.textEdited.connect(lambda _text: self.typed.emit())
        self.list.activated.connect(lambda _place: self.typed.emit())
        self.either.chosen.connect(lambda _key: self.typed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        column.setSpacing(12)
        for part in (self._title, self._does, *self.rows, self._takes, self._shipped, self.save, self.default):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self._holds)

    def present(self, settings: Settings, name: str, text: str, choices: Choices, words: Words) -> None:
        """Show an option with `text` in its field."""
        self.name = name
        kind = Settings.kind(name)
        shown = self._field(name)
        for row in self.rows:
            row.setVisible(row.field is shown)
            row.complain("")
            row.present(words.within("setting", "Value"))
        if shown is self.either:
            self.either.present([Segment(one, choice_text(one, words)) for one in ("yes", "no")], text)
        elif shown is self.list:
            self.list.clear()
            for value, said in choices:
                self.list.addItem(said, value)
            self.list.setCurrentIndex(self.list.findData(text))
        else:
            self.line.setMaxLength(kind.longest if isinstance(kind, Written) else _LONGEST)
            self.line.setText(text)
        called = name_of_setting(name, words)
        shown.setAccessibleName(called)
        self._title.setText(called)
        self._does.setText(words(Settings.sentence(name)))
        self._takes.setText(takes_text(name, words))
        self._takes.setVisible(shown is self.line)  # a list shows what it takes
        shipped = Settings()
        self._shipped.setText(words("As delivered: {value}", value=value_text(shipped, name, words)))
        self._holds.setText(
            words("In force at once, at every till. Windows of other tills follow at the next sign-in there.")
        )
        self.save.present(words("Save"))
        self.default.present(words("As delivered"))
        self.default.setEnabled(settings.text(name) != shipped.text(name) or text != shipped.text(name))

    def text(self) -> str:
        """What the field holds, as `with_text` reads it."""
        shown = self._field(self.name)
        if shown is self.either:
            return self.either.choice()
        return str(self.list.currentData() or "") if shown is self.list else self.line.text()

    def complain(self, sentence: str) -> None:
        """Say beneath the field what was wrong with it, and put the hand there."""
        row = next(row for row in self.rows if row.field is self._field(self.name))
        row.complain(sentence)
        self.begin()

    @property
    def complaint(self) -> str:
        """What is said to be wrong."""
        return next((row.complaint for row in self.rows if not row.isHidden()), "")

    def begin(self) -> None:
        """The hand begins in the field."""
        field = self._field(self.name)
        if field is self.either:
            self.either.focus_chosen()
        else:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if field is self.line:
            self.line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QWidget.keyPressEvent: Enter saves."""
        if event.key() in ENTERS:
            self.saved.emit()
        else:
            super().keyPressEvent(event)

    def _field(self, name: str) -> QWidget:
        kind = Settings.kind(name)
        if isinstance(kind, YesNo):
            return self.either
        return self.list if isinstance(kind, OneOf | RegimeId) else self.line
