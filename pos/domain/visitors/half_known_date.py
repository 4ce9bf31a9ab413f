"""Birth dates that a document knows in part only: the year, or year and month (ICAO 9303 part 3 writes fillers)."""

from __future__ import annotations

import re
from datetime import date

from pos.domain.visitors.mrz import BadDocument
from pos.domain.visitors.national_number import possible_date

_TYPED = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?\Z")
_WRITTEN = (
    re.compile(r"(?:(?P<day>[0-9]{1,2})\.)?(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})\Z"),
    re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})(?:[-/.](?P<day>[0-9]{1,2}))?\Z"),
    re.compile(r"(?P<year>[0-9]{4})年(?:(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日?)?)?\Z"),
)
_ZONE = re.compile(r"(?P<year>[0-9]{2}|<<)(?P<month>[0-9]{2}|<<)(?P<day>[0-9]{2}|<<)\Z")
_EARLIEST = 1850

Birth = tuple[date | None, date | None]
"""The birth date, None where it is not whole; and then the earliest day that it can be, None where nothing is known."""


def zone_birth(digits: str, today: date) -> Birth:
    """YYMMDD of a zone, in the latest century that is not in the future. Raises BadDocument."""
    match = _ZONE.match(digits)
    if match is None:
        raise BadDocument(2, "birth_date", "character")
    if match["year"] == "<<":
        return None, None
    known = _known(match["month"], match["day"])
    this_century = today.year // 100 * 100
    for century in (this_century, this_century - 100):
        birth = _birth(century + int(match["year"]), *known)
        if birth is not None and _earliest(birth) <= today:
            return birth
    raise BadDocument(2, "birth_date", "date")


def typed_birth(text: str | date | None, today: date) -> Birth:
    """`2015-06-30`, `2015-06`, `2015` or nothing, as it is typed. Raises BadDocument."""
    if text is None or text == "":
        return None, None
    if isinstance(text, date):
        birth: Birth | None = (text, None)
    else:
        match = _TYPED.match(text)
        birth = None if match is None else _birth(int(match["year"]), *_known(match["month"], match["day"]))
    if birth is None or _earliest(birth).year < _EARLIEST:
        raise BadDocument(0, "birth_date", "date")
    if _earliest(birth) > today:
        raise BadDocument(0, "birth_date", "future")
    return birth


def as_dashes(text: str) -> str:
    """A date as people write it, with dashes; other texts as they are.

    Read are `30.06.2015`, `06.2015`, `2015/6/30` and `2015年6月`. With dots the day stands first.
    """
    match = next((found for form in _WRITTEN if (found := form.match(text.strip()))), None)
    if match is None:
        return text
    year, *rest = match.group("year", "month", "day")
    return "-".join([year, *(part.zfill(2) for part in rest if part is not None)])


def is_within(born: date, born_from: date) -> bool:
    """Whether a whole date is one of those that a part of it leaves open: its year, or its month."""
    return born.year == born_from.year and (born_from.month in (1, born.month))


def _known(month: str | None, day: str | None) -> tuple[int | None, int | None]:
    """Month and day as far as both are known: a day without its month says nothing."""
    if month in (None, "<<"):
        return None, None
    return int(month), None if day in (None, "<<") else int(day)


def _birth(year: int, month: int | None, day: int | None) -> Birth | None:
    possible = possible_date(year, 1 if month is None else month, 1 if day is None else day)
    if possible is None:
        return None
    return (possible, None) if day is not None else (None, possible)


def _earliest(birth: Birth) -> date:
    whole, earliest = birth
    day = whole if whole is not None else earliest
    assert day is not None, "something of it is known"
    return day
