"""A provider's day beside ours: which payments and refunds stand on one side alone, or with another sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from pos.domain.errors import BadInput
from pos.domain.money import Money


@dataclass(eq=False)
class NotAStatement(BadInput):
    """The file has none of the columns that stand in a file of the provider."""

    fact = "not_a_statement"

    provider: str


@dataclass(eq=False)
class StatementOfAnother(BadInput):
    """The file is one of another provider, `whose`."""

    fact = "statement_of_another"

    provider: str
    whose: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A payment or a refund, as one side has it. `amount` is what moved, never below zero.

    `number` is ours, empty where the provider's file does not have it; `reference` is the provider's own, empty where
    we never got it. `at` says when it moved, where the side knows. `receipt` is that of the shop that counts it, empty
    where there is none, as in a provider's file.
    """

    number: str
    reference: str
    amount: Money
    is_refund: bool = False
    at: datetime | None = field(default=None, compare=False)
    receipt: str = field(default="", compare=False)


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


@dataclass(frozen=True, slots=True)
class Act:
    """What has one number: the rows of the provider and ours. Where both agree there is one of each, or as many."""

    there: tuple[StatementRow, ...] = ()
    here: tuple[StatementRow, ...] = ()

    @property
    def difference(self) -> Difference | None:
        """What is not the same on both sides; None for nothing."""
        kind = self._kind
        return None if kind is None else Difference(kind, self.there, self.here)

    @property
    def _kind(self) -> DifferenceKind | None:
        if len(self.there) > 1 or len(self.here) > 1:
            same = len(self.there) == len(self.here) and _sums(self.there) == _sums(self.here)
            return None if same else DifferenceKind.TWICE
        if not self.here:
            return DifferenceKind.ONLY_THERE
        if not self.there:
            return DifferenceKind.ONLY_HERE
        return None if self.there[0].amount == self.here[0].amount else DifferenceKind.OTHER_SUM


def differences(there: Iterable[StatementRow], here: Iterable[StatementRow]) -> tuple[Difference, ...]:
    """What differs between a provider's rows and ours: its rows in their order first, then what only we have.

    Every row stands in at most one difference.
    """
    return differences_of(acts(there, here))


def differences_of(found: Iterable[Act]) -> tuple[Difference, ...]:
    """The differences of acts, in the same order."""
    named = [one for act in found if (one := act.difference) is not None]
    return tuple(sorted(named, key=lambda one: one.kind is DifferenceKind.ONLY_HERE))


def acts(there: Iterable[StatementRow], here: Iterable[StatementRow]) -> tuple[Act, ...]:
    """The acts of a provider's rows in their order, then those that only we have. Every row stands in one of them.

    Rows are the same act where they have one number, or else one reference.
    """
    return tuple(Act(tuple(theirs), tuple(ours)) for theirs, ours in _joined(list(there), list(here)))


def _sums(rows: Iterable[StatementRow]) -> list[tuple[str, int]]:
    return sorted((row.amount.currency.code, row.amount.minor) for row in rows)


def _joined(
    theirs: Sequence[StatementRow], ours: Sequence[StatementRow]
) -> list[tuple[list[StatementRow], list[StatementRow]]]:
    """The rows of one act together: by our number where the provider's row has one that we know, else by its own."""
    by_name: dict[_Name, list[int]] = defaultdict(list)
    for place, row in enumerate(ours):
        for name in _names(row):
            by_name[name].append(place)
    groups: list[tuple[list[StatementRow], list[StatementRow]]] = []
    taken: set[int] = set()
    for rows in _rows_by_name(theirs):
        names = [name for row in rows for name in _names(row)]
        found = next((by_name[name] for name in names if not taken.issuperset(by_name.get(name, ()))), [])
        found = [place for place in found if place not in taken]
        taken.update(found)
        groups.append((rows, [ours[place] for place in found]))
    left = [row for place, row in enumerate(ours) if place not in taken]
    return groups + [([], rows) for rows in _rows_by_name(left)]


_Name = tuple[bool, str, str]
"""Whether it is a refund, whose number names it, and the number."""


def _names(row: StatementRow) -> list[_Name]:
    """What names the act of a row, the better name first."""
    pairs = (("ours", row.number), ("theirs", row.reference))
    return [(row.is_refund, whose, number) for whose, number in pairs if number]


def _rows_by_name(rows: Iterable[StatementRow]) -> list[list[StatementRow]]:
    """Rows of one side by their better name; a row without any stands alone."""
    named: dict[_Name, list[StatementRow]] = defaultdict(list)
    for place, row in enumerate(rows):
        named[next(iter(_names(row)), (row.is_refund, "", str(place)))].append(row)
    return list(named.values())
