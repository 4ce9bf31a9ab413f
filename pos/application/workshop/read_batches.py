"""Read batches: the list by state, one batch with what is there of its inputs, and the labels of its output."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from pos.application.access.authorize import authorized_read
from pos.application.pricing.label_queue import DueLabel, ListLabels
from pos.application.settings.context import UseCase
from pos.application.workshop.batch_view import BatchView, batch_numbered, views_of
from pos.application.workshop.keyed_steps import RIGHT
from pos.domain.pricing.label import MOST_COPIES, LabelLot
from pos.domain.staff.staff import Person
from pos.domain.workshop.batch import STARTED, STATES, BatchNotFinished


@dataclass(frozen=True, slots=True)
class ReadBatches(UseCase):
    """Queries about batches; each needs the permission `stock`."""

    list_labels: ListLabels

    def __call__(
        self,
        person: Person,
        states: Sequence[str] = (),
        limit: int = 50,
        before: int | None = None,
        goods: Collection[int] | None = None,
        *,
        with_stock: bool = True,
    ) -> Sequence[BatchView]:
        """Batches in these states (none: all), newest first, with a number below `before`; of these `goods` (None: of
        any), which they make or take. `with_stock`: with what is there of the inputs of planned ones.
        """
        asked = [state for state in STATES if state in states]
        with authorized_read(self.store, person, RIGHT) as work:
            found = work.batches.listed(asked, limit, before, goods)
            return views_of(work, found, self.now(), self.today, with_stock=with_stock)

    def started(self, person: Person, limit: int) -> int:
        """How many batches are started and wait to be finished, `limit` at most."""
        with authorized_read(self.store, person, RIGHT) as work:
            return work.batches.count(STARTED, limit)

    def show(self, person: Person, number: int) -> BatchView:
        """One batch. Raises NoSuchBatch."""
        with authorized_read(self.store, person, RIGHT) as work:
            return views_of(work, [batch_numbered(work, number)], self.now(), self.today)[0]

    def labels(self, person: Person, number: int, *, lots: bool = True) -> tuple[DueLabel, ...]:
        """The labels of the output, one a piece, to be printed when it is finished. They name its lot and last day,
        whatever the setting says of other labels, unless `lots` is false.

        Raises NoSuchBatch, BatchNotFinished, BatchGivenUp, NoPriceToPrint.
        """
        view = self.show(person, number)
        view.batch.check_not_given_up()
        if view.lot is None or view.batch.made is None:
            raise BatchNotFinished(view.batch.document)
        due = self.list_labels.of_product(view.product.id, person)
        lot, copies = LabelLot(view.lot.code, view.lot.expiry), min(view.batch.made, MOST_COPIES)
        return (replace(due.of_lot(lot if lots else None), copies=copies, came=((lot, copies),)),)
