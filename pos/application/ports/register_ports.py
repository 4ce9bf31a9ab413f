"""The till's counter: what a sale takes last of all locks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """The till's number for the sale being made and the hash of the one before."""

    number: int
    chain: str


class Register(Protocol):
    """The till's counter, running grand total and head of its chain."""

    def take_number(self, till: str, amount: Money) -> RegisterEntry:
        """The next number; raises the grand total by `amount`. A rollback takes it back."""
        ...

    def last_number(self, till: str) -> int:
        """The last number that was taken; 0 before the first."""
        ...

    def close_chain(self, till: str, mac: str) -> None:
        """The hash of the sale just recorded becomes the head."""
        ...
