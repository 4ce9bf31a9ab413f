"""A payment provider beside the settings: its fields, a test of the line, the pairing of a terminal, forgetting it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from pos.application.outside_partners.set_up_provider import ProviderShown
from pos.application.text.names import name_of
from pos.application.text.partner_words import PROVIDERS
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.outside_partners.providers import PROVIDER_KINDS, CredentialField, FieldKind
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.page.form_page import FormRow
from pos.ui.settings.provider_words import DOES, FIELD_TITLES, state_text
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.fields.scrolled_fields import ScrolledFields

_LONGEST = 200


class _FileRow(QWidget):
    """A field that is given as a file: its name, whether one is kept, and the button that chooses one."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._title = TextLabel(role=Role.LABEL, wrap=True)
        self.state = TextLabel(wrap=True)
        self.button = IconButton(theme, icon="upload", height=Size.SMALL_BUTTON, name=f"provider_file_{name}")
        self.button.clicked.connect(self._ask)
        vbox(self._title, self.state, self.button, spacing=Space.XS, margins=0, parent=self)
        self._words = ("", "")

    def present(self, title: str, state: str, tr: Translator) -> None:
        """Show what is kept, or which file was chosen."""
        self._words = title, tr("All files (*)")
        self._title.setText(title)
        self.state.setText(state)
        self.button.present(tr("Choose a file"), name=labelled(tr, title, tr("Choose a file")))

    def _ask(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, self._words[0], str(Path.home()), self._words[1])
        if name:
            self.chosen.emit(Path(name))


class ProviderPanel(Surface):
    """Shows a ProviderShown. `saved` carries typed fields by name, `file_chosen` a field and a path; `tested`, `paired`
    and `forgotten` carry nothing: they are about the provider on show.
    """

    saved = Signal(object)
    file_chosen = Signal(str, object)
    tested = Signal()
    paired = Signal(str, str)
    forgotten = Signal()

    def __init__(self, theme: Theme, key: str) -> None:
        """`key` saves a setting; here it saves the fields."""
        super().__init__(Ground.PANEL)
        self.shown: ProviderShown | None = None
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._does = TextLabel(wrap=True)
        self.state = TextLabel(role=Role.STRONG, wrap=True)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        inside = QWidget()
        self._rows: dict[tuple[str, str], FormRow | _FileRow] = {}
        for kind in PROVIDER_KINDS.values():
            for field in kind.fields:
                if not field.made_by_pairing:
                    self._rows[kind.name, field.name] = self._row(theme, field)
        rows = list(self._rows.values())
        vbox(
            self._title, self._does, self.state, *rows, self._hint, Stretch(), spacing=12, margins=0, parent=inside
        )  # fmt: skip
        self.pair = IconButton(theme, icon="lock", name="provider_pair")
        self.test = IconButton(theme, icon="globe", name="provider_test")
        self.forget_button = IconButton(theme, icon="trash-2", name="provider_forget")
        self.save = IconButton(theme, icon="check", key=key, kind=ButtonKind.PRIMARY, name="provider_save")
        self.pair.clicked.connect(self._ask_to_pair)
        self.test.clicked.connect(self.tested)
        self.forget_button.clicked.connect(self.forgotten)
        self.save.clicked.connect(self.ask_to_save)
        vbox(
            Stretched(ScrolledFields(inside)), self.pair, self.test, self.forget_button, self.save,
            spacing=12, margins=(Space.M, Space.M, Space.M, Space.M), parent=self,
        )  # fmt: skip

    @property
    def is_begun(self) -> bool:
        """Whether a value is typed that was not saved."""
        shown = self.shown
        return shown is not None and any(
            text != shown.values.get(name, "") for name, text in self._typed().items()
        )  # fmt: skip

    def present(self, shown: ProviderShown, tr: Translator, *, is_busy: bool, afresh: bool) -> None:
        """Show a provider; `afresh` puts what is kept into the fields."""
        other = self.shown is None or self.shown.name != shown.name
        self.shown = shown
        self._title.setText(name_of(PROVIDERS, shown.name, tr))
        self._does.setText(tr(DOES))
        self.state.setText(state_text(shown, tr))
        for (name, field), row in self._rows.items():
            row.setVisible(name == shown.name)
            title = tr(FIELD_TITLES[field])
            if isinstance(row, _FileRow):
                row.present(title, tr("kept, not shown") if field in shown.kept else tr("none"), tr)
                row.button.setEnabled(not is_busy)
            else:
                row.present(title)
                if name == shown.name and (other or afresh) and isinstance(row.field, QLineEdit):
                    row.field.setText(shown.values.get(field, ""))
        is_paired = any(field.made_by_pairing for field in PROVIDER_KINDS[shown.name].fields)
        self._hint.setText(tr("Secret values are never shown again. They are in no backup."))
        self.pair.present(tr("Pair with the terminal"))
        self.test.present(tr("Test the line"))
        self.forget_button.present(tr("Remove from this till"))
        self.save.present(tr("Save"))
        self.pair.setVisible(is_paired)
        self.save.setVisible(not is_paired)
        self.forget_button.setVisible(bool(shown.kept))
        for button in (self.pair, self.test, self.forget_button, self.save):
            button.setEnabled(not is_busy)

    def begin(self) -> None:
        """Focus the first field."""
        for (name, _field), row in self._rows.items():
            if self.shown is not None and name == self.shown.name and isinstance(row, FormRow):
                row.field.setFocus()
                return

    def forget(self) -> None:
        """What is typed is dropped."""
        self.shown = None

    def ask_to_save(self) -> None:
        """Save what is typed; a terminal is paired."""
        if not self.save.isEnabled():
            return
        if self.pair.isVisible():
            self._ask_to_pair()
        else:
            self.saved.emit(self._typed())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves."""
        if event.key() in ENTERS:
            self.ask_to_save()
        else:
            super().keyPressEvent(event)

    def _typed(self) -> Mapping[str, str]:
        shown = self.shown
        return {
            field: row.field.text().strip()
            for (name, field), row in self._rows.items()
            if shown is not None
            and name == shown.name
            and isinstance(row, FormRow)
            and isinstance(row.field, QLineEdit)
        }

    def _ask_to_pair(self) -> None:
        typed = self._typed()
        self.paired.emit(typed.get("address", ""), typed.get("till_name", ""))

    def _row(self, theme: Theme, field: CredentialField) -> FormRow | _FileRow:
        if field.kind is FieldKind.FILE:
            row = _FileRow(theme, field.name)
            row.chosen.connect(partial(self.file_chosen.emit, field.name))
            return row
        edit = QLineEdit()
        edit.setMaxLength(_LONGEST)
        return FormRow(edit)
