"""Port of the staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.staff.staff import Person


@dataclass(frozen=True, slots=True)
class Credentials:
    """Sign-in data of a person: the PIN's hash, consecutive wrong PINs at this till, the lock.

    `one_time_since` is when a manager gave the PIN, None for a PIN that the person chose. `set_back_at` is the clock's
    time when it was noticed that the clock had been set back to before the lock.
    """

    person: Person
    pin_hash: str
    failures: int
    locked_until: datetime | None
    one_time_since: datetime | None = None
    set_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """A person in the staff list, active or not; `locked_until` is the longest lock at any till."""

    person: Person
    one_time_since: datetime | None
    locked_until: datetime | None
    signed_in_at: datetime | None


class People(Protocol):
    """The staff of the shop."""

    def all(self) -> Sequence[Person]:
        """All active persons, by name."""

    def records(self) -> Sequence[StaffRecord]:
        """All persons ever added, active ones first."""

    def names(self) -> Mapping[str, str]:
        """The display names of all persons ever added by sign-in name, active ones first: records name those who have
        left, too.
        """

    def by_name(self, name: str) -> Person | None:
        """A person by sign-in name, active or not."""

    def credentials(self, name: str, till: str) -> Credentials | None:
        """The data for checking a PIN of `name` at `till`."""

    def set_failures(
        self,
        person: Person,
        till: str,
        failures: int,
        locked_until: datetime | None,
        set_back_at: datetime | None = None,
    ) -> None:
        """Set the number of consecutive wrong PINs of a person, the last of them at a till; it counts for all tills."""

    def clear_errors(self, person: Person) -> None:
        """Clear a person's wrong PINs and locks at every till."""

    def add(self, name: str, title: str, role: str, pin_hash: str, one_time_since: datetime | None = None) -> Person:
        """Add a person; raises NameTaken."""

    def change(self, person: Person) -> None:
        """Write a person's title, role and active state, by id."""

    def set_pin(self, person: Person, pin_hash: str, one_time_since: datetime | None) -> None:
        """Set another PIN: one that the person chose, or a one-time PIN given at an instant."""

    def signed_in(self, person: Person, at: datetime) -> None:
        """Record a person's last sign-in."""

    def lock_managers(self) -> Sequence[Person]:
        """The active managers, locked: no one else can change this set until the transaction ends."""

    def spend(self, approval_id: str, at: datetime) -> bool:
        """Use up an approval; False if it was used before."""
