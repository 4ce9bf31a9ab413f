"""`report day`, `verify`: what the books say, and whether they agree with the facts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pos.application.options import check_till
from pos.cli.frame import DONE, FOUND, Run, print_or_write
from pos.domain.errors import BadField


def add_to(program: typer.Typer, run: Run) -> None:
    """Add the commands to the tree."""
    group = typer.Typer(help="Reports.")
    program.add_typer(group, name="report")

    @group.callback()
    def report() -> None:
        """Reports."""

    @group.command()
    def day(
        day: Annotated[str | None, typer.Option("--date", help="2026-11-24; today without it.")] = None,
        last: Annotated[str | None, typer.Option("--last", help="All days to this one; only one without it.")] = None,
        till: Annotated[str | None, typer.Option(help="One till; all without it.")] = None,
        by: Annotated[str | None, typer.Option("--person", help="One person's; everybody's without it.")] = None,
        form: Annotated[str, typer.Option("--format", help="json, csv or pdf.")] = "json",
        out: Annotated[Path | None, typer.Option(help="Write to this file instead of printing.")] = None,
    ) -> None:
        """Print the figures of a business day, or of all days to another."""
        if form == "pdf" and out is None:
            raise BadField("out", "missing")
        at = None if till is None else check_till(till)
        content = run.shop.export_day(run.person(), form, _day(day), at, _day(last), by)
        print_or_write(content, out)

    @program.command()
    def verify() -> None:
        """Recompute every ledger from the facts and walk the chains: one line a mismatch, exit 1."""
        mismatches = run.shop.verify_books()
        for line in mismatches:
            print(line)
        raise typer.Exit(FOUND if mismatches else DONE)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadField("date", "not_a_date", text[:20]) from None
