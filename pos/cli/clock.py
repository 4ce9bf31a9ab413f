"""`clock show|accept`: whether the computer's clock is behind the books, and what to do where they were ahead."""

from __future__ import annotations

import typer

from pos.cli.frame import Run, print_json


def add_to(program: typer.Typer, run: Run) -> None:
    """Add the group to the tree of commands."""
    group = typer.Typer(help="The clock of the till.")
    program.add_typer(group, name="clock")

    @group.command()
    def show() -> None:
        """Print how many seconds the computer clock is behind the last entry; 0 if it is not behind."""
        print_json({"behind_seconds": round(run.shop.office.accept_clock.behind().total_seconds())})

    @group.command()
    def accept() -> None:
        """Confirm that the clock is correct and was ahead before. This is recorded in the journal."""
        behind = run.shop.office.accept_clock(run.person())
        print_json({"behind_seconds": round(behind.total_seconds())})
