"""`stock low`: low stock, with proposed orders."""

from __future__ import annotations

import csv
import sys
from typing import Annotated

import typer

from pos.application.stock.low_stock import low_stock_json
from pos.application.stock.tables import low as low_table
from pos.cli.out_option import Out, wrote
from pos.cli.runtime import Run, print_json
from pos.domain.errors import BadField

_FORMATS = ("json", "csv")


def add_to(group: typer.Typer, run: Run) -> None:
    """Add the command to the group `stock`."""

    @group.command()
    def low(
        form: Annotated[str, typer.Option("--format", help="json or csv.")] = "json",
        out: Out = None,
    ) -> None:
        """Print low stock, most urgent first: by reorder point and days of cover from sales."""
        if form not in _FORMATS:
            raise BadField("format", "unknown", form[:20])
        if wrote(run, out, low_table(run.shop.low_stock)):
            return
        rows = [low_stock_json(goods) for goods in run.shop.low_stock(run.person())]
        if form == "json":
            print_json(rows)
            return
        columns = (
            "code", "name", "supplier", "available", "coming", "sold", "days", "days_left", "reorder_point", "order",
        )  # fmt: skip
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([plain_cell(row[name]) for name in columns] for row in rows)


def plain_cell(value: object) -> str:
    """A cell that no spreadsheet reads as a formula."""
    text = "" if value is None else str(value)
    return "'" + text if text[:1] in "=+-@" and not isinstance(value, int) else text
