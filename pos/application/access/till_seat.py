"""A till is used in one place at a time: one window per folder, one computer per server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pos.application.files.held_file import HeldFile
from pos.domain.errors import Refused

if TYPE_CHECKING:
    pass


@dataclass(eq=False)
class TillOpenTwice(Refused):
    """A window of this till is open on this computer, since then (None if unknown)."""

    fact = "till_open_twice"

    till: str
    since: datetime | None


@dataclass(eq=False)
class TillElsewhere(Refused):
    """Another computer records at this till, since then; `where` is its name or address."""

    fact = "till_elsewhere"

    till: str
    since: datetime | None
    where: str


@dataclass(frozen=True, slots=True)
class Seat:
    """The claim of a computer on a till of a server: the till, the computer's identifier, and its name."""

    till: str
    computer: str
    name: str


@contextmanager
def at_the_window(folder: Path, till: str, at: datetime) -> Iterator[None]:
    """Be the only window of a till in a folder that is there. Raises TillOpenTwice."""
    held = HeldFile(folder / f"till-{till}.lock")
    if not held.take(at.isoformat()):
        raise TillOpenTwice(till, _instant(held.said()))
    try:
        yield
    finally:
        held.let_go()


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
