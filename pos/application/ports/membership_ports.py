"""Ports of a shop that is a member of a center: what it keeps of what it asks there and has to tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pos.application.ports.visitor_ports import EntryKey
from pos.domain.center.ledger import LineId


@dataclass(frozen=True, slots=True)
class Attempt:
    """A reservation that was asked of the center under this key; `visitors` are the references there."""

    key: str
    sale: str
    till: str
    visitors: tuple[str, ...]
    at: datetime
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class WaitingCall:
    """What has to be sent: the `kind` of the call, its key and its body; `sale` is the key of a sale."""

    kind: str
    key: str
    body: str
    at: datetime
    sale: str | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class LineInBooks:
    """A line of a sale as the shop's own books have it: whose it is by now, and how many units have not come back."""

    entry: EntryKey
    person: int
    is_moved: bool
    kept: int


class StoredMembership(Protocol):
    """Attempts at reservations, the outbox, and the visitors' identities at the center."""

    def begin_attempt(self, attempt: Attempt) -> None:
        """Record an attempt, before anything is sent."""

    def attempts_of(self, sale: str) -> Sequence[Attempt]:
        """The attempts of a sale of which nothing has become yet, oldest first."""

    def end_attempts(self, sale: str, besides: str = "") -> int:
        """No sale comes of these attempts any more, and they have to be given back; how many they are."""

    def end_all(self, till: str, until: datetime) -> int:
        """The same for every attempt of a till until an instant."""

    def ended(self, till: str, limit: int) -> Sequence[Attempt]:
        """The attempts of a till to be given back, oldest first."""

    def drop_attempt(self, key: str) -> None:
        """The attempt was given back, or became a sale."""

    def queue(self, till: str, call: WaitingCall) -> None:
        """Record in this transaction what has to be sent."""

    def waiting(self, till: str, limit: int) -> Sequence[WaitingCall]:
        """What a till has to tell, oldest first."""

    def count_waiting(self, till: str) -> int:
        """How many calls of a till wait."""

    def rewrite(self, call: int, body: str) -> None:
        """Set the body of a waiting call before it is sent for the first time."""

    def taken(self, call: int, at: datetime) -> None:
        """The center has booked it. Its body is not needed any more."""

    def refused(self, call: int, problem: str) -> None:
        """The center will never book it; it is kept."""

    def was_reported(self, sale: str) -> bool:
        """Whether the sale with this key is sent to the center, by now or later."""

    def lines_at_center(self, entries: Collection[EntryKey]) -> Mapping[EntryKey, LineId]:
        """The names at the center of these lines of the ledger, of sales sent to it; none of declared goods."""

    def lines_of(self, sales: Collection[str]) -> Mapping[tuple[str, int], LineInBooks]:
        """The lines of these sales (by key) that count for a visitor, by key and number of the line."""

    def known_sales(self, sales: Collection[str], at: datetime) -> Collection[str]:
        """Which of these sales (by key) the books have, or hold goods for at an instant."""

    def forget_identities(self) -> None:
        """The shop is no member any more: of no document it is known as whom the center knows its owner."""

    def identities(self, person: int) -> Sequence[str]:
        """The identities of all documents of a person."""
