"""Batches in the current language: rows of the list, and the facts of the selected one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pos.application.settings.settings import Settings
from pos.application.text.formatting import (
    amount_text,
    date_text,
    instant_text,
    money_text,
    number_text,
    percent_text,
    pieces_text,
)
from pos.application.text.names import STOCK_LOCATIONS, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import listed, noted, strung
from pos.application.workshop.batch_view import BatchInput, BatchView
from pos.application.workshop.workshop_words import BATCH_STATES, LOSSES
from pos.domain.money import Money
from pos.domain.stock.stock import Lot
from pos.domain.workshop.batch import (
    FINISHED,
    GIVEN_UP,
    PLANNED,
    STARTED,
    Batch,
    BatchNotYet,
    NotEnoughInput,
    TakenPart,
    pieces_by_cost,
)
from pos.domain.workshop.recipe import RecipeWithdrawn
from pos.ui.look.icons import category_icon
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.tables.line_table import Cell, LineRow
from pos.ui.workshop.fact_list import Fact

_LOOKS = {
    PLANNED: ("calendar", "text"),
    STARTED: ("hourglass", "nearly"),
    FINISHED: ("circle-check", "within"),
    GIVEN_UP: ("circle-x", "muted"),
}
"""Icon and token of each state."""


def state_text(batch: Batch, tr: Translator) -> str:
    """planned, started, finished, cancelled."""
    return name_of(BATCH_STATES, batch.state, tr)


def batch_row(view: BatchView, tr: Translator) -> LineRow:
    """A batch as a row of the list."""
    batch, language = view.batch, tr.language
    icon, token = _LOOKS[batch.state]
    held_up = obstacle_word(view, tr)
    if held_up:
        icon, token = "circle-alert", "over"
    pieces = number_text(batch.planned if batch.made is None else batch.made, language)
    planned = "" if batch.made is None else tr("of {n}", n=number_text(batch.planned, language))
    lot = Cell("—", token="muted")
    if view.lot is not None:
        day = view.lot.expiry
        lot = Cell(view.lot.code, "" if day is None else tr("to {day}", day=date_text(day, language)))
    return LineRow(
        batch.number,
        category_icon(view.product.category or ""),
        (
            Cell(view.product.name_in(language), f"{batch.document} · {view.recipe.name}", bold=True),
            Cell(
                state_text(batch, tr),
                held_up,
                token=token,
                bold=True,
                icon=icon,
                second_token="over" if held_up else "muted",
            ),
            Cell(pieces, planned, bold=True),
            Cell(date_text(batch.day, language), batch.note),
            lot,
        ),
    )


def obstacle_word(view: BatchView, tr: Translator) -> str:
    """In two words why a planned batch cannot be started; empty where it can, or will from its day on."""
    match view.obstacle:
        case NotEnoughInput():
            return tr("inputs missing")
        case RecipeWithdrawn():
            return tr("recipe withdrawn")
    return ""


def obstacle_text(view: BatchView, tr: Translator) -> tuple[str, str, Tone]:
    """Why a planned batch cannot be started: in short, what to do, and how bad it is."""
    match view.obstacle:
        case BatchNotYet(valid_from=day):
            hint = tr("The version of the recipe by which it is planned is in force from that day.")
            return tr("It can be started from {day} on", day=date_text(day, tr.language)), hint, Tone.NEARLY
        case RecipeWithdrawn():
            return tr("Its recipe is withdrawn"), tr("Nothing is made by it any more. Cancel the batch."), Tone.OVER
    return tr("Inputs are missing"), tr("Plan fewer pieces, or receive the missing goods first."), Tone.OVER


def needs_facts(inputs: Sequence[BatchInput], tr: Translator) -> list[Fact]:
    """What a planned batch needs of each input, how much of it is free, and what is missing."""
    return [
        Fact(
            one.product.name_in(tr.language),
            listed(tr, _needs(one, tr)),
            Tone.OVER if one.missing else None,
        )
        for one in inputs
    ]


def _needs(one: BatchInput, tr: Translator) -> list[str]:
    def count(pieces: int) -> str:
        return number_text(pieces, tr.language)

    said = [tr("{n} needed", n=count(one.needed)), tr("{n} free", n=count(max(one.there or 0, 0)))]
    if one.barred:
        said.append(tr("{n} held, set aside or expired", n=count(one.barred)))
    if one.missing:
        said.append(tr.context("batch", "{n} missing", n=count(one.missing)))
    return said


def taken_facts(view: BatchView, price: Settings, tr: Translator) -> list[Fact]:
    """What a batch took, by lot, with what came back or was lost of it and what it cost."""
    return [
        Fact(f"{one.product.name_in(tr.language)} · {lot_text(lot, tr)}", listed(tr, _taken(part, lot, price, tr)))
        for one in view.inputs
        for part, lot in one.parts
    ]


def lot_text(lot: Lot | None, tr: Translator) -> str:
    """The code of a lot, or that there is none."""
    return tr("no lot") if lot is None else lot.code


def _taken(part: TakenPart, lot: Lot | None, settings: Settings, tr: Translator) -> list[str]:
    language = tr.language
    said = [tr("{n} taken", n=number_text(part.quantity, language))]
    if part.back:
        said.append(tr("{n} unused", n=number_text(part.back, language)))
    if part.lost:
        said.append(tr("{n} lost", n=number_text(part.lost, language)))
    said.append(_cost(part.cost, settings, tr))
    if lot is not None and lot.expiry is not None:
        said.append(tr("to {day}", day=date_text(lot.expiry, language)))
    if lot is not None and lot.entry:
        said.append(lot.entry)
    return said


def _cost(minor: int | None, settings: Settings, tr: Translator) -> str:
    return tr("cost unknown") if minor is None else money_text(Money(minor, settings.price), tr.language)


def cost_facts(view: BatchView, settings: Settings, tr: Translator) -> list[Fact]:
    """What a batch costs: inputs, work, all of it, and a piece, to the minor unit."""
    batch, language = view.batch, tr.language
    if batch.state == PLANNED:
        return [Fact(tr("Cost of the work"), money_text(batch.work, language))]
    if batch.state == GIVEN_UP:  # what was not lost came back, and the losses have their own cost
        return []
    work = money_text(batch.work, language)
    if batch.work_minor is not None:
        work = money_text(Money(batch.work_minor, settings.price), language)
    said = [
        tr("inputs {amount}", amount=_cost(batch.input_cost, settings, tr)),
        tr("work {amount}", amount=work),
    ]
    if batch.cost is not None:
        said.append(tr("together {amount}", amount=_cost(batch.cost, settings, tr)))
    facts = [Fact(tr("Cost"), listed(tr, said))]
    if batch.cost is not None and batch.made:
        each = [
            f"{number_text(count, language)} × {amount_text(Money(minor, settings.price), language)}"
            for count, minor in pieces_by_cost(batch.cost, batch.made)
        ]
        facts.append(Fact(tr("A piece costs"), listed(tr, each)))
    return facts


def output_facts(view: BatchView, tr: Translator) -> list[Fact]:
    """The output of a finished batch: pieces, yield, lot, last day, place, customs document."""
    batch, lot, language = view.batch, view.lot, tr.language
    if batch.made is None or lot is None:
        return []
    said = [pieces_text(batch.made, tr)]
    if batch.achieved is not None:
        said.append(tr("yield {share}", share=percent_text(batch.achieved * 100, language, 1)))
    if batch.place:
        said.append(name_of(STOCK_LOCATIONS, batch.place, tr))
    last = tr("no last day") if lot.expiry is None else tr("to {day}", day=date_text(lot.expiry, language))
    name = tr("Output, taken out of stock again") if batch.state == GIVEN_UP else tr("Output")
    return [
        Fact(name, listed(tr, said)),
        Fact(tr("Lot {lot}", lot=lot.code), listed(tr, [last, lot.entry or tr("no document")])),
    ]


def loss_facts(view: BatchView, settings: Settings, tr: Translator) -> list[Fact]:
    """What was lost, by reason."""
    names = {one.product.id: one.product.name_in(tr.language) for one in view.inputs}
    return [
        Fact(
            tr("Lost: {goods}", goods=names[loss.product]),
            listed(
                tr,
                [
                    pieces_text(loss.quantity, tr),
                    name_of(LOSSES, loss.reason, tr),
                    _cost(loss.cost, settings, tr),
                ],
            ),
        )
        for loss in view.batch.losses
    ]


def history_facts(view: BatchView, settings: Settings, names: Mapping[str, str], tr: Translator) -> list[Fact]:
    """Who did what when."""
    batch = view.batch
    steps: list[tuple[str, datetime | None, str | None]] = [
        (tr("Planned"), batch.at, batch.person),
        (tr.context("batch", "Started"), batch.started_at, batch.started_by),
        (tr("Finished"), batch.finished_at, batch.finished_by),
        (tr.context("batch", "Cancelled"), batch.given_up_at, batch.given_up_by),
    ]
    return [
        Fact(
            head,
            strung(tr, [instant_text(at, settings.zone, tr.language), names.get(person or "", person or "")]),
        )
        for head, at, person in steps
        if at is not None
    ]


def recipe_choice(name: str, document: str, tr: Translator) -> str:
    """A recipe in a list to choose from."""
    return noted(tr, name, document)
