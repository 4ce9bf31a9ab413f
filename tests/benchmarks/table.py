"""Rows of a benchmark as a table: times beside their target, never an assertion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter_ns

HEADINGS = ("what", "median", "p99", "worst", "bare", "ratio", "at p99", "target", "", "proved", "n")
_VERDICT = HEADINGS.index("")


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

    `target` is milliseconds, too; `by_worst` holds it against the slowest, `by_p99` against the slowest but one in a
    hundred, else against the median. `most` is how often the bare limit it may take, in the median and at p99. `proved`
    counts the answers that were proved to be the best. `unit` is that of the figures where they are no times.
    """

    what: str
    times: Sequence[float]
    bare: Sequence[float] = ()
    target: float | None = None
    by_worst: bool = False
    proved: int | None = None
    by_p99: bool = False
    most: float | None = None
    unit: str = "ms"

    def cells(self) -> tuple[str, ...]:
        """What stands under each heading."""
        middle, late, worst = median(self.times), p99(self.times), max(self.times)
        bare, bare_late = (median(self.bare), p99(self.bare)) if self.bare else (0.0, 0.0)
        return (
            self.what,
            shown(middle, self.unit),
            shown(late, self.unit),
            shown(worst, self.unit),
            shown(bare, self.unit) if self.bare else "",
            f"{middle / bare:.1f}x" if bare else "",
            f"{late / bare_late:.1f}x" if bare_late else "",
            self._aim(),
            self._verdict(middle, late, worst, bare, bare_late),
            "" if self.proved is None else f"{100 * self.proved / len(self.times):.0f} %",
            str(len(self.times)),
        )

    def _aim(self) -> str:
        aims = [] if self.target is None else [f"{self.target:.4g} {self.unit}"]
        aims += [] if self.most is None else [f"{self.most:g}x"]
        which = " worst" if self.by_worst else " p99" if self.by_p99 else ""
        return ", ".join(aims) + which if aims else ""

    def _verdict(self, middle: float, late: float, worst: float, bare: float, bare_late: float) -> str:
        if self.target is None and self.most is None:
            return ""
        held = worst if self.by_worst else late if self.by_p99 else middle
        is_held = self.target is None or held <= self.target
        if self.most is not None and bare and bare_late:
            is_held = is_held and middle / bare <= self.most and late / bare_late <= self.most
        return "held" if is_held else "MISSED"


def p99(times: Sequence[float]) -> float:
    """The time that one in a hundred exceeds; of fewer times the longest."""
    return sorted(times)[-1 - len(times) // 100]


def shown(figure: float, unit: str = "ms") -> str:
    """Three figures that can be compared down a column: 0.213 ms, 44.1 ms, 1203 ms."""
    digits = 3 if figure < 1 else 2 if figure < 10 else 1 if figure < 100 else 0
    return f"{figure:.{digits}f} {unit}"


def table(rows: Iterable[Row]) -> str:
    """The rows under their headings, words to the left and figures to the right."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in (0, _VERDICT) else cell.rjust(width)
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
