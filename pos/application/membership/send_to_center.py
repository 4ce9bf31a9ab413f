"""Send the center what happened at this till, the oldest first, until it has taken all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from pos.application.access.authorize import SYSTEM_USER
from pos.application.center.refusals import CredentialUnknown, KeyClosed, TooManyLookups
from pos.application.center.requests import Person, VisitorLookup
from pos.application.membership.calls import Call
from pos.application.membership.center_ledger import CenterLedger
from pos.application.membership.membership import Membership
from pos.application.membership.outbox import waits_for_names, with_names
from pos.application.membership.refusals import CenterAway
from pos.application.ports.membership_ports import WaitingCall
from pos.application.settings.context import UseCase
from pos.domain.errors import RuleBroken

NOT_TAKEN = "center_call_refused"
"""Journal act of a call that the center will never book."""
_AT_ONCE = 20
_NO_PAYMENT = timedelta(hours=2)
"""No payment stays open for so long; the center reserves for one hour."""
_LATER = (CenterAway, CredentialUnknown, TooManyLookups)
"""What is no fault of a call: it waits, and so does what comes after it."""


@dataclass(frozen=True, slots=True)
class SentToCenter:
    """How many calls the center has taken, how many wait still, and why they do."""

    taken: int
    waiting: int
    what: str = ""


@dataclass(frozen=True, slots=True)
class SendToCenter(UseCase):
    """Each call bears its key, so that one that is sent twice is booked once.

    A call that the center refuses for good is kept, named in the journal, and stops none after it.
    """

    membership: Membership
    _sending: Lock = field(default_factory=Lock)

    def __call__(self) -> SentToCenter:
        """Send what waits; stop where the center does not answer. Fit for any thread."""
        if not self.membership.is_member:
            return SentToCenter(0, 0)
        if not self._sending.acquire(blocking=False):
            return SentToCenter(0, self._count())  # another thread does it
        try:
            self._end_attempts(self.now() - _NO_PAYMENT)
            taken, what = self._send()
        finally:
            self._sending.release()
        return SentToCenter(taken, self._count(), what)

    def begin(self) -> SentToCenter:
        """The same when the till starts: no payment is open, so every attempt at one is given back."""
        if self.membership.is_member:
            self._end_attempts(self.now())
        return self()

    def _end_attempts(self, until: datetime) -> None:
        """No sale comes of attempts from before then: their programs were killed."""
        with self.store.begin() as work:
            if work.membership.end_all(self.till, until):
                work.commit()

    def _send(self) -> tuple[int, str]:
        taken = 0
        try:
            center = self.membership.center
            while self._give_back(center):
                pass
            while waiting := self._waiting():
                for call in waiting:
                    taken += self._book(center, call)
        except _LATER as later:
            return taken, later.what if isinstance(later, CenterAway) else later.fact
        return taken, ""

    def _give_back(self, center: CenterLedger) -> bool:
        with self.store.reading() as work:
            ended = work.membership.ended(self.till, _AT_ONCE)
        for attempt in ended:
            try:
                center.give_back(attempt.key)
            except KeyClosed:
                self._journal("reservation", attempt.key, KeyClosed.fact)  # it is booked there, and no sale here
            with self.store.begin() as work:
                work.membership.drop_attempt(attempt.key)
                work.commit()
        return bool(ended)

    def _waiting(self) -> list[WaitingCall]:
        with self.store.reading() as work:
            return list(work.membership.waiting(self.till, _AT_ONCE))

    def _count(self) -> int:
        with self.store.reading() as work:
            return work.membership.count_waiting(self.till)

    def _book(self, center: CenterLedger, call: WaitingCall) -> int:
        """Tell it; 1 where the center has taken it, 0 where it never will."""
        try:
            body = self._named(center, call)
            center.book(Call(call.kind, call.key, body))
        except _LATER:
            raise
        except RuleBroken as refused:
            with self.store.begin() as work:
                work.membership.refused(call.id, refused.fact)
                work.commit()
            self._journal(call.kind, call.key, refused.fact)
            return 0
        with self.store.begin() as work:
            work.membership.taken(call.id, self.now())
            work.commit()
        return 1

    def _named(self, center: CenterLedger, call: WaitingCall) -> str:
        """The body with the references of its visitors, which is kept before it is sent: it is the same each time."""
        asked = waits_for_names(call.body)
        if not asked:
            return call.body
        references: Mapping[str, str] = {
            name: center.look_up(VisitorLookup(identities, Person(), regime)).reference
            for name, (identities, regime) in asked.items()
        }
        body = with_names(call.body, references)
        with self.store.begin() as work:
            work.membership.rewrite(call.id, body)
            work.commit()
        return body

    def _journal(self, kind: str, key: str, problem: str) -> None:
        details = {"call": kind, "key": key, "problem": problem}
        with self.store.begin() as work:
            work.journal.write(self.now(), self.till, SYSTEM_USER.name, NOT_TAKEN, details)
            work.commit()
