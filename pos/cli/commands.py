"""The tree of commands; without a command the window opens."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from pos import __version__
from pos.application.settings.options import DATABASE, Options, check_till, read_instant
from pos.cli.runtime import BAD, DONE, INTERRUPTED, Run, Wiring, outcome
from pos.domain.catalogue.product import LANGUAGES
from pos.domain.errors import BadField

COMMANDS = {
    "quota": ("quota",), "catalogue": ("product", "catalogue"), "promotion": ("promotion",), "stock": ("stock",),
    "workshop.commands": ("workshop",), "pickup.commands": ("pickup",), "order": ("order",), "labels": ("labels",),
    "rates": ("rates",), "sale": ("sale", "receipt"),
    "declaration": ("declaration",), "shift": ("shift",),
    "staff": ("staff",), "visitor": ("visitor",), "settings": ("settings",), "clock": ("clock",),
    "report": ("report", "verify"), "journal": ("journal",), "backup": ("backup", "restore"), "migrate": ("migrate",),
    "keys": ("keys",), "export": ("export",), "training": ("training",), "simulate": ("simulate", "simulate-till"),
    "center": ("center",), "membership": ("membership",), "payment": ("payment",), "fiscal": ("fiscal",),
}  # fmt: skip
"""The modules of this package with their commands, in the order of `--help`."""


def run(arguments: list[str], wiring: Wiring) -> int:
    """Run one command line; returns the exit code. No input ends in a traceback."""
    running = Run(wiring)
    try:
        return outcome(running, lambda: _call(running, arguments))
    finally:
        running.close()


def _call(running: Run, arguments: list[str]) -> int:
    program = _program(running, modules_for(arguments))
    try:
        code = program(arguments, standalone_mode=False, prog_name="border-pos")
    except typer.Exit as left:
        code = left.exit_code
    except typer.Abort:
        code = INTERRUPTED
    except TyperException as problem:
        message = problem.format_message()
        print(" ".join(message.split()), file=sys.stderr)
        return BAD
    if code == INTERRUPTED:  # typer itself exits with this code on Ctrl+C
        sentence = running.translator("Interrupted. Everything recorded before that is complete.")
        print(sentence, file=sys.stderr)
    return code if isinstance(code, int) else DONE


def _print_version(is_requested: bool) -> None:
    if is_requested:
        print(f"border-pos {__version__}")
        raise typer.Exit


def modules_for(arguments: Sequence[str]) -> Sequence[str]:
    """The modules of the commands that a line may use, so that no other is imported; all of them for help."""
    named = [module for module, commands in COMMANDS.items() if not set(commands).isdisjoint(arguments)]
    return list(COMMANDS) if "--help" in arguments or not named else named


def _program(running: Run, modules: Iterable[str] = COMMANDS) -> typer.Typer:
    program = typer.Typer(
        add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, invoke_without_command=True
    )

    @program.callback()
    def start(
        context: typer.Context,
        data: Annotated[Path | None, typer.Option(help="The shop folder: settings, shop.db, receipts.")] = None,
        database: Annotated[
            str | None,
            typer.Option(envvar=DATABASE, help="The database URL; default: SQLite in the folder."),
        ] = None,
        till: Annotated[str, typer.Option(help="The name of this till.")] = "T1",
        language: Annotated[str | None, typer.Option(help="en, zh, ru or kk.")] = None,
        demo: Annotated[
            bool, typer.Option("--demo", help="Create a demo shop in an empty database, then continue.")
        ] = False,
        at: Annotated[
            str | None, typer.Option(help="Set the clock (demo, training): 2026-11-24T15:00:00+08:00.")
        ] = None,
        person: Annotated[str | None, typer.Option("--as", help="Act as this person, with the PIN.")] = None,
        training: Annotated[
            bool, typer.Option("--training", help="Train on a copy of the shop; nothing is real.")
        ] = False,
        border: Annotated[
            str | None, typer.Option(help="The border of a new shop: horgos, mohan-boten, polish-land, or a file's.")
        ] = None,
        _version: Annotated[
            bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Show the version.")
        ] = False,
    ) -> None:
        """The till of a shop in a border cooperation center. Without a command it opens the window."""
        if language is not None and language not in LANGUAGES:
            raise BadField("language", "unknown", language[:20])
        instant = None if at is None else read_instant(at, "at")
        running.options = Options(data, database, check_till(till), language, demo, instant, person, training, border)
        if context.invoked_subcommand is None:
            raise typer.Exit(running.wiring.open_window(running.options))

    @program.command("demo")
    def open_demo() -> None:
        """Open the window with a demo shop."""
        running.options = replace(running.options, demo=True)
        raise typer.Exit(running.wiring.open_window(running.options))

    for module in modules:
        import_module(f"pos.cli.{module}").add_to(program, running)
    return program
