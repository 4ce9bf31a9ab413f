"""Figures as people write them: `12,50`, `1 234.50`, `1.234,50`. What a column shows decides; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable

SIGNS = (".", ",")
"""Decimal signs that somebody may choose."""

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
    """A figure that a workbook holds as a number: written with a dot, whatever the texts beside it are written with."""

    __slots__ = ()


def sign_shown(texts: Iterable[str]) -> str:
    """The decimal sign that the figures of a column show: `.` or `,`; empty where none of them tells.

    Where they contradict each other it is the dot, and those with a comma are refused.
    """
    found: set[str] = set()
    for text in texts:
        if not isinstance(text, PlainNumber):
            found.add(_shown_by(text.strip()))
        if len(found) == 3:
            break
    found.discard("")
    return "." if len(found) > 1 else next(iter(found), "")


def _shown_by(text: str) -> str:
    if text.isdigit():
        return ""
    was_grouped = _GROUPED.fullmatch(text) is not None
    if was_grouped:
        text = _ANY_BLANK.sub("", text)
    ends = _ENDS.fullmatch(text)
    if ends is not None:
        return "" if _EITHER.fullmatch(text) and not was_grouped else ends[1]
    return next((sign for sign, pattern in _THOUSANDS.items() if pattern.fullmatch(text)), "")


def plain(text: str, sign: str) -> str | None:
    """`text` as digits with a dot, read with this decimal sign; None for what is no figure under it.

    An empty sign is that of a column which does not tell: raises Ambiguous for `1,234`.
    """
    if isinstance(text, PlainNumber):
        sign = "."
    text = text.strip()
    was_grouped = _GROUPED.fullmatch(text) is not None
    if was_grouped:
        text = _ANY_BLANK.sub("", text)
    if sign != "," and _PLAIN.fullmatch(text):
        return text
    if not sign:
        if "," in text and _EITHER.fullmatch(text):
            raise Ambiguous
        return None
    other = "," if sign == "." else "."
    if not was_grouped and _THOUSANDS[sign].fullmatch(text):
        text = text.replace(other, "")
    text = text.replace(sign, ".") if other not in text else ""
    return text if _PLAIN.fullmatch(text) else None


class Ambiguous(Exception):  # a fact about a figure, which ends its row
    """A figure that is another one under each decimal sign, in a column that does not tell which is meant."""
