"""Parse GS1 element strings (DataMatrix, GS1-128, GS1 QR) with biip; every other text is a plain code."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from pos.domain.catalogue.barcode import GS, is_element_string, read_code, shown, without_symbology
from pos.domain.catalogue.scanned_code import BadGs1, ScannedCode

if TYPE_CHECKING:
    from biip.gs1_element_strings import GS1ElementStrings

_LONGEST = 400
_ONE_OF_A_KIND = ("01", "02", "10", "15", "16", "17", "21", "30", "37")
_NET_WEIGHT = re.compile(r"310[0-5]")
_MOST_PIECES = 99_999_999


def read_scan(text: str, field: str = "code") -> ScannedCode:
    if not is_element_string(text):
        return ScannedCode(read_code(text, field))
    body = without_symbology(text)
    if len(body) > _LONGEST or not all(char == GS or " " <= char <= "~" for char in body):
        raise BadGs1(shown(body), "malformed", field)
    from biip import ParseError  # with its table of all prefixes: a plain code does not wait for it
    from biip.gs1_messages import GS1Message

    try:
        parts = GS1Message.parse(body).element_strings
    except (ParseError, ValueError):
        _check_article(body, field)
        raise BadGs1(shown(body), "malformed", field) from None
    return _label(parts, body, field)


def _check_article(body: str, field: str) -> None:
    """A wrong check digit of the article number is reported as such, before other errors."""
    if re.match(r"0[12][0-9]{14}", body):
        read_code(body[2:16], field)


def _label(parts: GS1ElementStrings, body: str, field: str) -> ScannedCode:
    values: dict[str, str] = {}
    for part in parts:
        ai, value = part.ai.ai, part.value
        if ai in _ONE_OF_A_KIND and values.setdefault(ai, value) != value:
            raise BadGs1(shown(body), "twice", field)
    article = values.get("01") or values.get("02")
    if article is None or ("01" in values and "02" in values):
        raise BadGs1(shown(body), "no_article" if article is None else "twice", field)
    days = {part.ai.ai: part.date for part in parts if part.date is not None}
    count = values.get("37" if "02" in values else "30")
    return ScannedCode(
        code=read_code(article, field),
        serial=values.get("21"),
        lot=values.get("10"),
        expiry=days.get("17") or days.get("16") or days.get("15"),
        grams=_grams(parts, body, field),
        count=1 if count is None else _count(count, body, field),
    )


def _count(text: str, body: str, field: str) -> int:
    count = int(text)
    if not 1 <= count <= _MOST_PIECES:
        raise BadGs1(shown(body), "malformed", field)
    return count


def _grams(parts: GS1ElementStrings, body: str, field: str) -> int | None:
    """The net weight (310n, kilograms with n decimals) in whole grams, rounded half up; invalid weights are refused."""
    weights = {
        int((Decimal(part.decimal) * 1000).to_integral_value(ROUND_HALF_UP))
        for part in parts
        if _NET_WEIGHT.fullmatch(part.ai.ai) and part.decimal is not None
    }
    if not weights:
        return None
    if len(weights) > 1 or 0 in weights:
        raise BadGs1(shown(body), "weight", field)
    return weights.pop()
