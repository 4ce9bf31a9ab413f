"""Reservations in doubt as a person looks at them, and their release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pos.application.center.refusals import ReservationNotKnown
from pos.application.center.release_reservation import ReleaseReservation
from pos.application.center_console.account import Account, check_may_change
from pos.application.center_console.ports import ConsoleContext
from pos.domain.center.ledger import LedgerGoods


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reservation whose till has not said what became of it; goods by the journal's name of their visitor."""

    key: str
    shop: str
    till: str
    regime: str
    received_at: datetime
    since: datetime
    goods: Sequence[tuple[str, Sequence[LedgerGoods]]]


@dataclass(frozen=True, slots=True)
class ListDoubts:
    """The oldest first."""

    context: ConsoleContext

    def __call__(self) -> Sequence[Doubt]:
        with self.context.books.reading() as work:
            found = work.reservations.in_doubt(self.context.center.now())
            tills = {till.id: till for till in work.members.tills()}
            visitors = work.console.visitors({number for each in found for number in each.lines})
        names = {number: self.context.name_of(visitor) for number, visitor in visitors.items()}
        doubts = []
        for each in found:
            goods = [(names[number], lines) for number, lines in sorted(each.lines.items())]
            at = tills[each.till]
            doubt = Doubt(each.key, at.member_name, at.name, each.regime, each.received_at, each.ends_at, goods)
            doubts.append(doubt)
        return doubts

    def of(self, key: str) -> Doubt:
        """The one with this key. Raises ReservationNotKnown."""
        found = next((each for each in self() if each.key == key), None)
        if found is None:
            raise ReservationNotKnown(key[:200])
        return found


@dataclass(frozen=True, slots=True)
class ReleaseDoubt:
    """Free the allowance, with a reason. Raises as ReleaseReservation does, and AuditorReads."""

    context: ConsoleContext

    def __call__(self, account: Account, key: str, reason: str) -> None:
        check_may_change(account)
        ListDoubts(self.context).of(key)  # what is not over yet is its till's alone
        ReleaseReservation(self.context.center)(key, reason, account.name)
