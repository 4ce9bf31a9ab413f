"""Says what became of money at payment providers when no page is waiting for it: late, back, or to be looked up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos.application.text.formatting import money_text
from pos.application.text.names import name_of
from pos.application.text.partner_words import PROVIDERS
from pos.application.text.typography import paragraph
from pos.domain.outside_partners.attempt import AttemptKind, AttemptState, PartnerAttempt
from pos.ui.input.actions import PARKED, PAYMENT
from pos.ui.sales.payment.charge_words import reason_text
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.application.outside_partners.settle_attempts import UnsettledMoney
    from pos.domain.staff.staff import Person
    from pos.ui.session.session import Session

_SECONDS = 20


class PartnerNotices(QObject):
    """Says to each person who signs in what waits for a person; what comes later is said when it comes."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._late: set[str] = set()
        self._refused: dict[str, PartnerAttempt] = {}
        self._begun_here: set[str] = set()
        self._to_look = self._said = 0
        session.person_changed.connect(self._person_changed)
        session.page_shown.connect(lambda _screen_id: self._speak())
        session.partners.begun.connect(self._begun_here.add)
        session.partners.changed.connect(self._hear)

    def _person_changed(self, person: Person | None) -> None:
        self._said = 0
        self._refused.clear()  # said to the person before; to this one they are among the others
        if person is not None and person.may("sell"):
            self._look()

    def _look(self) -> None:
        self._session.run(self._session.shop.open_attempts, self._take, lambda _error: None)

    def _take(self, unsettled: Sequence[UnsettledMoney]) -> None:
        owed = [{one.attempt.number, *(refund.number for refund in one.refunds)} for one in unsettled if one.owed]
        before = len(self._refused)
        still = set().union(*owed)
        self._refused = {number: refund for number, refund in self._refused.items() if number in still}
        said = sum(not numbers.isdisjoint(self._refused) for numbers in owed)
        self._to_look = sum(one.needs_person for one in unsettled) - said
        self._said = min(self._said, self._to_look)
        if not self._to_look:
            self._session.withdraw("payment.look")
        if not self._refused:
            self._session.withdraw("payment.refund_refused")
        elif len(self._refused) < before:  # another one stands behind it
            self._tell_refused([*self._refused.values()][-1])
        self._speak()

    def _speak(self) -> None:
        """Say what waits for a person, once; at a payment it waits, and on the page of parked sales it is on show."""
        if self._session.screen_id == PARKED:
            self._said = self._to_look
        elif self._to_look > self._said and self._session.screen_id != PAYMENT and self._session.person is not None:
            self._said = self._to_look
            self._tell_to_look()

    def _tell_to_look(self) -> None:
        session, count = self._session, self._to_look

        def news() -> Notice:
            tr = session.translator
            text = tr.plural(
                "{n} payment at a provider needs you: look, refund it, or finish its sale.",
                "{n} payments at providers need you: look, refund them, or finish their sales.",
                count,
            )
            return Notice(Tone.NEARLY, text, "eye", tr("Show"))

        session.notify("payment.look", news, lambda: session.go(PARKED), holds=lambda: bool(self._to_look))

    def _hear(self, attempt: PartnerAttempt) -> None:
        if attempt.kind is AttemptKind.REFUND:
            self._hear_refund(attempt)
        elif attempt.state is AttemptState.DONE and attempt.is_undo_asked and attempt.number not in self._late:
            self._late.add(attempt.number)
            self._tell_late(attempt)
        elif attempt.state in (AttemptState.UNDONE, AttemptState.REFUSED) and attempt.number not in self._begun_here:
            self._tell_not_paid(attempt)
        if attempt.state is AttemptState.ASK_PERSON or not attempt.is_open:
            self._look()

    def _hear_refund(self, refund: PartnerAttempt) -> None:
        session = self._session
        if refund.state is AttemptState.DONE:
            self._late.discard(refund.original)
            session.withdraw("payment.late")

            def news() -> Notice:
                tr = session.translator
                amount, provider = money_text(refund.amount, tr.language), name_of(PROVIDERS, refund.partner, tr)
                text = tr("{amount} has gone back through {provider}.", amount=amount, provider=provider)
                return Notice(Tone.WITHIN, text, "undo-2", seconds=_SECONDS)

            session.notify("payment.back", news)
        elif refund.state is AttemptState.REFUSED:
            self._late.discard(refund.original)
            session.withdraw("payment.late")
            self._refused[refund.number] = refund
            self._tell_refused(refund)

    def _tell_not_paid(self, charge: PartnerAttempt) -> None:
        """The till had stopped during this payment, and no page waits for it."""
        session = self._session

        def news() -> Notice:
            tr = session.translator
            amount, provider = money_text(charge.amount, tr.language), name_of(PROVIDERS, charge.partner, tr)
            text = tr("{provider}: {amount} was not paid. The till had stopped during this payment.",
                      provider=provider, amount=amount)  # fmt: skip
            return Notice(Tone.INFO, text, "undo-2")

        session.notify("payment.not_paid", news)

    def _tell_refused(self, refund: PartnerAttempt) -> None:
        """It was said to go back by itself: now a person gives it back, or asks again."""
        session = self._session

        def news() -> Notice:
            tr = session.translator
            amount, provider = money_text(refund.amount, tr.language), name_of(PROVIDERS, refund.partner, tr)
            said = tr("{provider} has not refunded {amount}. Ask again, or refund it in another way.",
                      provider=provider, amount=amount)  # fmt: skip
            return Notice(Tone.OVER, paragraph(tr, (said, reason_text(refund, tr))), "undo-2", tr("Show"))

        session.notify(
            "payment.refund_refused", news, lambda: session.go(PARKED), holds=lambda: refund.number in self._refused
        )

    def _tell_late(self, charge: PartnerAttempt) -> None:
        """The customer was quicker than the undo, or took off what they had paid."""
        session = self._session

        def news() -> Notice:
            tr = session.translator
            amount = money_text(charge.paid or charge.amount, tr.language)
            provider = name_of(PROVIDERS, charge.partner, tr)
            text = tr("{amount} was paid through {provider} and is not needed. It goes back automatically.",
                      amount=amount, provider=provider)  # fmt: skip
            return Notice(Tone.NEARLY, text, "undo-2")

        session.notify("payment.late", news, holds=lambda: charge.number in self._late)
