"""The options of every command of a center: where its database is, and its keys."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Database = Annotated[
    str,
    typer.Option(
        envvar="BORDER_POS_CENTER_DATABASE",
        help="The PostgreSQL of the center: postgresql://…; several hosts may stand in it.",
    ),
]
Keys = Annotated[
    Path, typer.Option(envvar="BORDER_POS_CENTER_KEYS", help="The file with the center's keys; no backup has it.")
]
