"""`stock`: receiving, counting, moving and reordering goods, one module for each."""

from __future__ import annotations

import typer

from pos.cli import stock_count, stock_low, stock_moves, stock_receive
from pos.cli.runtime import Run


def add_to(program: typer.Typer, run: Run) -> None:
    """Add the group to the tree of commands."""
    group = typer.Typer(help="The stock: goods received, counted, moved.")
    program.add_typer(group, name="stock")
    for part in (stock_receive, stock_count, stock_moves, stock_low):
        part.add_to(group, run)
