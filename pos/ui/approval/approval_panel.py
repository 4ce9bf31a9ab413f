"""Asks for one approval by name and PIN on the page of the step: for this step with these figures, for this sale."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout

from pos.application.text.names import PERMISSION_NAMES, name_of
from pos.application.text.translator import Translator
from pos.domain.errors import BadField
from pos.domain.sales.approval_requirements import most_percent
from pos.domain.staff.staff import SHORTEST_PIN, Approval, ApprovalRequirement, Person, permissions_of
from pos.ui.look.theme import Size, Space
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.input_hints import IN_SIGHT
from pos.ui.widgets.fields.key_positions import ENTERS, digit_of
from pos.ui.widgets.fields.pin_field import PinField
from pos.ui.widgets.spoken.announcements import announce, with_pauses

T = TypeVar("T")
TitleMaker = Callable[[str, Translator], str]
"""Returns in a language what the approval is for; it gets the wording of the permissions."""
Needs = Callable[[], Collection[ApprovalRequirement]]
"""Returns what has to be approved; called on the store's thread."""
Detail = Callable[[ApprovalRequirement, Translator], str]
"""Returns in a language exactly what is approved; empty if the title says it."""


_ONE_ROW = 640
"""The least width, in pixels, for person, PIN and both buttons in one row."""


class ApprovalPanel(Surface):
    """Asks a person whose role has a permission; the approval is bound to a key. `approved` carries the Approval,
    `left` means that none was given.

    The approved figures are shown below the title, and the approval is valid for nothing else. A late answer to a
    question that was closed is dropped. `asking` reports that the panel opens or closes; `narrow` puts the buttons
    below the fields, for a panel at the side.
    """

    approved = Signal(object)
    left = Signal()
    asking = Signal(bool)

    def __init__(self, session: Session, *, narrow: bool = False) -> None:
        super().__init__(Ground.CHOSEN)
        self.setProperty(IN_SIGHT, True)  # who types the PIN answers for the figures above it
        self._session = session
        self._permission, self._key, self._asked_of = "", "", ""
        self._needs: Collection[ApprovalRequirement] = ()
        self._everybody: Sequence[Person] = ()
        self._make_title: TitleMaker | None = None
        self._detail: Detail | None = None
        self._question = 0
        self._is_asked = False
        self._title = TextLabel(role=Role.STRONG, wrap=True)
        self._figures = TextLabel(wrap=True)
        self._wrong = Complaint(Role.SMALL_STRONG)
        self._people = ComboBox()
        self._pin = PinField(session.theme, "", digit_of=digit_of)
        self._pin.submitted.connect(self._try)
        self._give = IconButton(session.theme, icon="shield-check", kind=ButtonKind.TINTED, key="Enter")
        self._leave = IconButton(session.theme, key="Esc")
        self._give.clicked.connect(self._try)
        self._leave.clicked.connect(self.left)
        self._people.setMinimumWidth(170)
        row = hbox(self._people, Stretched(self._pin), spacing=Space.S)
        self._row: QBoxLayout = hbox(Stretched(row), spacing=Space.S)
        self._folds = not narrow
        if not narrow:
            self._row.addLayout(hbox(Stretched(self._leave), Stretched(self._give), spacing=Space.S))
        column = vbox(
            self._title, self._figures, self._row, spacing=Space.S, margins=(Space.M, 12, Space.M, 12), parent=self
        )
        if narrow:
            self._people.setMinimumWidth(130)
            column.addWidget(self._give)
            column.addWidget(self._leave)
        column.addWidget(self._wrong)
        self.setMinimumHeight(2 * Size.BUTTON)
        self.hide()

    @property
    def title(self) -> str:
        """The title of the request."""
        return self._title.text()

    @property
    def figures(self) -> str:
        """What exactly is approved, one line each."""
        return self._figures.text()

    @property
    def pin(self) -> PinField:
        """The field of the PIN."""
        return self._pin

    @property
    def is_asked(self) -> bool:
        """Whether an approval is asked for; the panel is on show once the store has named the approvers."""
        return self._is_asked

    def open(
        self,
        permission: str,
        key: str,
        make_title: TitleMaker | None = None,
        needs: Needs | None = None,
        detail: Detail | None = None,
        asked_of: str = "",
    ) -> None:
        """Ask for an approval of `permission`, bound to `key`; `make_title` says what for, else it is this sale.

        `needs` returns the figures, and perhaps further permissions; `detail` words each of them. `asked_of` names a
        person who is listed first and may confirm whatever their role, because the step concerns them.
        """
        self._permission, self._key, self._make_title, self._detail = permission, key, make_title, detail
        self._asked_of = asked_of
        self._question += 1
        self._is_asked = True
        self._give.setEnabled(True)
        self._wrong.say(None)
        people = self._session.shop.sign_in.people

        def find_out() -> tuple[Sequence[Person], Collection[ApprovalRequirement]]:
            return people(), (needs() if needs is not None else ()) or {ApprovalRequirement(permission)}

        offer, failed = self._while_asked(self._offer), self._while_asked(self._session.report)
        self._session.run(find_out, *self._session.under_way.counted(offer, failed))

    def ask_again(self, needs: Needs, detail: Detail, gone: Callable[[], None]) -> None:
        """The step has changed while it is asked about: its figures are shown again, and the PIN is for those.

        `gone` is called where nothing is left to approve.
        """
        self._question += 1
        self._give.setEnabled(False)

        def read(required: Collection[ApprovalRequirement]) -> None:
            if not required:
                gone()
                return
            self._needs, self._detail = required, detail
            self._give.setEnabled(True)
            self._pin.clear()
            self._wrong.say(None)
            self._fill()

        self._session.run(needs, self._while_asked(read), self._while_asked(lambda _error: gone()))

    def close_down(self) -> bool:
        """Close the panel and clear the typed text; return whether it was open."""
        asked, self._is_asked = self._is_asked, False
        self._pin.clear()
        self._give.setEnabled(True)
        self.hide()
        return asked

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        permissions = sorted(permissions_of(self._needs)) or [self._permission]
        permission = tr(", ").join(name_of(PERMISSION_NAMES, one, tr) for one in permissions)
        title = (
            tr("Approval needed: {act}", act=permission)
            if self._make_title is None
            else self._make_title(permission, tr)
        )
        self._title.setText(title)
        details = () if self._detail is None else (self._detail(need, tr) for need in self._needs)
        self._figures.setText("\n".join(sorted(text for text in details if text)))
        self._figures.setVisible(bool(self._figures.text()))
        self._people.setAccessibleName(tr("Approver"))
        self._pin.setAccessibleName(tr("PIN"))
        self._give.present(tr("Approve"))
        self._leave.present(tr("Cancel"))
        self._wrong.reword()

    def take_key(self, event: QKeyEvent) -> None:
        """Take a key that was pressed beside the open panel: a digit belongs to the PIN and goes nowhere else."""
        digit = digit_of(event)
        if digit is not None:
            self._pin.setFocus(Qt.FocusReason.OtherFocusReason)
            self._pin.push(digit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter gives the approval, Esc leaves."""
        if event.key() in ENTERS:
            self._try()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for all in one row, the buttons go below the fields."""
        super().resizeEvent(event)
        if self._folds:
            is_narrow = event.size().width() < _ONE_ROW
            turned = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
            self._row.setDirection(turned)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.asking.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.asking.emit(not self.isHidden())

    def _offer(self, answer: tuple[Sequence[Person], Collection[ApprovalRequirement]]) -> None:
        session = self._session
        if not session.is_awaited and session.finishing.is_typing:  # what is typed by now is no PIN; a scan may come
            self.close_down()
            session.notify("approval.late", self._late)
            return
        self._everybody, self._needs = answer
        self._fill()
        self._pin.clear()
        self.show()
        self._pin.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _late(self) -> Notice:
        text = self._session.translator("Not done: something else was started before the approval could be asked for.")
        return Notice(Tone.NEARLY, text, seconds=12)

    def _fill(self) -> None:
        """List who may approve it, with its figures; the person who is chosen stays chosen."""
        chosen = self._people.currentData()
        self._people.clear()
        for person in sorted(self._everybody, key=lambda person: person.name != self._asked_of):
            if self._may_allow(person):
                self._people.addItem(person.title, person.name)
        self._people.setCurrentIndex(max(0, self._people.findData(chosen)) if self.isVisible() else 0)
        self.retranslate(self._session.translator)
        announce(self, with_pauses([self.title, *self.figures.splitlines(), self._people.currentText()]))

    def _may_allow(self, person: Person) -> bool:
        """Whether this is another person whose approval reaches further than the asker's role."""
        asking, permissions = self._session.person, permissions_of(self._needs)
        if person.name == self._asked_of:
            return True
        if person.must_choose_pin or not all(person.may(permission) for permission in permissions):
            return False
        if asking is None:
            return True
        if asking.name == person.name:
            return False
        if "discount" not in permissions:
            return True
        return person.discount_limit > asking.discount_limit and person.discount_limit >= most_percent(self._needs)

    def _try(self) -> None:
        name, pin = str(self._people.currentData() or ""), self._pin.pin()
        if not name or not pin or not self._give.isEnabled():  # twice would be two attempts
            return
        if len(pin) < SHORTEST_PIN:  # no PIN of this shop, and no try
            self._refused(BadField("pin", "pin_length"))
            return
        approve, needs, key = self._session.shop.sign_in.approve, self._needs, self._key
        permissions = sorted(permissions_of(needs))
        self._give.setEnabled(False)
        is_hers = name == self._asked_of  # they confirm a step that concerns them: no permission is needed
        granted, allowed = (None, None) if is_hers else (permissions, needs)
        given, refused = self._while_asked(self._given), self._while_asked(self._refused)
        self._session.run(
            lambda: approve(name, pin, granted, key, allowed), *self._session.under_way.counted(given, refused)
        )

    def _while_asked(self, answer: Callable[[T], None]) -> Callable[[T], None]:
        """Wrap a handler of the current question; answers to a closed or repeated question are dropped."""
        question = self._question

        def guarded(value: T) -> None:
            if self._is_asked and question == self._question:
                answer(value)

        return guarded

    def _given(self, approval: Approval) -> None:
        self._session.finishing.turned()  # the Enter of the PIN, pressed twice, is not one of the page
        self.close_down()
        self.approved.emit(approval)

    def _refused(self, error: Exception) -> None:
        self._give.setEnabled(True)
        self._pin.reject()
        self._wrong.say(lambda: self._session.wording(error))
