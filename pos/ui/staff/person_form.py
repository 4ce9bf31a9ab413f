"""One person beside the list: display name, role and actions; or a new person."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.application.ports.staff_ports import StaffRecord
from pos.application.text.names import ROLES, name_of
from pos.application.text.translator import Translator
from pos.domain.errors import BadField
from pos.domain.staff.rights import ROLES as ALL_ROLES
from pos.domain.staff.staff import NameTaken
from pos.ui.input.actions import Actions
from pos.ui.look.theme import Space, Theme
from pos.ui.page.form_page import FormRow, complain_at
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel, Words
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.fields.scrolled_fields import ScrolledFields

NOTHING_NEW = ("", "", "cashier")


class PersonForm(Surface):
    """Edits a person, or with None adds one. `saved`, `pin_requested` and `switched` request the steps, `edited` says
    that something was typed or chosen.
    """

    edited = Signal()
    saved = Signal()
    pin_requested = Signal()
    switched = Signal()
    """Disable, or enable again."""

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__(Ground.PANEL)
        self.record: StaffRecord | None = None
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.name = QLineEdit()
        self.name.setMaxLength(40)
        self.shown = QLineEdit()
        self.shown.setMaxLength(60)
        self.role = Segmented(theme, "")
        self.rows = {"name": FormRow(self.name), "title": FormRow(self.shown), "role": FormRow(self.role)}
        self.save = IconButton(theme, icon="save", key=actions.key_text("save_person"), kind=ButtonKind.PRIMARY)
        self.pin = IconButton(theme, icon="user-cog", key=actions.key_text("person_pin"))
        self.switch = IconButton(theme, icon="ban", key=actions.key_text("disable_person"))
        self.shown.textEdited.connect(lambda _text: self.edited.emit())
        self.role.chosen.connect(lambda _role: self.edited.emit())
        self.save.clicked.connect(self.saved)
        self.pin.clicked.connect(self.pin_requested)
        self.switch.clicked.connect(self.switched)
        fields = QWidget()
        vbox(self._title, self._hint, *self.rows.values(), Stretch(), spacing=12, margins=0, parent=fields)
        vbox(
            Stretched(ScrolledFields(fields)),
            self.pin,
            self.switch,
            self.save,
            spacing=12,
            margins=(Space.M, Space.M, Space.M, Space.M),
            parent=self,
        )

    def present(self, record: StaffRecord | None, summary: str, tr: Translator) -> None:
        """Show a person, with `facts` below the name; None asks for a new one. Typed text is dropped."""
        self.record = record
        self.name.setText("")
        self.shown.setText("" if record is None else record.person.title)
        self._summary = summary
        self.clear_errors()
        self.retranslate(tr, "cashier" if record is None else record.person.role)

    def retranslate(self, tr: Translator, role: str | None = None) -> None:
        """Show everything in another language; typed and chosen values stay."""
        record = self.record
        person = None if record is None else record.person
        self._title.setText(tr("New staff member") if person is None else person.title)
        hint = tr("A one-time PIN is shown when you save. The staff member replaces it at the first sign-in.")
        self._hint.setText(hint if person is None else self._summary)
        self.rows["name"].present(tr("Sign-in name"))
        self.rows["title"].present(tr("Display name"))
        self.rows["role"].present(tr("Role"))
        self.rows["name"].setVisible(person is None)
        chosen = self.role.choice() if role is None else role
        self.role.present([Segment(one, name_of(ROLES, one, tr)) for one in ALL_ROLES], chosen)
        self.save.present(tr("Add") if person is None else tr("Save"))
        self.pin.present(tr("New one-time PIN"))
        active = person is None or person.active
        self.switch.present(tr("Disable") if active else tr("Enable"), icon="ban" if active else "user-check")
        self.pin.setVisible(person is not None and active)
        self.switch.setVisible(person is not None)

    @property
    def typed(self) -> tuple[str | None, str | None]:
        """The name and the role that differ from those of the person; None for what is as it was."""
        if self.record is None:
            return None, None
        person, title, role = self.record.person, self.shown.text(), self.role.choice()
        return (None if title.strip() == person.title else title), (None if role == person.role else role)

    @property
    def new(self) -> tuple[str, str, str]:
        """Sign-in name, displayed name and role of a new person, as far as they are typed."""
        name, title = self.name.text(), self.shown.text()
        return (name, title, self.role.choice()) if name or title else NOTHING_NEW

    def put_new(self, new: tuple[str, str, str], tr: Translator) -> None:
        """Show a new person as far as they were typed before."""
        name, title, role = new
        self.name.setText(name)
        self.retype(title, role, tr)

    def retype(self, title: str | None, role: str | None, tr: Translator) -> None:
        """Put back what was typed and chosen before."""
        if title is not None:
            self.shown.setText(title)
        if role is not None:
            self.retranslate(tr, role)

    def complain(self, error: Exception, words: Words) -> bool:
        """Show the error below its field; False if it belongs to none of them."""
        field = error.field if isinstance(error, BadField | NameTaken) else ""
        return complain_at(self.rows, field, words)

    def clear_errors(self) -> None:
        """Remove all errors."""
        for row in self.rows.values():
            row.excuse()

    def begin(self) -> None:
        """Focus the first field."""
        field = self.name if self.record is None else self.shown
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves from field to field, and saves at the end."""
        if event.key() not in ENTERS:
            super().keyPressEvent(event)
        elif self.name.hasFocus():
            self.shown.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.saved.emit()
