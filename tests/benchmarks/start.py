"""Start and memory beside a bare PySide6 window: T5 of performance.md. Each start is a process of its own.

The shop is made and opened once beforehand, so that its till knows its people and its bytecode is written.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.benchmarks.a_till import authorize
from tests.benchmarks.table import Effort, Row

if TYPE_CHECKING:
    from pos.domain.staff.staff import Person

_FULL, _QUICK = 15, 3
_SLICE = 16
"""Milliseconds for which the thread of the window may be held."""
_ROOT = Path(__file__).parents[2]
Moments = dict[str, dict[str, float]]


def measure(effort: Effort) -> Iterator[Row]:
    """Rows in milliseconds since the process began, and in MB resident."""
    from db.seed.goods import QUICK_KEYS
    from db.seed.store_kind import demo_pins
    from pos.ui.session.till_state import StateFile, TillState

    with TemporaryDirectory() as place:
        folder = Path(place) / "shop"
        people = _make_shop(folder)
        StateFile(folder / "till-T1.json").write(TillState("en", "light", "amina", shop_name="Border", people=people))
        program = (str(folder), demo_pins()["amina"], QUICK_KEYS[0])
        environment = _environment(Path(place))
        lines = (["bare"], ["off", *program], ["on", *program])
        for line in lines:  # what is compiled once is not compiled at a start
            _started(line, environment)
        runs: list[list[Moments]] = [[], [], []]
        for _ in range(_QUICK if effort.quick else _FULL):
            for mine, line in zip(runs, lines):
                mine.append(_started(line, environment))
    yield from _rows(*runs)


def _rows(bare: Sequence[Moments], first: Sequence[Moments], whole: Sequence[Moments]) -> Iterator[Row]:
    limit = _of(bare, "painted", "ms")
    for what, runs, moment, most in (
        ("start to the painted sign-in", first, "painted", 1.25),
        ("start to signed in", whole, "signed in", 4.0),
        ("start to a painted scan", whole, "scanned", 4.0),
    ):
        yield Row(what, _of(runs, moment, "ms"), limit, median(limit) * most)
        worked = _of(bare, "painted", "cpu")
        yield Row(f"{what}, time of the processor", _of(runs, moment, "cpu"), worked, median(worked) * most)
    yield Row("longest gap of the event loop, picture to signed in", _of(whole, "signed in", "gap"), (), _SLICE)
    for what, runs, moment, most in (
        ("at the first picture", first, "painted", 1.5),
        ("with a scan, all pages of a cashier there", whole, "at rest", 2.5),
    ):
        for kind, name in (("rss", "resident"), ("pss", "proportional")):
            held = _of(bare, "painted", kind)
            yield Row(f"memory {what}, {name}", _of(runs, moment, kind), held, median(held) * most, unit="MB")


def _of(runs: Sequence[Moments], moment: str, fact: str) -> list[float]:
    return [run[moment][fact] for run in runs]


def _make_shop(folder: Path) -> tuple[Person, ...]:
    import main
    from pos.application.settings.options import Options

    shop = main.build(Options(data=folder, demo=True), demo_past=7)
    authorize(shop)
    people = tuple(shop.sign_in.people())
    shop.close()
    return people


def _environment(place: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(place / "compiled")}


def _started(line: Sequence[str], environment: dict[str, str]) -> Moments:
    """What one process reported."""
    command = [sys.executable, "-m", "tests.benchmarks.start_probe", *line]
    began = {**environment, "T0": repr(time.monotonic())}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=began, cwd=_ROOT)
    moments = [json.loads(one) for one in done.stdout.splitlines()]
    return {one["moment"]: one for one in moments}
