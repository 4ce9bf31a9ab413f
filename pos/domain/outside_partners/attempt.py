"""One act that was asked of a partner outside the shop: what is known of it, and what is done next about it.

The answer may be lost after the deed was done. So the attempt is written down before the call, its number is asked
about until the outcome is known, and no order of answers makes money that came disappear from the books.
"""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from pos.domain.errors import Refused
from pos.domain.money import Money
from pos.domain.outside_partners.answers import (
    NOT_ASKABLE,
    Answer,
    Declined,
    Done,
    Lost,
    NotFound,
    Undone,
    Waiting,
)
from pos.domain.outside_partners.rhythm import PartnerRhythm

NUMBER_BYTES = 16
"""128 bits, which make 26 characters of base32: WeChat allows 32 characters, Webkassa 50."""
NUMBER_LONG = 26


class AttemptKind(Enum):
    """What is asked of the partner."""

    CHARGE = "charge"
    """Money of a customer. It can be undone, and must not be asked for twice."""
    REFUND = "refund"
    """Money back to a customer, out of a charge that is done."""
    FISCAL = "fiscal"
    """A document for the fiscal register. The same number again is the same document."""


class AttemptState(Enum):
    """What is known of an attempt."""

    NEW = "new"
    """Owed, and not asked of the partner yet."""
    SENT = "sent"
    """Written down before the call; what is found so after a start has lost its answer."""
    WAITING = "waiting"
    """The customer has to act, or the partner is still at it."""
    UNKNOWN = "unknown"
    """The answer was lost: it may be done or not."""
    UNDOING = "undoing"
    """The time is over or a person wants it undone, and the partner has not said what became of it."""
    ASK_PERSON = "ask_person"
    """The partner cannot say it, or named another sum: a person looks at the device or the portal."""
    DONE = "done"
    REFUSED = "refused"
    UNDONE = "undone"


OPEN = frozenset(
    {
        AttemptState.NEW,
        AttemptState.SENT,
        AttemptState.WAITING,
        AttemptState.UNKNOWN,
        AttemptState.UNDOING,
        AttemptState.ASK_PERSON,
    }
)
"""The states in which the outcome is not known."""


class Step(Enum):
    """What is asked of the partner next."""

    SEND = "send"
    ASK = "ask"
    UNDO = "undo"


@dataclass(eq=False)
class AttemptSettled(Refused):
    """The outcome of the attempt is known: there is nothing to decide or to undo."""

    fact = "attempt_settled"

    number: str
    state: str


@dataclass(eq=False)
class PartnerIsAsked(Refused):
    """The partner is still asked about the attempt: a person decides only what it cannot say."""

    fact = "partner_is_asked"

    number: str
    state: str


@dataclass(eq=False)
class MoneyIsThere(Refused):
    """The provider said that it has the money: no person can say that it was not paid."""

    fact = "money_is_there"

    number: str
    paid: Money


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of an attempt that its partner cannot tell about: whether it was done, and who looked."""

    done: bool
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PartnerAttempt:
    """An act asked of a partner under a number of its own, which is never used again.

    `about` names the thing of the shop that it is for: the key of a sale, of a return. `tries` counts the attempts for
    that thing. `original` is the number of the charge of which a refund gives back. Nothing secret stands in it.
    """

    number: str
    kind: AttemptKind
    partner: str
    till: str
    about: str
    tries: int
    amount: Money
    begun_at: datetime
    state: AttemptState = AttemptState.NEW
    method: str = ""
    """How a receipt names the money: `card` or `qr`; empty for a document."""
    cashier: str = ""
    shift: int | None = None
    original: str = ""
    code_tail: str = ""
    """The last digits of the payment code, at most four."""
    reference: str = ""
    """The partner's own number."""
    detail: tuple[tuple[str, str], ...] = ()
    """What has to be kept for a return or a receipt, as the partner named it."""
    paid: Money | None = None
    """What has moved, by the partner's word or that of the person who looked."""
    reason: str = ""
    """Why it was refused or lost, a name of DECLINE_REASONS or LOST_REASONS; in WAITING the hint."""
    asked_at: datetime | None = None
    """When it was asked about last."""
    next_at: datetime | None = None
    """When the next question is due; None where none is asked any more."""
    lost: int = 0
    """How many answers in a row were lost."""
    is_known: bool = False
    """Whether the partner has ever answered as one that knows of it."""
    missing: bool = False
    """Whether the last answer was that the partner does not know of it."""
    undo_asked_at: datetime | None = None
    undo_by: str = ""
    """Who asked to undo; empty where the time was over."""
    undo_acknowledged: bool = False
    decision: Decision | None = None
    settled_at: datetime | None = None
    document: str = ""
    """The document of the shop that counts it: the receipt of the sale or of the return; empty for none yet."""

    is_given_back: bool = False
    """Whether all that came of it has gone back; of a refund that was refused, whether the money went another way."""

    @property
    def is_open(self) -> bool:
        """Whether its outcome is not known."""
        return self.state in OPEN

    @property
    def is_undo_asked(self) -> bool:
        """Whether the money is not wanted any more: what comes of it is given back."""
        return self.undo_asked_at is not None

    @property
    def holds(self) -> bool:
        """Whether no other attempt may be made for the same money: it is open and no one asked to undo it."""
        return self.is_open and not self.is_undo_asked

    @property
    def money(self) -> str:
        """The money, or the document, of which there is at most one attempt that `holds`."""
        return ":".join(part for part in (self.kind.value, self.about, self.original) if part)

    @property
    def is_closed(self) -> bool:
        """Whether nothing is to be done about it any more; money that comes late opens it again."""
        if self.is_open:
            return False
        if self.kind is AttemptKind.REFUND and self.state is AttemptState.REFUSED:
            return self.is_given_back
        if self.kind is not AttemptKind.CHARGE or self.state in (AttemptState.REFUSED, AttemptState.UNDONE):
            return True
        return bool(self.document) or self.is_given_back

    @property
    def is_tender(self) -> bool:
        """Whether it may pay a sale: done, with the sum that was asked for, and still wanted."""
        return (
            self.kind is AttemptKind.CHARGE
            and self.state is AttemptState.DONE
            and self.paid == self.amount
            and not self.is_undo_asked
        )

    @property
    def is_offered(self) -> bool:
        """Whether money has come for which there is no sale yet: finish it, or give it back."""
        return self.is_tender and not self.document

    def owed(self, refunds: Iterable[PartnerAttempt] = ()) -> Money | None:
        """What has to go back of a charge by itself, less the refunds of it that are not refused; None for nothing."""
        if self.kind is not AttemptKind.CHARGE or self.state is not AttemptState.DONE or self.paid is None:
            return None
        if self.is_tender or self.document or self.is_given_back:
            return None
        return left_of(self.paid, refunds)

    def next_step(self, at: datetime, rhythm: PartnerRhythm, *, at_start: bool = False) -> Step | None:
        """What is due now; None for nothing. `at_start`: the program starts or the line is back, so that it is asked.

        Whatever is open is asked before it is undone: what was paid while the program stood still is not lost.
        """
        if not self.is_open or (self.next_at is None and not self._is_new):
            return None
        if self._is_new:
            return Step.SEND
        if not at_start and self.next_at is not None and at < self.next_at:
            return None
        if self.kind is not AttemptKind.CHARGE:
            return Step.SEND if self.missing else Step.ASK
        if self.is_undo_asked and not self.undo_acknowledged and not at_start:
            return Step.UNDO if at >= self.begun_at + timedelta(seconds=rhythm.undo_after) else None
        return Step.ASK

    @property
    def may_be_decided(self) -> bool:
        """Whether a person may say what became of it: of money of a customer only once the partner cannot."""
        if self.kind is AttemptKind.CHARGE:
            return self.state is AttemptState.ASK_PERSON
        return self.is_open and not self._is_on_its_way

    @property
    def _is_new(self) -> bool:
        return self.state is AttemptState.NEW

    @property
    def _is_on_its_way(self) -> bool:
        return self.state is AttemptState.SENT

    def sending(self, at: datetime, rhythm: PartnerRhythm) -> PartnerAttempt:
        """As it is written down before the call; asked about when the call must be over."""
        first = at + timedelta(seconds=max(rhythm.first_ask, rhythm.call))
        state = self.state if self.state is not AttemptState.NEW else AttemptState.SENT
        began = self.begun_at if self.state is not AttemptState.NEW else at
        return replace(self, state=state, begun_at=began, next_at=first, missing=False)

    def answered(self, answer: Answer, at: datetime, rhythm: PartnerRhythm, step: Step = Step.ASK) -> PartnerAttempt:
        """As it stands after an answer to a step. Any answer may come at any time, twice, and out of order."""
        if self.state is AttemptState.DONE or (not self.is_open and not isinstance(answer, Done)):
            return self
        asked = self if step is Step.SEND else replace(self, asked_at=at)
        match answer:
            case Done():
                return asked._moved(answer, at)
            case Declined():
                return asked._not_done(answer.reason, at) if step is not Step.UNDO else asked._unclear(at, rhythm)
            case Undone():
                return replace(asked, is_known=self.is_known or step is Step.ASK)._undone(at, rhythm)
            case Waiting():
                after = asked._waiting(answer, at, rhythm)
            case NotFound():
                after = asked._missing(at, rhythm)
            case Lost():
                after = asked._lost(answer, at, rhythm)
        if step is Step.SEND and after.state is AttemptState.UNDOING:
            return replace(after, next_at=at)  # it was waited for, so that no undo overtakes the charge
        return after

    def at_time_over(self, at: datetime, rhythm: PartnerRhythm) -> PartnerAttempt:
        """Undoing, where the customer can no longer pay and a question after that has not settled it; else the same."""
        over = self.begun_at + timedelta(seconds=rhythm.time_over)
        waits = self.state in (AttemptState.SENT, AttemptState.WAITING, AttemptState.UNKNOWN)
        if self.kind is not AttemptKind.CHARGE or not waits or self.asked_at is None or self.asked_at < over:
            return self
        return self.undoing(at, "")

    def undoing(self, at: datetime, by: str) -> PartnerAttempt:
        """No longer wanted: what was paid goes back. Raises AttemptSettled where nothing came or can come."""
        if self.kind is not AttemptKind.CHARGE or self.state in (AttemptState.REFUSED, AttemptState.UNDONE):
            raise AttemptSettled(self.number, self.state.value)
        if self.document:
            raise AttemptSettled(self.number, self.state.value)
        if self.is_undo_asked:
            return self
        after = replace(self, undo_asked_at=at, undo_by=by, lost=0)
        if self.state in (AttemptState.DONE, AttemptState.ASK_PERSON):
            return after
        return replace(after, state=AttemptState.UNDOING, next_at=self.next_at if self._is_on_its_way else at)

    def decided(self, decision: Decision) -> PartnerAttempt:
        """As a person decided it, who looked at the device or the portal.

        Raises AttemptSettled, PartnerIsAsked where the partner may still say it, and MoneyIsThere where it has named
        money and they say that none came.
        """
        if not self.is_open:
            raise AttemptSettled(self.number, self.state.value)
        if not self.may_be_decided:
            raise PartnerIsAsked(self.number, self.state.value)
        if decision.done:
            paid = self.paid or self.amount
            undo = self.undo_asked_at or (decision.at if paid != self.amount else None)
            done = replace(self, state=AttemptState.DONE, paid=paid, undo_asked_at=undo)
        elif self.paid is not None:
            raise MoneyIsThere(self.number, self.paid)
        else:
            done = replace(self, state=AttemptState.UNDONE if self.is_undo_asked else AttemptState.REFUSED)
        return replace(done, decision=decision, settled_at=decision.at, next_at=None)

    def counted_by(self, document: str) -> PartnerAttempt:
        """As counted by a document of the shop."""
        return replace(self, document=document)

    def _moved(self, done: Done, at: datetime) -> PartnerAttempt:
        """Money has moved, whatever was known before: after *refused* or *undone* it is given back."""
        after = replace(
            self,
            paid=done.amount,
            reference=done.reference or self.reference,
            detail=done.detail or self.detail,
            is_known=True,
            missing=False,
            lost=0,
            reason="",
        )
        if not self.is_open:
            after = replace(after, undo_asked_at=self.undo_asked_at or at)
        if done.amount != self.amount:
            return replace(after, state=AttemptState.ASK_PERSON, reason="another_sum", settled_at=None, next_at=None)
        return replace(after, state=AttemptState.DONE, settled_at=at, next_at=None)

    def _not_done(self, reason: str, at: datetime) -> PartnerAttempt:
        if self.paid is not None:
            return self
        return replace(self, state=AttemptState.REFUSED, reason=reason, settled_at=at, next_at=None, lost=0)

    def _undone(self, at: datetime, rhythm: PartnerRhythm) -> PartnerAttempt:
        """The partner acknowledges. Of a charge that it never knew, the request may still come while the code lives."""
        if self.paid is not None:
            return self
        if self.kind is not AttemptKind.CHARGE:
            return self._not_done("by_partner", at)
        noted = replace(self, undo_acknowledged=True, undo_asked_at=self.undo_asked_at or at, lost=0)
        if self.is_known or at >= self._code_dead(rhythm):
            return replace(noted, state=AttemptState.UNDONE, settled_at=at, next_at=None)
        pause = rhythm.pause(0)
        return replace(noted, state=AttemptState.UNDOING, next_at=min(at + pause, self._code_dead(rhythm)))

    def _missing(self, at: datetime, rhythm: PartnerRhythm) -> PartnerAttempt:
        """Not found is final only after the life of the code and an acknowledged undo."""
        if self.undo_acknowledged and at >= self._code_dead(rhythm) and self.paid is None:
            return replace(self, state=AttemptState.UNDONE, settled_at=at, next_at=None)
        return replace(self, missing=True, lost=0)._still_open(AttemptState.UNKNOWN, "", at, rhythm)

    def _lost(self, lost: Lost, at: datetime, rhythm: PartnerRhythm) -> PartnerAttempt:
        if lost.detail == NOT_ASKABLE:
            return replace(self, state=AttemptState.ASK_PERSON, reason=lost.what, next_at=None)
        return self._unclear(at, rhythm, lost.what)

    def _unclear(self, at: datetime, rhythm: PartnerRhythm, what: str = "not_understood") -> PartnerAttempt:
        return replace(self, lost=self.lost + 1)._still_open(AttemptState.UNKNOWN, what, at, rhythm)

    def _waiting(self, answer: Waiting, at: datetime, rhythm: PartnerRhythm) -> PartnerAttempt:
        """The partner knows it; an undo that it has acknowledged before that has to be asked once more."""
        reference = answer.reference or self.reference
        known = replace(self, reference=reference, is_known=True, missing=False, undo_acknowledged=False, lost=0)
        return known._still_open(AttemptState.WAITING, answer.hint, at, rhythm)

    def _still_open(self, state: AttemptState, reason: str, at: datetime, rhythm: PartnerRhythm) -> PartnerAttempt:
        """Open as before; one that is being undone stays so until a person has to look, and is asked on."""
        next_at = max(at + rhythm.pause(self.lost), self.begun_at + timedelta(seconds=rhythm.first_ask))
        if self.kind is AttemptKind.CHARGE and at < self._code_dead(rhythm):
            next_at = min(next_at, self._code_dead(rhythm))
        after = replace(self, reason=reason, next_at=next_at)
        if self.state is AttemptState.ASK_PERSON:
            return after if self.paid is None else replace(self, asked_at=after.asked_at)
        if self.state is not AttemptState.UNDOING:
            return replace(after, state=state)
        if at >= self._patience_over(rhythm):
            return replace(after, state=AttemptState.ASK_PERSON)
        return after

    def _code_dead(self, rhythm: PartnerRhythm) -> datetime:
        return self.begun_at + timedelta(seconds=rhythm.time_over)

    def _patience_over(self, rhythm: PartnerRhythm) -> datetime:
        """When a person looks: as long after the time and the wish to undo as the customer had to pay."""
        asked = self.undo_asked_at or self.begun_at
        return max(asked, self._code_dead(rhythm)) + timedelta(seconds=rhythm.time_over)


def attempt_number(random: bytes) -> str:
    """The number of an attempt out of 16 fresh random bytes: 26 characters of A–Z and 2–7."""
    if len(random) != NUMBER_BYTES:
        raise ValueError("16 bytes")
    return b32encode(random).decode().rstrip("=")


def left_of(paid: Money, refunds: Iterable[PartnerAttempt]) -> Money | None:
    """What of a sum that came has neither gone back nor is on its way; None for nothing."""
    back = sum(one.amount.minor for one in refunds if one.state not in (AttemptState.REFUSED, AttemptState.UNDONE))
    return Money(paid.minor - back, paid.currency) if back < paid.minor else None
