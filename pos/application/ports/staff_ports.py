"""What the steps about people need from the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.staff.staff import Person


@dataclass(frozen=True, slots=True)
class Credentials:
    """What sign-in needs of a person: the PIN's hash, the wrong tries in a row at this till, the lock.

    `one_time_since` is when a manager gave the PIN, None for one that the person chose. `set_back_at` is what a clock
    that was set back to before the lock said when this was noticed.
    """

    person: Person
    pin_hash: str
    failures: int
    locked_until: datetime | None
    one_time_since: datetime | None = None
    set_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """A person as the list of the staff has her, active or not; `locked_until` is the longest lock at any till."""

    person: Person
    one_time_since: datetime | None
    locked_until: datetime | None
    signed_in_at: datetime | None


class People(Protocol):
    """Who works here."""

    def all(self) -> Sequence[Person]:
        """Everybody active, by name."""
        ...

    def records(self) -> Sequence[StaffRecord]:
        """Everybody who was ever added, the active ones first."""
        ...

    def by_name(self, name: str) -> Person | None:
        """Somebody by sign-in name, active or not."""
        ...

    def credentials(self, name: str, till: str) -> Credentials | None:
        """What is needed to check a PIN of `name` at `till`."""
        ...

    def set_failures(
        self,
        person: Person,
        till: str,
        failures: int,
        locked_until: datetime | None,
        set_back_at: datetime | None = None,
    ) -> None:
        """So many wrong PINs of a person in a row, the last of them at a till: they count for all tills."""
        ...

    def clear_errors(self, person: Person) -> None:
        """Forget her wrong PINs and locks at every till."""
        ...

    def add(self, name: str, title: str, role: str, pin_hash: str, one_time_since: datetime | None = None) -> Person:
        """A new person; raises NameTaken."""
        ...

    def change(self, person: Person) -> None:
        """Keep the title, the role and whether she is active, by her id."""
        ...

    def set_pin(self, person: Person, pin_hash: str, one_time_since: datetime | None) -> None:
        """Another PIN: one of her own, or a one-time PIN given at an instant."""
        ...

    def signed_in(self, person: Person, at: datetime) -> None:
        """When she signed in last."""
        ...

    def lock_managers(self) -> Sequence[Person]:
        """The active managers; nobody else changes who they are until this transaction ends."""
        ...

    def spend(self, approval_id: str, at: datetime) -> bool:
        """Use an approval up; False where it was before."""
        ...
