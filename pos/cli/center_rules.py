"""`center rates …` and `center regime …`: by what the center judges."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer

from pos.application.center.office import CenterOffice
from pos.application.center.ports import ProposedRegime
from pos.application.center.regime_files import RegimePreview
from pos.application.settings.options import read_date
from pos.cli.center_place import Database, Keys
from pos.cli.runtime import Run, print_json
from pos.domain.pricing.rates import read_rate

By = Annotated[str, typer.Option(help="The person who does it; it stands in the journal.")]
Number = Annotated[int, typer.Argument(metavar="ID", help="The number of a proposed file.")]
Open = Callable[[str, Path], AbstractContextManager[CenterOffice]]


def add_rules(group: typer.Typer, run: Run, office: Open) -> None:
    """The commands, below `center`."""
    _add_rates(group, run, office)
    _add_regimes(group, run, office)


def _add_rates(group: typer.Typer, run: Run, office: Open) -> None:
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


def _add_regimes(group: typer.Typer, run: Run, office: Open) -> None:
    regimes = typer.Typer(help="The regimes by which the center judges.")
    group.add_typer(regimes, name="regime")

    @regimes.command()
    def propose(
        file: Annotated[Path, typer.Argument(metavar="FILE", help="A regime file; its name is its id.")],
        database: Database,
        keys: Keys,
        by: By,
        since: Annotated[str, typer.Option("--from", help="In force from this day, 2026-12-01.")],
    ) -> None:
        """Keep a file for another person to approve, and print what it changes."""
        day = read_date(since, "from")
        with office(database, keys) as center:
            preview = center.propose_regime(file, day, by, run.wiring.login())
        print_json(_preview_json(preview))

    @regimes.command()
    def approve(number: Number, database: Database, keys: Keys, by: By) -> None:
        """Let a file be in force from its day on; who proposed it cannot."""
        with office(database, keys) as center:
            file = center.approve_regime(number, by, run.wiring.login())
        print_json(_file_json(file))

    @regimes.command("list")
    def list_files(database: Database, keys: Keys) -> None:
        """Every file that was proposed, and the regimes in force now."""
        with office(database, keys) as center:
            files, in_force = center.regime_files()
        print_json(
            {
                "files": [_file_json(file) for file in files],
                "in_force": [
                    {"regime": each.regime.id, "digest": each.digest, "since": each.starts_on} for each in in_force
                ],
            }
        )

    @regimes.command()
    def show(number: Number, database: Database, keys: Keys) -> None:
        """Print what a file changes in the one that is in force now."""
        with office(database, keys) as center:
            preview = center.show_regime(number)
        print_json(_preview_json(preview))


def _preview_json(preview: RegimePreview) -> dict[str, object]:
    changes = preview.changes
    listed = None
    if changes is not None:
        listed = [
            {"rule": each.rule or None, "field": each.field or None, "before": each.before, "after": each.after}
            for each in changes
        ]
    return {**_file_json(preview.file), "changes": listed}


def _file_json(file: ProposedRegime) -> dict[str, object]:
    return {
        "file": file.id,
        "regime": file.regime,
        "digest": file.digest,
        "from": file.starts_on,
        "proposed_by": file.by,
        "proposed_at": file.at,
        "approved_by": file.approved_by,
        "approved_at": file.approved_at,
    }
