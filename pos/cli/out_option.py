"""`--out FILE`: the table of a command as a workbook, a CSV or pages, beside or instead of what it prints."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.application.tables.listing import Listing
from pos.cli.runtime import Run, print_json

Out = Annotated[
    Path | None, typer.Option("--out", help="Write the whole table to this file (.xlsx, .csv, .pdf) instead.")
]
"""The option; a command that has it calls `wrote` first."""


def wrote(run: Run, out: Path | None, listing: Listing) -> bool:
    """Write the table and print where it is and how many rows it has; False where no file is wanted.

    Raises UnknownFileKind, TooManyRows, NotAllowed, Trouble.
    """
    if out is None:
        return False
    rows = run.shop.save_tables(listing, run.person(), out, run.words)
    print_json({"file": str(out), "rows": rows})
    return True
