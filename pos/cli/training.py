"""`training reset`: restart the training mode."""

from __future__ import annotations

import typer

from pos.cli.runtime import Run, print_json


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="Training.")
    program.add_typer(group, name="training")

    @group.callback()
    def training() -> None:
        """Training."""

    @group.command()
    def reset() -> None:
        """Restart training with the current products, rates, staff and settings of the shop."""
        run.person()  # a wrong PIN resets nothing
        run.close()  # the shop may be the training shop itself
        print_json(run.wiring.begin_training(run.options))
