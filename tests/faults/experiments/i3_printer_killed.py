"""I3: the person who prints receipts is killed, before, while and after each of them goes to the printer."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from db.sales.outbox import SqlOutbox
from pos.application.receipts.issue_receipt import IssueReceipt
from pos.domain.sales.sale import Sale
from tests.faults.apart import apart
from tests.faults.customers import a_small_shop, serve, share_what_is_compiled, tickets
from tests.faults.experiment import Experiment, Figures, Trial
from tests.shops import DemoShop

_NAIVE = "naive requeue"
_LONGEST = 0.004
"""Seconds that a printing process lives on after the act of the printer at which its death was decided."""

_MOST_ROUNDS = 5
"""Where the machine is busy, few kills meet the instant between the paper and the note of it: then more is sold."""


class _Paper:
    """A printer whose paper is a file: a line for each receipt that came out, with its copy."""

    def __init__(self, file: Path, pipe: int | None = None) -> None:
        self._file = file
        self._pipe = pipe

    def draw(self, sale: Sale, copy: int, _fiscal: object = ()) -> Path:
        return Path(f"{sale.receipt} {copy}")

    def draw_slip(self, sale: Sale, label: str, copy: int) -> Path:
        return Path(f"{sale.receipt}-{label} {copy}")

    def print_file(self, path: Path) -> None:
        self._do()
        with self._file.open("a") as paper:
            paper.write(f"{path}\n")
        self._do()

    def _do(self) -> None:
        if self._pipe is not None:
            os.write(self._pipe, b"!")


def _run(trial: Trial) -> Figures:
    return apart(_killing, a_small_shop(trial.folder / "shop"), trial.size(40, 400), trial.mutant)


def _killing(folder: Path, receipts: int, mutant: str) -> Figures:
    share_what_is_compiled()
    customers, chance = tickets(8), Random(4)
    sold: list[str] = []
    kills, copies = 0, 0
    rounds = 1 if mutant else _MOST_ROUNDS  # broken, it marks no copy however much is sold
    while not copies and len(sold) < rounds * receipts:
        sold += _sell(folder, customers, receipts)
        while _print_until_killed(folder, chance, mutant):
            kills += 1
        printed = Counter(line for line in (folder / "paper").read_text().splitlines() if "-A " not in line)
        copies = sum(not line.endswith(" 0") for line in printed)
    violations = [f"{receipt} was never printed" for receipt in sold if not any(x.startswith(receipt) for x in printed)]
    violations += [f"{line}: {times} times on paper" for line, times in printed.items() if times > 1]
    return Figures({"receipts": len(sold), "kills": kills, "copies marked as such": copies}, tuple(violations))


def _sell(folder: Path, customers: Iterator[dict[str, Any]], receipts: int) -> list[str]:
    shop = DemoShop(folder)
    sold: list[str] = []
    while len(sold) < receipts:
        receipt = serve(shop, next(customers))
        sold += [receipt] if receipt else []
    shop.close()
    return sold


def _print_until_killed(folder: Path, chance: Random, mutant: str) -> bool:
    """Whether the process that printed had to be killed; it ends by itself when nothing is unfinished."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _print(folder, writing, mutant)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    for _ in range(chance.randint(1, 16)):
        if not os.read(reading, 1):
            break
    time.sleep(chance.uniform(0, _LONGEST))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(reading)
    assert os.WIFSIGNALED(status) or status == 0, "the printing failed by itself"
    return os.WIFSIGNALED(status)


def _print(folder: Path, pipe: int, mutant: str) -> None:
    """What a till does after its start: find what is unfinished, and issue each."""
    shop = DemoShop(folder)
    printer: Any = _Paper(folder / "paper", pipe)
    issue = IssueReceipt(shop.context, printer)
    with patch.object(SqlOutbox, "sending", _as_if_never_sent if mutant == _NAIVE else SqlOutbox.sending):
        for receipt in issue.unfinished(shop.till):
            issue(receipt)
    shop.close()


def _as_if_never_sent(_outbox: SqlOutbox, _till: str, _number: int) -> int:
    return 0


EXPERIMENT = Experiment(
    "I3",
    "Each receipt comes out although the printing was cut off, and none twice without saying that it is a copy.",
    _run,
    (_NAIVE,),
)
