"""D3: a write or a sync of the disk fails, once or until someone has seen to it."""

from __future__ import annotations

from collections import Counter
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from db.store.unit_of_work import SqlUnitOfWork
from pos.domain.errors import StoreError
from tests.faults.customers import a_small_shop, serve, tickets
from tests.faults.disk import IOERR_FSYNC, IOERR_TRUNCATE, IOERR_WRITE, OK, Act, heard_by
from tests.faults.experiment import Experiment, Figures, Trial
from tests.shops import DemoShop

_SWALLOWED = "swallowed commit error"
_CODES = {"write": IOERR_WRITE, "cut": IOERR_TRUNCATE, "sync": IOERR_FSYNC}
_ACTS_OF_A_SALE = 100
_TRIES_WHILE_ILL = 3


@dataclass
class _IllDisk:
    """Fails at the `nth` act of the `kind` from now on, and at all after it where it fails `for_ever`."""

    kind: str = ""
    nth: int = 0
    for_ever: bool = False
    failed: int = 0
    _heard: int = 0

    def falls_ill(self, kind: str, nth: int, *, for_ever: bool) -> None:
        self.kind, self.nth, self.for_ever, self.failed, self._heard = kind, nth, for_ever, 0, 0

    def is_mended(self) -> None:
        self.kind = ""

    def hear(self, act: Act) -> int:
        if act.kind not in _CODES or not self.kind or (self.kind == "sync") != (act.kind == "sync"):
            return OK
        self._heard += 1
        if self._heard == self.nth or (self.for_ever and self._heard > self.nth):
            self.failed += 1
            return _CODES[act.kind]
        return OK


def _run(trial: Trial) -> Figures:
    folder = a_small_shop(trial.folder / "shop")
    disk, tried = _IllDisk(), Counter[str]()
    violations: list[str] = []
    customers = tickets(3)
    steps = trial.size(7, 1)
    with heard_by(disk.hear), _broken(trial.mutant):
        shop = DemoShop(folder)
        with shop.store.begin() as work:
            work.connection.exec_driver_sql("PRAGMA wal_autocheckpoint=120")
        places = [("write", nth) for nth in range(1, _ACTS_OF_A_SALE, steps)] + [("sync", nth) for nth in range(1, 5)]
        for place in places * trial.size(1, 4):
            for for_ever in (False, True):
                disk.falls_ill(*place, for_ever=for_ever)
                violations += _sell(shop, next(customers), disk, tried)
        violations += list(shop.verify())
        shop.close()
    shop = DemoShop(folder)
    violations += list(shop.verify())
    shop.close()
    return Figures(dict(tried), tuple(violations))


def _sell(shop: DemoShop, ticket: dict[str, Any], disk: _IllDisk, tried: Counter[str]) -> list[str]:
    """Sell while the disk is ill: an error is reported, nothing is recorded; once it is well, the same ticket sells."""
    where = f"{disk.kind} {disk.nth} {'for ever' if disk.for_ever else 'once'}"
    violations = []
    for _ in range(_TRIES_WHILE_ILL if disk.for_ever else 1):
        try:
            receipt = serve(shop, ticket)
        except StoreError as trouble:
            tried["errors reported"] += 1
            if trouble.what != "disk_failed":
                violations.append(f"{where}: the trouble is called {trouble.what}")
        else:
            if receipt is not None and not _is_there(shop, ticket, disk):
                violations.append(f"{where}: {receipt} was pretended")
    tried["failures of the disk"] += disk.failed
    disk.is_mended()
    tried["sales"] += 1
    try:
        receipt = serve(shop, ticket)
    except StoreError as trouble:
        return [*violations, f"{where}: the disk is well, and yet {trouble}"]
    if receipt is not None and not _is_there(shop, ticket, disk):
        violations.append(f"{where}: {receipt} is not there after all")
    return violations


def _is_there(shop: DemoShop, ticket: dict[str, Any], disk: _IllDisk) -> bool:
    kind, disk.kind = disk.kind, ""  # another eye: looking must not fail
    try:
        return bool(shop.rows("SELECT 1 FROM sale WHERE key = ?", ticket["key"]))
    finally:
        disk.kind = kind


def _broken(mutant: str) -> AbstractContextManager[object]:
    commit = SqlUnitOfWork.commit

    def swallowed(work: SqlUnitOfWork) -> None:
        with suppress(Exception):
            commit(work)

    return patch.object(SqlUnitOfWork, "commit", swallowed) if mutant == _SWALLOWED else nullcontext()


EXPERIMENT = Experiment(
    "D3",
    "A failing disk is reported at once, no sale is pretended, and selling goes on when the disk is well again.",
    _run,
    (_SWALLOWED,),
)
