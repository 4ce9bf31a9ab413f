"""A person looks at what tills have reserved and never settled, and frees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos.application.center.ports import CenterContext
from pos.application.center.refusals import KeyClosed, ReservationNotKnown
from pos.application.center.turns import CONSOLE
from pos.domain.center.reservation import Reservation, ReservationState
from pos.domain.errors import BadField

_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class ReservationsInDoubt:
    """Reservations whose time is over and whose tills have not said what became of them, the oldest first."""

    context: CenterContext

    def __call__(self) -> Sequence[Reservation]:
        with self.context.store.reading() as work:
            return work.reservations.in_doubt(self.context.now())


@dataclass(frozen=True, slots=True)
class ReleaseReservation:
    """The allowance is free again. When the till comes back with the sale after all, it is booked and flagged.

    Raises ReservationNotKnown, KeyClosed where it is settled, and BadField without a reason.
    """

    context: CenterContext

    def __call__(self, key: str, reason: str, by: str) -> None:
        said = reason.strip()
        if not said or len(said) > _LONGEST_REASON or not said.isprintable():
            raise BadField("reason", "missing" if not said else "not_a_text")
        now = self.context.now()
        with self.context.store.begin() as work:
            work.members.take_turn(CONSOLE, now)
            visitors = work.visitors.lock(work.reservations.visitors_of(key))
            reservation = work.reservations.of(key)
            if reservation is None:
                raise ReservationNotKnown(key)
            if not reservation.counts:
                raise KeyClosed(key)
            work.reservations.set_state(key, ReservationState.RELEASED, now)
            for visitor in visitors.values():
                work.visitors.raise_version(visitor.id)
            work.journal.write(now, CONSOLE, "release", {"key": key, "reason": said, "by": by})
            work.commit()
