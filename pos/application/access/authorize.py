"""Check rights again at every use case: a session can outlive a role change or a dismissal.

Booking for another person requires the permission `for_others`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pos.domain.staff.staff import MustChoosePin, Person, PersonDisabled, UnknownPerson

if TYPE_CHECKING:
    from pos.application.ports.store import Store, UnitOfWork


SYSTEM_USER = Person(0, "program", "Border POS", "manager")
"""The journal's user for automatic jobs."""


def authorize(work: UnitOfWork, person: Person, permission: str | None = None) -> Person:
    """`person` with their current role, who may do `permission`; called in the transaction of every step.

    Raises PersonDisabled if they were disabled since the sign-in, MustChoosePin if their PIN was reset, NotAllowed.
    """
    now = person if person.is_console else _able(work.people.by_name(person.name), person.name)
    if permission is not None:
        now.check(permission)
    return now


@contextmanager
def authorized_read(store: Store, person: Person, permission: str) -> Iterator[UnitOfWork]:
    """A read transaction for a `person` who may do `permission`, with their current role; raises as
    `authorize` does.
    """
    with store.reading() as work:
        authorize(work, person, permission)
        yield work


@contextmanager
def authorized_write(
    store: Store, person: Person, permission: str | None = None
) -> Iterator[tuple[UnitOfWork, Person]]:
    """A transaction that may write, and `person` with their current role, who may do `permission`; raises as
    `authorize`.

    The step commits it: leaving without a commit undoes it.
    """
    with store.begin() as work:
        yield work, authorize(work, person, permission)


def active_cashier(work: UnitOfWork, name: str) -> Person:
    """The active person with this name; raises UnknownPerson, PersonDisabled, MustChoosePin."""
    return _able(work.people.by_name(name), name)


def _able(person: Person | None, name: str) -> Person:
    if person is None:
        raise UnknownPerson(name)
    if not person.active:
        raise PersonDisabled(person.name)
    if person.must_choose_pin:
        raise MustChoosePin(person.name)
    return person


FOR_OTHERS = "for_others"
"""The permission to book for another person from the back office or a script."""


def check_acts_for(actor: Person, cashier: str, permission: str) -> str:
    """Refuse an actor who may not do the act, or not for this cashier; return their name if they are another person."""
    actor.check(permission)
    if actor.name.casefold() == cashier.strip().casefold():
        return ""
    actor.check(FOR_OTHERS)
    return actor.name


def brought_in(by: str) -> dict[str, object]:
    """Journal details: the actor, if they booked for another person."""
    return {"by": by} if by else {}
