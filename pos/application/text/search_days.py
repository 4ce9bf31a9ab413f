"""Days among the words of a search, as written in China and Kazakhstan.

Chinese dates put the month first (11.24, 11月24日), Russian and Kazakh ones the day (24.11). Where both orders
are valid, the word means both.
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
    """`word` can mean the day `early` or the day `late`, and a search limited to days needs one of them.

    `example` is `early` in an unambiguous form.
    """

    fact = "day_doubt"

    word: str
    early: date
    late: date
    example: str


def read_days(word: str, today: date) -> Period | None:
    """The days of a word: one, or a range (20.11-24.11); None where it is no date.

    Raises DayDoubt where it has two meanings.
    """
    spans = _spans(word, today)
    if len(spans) > 1:
        one, other = spans[:2]
        early, late = (one.first, other.first) if one.first != other.first else (one.last, other.last)
        raise DayDoubt(word, early, late, early.isoformat())
    return spans[0] if spans else None


def days_meant(word: str, today: date) -> tuple[date, ...]:
    """Every day that a word can mean, the earlier first; without a year the most recent one."""
    return tuple(sorted({reading.day for reading in _readings(word, today)}))


def days_in(text: str, today: date) -> tuple[Period | None, str]:
    """The first days among the words, and the other words. Raises DayDoubt as `read_days`."""
    words = text.split()
    for index, word in enumerate(words):
        days = read_days(word, today)
        if days is not None:
            return days, " ".join(words[:index] + words[index + 1 :])
    return None, " ".join(words)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of a word. `order`: `day` or `month`, whichever comes first, "" for an unambiguous order."""

    day: date
    order: str
    has_year: bool


def _spans(word: str, today: date) -> list[Period]:
    """Every range that a word can mean. Both ends are written in the same order."""
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
    """The end of a range; without a year it may be a future day in the year of `first` (20.11-31.12)."""
    if last.has_year or last.day >= first:
        return last.day
    return next(iter(_days(first.year, last.day.month, last.day.day)), last.day)


def _readings(word: str, today: date) -> Iterator[_Reading]:
    if match := _YEAR_FIRST.fullmatch(word):
        month = next(part for part in match.groups()[1:5] if part)
        yield from (_Reading(day, "", True) for day in _days(int(match[1]), int(month), int(match[6])))
    elif match := _CHINESE.fullmatch(word):
        yield from _latest(int(match[1]), int(match[2]), today, "month")
    elif match := _YEAR_LAST.fullmatch(word):
        year = int(match[4]) if len(match[4]) == 4 else 2000 + int(match[4])
        first, second = int(match[1]), int(match[3])
        yield from (_Reading(day, "day", True) for day in _days(year, second, first))
        if match[2] == "/":  # with dots the day comes first wherever the year comes last
            yield from (_Reading(day, "month", True) for day in _days(year, first, second))
    elif match := _NO_YEAR.fullmatch(word):
        first, second = int(match[1]), int(match[2])
        yield from _latest(second, first, today, "day")
        yield from _latest(first, second, today, "month")


def _latest(month: int, day: int, today: date, order: str) -> Iterator[_Reading]:
    """The most recent such day; tomorrow counts as this year's, since tills lie in several time zones."""
    for year in range(today.year, today.year - 5, -1):  # 29 February comes every fourth year
        for candidate in _days(year, month, day):
            if candidate <= today + timedelta(days=1):
                yield _Reading(candidate, order, False)
                return


def _days(year: int, month: int, day: int) -> Iterator[date]:
    """The day, or nothing if the calendar has none."""
    try:
        yield date(year, month, day)
    except ValueError:
        return
