"""A command line that only opens the window is understood without reading every command."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
import typer

from pos.application.settings.options import Options
from pos.cli.commands import COMMANDS, modules_for
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
def test_everything_else_is_left_to_the_person_who_reads_commands(line: str) -> None:
    assert window_options(line.split()) is None


def test_the_environment_names_the_store_unless_the_line_does() -> None:
    assert window_options([], "postgresql://a/b") == Options(database="postgresql://a/b")
    assert window_options(["--database", "sqlite:///x.db"], "postgresql://a/b") == Options(database="sqlite:///x.db")


def test_every_command_is_found_in_the_module_that_is_read_for_it() -> None:
    known = {command for commands in COMMANDS.values() for command in commands}
    listed = set()
    for module, commands in COMMANDS.items():
        program = typer.Typer()
        import_module(f"pos.cli.{module}").add_to(program, None)
        names = [str(group.name) for group in program.registered_groups]
        names += [one.name or one.callback.__name__ for one in program.registered_commands if one.callback]
        assert sorted(names) == sorted(commands)
        listed |= set(names)
    assert listed == known


@pytest.mark.parametrize(
    ("line", "modules"),
    [("--data x sale ring", ["sale"]), ("receipt 4", ["sale"]), ("--data sale report day", ["sale", "report"])],
)
def test_a_command_waits_for_no_other(line: str, modules: list[str]) -> None:
    assert modules_for(line.split()) == modules


@pytest.mark.parametrize("line", ["--help", "sale --help", "coffee"])
def test_who_asks_what_there_is_gets_all_of_it(line: str) -> None:
    assert list(modules_for(line.split())) == list(COMMANDS)
