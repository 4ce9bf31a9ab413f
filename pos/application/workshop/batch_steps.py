"""Plan a batch and start it: the inputs leave the stock, those that end first in front."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pos.application.pickup.lapsed_holds import release_lapsed
from pos.application.ports.store import UnitOfWork
from pos.application.workshop.batch_view import BatchView, batch_numbered, inputs_of, shortage_of, views_of
from pos.application.workshop.input_stock import input_stocks
from pos.application.workshop.keyed_steps import KeyedStep
from pos.application.workshop.recipes import versions_of
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import PROCESSED, Movement
from pos.domain.stock.stock_count import check_note
from pos.domain.workshop.batch import (
    PLANNED,
    Batch,
    TakenPart,
    check_planned_day,
    read_batch_name,
)
from pos.domain.workshop.recipe import check_quantity, usable


@dataclass(frozen=True, slots=True)
class BatchDraft:
    """A batch to plan: so many `pieces` by a recipe, on a `day` (None: today)."""

    recipe: int
    pieces: int
    day: date | None = None
    note: str = ""
    key: str = ""


class BatchStep(KeyedStep):
    """A step with one batch, whose view it returns."""

    def _read_batch(self, work: UnitOfWork, document: str) -> BatchView:
        batch = batch_numbered(work, read_batch_name(document))
        return views_of(work, [batch], self.now(), self.today)[0]


class PlanBatch(BatchStep):
    """Plans a batch by the version of a recipe that holds on its day; nothing leaves the stock yet."""

    def __call__(self, person: Person, draft: BatchDraft) -> BatchView:
        """Plan it under the next number; the same key again returns the batch as it is now.

        Raises NoSuchRecipe, RecipeNotYet, RecipeWithdrawn, BadField, KeyReused, NotAllowed.
        """
        return self._keyed(
            person, draft.key, ("plan", draft), lambda work, by, at: self._plan(work, draft, by, at), self._read_batch
        )

    def _plan(self, work: UnitOfWork, draft: BatchDraft, person: Person, at: datetime) -> str:
        check_quantity(draft.pieces, "planned")
        note, today = check_note(draft.note), self.today
        day = check_planned_day(draft.day, today)
        recipe = usable([one.recipe for one in versions_of(work, draft.recipe)], day)
        batch = work.batches.add(
            Batch(
                id=0,
                number=work.stock.next_number("B"),
                recipe=recipe.number,
                version=recipe.version,
                product=recipe.product,
                planned=draft.pieces,
                day=day,
                needs=recipe.needed(draft.pieces),
                work=recipe.work_of(draft.pieces),
                state=PLANNED,
                at=at,
                person=person.name,
                note=note,
            )
        )
        goods = work.products.by_ids([batch.product, *(need.product for need in batch.needs)], at)
        details = {
            "batch": batch.document,
            "recipe": recipe.document,
            "version": recipe.version,
            "code": goods[batch.product].code,
            "planned": batch.planned,
            "day": day.isoformat(),
            "work": str(batch.work),
            "currency": batch.work.currency.code,
            "note": note or None,
            "lines": [{"code": goods[need.product].code, "quantity": need.quantity} for need in batch.needs],
        }
        work.journal.write(at, self.till, person.name, "plan_batch", details)
        return batch.document


class StartBatch(BatchStep):
    """Starts a planned batch: takes its inputs from the shop floor and the store room."""

    def __call__(self, person: Person, number: int, key: str = "") -> BatchView:
        """Take the goods; the same key again returns the batch as it is now.

        Raises NoSuchBatch, BatchStarted, BatchFinished, BatchGivenUp, BatchNotYet, RecipeWithdrawn, NotEnoughInput,
        KeyReused, NotAllowed.
        """
        return self._keyed(
            person, key, ("start", number), lambda work, by, at: self._start(work, number, by, at), self._read_batch
        )

    def _start(self, work: UnitOfWork, number: int, person: Person, at: datetime) -> str:
        batch = batch_numbered(work, number, lock=True)
        today = self.today
        batch.check_startable([one.recipe for one in versions_of(work, batch.recipe)], today)
        release_lapsed(work, at, self.till, person.name)
        work.stock.lock([need.product for need in batch.needs])
        goods = work.products.by_ids([batch.product, *(need.product for need in batch.needs)], at)
        there = input_stocks(work, [need.product for need in batch.needs], at, today)
        short = shortage_of(batch, inputs_of(batch, goods, {}, there))
        if short is not None:
            raise short
        taken = [
            (need.product, place, lot, pieces)
            for need in batch.needs
            for place, lot, pieces in there[need.product].taking(need.quantity)
        ]
        moves = [
            Movement(product, -pieces, PROCESSED, place, None if lot is None else lot.id)
            for product, place, lot, pieces in taken
        ]
        costs = work.stock.record(moves, at, person.name, batch.document)
        parts = [
            TakenPart(product, place, None if lot is None else lot.id, pieces, None if cost is None else -cost)
            for (product, place, lot, pieces), cost in zip(taken, costs, strict=True)
        ]
        work.batches.start(batch.started(at, person.name, parts))
        lines = [
            {
                "code": goods[product].code,
                "lot": None if lot is None else lot.code,
                "place": place,
                "quantity": pieces,
            }
            for product, place, lot, pieces in taken
        ]
        details = {"batch": batch.document, "code": goods[batch.product].code, "lines": lines}
        work.journal.write(at, self.till, person.name, "start_batch", details)
        return batch.document
