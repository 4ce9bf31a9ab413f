"""A provider's day beside ours: which payments and refunds stand on one side alone, or with another sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A payment or a refund, as one side has it. `amount` is what moved, never below zero.

    `number` is ours, empty where the provider's file does not have it; `reference` is the provider's own, empty where
    we never got it. `at` says when it moved, where the side knows.
    """

    number: str
    reference: str
    amount: Money
    is_refund: bool = False
    at: datetime | None = field(default=None, compare=False)


class DifferenceKind(Enum):
    """What is not the same on both sides."""

    ONLY_THERE = "only_there"
    """The provider moved money of which we know nothing: a person may have paid for nothing."""
    ONLY_HERE = "only_here"
    """We count money that the provider does not have on this day."""
    OTHER_SUM = "other_sum"
    """Both have it, with different sums or currencies."""
    TWICE = "twice"
    """One side has it more often than the other."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing to look at: the rows of the provider and ours that it is about."""

    kind: DifferenceKind
    there: tuple[StatementRow, ...] = ()
    here: tuple[StatementRow, ...] = ()


def differences(there: Iterable[StatementRow], here: Iterable[StatementRow]) -> tuple[Difference, ...]:
    """What differs between a provider's rows and ours: its rows in their order first, then what only we have.

    Rows are the same act where they have one number, or else one reference. Every row stands in at most one difference.
    """
    theirs, ours = list(there), list(here)
    groups = _joined(theirs, ours)
    found = [one for group in groups if (one := _difference(*group)) is not None]
    return tuple(sorted(found, key=lambda one: one.kind is DifferenceKind.ONLY_HERE))


def _difference(there: Sequence[StatementRow], here: Sequence[StatementRow]) -> Difference | None:
    if len(there) > 1 or len(here) > 1:
        same = len(there) == len(here) and _sums(there) == _sums(here)
        return None if same else Difference(DifferenceKind.TWICE, tuple(there), tuple(here))
    if not here:
        return Difference(DifferenceKind.ONLY_THERE, tuple(there))
    if not there:
        return Difference(DifferenceKind.ONLY_HERE, here=tuple(here))
    if there[0].amount != here[0].amount:
        return Difference(DifferenceKind.OTHER_SUM, tuple(there), tuple(here))
    return None


def _sums(rows: Iterable[StatementRow]) -> list[tuple[str, int]]:
    return sorted((row.amount.currency.code, row.amount.minor) for row in rows)


def _joined(
    theirs: Sequence[StatementRow], ours: Sequence[StatementRow]
) -> list[tuple[list[StatementRow], list[StatementRow]]]:
    """The rows of one act together: by our number where the provider's row has one that we know, else by its own."""
    by_name: dict[_Act, list[int]] = defaultdict(list)
    for place, row in enumerate(ours):
        for act in _names(row):
            by_name[act].append(place)
    groups: list[tuple[list[StatementRow], list[StatementRow]]] = []
    taken: set[int] = set()
    for rows in _acts(theirs):
        names = [act for row in rows for act in _names(row)]
        found = next((by_name[act] for act in names if not taken.issuperset(by_name.get(act, ()))), [])
        found = [place for place in found if place not in taken]
        taken.update(found)
        groups.append((rows, [ours[place] for place in found]))
    left = [row for place, row in enumerate(ours) if place not in taken]
    return groups + [([], rows) for rows in _acts(left)]


_Act = tuple[bool, str, str]
"""Whether it is a refund, whose number names it, and the number."""


def _names(row: StatementRow) -> list[_Act]:
    """What names the act of a row, the better name first."""
    pairs = (("ours", row.number), ("theirs", row.reference))
    return [(row.is_refund, whose, number) for whose, number in pairs if number]


def _acts(rows: Iterable[StatementRow]) -> list[list[StatementRow]]:
    """Rows of one side by their better name; a row without any stands alone."""
    acts: dict[_Act, list[StatementRow]] = defaultdict(list)
    for place, row in enumerate(rows):
        acts[next(iter(_names(row)), (row.is_refund, "", str(place)))].append(row)
    return list(acts.values())
