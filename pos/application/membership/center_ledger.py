"""The port to the center: one ledger of allowances that all shops of a cooperation center share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pos.application.center.requests import Booked, ReservationRequest, Reserved, VisitorLedger, VisitorLookup
from pos.application.membership.calls import Call
from pos.application.membership.offered import OfferedRate, OfferedRules


class CenterLedger(Protocol):
    """What a till asks of its center. Each step ends within seconds: an answer, a refusal of the center or CenterAway.

    `within` is how many seconds somebody still waits for it.

    A refusal is one of `pos.application.center.refusals`, or CallNotTaken for one that this program does not know.
    """

    def look_up(self, lookup: VisitorLookup, within: float | None = None) -> VisitorLedger:
        """The ledger of the visitor with these documents."""

    def reserve(self, request: ReservationRequest, within: float | None = None) -> Reserved:
        """Set lines aside for one attempt at one payment."""

    def extend(self, key: str, seconds: int, within: float | None = None) -> None:
        """Let a reservation count so many seconds from now, if that is longer, and not beyond its day."""

    def give_back(self, key: str) -> None:
        """Give a reservation back; a key that never came can never come any more."""

    def book(self, call: Call) -> Booked:
        """Tell what happened. The same call again gets the same answer."""

    def regimes(self) -> Sequence[OfferedRules]:
        """The regimes by which the center judges now."""

    def regime(self, name: str, within: float | None = None) -> bytes:
        """The file of one of them."""

    def rates(self) -> Sequence[OfferedRate]:
        """The customs rates of the center's day."""

    def check(self) -> None:
        """Ask for something that needs a good credential, and changes nothing."""

    def close(self) -> None:
        """Close the line; a later step opens it again."""
