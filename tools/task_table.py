"""The tasks of a shop with the figures of the best peer, and how both are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pos.domain.staff.staff import SHORTEST_PIN
from tools.task_hand import Count, TaskHand

WAYS = ("keys", "finger")
PIN_DIGITS_OF_PEERS = 4


@dataclass(frozen=True, slots=True)
class Task:
    """`do` prepares, does the task inside of `hand.counted()` and looks at its outcome.

    `peer` says what the best peer takes; `acts` is its figure, None where there is none to compare with. Only a peer
    whose figure `approves` has the acts of an approval counted against it. `only` names the way where there is one.
    """

    id: str
    title: str
    peer: str
    do: Callable[[TaskHand], None]
    acts: int | None = None
    approves: bool = False
    pins: int = 0
    """How many PINs are typed that the peer has, too: theirs have four digits, and ours six."""
    only: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What one way of a task took; `trouble` says why it could not be done, and is empty otherwise."""

    count: Count
    trouble: str = ""


Results = Mapping[tuple[str, str], Result]
"""By task and way."""


def compared(task: Task, count: Count) -> int:
    """The acts that stand against the peer's figure: no free text, and of a PIN as many digits as the peer's has."""
    return count.acts + (count.approval if task.approves else 0) - task.pins * (SHORTEST_PIN - PIN_DIGITS_OF_PEERS)


def verdict(task: Task, result: Result) -> str:
    """`fail`, `worse` than the peer, `equal`, `better`, or `done` where there is no figure."""
    if result.trouble:
        return "fail"
    if task.acts is None:
        return "done"
    acts = compared(task, result.count)
    return "worse" if acts > task.acts else "equal" if acts == task.acts else "better"


def table(tasks: Iterable[Task], results: Results) -> list[str]:
    """The lines of the table in Markdown."""
    lines = [
        "| task | keys | s | taps | s | scans | best peer | by keys | by finger |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for task in tasks:
        cells, verdicts, scans = [], [], "–"
        for way in WAYS:
            result = results.get((task.id, way))
            if result is None:
                cells += ["–", "–"]
                verdicts.append("–")
                continue
            cells += ["–", "–"] if result.trouble else [str(result.count), f"{result.count.seconds:.0f}"]
            verdicts.append(verdict(task, result))
            scans = str(result.count.scans)
        lines.append(f"| {' | '.join([task.title, *cells, scans, task.peer, *verdicts])} |")
    return lines
