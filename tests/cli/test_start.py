"""A command line that only opens the window is understood without reading every command."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.application.options import Options
from pos.cli.start import window_options


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("", Options()),
        ("--demo", Options(demo=True)),
        ("demo", Options(demo=True)),
        ("--data /shop --till T2 --training", Options(data=Path("/shop"), till="T2", training=True)),
        ("--database postgresql://server/shop", Options(database="postgresql://server/shop")),
    ],
)
def test_the_everyday_words_open_the_window(line: str, options: Options) -> None:
    assert window_options(line.split()) == options


@pytest.mark.parametrize(
    "line",
    [
        "--help",
        "sale ring",
        "--data",
        "--data --demo",
        "--language kk",
        "--at 2026-11-24T15:00:00+08:00",
        "--tell",
        "demo sale",
    ],
)
def test_everything_else_is_left_to_whoever_reads_commands(line: str) -> None:
    assert window_options(line.split()) is None


def test_the_environment_names_the_store_unless_the_line_does() -> None:
    assert window_options([], "postgresql://a/b") == Options(database="postgresql://a/b")
    assert window_options(["--database", "sqlite:///x.db"], "postgresql://a/b") == Options(database="sqlite:///x.db")
