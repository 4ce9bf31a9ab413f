"""Rows of a benchmark as a table: times beside their target, never an assertion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter_ns

HEADINGS = ("what", "median", "worst", "bare", "ratio", "target", "", "proved", "n")


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a run measures: `repeats` of one step, `baskets` of each sort; `quick` leaves the great ones out."""

    repeats: int = 300
    baskets: int = 40
    quick: bool = False


FULL = Effort()
QUICK = Effort(repeats=3, baskets=2, quick=True)


@dataclass(frozen=True, slots=True)
class Row:
    """One measured thing: its times and the times of a bare limit beside it, in milliseconds.

    `target` is milliseconds, too; `by_worst` holds it against the slowest, else against the median. `proved`
    counts the answers that were proved to be the best.
    """

    what: str
    times: Sequence[float]
    bare: Sequence[float] = ()
    target: float | None = None
    by_worst: bool = False
    proved: int | None = None

    def cells(self) -> tuple[str, ...]:
        """What stands under each heading."""
        middle, worst = median(self.times), max(self.times)
        bare = median(self.bare) if self.bare else None
        held = worst if self.by_worst else middle
        return (
            self.what,
            shown(middle),
            shown(worst),
            "" if bare is None else shown(bare),
            "" if not bare else f"{middle / bare:.1f}x",
            "" if self.target is None else f"{self.target:g} ms" + (" worst" if self.by_worst else ""),
            "" if self.target is None else "held" if held <= self.target else "MISSED",
            "" if self.proved is None else f"{100 * self.proved / len(self.times):.0f} %",
            str(len(self.times)),
        )


def shown(milliseconds: float) -> str:
    """Three figures that can be compared down a column: 0.213 ms, 44.1 ms, 1203 ms."""
    digits = 3 if milliseconds < 1 else 2 if milliseconds < 10 else 1 if milliseconds < 100 else 0
    return f"{milliseconds:.{digits}f} ms"


def table(rows: Iterable[Row]) -> str:
    """The rows under their headings, words to the left and figures to the right."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in (0, 6) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths))
        ).rstrip()
        for line in lines
    )


def timed(step: Callable[[], object]) -> float:
    """How many milliseconds one call takes."""
    start = perf_counter_ns()
    step()
    return (perf_counter_ns() - start) / 1e6


def side_by_side(repeats: int, *steps: Callable[[], object]) -> list[list[float]]:
    """The times of each step, called in turn, so that a busy moment of the machine meets all of them."""
    for step in steps:
        step()
    times: list[list[float]] = [[] for _ in steps]
    for _ in range(repeats):
        for mine, step in zip(times, steps):
            mine.append(timed(step))
    return times
