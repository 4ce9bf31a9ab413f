"""Manage the staff: add, rename, change a role, reset a PIN, disable, enable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.access.authorize import authorize
from pos.application.ports.staff_ports import StaffRecord
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.application.settings.set_setting import STAFF
from pos.domain.errors import MovedMeanwhile
from pos.domain.staff.staff import (
    LastManager,
    NameTaken,
    Person,
    PersonDisabled,
    UnknownPerson,
    Yourself,
    check_name,
    check_role,
    check_title,
    pin_fingerprint,
)


@dataclass(frozen=True, slots=True)
class OneTimePin:
    """A PIN that is shown once and never stored: valid until then for choosing another one."""

    person: Person
    pin: str
    until: datetime

    def __repr__(self) -> str:
        """The repr without the PIN."""
        return f"OneTimePin({self.person.name!r}, {self.until.isoformat()})"


class ManageStaff(UseCase):
    """The staff operations; each checks the permission `staff`, and that a manager remains, in its transaction."""

    def records(self, by: Person) -> Sequence[StaffRecord]:
        """All persons ever added; expired locks are left out."""
        at = self.now()
        with self.store.reading() as work:
            authorize(work, by, STAFF)
            records = work.people.records()
        return [
            replace(one, locked_until=None) if one.locked_until and one.locked_until <= at else one for one in records
        ]

    def lapses_at(self, since: datetime) -> datetime:
        """The end of validity of a one-time PIN given at `since`."""
        return since + self.settings().one_time_pin_holds

    def add(self, by: Person, name: str, title: str, role: str) -> OneTimePin:
        """Add a person with a one-time PIN. Raises BadField, NameTaken, NotAllowed."""
        by.check(STAFF)
        name, title, role = check_name(name), check_title(title), check_role(role)
        pin, hashed = self._drawn()
        with self._changing(by) as (work, at):
            if any(one.person.name.casefold() == name.casefold() for one in work.people.records()):
                raise NameTaken(name)
            _check_title_free(work, title)
            person = work.people.add(name, title, role, hashed, at)
            self._journal(work, at, by, "add_person", person, title=title, role=role, pin=pin_fingerprint(hashed))
        return OneTimePin(person, pin, self.lapses_at(at))

    def rename(self, by: Person, name: str, title: str) -> Person:
        """Change the displayed name; the sign-in name stays. Raises BadField, NameTaken, UnknownPerson, NotAllowed."""
        by.check(STAFF)
        title = check_title(title)
        with self._changing(by) as (work, at):
            return self._rename(work, at, by, name, title)

    def give_role(self, by: Person, name: str, role: str) -> Person:
        """Change the role. Raises BadField, UnknownPerson, NotAllowed, Yourself, LastManager."""
        by.check(STAFF)
        check_role(role)
        with self._changing(by) as (work, at):
            return self._give_role(work, at, by, name, role)

    def change(self, by: Person, name: str, title: str | None, role: str | None, seen: Person | None = None) -> Person:
        """Change the displayed name and the role in one transaction; None leaves one as it is.

        Raises as `rename` and `give_role`, and MovedMeanwhile where what is to be changed is not as it was `seen`; then
        neither is changed.
        """
        by.check(STAFF)
        with self._changing(by) as (work, at):
            person = _known(work, name)
            if seen is not None:
                _check_seen(title, person.title, seen.title)
                _check_seen(role, person.role, seen.role)
            if title is not None:
                person = self._rename(work, at, by, name, check_title(title))
            if role is not None:
                person = self._give_role(work, at, by, name, check_role(role))
        return person

    def reset(self, by: Person, name: str) -> OneTimePin:
        """Give a new one-time PIN to a person who forgot theirs; it clears their locks and invalidates the old PIN.

        Raises UnknownPerson, PersonDisabled, NotAllowed.
        """
        by.check(STAFF)
        pin, hashed = self._drawn()
        with self._changing(by) as (work, at):
            person = _known(work, name)
            if not person.active:
                raise PersonDisabled(person.name)
            work.people.set_pin(person, hashed, at)
            work.people.clear_errors(person)
            self._journal(work, at, by, "reset_pin", person, pin=pin_fingerprint(hashed))
        return OneTimePin(replace(person, must_choose_pin=True), pin, self.lapses_at(at))

    def disable(self, by: Person, name: str) -> Person:
        """Disable a person everywhere they are signed in; their open shift is left for a manager to close.

        Raises UnknownPerson, NotAllowed, Yourself, LastManager.
        """
        return self._set_active(by, name, active=False)

    def enable(self, by: Person, name: str) -> Person:
        """Enable a person again, with their previous PIN. Raises UnknownPerson, NotAllowed."""
        return self._set_active(by, name, active=True)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────

    def _rename(self, work: UnitOfWork, at: datetime, by: Person, name: str, title: str) -> Person:
        before = _known(work, name)
        if title != before.title:
            _check_title_free(work, title, before)
        person = replace(before, title=title)
        work.people.change(person)
        self._journal(work, at, by, "rename_person", person, title=title)
        return person

    def _give_role(self, work: UnitOfWork, at: datetime, by: Person, name: str, role: str) -> Person:
        before = self._other(work, by, name)
        person = replace(before, role=role)
        if role != "manager":
            _keep_a_manager(work, before)
        work.people.change(person)
        self._journal(work, at, by, "give_role", person, role=role, before=before.role)
        return person

    def _set_active(self, by: Person, name: str, *, active: bool) -> Person:
        by.check(STAFF)
        with self._changing(by) as (work, at):
            before = self._other(work, by, name)
            person = replace(before, active=active)
            if not active:
                _keep_a_manager(work, before)
            work.people.change(person)
            self._journal(work, at, by, "enable_person" if active else "disable_person", person)
        return person

    @contextmanager
    def _changing(self, by: Person) -> Iterator[tuple[UnitOfWork, datetime]]:
        """A transaction of `by`, whose permission is checked again; it is committed unless something was refused.

        The managers are locked first: two who disable each other at once are processed one after the other.
        """
        with self.store.begin() as work:
            work.people.lock_managers()
            authorize(work, by, STAFF)
            yield work, self.now()
            work.commit()

    def _other(self, work: UnitOfWork, by: Person, name: str) -> Person:
        person = _known(work, name)
        if person.id == by.id:
            raise Yourself(person.name)
        return person

    def _drawn(self) -> tuple[str, str]:
        pin = self.secrets.draw_pin()
        return pin, self.secrets.hash_pin(pin)

    def _journal(
        self, work: UnitOfWork, at: datetime, by: Person, event: str, person: Person, **details: object
    ) -> None:
        work.journal.write(at, self.till, by.name, event, {"name": person.name, **details})


def _check_seen(new: str | None, now: str, seen: str) -> None:
    """Refuse to overrule what another one has set since it was `seen`."""
    if new not in (None, now) and now != seen:
        raise MovedMeanwhile


def _check_title_free(work: UnitOfWork, title: str, person: Person | None = None) -> None:
    """Refuse the displayed name of another person, who may be disabled: their receipts bear it. Raises NameTaken."""
    wanted = " ".join(title.split()).casefold()
    for other in (record.person for record in work.people.records()):
        is_own = person is not None and other.id == person.id
        if not is_own and " ".join(other.title.split()).casefold() == wanted:
            raise NameTaken(other.title, "title")


def _known(work: UnitOfWork, name: str) -> Person:
    person = work.people.by_name(name)
    if person is None:
        raise UnknownPerson(name[:40])
    return person


def _keep_a_manager(work: UnitOfWork, person: Person) -> None:
    """Refuse to remove the only manager."""
    if person.role == "manager" and all(other.id == person.id for other in work.people.lock_managers()):
        raise LastManager(person.name)
