"""S1: bad input at every door is answered by one sentence, and changes nothing."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from pos.application.catalogue import catalogue_row
from pos.application.catalogue.catalogue_text import RowRejected
from pos.application.ports.catalogue_ports import GoodsRow
from pos.cli import runtime as frame
from pos.domain.catalogue.product import Attributes
from pos.domain.money import Currency, Money
from tests.faults.corpus import files, options, regimes, scans, secrets, tickets
from tests.faults.corpus.case import Case, every
from tests.faults.corpus.desk import Desk
from tests.faults.corpus.judge import faults_of
from tests.faults.experiment import SOUND, Experiment, Figures, Trial

_DOORS: Sequence[Callable[[], Iterator[Case]]] = (
    scans.cases, options.cases, files.cases, tickets.cases, regimes.cases, secrets.cases,
)  # fmt: skip
_SHORT = 3
"""The test run tries each third case: some 2,700."""


@dataclass(frozen=True, slots=True)
class _Mutant:
    """A breakage, and the doors at which it must be noticed."""

    broken: Callable[[], AbstractContextManager[Any]]
    doors: frozenset[str]


def run(trial: Trial) -> Figures:
    """Try every case in one shop, which is put back as it was after each that was taken."""
    mutant = _MUTANTS[trial.mutant]
    cases = [case for door in _DOORS for case in every(door(), 1 if mutant.doors else trial.size(_SHORT, 1))]
    tried: dict[str, int] = {}
    faults: list[str] = []
    slowest = (0.0, "")
    desk = Desk(trial.folder)
    try:
        with mutant.broken():
            for case in cases:
                if mutant.doors and case.door not in mutant.doors:
                    continue
                began = time.monotonic()
                answer = case.attempt(desk)
                slowest = max(slowest, (time.monotonic() - began, f"{case.door}: {case.name}"))
                changed = desk.changed()
                faults += faults_of(case, answer, changed)
                tried[case.door] = tried.get(case.door, 0) + 1
                if set(changed) - case.changes:
                    desk.restart()
    finally:
        desk.shut()
    if trial.is_long:
        sys.stdout.write(f"    the slowest took {slowest[0] * 1000:.0f} ms: {slowest[1]}\n")
    return Figures({"bad inputs": sum(tried.values()), **tried}, tuple(faults))


def _guessing(_cls: type[Money], text: object, currency: Currency, _field: str = "amount") -> Money:
    """Money.parse as someone writes it who trusts Decimal."""
    return Money(int(Decimal(str(text)) * currency.minor_per_unit), currency)


_read = catalogue_row.RowReader.read


def _taking(reader: catalogue_row.RowReader, row: Any) -> tuple[GoodsRow, bool]:
    try:
        return _read(reader, row)
    except RowRejected:
        return GoodsRow("20000011", "?", {}, None, None, Attributes(), None), False


def _naming_nothing(_run: object, _error: object) -> None:
    sys.stderr.write("Bad input.\n")


def _swallowing(_run: object, call: Callable[[], int]) -> int:
    try:
        return call()
    except Exception:  # noqa: BLE001 # that is the breakage
        return 0


_MUTANTS = {
    SOUND: _Mutant(nullcontext, frozenset()),
    "Decimal reads the amounts": _Mutant(
        lambda: patch.object(Money, "parse", classmethod(_guessing)), frozenset({"sale return", "shift files"})
    ),
    "a rejected row is written": _Mutant(
        lambda: patch.object(catalogue_row.RowReader, "read", _taking), frozenset({"catalogue files"})
    ),
    "a door swallows": _Mutant(
        lambda: patch("tests.faults.corpus.desk.outcome", _swallowing), frozenset({"tills", "--at"})
    ),
    "a sentence says nothing": _Mutant(lambda: patch.object(frame, "_say", _naming_nothing), frozenset({"tills"})),
    "no one looks at the characters": _Mutant(
        lambda: patch("db.catalogue.search._UNSAYABLE", re.compile("(?!)")), frozenset({"search"})
    ),
}

EXPERIMENT = Experiment(
    "S1",
    "Whatever is scanned, typed or imported: it is taken as meant, or refused by one sentence that says what and "
    "where, and then nothing has changed.",
    run,
    tuple(name for name in _MUTANTS if name != SOUND),
)
