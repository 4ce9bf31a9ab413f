"""`--out FILE`: the table of a command as a workbook, a CSV or a PDF, in addition to or instead of its output."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.application.tables.listing import Listing
from pos.cli.runtime import Run, print_json

Out = Annotated[
    Path | None, typer.Option("--out", help="Write the whole table to this file (.xlsx, .csv, .pdf) instead.")
]
"""The option; a command with it calls `wrote` first."""


def wrote(run: Run, out: Path | None, listing: Listing) -> bool:
    """Write the table and print its file and number of rows; False if no file is requested.

    Raises UnknownFileKind, TooManyRows, NotAllowed, Trouble.
    """
    if out is None:
        return False
    rows = run.shop.save_tables(listing, run.person(), out, run.words)
    print_json({"file": str(out), "rows": rows})
    return True
