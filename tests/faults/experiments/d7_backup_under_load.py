"""D7: backups while a till sells without pause."""

from __future__ import annotations

import os
import shutil
import sys
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import db.store.backup
from tests.faults.apart import apart
from tests.faults.customers import a_small_shop, serve, share_what_is_compiled, tickets
from tests.faults.experiment import Experiment, Figures, Trial
from tests.shops import DemoShop

_COPY = "a copy of the file"


def _run(trial: Trial) -> Figures:
    return apart(_backing_up, a_small_shop(trial.folder / "shop"), trial.size(5, 80), trial.mutant)


def _sell_on(folder: Path, acknowledged: Connection) -> None:
    """Another till in another process: each receipt is reported when it is a sale."""
    share_what_is_compiled()
    shop = DemoShop(folder)
    for ticket in tickets(7):
        receipt = serve(shop, ticket)
        if receipt is not None:
            acknowledged.send((ticket["key"], receipt))


def _backing_up(folder: Path, backups: int, mutant: str) -> Figures:
    share_what_is_compiled()
    if mutant == _COPY:
        setattr(db.store.backup, "copy_pages", _copied_as_any_file)  # noqa: B010
        setattr(db.store.backup, "fold_in", lambda _file: None)  # noqa: B010
    context: Any = get_context("spawn" if sys.platform == "win32" else "fork")
    receiving, sending = context.Pipe(duplex=False)
    till = context.Process(target=_sell_on, args=(folder, sending), daemon=True)
    till.start()
    shop = DemoShop(folder)
    sold: dict[str, str] = {}
    violations: list[str] = []
    copied = 0
    try:
        for number in range(1, backups + 1):
            _hear(receiving, sold, more=5)
            before = dict(sold)
            violations += [f"backup {number}: {line}" for line in _backup(shop, folder, before)]
            copied += len(before)
            if violations:
                break
    finally:
        till.kill()
        till.join()
        shop.close()
    return Figures({"backups": number, "acknowledged sales": len(sold), "looked for": copied}, tuple(violations))


def _hear(pipe: Connection, sold: dict[str, str], *, more: int) -> None:
    """All that was reported, and so many more."""
    while more > 0 or pipe.poll():
        key, receipt = pipe.recv()
        sold[key] = receipt
        more -= 1


def _backup(shop: DemoShop, folder: Path, before: dict[str, str]) -> list[str]:
    """Make one and open it as a shop: what its books say, and what is missing of the sales from before."""
    there = folder.with_name("restored")
    there.mkdir()
    try:
        shop.store.back_up(there / "shop.db")
        shutil.copy(folder / "keys.json", there / "keys.json")
        restored = DemoShop(there)
        try:
            faults = list(restored.verify())
            sales = {
                key: f"{till}-{number:06}" for key, till, number in restored.rows("SELECT key, till, number FROM sale")
            }
        finally:
            restored.close()
    except Exception as error:  # noqa: BLE001 # whatever it was, the backup is none
        return [f"it cannot be restored: {error}"]
    finally:
        shutil.rmtree(there)
    lost = [
        f"{receipt} was acknowledged before, and is not in it"
        for key, receipt in before.items()
        if sales.get(key) != receipt
    ]
    return faults + lost


def _copied_as_any_file(source: Any, file: Path, _progress: Any = None) -> None:
    """What a script does that knows nothing of the log beside the store."""
    (_, _, name), *_ = source.execute("PRAGMA database_list").fetchall()
    shutil.copyfile(name, file)
    if sys.platform != "win32":
        os.sync()


EXPERIMENT = Experiment(
    "D7",
    "A backup made while tills sell can be restored, and has every sale that was confirmed before it began.",
    _run,
    (_COPY,),
)
