"""Options of several commands: whole numbers and their ranges, and a file for the whole table."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from pos.application.tables.listing import Listing
from pos.cli.runtime import Run, print_json
from pos.domain.errors import BadField

_WHOLE = re.compile(r"-?[0-9]{1,9}")  # int() also accepts 1_000, +5 and digits of other scripts


def whole(text: str | int) -> int:
    """Parse an option or an argument; a default is unchanged. Raises typer's BadParameter, which names it."""
    if isinstance(text, int):
        return text
    if not _WHOLE.fullmatch(text):
        raise typer.BadParameter(f"{text[:20]!a} is not a whole number of at most nine digits.")
    return int(text)


def check_count(field: str, count: int, most: int, least: int = 1) -> None:
    """Refuse a count out of range."""
    if not least <= count <= most:
        raise BadField(field, "out_of_range", str(count))


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
    rows = run.shop.save_tables(listing, run.person(), out, run.translator)
    print_json({"file": str(out), "rows": rows})
    return True
