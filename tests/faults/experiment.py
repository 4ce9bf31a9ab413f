"""What an experiment with faults is: a promise, a way to try it, and the breakages it must notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

SOUND = ""
"""The name of no mutant: the program as it is."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One run of an experiment: in an empty folder of its own, short or long, with the program as it is or broken."""

    folder: Path
    is_long: bool = False
    mutant: str = SOUND
    """A name from `Experiment.mutants`, or SOUND."""

    def size(self, short: int, long: int) -> int:
        """How many times to try."""
        return long if self.is_long else short


@dataclass(frozen=True, slots=True)
class Figures:
    """What was tried, in counts by name ("kills", "acknowledged sales"), and each broken promise as one line."""

    tried: Mapping[str, int]
    violations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Experiment:
    """A promise of docs/reliability.md under its number (D1, C2, I1 …).

    `mutants` are breakages on purpose: with each of them `run` must find a violation, or it proves nothing.
    """

    number: str
    promise: str
    run: Callable[[Trial], Figures]
    mutants: tuple[str, ...] = ()
    needs_server: bool = False
    """Whether it speaks to a PostgreSQL server of its own."""
