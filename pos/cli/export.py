"""`export customs`, `export seals`: goods carried out by each visitor, and the seals of the books."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.application.settings.options import read_date
from pos.application.text.file_names import file_name_of
from pos.cli.runtime import Run, print_json, print_or_write


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="Exports.")
    program.add_typer(group, name="export")

    @group.callback()
    def export() -> None:
        """Exports."""

    @group.command()
    def customs(
        first: Annotated[str, typer.Option("--from", help="The first day, 2026-11-01.")],
        last: Annotated[str, typer.Option("--to", help="The last day (included).")],
        out: Annotated[Path, typer.Option(help="The file: .csv or .json.")],
        regime: Annotated[str | None, typer.Option(help="One regime, such as cn-horgos; default: all.")] = None,
    ) -> None:
        """Write the goods taken out by each visitor, by regime and day. The export is recorded in the journal."""
        days = read_date(first, "from"), read_date(last, "to")
        made = run.shop.export_customs(run.person(), *days, out, regime)
        lines = sum(len(one.lines) for one in made.carried)
        print_json({"file": str(out), "carry_outs": len(made.carried), "lines": lines})

    @group.command()
    def seals(file: Annotated[Path, typer.Argument(metavar="FILE", help="The file: one JSON line per seal.")]) -> None:
        """Write the journal seals, to be kept outside the shop."""
        lines = run.shop.office.export_seals(run.person(), file_name_of(file))
        print_or_write("".join(f"{line}\n" for line in lines).encode(), file)
        print_json({"file": str(file), "seals": len(lines)})
