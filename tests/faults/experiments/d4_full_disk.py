"""D4: the disk is full, at another byte each time."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from db.store.unit_of_work import SqlUnitOfWork
from pos.domain.errors import StoreError
from tests.faults.customers import a_small_shop, serve, tickets
from tests.faults.disk import FULL, OK, DiskOperation, heard_by
from tests.faults.experiment import Experiment, Figures, Trial
from tests.shops import DemoShop

_SWALLOWED = "swallowed commit error"
_MOST_LEFT = 90_000
"""Bytes: less than what a sale writes."""
_BEFORE_THE_LOG_IS_WRITTEN_OVER = 15


@dataclass
class _Disk:
    """Has room for `left` more bytes; what lies there already may be written over."""

    left: int | None = None
    _ends: dict[str, int] = field(default_factory=dict)

    def hear(self, operation: DiskOperation) -> int:
        end = self._ends.get(operation.file, 0)
        if operation.kind == "cut":
            self._ends[operation.file] = operation.offset
        elif operation.kind == "remove":
            self._ends.pop(operation.file, None)
        elif operation.kind == "write":
            more = max(0, operation.offset + len(operation.content) - end)
            if self.left is not None and more > self.left:
                return FULL
            self.left = None if self.left is None else self.left - more
            self._ends[operation.file] = end + more
        return OK


def _run(trial: Trial) -> Figures:
    disk, tried = _Disk(), Counter[str]()
    folder = a_small_shop(trial.folder / "shop")
    wanted = trial.size(20, 200)
    chance = Random(1)

    def fill() -> None:
        disk.left = chance.randrange(_MOST_LEFT)

    def make_room() -> None:
        disk.left = None

    with heard_by(disk.hear):
        violations = _sell_on_a_full_disk(folder, wanted, fill, make_room, tried, trial.mutant)
    with _small_disk(trial) as small:
        if small is not None:
            ballast = small / "ballast"
            shop = a_small_shop(small / "shop")
            steps = lambda: _fill_up(ballast, chance), lambda: ballast.unlink(missing_ok=True)
            violations += _sell_on_a_full_disk(shop, wanted, *steps, tried, trial.mutant)
            tried["refused on a real full disk"] += wanted
    return Figures(dict(tried), tuple(violations))


def _sell_on_a_full_disk(
    folder: Path,
    wanted: int,
    fill: Callable[[], None],
    make_room: Callable[[], None],
    tried: Counter[str],
    mutant: str,
) -> list[str]:
    """Sell until so many attempts were refused by the disk; each ticket sells at once when there is room again."""
    violations: list[str] = []
    refused = 0
    shop = DemoShop(folder)
    commit = _swallowing(SqlUnitOfWork.commit) if mutant == _SWALLOWED else SqlUnitOfWork.commit
    with patch.object(SqlUnitOfWork, "commit", commit):
        for ticket, number in zip(tickets(4), range(10 * wanted)):
            if number % _BEFORE_THE_LOG_IS_WRITTEN_OVER == 0:  # which needs no room
                shop.close()
                shop = DemoShop(folder)
                _ = shop.store
            fill()
            before = _sold(shop)
            try:
                receipt = serve(shop, ticket)
            except StoreError as trouble:
                refused += 1
                if trouble.what != "disk_full":
                    violations.append(f"{ticket['key']}: the trouble is called {trouble.what}: {trouble.detail}")
                if _sold(shop) != before:
                    violations.append(f"{ticket['key']}: refused, and yet recorded")
            else:
                if receipt is not None and ticket["key"] not in _sold(shop):
                    violations.append(f"{ticket['key']}: {receipt} was pretended")
                    refused += 1
            make_room()
            violations += _again(shop, ticket)
            if refused >= wanted:
                break
    violations += list(shop.verify())
    shop.close()
    tried["refused attempts"] += refused
    return violations


def _again(shop: DemoShop, ticket: dict[str, Any]) -> list[str]:
    try:
        receipt = serve(shop, ticket)
    except StoreError as trouble:
        return [f"{ticket['key']}: there is room, and yet {trouble}"]
    is_there = receipt is None or ticket["key"] in _sold(shop)
    return [] if is_there else [f"{ticket['key']}: {receipt} is not there after all"]


def _sold(shop: DemoShop) -> set[str]:
    return {key for (key,) in shop.rows("SELECT key FROM sale")}


def _swallowing(commit: Callable[[SqlUnitOfWork], None]) -> Callable[[SqlUnitOfWork], None]:
    def swallowed(work: SqlUnitOfWork) -> None:
        with suppress(Exception):
            commit(work)

    return swallowed


@contextmanager
def _small_disk(trial: Trial) -> Iterator[Path | None]:
    """A disk of 8 MB in memory, in the long form and where this process may mount one."""
    folder = trial.folder / "small"
    folder.mkdir()
    mounted = (
        trial.is_long
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], capture_output=True, check=False
        ).returncode
    )
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def _fill_up(ballast: Path, chance: Random) -> None:
    """Write until there is no room, then give back a little."""
    with ballast.open("wb", buffering=0) as file:
        with suppress(OSError):
            while file.write(bytes(4096)):
                pass
        file.truncate(max(0, file.tell() - chance.randrange(_MOST_LEFT)))


EXPERIMENT = Experiment(
    "D4",
    "On a full disk a sale is refused with a sentence, nothing is half done, and with room it sells at the first try.",
    _run,
    (_SWALLOWED,),
)
