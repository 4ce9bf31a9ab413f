"""Starts the window directly, or the tree of commands for a command line with a command."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pos.application.settings.options import DATABASE, Options, check_till
from pos.cli.runtime import INTERRUPTED, Run, Wiring, outcome

_NAMED = {"--data": "data", "--till": "till", "--database": "database", "--border": "border"}
_MARKS = {"--demo": "demo", "--training": "training"}


def run(arguments: Sequence[str], wiring: Wiring, environment: dict[str, str]) -> int:
    """Run one command line; returns the exit code. `environment` may name the store, as `--database` does."""
    options = window_options(arguments, environment.get(DATABASE))
    if options is None:
        # Importing the command parser takes longer than painting the window.
        from pos.cli.commands import run as run_command

        return run_command(list(arguments), wiring)
    running = Run(wiring, options)
    try:
        return outcome(running, lambda: _opened(wiring, options))
    except KeyboardInterrupt:
        sentence = running.translator("Interrupted. Everything recorded before that is complete.")
        sys.stderr.write(sentence + "\n")
        return INTERRUPTED


def _opened(wiring: Wiring, options: Options) -> int:
    check_till(options.till)
    return wiring.open_window(options)


def window_options(arguments: Sequence[str], database: str | None = None) -> Options | None:
    """The options of a command line that only opens the window, in their common spellings.

    None for everything else, also for errors: the command parser reports those.
    """
    options, words = Options(database=database or None), list(arguments)
    while words:
        word = words.pop(0)
        if word in _MARKS:
            options = replace(options, **{_MARKS[word]: True})  # type: ignore[arg-type]  # these are marks
        elif word in _NAMED and words and not words[0].startswith("-"):
            value = words.pop(0)
            options = replace(options, **{_NAMED[word]: Path(value) if word == "--data" else value})  # type: ignore[arg-type]  # as named
        elif word == "demo" and not words:
            options = replace(options, demo=True)
        else:
            return None
    return options
