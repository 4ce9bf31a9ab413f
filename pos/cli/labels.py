"""`labels`: price labels on sheets and rolls."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from pos.cli.options import whole
from pos.cli.runtime import Run, copy_file, print_json


def add_to(program: typer.Typer, run: Run) -> None:
    @program.command()
    def labels(
        out: Annotated[Path, typer.Argument(metavar="OUT.pdf", help="The PDF to write.")],
        codes: Annotated[list[str] | None, typer.Argument(metavar="CODE...", help="The codes of the products.")] = None,
        paper: Annotated[str, typer.Option(help="a4 (24 a sheet), a4-44 or roll-40x30.")] = "a4",
        copies: Annotated[int, typer.Option(parser=whole, help="Copies per product.")] = 1,
        start: Annotated[int, typer.Option(parser=whole, help="The first free position of a partly used sheet.")] = 1,
        changed: Annotated[bool, typer.Option("--changed", help="Labels that are out of date.")] = False,
        new: Annotated[bool, typer.Option("--new", help="Products in stock without a label.")] = False,
        receipt: Annotated[str | None, typer.Option(help="The products of a goods receipt, such as R-000012.")] = None,
        lots: Annotated[
            bool | None, typer.Option("--lots/--no-lots", help="Print lot and expiry date; default: the setting.")
        ] = None,
    ) -> None:
        """Print price labels and record their content."""
        person = run.person()
        queue, bears = run.shop.list_labels, run.shop.settings().label_lots if lots is None else lots
        due_labels = [queue.of_code(code, person) for code in codes or ()]
        for is_requested, page_of in ((changed, queue.changed), (new, queue.new)):
            after: int | None = 0 if is_requested else None
            while after is not None:
                page = page_of(person, after)
                due_labels += page.labels
                after = page.next
        singles = [due.of_lot(due.only_lot if bears else None) for due in due_labels]
        came = () if receipt is None else queue.of_receipt(receipt, person, lots=bears)
        to_print = {due.key: replace(due, copies=copies) for due in singles} | {due.key: due for due in came}
        printed = run.shop.print_labels(
            list(to_print.values()), person, paper, start, to_paper=False, handing=lambda drawn: copy_file(drawn, out)
        )
        print_json(
            {
                "pdf": str(out),
                "labels": printed.labels,
                "pages": printed.pages,
                "codes": list(dict.fromkeys(due.label.code for due in to_print.values())),
                "without_bars": list(printed.without_bars),
            }
        )
