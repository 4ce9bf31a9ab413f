"""A console in a demo shop; the shop is made once and copied."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import main
from pos.application.settings.options import Options
from tests.cli.console import Console
from tests.made_once import made_once


@pytest.fixture(scope="session")
def demo_template() -> Path:
    """A closed demo shop that tests copy."""

    def make(folder: Path) -> None:
        main.build(Options(data=folder, demo=True), quick_pins=True, demo_size=300).close()

    return made_once("console-demo", make)


@pytest.fixture
def console(
    demo_template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Console:
    """A console of a fresh demo shop."""
    folder = tmp_path / "shop"
    shutil.copytree(demo_template, folder)
    return Console(folder, capsys, monkeypatch)


@pytest.fixture
def empty_console(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Console:
    """A console of a shop that no one has founded yet."""
    return Console(tmp_path / "new", capsys, monkeypatch)
