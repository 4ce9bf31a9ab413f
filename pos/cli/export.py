"""`export customs`, `center`, `voucher`, `commerceml`, `single-window` and `seals`: files for others than the shop."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.application.settings.options import read_date
from pos.application.shifts.accounting_files import XML, AccountingDocument, RetailDocument
from pos.application.shifts.issue_shift import read_z
from pos.application.text.file_names import file_name_of
from pos.cli.runtime import Run, print_json, print_or_write
from pos.domain.errors import BadField

_SHIFT = "The Z of a shift: 12 of this till, or T1-Z000012."
_DAY = "All shifts closed on this day, 2026-11-24."


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
    def center(
        first: Annotated[str, typer.Option("--from", help="The first day, 2026-11-01.")],
        last: Annotated[str, typer.Option("--to", help="The last day (included).")],
        out: Annotated[Path, typer.Option(help="The file, .json.")],
    ) -> None:
        """Write the books of allowances, without visitors and goods' names, for the center to hold against its own."""
        days = read_date(first, "from"), read_date(last, "to")
        books = run.shop.export_center_books(run.person(), *days)
        print_or_write(books.content, out)
        print_json({"file": str(out), "lines": books.lines})

    @group.command()
    def voucher(
        out: Annotated[Path, typer.Option(help="The file.")],
        shift: Annotated[str | None, typer.Option("--shift", help=_SHIFT)] = None,
        day: Annotated[str | None, typer.Option("--day", help=_DAY)] = None,
        form: Annotated[str, typer.Option("--format", help="csv or xlsx.")] = "csv",
    ) -> None:
        """Write the day voucher of each Z: its figures as postings for accounting."""
        if form == XML:
            raise BadField("format", "not_a_choice", form)
        print_json(_exported(run, form, shift, day, out))

    @group.command()
    def commerceml(
        out: Annotated[Path, typer.Option(help="The file, .xml.")],
        shift: Annotated[str | None, typer.Option("--shift", help=_SHIFT)] = None,
        day: Annotated[str | None, typer.Option("--day", help=_DAY)] = None,
    ) -> None:
        """Write the retail sales and returns of each Z as CommerceML 2.10, the exchange format of 1C."""
        print_json(_exported(run, XML, shift, day, out))

    @group.command("single-window")
    def single_window(
        out: Annotated[Path, typer.Option(help="The folder.")],
        day: Annotated[str | None, typer.Option("--day", help="All sales to be sent of this day, 2026-11-24.")] = None,
        receipt: Annotated[str | None, typer.Option("--receipt", help="One sale to be sent, T1-000012.")] = None,
    ) -> None:
        """Write drafts of messages 303 and 403 for the declarant: not signed, not declared."""
        if (day is None) == (receipt is None):
            raise BadField("day", "day_or_receipt", day or "")
        window, person = run.shop.single_window, run.person()
        if day is not None:
            at = read_date(day, "day")
            drafts = window.of_days(person, at, at)
        else:
            drafts = window.of_receipt(person, receipt or "")
        files = window.save(drafts, out)
        print_json(
            {
                "files": [str(path) for path in files],
                "orders": [one.receipt for one in drafts.orders],
                "schema": window.schema or None,
                "left_out": [{"receipt": one.receipt, "why": one.why} for one in drafts.left_out],
            }
        )

    @group.command()
    def seals(file: Annotated[Path, typer.Argument(metavar="FILE", help="The file: one JSON line per seal.")]) -> None:
        """Write the journal seals, to be kept outside the shop."""
        lines = run.shop.office.export_seals(run.person(), file_name_of(file))
        print_or_write("".join(f"{line}\n" for line in lines).encode(), file)
        print_json({"file": str(file), "seals": len(lines)})


def _exported(run: Run, form: str, shift: str | None, day: str | None, out: Path) -> dict[str, object]:
    """Write the file of one shift, or of the shifts of a day; says which Zs are in it."""
    if (shift is None) == (day is None):
        raise BadField("shift", "shift_or_day", shift or "")
    files, person = run.shop.accounting_files, run.person()
    document: AccountingDocument
    if day is not None:
        at = read_date(day, "day")
        document = files.of_days(person, form, run.translator, at, at)
    else:
        till, number = read_z(shift or "", run.shop.till)
        document = files.of_z(person, form, run.translator, number, till)
    files.save(out, form, document)
    if isinstance(document, RetailDocument):
        return {"file": str(out), "zs": [one.z.z_name for one in document.reports]}
    postings = sum(1 for _ in document.postings)
    return {"file": str(out), "zs": [one.z for one in document.vouchers], "postings": postings}
