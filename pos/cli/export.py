"""`export customs`: what each visitor carried out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.application.options import read_date
from pos.cli.frame import Run, print_json


def add_to(program: typer.Typer, run: Run) -> None:
    """Add the group to the tree of commands."""
    group = typer.Typer(help="Files for others.")
    program.add_typer(group, name="export")

    @group.callback()
    def export() -> None:
        """Files for others."""

    @group.command()
    def customs(
        first: Annotated[str, typer.Option("--from", help="The first day, 2026-11-01.")],
        last: Annotated[str, typer.Option("--to", help="The last day, which is in it.")],
        out: Annotated[Path, typer.Option(help="The file: .csv or .json.")],
        regime: Annotated[str | None, typer.Option(help="One regime, cn-horgos; all without it.")] = None,
    ) -> None:
        """Write what each visitor carried out, by regime and day; the journal says that it was given out."""
        days = read_date(first, "from"), read_date(last, "to")
        made = run.shop.export_customs(run.person(), *days, out, regime)
        lines = sum(len(one.lines) for one in made.carried)
        print_json({"file": str(out), "carry_outs": len(made.carried), "lines": lines})
