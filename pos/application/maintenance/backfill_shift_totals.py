"""Sum up the shifts that an older program closed, one at a time while the till is quiet."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.ports.store import Store


@dataclass(frozen=True, slots=True)
class BackfillShiftTotals:
    """Reports count the receipts of a shift without sums: with them they are as right, and fast."""

    store: Store

    def __call__(self) -> bool:
        """Sum up one shift; whether there may be more."""
        with self.store.begin() as work:
            did = work.shifts.sum_up()
            if did:
                work.commit()
        return did
