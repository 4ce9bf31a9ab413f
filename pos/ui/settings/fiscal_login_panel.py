"""The login of the fiscal register beside the settings: its fields, and a try that changes nothing."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.application.text.translator import Translator
from pos.domain.fiscal.registers import REGISTER_KINDS
from pos.ui.look.theme import Space, Theme
from pos.ui.page.form_page import FormRow
from pos.ui.settings.fiscal_rows import FIELD_TITLES, LOGIN_ROW, SENTENCES, TITLES, FiscalShown, value_text
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.fields.scrolled_fields import ScrolledFields

_LONGEST = 400


class FiscalLoginPanel(Surface):
    """`saved` carries the typed fields by name; what is kept is never shown. `tried` carries nothing."""

    saved = Signal(object)
    tried = Signal()

    def __init__(self, theme: Theme, key: str) -> None:
        """`key` saves a setting; here it saves the fields."""
        super().__init__(Ground.PANEL)
        self._register = ""
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._does = TextLabel(wrap=True)
        self.state = TextLabel(role=Role.STRONG, wrap=True)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        names = dict.fromkeys(field.name for kind in REGISTER_KINDS.values() for field in kind.fields)
        self.fields = {name: _secret_field() for name in names}
        self._rows = {name: FormRow(field) for name, field in self.fields.items()}
        self.trial = IconButton(theme, icon="globe", name="fiscal_try")
        self.save = IconButton(theme, icon="check", key=key, kind=ButtonKind.PRIMARY, name="fiscal_save")
        self.trial.clicked.connect(self.tried)
        self.save.clicked.connect(self.ask_to_save)
        inside = QWidget()
        vbox(
            self._title, self._does, self.state, *self._rows.values(), self._hint, Stretch(),
            spacing=12, margins=0, parent=inside,
        )  # fmt: skip
        vbox(
            Stretched(ScrolledFields(inside)), self.trial, self.save,
            spacing=12, margins=(Space.M, Space.M, Space.M, Space.M), parent=self,
        )  # fmt: skip

    @property
    def is_begun(self) -> bool:
        """Whether something is typed that was not saved."""
        return bool(self._typed())

    def present(self, register: str, shown: FiscalShown, tr: Translator, *, is_busy: bool) -> None:
        """Show which fields of a register are kept."""
        self._register = register
        kind = REGISTER_KINDS[register]
        self._title.setText(tr(TITLES[LOGIN_ROW]))
        self._does.setText(tr(SENTENCES[LOGIN_ROW]))
        self.state.setText(value_text(LOGIN_ROW, shown, tr))
        self._hint.setText(tr("Secret values are never shown again. They are in no backup."))
        asked = {field.name for field in kind.fields}
        for name, row in self._rows.items():
            row.setVisible(name in asked)
            row.present(tr(FIELD_TITLES[name]))
            is_kept = name not in (shown.lacking or ())
            self.fields[name].setPlaceholderText(tr("kept, not shown") if is_kept else "")
        self.trial.present(tr("Test the line"))
        self.save.present(tr("Save"))
        for button in (self.trial, self.save):
            button.setEnabled(not is_busy)

    def begin(self) -> None:
        """Focus the first field."""
        next(iter(self.fields.values())).setFocus()

    def forget(self) -> None:
        """What is typed is dropped: it was saved, or its person has gone."""
        for field in self.fields.values():
            field.clear()

    def ask_to_save(self) -> None:
        """Save what is typed; an empty field stays as it is kept."""
        if self.save.isEnabled() and self.is_begun:
            self.saved.emit(self._typed())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves."""
        if event.key() in ENTERS:
            self.ask_to_save()
        else:
            super().keyPressEvent(event)

    def _typed(self) -> Mapping[str, str]:
        return {name: field.text().strip() for name, field in self.fields.items() if field.text().strip()}


def _secret_field() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(_LONGEST)
    return field
