"""Days among the words of a search, as they are written in China and Kazakhstan.

A Chinese hand writes the month first (11.24, 11月24日), a Russian or Kazakh one the day (24.11). Where both orders give
a day, the word means both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pos.domain.errors import BadInput
from pos.domain.period import Period

_YEAR_FIRST = re.compile(r"(\d{4})(?:-(\d{1,2})-|\.(\d{1,2})\.|/(\d{1,2})/|年(\d{1,2})月)(\d{1,2})日?")
_CHINESE = re.compile(r"(\d{1,2})月(\d{1,2})日?")
_NO_YEAR = re.compile(r"(\d{1,2})[./](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d{2})")
_TWO = re.compile(
    r"(?P<first>\d{4}-\d{1,2}-\d{1,2}|\d[\d./年月日]*)(?:\.\.|[-–—~～至])(?P<last>\d{4}-\d{1,2}-\d{1,2}|\d[\d./年月日]*)"
)


@dataclass(eq=False)
class DayDoubt(BadInput):
    """`word` can be the day `early` or the day `late`, and a search that keeps to days needs one of them.

    `example` is `early` as it is read in one way only.
    """

    fact = "day_doubt"

    word: str
    early: date
    late: date
    example: str


def read_days(word: str, today: date) -> Period | None:
    """The days a word means: one, or from one to another (20.11-24.11); None where it means none.

    Raises DayDoubt where it can mean two.
    """
    found = _spans(word, today)
    if len(found) > 1:
        one, other = found[:2]
        early, late = (one.first, other.first) if one.first != other.first else (one.last, other.last)
        raise DayDoubt(word, early, late, early.isoformat())
    return found[0] if found else None


def days_meant(word: str, today: date) -> tuple[date, ...]:
    """Every day that a word can mean, the earlier first; without a year the last one that has been."""
    return tuple(sorted({reading.day for reading in _readings(word, today)}))


def days_in(text: str, today: date) -> tuple[Period | None, str]:
    """The first days among the words, and the words without them. Raises DayDoubt as `read_days`."""
    words = text.split()
    for place, word in enumerate(words):
        found = read_days(word, today)
        if found is not None:
            return found, " ".join(words[:place] + words[place + 1 :])
    return None, " ".join(words)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One day that a word can mean. `order`: `day` or `month` where that is written first, "" for the one order."""

    day: date
    order: str
    has_year: bool


def _spans(word: str, today: date) -> list[Period]:
    """Every span a word can mean. Both ends of one are written in the same order."""
    two = _TWO.fullmatch(word)
    if two is None:
        return [Period(day, day) for day in days_meant(word, today)]
    spans = {
        Period(first.day, _last_of_span(first.day, last))
        for first in _readings(two["first"], today)
        for last in _readings(two["last"], today)
        if {first.order, last.order} != {"day", "month"}
    }
    return sorted((span for span in spans if span.first <= span.last), key=lambda span: (span.first, span.last))


def _last_of_span(first: date, last: _Reading) -> date:
    """The end of a span; without a year it may be a day to come of the year of `first` (20.11-31.12)."""
    if last.has_year or last.day >= first:
        return last.day
    return next(iter(_days(first.year, last.day.month, last.day.day)), last.day)


def _readings(word: str, today: date) -> Iterator[_Reading]:
    if found := _YEAR_FIRST.fullmatch(word):
        month = next(part for part in found.groups()[1:5] if part)
        yield from (_Reading(day, "", True) for day in _days(int(found[1]), int(month), int(found[6])))
    elif found := _CHINESE.fullmatch(word):
        yield from _latest(int(found[1]), int(found[2]), today, "month")
    elif found := _YEAR_LAST.fullmatch(word):
        year = int(found[4]) if len(found[4]) == 4 else 2000 + int(found[4])
        first, second = int(found[1]), int(found[3])
        yield from (_Reading(day, "day", True) for day in _days(year, second, first))
        if found[2] == "/":  # with dots the day comes first wherever the year comes last
            yield from (_Reading(day, "month", True) for day in _days(year, first, second))
    elif found := _NO_YEAR.fullmatch(word):
        first, second = int(found[1]), int(found[2])
        yield from _latest(second, first, today, "day")
        yield from _latest(first, second, today, "month")


def _latest(month: int, day: int, today: date, order: str) -> Iterator[_Reading]:
    """The last such day that has been; tomorrow is still this year's, since tills lie in several time zones."""
    for year in range(today.year, today.year - 5, -1):  # 29 February comes every fourth year
        for found in _days(year, month, day):
            if found <= today + timedelta(days=1):
                yield _Reading(found, order, False)
                return


def _days(year: int, month: int, day: int) -> Iterator[date]:
    """The day, or nothing where the calendar has none."""
    try:
        yield date(year, month, day)
    except ValueError:
        return
