"""Parse numbers of a column: `12,50`, `1 234.50`, `1.234,50`. The column decides the separator; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable

SEPARATORS = (".", ",")
"""Decimal separators to choose from."""

_BLANKS = "[ \u00a0\u2009\u202f'\u2019]"
_GROUPED = re.compile(rf"[0-9]{{1,3}}(?:{_BLANKS}[0-9]{{3}})+(?:[.,][0-9]+)?")
_ANY_BLANK = re.compile(_BLANKS)
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ENDS = re.compile(r"[0-9]+([.,])([0-9]+)")
_THOUSANDS = {
    ".": re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"),
    ",": re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?"),
}
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


class PlainNumber(str):
    """A number that a workbook stores as such: always written with a dot, unlike the texts of its column."""

    __slots__ = ()


def separator_shown(texts: Iterable[str]) -> str:
    """The decimal separator of a column: `.` or `,`; empty where its numbers do not show it.

    Where they contradict each other it is the dot, and those with a comma are refused.
    """
    separators: set[str] = set()
    for text in texts:
        if not isinstance(text, PlainNumber):
            separators.add(_shown_by(text.strip()))
        if len(separators) == 3:
            break
    separators.discard("")
    return "." if len(separators) > 1 else next(iter(separators), "")


def _shown_by(text: str) -> str:
    if text.isdigit():
        return ""
    was_grouped = _GROUPED.fullmatch(text) is not None
    if was_grouped:
        text = _ANY_BLANK.sub("", text)
    ends = _ENDS.fullmatch(text)
    if ends is not None:
        return "" if _EITHER.fullmatch(text) and not was_grouped else ends[1]
    return next((separator for separator, pattern in _THOUSANDS.items() if pattern.fullmatch(text)), "")


def plain(text: str, separator: str) -> str | None:
    """`text` as digits with a dot, read with this decimal separator; None if it is no number.

    An empty separator means an undecided column: raises Ambiguous for `1,234`.
    """
    if isinstance(text, PlainNumber):
        separator = "."
    text = text.strip()
    was_grouped = _GROUPED.fullmatch(text) is not None
    if was_grouped:
        text = _ANY_BLANK.sub("", text)
    if separator != "," and _PLAIN.fullmatch(text):
        return text
    if not separator:
        if "," in text and _EITHER.fullmatch(text):
            raise Ambiguous
        return None
    other = "," if separator == "." else "."
    if not was_grouped and _THOUSANDS[separator].fullmatch(text):
        text = text.replace(other, "")
    text = text.replace(separator, ".") if other not in text else ""
    return text if _PLAIN.fullmatch(text) else None


class Ambiguous(Exception):  # not a refusal: it ends its row only
    """A number with two possible values, in a column that does not show its separator."""
