"""D6: a program that makes a store, or brings an older one up to date, is killed at any statement or write."""

from __future__ import annotations

import os
import shutil
import signal
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.faults.apart import apart
from tests.faults.contents import Contents, contents
from tests.faults.customers import a_small_shop, serve, tickets
from tests.faults.disk import OK, DiskOperation, heard_by
from tests.faults.experiment import Experiment, Figures, Trial
from tests.next_version import forget_papers, next_version, set_back
from tests.shops import DemoShop

_AUTOCOMMIT = "autocommitting migration"
_NOTHING: Contents = {"the tables": [], "integrity_check": [("ok",)]}
"""What an empty file holds, and one that is not there."""
_OLDER, _FIRST, _NONE_YET = "the version of before", "the first version", "a folder with keys alone"


@dataclass(frozen=True, slots=True)
class _Death:
    """Before which statement of the migration, or before which act of SQLite on the disk; 0 for never."""

    statement: int = 0
    operation: int = 0


def _run(trial: Trial) -> Figures:
    a_small_shop(trial.folder / "shop")
    return apart(_killing, trial.folder, trial.size(5, 60), trial.mutant)


def _killing(folder: Path, kills: int, mutant: str) -> Figures:
    forget_papers(folder / "shop")
    shop = DemoShop(folder / "shop")
    for ticket, _ in zip(tickets(6), range(20)):
        serve(shop, ticket)
    shop.close()
    shutil.copytree(folder / "shop", folder / "first")
    set_back(folder / "first")
    (folder / "keys").mkdir()
    shutil.copy(folder / "shop" / "keys.json", folder / "keys")
    tried = {"kills": 0, "found old": 0, "found new": 0}
    violations: list[str] = []
    with next_version():
        for begun_from, older in ((_OLDER, folder / "shop"), (_FIRST, folder / "first"), (_NONE_YET, folder / "keys")):
            for line in _killed_from(older, kills, mutant, tried):
                violations.append(f"from {begun_from}: {line}")
                if mutant:
                    return Figures(tried, tuple(violations))
    return Figures(tried, tuple(violations))


def _killed_from(older: Path, kills: int, mutant: str, tried: dict[str, int]) -> list[str]:
    chance = Random(older.name)
    beside = older.with_name("beside")
    whole = Path(shutil.copytree(older, beside / "whole"))
    length = _migrated(whole, _Death(), mutant)
    old, new = _read_tables(older), _read_tables(whole)
    violations = []
    for number in range(kills):
        by_operation = number % 3 == 0
        death = (
            _Death(operation=chance.randint(1, length.operation))
            if by_operation
            else _Death(chance.randint(1, length.statement))
        )
        folder = Path(shutil.copytree(older, beside / "killed"))
        _migrated(folder, death, mutant)
        tried["kills"] += 1
        after = _read_tables(folder)
        if after not in (old, new):
            violations.append(f"{death}: neither old nor new: {_differences(after, old, new)}")
        else:
            tried["found old" if after == old else "found new"] += 1
            if number % 5 == 0:
                _migrated(folder, _Death(), "")
            again = _read_tables(folder) if number % 5 == 0 else new
            if again != new:
                violations.append(
                    f"{death}: the next start does not bring it up to date: {_differences(again, old, new)}"
                )
        shutil.rmtree(folder)
    shutil.rmtree(beside)
    return violations


def _migrated(folder: Path, death: _Death, mutant: str) -> _Death:
    """Open the store in a process of its own, which dies there; how many statements and acts it came to."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            stopped = _open(folder, death, mutant)
            os.write(writing, f"{stopped.statement} {stopped.operation}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    said = os.read(reading, 100).split()
    os.close(reading)
    if said:
        return _Death(int(said[0]), int(said[1]))
    assert os.WIFSIGNALED(status), "the migration failed by itself"
    return death


def _open(folder: Path, death: _Death, mutant: str) -> _Death:
    statements, operations = count(1), count(1)
    done = _Death()

    def before_statement(connection: Any, _cursor: Any, statement: str, *_: object) -> None:
        nonlocal done
        done = replace(done, statement=next(statements))
        _die_at(death.statement, done.statement)
        if mutant == _AUTOCOMMIT and connection.in_transaction() and not statement.startswith(("BEGIN", "PRAGMA")):
            driver = connection.connection.driver_connection
            driver.execute("COMMIT")
            driver.execute("BEGIN IMMEDIATE")

    def hear(_operation: DiskOperation) -> int:
        nonlocal done
        done = replace(done, operation=next(operations))
        _die_at(death.operation, done.operation)
        return OK

    event.listen(Engine, "before_cursor_execute", before_statement)
    with heard_by(hear):
        shop = DemoShop(folder)
        _ = shop.store
        shop.close()
    return done


def _die_at(wanted: int, number: int) -> None:
    if wanted == number:
        os.kill(os.getpid(), signal.SIGKILL)


def _read_tables(folder: Path) -> Contents:
    if not (folder / "shop.db").exists():
        return _NOTHING
    with sqlite.connect(folder / "shop.db") as store:
        tables = contents(store)
        tables["integrity_check"] = store.execute("PRAGMA integrity_check").fetchall()
    store.close()
    return tables


def _differences(tables: Contents, old: Contents, new: Contents) -> str:
    from_old = sorted(name for name in tables if tables[name] != old.get(name))
    from_new = sorted(name for name in new if tables.get(name) != new[name])
    return f"unlike the old in {', '.join(from_old[:3])}, unlike the new in {', '.join(from_new[:3])}"


EXPERIMENT = Experiment(
    "D6",
    "A start that is cut off while it updates the file leaves the old file or the new one, and the next goes on.",
    _run,
    (_AUTOCOMMIT,),
)
