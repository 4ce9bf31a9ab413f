"""`clock show|accept`: check the computer clock, and confirm it if the other clocks were wrong."""

from __future__ import annotations

from datetime import timedelta

import typer

from pos.cli.runtime import Run, print_json


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="The clock of the till.")
    program.add_typer(group, name="clock")

    @group.command()
    def show() -> None:
        """Show how many seconds the computer clock differs from the books, the other tills and the server."""
        print_json(_answer(run.shop.office.accept_clock.behind()))

    @group.command()
    def accept() -> None:
        """Confirm that the computer clock is correct. It is recorded in the journal."""
        print_json(_answer(run.shop.office.accept_clock(run.person())))


def _answer(behind: timedelta) -> dict[str, int]:
    seconds = round(behind.total_seconds())
    return {"behind_seconds": max(seconds, 0), "ahead_seconds": max(-seconds, 0)}
