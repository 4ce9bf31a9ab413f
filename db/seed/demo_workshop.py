"""The workshop of a demo shop with a past: gift boxes of sweets, made of lots that came in under customs documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select

from db.seed.goods_kind import words
from db.seed.price_list import PriceList
from db.store.unit_of_work import SqlUnitOfWork
from db.tables.catalogue import product
from db.tables.stock import lot, stock_place
from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.settings.context import Context
from pos.application.workshop.batch_steps import BatchDraft, PlanBatch, StartBatch
from pos.application.workshop.end_batch import FinishBatch, FinishDraft, GiveUpBatch, GiveUpDraft
from pos.application.workshop.goods_lines import GoodsLine
from pos.application.workshop.recipes import KeepRecipes, RecipeDraft
from pos.domain.catalogue.barcode import with_check_digit
from pos.domain.catalogue.product import Attributes
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import QUARANTINE

GIFT_BOX = with_check_digit("487020499001")
"""The code of the gift box."""

_NAMES = "Gift box of sweets | 糖果礼盒 | Подарочный набор сладостей | Тәттілердің сыйлық қорабы"
_RECIPE = "Gift box of sweets"
_PRICE, _WORK = 9_800, 900
"""The price of a box and the work on three of them, in hundredths of the list."""

_BOXES = 3
_PIECES = (6, 3)
"""A batch of the recipe, and what it takes of the two kinds of sweets."""

_MADE_ON = {4: _BOXES, 2: _BOXES, 1: 2 * _BOXES}
"""How many boxes are begun so many days before the last."""

_KEEP = timedelta(days=90)
_LEAST = 24
"""How long the sweets must still keep, and how many of each kind have to be there: no till of the past sells them."""


@dataclass
class DemoWorkshop:
    """The steps of the workshop on the days of the past, as the clerk takes them, `left` days before the last.

    In the end there are boxes in all states: finished, fewer than planned, given up with a loss, started and planned.
    """

    recipe: RecipeDraft
    clerk: Person
    running: int = 0
    """The batch that was started last."""

    def morning(self, context: Context, left: int, *, is_first: bool) -> None:
        """The recipe is kept on the first day; batches are started before the shop opens."""
        if is_first:
            KeepRecipes(context)(self.clerk, self.recipe)
        if left in _MADE_ON:
            self._start(context, _MADE_ON[left])

    def evening(self, context: Context, left: int) -> None:
        """Batches are over when the tills are counted; on the last day one stays for the morning."""
        sweets, key = self.recipe.inputs[0].product, f"demo-end-{self.running}"
        if left == 4:
            FinishBatch(context)(self.clerk, FinishDraft(self.running, _BOXES, key=key))
        elif left == 2:
            back = (GoodsLine(1, product=sweets),)
            FinishBatch(context)(self.clerk, FinishDraft(self.running, _BOXES - 1, back=back, key=key))
        elif left == 1:
            lost = (GoodsLine(2, product=sweets, reason="spoiled"),)
            GiveUpBatch(context)(self.clerk, GiveUpDraft(self.running, lost, key=key))
        elif left == 0:
            self._start(context, _BOXES)
            self._plan(context, 2 * _BOXES, "for the holidays")

    def _start(self, context: Context, pieces: int) -> None:
        self.running = self._plan(context, pieces)
        StartBatch(context)(self.clerk, self.running, f"demo-start-{self.running}")

    def _plan(self, context: Context, pieces: int, note: str = "") -> int:
        draft = BatchDraft(1, pieces, note=note, key=f"demo-plan-{self.running + 1}")
        return PlanBatch(context)(self.clerk, draft).batch.number


def found_workshop(
    work: SqlUnitOfWork, prices: PriceList, clerk: Person, at: datetime, today: date
) -> DemoWorkshop | None:
    """Add the gift box to the catalogue, and choose its sweets; None where the shop has none that fit."""
    sweets = _sweets(work, today)
    if len(sweets) < len(_PIECES):
        return None
    row = GoodsRow(
        GIFT_BOX,
        words(_NAMES).en,
        words(_NAMES)._asdict(),
        "food.sweets",
        prices.tag(_PRICE),
        Attributes(net_g=Decimal(600), gross_kg=Decimal("0.720")),
        None,
        (GIFT_BOX,),
        reorder_point=2,
        shelf="F9",
        origin=work.products.by_ids(sweets, at)[sweets[0]].origin,
        hs_code="1704",
        unit="136",
    )
    [box] = work.products.add_many([row], at)
    inputs = [GoodsLine(pieces, product=chosen) for pieces, chosen in zip(_PIECES, sweets, strict=False)]
    recipe = RecipeDraft(_RECIPE, GoodsLine(_BOXES, product=box), inputs, 20, prices.tag(_WORK), key="demo-recipe-1")
    return DemoWorkshop(recipe, clerk)


def _sweets(work: SqlUnitOfWork, today: date) -> Sequence[int]:
    """Two kinds of sweets of which enough lie in lots that keep long enough, if possible of two customs documents."""
    there = (
        select(product.c.id, func.min(lot.c.entry).label("entry"))
        .join(lot, lot.c.product_id == product.c.id)
        .join(stock_place, stock_place.c.lot_id == lot.c.id)
        .where(product.c.category == "food.sweets", lot.c.expiry >= today + _KEEP, lot.c.entry != "")
        .where(stock_place.c.place != QUARANTINE)
        .group_by(product.c.id)
        .having(func.sum(stock_place.c.on_hand) >= _LEAST)
        .order_by(product.c.id)
    )
    found = work.connection.execute(there).all()
    if len(found) < len(_PIECES):
        return ()
    first = found[0]
    return first.id, next((row.id for row in found if row.entry != first.entry), found[1].id)
