"""`backup FILE`, `restore FILE`: a backup while tills sell, and its restoration."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from pos.application.maintenance.backup_ports import Progress, no_progress
from pos.cli.runtime import Run, print_json
from pos.domain.errors import BadField
from pos.domain.receipt_number import read_receipt_number


def add_to(program: typer.Typer, run: Run) -> None:
    @program.command()
    def backup(
        file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; an existing file is replaced.")],
        full: Annotated[bool, typer.Option("--full", help="Recompute every ledger of the copy too.")] = False,
    ) -> None:
        """Back up the database to one file while tills sell, and check the copy."""
        began = time.monotonic()
        with progress() as report:
            summary = run.shop.office.back_up(run.person(), file, report, is_thorough=full)
        print_json(
            {
                "file": str(file),
                "bytes": summary.bytes,
                "version": summary.version,
                "keys": summary.keys,
                "sales": summary.sales,
                "journal": summary.entries,
                "last": summary.last,
                "seconds": round(time.monotonic() - began, 2),
            }
        )

    @program.command()
    def restore(
        file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
        anyway: Annotated[
            bool, typer.Option("--anyway", help="Restore even if verification finds mismatches.")
        ] = False,
        last: Annotated[
            list[str] | None,
            typer.Option(
                "--last", metavar="RECEIPT", help="The newest receipt of a till known from paper; repeatable."
            ),
        ] = None,
    ) -> None:
        """Restore a checked backup; the previous data is kept beside it."""
        if run.options.person is not None:
            raise BadField("as", "console_only", run.options.person[:40])
        known = dict(sorted(read_receipt_number(one) for one in last or ()))  # of several of one till the newest
        putting_back = run.wiring.restore(run.options)
        began, person = time.monotonic(), run.person().name
        with progress() as report:
            done = putting_back(file, run.options.till, person, report, anyway=anyway, last=known)
        print_json(
            {
                "file": str(file),
                "version": done.version,
                "sales": done.summary.sales,
                "journal": done.summary.entries,
                "last": done.summary.last,
                "kept": None if done.kept is None else str(done.kept),
                "mismatches": done.mismatches,
                "forgotten": done.forgotten,
                "skipped": done.skipped.get("skipped", ()),
                "skipped_z": done.skipped.get("skipped_z", ()),
                "seconds": round(time.monotonic() - began, 2),
            }
        )


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress callback that prints on a terminal only."""
    if not sys.stderr.isatty():
        yield no_progress
        return

    def report(done: int, of: int) -> None:
        sys.stderr.write(f"\r{100 * done // of} %" if of else f"\r{done:,}")
        sys.stderr.flush()

    yield report
    sys.stderr.write("\n")
