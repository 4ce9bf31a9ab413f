"""A provider's day beside ours: which payments and refunds stand on one side alone, or with another sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
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


Group = tuple[list[StatementRow], list[StatementRow]]


def _joined(theirs: Sequence[StatementRow], ours: Sequence[StatementRow]) -> list[Group]:
    """The rows of one act together: by our number where a row of the provider has one, else by its reference."""
    groups: list[Group] = []
    by_number = _index(ours, lambda row: row.number)
    by_reference = _index(ours, lambda row: row.reference)
    taken: set[int] = set()
    for (refund, number, reference), rows in _by_act(theirs).items():
        found = by_number.get((refund, number), []) if number else []
        found = found or [at for at in by_reference.get((refund, reference), []) if reference]
        found = [at for at in found if at not in taken]
        taken.update(found)
        groups.append((rows, [ours[at] for at in found]))
    left = [row for at, row in enumerate(ours) if at not in taken]
    groups += [([], rows) for rows in _by_act(left).values()]
    return groups


def _by_act(rows: Iterable[StatementRow]) -> dict[tuple[bool, str, str], list[StatementRow]]:
    """Rows by number, or by reference where they have none; a row with neither stands alone."""
    acts: dict[tuple[bool, str, str], list[StatementRow]] = defaultdict(list)
    first: dict[tuple[bool, str], tuple[bool, str, str]] = {}
    for place, row in enumerate(rows):
        name = row.number or row.reference or f"#{place}"
        key = first.setdefault((row.is_refund, name), (row.is_refund, row.number, row.reference or f"#{place}"))
        acts[key].append(row)
    return acts


def _index(rows: Sequence[StatementRow], name_of: Callable[[StatementRow], str]) -> dict[tuple[bool, str], list[int]]:
    places: dict[tuple[bool, str], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        places[(row.is_refund, name_of(row))].append(place)
    return places
