"""Interprets confirmed text of the scan field: a quantity, a code, a document, or words to search."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from pos.domain.catalogue.barcode import is_element_string
from pos.domain.visitors.document import looks_like_document

_TIMES = re.compile(r"([0-9]{1,9})\s*[*×xXхХ]\s*(.*)")
_CODE = re.compile(r"[0-9]{6,14}|\][A-Za-z][0-9].+")
_NARROWED = {0xFF10 + n: str(n) for n in range(10)} | {0xFF0A: "*", 0x3000: " "}


class Meaning(Enum):
    """The kind of the text."""

    NOTHING = auto()
    QUANTITY = auto()
    CODE = auto()
    DOCUMENT = auto()
    WORDS = auto()


@dataclass(frozen=True, slots=True)
class TypedSearch:
    """The meaning of a text; `quantity` is None if none was typed before it."""

    meaning: Meaning
    text: str = ""
    quantity: int | None = None


def read_typed_text(text: str) -> TypedSearch:
    """Read `5 *`, `5 * 4870001000112`, a code, a document's line, or words; full-width digits count as digits."""
    plain = text.translate(_NARROWED).strip()
    times = _TIMES.fullmatch(plain)
    quantity = int(times[1]) if times else None
    rest = times[2].strip() if times else plain
    if not rest:
        return TypedSearch(Meaning.NOTHING if quantity is None else Meaning.QUANTITY, "", quantity)
    if looks_like_document(rest):
        return TypedSearch(Meaning.DOCUMENT, rest, quantity)
    together = rest.replace(" ", "")
    if _CODE.fullmatch(together) or is_element_string(together):
        return TypedSearch(Meaning.CODE, together, quantity)
    return TypedSearch(Meaning.WORDS, rest, quantity)
