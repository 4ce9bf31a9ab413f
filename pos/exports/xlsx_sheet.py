"""Content rules of workbook sheets: sheet names, safe texts, column widths."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

from pos.exports.safe_text import escaped

LONGEST_TEXT = 32_767
"""Most characters of a cell."""

_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_TAKEN = frozenset({"history"})
"""Reserved by Excel."""

_NARROWEST, _WIDEST = 8.0, 60.0
_ARROW = 3.0
"""The width of the filter arrow."""


def safe_cell(text: str) -> str:
    """The text of a cell: unprintable characters escaped, cut at the limit; never markup, never a formula."""
    safe = escaped(text)
    if len(safe.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        safe = safe.encode("utf-16-le")[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
    if safe.startswith("<r>") and safe.endswith("</r>"):
        safe += " "  # the writer would read it as its own markup
    return safe


class SheetNames:
    r"""Sheet names that workbooks allow: at most 31 characters, none of `[]:*?/\`, each once."""

    def __init__(self) -> None:
        self._taken = set(_TAKEN)

    def of(self, title: str) -> str:
        """The sheet name for a table of this title."""
        plain = " ".join(_NOT_IN_NAMES.sub(" ", escaped(title)).split()).strip("' ") or "1"
        name, number = _cut(plain, _LONGEST_NAME), 1
        while name.casefold() in self._taken:
            number += 1
            ending = f" ({number})"
            name = _cut(plain, _LONGEST_NAME - len(ending)) + ending
        self._taken.add(name.casefold())
        return name


def _cut(text: str, longest: int) -> str:
    """Cut to so many characters as workbooks count them: those beyond the basic plane are two."""
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore").strip("' ")


class Widths:
    """The column widths of a sheet: those of the widest cells, within limits."""

    def __init__(self, columns: int) -> None:
        self._widest = [_NARROWEST] * columns

    def of_name(self, at: int, name: str) -> None:
        """Measure a column title; it wraps between words."""
        self._take(at, max(map(width_of, name.split() or [""])) + _ARROW)
        self._take(at, min(width_of(name) + _ARROW, 18.0))

    def of_text(self, at: int, text: str) -> None:
        """Measure a text in a column."""
        self._take(at, width_of(text) + 2.5)

    def _take(self, at: int, width: float) -> None:
        if width > self._widest[at]:
            self._widest[at] = min(width, _WIDEST)

    def in_digits(self) -> list[float]:
        """The widths in the unit of workbooks: digits."""
        return self._widest


def width_of(text: str) -> float:
    """The approximate width of a text in digits: a Chinese character has two, a Cyrillic letter about 1.15."""
    return sum(2.1 if east_asian_width(char) in "WF" else 1.0 if char < "\u0370" else 1.15 for char in text[:100])
