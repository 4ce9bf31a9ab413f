"""`report day`, `report month`, `verify`: figures of the books, and their verification."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pos.application.maintenance.seal_files import read_external_anchors
from pos.application.reports.report_month import read_month
from pos.application.settings.options import check_till, read_date
from pos.cli.receipt_verify import read_bytes
from pos.cli.runtime import DONE, FAULTS_FOUND, Run, print_or_write, read_file
from pos.domain.errors import BadField

_FORMS = "json, csv, xlsx or pdf."
_OUT = "Write to this file instead of printing; - is standard output; required for xlsx and pdf."
_BINARY = frozenset({"xlsx", "pdf"})


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="Reports.")
    program.add_typer(group, name="report")

    @group.callback()
    def report() -> None:
        """Reports."""

    @group.command()
    def day(
        day: Annotated[str | None, typer.Option("--date", "--from", help="2026-11-24; default: today.")] = None,
        last: Annotated[
            str | None, typer.Option("--last", "--to", help="The last day of the period; default: one day.")
        ] = None,
        till: Annotated[str | None, typer.Option(help="One till; default: all.")] = None,
        by: Annotated[str | None, typer.Option("--person", help="One cashier; default: all staff.")] = None,
        form: Annotated[str, typer.Option("--format", help=_FORMS)] = "json",
        out: Annotated[Path | None, typer.Option(help=_OUT)] = None,
    ) -> None:
        """Print the figures of a business day or a period."""
        _check_out(form, out)
        at = None if till is None else check_till(till)
        days = _day(day, "date"), _day(last, "last")
        print_or_write(run.shop.report_files.day(run.person(), form, run.translator, days[0], at, days[1], by), out)

    @group.command()
    def month(
        month: Annotated[str, typer.Argument(metavar="MONTH", help="2026-10.")],
        form: Annotated[str, typer.Option("--format", help=_FORMS)] = "json",
        out: Annotated[Path | None, typer.Option(help=_OUT)] = None,
    ) -> None:
        """Print the monthly report for accounting: all Z reports, their total, and open shifts."""
        _check_out(form, out)
        print_or_write(run.shop.report_files.month(run.person(), form, run.translator, read_month(month)), out)

    @program.command()
    def verify(
        seals: Annotated[
            str | None, typer.Option(metavar="FILE", help="Seals kept elsewhere, or seals from printed Z reports.")
        ] = None,
        key: Annotated[
            Path | None, typer.Option(metavar="PUB", help="Check the seals by the public key alone, without the keys.")
        ] = None,
    ) -> None:
        """Verify all ledgers, chains and seals: one line per mismatch, exit code 1."""
        outside = () if seals is None else read_external_anchors(read_file(seals))
        if key is None:
            mismatches: Sequence[str] = run.shop.verify_books(outside)
        else:
            signatures = run.wiring.signatures()
            public = signatures.read(read_bytes(key, "key"))
            mismatches = run.wiring.audit(run.options, partial(signatures.is_signed, public), outside)
        for line in mismatches:
            print(line, flush=True)
        raise typer.Exit(FAULTS_FOUND if mismatches else DONE)


def _check_out(form: str, out: Path | None) -> None:
    """Refuse to write a workbook or a PDF to a terminal unless requested explicitly."""
    if form in _BINARY and out is None:
        raise BadField("out", "missing")


def _day(text: str | None, field: str) -> date | None:
    return None if text is None else read_date(text, field)
