"""Do what is due about an attempt: send it, ask about it, or undo it. It blocks as long as a call may take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pos.application.access.retry import retry_idempotent
from pos.application.outside_partners.charge_customer import ChargesAtHand
from pos.application.outside_partners.follow_up import locked_attempt, save
from pos.application.ports.partner_ports import ChargeMade, ChargeOrder, PaymentProvider, PaymentProviders
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.domain.outside_partners.answers import Answer, Lost
from pos.domain.outside_partners.attempt import AttemptKind, PartnerAttempt, Step
from pos.domain.outside_partners.rhythm import PartnerRhythm

_WITHOUT_PROVIDER = PartnerRhythm(first_ask=60, ask_every=60, time_over=120)
"""Of a partner that is not set up any more: nothing is asked of it, and a person looks."""
_MONEY = (AttemptKind.CHARGE, AttemptKind.REFUND)


@dataclass(frozen=True, slots=True)
class CarryOn(UseCase):
    """One step of an attempt at a payment provider. Called off the window's thread."""

    providers: PaymentProviders
    at_hand: ChargesAtHand

    def due(self, *, at_start: bool = False) -> Sequence[PartnerAttempt]:
        """The attempts of this till about which something is to be asked now; at the start all that are open.

        The newest first: its customer stands at the counter, and a partner that does not answer takes its time.
        """
        at = self.now()
        with self.store.reading() as work:
            unclosed = list(reversed(work.attempts.unclosed(self.till)))
        return [
            one
            for one in unclosed
            if one.kind in _MONEY and self._step(one, at, at_start and one.number not in self.at_hand) is not None
        ]

    def next_at(self) -> datetime | None:
        """When something is due next at this till; None where nothing is open."""
        with self.store.reading() as work:
            unclosed = work.attempts.unclosed(self.till)
        return min((one.next_at for one in unclosed if one.kind in _MONEY and one.next_at), default=None)

    def send(self, number: str) -> PartnerAttempt:
        """Send a charge that was written down just now, with the code that was scanned for it."""
        with self.store.reading() as work:
            attempt = work.attempts.with_number(number)
        assert attempt is not None, "a charge is sent after it was committed"
        try:
            provider = self.providers.named(attempt.partner)
            if provider is None:
                return self._noted(number, Lost("signed_out", "not_set_up"), Step.SEND)
            text = self.settings().shop_name or self.till
            answer = provider.charge(ChargeOrder(number, attempt.amount, text, self.at_hand.code_of(number)))
            return self._noted(number, answer, Step.SEND)
        finally:
            self.at_hand.sent(number)

    def __call__(self, number: str, *, at_start: bool = False) -> PartnerAttempt:
        """Do what is due about an attempt, and return what is known of it then. Raises NoSuchAttempt."""
        attempt, step, original = self._taken(number, at_start and number not in self.at_hand)
        if step is None:
            return attempt
        provider = self.providers.named(attempt.partner)
        answer: Answer = Lost("signed_out", "not_set_up")
        if provider is not None:
            answer = _asked(provider, attempt, step, original)
        return self._noted(number, answer, step)

    def _step(self, attempt: PartnerAttempt, at: datetime, at_start: bool) -> Step | None:
        return attempt.next_step(at, self._rhythm(attempt), at_start=at_start)

    def _rhythm(self, attempt: PartnerAttempt) -> PartnerRhythm:
        provider = self.providers.named(attempt.partner)
        return _WITHOUT_PROVIDER if provider is None else provider.rhythm

    @retry_idempotent
    def _taken(self, number: str, at_start: bool) -> tuple[PartnerAttempt, Step | None, PartnerAttempt | None]:
        """Take a step upon this program before the call: another one does not ask the same meanwhile."""
        at = self.now()
        with self.store.begin() as work:
            attempt = locked_attempt(work, number)
            step = self._step(attempt, at, at_start) if attempt.kind in _MONEY else None
            if step is None:
                return attempt, None, None
            rhythm = self._rhythm(attempt)
            if step is Step.SEND:
                taken = attempt.sending(at, rhythm)
            else:
                taken = replace(attempt, next_at=at + timedelta(seconds=rhythm.call))
            work.attempts.put(taken)
            original = work.attempts.with_number(taken.original) if taken.original else None
            work.commit()
        return taken, step, original

    @retry_idempotent
    def _noted(self, number: str, answer: Answer, step: Step) -> PartnerAttempt:
        at = self.now()
        with self.store.begin() as work:
            before = locked_attempt(work, number)
            rhythm = self._rhythm(before)
            after = before.answered(answer, at, rhythm, step).at_time_over(at, rhythm)
            save(work, before, after, at, "")
            self._hold_on(work, after, at)
            work.commit()
        return after

    def _hold_on(self, work: UnitOfWork, attempt: PartnerAttempt, at: datetime) -> None:
        """Goods and allowance stay reserved while money for them may come, or has come."""
        if attempt.holds or attempt.is_offered:
            work.holds.extend(attempt.about, at, at + timedelta(minutes=self.settings().hold_minutes))


def _asked(provider: PaymentProvider, attempt: PartnerAttempt, step: Step, original: PartnerAttempt | None) -> Answer:
    if original is None:
        made = ChargeMade(attempt.number, attempt.amount, attempt.reference, attempt.detail)
        return provider.undo(made) if step is Step.UNDO else provider.ask(made)
    paid = ChargeMade(
        original.number, original.paid or original.amount, original.reference, original.detail, attempt.reference
    )
    if step is Step.SEND:
        return provider.refund(attempt.number, attempt.amount, paid)
    return provider.ask_refund(attempt.number, attempt.amount, paid)
