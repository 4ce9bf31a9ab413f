"""Line breaking for text with spaces and for Chinese."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

Measure = Callable[[str], float]
"""Measures the width of a text: points on paper, columns in plain text."""

_CLOSING = frozenset("，。、；：！？）》」』】”’…,.;:!?)]}%")
_OPENING = frozenset("（《「『【“‘([{¥₸$€₽")
_JOINING = frozenset(" ×·")
"""Kept with the previous word: × 2 stays whole, and no line begins with the dot between two words."""


def is_wide(character: str) -> bool:
    """Whether a character is full width, as in Chinese."""
    return unicodedata.east_asian_width(character) in "WF"


def wrapped(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of `text`, none wider than `width` except for a single wide character; only spaces are lost.

    Continuation lines keep the indent.
    """
    lines: list[str] = []
    indent = text[: len(text) - len(text.lstrip(" "))]
    indent = indent if measure(indent) < width / 2 else ""
    line = ""
    for piece in _pieces(text):
        if measure(line + piece.rstrip(" ")) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip(" "))
        line = indent + piece if lines else piece
        while measure(line.rstrip(" ")) > width and len(line.lstrip(" ")) > 1:
            fits = max(len(indent) + 1, _longest_start(line, width, measure))
            lines.append(line[:fits])
            line = indent + line[fits:]
    if line.strip() or not lines:
        lines.append(line.rstrip(" "))
    return lines


def _longest_start(text: str, width: float, measure: Measure) -> int:
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= width else (low, middle - 1)
    return low


def _pieces(text: str) -> Iterator[str]:
    """Unbreakable pieces: a word with the spaces after it, a Chinese character with its punctuation."""
    start = 0
    for at in range(1, len(text)):
        before, here = text[at - 1], text[at]
        at_space = before == " " and here not in _JOINING and text[at - 2 : at] != "× "
        at_wide = (is_wide(before) or is_wide(here)) and here != " " and here not in _CLOSING and before not in _OPENING
        if at_space or at_wide:
            yield text[start:at]
            start = at
    yield text[start:]


def paired(left: str, right: str, width: float, gap: float, measure: Measure) -> list[tuple[str, str]]:
    """Lines of (left, right): the right text whole on the first line if it fits, else on lines of its own below.

    A price at the right of a long name is never cut and never lost.
    """
    if not right:
        return [(line, "") for line in wrapped(left, width, measure)]
    if measure(left) + gap + measure(right) <= width:
        return [(left, right)]
    room = width - gap - measure(right)
    if room >= width * 0.45:
        first, *rest = wrapped(left, room, measure)
        return [(first, right), *((line, "") for line in rest)]
    above = [(line, "") for line in wrapped(left, width, measure)] if left else []
    return above + [("", line) for line in wrapped(right, width, measure)]


def celled(cells: Sequence[str], width: float, gap: float, measure: Measure) -> list[list[tuple[float, str]]]:
    """Lines of (offset, text) for a table line of equal columns.

    The first cell is left-aligned, the others end at the right of their column. If they do not fit side by side, each
    is at the right of its own line: a number is never cut.
    """
    wide = [measure(cell) for cell in cells]
    ends = [width * (index + 1) / len(cells) for index in range(len(cells))]
    starts = [0.0, *(end - own for end, own in zip(ends[1:], wide[1:], strict=True))]
    if all(start + own + gap <= after for start, own, after in zip(starts, wide, starts[1:], strict=False)):
        return [[(start, cell) for start, cell in zip(starts, cells, strict=True) if cell]]
    if sum(wide) + gap * (len(cells) - 1) <= width:
        between = (width - sum(wide)) / (len(cells) - 1)
        return [[(sum(wide[:index]) + between * index, cell) for index, cell in enumerate(cells) if cell]]
    lines = [line for cell in cells if cell for line in wrapped(cell, width, measure)]
    return [[(width - measure(line), line)] for line in lines]
