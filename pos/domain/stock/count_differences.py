"""From the sheets of a stock-take to its differences, product by product, or lot by lot where lots were counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pos.domain.stock.stock_count import CountedPieces

OF_ANY = 0
"""Of a line: of no lot. Of an entry: the lot is unknown."""


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """An entry of a sheet: pieces of a lot (or OF_ANY), counted between two movements."""

    lot: int
    pieces: int
    first: int
    last: int
    round: int = 1


@dataclass(frozen=True, slots=True)
class MovementSinceCount:
    """A movement at the place since the stock-take began."""

    number: int
    lot: int
    pieces: int


@dataclass(frozen=True, slots=True)
class CountedLine:
    """What came of one line: of a lot, or with `whole` of the product with all its lots.

    `expected` is what the books had when the stock-take began, `seen` the pieces by lot that were counted.
    """

    lot: int
    whole: bool
    expected: int
    counted: CountedPieces
    seen: Mapping[int, int]


def in_force(entries: Sequence[SheetEntry]) -> list[SheetEntry]:
    """The entries that hold: those of the recount in place of what they count again."""
    again = [entry for entry in entries if entry.round == 2]
    if not again:
        return list(entries)
    first = [entry for entry in entries if entry.round == 1]
    if any(entry.lot == OF_ANY for entry in entries):
        return again
    lots = {entry.lot for entry in again}
    return [*again, *(entry for entry in first if entry.lot not in lots)]


def counted_of(
    expected: Mapping[int, int], entries: Sequence[SheetEntry], moves: Sequence[MovementSinceCount]
) -> tuple[list[CountedLine], list[int]]:
    """The lines of one product, and the lots without a count although others were counted.

    `expected` is what the books had by lot (0: of no lot) when it began; `moves` what moved since.
    """
    valid = in_force(entries)
    has_lots = any(expected) or any(move.lot for move in moves)
    if has_lots and any(entry.lot == OF_ANY for entry in valid):
        return [_counted(OF_ANY, sum(expected.values()), valid, moves, whole=True)], []
    by_lot: defaultdict[int, list[SheetEntry]] = defaultdict(list)
    for entry in valid:
        by_lot[entry.lot].append(entry)
    lines = []
    for lot, of_lot in sorted(by_lot.items()):
        mine = [move for move in moves if move.lot == lot]
        lines.append(_counted(lot, expected.get(lot, 0), of_lot, mine, whole=False))
    left = sorted(lot for lot, pieces in expected.items() if pieces and lot not in by_lot)
    return lines, left


def _counted(
    lot: int, expected: int, entries: Sequence[SheetEntry], moves: Iterable[MovementSinceCount], *, whole: bool
) -> CountedLine:
    first = min(entry.first for entry in entries)
    last = max(entry.last for entry in entries)
    books, came, went = expected, 0, 0
    for move in moves:
        if move.number <= first:
            books += move.pieces
        elif move.number <= last:
            came += max(move.pieces, 0)
            went += max(-move.pieces, 0)
    seen: defaultdict[int, int] = defaultdict(int)
    for entry in entries:
        if entry.lot != OF_ANY:
            seen[entry.lot] += entry.pieces
    pieces = sum(entry.pieces for entry in entries)
    return CountedLine(lot, whole, expected, CountedPieces(pieces, books, came, went), dict(seen))
