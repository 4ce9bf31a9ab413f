"""Positions of the columns of a row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from pos.ui.look.theme import Space

Span = tuple[int, int]
"""Start and width of a column, in pixels."""


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column `width` px wide, or with a `share` of the remaining width; columns of figures are aligned `right`.

    `gap` px are free before it, except before the first. Where the columns with a share would be narrower than their
    `least` px in all, those with `drops` are left out, 1 first: what they say stands elsewhere, or matters least.
    What a left-out column with `joins` says stands in the first column, beneath its text.
    """

    width: int = 0
    share: int = 0
    right: bool = False
    gap: int = Space.M
    drops: int = 0
    least: int = 168
    joins: bool = False


@dataclass(frozen=True, slots=True)
class RowColumns:
    """The columns of a row from left to right; `before` and `after` px stay free at both ends."""

    columns: tuple[RowColumn, ...]
    before: int = Space.M
    after: int = Space.M

    def without(self, index: int) -> RowColumns:
        """The same columns with one hidden: a column with a share takes its room."""
        gone = replace(self.columns[index], width=0, share=0, gap=0, drops=0)
        return replace(self, columns=(*self.columns[:index], gone, *self.columns[index + 1 :]))

    def spans(self, width: int) -> list[Span]:
        """Position of each column in a row `width` px wide; the last one with a share takes the rounding remainder."""
        return list(_spans(self, width))

    def fitting(self, width: int) -> RowColumns:
        """These columns without those that are left out in a row `width` px wide."""
        columns = self
        least = sum(column.least for column in self.columns if column.share)
        while columns.rest(width) < least:
            droppable = [index for index, column in enumerate(columns.columns) if column.drops]
            if not droppable:
                break
            columns = columns.without(min(droppable, key=lambda index: columns.columns[index].drops))
        return columns

    def rest(self, width: int) -> int:
        """What a row `width` px wide leaves to the columns with a share; negative where there is too little room."""
        gaps = sum(column.gap for column in self.columns[1:])
        return width - self.before - self.after - gaps - sum(column.width for column in self.columns)


@lru_cache(maxsize=512)  # a table asks for each row that it paints
def _spans(columns: RowColumns, width: int) -> tuple[Span, ...]:
    columns = columns.fitting(width)
    shares, unshared = sum(column.share for column in columns.columns), max(0, columns.rest(width))
    spans, at = [], columns.before
    for index, column in enumerate(columns.columns):
        room = column.width
        if column.share:
            room = unshared * column.share // shares
            unshared, shares = unshared - room, shares - column.share
        at += column.gap if index else 0
        spans.append((at, room))
        at += room
    return tuple(spans)
