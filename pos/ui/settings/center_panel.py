"""The center beside the settings: whether the till takes part and where, the field of its pass, a test, leaving."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from pos.application.membership.join_center import CenterMembership
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.page.form_page import FormRow
from pos.ui.settings.center_row import DOES
from pos.ui.settings.first_start.center_row import LONGEST_PASS
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.fields.scrolled_fields import ScrolledFields


class CenterPanel(Surface):
    """Shows a CenterMembership. `joined` carries the text of a pass, `file_chosen` the path of its file; `tested` and
    `leaving` ask for the line to be tried, and for leaving the center.
    """

    joined = Signal(str)
    file_chosen = Signal(object)
    tested = Signal()
    leaving = Signal()

    def __init__(self, theme: Theme, key: str) -> None:
        """`key` saves a setting; here it joins."""
        super().__init__(Ground.PANEL)
        self._translator = Translator.english()
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._does = TextLabel(wrap=True)
        self.state = TextLabel(role=Role.STRONG, wrap=True)
        self.where = TextLabel(role=Role.LABEL, wrap=True)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.pass_field = QLineEdit()
        self.pass_field.setEchoMode(QLineEdit.EchoMode.Password)  # who reads it acts as this till
        self.pass_field.setMaxLength(LONGEST_PASS)
        self.row = FormRow(self.pass_field)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.choose = IconButton(theme, icon="upload", height=Size.SMALL_BUTTON, name="center_pass_file")
        self.test = IconButton(theme, icon="globe", name="center_test")
        self.leave = IconButton(theme, icon="log-out", name="center_leave")
        self.join = IconButton(theme, icon="check", key=key, kind=ButtonKind.PRIMARY, name="center_join")
        self.choose.clicked.connect(self._ask_file)
        self.test.clicked.connect(self.tested)
        self.leave.clicked.connect(self.leaving)
        self.join.clicked.connect(self.ask_to_join)
        inside = QWidget()
        vbox(
            self._title, self._does, self.state, self.where, self.row, self._hint, self.choose, Stretch(),
            spacing=12, margins=0, parent=inside,
        )  # fmt: skip
        vbox(
            Stretched(ScrolledFields(inside)), self.test, self.leave, self.join,
            spacing=12, margins=(Space.M, Space.M, Space.M, Space.M), parent=self,
        )  # fmt: skip

    @property
    def is_begun(self) -> bool:
        """Whether a pass is in the field that was not used."""
        return bool(self.pass_field.text())

    def present(self, shown: CenterMembership | None, shop: str, till: str, tr: Translator, *, is_busy: bool) -> None:
        """Show the membership, None while it is not known; `shop` and `till` are what it is called here."""
        self._translator = tr
        self._title.setText(tr("Center"))
        self._does.setText(tr(DOES))
        is_member = shown is not None and shown.is_member
        state = tr("Takes part in a center.") if is_member else tr("Does not take part in a center.")
        self.state.setText("" if shown is None else state)
        lines = []
        if shown is not None and shown.is_member:
            lines = [labelled(tr, tr("Address"), shown.address), labelled(tr, tr("Shop"), shop)]
            lines += [tr("Till {till}", till=till)]
        if shown is not None and shown.waiting:
            lines += [tr.plural("{n} change to be sent", "{n} changes to be sent", shown.waiting)]
        self.where.setText("\n".join(lines))
        self.where.setVisible(bool(lines))
        self.row.present(tr("New pass of this till") if is_member else tr("Pass of this till"))
        self._hint.setText(tr("Paste the text that the center's people gave for this till. It is never shown again."))
        self.choose.present(tr("Choose a file"))
        self.test.present(tr("Test the line"))
        self.leave.present(tr("Leave the center"))
        self.join.present(tr("Use the new pass") if is_member else tr("Join the center"))
        for button in (self.test, self.leave):
            button.setVisible(is_member)
        for button in (self.choose, self.test, self.leave, self.join):
            button.setEnabled(not is_busy)

    def begin(self) -> None:
        """Focus the field of the pass."""
        self.pass_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.pass_field.selectAll()

    def forget(self) -> None:
        """The pass is used, or its person has gone: the field is empty again."""
        self.pass_field.clear()
        self.row.excuse()

    def ask_to_join(self) -> None:
        """Join by the pass in the field; an empty one is asked for."""
        if not self.join.isEnabled():
            return
        if self.is_begun:
            self.joined.emit(self.pass_field.text())
        else:
            self.row.complain(lambda: self._translator("It cannot be empty."))
            self.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter joins."""
        if event.key() in ENTERS:
            self.ask_to_join()
        else:
            super().keyPressEvent(event)

    def _ask_file(self) -> None:
        tr = self._translator
        name, _kind = QFileDialog.getOpenFileName(self, tr("Pass of this till"), str(Path.home()), tr("All files (*)"))
        if name:
            self.file_chosen.emit(Path(name))
