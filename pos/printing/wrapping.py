"""Where a line of text may be broken, for letters between spaces and for Chinese without any."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

Measure = Callable[[str], float]
"""The width of a text: points on paper, columns in a plain rendering."""

_CLOSING = frozenset("，。、；：！？）》」』】”’…,.;:!?)]}%")
_OPENING = frozenset("（《「『【“‘([{¥₸$€₽")


def is_wide(character: str) -> bool:
    """Whether a character fills a square, as Chinese does."""
    return unicodedata.east_asian_width(character) in "WF"


def wrapped(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of `text`, none wider than `width` unless a single character is; no character is lost but spaces."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if measure(line + piece.rstrip(" ")) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip(" "))
        line = piece
        while measure(line.rstrip(" ")) > width and len(line) > 1:
            fits = _longest_start(line, width, measure)
            lines.append(line[:fits])
            line = line[fits:]
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
    """What is never parted: a word with the spaces behind it, a Chinese character with its punctuation."""
    start = 0
    for at in range(1, len(text)):
        before, here = text[at - 1], text[at]
        at_space = before == " " and here != " "
        at_wide = (is_wide(before) or is_wide(here)) and here != " " and here not in _CLOSING and before not in _OPENING
        if at_space or at_wide:
            yield text[start:at]
            start = at
    yield text[start:]


def paired(left: str, right: str, width: float, gap: float, measure: Measure) -> list[tuple[str, str]]:
    """Lines of (left, right): the right text whole on the first one if it leaves room, else below on lines of its own.

    A price that stands right of a long name is never cut and never lost.
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
