"""Counts incomplete products in slices, so that nothing waits for the store meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.application.catalogue.list_incomplete_products import IncompleteProductRow, MissingDataCounts
from pos.application.ports.catalogue_ports import MissingData
from pos.ui.session.session import Session


class MissingDataCounter(QObject):
    """Keeps the counts of every list; `counted`: the counts are known or have changed."""

    counted = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._counts: MissingDataCounts | None = None
        self._run = 0
        self._is_counting = False

    @property
    def counts(self) -> MissingDataCounts | None:
        """The last counts; None before the first count is complete."""
        return self._counts

    def lacking(self, which: str) -> MissingData | None:
        """The last counts of a list; None before, and for none of it while it is counted again."""
        lacking = None if self._counts is None else self._counts.lists.get(which)
        return None if lacking is None or (self._is_counting and not lacking.products) else lacking

    def count(self) -> None:
        """Count the catalogue again; the old counts stay until it is done."""
        self._run += 1
        self._is_counting = True
        self._slice(self._run, None)

    def change(self, before: IncompleteProductRow, after: IncompleteProductRow) -> None:
        """Replace one product in the counts."""
        if self._is_counting or self._counts is None:
            self.count()  # the slice of this product may or may not have been counted already
            return
        self._counts = self._counts.changed(before, after)
        self.counted.emit()

    def _slice(self, run: int, so_far: MissingDataCounts | None) -> None:
        """Count one slice; a scan that arrives meanwhile is answered before the next one."""
        missing, after = self._session.shop.missing_data, 0 if so_far is None else so_far.next or 0
        self._session.run_as(
            lambda person: missing.count(person, after), lambda counts: self._take(run, so_far, counts)
        )

    def _take(self, run: int, so_far: MissingDataCounts | None, counts: MissingDataCounts) -> None:
        if run != self._run:
            return
        counts = counts if so_far is None else so_far.plus(counts)
        if counts.next is not None:
            self._slice(run, counts)
            return
        self._is_counting = False
        self._counts = counts
        self.counted.emit()
