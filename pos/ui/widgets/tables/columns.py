"""Where the columns of a row stand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos.ui.look.theme import Space

Span = tuple[int, int]
"""Where a column begins and how wide it is, in pixels."""


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column `width` px wide, or with `share` of what the others leave; one of figures ends at its `right`.

    `gap` px are free before it, except before the first.
    """

    width: int = 0
    share: int = 0
    right: bool = False
    gap: int = Space.M


@dataclass(frozen=True, slots=True)
class RowColumns:
    """The columns of a row from left to right; `before` and `after` px stay free at its ends."""

    columns: tuple[RowColumn, ...]
    before: int = Space.M
    after: int = Space.M

    def without(self, place: int) -> RowColumns:
        """The same, but nothing stands in one column: what has a share takes its room."""
        gone = replace(self.columns[place], width=0, share=0, gap=0)
        return replace(self, columns=(*self.columns[:place], gone, *self.columns[place + 1 :]))

    def spans(self, width: int) -> list[Span]:
        """Where each column stands in a row `width` px wide; the last one with a share has what is left of them."""
        gaps = sum(column.gap for column in self.columns[1:])
        rest = width - self.before - self.after - gaps - sum(column.width for column in self.columns)
        shares, unshared = sum(column.share for column in self.columns), max(0, rest)
        spans, at = [], self.before
        for place, column in enumerate(self.columns):
            room = column.width
            if column.share:
                room = unshared * column.share // shares
                unshared, shares = unshared - room, shares - column.share
            at += column.gap if place else 0
            spans.append((at, room))
            at += room
        return spans
