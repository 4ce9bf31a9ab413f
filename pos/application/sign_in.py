"""Who stands at the till: PIN, lock-out, and the first person of an empty shop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from pos.application.ports import Clock, Credentials, Secrets, Store
from pos.domain.staff import (
    WRONG_PINS_BEFORE_LOCK,
    Approval,
    ApprovalNotAllowed,
    Person,
    PersonLocked,
    UnknownPerson,
    WrongPin,
    lock_after,
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """Check a PIN at one till: five wrong ones in a row lock the person there, for longer each time.

    Checking takes some 0.15 s on purpose, for a stranger's name as well: call it off the GUI thread.
    """

    store: Store
    now: Clock
    secrets: Secrets
    till: str

    def people(self) -> Sequence[Person]:
        """Everybody who may sign in."""
        with self.store.reading() as work:
            return work.people.all()

    def __call__(self, name: str, pin: str) -> Person:
        """The person, if the PIN is hers; raises WrongPin, PersonLocked, UnknownPerson."""
        person = self.check(name, pin)
        with self.store.begin() as work:
            work.journal.write(self.now(), self.till, person.name, "sign_in", {})
            work.commit()
        return person

    def check(self, name: str, pin: str) -> Person:
        """Like calling, without a journal entry of its own (the act that is approved writes one)."""
        now = self.now()
        with self.store.reading() as work:
            known = work.people.credentials(name, self.till)
        if known is not None and known.locked_until is not None and known.locked_until > now:
            raise PersonLocked(known.person.name, known.locked_until)
        right = self.secrets.is_pin(known.pin_hash if known else None, pin)
        if known is None:
            raise UnknownPerson(name)
        if not right:
            raise self._count_wrong(known)
        if known.failures:
            with self.store.begin() as work:
                work.people.set_failures(known.person, self.till, 0, None)
                work.commit()
        return known.person

    def standing_for(self, actor: Person, name: str) -> Person:
        """The person of this name, on whom an act is booked: `actor` herself, or anybody for who may close for others.

        Raises UnknownPerson, NotAllowed.
        """
        person = next((one for one in self.people() if one.name.casefold() == name.strip().casefold()), None)
        if person is None:
            raise UnknownPerson(name[:40])
        if person.name != actor.name:
            actor.check("close_other")
        return person

    def _count_wrong(self, known: Credentials) -> WrongPin | PersonLocked:
        now = self.now()
        person = known.person
        with self.store.begin() as work:
            fresh = work.people.credentials(person.name, self.till)
            failures = (fresh.failures if fresh else 0) + 1
            locked: timedelta | None = lock_after(failures)
            until = None if locked is None else now + locked
            work.people.set_failures(person, self.till, failures, until)
            work.journal.write(now, self.till, person.name, "wrong_pin", {"failures": failures})
            work.commit()
        if until is not None:
            return PersonLocked(person.name, until)
        return WrongPin(person.name, WRONG_PINS_BEFORE_LOCK - failures % WRONG_PINS_BEFORE_LOCK)

    def approve(self, name: str, pin: str, acts: Sequence[str] | None, key: str) -> Approval:
        """An approval of `acts` for the sale with `key` by somebody whose role may; raises ApprovalNotAllowed."""
        person = self.check(name, pin)
        for act in acts or ():
            if not person.may(act):
                raise ApprovalNotAllowed(act, person.name)
        return Approval(person, None if acts is None else frozenset(acts), key)
