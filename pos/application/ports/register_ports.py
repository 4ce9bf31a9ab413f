"""The till's counter: the last lock that a sale takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """The till's number for the new sale and the hash of the previous one."""

    number: int
    chain: str


class Register(Protocol):
    """The till's counter, running grand total and head of its chain."""

    def take_number(self, till: str, amount: Money) -> RegisterEntry:
        """The next number; raises the grand total by `amount`. A rollback restores both."""
        ...

    def go_on_behind(self, till: str, last: int) -> RegisterEntry:
        """Take the number behind `last` instead of the one just taken, in the same transaction."""
        ...

    def last_number(self, till: str) -> int:
        """The last number taken; 0 before the first."""
        ...

    def close_chain(self, till: str, mac: str) -> None:
        """Set the head of the chain to the hash of the sale just recorded."""
        ...
