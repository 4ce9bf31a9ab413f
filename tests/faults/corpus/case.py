"""One bad input: at which door it comes, how it is tried, and what must become of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.faults.corpus.desk import Desk

ODD = None
"""An input that may be taken or refused: what counts is that nothing breaks and nothing changes in silence."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a door answered: the exit code, what was printed, and an exception that no sentence was made for."""

    code: int
    out: str = ""
    err: str = ""
    uncaught: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Tried as `attempt(desk)`.

    `taken`: False for what must be refused, True for what must be taken in spite of a bad part, ODD for either.
    `where`: the sentence of bad input must hold one of these (the file, row or field); empty asks for none.
    `changes`: the tables that may change all the same (a wrong PIN is counted, an import is remembered); where
    `keeps`, nothing else may change even when it is taken. `code`: the exit code of what is refused; 0 for any.
    """

    door: str
    name: str
    attempt: Callable[[Desk], Answer]
    taken: bool | None = False
    where: tuple[str, ...] = ()
    changes: frozenset[str] = field(default_factory=frozenset)
    keeps: bool = False
    code: int = 0


def brief(value: object) -> str:
    """A value as a name of a case: short, in one line."""
    return ascii(value)[:48]


def typed(
    door: str,
    name: str,
    *words: str,
    stdin: object = b"",
    files: Mapping[str, bytes] | None = None,
    taken: bool | None = False,
    where: str | Iterable[str] = (),
    changes: Iterable[str] = (),
    keeps: bool = False,
    code: int = 0,
) -> Case:
    """A command line; a word `@name` is the path of that file of `files`, `stdin` is bytes or a value as JSON."""
    sent = stdin if isinstance(stdin, bytes) else as_json(stdin)
    made = dict(files or {})
    fields = (where,) if isinstance(where, str) else tuple(where)
    return Case(door, name, lambda desk: desk.typed(words, sent, made), taken, fields, frozenset(changes), keeps, code)


def tried(door: str, name: str, call: Callable[[Desk], object], taken: bool | None = False) -> Case:
    """A step called as the window calls it."""
    return Case(door, name, lambda desk: desk.tried(lambda: call(desk)), taken)


def as_json(value: object) -> bytes:
    """JSON as a hostile program writes it: NaN and halves of a pair too."""
    return json.dumps(value, ensure_ascii=True).encode()


def every(cases: Iterable[Case], stride: int) -> Sequence[Case]:
    """Each `stride`-th of the cases, for a run that must be short."""
    return [case for index, case in enumerate(cases) if index % stride == 0]
