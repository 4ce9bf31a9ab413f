"""The numbers that a person bears for life: the PRC identity number and the Kazakh IIN."""

from __future__ import annotations

import re
from datetime import date

from pos.domain.visitors.mrz import BadDocument

_PRC_ID = re.compile(r"[1-9][0-9]{5}(?P<born>[0-9]{8})[0-9]{3}[0-9X]\Z")
_PRC_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IIN_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_EARLIEST = 1850


def looks_like_prc_id(text: str) -> bool:
    """Whether `text` is built like a PRC identity number with a possible birth date, its check digit right or not.

    A number with a misread digit must be refused as a bad document: as an unknown product it would be shown and logged.
    """
    match = _PRC_ID.match(text.strip().upper())
    return match is not None and _birth_in_prc_id(match["born"]) is not None


def is_prc_id(text: str) -> bool:
    """Whether `text` is a PRC identity number beyond doubt: a possible birth date and the right check digit."""
    number = text.strip().upper()
    return looks_like_prc_id(number) and _prc_digit(number) == number[-1]


def read_prc_id(text: str, today: date) -> tuple[str, date, str]:
    """(canonical number, birth date, sex) of a PRC identity number (GB 11643).

    The county is not looked up: counties come and go (Horgos city exists since 2014), people keep their number.
    """
    number = text.strip().upper()
    match = _PRC_ID.match(number)
    if match is None:
        raise BadDocument(0, "number", "length" if len(number) != 18 else "character")
    if _prc_digit(number) != number[-1]:
        raise BadDocument(0, "number", "check_digit")
    born = _birth_in_prc_id(match["born"])
    if born is None:
        raise BadDocument(0, "birth_date", "date")
    if born > today:
        raise BadDocument(0, "birth_date", "future")
    return number, born, "M" if int(number[16]) % 2 else "F"


def iin_digit(body: str) -> str | None:
    """The check digit for the first eleven digits of an IIN (or BIN); None when such a number is never issued."""
    for weights in (range(1, 12), _IIN_SECOND):
        rest = sum(int(digit) * weight for digit, weight in zip(body, weights)) % 11
        if rest < 10:
            return str(rest)
    return None


def read_iin(text: str, line: int = 0) -> str:
    """The canonical IIN, or BadDocument for field `iin`.

    Only the check digit decides. Since decree 853 of 2013-08-26 the digits need not agree with the holder's birth
    date or sex, so no visitor is refused for these.
    """
    number = text.strip()
    if not re.fullmatch(r"[0-9]{12}", number):
        raise BadDocument(line, "iin", "length" if len(number) != 12 else "character")
    expected = iin_digit(number[:11])
    if expected != number[11]:
        raise BadDocument(line, "iin", "never_issued" if expected is None else "check_digit")
    return number


def is_iin(text: str, today: date) -> bool:
    """Whether `text` is an IIN beyond doubt: its check digit is right, and it has a possible birth date."""
    is_right = re.fullmatch(r"[0-9]{12}", text) is not None and iin_digit(text[:11]) == text[11]
    return is_right and birth_in_iin(text, today) is not None


def birth_in_iin(iin: str, today: date) -> date | None:
    """The birth date in the digits of `iin`, where it is possible (seventh digit: the century)."""
    century = {"1": 18, "2": 18, "3": 19, "4": 19, "5": 20, "6": 20}.get(iin[6])
    if century is None:
        return None
    born = possible_date(century * 100 + int(iin[:2]), int(iin[2:4]), int(iin[4:6]))
    return born if born is not None and born <= today else None


def sex_in_iin(iin: str) -> str | None:
    """M or F by the seventh digit (odd: male); None where that digit has no meaning."""
    if iin[6] not in "123456":
        return None
    return "M" if iin[6] in "135" else "F"


def possible_date(year: int, month: int, day: int) -> date | None:
    """The date, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _prc_digit(number: str) -> str:
    """The check digit for the first seventeen digits of a PRC identity number."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number, _PRC_WEIGHTS)) % 11]


def _birth_in_prc_id(digits: str) -> date | None:
    year = int(digits[:4])
    return possible_date(year, int(digits[4:6]), int(digits[6:])) if _EARLIEST <= year < 2100 else None
