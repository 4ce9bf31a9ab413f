"""Batches against their movements, their costs and the journal, and the account of processed goods, which adds up."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from db.engine.types import to_microseconds
from db.engine.value_chunks import value_chunks
from db.tables.catalogue import product
from db.tables.shop import journal
from db.tables.stock import lot, stock_move
from db.tables.workshop import batch_input, batch_loss, batch_part, recipe_input, workshop_key
from db.workshop.batches import SqlBatches
from db.workshop.processing import SqlProcessedGoods
from db.workshop.recipes import SqlRecipes
from pos.domain.money import CURRENCIES, Money
from pos.domain.stock.stock import MADE, PROCESSED
from pos.domain.stock.stock_document import WASTE
from pos.domain.workshop.batch import FINISHED, GIVEN_UP, PLANNED, Batch
from pos.domain.workshop.ledger import accounts
from pos.domain.workshop.recipe import Recipe, recipe_name

_EVERY = 1_000_000_000
_ACTS = ("plan_batch", "start_batch", "finish_batch", "give_up_batch")
_OF_RECIPES = ("set_recipe", "withdraw_recipe")
_Moved = tuple[str, int, int, str]
"""What kind of movement: taken, put back, made, made no more, lost; of which product and lot (0: of none), and why."""


@dataclass(slots=True)
class _Sum:
    """Pieces, and what they cost; None: of some it is unknown."""

    pieces: int = 0
    cost: int | None = 0

    def add(self, pieces: int, cost: int | None) -> None:
        self.pieces += pieces
        self.cost = None if self.cost is None or cost is None else self.cost + cost


@dataclass(slots=True)
class _Journaled:
    """The entries of one batch by act: when, by whom, and what they say."""

    acts: dict[str, tuple[int, str, Mapping[str, Any]]] = field(default_factory=dict)


def workshop_mismatches(connection: Connection) -> Iterator[str]:
    """One line for each recipe, batch or lot that is not as its movements, its costs or the journal say."""
    recipes = {(one.recipe.number, one.recipe.version): one.recipe for one in SqlRecipes(connection).all()}
    batches = SqlBatches(connection).listed((), _EVERY)
    codes: dict[int, str] = {}
    if recipes:
        codes = {row.id: row.code for row in connection.execute(select(product.c.id, product.c.code))}
    yield from _recipes(connection, recipes, codes)
    yield from _numbering(connection)
    yield from _movements(connection, batches)
    journaled = _journal(connection)
    lots = {row.id: row for row in connection.execute(select(lot))} if batches else {}
    for batch in reversed(batches):
        yield from _batch(batch, recipes.get((batch.recipe, batch.version)), lots)
        yield from _entries(batch, journaled.pop(batch.document, _Journaled()), codes, lots)
    for document in sorted(journaled):
        yield f"batch {document}: the journal has it, the store has not"
    yield from _account(connection)
    documents = {batch.document for batch in batches} | {recipe.document for recipe in recipes.values()}
    for key, document in connection.execute(select(workshop_key.c.key, workshop_key.c.document)):
        if document not in documents:
            yield f"request key {key}: claimed without a recipe or a batch"


def _recipes(
    connection: Connection, recipes: Mapping[tuple[int, int], Recipe], codes: Mapping[int, str]
) -> Iterator[str]:
    """Each version equals its entry in the journal."""
    said: dict[tuple[str, int], dict[str, Any]] = {}
    for row in connection.execute(select(journal).where(journal.c.act.in_(_OF_RECIPES)).order_by(journal.c.id)):
        details = json.loads(row.details)
        said[details["recipe"], details["version"]] = {**details, "withdrawn": row.act == "withdraw_recipe"}
    for one in recipes.values():
        lines = [{"code": codes.get(line.product), "quantity": line.quantity} for line in one.inputs]
        there = {
            "recipe": one.document,
            "version": one.version,
            "name": one.name,
            "valid_from": one.valid_from.isoformat(),
            "code": codes.get(one.product),
            "quantity": one.quantity,
            "loss": one.loss,
            "work": str(one.work),
            "currency": one.work.currency.code,
            "shelf_days": one.shelf_days,
            "lines": lines,
            "withdrawn": one.is_withdrawn,
        }
        if said.pop((one.document, one.version), None) != there:
            yield f"recipe {one.document}, version {one.version}: it is not what the journal says"
    for document, version in sorted(said):
        yield f"recipe {document}, version {version}: the journal has it, the store has not"


def _numbering(connection: Connection) -> Iterator[str]:
    """The lines of a recipe and of a batch are numbered without gaps."""
    for table, keys, number, first in _NUMBERED:
        counted = select(*keys, func.count(), func.min(number), func.max(number)).group_by(*keys).order_by(*keys)
        for row in connection.execute(counted):
            *key, count, low, high = row
            if (low, high) != (first, first + count - 1):
                yield f"{table} {' '.join(map(str, key))}: its lines are not numbered one after another"


_NUMBERED = (
    ("recipe", (recipe_input.c.recipe_id, recipe_input.c.version), recipe_input.c.line_no, 1),
    ("inputs of batch", (batch_input.c.batch_id,), batch_input.c.line_no, 1),
    ("parts of batch", (batch_part.c.batch_id,), batch_part.c.part_no, 0),
    ("losses of batch", (batch_loss.c.batch_id,), batch_loss.c.loss_no, 0),
)


def _movements(connection: Connection, batches: list[Batch]) -> Iterator[str]:
    """The goods that moved under the number of each batch, by lot and with their costs, are those that it names.

    A movement under another number is named with the movements of stock.
    """
    moved: dict[str, dict[_Moved, _Sum]] = {batch.document: {} for batch in batches}
    documents = list(moved)
    for some in value_chunks(documents):
        named = stock_move.c.document.in_(some)
        for row in connection.execute(select(stock_move).where(named).order_by(stock_move.c.id)):
            kind = row.reason if row.reason == WASTE else f"{row.reason}{'-' if row.quantity < 0 else '+'}"
            key = (kind, row.product_id, row.lot_id or 0, row.why or "")
            moved[row.document].setdefault(key, _Sum()).add(row.quantity, row.cost_minor)
    for batch in reversed(batches):
        expected, there = _expected(batch), moved[batch.document]
        if {key: one.pieces for key, one in expected.items()} != {key: one.pieces for key, one in there.items()}:
            yield f"batch {batch.document}: its movements are not what it took, lost and made"
        elif any(one.cost is not None and one.cost != there[key].cost for key, one in expected.items()):
            yield f"batch {batch.document}: its goods cost otherwise than its movements"


def _expected(batch: Batch) -> dict[_Moved, _Sum]:
    """What the rows of a batch say has moved. Of output that left again the cost is what it was worth by then."""
    expected: dict[_Moved, _Sum] = {}

    def add(kind: str, product_id: int, lot_id: int | None, pieces: int, cost: int | None, why: str = "") -> None:
        if pieces:
            expected.setdefault((kind, product_id, lot_id or 0, why), _Sum()).add(pieces, cost)

    for part in batch.parts:
        add(f"{PROCESSED}-", part.product, part.lot, -part.quantity, None if part.cost is None else -part.cost)
        add(f"{PROCESSED}+", part.product, part.lot, part.back + part.lost, part.returned_cost)
    for loss in batch.losses:
        add(WASTE, loss.product, loss.lot, -loss.quantity, None if loss.cost is None else -loss.cost, loss.reason)
    if batch.made is not None:
        add(f"{MADE}+", batch.product, batch.lot, batch.made, batch.cost)
        if batch.state == GIVEN_UP:
            add(f"{MADE}-", batch.product, batch.lot, -batch.made, None)
    return expected


def _batch(batch: Batch, recipe: Recipe | None, lots: Mapping[int, Any]) -> Iterator[str]:
    """A batch by itself: its needs are those of its recipe, its parts cover them, and its cost is their sum."""
    name = f"batch {batch.document}"
    if recipe is None or recipe.product != batch.product or recipe.needed(batch.planned) != batch.needs:
        yield f"{name}: it does not need what its recipe says"
    if recipe is not None and recipe.work_of(batch.planned) != batch.work:
        yield f"{name}: its work is not planned at the cost of its recipe"
    taken: Counter[int] = Counter()
    for part in batch.parts:
        taken[part.product] += part.quantity
    if batch.parts and dict(taken) != {need.product: need.quantity for need in batch.needs}:
        yield f"{name}: it took other goods than it needs"
    if (batch.started_at is None) != (not batch.parts) or (batch.state == PLANNED and batch.parts):
        yield f"{name}: its goods were taken or not, its state says otherwise"
    if any(part.returned_cost for part in batch.parts if not part.back + part.lost):
        yield f"{name}: nothing came back of a part, and it cost something"
    lost = Counter({at: part.lost for at, part in enumerate(batch.parts) if part.lost})
    written_off: Counter[int] = Counter()
    for loss in batch.losses:
        written_off[loss.part] += loss.quantity
    if lost != written_off:
        yield f"{name}: its losses are not what its parts lost"
    if batch.state == GIVEN_UP and any(part.used for part in batch.parts):
        yield f"{name}: it was given up, and goods are still in it"
    if batch.state == FINISHED and batch.cost is not None:
        inputs, work = batch.input_cost, batch.work_minor or 0
        if inputs is None or batch.cost != inputs + work:
            yield f"{name}: its output costs {batch.cost}, goods and work come to {(inputs or 0) + work}"
    if batch.lot is not None and lots[batch.lot].product_id != batch.product:
        yield f"{name}: its lot is of other goods"


def _journal(connection: Connection) -> dict[str, _Journaled]:
    found: dict[str, _Journaled] = {}
    for row in connection.execute(select(journal).where(journal.c.act.in_(_ACTS)).order_by(journal.c.id)):
        details = json.loads(row.details)
        of = found.setdefault(details["batch"], _Journaled())
        of.acts[row.act] = (to_microseconds(row.at), row.person, details)
    return found


def _entries(batch: Batch, journaled: _Journaled, codes: Mapping[int, str], lots: Mapping[int, Any]) -> Iterator[str]:
    """The entries of a batch are those of its steps, and say what it has."""
    steps = {
        "plan_batch": (batch.at, batch.person),
        "start_batch": (batch.started_at, batch.started_by),
        "finish_batch": (batch.finished_at, batch.finished_by),
        "give_up_batch": (batch.given_up_at, batch.given_up_by),
    }
    done = {act: (to_microseconds(at), person) for act, (at, person) in steps.items() if at is not None}
    if done != {act: (at, person) for act, (at, person, _) in journaled.acts.items()}:
        yield f"batch {batch.document}: the journal says that it went otherwise, or by another"
        return
    details = {act: said for act, (_, _, said) in journaled.acts.items()}
    if not _is_plan(batch, details["plan_batch"], codes):
        yield f"batch {batch.document}: it is not as the journal planned it"
    if "start_batch" in details and not _is_start(batch, details["start_batch"], codes, lots):
        yield f"batch {batch.document}: it took otherwise than the journal says"
    if "finish_batch" in details and not _is_finish(batch, details["finish_batch"], lots):
        yield f"batch {batch.document}: its output is not what the journal says"
    said = [line for act in ("finish_batch", "give_up_batch") for line in details.get(act, {}).get("lost", ())]
    if sorted((line["code"], line["lot"] or "", line["quantity"], line["reason"]) for line in said) != sorted(
        (codes[one.product], "" if one.lot is None else lots[one.lot].code, one.quantity, one.reason)
        for one in batch.losses
    ):
        yield f"batch {batch.document}: it lost otherwise than the journal says"


def _is_plan(batch: Batch, said: Mapping[str, Any], codes: Mapping[int, str]) -> bool:
    return dict(said) == {
        "batch": batch.document,
        "recipe": recipe_name(batch.recipe),
        "version": batch.version,
        "code": codes[batch.product],
        "planned": batch.planned,
        "day": batch.day.isoformat(),
        "work": str(batch.work),
        "currency": batch.work.currency.code,
        "note": batch.note or None,
        "lines": [{"code": codes[need.product], "quantity": need.quantity} for need in batch.needs],
    }


def _is_start(batch: Batch, said: Mapping[str, Any], codes: Mapping[int, str], lots: Mapping[int, Any]) -> bool:
    there = [
        {
            "code": codes[part.product],
            "lot": None if part.lot is None else lots[part.lot].code,
            "place": part.place,
            "quantity": part.quantity,
        }
        for part in batch.parts
    ]
    return bool(said["lines"] == there)


def _is_finish(batch: Batch, said: Mapping[str, Any], lots: Mapping[int, Any]) -> bool:
    assert batch.work_minor is not None, "what was made has its work"
    its_lot = lots[batch.lot or 0]
    price = CURRENCIES[said["currency"]]
    return {name: said[name] for name in ("made", "lot", "expiry", "entry", "place", "work", "value")} == {
        "made": batch.made,
        "lot": its_lot.code,
        "expiry": None if its_lot.expiry is None else its_lot.expiry.isoformat(),
        "entry": its_lot.entry or None,
        "place": batch.place,
        "work": str(Money(batch.work_minor, price)),
        "value": None if batch.cost is None else str(Money(batch.cost, price)),
    }


def _account(connection: Connection) -> Iterator[str]:
    """Of each lot that a batch used or made: what came is where its pieces are, by the domain's identity."""
    processing = SqlProcessedGoods(connection)
    ids = processing.touched()
    for one in accounts(processing.figures(ids), processing.uses(ids)).values():
        if one.difference or one.own.came + one.used != one.figures.came:
            yield f"lot {one.figures.lot.code} ({one.figures.lot.id}): its account of processed goods does not add up"
