"""D2: the power fails between any two calls of SQLite to the disk, and the disk keeps what it likes of what it had not
been told to keep.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random
from unittest.mock import patch

import pysqlite3.dbapi2 as sqlite

from db.engine import engine
from tests.faults.contents import SEARCH, contents
from tests.faults.customers import a_small_shop, serve, tickets
from tests.faults.disk import OK, DiskOperation, heard_by
from tests.faults.experiment import Experiment, Figures, Trial
from tests.shops import DemoShop

_SECTOR = 512
_KEEPS = ("nothing", "some", "some, torn", "everything")
"""What the disk kept of the writes that no sync had followed."""
_MUTANTS = {"synchronous=NORMAL": ("NORMAL", 1), "synchronous=OFF": ("OFF", 0)}


@dataclass
class _Day:
    """What the disk heard of some sales, and after which act each of them was acknowledged."""

    operations: list[DiskOperation] = field(default_factory=list)
    acknowledged: list[tuple[int, str, str]] = field(default_factory=list)

    def hear(self, operation: DiskOperation) -> int:
        self.operations.append(operation)
        return OK


@dataclass
class _Platter:
    """What is on the disk for certain, and what may be."""

    files: dict[str, bytearray]
    waiting: dict[str, list[DiskOperation]] = field(default_factory=dict)
    gone: dict[str, bytearray] = field(default_factory=dict)
    """Files whose removal may not have come through."""

    def take(self, operation: DiskOperation) -> None:
        if operation.kind == "sync":
            for one in self.waiting.pop(operation.file, []):
                _do(self.files.setdefault(operation.file, bytearray()), one, one.content)
        elif operation.kind == "remove":
            self.waiting.pop(operation.file, None)
            self.gone = {operation.file: self.files.pop(operation.file, bytearray())}
            return
        else:
            self.waiting.setdefault(operation.file, []).append(operation)
        self.gone.pop(operation.file, None)

    def after_a_cut(self, keeps: str, chance: Random) -> Mapping[str, bytearray]:
        """The files as the next start may find them."""
        image = {name: bytearray(content) for name, content in self.files.items()}
        if self.gone and chance.random() < 0.5:
            image |= {name: bytearray(content) for name, content in self.gone.items()}
        for name, operations in self.waiting.items():
            for operation in operations:
                if keeps == "nothing" or (keeps != "everything" and chance.random() < 0.5):
                    continue
                content = image.setdefault(name, bytearray())
                _do(
                    content,
                    operation,
                    _torn(operation, content, chance) if keeps == "some, torn" else operation.content,
                )
        return image


def _do(content: bytearray, operation: DiskOperation, written: bytes) -> None:
    if operation.kind == "cut":
        del content[operation.offset :]
        return
    content.extend(bytes(max(0, operation.offset - len(content))))
    content[operation.offset : operation.offset + len(written)] = written


def _torn(operation: DiskOperation, content: bytearray, chance: Random) -> bytes:
    """Some sectors of a write came through, others have what was there before."""
    before = bytes(content[operation.offset : operation.offset + len(operation.content)]).ljust(
        len(operation.content), b"\0"
    )
    pieces = []
    start = 0
    while start < len(operation.content):
        end = min(len(operation.content), start + _SECTOR - (operation.offset + start) % _SECTOR)
        pieces.append((operation.content if chance.random() < 0.5 else before)[start:end])
        start = end
    return b"".join(pieces)


def _run(trial: Trial) -> Figures:
    folder = a_small_shop(trial.folder / "shop")
    platter = _Platter({"shop.db": bytearray((folder / "shop.db").read_bytes())})
    setting = {"synchronous": _MUTANTS[trial.mutant]} if trial.mutant else {}
    with patch.dict(engine._PRAGMAS, setting):
        day = _a_day(folder, trial.size(24, 120))
    cuts = trial.size(400, 4_000)
    inspection = _Inspection(trial.folder / "after", folder / "keys.json")
    violations: list[str] = []
    for keeps, image, acknowledged in _images(day, platter, cuts):
        violations += [f"the disk kept {keeps}: {line}" for line in inspection.look(image, acknowledged)]
        if trial.mutant and violations:
            break
    tried = {"power cuts": cuts, "sales acknowledged": len(day.acknowledged), "states found": len(inspection.known)}
    return Figures(tried, tuple(violations))


def _a_day(folder: Path, sales: int) -> _Day:
    """Sell, with a checkpoint of the log every few sales, and close and open the shop in between."""
    day = _Day()
    customers = tickets(2)
    with heard_by(day.hear):
        for _ in range(3):
            shop = DemoShop(folder)
            with shop.store.begin() as work:
                work.connection.exec_driver_sql("PRAGMA wal_autocheckpoint=120")
            for _ in range(sales // 3):
                ticket = next(customers)
                receipt = serve(shop, ticket)
                if receipt is not None:
                    day.acknowledged.append((len(day.operations), ticket["key"], receipt))
            shop.close()
    return day


def _images(day: _Day, platter: _Platter, cuts: int) -> Iterator[tuple[str, Mapping[str, bytearray], dict[str, str]]]:
    """What may be found after a cut at each of `cuts` places, with the sales that had been acknowledged by then."""
    chance = Random(5)
    indexes = sorted(chance.choices(range(len(day.operations) + 1), k=cuts))
    done = 0
    for number, index in enumerate(indexes):
        for operation in day.operations[done:index]:
            platter.take(operation)
        done = index
        keeps = _KEEPS[number % len(_KEEPS)]
        acknowledged = {key: receipt for at, key, receipt in day.acknowledged if at <= index}
        yield keeps, platter.after_a_cut(keeps, chance), acknowledged


@dataclass
class _Inspection:
    """Looks at what a cut has left; a state that was found whole before is not verified again."""

    folder: Path
    keys: Path
    known: dict[bytes, list[str]] = field(default_factory=dict)

    def look(self, image: Mapping[str, bytearray], acknowledged: Mapping[str, str]) -> list[str]:
        """Whether the file can be read, has every acknowledged sale, and says nothing that verify would not say."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        shutil.copy(self.keys, self.folder)
        for name, content in image.items():
            (self.folder / name).write_bytes(content)
        try:
            with sqlite.connect(self.folder / "shop.db") as store:
                store.execute("PRAGMA synchronous=OFF")
                sound = store.execute("PRAGMA integrity_check").fetchall()
                sales = store.execute("SELECT key, till, number FROM sale").fetchall()
                dump = sha256(repr(contents(store, without=SEARCH)).encode()).digest()
            store.close()
        except sqlite.Error as error:
            return [f"the file cannot be read: {error}"]
        if sound != [("ok",)]:
            return [f"integrity_check: {sound[0][0]}"]
        there = {key: f"{till}-{number:06}" for key, till, number in sales}
        lost = [key for key, receipt in acknowledged.items() if there.get(key) != receipt]
        if dump not in self.known:
            self.known[dump] = self._verified()
        return [f"sale {key} was acknowledged and is lost" for key in lost] + self.known[dump]

    def _verified(self) -> list[str]:
        """What verify says, and whether the shop sells on."""
        shop = DemoShop(self.folder)
        try:
            faults = list(shop.verify())
            shop.now.move(days=1)
            if not any(serve(shop, ticket) for ticket, _ in zip(tickets(9, "after"), range(5))):
                faults.append("the shop does not sell any more")
        finally:
            shop.close()
        return faults


EXPERIMENT = Experiment(
    "D2",
    "A power cut loses no sale that was confirmed, whatever the disk keeps of what it was still writing.",
    _run,
    tuple(_MUTANTS),
)
