"""Whether somebody still works here: a session lives longer than a role, a PIN or an employment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pos.domain.staff.staff import MustChoosePin, Person, PersonDisabled, UnknownPerson

if TYPE_CHECKING:
    from pos.application.ports.store import Store, UnitOfWork

SYSTEM_USER = Person(0, "program", "Border POS", "manager")
"""Whom the journal names for what nobody asked for."""


def authorize(work: UnitOfWork, person: Person, act: str | None = None) -> Person:
    """`person` with the role of now, who may do `act`; asked in the transaction of every step.

    Raises PersonDisabled for somebody who was disabled since the sign-in, MustChoosePin where the PIN was reset,
    NotAllowed.
    """
    now = person if person.is_console else _able(work.people.by_name(person.name), person.name)
    if act is not None:
        now.check(act)
    return now


@contextmanager
def authorized_read(store: Store, person: Person, act: str) -> Iterator[UnitOfWork]:
    """What `person` may read who may do `act`, with the role of now; raises as `authorize` does."""
    with store.reading() as work:
        authorize(work, person, act)
        yield work


def active_cashier(work: UnitOfWork, name: str) -> Person:
    """Whoever works here under this name; raises UnknownPerson, PersonDisabled, MustChoosePin."""
    return _able(work.people.by_name(name), name)


def _able(found: Person | None, name: str) -> Person:
    if found is None:
        raise UnknownPerson(name)
    if not found.active:
        raise PersonDisabled(found.name)
    if found.must_choose_pin:
        raise MustChoosePin(found.name)
    return found
