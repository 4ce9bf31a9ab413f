"""Start-up options: which shop, store, till and language."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pos.application.text.iso_dates import iso_day, iso_instant
from pos.domain.errors import BadField, Refused

DATABASE = "BORDER_POS_DATABASE"
"""The environment variable of the store, equivalent to `--database`."""
_TILL = re.compile(r"[A-Z][A-Z0-9]{0,7}")


@dataclass(eq=False)
class ClockNotYours(Refused):
    """Only demo and training shops may set the clock."""

    fact = "clock_not_yours"


@dataclass(eq=False)
class OnlyInADemo(Refused):
    """Simulated customers run in a demo shop only: elsewhere their money would be missing."""

    fact = "only_in_a_demo"


@dataclass(eq=False)
class OnlyOnAServer(Refused):
    """A file has no connection that could be cut."""

    fact = "only_on_a_server"


@dataclass(frozen=True, slots=True)
class Options:
    """The options before a command; None means the default."""

    data: Path | None = None
    database: str | None = None
    till: str = "T1"
    language: str | None = None
    demo: bool = False
    at: datetime | None = None
    person: str | None = None
    training: bool = False
    border: str | None = None


def training_till(name: str) -> str:
    """The training name of a till: no training receipt has the number of a real one."""
    return f"TR{name[-6:]}"


def till_of(options: Options) -> str:
    """The name under which a till writes: another one in training."""
    return training_till(options.till) if options.training else options.till


def training_command(program: tuple[str, ...], options: Options) -> tuple[str, ...]:
    """The command that opens a training window on the shop of `options`, whose data folder is known; none in training.

    `program`: the words that start this program.
    """
    if options.training:
        return ()
    return (*program, *spelled_out(options), "--training")


def in_language(command: Sequence[str], language: str) -> tuple[str, ...]:
    """A command that starts this program, with its window in `language` whatever this one was started in."""
    words = list(command)
    if "--language" in words:
        at = words.index("--language")
        del words[at : at + 2]
    return (*words, "--language", language)


def spelled_out(options: Options) -> tuple[str, ...]:
    """The command line arguments for shop, store, till and language.

    An address from the environment stays there, where a child process finds it: the list of processes shows every
    argument to all users of the computer, and the address may hold a password.
    """
    is_inherited = options.database == os.environ.get(DATABASE)
    chosen = {
        "--data": options.data,
        "--database": None if is_inherited else options.database,
        "--till": options.till,
        "--language": options.language,
        "--at": None if options.at is None else options.at.isoformat(),
    }
    return tuple(word for name, value in chosen.items() if value is not None for word in (name, str(value)))


def check_till(name: str) -> str:
    """Return a valid till name, or refuse it: a capital letter, then at most seven capitals and digits."""
    if not _TILL.fullmatch(name):
        raise BadField("till", "not_a_till", name[:20])
    return name


def read_date(text: str, field: str) -> date:
    """Parse a day such as 2026-11-24. Raises BadField for anything else."""
    try:
        return iso_day(text)
    except ValueError:
        raise BadField(field, "not_a_date", text[:20]) from None


def read_instant(text: str, field: str) -> datetime:
    """Parse an instant in ISO 8601 with a zone. Raises BadField for anything else."""
    try:
        instant = iso_instant(text)
    except ValueError:
        raise BadField(field, "not_an_instant", text[:40]) from None
    if instant.tzinfo is None:
        raise BadField(field, "no_zone", text[:40])
    return instant
