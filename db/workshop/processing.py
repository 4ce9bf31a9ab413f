"""What batches used of each lot, and the figures of lots for the account of processed goods."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Select, case, func, or_, select

from db.engine.value_chunks import value_chunks
from db.tables.stock import lot, stock_move
from db.tables.workshop import batch, batch_part, recipe_input, recipe_version
from pos.domain.stock.stock import MADE, Lot
from pos.domain.workshop.batch import FINISHED, STARTED
from pos.domain.workshop.ledger import LotFigures, LotUse, contained_in

_USED = batch_part.c.quantity - batch_part.c.back - batch_part.c.lost


class SqlProcessedGoods:
    """Processed goods over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lots(self, entry: str, limit: int, after: int = 0, of_batch: int | None = None) -> list[int]:
        """A lot that a batch made under the document of its inputs came in under none."""
        made = select(batch.c.lot_id).where(batch.c.lot_id.is_not(None))
        page = select(lot.c.id).where(lot.c.id > after, lot.c.id.not_in(made)).order_by(lot.c.id).limit(limit)
        if of_batch is not None:
            page = page.where(or_(lot.c.entry == entry, lot.c.id.in_(_went_into(of_batch))))
        elif entry:
            page = page.where(lot.c.entry == entry)
        else:
            used = select(batch_part.c.lot_id).where(batch_part.c.lot_id.is_not(None), _USED > 0)
            page = page.where(lot.c.id.in_(used))
        return list(self._connection.execute(page).scalars())

    def touched(self) -> list[int]:
        """All lots that a batch used or made, by id."""
        used = select(batch_part.c.lot_id).where(batch_part.c.lot_id.is_not(None))
        made = select(batch.c.lot_id).where(batch.c.lot_id.is_not(None))
        return sorted(self._connection.execute(used.union(made)).scalars())

    def uses(self, lots: Sequence[int]) -> list[LotUse]:
        """What the recipe has in the output counts by its own quantities, without the usual loss."""
        question = (
            select(
                batch_part.c.batch_id,
                batch_part.c.lot_id,
                batch_part.c.product_id,
                func.sum(_USED).label("used"),
                batch.c.number,
                batch.c.state,
                batch.c.made,
                batch.c.lot_id.label("output"),
                recipe_version.c.quantity.label("of_recipe"),
                func.coalesce(func.max(recipe_input.c.quantity), 0).label("in_recipe"),
            )
            .join(batch, batch.c.id == batch_part.c.batch_id)
            .join(
                recipe_version,
                (recipe_version.c.recipe_id == batch.c.recipe_id) & (recipe_version.c.version == batch.c.version),
            )
            .outerjoin(
                recipe_input,
                (recipe_input.c.recipe_id == batch.c.recipe_id)
                & (recipe_input.c.version == batch.c.version)
                & (recipe_input.c.product_id == batch_part.c.product_id),
            )
            .where(_USED > 0, batch.c.state.in_((STARTED, FINISHED)))
            .group_by(
                batch_part.c.batch_id, batch_part.c.lot_id, batch_part.c.product_id, batch.c.number, batch.c.state,
                batch.c.made, batch.c.lot_id, recipe_version.c.quantity,
            )
            .order_by(batch.c.number, batch_part.c.lot_id)
        )  # fmt: skip
        found: list[LotUse] = []
        for some in value_chunks(lots):
            rows = self._connection.execute(question.where(batch_part.c.lot_id.in_(some))).all()
            of_all = self._used_of_all(sorted({row.batch_id for row in rows}))
            for row in rows:
                used = int(row.used)
                if row.state == STARTED:
                    found.append(LotUse(row.number, row.lot_id, used, Fraction(0)))
                    continue
                by_recipe = Fraction(int(row.in_recipe) * row.made, row.of_recipe)
                inside = contained_in(used, of_all[row.batch_id, row.product_id], by_recipe)
                found.append(LotUse(row.number, row.lot_id, used, inside, row.output))
        return found

    def _used_of_all(self, batches: Sequence[int]) -> dict[tuple[int, int], int]:
        """What batches used of each product, whatever the lot."""
        summed = select(batch_part.c.batch_id, batch_part.c.product_id, func.sum(_USED).label("used"))
        found: dict[tuple[int, int], int] = {}
        for some in value_chunks(batches):
            grouped = summed.where(batch_part.c.batch_id.in_(some)).group_by(
                batch_part.c.batch_id, batch_part.c.product_id
            )
            for row in self._connection.execute(grouped):
                found[row.batch_id, row.product_id] = int(row.used)
        return found

    def figures(self, lots: Sequence[int]) -> list[LotFigures]:
        def summed(*reasons: str) -> Any:
            return func.coalesce(func.sum(case((stock_move.c.reason.in_(reasons), stock_move.c.quantity), else_=0)), 0)

        question = (
            select(
                lot,
                summed("opening", "receipt", MADE).label("came"),
                summed("sale", "return").label("sold"),
                summed("waste", "sample").label("wasted"),
                summed("adjustment", "count").label("counted"),
                func.coalesce(func.sum(stock_move.c.quantity), 0).label("on_hand"),
            )
            .outerjoin(stock_move, stock_move.c.lot_id == lot.c.id)
            .group_by(*lot.c)
            .order_by(lot.c.id)
        )
        return [
            LotFigures(
                Lot(row.id, row.product_id, row.code, row.expiry, row.entry),
                int(row.came),
                -int(row.sold),
                -int(row.wasted),
                int(row.counted),
                int(row.on_hand),
            )
            for some in value_chunks(lots)
            for row in self._connection.execute(question.where(lot.c.id.in_(some)))
        ]


def _went_into(number: int) -> Select[int]:
    """The lots that a batch used, and those that were used to make them."""
    of_batch = batch_part.join(batch, batch.c.id == batch_part.c.batch_id)
    used = (
        select(batch_part.c.lot_id)
        .select_from(of_batch)
        .where(batch.c.number == number, batch_part.c.lot_id.is_not(None), _USED > 0)
        .cte("went_into", recursive=True)
    )
    further = (
        select(batch_part.c.lot_id)
        .select_from(of_batch.join(used, used.c.lot_id == batch.c.lot_id))
        .where(batch_part.c.lot_id.is_not(None), _USED > 0)
    )
    return select(used.union(further).c.lot_id)
