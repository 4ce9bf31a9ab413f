"""Clean names and numbers of catalogue files; ambiguous values are refused, not guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from html.entities import html5

from pos.application.text.number_parsing import Ambiguous, plain
from pos.domain.catalogue.product_fields import LARGEST, longest

LONGEST_NAME = longest("name")
_LONGEST_RAW = 2_000
_CUT = "…"

# Control characters, direction marks, zero-width characters, lone surrogates and non-characters are invisible and
# disturb search, printers and reading. Blanks are folded, not removed.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0001\U000e0020-\U000e007f]"
)
# An entity without its semicolon is kept: "Cafe&regular" would become "Cafe®ular".
_ENTITY = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};)")
_DECIMAL = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_NEGATIVE = re.compile(r"[-\u2212]\s?[0-9]+(?:\.[0-9]+)?")
_SHOWN = 60


@dataclass(eq=False)
class RowRejected(Exception):
    """A row was rejected: `reason` is a stable name, `detail` the field and its text.

    It ends the row, never the import, so it is not a refusal of the shop.
    """

    reason: str
    detail: str = ""


def clean(text: str) -> str:
    """Text without entities and invisible characters, blanks folded, NFC; idempotent.

    Entities are resolved repeatedly: files that passed through two programs hold `&amp;eacute;`.
    """
    text = text[:_LONGEST_RAW]
    while True:
        before = text
        text = " ".join(_UNSEEN.sub("", text).split())
        if "&" in text:
            text = _ENTITY.sub(_resolved, text)
        text = unicodedata.normalize("NFC", text)
        if text == before:
            return text


def shortened(text: str) -> str:
    """A cleaned name of at most 200 characters: longer names are cut, since the goods can be sold all the same."""
    return text if len(text) <= LONGEST_NAME else clean(text[: LONGEST_NAME - 1]) + _CUT


def exact(field: str, text: str, highest: int = LARGEST, decimals: int = 9, separator: str = "") -> Decimal | None:
    """A number of ASCII digits with this decimal separator; None for an empty cell. Raises RowRejected naming `field`.

    An empty separator accepts a dot, and no text that could mean two numbers.
    """
    if not text or text.isspace():
        return None
    match = _DECIMAL.fullmatch(text) if separator != "," else None
    if match is None:
        match = _DECIMAL.fullmatch(_plain(field, text, separator))
        assert match is not None
    shown = f"{field}: {text.strip()[:_SHOWN]}"
    part = (match[2] or "").rstrip("0")
    if len(part) > decimals:
        raise RowRejected("too_many_decimals", shown)
    whole = match[1].lstrip("0") or "0"
    if len(whole) > 9 or (value := Decimal(f"{whole}.{part}" if part else whole)) > highest:
        raise RowRejected("out_of_range", shown)
    return value


def whole(field: str, text: str, separator: str = "") -> int | None:
    """A whole number of pieces; None for an empty cell."""
    value = exact(field, text, decimals=0, separator=separator)
    return None if value is None else int(value)


def _plain(field: str, text: str, separator: str) -> str:
    shown = f"{field}: {text.strip()[:_SHOWN]}"
    try:
        digits = plain(text, separator)
    except Ambiguous:
        raise RowRejected("ambiguous_figure", shown) from None
    if digits is None:
        raise RowRejected("negative" if _NEGATIVE.fullmatch(text.strip()) else "not_a_number", shown)
    return digits


def _resolved(match: re.Match[str]) -> str:
    entity = match[0]
    return unescape(entity) if entity[1] == "#" else html5.get(entity[1:], entity)
