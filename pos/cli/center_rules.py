"""`center rates …`: by what the center judges."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer

from pos.application.center.office import CenterOffice
from pos.application.settings.options import read_date
from pos.cli.center_place import Database, Keys
from pos.cli.runtime import Run, print_json
from pos.domain.pricing.rates import read_rate

Open = Callable[[str, Path], AbstractContextManager[CenterOffice]]


def add_rules(group: typer.Typer, run: Run, office: Open) -> None:
    """The commands, below `center`."""
    rates = typer.Typer(help="The customs rates of the center.")
    group.add_typer(rates, name="rates")

    @rates.command("set")
    def set_rate(
        code: Annotated[str, typer.Argument(metavar="CURRENCY")],
        database: Database,
        keys: Keys,
        customs: Annotated[str, typer.Option(help="The official rate: units of the border's rate currency per unit.")],
        since: Annotated[str | None, typer.Option("--from", help="From this day, 2026-11-24; default: today.")] = None,
    ) -> None:
        """Set the customs rate of a currency from a day on; a rate that is set stays."""
        day = None if since is None else read_date(since, "from")
        with office(database, keys) as center:
            rate = center.set_rate(code, read_rate(customs, "customs"), run.wiring.login(), day)
        print_json({"set": rate.currency, "base": rate.base, "customs": rate.per_unit, "from": rate.day})

    @rates.command("list")
    def list_rates(database: Database, keys: Keys) -> None:
        """Every customs rate, the newest first, with who set it and when."""
        with office(database, keys) as center:
            found = center.rates()
        print_json(
            [
                {
                    "from": rate.day,
                    "currency": rate.currency,
                    "base": rate.base,
                    "customs": rate.per_unit,
                    "by": rate.by,
                    "at": rate.at,
                }
                for rate in found
            ]
        )
