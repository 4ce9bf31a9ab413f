"""`quota check`: the allowance evaluator without a shop."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pos.application.quota.check_quota import check
from pos.cli.runtime import Run, read_file


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="The duty-free allowance.")
    program.add_typer(group, name="quota")

    @group.callback()
    def quota() -> None:
        """The duty-free allowance."""

    @group.command("check")
    def check_scenario(
        file: Annotated[str, typer.Argument(metavar="FILE", help="A scenario or a list; - reads stdin.")],
        first: Annotated[
            bool, typer.Option("--first", help="Print only the first answer, as shown at the till.")
        ] = False,
    ) -> None:
        """Check one scenario or a list of them, and print the result as JSON."""
        sys.stdout.write(check(read_file(file), run.wiring.regimes(run.options), first) + "\n")
        sys.stdout.flush()
