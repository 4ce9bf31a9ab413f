"""`workshop recipe`, `plan`, `start`, `finish`, `give-up`, `list`, `ledger` …: the shop's own workshop."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.application.settings.options import read_date
from pos.application.text.json_fields import read_key
from pos.application.text.json_object import parse_json
from pos.application.workshop import tables
from pos.application.workshop.workshop_request import (
    batch_json,
    processed_json,
    read_finish,
    read_give_up,
    read_plan,
    read_recipe,
    recipe_json,
    report_json,
)
from pos.cli.options import Out, whole, wrote
from pos.cli.runtime import Run, copy_file, print_json, read_file
from pos.domain.errors import BadField
from pos.domain.workshop.batch import OPEN_STATES, STATES, read_batch_name
from pos.domain.workshop.recipe import read_recipe_name

_MOST = 1_000
_BATCH = typer.Argument(metavar="BATCH", help="Such as B-000012, or 12.")
_RECIPE = typer.Argument(metavar="RECIPE", help="Such as W-000003, or 3.")
_KEY = typer.Option(help="The key of the request: requested twice, done once.")


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="The shop's own workshop: recipes and batches.")
    program.add_typer(group, name="workshop")
    _add_recipes(group, run)
    _add_batches(group, run)
    _add_lists(group, run)


def _add_recipes(group: typer.Typer, run: Run) -> None:
    @group.command()
    def recipe(
        file: Annotated[str, typer.Argument(metavar="FILE", help="JSON: name, output, inputs …; - is standard input.")],
    ) -> None:
        """Set a recipe, or the next version of one."""
        draft = read_recipe(parse_json(read_file(file)), run.shop.settings().price)
        print_json(recipe_json(run.shop.workshop.recipes(run.person(), draft)))

    @group.command()
    def recipes(
        number: Annotated[str | None, typer.Argument(metavar="[RECIPE]", help="The history of this recipe.")] = None,
        withdrawn: Annotated[bool, typer.Option("--withdrawn", help="Withdrawn ones, too.")] = False,
        out: Out = None,
    ) -> None:
        """Print the recipes in force, or all versions of one."""
        step, person = run.shop.workshop.recipes, run.person()
        if number is not None:
            print_json([recipe_json(one) for one in step.history(person, read_recipe_name(number))])
        elif not wrote(run, out, tables.recipes(step, withdrawn=withdrawn)):
            print_json([recipe_json(one) for one in step.all(person, withdrawn=withdrawn)])

    @group.command()
    def withdraw(
        number: Annotated[str, _RECIPE],
        day: Annotated[str | None, typer.Option("--from", help="From this day on; default: today.")] = None,
        key: Annotated[str | None, _KEY] = None,
    ) -> None:
        """Make nothing by a recipe any more; its history stays."""
        since = None if day is None else read_date(day, "from")
        step = run.shop.workshop.recipes
        print_json(recipe_json(step.withdraw(run.person(), read_recipe_name(number), since, _key_of(key))))


def _add_batches(group: typer.Typer, run: Run) -> None:
    @group.command()
    def plan(
        file: Annotated[
            str, typer.Argument(metavar="FILE", help="JSON: recipe, planned, day, note; - is standard input.")
        ],
    ) -> None:
        """Plan a batch; nothing leaves the stock yet."""
        draft = read_plan(parse_json(read_file(file)))
        print_json(batch_json(run.shop.workshop.plan(run.person(), draft), run.shop.settings().price))

    @group.command()
    def start(number: Annotated[str, _BATCH], key: Annotated[str | None, _KEY] = None) -> None:
        """Start a batch: its inputs leave the stock, earliest last day first."""
        view = run.shop.workshop.start(run.person(), read_batch_name(number), _key_of(key))
        print_json(batch_json(view, run.shop.settings().price))

    @group.command()
    def finish(
        file: Annotated[
            str, typer.Argument(metavar="FILE", help="JSON: batch, made, expiry, back, lost …; - is standard input.")
        ],
    ) -> None:
        """Finish a batch: its output is a lot at the cost of the inputs and the work."""
        price = run.shop.settings().price
        draft = read_finish(parse_json(read_file(file)), price)
        print_json(batch_json(run.shop.workshop.finish(run.person(), draft), price))

    @group.command("give-up")
    def give_up(
        file: Annotated[str, typer.Argument(metavar="FILE", help="JSON: batch, lost, all_lost; - is standard input.")],
    ) -> None:
        """Cancel a batch: what is lost is written off by reason, the rest returns to the stock."""
        draft = read_give_up(parse_json(read_file(file)))
        print_json(batch_json(run.shop.workshop.give_up(run.person(), draft), run.shop.settings().price))

    @group.command()
    def show(number: Annotated[str, _BATCH]) -> None:
        """Print one batch, with what is in stock of its inputs."""
        view = run.shop.workshop.batches.show(run.person(), read_batch_name(number))
        print_json(batch_json(view, run.shop.settings().price))

    @group.command()
    def labels(
        number: Annotated[str, _BATCH],
        out: Annotated[Path, typer.Argument(metavar="OUT.pdf", help="The PDF to write.")],
        paper: Annotated[str, typer.Option(help="a4 (24 a sheet), a4-44 or roll-40x30.")] = "a4",
        start_at: Annotated[
            int, typer.Option("--start", parser=whole, help="The first free position of a partly used sheet.")
        ] = 1,
        lots: Annotated[bool, typer.Option("--lots/--no-lots", help="Print lot and expiry date.")] = True,
    ) -> None:
        """Print the labels of the output of a finished batch, one per piece."""
        person, shop = run.person(), run.shop
        due = shop.workshop.batches.labels(person, read_batch_name(number), lots=lots)
        printed = shop.print_labels(
            due, person, paper, start_at, to_paper=False, handing=lambda drawn: copy_file(drawn, out)
        )
        print_json({"pdf": str(out), "labels": printed.labels, "pages": printed.pages})


def _add_lists(group: typer.Typer, run: Run) -> None:
    @group.command("list")
    def show_all(
        state: Annotated[str, typer.Option(help="planned, started, finished, given_up, open or all.")] = "open",
        out: Out = None,
    ) -> None:
        """Print the batches, newest first."""
        if state not in (*STATES, "open", "all"):
            raise BadField("state", "unknown", state[:20])
        states = OPEN_STATES if state == "open" else () if state == "all" else (state,)
        step = run.shop.workshop.batches
        if not wrote(run, out, tables.batches(step, states)):
            price = run.shop.settings().price
            print_json([batch_json(one, price) for one in step(run.person(), states, _MOST)])

    @group.command()
    def ledger(
        entry: Annotated[str, typer.Option(help="One import document; default: all that were processed.")] = "",
        by_batch: Annotated[
            bool, typer.Option("--by-batch", help="In a file: a row for each batch, not for each lot.")
        ] = False,
        out: Out = None,
    ) -> None:
        """Print where the processed goods of each import document are: sold, wasted, in process or on hand."""
        step = run.shop.workshop.ledger
        if not wrote(run, out, tables.processing(step, entry, by_batch=by_batch)):
            print_json([processed_json(one) for one in step.every(run.person(), entry)])

    @group.command()
    def report(
        day: Annotated[str | None, typer.Option("--from", help="2026-11-24; default: today.")] = None,
        last: Annotated[str | None, typer.Option("--to", help="The last day; default: the first.")] = None,
        out: Out = None,
    ) -> None:
        """Print yield, cost and losses of a period."""
        first = None if day is None else read_date(day, "from")
        final = None if last is None else read_date(last, "to")
        step = run.shop.workshop.report
        if not wrote(run, out, tables.report(step, first, final)):
            print_json(report_json(step(run.person(), first, final)))


def _key_of(key: str | None) -> str:
    return "" if key is None else read_key(key)
