"""The reservations whose time is over and whose tills have not said what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos.application.center.ports import CenterContext
from pos.domain.center.reservation import Reservation


@dataclass(frozen=True, slots=True)
class ReservationsInDoubt:
    """The one that has waited longest first."""

    context: CenterContext

    def __call__(self) -> Sequence[Reservation]:
        with self.context.store.reading() as work:
            return work.reservations.in_doubt(self.context.now())
