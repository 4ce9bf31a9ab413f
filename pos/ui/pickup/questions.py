"""What a step of an order asks for, beside the order: a place, a reason, a day, a deposit."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.application.pickup.deposits import DepositDraft
from pos.application.text.formatting import money_text
from pos.application.text.names import METHODS, name_of
from pos.application.text.pickup_words import NO_SHOW_TERMS
from pos.application.text.translator import Translator
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.payment.tender import METHODS as TYPED_METHODS
from pos.ui.look.theme import Size, Space
from pos.ui.page.amount_in_currency import AmountInCurrency
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Part, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.day_box import DateBox
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.spoken.announcements import announce
from pos.ui.widgets.tables.choices import offer

_CASH = "cash"
"""The method that is proposed."""
_LEAST = 100
"""The least width of a button, in pixels."""


class Question(Surface):
    """A question about the order with the code `about`: `given` when it is answered, `left` when it is closed."""

    given = Signal()
    opened = Signal()
    left = Signal()

    def __init__(self, session: Session, *body: Part) -> None:
        super().__init__(Ground.CHOSEN)
        self.session = session
        self.about = ""
        self.title = TextLabel(role=Role.STRONG, wrap=True)
        self.said = TextLabel(role=Role.LABEL, wrap=True)
        self.complaint = Complaint(Role.SMALL_STRONG)
        small = Size.SMALL_BUTTON
        self.save = IconButton(session.theme, icon="check", key="Enter", kind=ButtonKind.TINTED, height=small)
        self.back = IconButton(session.theme, key="Esc", height=small)
        self.save.clicked.connect(self.given)
        self.back.clicked.connect(self.close_down)
        for button in (self.save, self.back):  # the height of words that wrap is that at the least width of the parts
            button.setMinimumWidth(_LEAST)
        buttons = hbox(Stretched(self.save), Stretched(self.back), spacing=Space.S)
        vbox(
            self.title, self.said, *body, self.complaint, buttons,
            spacing=Space.XS, margins=(12, Space.S, 12, Space.S), parent=self,
        )  # fmt: skip
        self.said.hide()
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether it is asked."""
        return not self.isHidden()

    def present(self, title: str, save: str, tr: Translator, said: str = "") -> None:
        """Word it; `said` stands under the title."""
        self.title.setText(title)
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.save.present(save)
        self.back.present(tr("Back"))
        self.complaint.reword()

    @property
    def has_answer(self) -> bool:
        """Whether a person has typed something that would be lost with the question."""
        raise NotImplementedError

    def open(self, about: str) -> None:
        """Ask it about an order."""
        self.about = about
        self.complaint.say(None)
        self.show()
        self.opened.emit()
        self.first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def first(self) -> QWidget:
        """The field that is answered first."""
        raise NotImplementedError

    def close_down(self) -> bool:
        """Close it; return whether it was open."""
        was_open, self.about = self.is_open, ""
        self.hide()
        if was_open:
            self.left.emit()
        return was_open

    def end(self) -> None:
        """It is answered, or what it asked about is on show no more."""
        self.close_down()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        announce(self, f"{self.title.text()} {self.said.text()}".strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter answers, Esc leaves."""
        if event.key() in ENTERS:
            self.given.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_down()
        else:
            super().keyPressEvent(event)


class TextQuestion(Question):
    """Asks for a line of text: where an order lies, or why it is cancelled."""

    def __init__(self, session: Session, longest: int) -> None:
        self.field = QLineEdit()
        self.field.setMaxLength(longest)
        self.field.setFixedHeight(Size.BUTTON)
        super().__init__(session, self.field)

    @property
    def first(self) -> QWidget:
        return self.field

    @property
    def text(self) -> str:
        """What is typed."""
        return self.field.text().strip()

    @property
    def has_answer(self) -> bool:
        return self.field.isModified() and bool(self.text)

    def ask(self, about: str, text: str = "") -> None:
        """Ask about an order; `text` stands in the field and is typed over."""
        self.field.setText(text)
        self.field.selectAll()
        self.open(about)


class DayQuestion(Question):
    """Asks until which day an order is held."""

    def __init__(self, session: Session) -> None:
        self.day = DateBox("", QDate(2000, 1, 1))
        self._asked_with = self.day.date()
        self.day.setFixedHeight(Size.BUTTON)
        super().__init__(session, self.day)

    @property
    def first(self) -> QWidget:
        return self.day

    def ask(self, about: str, day: date) -> None:
        """Ask about an order that is held until the end of a day."""
        self._asked_with = QDate(day.year, day.month, day.day)
        self.day.setDate(self._asked_with)
        self.open(about)

    @property
    def has_answer(self) -> bool:
        return self.day.date() != self._asked_with

    def chosen(self) -> date:
        """The day. Raises BadField for one that was typed and is none."""
        self.day.settle("hold_until")
        day = self.day.date()
        return date(day.year(), day.month(), day.day())


class DepositQuestion(Question):
    """Asks how much a buyer pays ahead, and how; a reference where it is not cash. Enter in the amount answers.

    By which terms the deposit is taken stands under the title: it is what is said to the buyer.

    What comes by card or wallet no till can see: it is asked in place whether it has come, before it is recorded.
    """

    def __init__(self, session: Session) -> None:
        self.approving: DepositDraft | None = None
        """What it is asked about whether it has come."""
        self.money = AmountInCurrency(session)
        self.amount, self.method = self.money.amount, ComboBox()
        self.method.activated.connect(lambda _at: self._show_reference())
        self.reference = QLineEdit()
        self.reference.setFixedHeight(Size.BUTTON)
        super().__init__(
            session,
            self.money,
            self.method,
            self.reference,
        )
        session.settings_changed.connect(lambda _settings: self.reword(session.translator))
        self.money.entered.connect(self.given)
        self.amount.changed.connect(lambda _amount: self.complaint.say(None))
        self._show_reference()

    @property
    def first(self) -> QWidget:
        return self.amount

    @property
    def has_answer(self) -> bool:
        return self.approving is not None or not self.amount.is_empty() or bool(self.typed_reference)

    def ask(self, about: str) -> None:
        """Ask about an order: cash in the price currency, until another is chosen."""
        self._approve(None)
        self.money.begin(self.session.settings.price)
        self.method.setCurrentIndex(self.method.findData(_CASH))
        self._show_reference()
        self.reference.clear()
        self.open(about)

    def reword(self, tr: Translator) -> None:
        """Show everything in another language."""
        if self.approving is None:
            terms = name_of(NO_SHOW_TERMS, self.session.settings.deposit_no_show, tr)
            self.present(tr("How much does the buyer pay ahead?"), tr("Take the deposit"), tr, terms)
        else:
            self._present_approval(self.approving, tr)
        self.money.present(tr("Amount"), tr)
        self.method.setAccessibleName(tr("Payment method"))
        self.reference.setAccessibleName(tr("Reference"))
        self.reference.setPlaceholderText(tr("Reference"))
        offer(self.method, [(one, name_of(METHODS, one, tr)) for one in TYPED_METHODS], self.way)

    @property
    def awaits_approval(self) -> bool:
        """Whether what is typed comes by card or wallet, and was not asked about."""
        return self.approving is None and self.way != _CASH

    def ask_approval(self, draft: DepositDraft) -> None:
        """Ask whether a deposit by card or wallet has come. Esc goes back to what is typed."""
        self._approve(draft)
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, f"{self.title.text()} {self.said.text()}")

    def close_down(self) -> bool:
        if self.approving is None or not self.is_open:
            return super().close_down()
        self._approve(None)
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def end(self) -> None:
        self._approve(None)
        super().end()

    @property
    def way(self) -> str:
        """The chosen method."""
        return str(self.method.currentData() or _CASH)

    @property
    def typed_reference(self) -> str:
        """The reference; empty for cash, which has none."""
        return "" if self.way == _CASH else self.reference.text().strip()

    def typed(self) -> Money:
        """The amount. Raises BadField for none."""
        amount = self.money.typed()
        if amount is None:
            raise BadField("amount", "missing")
        return amount

    def drafted(self) -> DepositDraft:
        """The deposit as it is typed. Raises BadField."""
        terms = self.session.settings.deposit_no_show
        return DepositDraft(self.way, self.typed(), self.typed_reference, terms=terms)

    def _approve(self, draft: DepositDraft | None) -> None:
        self.approving = draft
        self.complaint.say(None)
        for field in (self.money, self.method):
            field.setVisible(draft is None)
        self._show_reference()
        self.reword(self.session.translator)

    def _present_approval(self, draft: DepositDraft, tr: Translator) -> None:
        amount = money_text(draft.amount, tr.language, cash=True)
        if draft.method == "card":
            title, save = tr("Approved on the terminal?"), tr.context("card terminal", "Approved")
            what = tr("{amount} by card", amount=amount)
            hint = tr("Approved: press Enter or F12. Not approved: press Esc, and nothing is recorded.")
        else:
            title, save = tr("Payment received?"), tr("Payment received")
            what = tr("{amount} by QR wallet", amount=amount)
            hint = tr("Received: press Enter or F12. Not received: press Esc, and nothing is recorded.")
        self.present(title, save, tr, f"{what}\n{hint}")

    def _show_reference(self) -> None:
        self.reference.setVisible(self.approving is None and self.way != _CASH)
