"""Batches with the goods that they took and what was lost, and the keys of requests."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, insert, or_, select, update

from db.engine.dialect import insert_new
from db.engine.value_chunks import value_chunks
from db.tables.workshop import batch, batch_input, batch_loss, batch_part, recipe, workshop_key
from pos.domain.money import Money, currency
from pos.domain.workshop.batch import OPEN_STATES, Batch, BatchLoss, TakenPart
from pos.domain.workshop.recipe import RecipeInput

_BATCHES = select(batch, recipe.c.number.label("of_recipe")).join(recipe, recipe.c.id == batch.c.recipe_id)
_CHANGE = update(batch).where(batch.c.id == bindparam("of"))
_LOCK = update(batch).where(batch.c.number == bindparam("of_number")).values(state=batch.c.state)
"""Locks a batch, so that only one of two tills starts it."""
_PART = update(batch_part).where(batch_part.c.batch_id == bindparam("of"), batch_part.c.part_no == bindparam("of_part"))
_RECIPE = select(recipe.c.id).where(recipe.c.number == bindparam("of_number"))


class SqlBatches:
    """Batches over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, one: Batch) -> Batch:
        row = {
            "number": one.number,
            "recipe_id": self._connection.execute(_RECIPE, {"of_number": one.recipe}).scalar_one(),
            "version": one.version,
            "product_id": one.product,
            "planned": one.planned,
            "day": one.day,
            "plan_minor": one.work.minor,
            "plan_currency": one.work.currency.code,
            "note": one.note,
            "state": one.state,
            "at": one.at,
            "person": one.person,
        }
        added = replace(one, id=self._connection.execute(insert(batch).returning(batch.c.id), row).scalar_one())
        lines = [
            {"batch_id": added.id, "line_no": no, "product_id": line.product, "quantity": line.quantity}
            for no, line in enumerate(one.needs, 1)
        ]
        self._connection.execute(insert(batch_input), lines)
        return added

    def by_number(self, number: int, *, lock: bool = False) -> Batch | None:
        if lock:
            self._connection.execute(_LOCK, {"of_number": number})
        found = self._read(_BATCHES.where(batch.c.number == number))
        return found[0] if found else None

    def listed(
        self, states: Sequence[str], limit: int, before: int | None = None, goods: Collection[int] | None = None
    ) -> list[Batch]:
        page = _BATCHES.order_by(batch.c.number.desc()).limit(limit)
        if states:
            page = page.where(batch.c.state.in_(states))
        if before is not None:
            page = page.where(batch.c.number < before)
        if goods is not None:
            takes = select(batch_input.c.batch_id).where(batch_input.c.product_id.in_(goods))
            page = page.where(or_(batch.c.product_id.in_(goods), batch.c.id.in_(takes)))
        return self._read(page)

    def count(self, state: str, most: int) -> int:
        some = select(batch.c.id).where(batch.c.state == state).limit(most).subquery()
        return int(self._connection.execute(select(func.count()).select_from(some)).scalar_one())

    def start(self, one: Batch) -> None:
        values = {"state": one.state, "started_at": one.started_at, "started_by": one.started_by}
        self._connection.execute(_CHANGE.values(values), {"of": one.id})
        parts = [
            {
                "batch_id": one.id,
                "part_no": no,
                "product_id": part.product,
                "place": part.place,
                "lot_id": part.lot,
                "quantity": part.quantity,
                "cost_minor": part.cost,
                "returned_minor": part.returned_cost,
            }
            for no, part in enumerate(one.parts)
        ]
        self._connection.execute(insert(batch_part), parts)

    def end(self, one: Batch, losses_before: int) -> None:
        values = {
            "state": one.state,
            "made": one.made,
            "lot_id": one.lot,
            "place": one.place or None,
            "work_minor": one.work_minor,
            "cost_minor": one.cost,
            "finished_at": one.finished_at,
            "finished_by": one.finished_by,
            "given_up_at": one.given_up_at,
            "given_up_by": one.given_up_by,
        }
        self._connection.execute(_CHANGE.values(values), {"of": one.id})
        for no, part in enumerate(one.parts):
            changed = {"back": part.back, "lost": part.lost, "returned_minor": part.returned_cost}
            self._connection.execute(_PART.values(changed), {"of": one.id, "of_part": no})
        losses = [
            {
                "batch_id": one.id,
                "loss_no": no,
                "part_no": loss.part,
                "product_id": loss.product,
                "quantity": loss.quantity,
                "reason": loss.reason,
                "cost_minor": loss.cost,
                "at": loss.at,
            }
            for no, loss in enumerate(one.losses)
        ][losses_before:]
        if losses:
            self._connection.execute(insert(batch_loss), losses)

    def coming(self, products: Sequence[int]) -> Mapping[int, int]:
        found: dict[int, int] = {}
        for some in value_chunks(products):
            question = (
                select(batch.c.product_id, func.sum(batch.c.planned).label("pieces"))
                .where(batch.c.state.in_(OPEN_STATES), batch.c.product_id.in_(some))
                .group_by(batch.c.product_id)
            )
            found.update((row.product_id, int(row.pieces)) for row in self._connection.execute(question))
        return found

    def ended(self, first: datetime, until: datetime) -> list[Batch]:
        finished, given_up = batch.c.finished_at, batch.c.given_up_at
        within = or_(and_(finished >= first, finished < until), and_(given_up >= first, given_up < until))
        return self._read(_BATCHES.where(within).order_by(batch.c.number))

    def _read(self, question: Select[Any]) -> list[Batch]:
        rows = self._connection.execute(question).all()
        needs: dict[int, list[RecipeInput]] = {row.id: [] for row in rows}
        parts: dict[int, list[TakenPart]] = {row.id: [] for row in rows}
        losses: dict[int, list[BatchLoss]] = {row.id: [] for row in rows}
        ids = sorted(needs)
        for some in value_chunks(ids):
            for line in self._lines(batch_input, batch_input.c.line_no, some):
                needs[line.batch_id].append(RecipeInput(line.product_id, line.quantity))
            for part in self._lines(batch_part, batch_part.c.part_no, some):
                parts[part.batch_id].append(_part(part))
            for loss in self._lines(batch_loss, batch_loss.c.loss_no, some):
                lot = parts[loss.batch_id][loss.part_no].lot
                losses[loss.batch_id].append(
                    BatchLoss(loss.part_no, loss.product_id, lot, loss.quantity, loss.reason, loss.cost_minor, loss.at)
                )
        return [_batch(row, tuple(needs[row.id]), tuple(parts[row.id]), tuple(losses[row.id])) for row in rows]

    def _lines(self, table: Any, number: Any, ids: Sequence[int]) -> Any:
        return self._connection.execute(
            select(table).where(table.c.batch_id.in_(ids)).order_by(table.c.batch_id, number)
        )


def _part(row: Row[Any]) -> TakenPart:
    return TakenPart(
        row.product_id,
        row.place,
        row.lot_id,
        row.quantity,
        row.cost_minor,
        row.back,
        row.lost,
        row.returned_minor,
    )


def _batch(
    row: Row[Any], needs: tuple[RecipeInput, ...], parts: tuple[TakenPart, ...], losses: tuple[BatchLoss, ...]
) -> Batch:
    return Batch(
        id=row.id,
        number=row.number,
        recipe=row.of_recipe,
        version=row.version,
        product=row.product_id,
        planned=row.planned,
        day=row.day,
        needs=needs,
        work=Money(row.plan_minor, currency(row.plan_currency)),
        state=row.state,
        at=row.at,
        person=row.person,
        note=row.note,
        parts=parts,
        losses=losses,
        started_at=row.started_at,
        started_by=row.started_by,
        made=row.made,
        lot=row.lot_id,
        place=row.place or "",
        work_minor=row.work_minor,
        cost=row.cost_minor,
        finished_at=row.finished_at,
        finished_by=row.finished_by,
        given_up_at=row.given_up_at,
        given_up_by=row.given_up_by,
    )


_CLAIMED = select(workshop_key.c.fingerprint, workshop_key.c.document).where(workshop_key.c.key == bindparam("of_key"))
_ANSWER = update(workshop_key).where(workshop_key.c.key == bindparam("of_key"))


class SqlWorkshopKeys:
    """Keys of requests over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, key: str, fingerprint: str, at: datetime) -> bool:
        """On a server a second till waits here until the first has committed."""
        values = {"key": key, "fingerprint": fingerprint, "document": "", "at": at}
        return self._connection.execute(insert_new(self._connection, workshop_key), values).rowcount == 1

    def answer(self, key: str, document: str) -> None:
        self._connection.execute(_ANSWER.values(document=document), {"of_key": key})

    def claimed(self, key: str) -> tuple[str, str]:
        row = self._connection.execute(_CLAIMED, {"of_key": key}).one()
        return row.fingerprint, row.document
