"""A page that asks for a few values in one card: each has a label, a field and an error."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segmented
from pos.ui.widgets.drawing.layouts import Gap, Stretch, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel, Words
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.fields.pin_field import PinField

_WIDTH = 640


class FormRow(QWidget):
    """A label, its field, and room for an error below. `beside` puts the label left of the field.

    The error goes as soon as a person types in the field or chooses there.
    """

    def __init__(self, field: QWidget, *, beside: bool = False) -> None:
        super().__init__()
        self.field = field
        self.label = TextLabel(role=Role.BODY if beside else Role.LABEL)
        self._complaint = Complaint(Role.SMALL)
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        if beside:
            row = QHBoxLayout()
            row.setSpacing(Space.M)
            self.label.setFixedWidth(180)
            row.addWidget(self.label)
            row.addWidget(field, 1)
            column.addLayout(row)
        else:
            column.addWidget(self.label)
            column.addWidget(field)
        column.addWidget(self._complaint)
        for changed in _changes_by_hand(field):
            changed.connect(self.excuse)

    def present(self, name: str) -> None:
        """Set the label of the field to `name`, and say its error in the language on show."""
        self.label.setText(name)
        self.field.setAccessibleName(name)
        self.reword()

    def complain(self, words: Words) -> None:
        """Show an error of the field."""
        self._complaint.say(words)
        self.field.setAccessibleDescription(self.complaint)

    def excuse(self, *_: object) -> None:
        """Another value is in the field: the error was about the one before."""
        if self.complaint:
            self._complaint.say(None)
            self.field.setAccessibleDescription("")

    def reword(self) -> None:
        """Say the error in the language on show by now."""
        if self.complaint:
            self._complaint.reword()
            self.field.setAccessibleDescription(self.complaint)

    @property
    def complaint(self) -> str:
        """The error shown."""
        return self._complaint.text()


def _changes_by_hand(field: QWidget) -> list[SignalInstance]:
    """What a field emits when a person types in it or chooses."""
    match field:
        case QLineEdit():
            return [field.textEdited]
        case QComboBox():
            edit = field.lineEdit()
            return [field.activated] if edit is None else [field.activated, edit.textEdited]
        case QDateTimeEdit():
            return [field.dateTimeChanged]
        case QSpinBox():
            return [field.lineEdit().textEdited, field.valueChanged]
        case PinField():
            return [field.changed]
        case Segmented():
            return [field.chosen]
    return []


def complain_at(rows: Mapping[str, FormRow], field: str, words: Words) -> bool:
    """Show the error below its field and focus the field; False if it belongs to none of them."""
    row = rows.get(field)
    if row is None:
        return False
    row.complain(words)
    row.field.setFocus(Qt.FocusReason.OtherFocusReason)
    return True


class FormPage(QScrollArea):
    """Title, one or two sentences, rows, the button at the end. Enter goes to the next field, and from the last one
    on.
    """

    def __init__(self, theme: Theme, icon: str, key: str) -> None:
        super().__init__()
        self._rows: list[FormRow] = []
        self._optional: list[FormRow] = []
        self._title = TextLabel(role=Role.SECTION, wrap=True)
        self._hint = TextLabel(wrap=True)
        self._hint.setProperty("tint", "muted")
        self.button = IconButton(theme, icon=icon, key=key, kind=ButtonKind.PRIMARY, height=Size.PRIMARY)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._card = Surface(Ground.CARD)
        self._fields = QVBoxLayout(self._card)
        self._fields.setContentsMargins(32, Space.L, 32, Space.L)
        self._fields.setSpacing(12)
        column = vbox(Stretch(), self._title, self._hint, Gap(Space.S), self._card, Stretch(2), spacing=Space.S)
        holder = QWidget()
        row = hbox(Stretch(), margins=(Space.L, Space.M, Space.L, Space.M), parent=holder)
        middle = QWidget()
        middle.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        middle.setFixedWidth(_WIDTH)
        row.addWidget(middle)
        row.addStretch(1)
        self.setWidget(holder)

    def fill(self, *rows: FormRow | tuple[FormRow, ...]) -> None:
        """Add these rows, from the top, then the button; a tuple of rows is side by side."""
        for row in rows:
            beside = row if isinstance(row, tuple) else (row,)
            line = QHBoxLayout()
            line.setSpacing(Space.M)
            for one in beside:
                line.addWidget(one, 1, Qt.AlignmentFlag.AlignTop)
                one.field.installEventFilter(self)
                self._rows.append(one)
            self._fields.addLayout(line)
        self._fields.addSpacing(Space.S)
        self._fields.addWidget(self.button)

    def add_optional(self, row: FormRow) -> None:
        """Add a row above the button to which Enter does not lead; in its own field Enter goes on."""
        self._fields.insertWidget(self._fields.count() - 2, row)
        row.field.installEventFilter(self)
        self._optional.append(row)

    def present(self, title: str, hint: str, button: str) -> None:
        """Set the texts around the rows."""
        self._title.setText(title)
        self._hint.setText(hint)
        self.button.present(button)

    def clear_errors(self) -> None:
        """Remove all errors."""
        for row in (*self._rows, *self._optional):
            row.excuse()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter moves on, and the field with the focus is scrolled into view."""
        fields = [row.field for row in self._rows]
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.ensureWidgetVisible(watched)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() not in ENTERS:
            return False
        if any(row.field is watched for row in self._optional):
            self.button.click()
            return True
        index = next((n for n, field in enumerate(fields) if field is watched), None)
        if index is None:
            return False
        if index + 1 < len(fields):
            fields[index + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.button.click()
        return True
