"""What import contracts cannot say: the rules need nothing but Python, and the time of day is read in one place."""

from __future__ import annotations

import sys

import pytest

from tests.architecture.source import ROOT, called, imported, modules, position, product

OUTSIDE_WORLD = {"os", "io", "pathlib", "shutil", "tempfile", "socket", "subprocess", "sqlite3", "threading", "asyncio"}
CLOCKS = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime")
WAITS = ROOT / "pos/application/files/atomic_write.py"
"""It waits for other programs, and reads no clock."""


def test_the_rules_need_nothing_but_python() -> None:
    foreign = [
        f"{position(path, line)} {name}"
        for path in modules("pos/domain")
        for name, line in imported(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not f"{name}.".startswith("pos.domain.")
    ]

    assert foreign == []


def test_the_rules_touch_no_file_no_network_and_no_thread() -> None:
    outside = [
        f"{position(path, line)} {name}"
        for path in modules("pos/domain")
        for name, line in imported(path)
        if name.split(".")[0] in OUTSIDE_WORLD
    ]
    outside += [position(path, line) for path in modules("pos/domain") for name, line in called(path) if name == "open"]

    assert outside == []


def test_the_steps_need_nothing_but_python_and_the_rules() -> None:
    ours = ("pos.domain.", "pos.application.")
    foreign = [
        f"{position(path, line)} {name}"
        for path in modules("pos/application")
        for name, line in imported(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not f"{name}.".startswith(ours)
    ]

    assert foreign == []


def test_the_time_of_day_is_read_in_main_alone() -> None:
    clocks = [
        f"{position(path, line)} {name}"
        for path in product()
        if path != ROOT / "main.py"
        for name, line in called(path)
        if name.endswith(CLOCKS)
    ]

    assert clocks == []


@pytest.mark.parametrize("layer", ["pos/domain", "pos/application"])
def test_rules_and_steps_are_given_the_time(layer: str) -> None:
    clocks = [
        position(path, line)
        for path in modules(layer)
        if path != WAITS
        for name, line in imported(path)
        if name == "time"
    ]

    assert clocks == []


def test_only_the_command_line_prints() -> None:
    prints = [
        position(path, line)
        for path in product()
        if not path.is_relative_to(ROOT / "pos" / "cli")
        for name, line in called(path)
        if name == "print"
    ]

    assert prints == []
