"""The steps of a charge at a payment provider, from the payment page: begin, follow, undo it, say what came of it.

Nothing here waits for a partner: the shell sends and asks, and says what it has heard.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from pos.application.outside_partners.charge_customer import ChargeRequest
from pos.application.text.formatting import money_text
from pos.application.text.translator import Translator
from pos.domain.money import Money
from pos.domain.outside_partners.attempt import AttemptState, PartnerAttempt
from pos.domain.outside_partners.payment_code import PaymentCode
from pos.domain.outside_partners.providers import TYPED_TERMINAL
from pos.domain.payment.tender import Tender
from pos.ui.input.actions import PAYMENT
from pos.ui.look.sounds import Sound
from pos.ui.notices.notice_factory import News
from pos.ui.sales.payment.charge_column import ChargeColumn
from pos.ui.sales.payment.charge_words import declined_text, provider_text
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


class ChargeSteps(QObject):
    """Holds the charge of the sale at hand that is open; there is at most one for its money.

    `changed`: it is shown in another state. `came` carries a PartnerAttempt that is done. `refused` carries why one
    was not begun.
    """

    changed = Signal()
    came = Signal(object)
    refused = Signal(object)

    def __init__(self, session: Session, column: ChargeColumn, news: News) -> None:
        super().__init__(column)
        self._session, self._column, self._news = session, column, news
        self._key = ""
        self.charge: PartnerAttempt | None = None
        """The open charge; None for none, and while it is written down."""
        self._is_beginning = False
        self._settled: set[str] = set()
        session.partners.changed.connect(self._hear)
        column.cancelled.connect(self.undo)
        column.decided.connect(lambda done: self.decide(done=done))

    def key_handlers(self) -> dict[str, Callable[[], None]]:
        """The keys of the two answers."""
        return {"charge_paid": lambda: self.decide(done=True), "charge_not_paid": lambda: self.decide(done=False)}

    @property
    def is_open(self) -> bool:
        """Whether a provider is asked for money of this sale, so that no other tender takes it."""
        return self._is_beginning or self.charge is not None

    def open(self, key: str, charges: Sequence[PartnerAttempt]) -> None:
        """Go on with what is known of the sale with this key."""
        if key != self._key:
            self._key, self._is_beginning, self.charge = key, False, None
            self._settled.clear()
        holding = next((one for one in charges if one.holds), None)
        if holding is not None or not self._is_beginning:
            self._take(holding)

    def forget(self) -> None:
        """The sale at hand is another one; what is open stays open at its provider."""
        self._key, self._is_beginning, self.charge = "", False, None

    def begin(self, provider: str, method: str, amount: Money, code: PaymentCode | None = None) -> None:
        """Ask a provider for the money of the sale at hand."""
        person, session, key = self._session.person, self._session, self._key
        if person is None or self.is_open:
            return
        self._is_beginning = True
        request = ChargeRequest(key, provider, method, amount, person.name, code)
        self._news.clear()

        def begun(charge: PartnerAttempt) -> None:
            session.partners.begun.emit(charge.number)
            if key == self._key:
                self._is_beginning = False
                self._take(charge)
                self.changed.emit()

        def failed(error: Exception) -> None:
            if key == self._key:
                self._is_beginning = False
                self.refused.emit(error)
                self.changed.emit()

        session.run(partial(session.shop.charge_at_provider, request), begun, failed)
        self.changed.emit()

    def holds_up(self) -> bool:
        """Whether a charge is open, with which a key that takes money is refused."""
        if not self.is_open:
            return False
        self._session.sounds.play(Sound.REFUSE)
        charge = self.charge

        def make_notice(tr: Translator) -> Notice:
            name = tr("The provider") if charge is None else provider_text(charge.partner, tr)
            key = self._session.actions.key_text("back")
            text = tr("{provider} is asked for this money. Wait, or cancel it with {key}.", provider=name, key=key)
            if charge is not None and charge.partner == TYPED_TERMINAL:
                text = tr("Say first what the terminal shows: approved or declined.")
            return Notice(Tone.NEARLY, text, "hourglass")

        self._news.notify("payment.asked", make_notice, holds=lambda: self.charge is charge)
        return True

    def undo(self) -> None:
        """Esc: what is paid goes back, and the sale may be paid in another way at once. A typed terminal is read."""
        charge, person, session = self.charge, self._session.person, self._session
        if charge is None or person is None:
            return
        if charge.partner == TYPED_TERMINAL:
            self.holds_up()
            return

        def undone(after: PartnerAttempt) -> None:
            session.partners.look_again.emit()
            session.partners.take(after, session.shop.now())

        session.run(partial(session.shop.undo_charge, charge.number, person), undone, self._not_done)

    def give_back(self, tenders: Sequence[Tender]) -> None:
        """Money of providers that no sale needs any more goes back through them."""
        person, session = self._session.person, self._session

        def undone(after: PartnerAttempt) -> None:
            session.partners.look_again.emit()
            session.partners.take(after, session.shop.now())
            self._say(Tone.INFO, "undo-2", partial(_goes_back, after))

        for tender in tenders:
            if tender.provider and person is not None:
                session.run(partial(session.shop.undo_charge, tender.id, person), undone, self._not_done)

    def decide(self, *, done: bool) -> None:
        """What a person saw at the terminal or in the portal."""
        charge, person, session = self.charge, self._session.person, self._session
        if charge is None or person is None or not charge.may_be_decided:
            return
        step = partial(
            session.shop.decide_attempt, charge.number, person, done=done, reference=self._column.reference.text()
        )

        def decided(after: PartnerAttempt) -> None:
            self._column.reference.clear()
            session.partners.take(after, session.shop.now())

        session.run(step, decided, self._not_done)

    def retranslate(self, tr: Translator) -> None:
        """Show it in another language."""
        self._news.retranslate(tr)
        self.present()

    def present(self) -> None:
        """Show the charge."""
        charge, settings = self.charge, self._session.settings
        needed = charge is not None and charge.method in settings.referenced()
        self._column.present(charge, self._session.translator, needed=needed)

    def _not_done(self, error: Exception) -> None:
        """The charge is settled meanwhile, or asked about: what is known of it is read again."""
        session = self._session
        session.sounds.play(Sound.REFUSE)
        self._say(Tone.NEARLY, "triangle-alert", lambda _tr: session.wording(error))
        if self.charge is not None:
            number = self.charge.number
            session.run(partial(session.shop.open_attempts.with_number, number), self._hear, session.report_foreseen)

    def _hear(self, charge: PartnerAttempt | None) -> None:
        """Something is known of an attempt; it may be heard twice, and out of order with the answer to a step here."""
        shown = self.charge
        if charge is None or shown is None or charge.number != shown.number or charge.number in self._settled:
            return
        self._take(charge)
        if charge.is_tender:
            self._settled.add(charge.number)
            self.charge = None
            self.came.emit(charge)
        elif not charge.holds:
            self._settled.add(charge.number)
            self.charge = None
            self._say_why(charge)
        self._news.look_again()
        self.changed.emit()

    def _take(self, charge: PartnerAttempt | None) -> None:
        before, self.charge = self.charge, charge
        was = None if before is None else before.state
        if charge is not None and charge.state is not was and charge.state is AttemptState.ASK_PERSON:
            self._column.reference.clear()
            self._session.finishing.turned()
            self._session.sounds.play(Sound.NOTE)
            if charge.partner == TYPED_TERMINAL and self._session.screen_id == PAYMENT:
                self._column.reference.setFocus()
        self.present()

    def _say_why(self, charge: PartnerAttempt) -> None:
        """It is no tender: it was declined, or is being undone."""
        self._session.finishing.turned()
        if charge.is_undo_asked:
            self._say(Tone.INFO, "undo-2", partial(_is_undone, charge))
        else:
            self._session.sounds.play(Sound.REFUSE)
            self._say(Tone.OVER, "circle-x", partial(declined_text, charge))

    def _say(self, tone: Tone, icon: str, text: Callable[[Translator], str]) -> None:
        self._news.notify("payment.charge", lambda tr: Notice(tone, text(tr), icon))


def _is_undone(charge: PartnerAttempt, tr: Translator) -> str:
    provider, amount = provider_text(charge.partner, tr), money_text(charge.amount, tr.language)
    return tr(
        "{provider}: the payment of {amount} is being cancelled. Choose another way to pay. What is paid after all "
        "goes back automatically.",
        provider=provider, amount=amount,
    )  # fmt: skip


def _goes_back(charge: PartnerAttempt, tr: Translator) -> str:
    provider, amount = provider_text(charge.partner, tr), money_text(charge.amount, tr.language)
    return tr("{amount} goes back through {provider}.", provider=provider, amount=amount)
