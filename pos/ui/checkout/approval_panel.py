"""One approval by name and PIN, asked for where the act is: for this act, for this sale."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from pos.application.names import ACTS, name_of
from pos.application.words import Words
from pos.domain.staff import DISCOUNT_LIMIT, Approval, Person
from pos.ui.key_positions import digit_of
from pos.ui.session import Session
from pos.ui.theme import Size, Space
from pos.ui.widgets.icon_button import IconButton, Kind
from pos.ui.widgets.pin_field import PinField
from pos.ui.widgets.surface import Ground, Surface
from pos.ui.widgets.text_label import Role, TextLabel
from pos.ui.widgets.tone import Tone


class ApprovalPanel(Surface):
    """Asks somebody whose role may do `act`. `approved` tells the Approval, `left` that nobody gave it.

    `narrow` puts the buttons beneath the fields, for a panel at the side.
    """

    approved = Signal(object)
    left = Signal()

    def __init__(self, session: Session, *, narrow: bool = False) -> None:
        super().__init__(Ground.CHOSEN)
        self._session = session
        self._act, self._key, self._whose = "", "", ""
        self._title = TextLabel(role=Role.STRONG, wrap=True)
        self._wrong = TextLabel(role=Role.SMALL_STRONG, wrap=True)
        self._wrong.set_tone(Tone.OVER)
        self._wrong.hide()
        self._people = QComboBox()
        self._pin = PinField(session.theme, "", digit_of=digit_of)
        self._pin.submitted.connect(self._try)
        self._give = IconButton(session.theme, icon="shield-check", kind=Kind.TINTED, key="Enter")
        self._leave = IconButton(session.theme, key="Esc")
        self._give.clicked.connect(self._try)
        self._leave.clicked.connect(self.left)
        self._people.setMinimumWidth(170)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._people)
        row.addWidget(self._pin, 1)
        if not narrow:
            row.addWidget(self._leave)
            row.addWidget(self._give)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, 12, Space.M, 12)
        column.setSpacing(Space.S)
        column.addWidget(self._title)
        column.addLayout(row)
        if narrow:
            self._people.setMinimumWidth(130)
            column.addWidget(self._give)
            column.addWidget(self._leave)
        column.addWidget(self._wrong)
        self.setMinimumHeight(2 * Size.BUTTON)
        self.hide()

    @property
    def title(self) -> str:
        """What is asked for."""
        return self._title.text()

    @property
    def pin(self) -> PinField:
        """The field of the PIN."""
        return self._pin

    def open(self, act: str, key: str, whose: str = "") -> None:
        """Ask for an approval of `act` for the sale with `key`; `whose` names those of a party whose goods need it."""
        self._act, self._key, self._whose = act, key, whose
        self._tell_wrong("")
        self._session.run(self._session.shop.sign_in.people, self._offer)

    def close_down(self) -> None:
        """Ask no more, and forget what was typed."""
        self._pin.clear()
        self.hide()

    def retranslate(self, words: Words) -> None:
        """Say everything in another language."""
        title = words("Approval for this sale: {act}", act=name_of(ACTS, self._act, words))
        self._title.setText(f"{title} ({self._whose})" if self._whose else title)
        self._people.setAccessibleName(words("Who approves"))
        self._pin.setAccessibleName(words("PIN"))
        self._give.present(words("Approve"))
        self._leave.present(words("Cancel"))

    def take_key(self, event: QKeyEvent) -> None:
        """A key that was pressed beside the panel while it asks: a digit is one of the PIN, and nobody else's."""
        digit = digit_of(event)
        if digit is not None:
            self._pin.setFocus(Qt.FocusReason.OtherFocusReason)
            self._pin.push(digit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QWidget.keyPressEvent: Enter gives the approval, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._try()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _offer(self, people: Sequence[Person]) -> None:
        self._people.clear()
        for person in people:
            if self._may_allow(person):
                self._people.addItem(person.title, person.name)
        self.retranslate(self._session.words)
        self._pin.clear()
        self.show()
        self._pin.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _may_allow(self, person: Person) -> bool:
        """Whether the approval of `person` reaches further than the role of whoever asks."""
        asking = self._session.person
        if not person.may(self._act):
            return False
        if self._act != "discount" or asking is None:
            return True
        return DISCOUNT_LIMIT[person.role] > DISCOUNT_LIMIT[asking.role]

    def _try(self) -> None:
        name, pin = str(self._people.currentData() or ""), self._pin.pin()
        if not name or not pin:
            return
        approve, act, key = self._session.shop.sign_in.approve, self._act, self._key
        self._give.setEnabled(False)
        self._session.run(lambda: approve(name, pin, (act,), key), self._given, self._refused)

    def _given(self, approval: Approval) -> None:
        self._give.setEnabled(True)
        self.hide()
        self.approved.emit(approval)

    def _refused(self, error: Exception) -> None:
        self._give.setEnabled(True)
        self._pin.reject()
        self._tell_wrong(self._session.wording(error))

    def _tell_wrong(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
