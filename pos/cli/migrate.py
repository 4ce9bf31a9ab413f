"""`migrate --to URL`: move the shop from its file to a server, or from a server to a file."""

from __future__ import annotations

import sys
import time
from typing import Annotated

import typer

from pos.application.maintenance.migration_ports import TableProgress, no_progress
from pos.cli.runtime import Run, print_json
from pos.domain.errors import BadField


def add_to(program: typer.Typer, run: Run) -> None:
    @program.command()
    def migrate(
        to: Annotated[str, typer.Option("--to", metavar="URL", help="An empty database: postgresql://user@host/shop.")],
    ) -> None:
        """Move the shop to an empty database while no till is open; verified before use."""
        if run.options.person is not None:
            raise BadField("as", "console_only", run.options.person[:40])
        began = time.monotonic()
        run.wiring.settle_move(run.options, to)
        moved = run.shop.office.move_shop(run.person(), to, _progress())
        print_json(
            {
                "to": moved.to,
                "tables": dict(moved.rows),
                "rows": sum(moved.rows.values()),
                "sales": moved.rows["sale"],
                "journal": moved.rows["journal"],
                "mismatches": list(moved.mismatches),
                "seconds": round(time.monotonic() - began, 2),
            }
        )


def _progress() -> TableProgress:
    """A progress callback that prints on a terminal only."""
    if not sys.stderr.isatty():
        return no_progress

    def report(table: str, rows: int) -> None:
        sys.stderr.write(f"\r\033[K{table} {rows:,}")
        sys.stderr.flush()

    return report
