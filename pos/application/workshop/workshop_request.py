"""Recipes and batches read from JSON files, and the workshop as JSON for the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pos.application.text.json_amounts import amount, cost_json
from pos.application.text.json_fields import (
    quoted,
    read_cost,
    read_day,
    read_key,
    read_line_text,
    read_list,
    read_object,
    read_text,
    read_whole,
)
from pos.application.workshop.batch_steps import BatchDraft
from pos.application.workshop.batch_view import BatchInput, BatchView
from pos.application.workshop.end_batch import FinishDraft, GiveUpDraft
from pos.application.workshop.goods_lines import MOST_LINES, GoodsLine
from pos.application.workshop.processing_ledger import ProcessedLot, UsedIn
from pos.application.workshop.recipes import RecipeDraft, RecipeView
from pos.application.workshop.workshop_report import WorkshopReport
from pos.domain.money import Currency, Money
from pos.domain.workshop.batch import NO_LOT, pieces_by_cost, read_batch_name
from pos.domain.workshop.recipe import LONGEST_NAME, MOST_INPUTS, read_recipe_name, recipe_name


def read_recipe(value: object, price: Currency) -> RecipeDraft:
    """Read the file of `workshop recipe`. Raises a BadInput naming the field."""
    names = ("key", "recipe", "name", "output", "inputs", "loss", "work", "shelf_days", "valid_from")
    fields = read_object(value, "recipe", names)
    number, days = fields.get("recipe"), fields.get("shelf_days")
    inputs = read_list(fields, "inputs", "", MOST_INPUTS)
    return RecipeDraft(
        name=read_text(fields.get("name"), "name", LONGEST_NAME),
        output=_goods(fields.get("output"), "output"),
        inputs=tuple(_goods(line, f"inputs[{at}]") for at, line in enumerate(inputs)),
        loss=0 if fields.get("loss") is None else read_whole(fields["loss"], "loss"),
        work=read_cost(fields.get("work"), "work", price),
        shelf_days=None if days is None else read_whole(days, "shelf_days"),
        valid_from=read_day(fields.get("valid_from"), "valid_from"),
        number=None if number is None else read_recipe_name(str(number)),
        key=_key(fields),
    )


def read_plan(value: object) -> BatchDraft:
    """Read the file of `workshop plan`. Raises a BadInput naming the field."""
    fields = read_object(value, "batch", ("key", "recipe", "planned", "day", "note"))
    recipe = read_recipe_name(str(fields.get("recipe", "")))
    planned = read_whole(fields.get("planned"), "planned")
    day, note = read_day(fields.get("day"), "day"), read_line_text(fields.get("note"), "note")
    return BatchDraft(recipe, planned, day, note, _key(fields))


def read_finish(value: object, price: Currency) -> FinishDraft:
    """Read the file of `workshop finish`. Raises a BadInput naming the field."""
    names = ("key", "batch", "made", "expiry", "lot", "place", "work", "back", "lost")
    fields = read_object(value, "finish", names)
    return FinishDraft(
        batch=read_batch_name(str(fields.get("batch", ""))),
        made=read_whole(fields.get("made"), "made"),
        expiry=read_day(fields.get("expiry"), "expiry"),
        lot=read_line_text(fields.get("lot"), "lot"),
        place=read_line_text(fields.get("place"), "place"),
        work=read_cost(fields.get("work"), "work", price),
        back=_lines(fields, "back", ("code", "quantity", "lot")),
        lost=_lines(fields, "lost", ("code", "quantity", "lot", "reason")),
        key=_key(fields),
    )


def read_give_up(value: object) -> GiveUpDraft:
    """Read the file of `workshop give-up`. Raises a BadInput naming the field."""
    fields = read_object(value, "give_up", ("key", "batch", "lost", "all_lost"))
    return GiveUpDraft(
        batch=read_batch_name(str(fields.get("batch", ""))),
        lost=_lines(fields, "lost", ("code", "quantity", "lot", "reason")),
        all_lost=read_line_text(fields.get("all_lost"), "all_lost"),
        key=_key(fields),
    )


def _key(fields: Mapping[str, Any]) -> str:
    return "" if fields.get("key") is None else read_key(fields["key"])


def _lines(fields: Mapping[str, Any], name: str, known: tuple[str, ...]) -> tuple[GoodsLine, ...]:
    items = read_list(fields, name, "", MOST_LINES)
    return tuple(_goods(item, f"{name}[{at}]", known) for at, item in enumerate(items))


def _goods(value: object, where: str, known: tuple[str, ...] = ("code", "quantity")) -> GoodsLine:
    line = read_object(value, where, known)
    return GoodsLine(
        read_whole(line.get("quantity"), f"{where}.quantity"),
        read_text(line.get("code"), f"{where}.code"),
        lot=read_line_text(line.get("lot"), f"{where}.lot"),
        reason=quoted(line.get("reason", "")),
        lot_id=NO_LOT if line.get("lot") == "" else None,
    )


def recipe_json(view: RecipeView) -> dict[str, Any]:
    """A version of a recipe as JSON."""
    recipe = view.recipe
    return {
        "recipe": recipe.document,
        "version": recipe.version,
        "name": recipe.name,
        "valid_from": recipe.valid_from.isoformat(),
        "current": view.is_current,
        "withdrawn": recipe.is_withdrawn,
        "output": {"code": view.product.code, "name": view.product.name, "quantity": recipe.quantity},
        "inputs": [{"code": product.code, "name": product.name, "quantity": pieces} for product, pieces in view.inputs],
        "loss": recipe.loss,
        "work": amount(recipe.work),
        "shelf_days": recipe.shelf_days,
        "at": view.version.at.isoformat(),
        "person": view.version.person,
    }


def batch_json(view: BatchView, price: Currency) -> dict[str, Any]:
    """A batch as JSON; `pieces` says how its cost falls on its pieces, to the minor unit."""
    batch, lot = view.batch, view.lot
    by_cost = [] if batch.cost is None or batch.made is None else pieces_by_cost(batch.cost, batch.made)
    return {
        "batch": batch.document,
        "state": batch.state,
        "recipe": view.recipe.document,
        "version": batch.version,
        "code": view.product.code,
        "name": view.product.name,
        "day": batch.day.isoformat(),
        "planned": batch.planned,
        "note": batch.note or None,
        "inputs": [_input_json(one, price) for one in view.inputs],
        "lost": [
            {
                "code": next(one.product.code for one in view.inputs if one.product.id == loss.product),
                "quantity": loss.quantity,
                "reason": loss.reason,
                "cost": cost_json(None if loss.cost is None else Money(loss.cost, price)),
            }
            for loss in batch.losses
        ],
        "made": batch.made,
        "lot": None if lot is None else lot.code,
        "expiry": None if lot is None or lot.expiry is None else lot.expiry.isoformat(),
        "entry": None if lot is None else lot.entry or None,
        "place": batch.place or None,
        "work": amount(batch.work) if batch.work_minor is None else amount(Money(batch.work_minor, price)),
        "cost": cost_json(None if batch.cost is None else Money(batch.cost, price)),
        "pieces": [{"quantity": count, "cost": amount(Money(each, price))} for count, each in by_cost],
        "planned_by": _by(batch.at.isoformat(), batch.person),
        "started_by": None if batch.started_at is None else _by(batch.started_at.isoformat(), batch.started_by),
        "finished_by": None if batch.finished_at is None else _by(batch.finished_at.isoformat(), batch.finished_by),
        "given_up_by": None if batch.given_up_at is None else _by(batch.given_up_at.isoformat(), batch.given_up_by),
    }


def _by(at: str, person: str | None) -> dict[str, str | None]:
    return {"at": at, "person": person}


def _input_json(one: BatchInput, price: Currency) -> dict[str, Any]:
    return {
        "code": one.product.code,
        "name": one.product.name,
        "needed": one.needed,
        "there": one.there,
        "missing": one.missing,
        "parts": [
            {
                "place": part.place,
                "lot": None if lot is None else lot.code,
                "entry": None if lot is None else lot.entry or None,
                "quantity": part.quantity,
                "cost": cost_json(None if part.cost is None else Money(part.cost, price)),
                "back": part.back,
                "lost": part.lost,
            }
            for part, lot in one.parts
        ],
    }


def processed_json(one: ProcessedLot) -> dict[str, Any]:
    """The account of a lot: received = sold + destroyed − counted + on_hand + used.

    `used` is in `made`: sold + destroyed + in_process − counted + on_hand = used, exactly, as fractions.
    """
    books, through = one.account.figures, one.account.through
    return {
        "entry": books.lot.entry or None,
        "code": one.product.code,
        "name": one.product.name,
        "lot": books.lot.code,
        "expiry": None if books.lot.expiry is None else books.lot.expiry.isoformat(),
        "received": books.came,
        "sold": books.sold,
        "destroyed": books.wasted,
        "counted": books.counted,
        "on_hand": books.on_hand,
        "used": one.used,
        "made": {
            "sold": str(through.sold),
            "destroyed": str(through.wasted),
            "in_process": str(through.in_process),
            "counted": str(through.counted),
            "on_hand": str(through.on_hand),
        },
        "batches": [_used_json(used) for used in one.batches],
    }


def _used_json(used: UsedIn) -> dict[str, Any]:
    answer: dict[str, Any] = {"batch": used.document, "used": used.use.used, "lost": None, "output": None}
    if used.output is None or used.product is None:
        return answer
    books = used.output.figures
    return answer | {
        "lost": str(used.use.used - used.use.contained),
        "output": {
            "code": used.product.code,
            "name": used.product.name,
            "lot": books.lot.code,
            "made": books.came,
            "sold": books.sold,
            "destroyed": books.wasted,
            "counted": books.counted,
            "used": used.output.used,
            "on_hand": books.on_hand,
        },
    }


def report_json(report: WorkshopReport) -> dict[str, Any]:
    """The report of a period; `yield` and `each` are exact fractions, `each` in units of the price currency."""
    price, figures = report.price, report.figures

    def money(minor: int | None) -> dict[str, str] | None:
        return cost_json(None if minor is None else Money(minor, price))

    return {
        "from": report.first.isoformat(),
        "to": report.last.isoformat(),
        "recipes": [
            {
                "recipe": recipe_name(one.recipe),
                "name": report.names[one.recipe],
                "code": report.goods[one.product].code,
                "finished": one.finished,
                "given_up": one.given_up,
                "planned": one.planned,
                "made": one.made,
                "yield": None if one.achieved is None else str(one.achieved),
                "inputs": money(one.inputs),
                "work": money(one.work),
                "cost": money(one.cost),
                "each": None if one.each is None else str(one.each / price.minor_per_unit),
                "lost": one.lost,
                "lost_cost": money(one.lost_cost),
            }
            for one in figures.recipes
        ],
        "losses": [
            {"reason": one.reason, "pieces": one.pieces, "cost": money(one.cost)} for one in figures.losses
        ],
        "in_process": {
            "batches": figures.started, "pieces": figures.in_process, "cost": money(figures.process_cost)
        },
    }  # fmt: skip
