"""Which tenders of the payment page a provider takes, and which of them a scanned payment code begins."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from pos.application.outside_partners.refusals import ProviderNotSetUp
from pos.application.sales.take_payment import PaymentInProgress
from pos.application.text.translator import Translator
from pos.application.text.typography import paragraph
from pos.domain.errors import RuleBroken
from pos.domain.money import CURRENCIES, Money
from pos.domain.outside_partners.attempt import PartnerAttempt
from pos.domain.outside_partners.payment_code import SCHEMES, PaymentCode
from pos.domain.outside_partners.providers import PRACTICE, takes_no_part
from pos.ui.input.actions import PAYMENT
from pos.ui.look.event_loop import call_soon
from pos.ui.look.sounds import Sound
from pos.ui.notices.notice_factory import News
from pos.ui.sales.current_sale.opening import PaymentOpening
from pos.ui.sales.payment.change_column import ChangeColumn
from pos.ui.sales.payment.charge_column import ChangeOrCharge, ChargeColumn
from pos.ui.sales.payment.charge_steps import ChargeSteps
from pos.ui.sales.payment.charge_words import provider_text
from pos.ui.sales.payment.entry_column import EntryColumn
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


class PaymentAtHand(Protocol):
    """What the payment page lets its charges do."""

    @property
    def payment(self) -> PaymentInProgress | None:
        """The payment of the sale at hand."""

    def change_tenders(
        self,
        change: Callable[[PaymentInProgress], PaymentInProgress],
        done: Callable[[], None] | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Take a change; `then` comes in place of showing it."""

    def finish_if_paid(self) -> None:
        """Record the sale where nothing is left to pay."""

    def document_scanned(self, text: str) -> None:
        """Take a document to the basket, and let the payment wait."""


class ChargedTenders(QObject):
    """Between the page's tenders and the steps of a charge. The opening of the page says what each provider takes."""

    def __init__(self, session: Session, page: PaymentAtHand, entry: EntryColumn, change: ChangeColumn) -> None:
        super().__init__(entry)
        self.news = News(session.theme, session.translator, flat=True)
        self.column = ChargeColumn(session.theme, session.actions, lambda: session.settings.zone)
        self.steps = ChargeSteps(session, self.column, self.news)
        self.place = ChangeOrCharge(change, self.column)
        self._session, self._page, self._entry = session, page, entry
        self._opening: PaymentOpening | None = None
        self._expected: tuple[PaymentCode, int] | None = None
        self.steps.came.connect(self._came)
        self.steps.refused.connect(self._refused)

    @property
    def key(self) -> str:
        """The key of the sale at hand."""
        return "" if self._opening is None else self._opening.view.key

    def open(self, opening: PaymentOpening) -> None:
        """The page is opened. Money that has come is a tender already."""
        self._opening = opening
        self.steps.open(opening.view.key, opening.charges)

    def expect(self, code: PaymentCode) -> None:
        """A code was scanned with which the page is to be opened at once."""
        self._expected = code, self._session.finishing.begun

    def take_expected(self) -> None:
        """The page is on show: the code that opened it is used, once, unless another key was pressed meanwhile."""
        expected, self._expected = self._expected, None
        if expected is not None and expected[1] == self._session.finishing.begun:
            self.scanned(expected[0])

    def show_charge(self) -> None:
        """Show the open charge in place of the change. The cursor stands on no button then, and in the amount after."""
        is_open = self.steps.is_open
        if is_open is (self.place.currentWidget() is self.column):
            return
        if is_open:
            self.place.show_charge(is_open)
            self._focus(self.column)
        else:
            call_soon(self, lambda: self._focus(self._entry.amount))
            self.place.show_charge(is_open)

    def _focus(self, part: QWidget) -> None:
        """The answer of a provider may come while another page is on show, which keeps the keys."""
        if self._session.screen_id == PAYMENT:
            part.setFocus(Qt.FocusReason.OtherFocusReason)

    def offered(self, payment: PaymentInProgress) -> tuple[str, ...]:
        """The providers that take the next amount; for none of them it is typed."""
        return () if self._opening is None else self._opening.offered.get((payment.method, payment.currency.code), ())

    def takes(self, amount: Money) -> bool:
        """Whether a provider takes an amount of the chosen method: then it is asked, or a code is asked for."""
        payment = self._page.payment
        names = () if payment is None else self.offered(payment)
        if payment is None or not names:
            return False
        at_device = [name for name in names if name not in SCHEMES]
        if at_device:
            chosen = self._entry.through.choice()
            self._begin(chosen if chosen in at_device else at_device[0], amount)
        else:
            self._session.sounds.play(Sound.NOTE)
            self._say(Tone.INFO, "qr-code", partial(_scan_text, names))
        return True

    def scanned(self, code: PaymentCode, *, perhaps_document: bool = False) -> None:
        """A payment code: its provider is asked for what is typed, or for what is left."""
        payment, opening = self._page.payment, self._opening
        if payment is None or opening is None or self.steps.holds_up():
            return
        if perhaps_document:
            self._ask_which(code)
            return
        found = _for_code(code, opening, payment)
        if found is None:
            self._refused(ProviderNotSetUp(code.scheme))
            return
        name, currency = found
        typed, amount = self._entry.amount.is_empty(), self._entry.amount
        if not typed and currency != payment.currency.code:
            self._session.sounds.play(Sound.REFUSE)
            self._say(Tone.NEARLY, "qr-code", partial(_other_currency, name, currency))
            return
        if not typed and amount.doubt is not None:
            self._refused(amount.doubt)
            return
        wanted = payment.choosing(CURRENCIES[currency]).by("qr")
        self._page.change_tenders(lambda one: one.choosing(CURRENCIES[currency]).by("qr"))
        self._begin(name, wanted.remaining() if typed else amount.amount(), code)

    def _begin(self, provider: str, amount: Money, code: PaymentCode | None = None) -> None:
        """Check the tender before its money is asked for: what is too much is refused while nothing has moved."""
        payment = self._page.payment
        if payment is None:
            return
        if takes_no_part(provider):
            amount = Money(amount.minor - amount.minor % 10**amount.currency.digits, amount.currency)
        method = "qr" if code is not None else payment.method

        def check(payment: PaymentInProgress) -> PaymentInProgress:
            payment.by(method).asking(provider, amount)
            return payment

        self._page.change_tenders(check, then=partial(self.steps.begin, provider, method, amount, code))

    def _came(self, charge: PartnerAttempt) -> None:
        """The money is there: a tender, with which the sale is recorded where nothing is left to pay."""
        is_here = self._session.screen_id == PAYMENT and self._session.person is not None
        self._session.finishing.turned()
        self._entry.begin()
        self._session.sounds.play(Sound.ACCEPT)
        self._page.change_tenders(
            lambda payment: payment.charging(charge), then=self._page.finish_if_paid if is_here else None
        )

    def _refused(self, error: Exception) -> None:
        session = self._session
        session.sounds.play(Sound.REFUSE)
        if isinstance(error, RuleBroken):
            self._say(Tone.NEARLY, "triangle-alert", lambda _tr: session.wording(error))
        else:
            session.report_foreseen(error)

    def _ask_which(self, code: PaymentCode) -> None:
        """Nothing goes to a provider: a customer who wants to pay shows another code. A document goes to the basket."""
        self._session.sounds.play(Sound.UNKNOWN)

        def make_notice(tr: Translator) -> Notice:
            text = tr("Document or payment code? This number may be an identity number and is not sent. To pay, the "
                      "customer shows a new code.")  # fmt: skip
            return Notice(Tone.NEARLY, text, "circle-question-mark", tr("It is a document"))

        self.news.notify("payment.said", make_notice, lambda: self._page.document_scanned(code.digits))

    def _say(self, tone: Tone, icon: str, text: Callable[[Translator], str]) -> None:
        self.news.notify("payment.said", lambda tr: Notice(tone, text(tr), icon, seconds=20))


def _for_code(code: PaymentCode, opening: PaymentOpening, payment: PaymentInProgress) -> tuple[str, str] | None:
    """The provider of a code and the currency in which it is asked: the chosen one, else the first that it takes."""
    currencies = (payment.currency.code, *(one for one in CURRENCIES if one != payment.currency.code))
    for currency in currencies:
        names = opening.offered.get(("qr", currency), ())
        for name in (code.scheme, PRACTICE):
            if name in names and payment.rates.knows(CURRENCIES[currency]):
                return name, currency
    return None


def _scan_text(names: tuple[str, ...], tr: Translator) -> str:
    named = tr(", ").join(provider_text(name, tr) for name in names)
    return tr("Scan the payment code on the customer's phone ({providers}).", providers=named)


def _other_currency(name: str, currency: str, tr: Translator) -> str:
    first = tr("{provider} takes {currency}.", provider=provider_text(name, tr), currency=currency)
    return paragraph(tr, (first, tr("Clear the amount, or choose that currency. Then scan again.")))
