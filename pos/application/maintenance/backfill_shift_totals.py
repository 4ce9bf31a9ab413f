"""Backfill the totals of shifts closed by an older version, one at a time while the till is idle."""

from __future__ import annotations

from pos.application.settings.context import UseCase


class BackfillShiftTotals(UseCase):
    """Shifts without stored totals are counted from receipts, which is slower."""

    def __call__(self) -> bool:
        """Add the totals of one shift; return whether there may be more."""
        with self.store.begin() as work:
            did = work.shifts.sum_up()
            if did:
                work.commit()
        return did
