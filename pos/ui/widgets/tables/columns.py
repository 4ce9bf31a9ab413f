"""Positions of the columns of a row."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos.ui.look.theme import Space

Span = tuple[int, int]
"""Start and width of a column, in pixels."""


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column `width` px wide, or with a `share` of the remaining width; columns of figures are aligned `right`.

    `gap` px are free before it, except before the first.
    """

    width: int = 0
    share: int = 0
    right: bool = False
    gap: int = Space.M


@dataclass(frozen=True, slots=True)
class RowColumns:
    """The columns of a row from left to right; `before` and `after` px stay free at both ends."""

    columns: tuple[RowColumn, ...]
    before: int = Space.M
    after: int = Space.M

    def without(self, index: int) -> RowColumns:
        """The same columns with one hidden: a column with a share takes its room."""
        gone = replace(self.columns[index], width=0, share=0, gap=0)
        return replace(self, columns=(*self.columns[:index], gone, *self.columns[index + 1 :]))

    def spans(self, width: int) -> list[Span]:
        """Position of each column in a row `width` px wide; the last one with a share takes the rounding remainder."""
        gaps = sum(column.gap for column in self.columns[1:])
        rest = width - self.before - self.after - gaps - sum(column.width for column in self.columns)
        shares, unshared = sum(column.share for column in self.columns), max(0, rest)
        spans, at = [], self.before
        for index, column in enumerate(self.columns):
            room = column.width
            if column.share:
                room = unshared * column.share // shares
                unshared, shares = unshared - room, shares - column.share
            at += column.gap if index else 0
            spans.append((at, room))
            at += room
        return spans
