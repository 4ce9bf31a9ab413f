"""`rates show`, `rates set`, `rates import`: dated exchange rates."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pos.application.options import read_instant
from pos.application.sale_answer import rates_answer
from pos.application.set_rates import RateJump, WantedRate
from pos.cli.frame import Run, print_json
from pos.domain.money import currency
from pos.domain.rates import read_rate

_ANYWAY = "Record a rate that differs much from the last one."


def add_to(program: typer.Typer, run: Run) -> None:
    """Add the group to the tree of commands."""
    group = typer.Typer(help="Exchange rates.")
    program.add_typer(group, name="rates")

    @group.command()
    def show() -> None:
        """Print the rates in force: units of the base per unit."""
        table = run.shop.show_rates()
        print_json({"base": table.base.code, "price_currency": table.price.code, "rates": rates_answer(table)})

    @group.command("set")
    def set_rate(
        code: Annotated[str, typer.Argument(metavar="CURRENCY")],
        buy: Annotated[str, typer.Option(help="The shop takes one unit at so many units of the base.")],
        sell: Annotated[str, typer.Option(help="The shop gives one unit at so many units of the base.")],
        customs: Annotated[str | None, typer.Option(help="The official rate that values goods.")] = None,
        since: Annotated[str | None, typer.Option("--from", help="From this instant on; now without it.")] = None,
    ) -> None:
        """Record a rate from an instant on; the ones before stay for ever. One far from the last is warned of."""
        step, person = run.shop.set_rate, run.person()
        wanted = WantedRate(
            currency(code),
            read_rate(buy, "buy"),
            read_rate(sell, "sell"),
            None if customs is None else read_rate(customs, "customs"),
            None if since is None else read_instant(since, "from"),
        )
        try:
            (rate,) = step.all(person, [wanted])
        except RateJump as jump:
            print(run.wiring.refusal_text(jump, run.words), file=sys.stderr)
            (rate,) = step.all(person, [wanted], anyway=True)
        table = run.shop.show_rates()
        print_json({"base": table.base.code, "set": rate.currency.code, "rates": rates_answer(table)})

    @group.command("import")
    def import_rates(
        file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV: currency, buy, sell[, customs, unit, from].")],
        anyway: Annotated[bool, typer.Option("--anyway", help=_ANYWAY)] = False,
    ) -> None:
        """Record the rates of a file, all of them or none; `unit` is per how many the source quotes (1, 10, 100)."""
        rates = run.shop.import_rates(file, run.person(), anyway=anyway)
        table = run.shop.show_rates()
        named = [rate.currency.code for rate in rates]
        print_json({"base": table.base.code, "rows": len(rates), "set": named, "rates": rates_answer(table)})
