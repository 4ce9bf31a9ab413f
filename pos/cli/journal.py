"""`journal show`, `journal export`: what happened, who did it and when."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.application.ports.journal_ports import JournalFilter
from pos.application.reports.journal_tables import journal
from pos.application.reports.read_journal import journal_filter
from pos.cli.options import Out, check_count, whole, wrote
from pos.cli.runtime import Run, print_json

_From = Annotated[str, typer.Option("--from", help="A day, 2026-11-24, or an instant.")]
_To = Annotated[str, typer.Option("--to", help="A day (included), or an instant (excluded).")]
_Kind = Annotated[str, typer.Option(help="A kind (sale, return, void, price …) or one act (set_rate).")]
_Person = Annotated[str, typer.Option(help="The person, by sign-in name.")]
_Till = Annotated[str, typer.Option(help="The till.")]
_Text = Annotated[str, typer.Option(help="Words in the entry: a receipt, a code, a reason.")]
_MOST = 10_000


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="The journal.")
    program.add_typer(group, name="journal")

    def read_filter(since: str, until: str, kind: str, person: str, till: str, text: str) -> JournalFilter:
        zone = run.shop.settings().zone
        return journal_filter(zone, since=since, until=until, kind=kind, person=person, till=till, text=text)

    @group.command()
    def show(
        since: _From = "",
        until: _To = "",
        kind: _Kind = "",
        person: _Person = "",
        till: _Till = "",
        text: _Text = "",
        limit: Annotated[int, typer.Option(parser=whole, help="Number of the newest entries, at most 10000.")] = 50,
        out: Out = None,
    ) -> None:
        """Print entries, newest first; a file contains all of them."""
        check_count("limit", limit, _MOST)
        who, read, zone = run.person(), run.shop.read_journal, run.shop.settings().zone
        filters = read_filter(since, until, kind, person, till, text)
        if wrote(run, out, journal(read, filters, kind)):
            return
        entries = list(read.newest(filters, who, limit))
        formatter = read.formatter(run.translator, who, entries)
        print_json(
            [
                {
                    "at": one.at.astimezone(zone),
                    "till": one.till,
                    "number": one.number,
                    "person": one.person,
                    "act": one.event,
                    "text": formatter.sentence(one),
                    "facts": one.details,
                }
                for one in entries
            ]
        )

    @group.command()
    def export(
        file: Annotated[Path, typer.Argument(metavar="FILE", help="The CSV to write.")],
        since: _From = "",
        until: _To = "",
        kind: _Kind = "",
        person: _Person = "",
        till: _Till = "",
        text: _Text = "",
    ) -> None:
        """Write entries to a CSV file, newest first. The export is recorded in the journal."""
        filters = read_filter(since, until, kind, person, till, text)
        rows = run.shop.read_journal.export(filters, run.person(), file, run.translator)
        print_json({"file": str(file), "rows": rows})
