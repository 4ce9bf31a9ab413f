"""Sign-in at a till: PINs, lock-outs, approvals, and the choice of a PIN."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.access.authorize import FOR_OTHERS, authorize
from pos.application.ports.journal_ports import JournalFilter
from pos.application.ports.staff_ports import Credentials
from pos.application.settings.context import UseCase
from pos.domain.errors import BadField
from pos.domain.staff.staff import (
    WRONG_PINS_BEFORE_LOCK,
    Approval,
    ApprovalNotAllowed,
    ApprovalRequirement,
    MustChoosePin,
    OneTimePinLapsed,
    Person,
    PersonLocked,
    UnknownPerson,
    WrongPin,
    check_pin,
    lock_after,
    locked_until,
    pin_fingerprint,
)

_MOST_PINS = 1_000
"""Changes of PINs that are looked through in a demo."""
IsPin = Callable[[str | None, str], bool]
"""Whether a PIN is that of a hash; None is the hash of a person who is not known."""


@dataclass(frozen=True, slots=True)
class SignIn(UseCase):
    """Check a PIN at one till: five consecutive wrong ones, at any till, lock the person, for longer each time.

    A check deliberately takes some 0.15 s, for an unknown name as well: call it off the GUI thread. A training store
    has no PINs of the shop: they are checked, and wrong ones counted, `at_the_shop`, which opens the shop for that.
    PINs chosen in a training are valid only there.
    """

    at_the_shop: Callable[[], AbstractContextManager[SignIn]] | None = None

    def people(self) -> Sequence[Person]:
        """All persons who may sign in."""
        with self.store.reading() as work:
            return work.people.all()

    def names(self) -> Mapping[str, str]:
        """The display names by sign-in name of all persons ever added: records name those who have left, too."""
        with self.store.reading() as work:
            return work.people.names()

    def with_new_pin(self) -> frozenset[str]:
        """Sign-in names of the people whose PIN was changed in this store: a demo no longer shows theirs."""
        with self.store.reading() as work:
            page = work.journal.find(JournalFilter(("choose_pin", "reset_pin")), _MOST_PINS, None)
        return frozenset(str(entry.details.get("name", entry.person)) for entry in page.entries)

    def still(self, person: Person) -> Person:
        """The signed-in person with their current name and role; raises PersonDisabled, MustChoosePin."""
        with self.store.reading() as work:
            return authorize(work, person)

    def __call__(self, name: str, pin: str) -> Person:
        """Sign in a person with their PIN; raises as `check` does."""
        person = self.check(name, pin)
        self._let_in(person)
        return person

    def check(self, name: str, pin: str, is_pin: IsPin | None = None) -> Person:
        """Check a PIN without a journal entry of its own (the approved act writes one).

        Raises WrongPin, PersonLocked, UnknownPerson; for the right PIN MustChoosePin or OneTimePinLapsed while it is
        one that a manager gave.
        """
        known = self.prove(name, pin, is_pin)
        if known.one_time_since is not None:
            raise MustChoosePin(known.person.name)
        return known.person

    def choose_pin(self, name: str, old: str, new: str) -> Person:
        """Replace a PIN, one-time or chosen, with a chosen one, and sign the person in with it.

        Raises as `check` does, and BadField for an invalid PIN or the old one.
        """
        known = self.prove(name, old)
        check_pin(new, "new_pin")
        if new == old:
            raise BadField("new_pin", "pin_not_new")
        hashed = self.secrets.hash_pin(new)
        with self.store.begin() as work:
            fresh = work.people.credentials(name, self.till)
            if fresh is None or fresh.pin_hash != known.pin_hash:  # a manager has reset it meanwhile
                raise WrongPin(known.person.name, WRONG_PINS_BEFORE_LOCK)
            work.people.set_pin(fresh.person, hashed, None)
            work.journal.write(self.now(), self.till, fresh.person.name, "choose_pin", {"pin": pin_fingerprint(hashed)})
            work.commit()
        person = replace(fresh.person, must_choose_pin=False)
        self._let_in(person)
        return person

    def approve(
        self,
        name: str,
        pin: str,
        permissions: Sequence[str] | None,
        key: str,
        granted: Collection[ApprovalRequirement] | None = None,
        is_pin: IsPin | None = None,
    ) -> Approval:
        """An approval of `permissions` for the object with this `key`, and if `granted`, only for these figures.

        A run of many approvals compares with a PIN hash by its own `is_pin`, which may remember what was right: locks
        and wrong PINs are counted all the same. Raises as `check` does, and ApprovalNotAllowed if the role does not
        permit it.
        """
        person = self.check(name, pin, is_pin)
        for permission in permissions or ():
            if not person.may(permission):
                raise ApprovalNotAllowed(permission, person.name)
        return self.allowed(person, permissions, key, granted)

    def allowed(
        self,
        by: Person,
        permissions: Sequence[str] | None,
        key: str,
        granted: Collection[ApprovalRequirement] | None = None,
    ) -> Approval:
        """An approval by a person whose PIN was checked."""
        figures = None if granted is None else frozenset(granted)
        return Approval(
            by, None if permissions is None else frozenset(permissions), key, figures, self.now(), uuid.uuid4().hex
        )

    def prove(self, name: str, pin: str, is_pin: IsPin | None = None) -> Credentials:
        """The credentials for a PIN; counts a wrong PIN, and clears earlier wrong ones after a right one. Raises as
        `check` does.
        """
        with self.store.reading() as work:
            known = work.people.credentials(name, self.till)
        if known is not None and not known.pin_hash and self.at_the_shop is not None:
            with self.at_the_shop() as shop:
                shop.prove(known.person.name, pin)
            return known
        if known is not None:
            self._check_unlocked(known)
        right = (is_pin or self.secrets.is_pin)(known.pin_hash if known else None, pin)
        if known is None:
            raise UnknownPerson(name)
        if not right:
            raise self._count_wrong(known)
        self._accept(known)
        return known

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────

    def _check_unlocked(self, known: Credentials) -> None:
        """Refuse during a lock, which lasts its full time even if the clock was set back."""
        now = self.now()
        until = locked_until(known.failures, known.locked_until, known.set_back_at, now)
        if until is None:
            return
        if until.noticed:
            with self.store.begin() as work:
                work.people.set_failures(known.person, self.till, known.failures, known.locked_until, now)
                work.commit()
        raise PersonLocked(known.person.name, until.at)

    def _accept(self, known: Credentials) -> None:
        person = known.person
        with self.store.begin() as work:
            fresh = work.people.credentials(person.name, self.till)
            if fresh is not None and fresh.failures > known.failures and fresh.locked_until is not None:
                raise PersonLocked(person.name, fresh.locked_until)  # other attempts locked it during this check
            if known.failures:
                work.people.set_failures(person, self.till, 0, None)
            since = known.one_time_since
            if since is not None and not self._is_in_time(since):
                work.commit()
                raise OneTimePinLapsed(person.name)
            work.commit()

    def _is_in_time(self, since: datetime) -> bool:
        """Whether a one-time PIN may still be used; a PIN from the future, after a clock was set back, may."""
        return self.now() - since <= self.settings().one_time_pin_holds

    def _let_in(self, person: Person) -> None:
        at = self.now()
        with self.store.begin() as work:
            work.people.signed_in(person, at)
            work.journal.write(at, self.till, person.name, "sign_in", {})
            work.commit()

    def booked_for(self, actor: Person, name: str) -> Person:
        """The person for whom an act is booked: `actor`, or any person if `actor` may close shifts of others.

        Raises UnknownPerson, NotAllowed.
        """
        person = next((one for one in self.people() if one.name.casefold() == name.strip().casefold()), None)
        if person is None:
            raise UnknownPerson(name[:40])
        if person.name != actor.name:
            actor.check(FOR_OTHERS)
        return person

    def _count_wrong(self, known: Credentials) -> WrongPin | PersonLocked:
        now = self.now()
        person = known.person
        with self.store.begin() as work:
            fresh = work.people.credentials(person.name, self.till)
            if fresh is not None and fresh.failures > known.failures and fresh.locked_until is not None:
                return PersonLocked(person.name, fresh.locked_until)
            failures = (fresh.failures if fresh else 0) + 1
            locked = lock_after(failures)
            until = None if locked is None else now + locked
            work.people.set_failures(person, self.till, failures, until)
            work.journal.write(now, self.till, person.name, "wrong_pin", {"failures": failures})
            work.commit()
        if until is not None:
            return PersonLocked(person.name, until)
        return WrongPin(person.name, WRONG_PINS_BEFORE_LOCK - failures % WRONG_PINS_BEFORE_LOCK)
