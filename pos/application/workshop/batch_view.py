"""Batches as pages and commands show them: with their goods, and whether there is enough to start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from pos.application.ports.store import UnitOfWork
from pos.application.workshop.input_stock import InputStock, input_stocks
from pos.domain.catalogue.product import Product
from pos.domain.errors import RuleBroken
from pos.domain.stock.stock import Lot
from pos.domain.workshop.batch import (
    PLANNED,
    Batch,
    GivenBack,
    LostInput,
    NoSuchBatch,
    NotEnoughInput,
    TakenPart,
    batch_name,
    last_day,
    sort_out,
)
from pos.domain.workshop.recipe import Recipe


@dataclass(frozen=True, slots=True)
class BatchInput:
    """An input of a batch: pieces `needed`, and what was taken of it. `there` are free now; None once it is started.

    `barred` are in the shop, too, and cannot be taken: held for customers, set aside or past their last day.
    """

    product: Product
    needed: int
    parts: tuple[tuple[TakenPart, Lot | None], ...] = ()
    there: int | None = None
    barred: int = 0

    @property
    def missing(self) -> int:
        """Pieces that are missing to start; nothing of a batch that is started."""
        return 0 if self.there is None else max(self.needed - self.there, 0)


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch with its recipe, its goods, and the lot that came out of it. `obstacle`: why a planned one cannot be
    started now.
    """

    batch: Batch
    recipe: Recipe
    product: Product
    inputs: tuple[BatchInput, ...]
    lot: Lot | None = None
    obstacle: RuleBroken | None = None

    @property
    def can_start(self) -> bool:
        """Whether it is planned and can be started now."""
        return self.batch.state == PLANNED and self.obstacle is None

    def last_day(self, today: date, back: Sequence[GivenBack], lost: Sequence[LostInput]) -> date | None:
        """The last day of what is made of it today while these pieces are not in it. Raises MoreThanTaken."""
        codes = {one.product.id: one.product.code for one in self.inputs}
        used = {part.lot for part in sort_out(self.batch, back, lost, codes).parts if part.used}
        lots = {lot.id: lot.expiry for one in self.inputs for _part, lot in one.parts if lot is not None}
        return last_day(self.recipe, today, [ends for lot, ends in lots.items() if lot in used])


def shortage_of(batch: Batch, inputs: Sequence[BatchInput]) -> NotEnoughInput | None:
    """The first input that is short and how many others are, too; None where every input is there."""
    short = [one for one in inputs if one.missing]
    if not short:
        return None
    first = short[0]
    return NotEnoughInput(batch.document, first.product.code, first.needed, first.there or 0, len(short) - 1)


def batch_numbered(work: UnitOfWork, number: int, *, lock: bool = False) -> Batch:
    """The batch with this number. Raises NoSuchBatch."""
    batch = work.batches.by_number(number, lock=lock)
    if batch is None:
        raise NoSuchBatch(batch_name(number))
    return batch


def recipe_of(work: UnitOfWork, batch: Batch) -> Recipe:
    """The version by which a batch was planned."""
    return next(one.recipe for one in work.recipes.versions(batch.recipe) if one.recipe.version == batch.version)


def views_of(
    work: UnitOfWork, batches: Sequence[Batch], at: datetime, today: date, *, with_stock: bool = True
) -> list[BatchView]:
    """The batches with their goods; `with_stock`: what is there of the inputs of the planned ones."""
    ids = {batch.product for batch in batches} | {need.product for batch in batches for need in batch.needs}
    goods = work.products.by_ids(sorted(ids), at)
    lot_ids = {part.lot for batch in batches for part in batch.parts} | {batch.lot for batch in batches}
    lots = work.counts.lots(sorted(lot for lot in lot_ids if lot is not None))
    versions = work.recipes.of(sorted({batch.recipe for batch in batches}))
    recipes = {
        number: [one.recipe for one in mine] for number, mine in groupby(versions, key=lambda one: one.recipe.number)
    }
    planned = {need.product for batch in batches if batch.state == PLANNED for need in batch.needs}
    there = input_stocks(work, sorted(planned), at, today) if with_stock else {}
    views = []
    for batch in batches:
        recipe = next(one for one in recipes[batch.recipe] if one.version == batch.version)
        inputs = inputs_of(batch, goods, lots, there)
        lot = None if batch.lot is None else lots[batch.lot]
        obstacle = _obstacle(batch, recipes[batch.recipe], inputs, today) if batch.state == PLANNED else None
        views.append(BatchView(batch, recipe, goods[batch.product], inputs, lot, obstacle))
    return views


def _obstacle(batch: Batch, versions: Sequence[Recipe], inputs: Sequence[BatchInput], today: date) -> RuleBroken | None:
    try:
        batch.check_startable(versions, today)
    except RuleBroken as error:
        return error
    return shortage_of(batch, inputs)


def inputs_of(
    batch: Batch, goods: Mapping[int, Product], lots: Mapping[int, Lot], there: Mapping[int, InputStock]
) -> tuple[BatchInput, ...]:
    """What a batch needs, with what was taken of it, and of a planned one with what is `there`."""
    inputs = []
    for need in batch.needs:
        mine = [part for part in batch.parts if part.product == need.product]
        parts = tuple((part, None if part.lot is None else lots[part.lot]) for part in mine)
        here = there.get(need.product) if batch.state == PLANNED else None
        free, barred = (None, 0) if here is None else (here.free, here.barred)
        inputs.append(BatchInput(goods[need.product], need.quantity, parts, free, barred))
    return tuple(inputs)
