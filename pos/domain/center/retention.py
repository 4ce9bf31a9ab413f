"""How long the center keeps what it knows: as long as any rule can ask for it, and a time for what is reported late."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pos.domain.center.ledger import (
    CameBack,
    Change,
    Departed,
    Entered,
    LedgerEntry,
    LineId,
    MovedAway,
    MovedHere,
    Reassessed,
    Sold,
)
from pos.domain.quota.rule import Regime

MORE_DAYS = 35
"""Beyond the longest window (spec of the center, § 5)."""


def kept_for(regimes: Iterable[Regime]) -> timedelta:
    """The longest span that a rule of these regimes looks back, and the days more."""
    spans = [
        max(rule.window.longest, rule.who.within_days)
        for regime in regimes
        for rule in (*regime.rules, *regime.planned)
    ]
    return timedelta(days=max(spans, default=0) + MORE_DAYS)


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """A ledger entry with its number in the store, and when it was written."""

    number: int
    entry: LedgerEntry
    written_at: datetime


def erasable(ledger: Sequence[KeptEntry], before: datetime) -> Sequence[KeptEntry]:
    """The entries of a ledger that are old: bought and written before an instant, and nothing newer hangs on them.

    What came back or was judged again goes after its line; a departure stays as long as a line that it may have taken.
    """
    staying = [each for each in ledger if _has_lines(each) and not _is_old(each, before)]
    lines = {line for each in staying for line in lines_of(each.entry.change)}
    first = min((_instant(each) for each in staying), default=None)
    return [
        each for each in ledger if _is_old(each, before) and (_has_lines(each) or not _is_needed(each, lines, first))
    ]


def lines_of(change: Change) -> Sequence[LineId]:
    """The lines that a change brings onto a ledger."""
    if isinstance(change, Sold):
        return [LineId(change.sale, line.line) for line in change.lines]
    return [LineId(change.sale, change.line.line)] if isinstance(change, MovedHere) else []


def first_instant(ledger: Iterable[KeptEntry]) -> datetime | None:
    """When the first line of these was bought; None where there is none."""
    return min((_instant(each) for each in ledger if _has_lines(each)), default=None)


def _has_lines(kept: KeptEntry) -> bool:
    return isinstance(kept.entry.change, Sold | MovedHere)


def _instant(kept: KeptEntry) -> datetime:
    """When it happened: a line that was moved keeps the instant of its sale."""
    change = kept.entry.change
    return change.at if isinstance(change, MovedHere | Departed) else kept.entry.at


def _is_old(kept: KeptEntry, before: datetime) -> bool:
    change = kept.entry.change
    if isinstance(change, Entered):
        return kept.written_at < before and all(day < before.date() for day in change.days)
    return kept.written_at < before and _instant(kept) < before


def _is_needed(kept: KeptEntry, lines: Collection[LineId], first: datetime | None) -> bool:
    change = kept.entry.change
    if isinstance(change, CameBack | Reassessed | MovedAway):
        return LineId(change.sale, change.line) in lines
    return isinstance(change, Departed) and first is not None and first <= change.at
