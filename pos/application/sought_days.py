"""Days among the words of a search, as they are written in China and Kazakhstan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{2}|\d{4}))?")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TWO = re.compile(r"(?P<first>\d{4}-\d{2}-\d{2}|\d[\d./]*)(?:\.\.|[-–—])(?P<last>\d{4}-\d{2}-\d{2}|\d[\d./]*)")


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both in it."""

    first: date
    last: date


def read_day(word: str, today: date) -> date | None:
    """The day a word means, without a year the last one that has been; None where it is no day."""
    try:
        if _ISO_DAY.fullmatch(word):
            return date.fromisoformat(word)
        parts = _DAY.fullmatch(word)
        if parts is None:
            return None
        day, month = int(parts[1]), int(parts[2])
        if parts[3] is not None:
            year = int(parts[3]) if len(parts[3]) == 4 else 2000 + int(parts[3])
            return date(year, month, day)
        found = date(today.year, month, day)
    except ValueError:
        return None
    if found > today + timedelta(days=1):
        found = found.replace(year=today.year - 1) if (month, day) != (2, 29) else found
    return found


def read_days(word: str, today: date) -> Days | None:
    """The days a word means: one, or from one to another (20.11-24.11); None where it is none."""
    one = read_day(word, today)
    if one is not None:
        return Days(one, one)
    two = _TWO.fullmatch(word)
    if two is None:
        return None
    first, last = read_day(two["first"], today), read_day(two["last"], today)
    return None if first is None or last is None or last < first else Days(first, last)


def days_in(text: str, today: date) -> tuple[Days | None, str]:
    """The first days among the words, and the words without them."""
    words = text.split()
    for place, word in enumerate(words):
        found = read_days(word, today)
        if found is not None:
            return found, " ".join(words[:place] + words[place + 1 :])
    return None, " ".join(words)
