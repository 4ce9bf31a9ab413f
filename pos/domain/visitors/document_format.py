"""How issuers number their documents, as far as it is public and sure: what cannot be such a number is refused."""

from __future__ import annotations

import re

from pos.domain.visitors.mrz import BadDocument

_FORMATS = {
    ("CHN", "passport"): re.compile(r"[A-Z][A-HJ-NP-Z0-9][0-9]{7}\Z"),
    ("CHN", "cn-permit"): re.compile(r"[A-Z]{0,2}[0-9]{7,10}\Z"),
    ("KAZ", "passport"): re.compile(r"[A-Z][0-9]{8}\Z"),
    ("KAZ", "kz-id"): re.compile(r"[0-9]{9}\Z"),
    ("RUS", "passport"): re.compile(r"[0-9]{9,10}\Z"),
}
"""The form of a number by issuer and kind; of what does not stand here nothing is known for sure.

As the specimens of the issuers show them. China: a passport has E and eight digits, or E, a letter (not I or O) and
seven digits; G, D, S, P, and H, K, M of Hong Kong and Macao are built alike. Permits: C or L (once W, T) and eight
digits, or two letters and seven digits; to the mainland H or M with eight or ten digits, from Taiwan eight digits (once
ten). Kazakhstan: a passport has a letter and eight digits, an identity card nine digits. Russia: two digits of a series
and seven of a number abroad, four and six at home. Of a number in a zone
see `check_misread`.
"""

_LIKE_A_DIGIT = {"G": "6", "L": "1", "S": "8", "U": "0"}
"""Letters that look like a digit and count as much under every check digit: a misread one is seen by none."""

_KINDS = {"CHN": ("passport", "cn-permit", "other"), "KAZ": ("passport", "kz-id", "other")}


def kinds_of(issuer: str) -> tuple[str, ...]:
    """The kinds under which a document of this issuer can be typed or scanned; those of a person's number apart."""
    return _KINDS.get(issuer, ("passport", "other"))


_RENEWED = re.compile(r"([HM][0-9]{8})[0-9]{2}\Z")


def lasting(issuer: str, kind: str, number: str) -> str:
    """The number of a permit to the mainland without how often it was renewed.

    The first nine characters are its holder's for life; cards of before 2013 bear two digits more, later ones do not.
    """
    renewed = _RENEWED.match(number) if issuer == "CHN" and kind in ("cn-permit", "other") else None
    return renewed[1] if renewed else number


def check_format(issuer: str, kind: str, number: str) -> None:
    """Refuse a typed number that no such document of this issuer bears."""
    form = _FORMATS.get((issuer, kind))
    if form is not None and not form.match(number):
        raise BadDocument(0, "number", "format")


def check_misread(issuer: str, kind: str, number: str, line: int) -> None:
    """Refuse a number of a zone that has one letter for a digit which no check digit covers.

    Nothing else is asked of its form: an unknown form may be issued. Another scan decides.
    """
    form = _FORMATS.get((issuer, kind))
    if form is None or form.match(number):
        return
    for index, char in enumerate(number):
        digit = _LIKE_A_DIGIT.get(char)
        if digit is not None and form.match(number[:index] + digit + number[index + 1 :]):
            raise BadDocument(line, "number", "character")
