"""One approval by name and PIN, asked for where the act is: for this act, for this sale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
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

T = TypeVar("T")
Telling = Callable[[str, Words], str]
"""Says in a language what the approval is for; it is given the act in words."""


class ApprovalPanel(Surface):
    """Asks somebody whose role may do an act bound to a key. `approved` tells the Approval, `left` that nobody gave it.

    An answer to a question that was given up meanwhile is dropped. `asking` tells when the panel comes and goes;
    `narrow` puts the buttons beneath the fields, for a panel at the side.
    """

    approved = Signal(object)
    left = Signal()
    asking = Signal(bool)

    def __init__(self, session: Session, *, narrow: bool = False) -> None:
        super().__init__(Ground.CHOSEN)
        self._session = session
        self._act, self._key, self._asked_of = "", "", ""
        self._telling: Telling | None = None
        self._question = 0
        self._is_asked = False
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

    def open(self, act: str, key: str, telling: Telling | None = None, asked_of: str = "") -> None:
        """Ask for an approval of `act` for whatever has the `key`; `telling` says what for, else it is this sale.

        `asked_of` names somebody who comes first and may give it whatever her role: the act is hers.
        """
        self._act, self._key, self._telling, self._asked_of = act, key, telling, asked_of
        self._question += 1
        self._is_asked = True
        self._tell_wrong("")
        people = self._session.shop.sign_in.people
        self._session.run(people, self._still(self._offer), self._still(self._session.report))

    def close_down(self) -> bool:
        """Ask no more, and forget what was typed; whether anything was asked."""
        asked, self._is_asked = self._is_asked, False
        self._pin.clear()
        self._give.setEnabled(True)
        self.hide()
        return asked

    def retranslate(self, words: Words) -> None:
        """Say everything in another language."""
        act = name_of(ACTS, self._act, words)
        told = words("Approval for this sale: {act}", act=act) if self._telling is None else self._telling(act, words)
        self._title.setText(told)
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

    def showEvent(self, event: QShowEvent) -> None:
        """Override QWidget.showEvent."""
        super().showEvent(event)
        self.asking.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Override QWidget.hideEvent."""
        super().hideEvent(event)
        self.asking.emit(not self.isHidden())

    def _offer(self, people: Sequence[Person]) -> None:
        self._people.clear()
        for person in sorted(people, key=lambda person: person.name != self._asked_of):
            if self._may_allow(person):
                self._people.addItem(person.title, person.name)
        self.retranslate(self._session.words)
        self._pin.clear()
        self.show()
        self._pin.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _may_allow(self, person: Person) -> bool:
        """Whether the approval of `person` reaches further than the role of whoever asks."""
        asking = self._session.person
        if person.name == self._asked_of:
            return True
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
        acts = None if name == self._asked_of else (act,)
        self._session.run(lambda: approve(name, pin, acts, key), self._still(self._given), self._still(self._refused))

    def _still(self, answer: Callable[[T], None]) -> Callable[[T], None]:
        """The answer to the question of now; one to a question given up, or asked again since, is heard by nobody."""
        question = self._question

        def heard(value: T) -> None:
            if self._is_asked and question == self._question:
                answer(value)

        return heard

    def _given(self, approval: Approval) -> None:
        self.close_down()
        self.approved.emit(approval)

    def _refused(self, error: Exception) -> None:
        self._give.setEnabled(True)
        self._pin.reject()
        self._tell_wrong(self._session.wording(error))

    def _tell_wrong(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
