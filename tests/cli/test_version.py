"""Which program this is stands in one place, and the command says it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import main
from pos import __version__

ROOT = Path(__file__).resolve().parents[2]


def test_the_command_says_its_version_and_needs_no_shop(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.console(["--version"]) == 0
    assert capsys.readouterr().out == f"border-pos {__version__}\n"


def test_the_number_is_written_down_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in project["project"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "pos.__version__"}
