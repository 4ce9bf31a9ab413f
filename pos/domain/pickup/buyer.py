"""Who ordered: a name as it was called out, the phone, and the language to answer in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pos.domain.errors import BadField

LONGEST_NAME = 60
SHOWN = 4
"""Of a phone the last four digits are shown."""
_MOST_DIGITS, _WHOLE_FROM = 15, 7
_PHONE = re.compile(r"\+?[0-9 ()./\u00a0-]{4,30}")
_SEPARATORS = " \t\n,;:，；："
_DIGITS = r"(?P<phone>\+?[0-9][0-9 ()./\u00a0-]{2,28}[0-9])\s*"
_APART = re.compile(rf"(?P<name>|.*?[\s,;:，；：]+){_DIGITS}", re.DOTALL)
_AT_END = re.compile(rf"(?P<name>.*?){_DIGITS}", re.DOTALL)
"""A phone behind the name, and one that is written without a space: figures of a nickname stay with it."""


@dataclass(frozen=True, slots=True)
class Buyer:
    """`phone` are the digits of the whole number, None where only the last four were given, or are left.

    `tail` are the last digits, empty without a phone.
    """

    name: str
    phone: str | None = None
    tail: str = ""
    language: str = "en"

    @property
    def shown(self) -> str:
        """The phone as a list shows it; empty without one."""
        return f"…{self.tail}" if self.tail else ""

    @property
    def sought(self) -> str:
        """The digits by whose end the order is found."""
        return self.phone or self.tail


def read_buyer(name: str, phone: str, language: str, field: str = "buyer") -> Buyer:
    """The buyer by separate fields. Raises BadField: no name, too long, no phone number, no language of the till."""
    name = " ".join(name.split())
    if not name and not phone.strip():
        raise BadField(field, "missing")
    if len(name) > LONGEST_NAME:
        raise BadField(field, "too_long", name[:20])
    if not name.isprintable():
        raise BadField(field, "character", "")
    whole, tail = _read_phone(phone)
    return Buyer(name, whole, tail, language)


def read_called(text: str, language: str) -> Buyer:
    """The buyer as typed into one field while a stream runs: a name, and perhaps a phone or its last digits behind it.

    A name that is only digits is a phone.
    """
    for behind in (_APART, _AT_END):
        match = behind.fullmatch(text.strip())
        if match is not None and len(re.sub(r"\D", "", match["phone"])) >= SHOWN:
            return read_buyer(match["name"].rstrip(_SEPARATORS), match["phone"], language)
    return read_buyer(text, "", language)


def _read_phone(text: str) -> tuple[str | None, str]:
    text = text.strip()
    if not text:
        return None, ""
    digits = re.sub(r"\D", "", text)
    if not _PHONE.fullmatch(text) or not digits.isascii() or not SHOWN <= len(digits) <= _MOST_DIGITS:
        raise BadField("phone", "not_a_phone", f"…{digits[-SHOWN:]}" if digits else "")
    return (digits if len(digits) >= _WHOLE_FROM else None), digits[-SHOWN:] if len(digits) >= _WHOLE_FROM else digits


def words_of(name: str) -> tuple[str, ...]:
    """The beginnings by which a name is sought: each of its words, and what follows each sign that stands alone for a
    word, as Chinese ones do.
    """
    folded = name.casefold()
    words = {folded[match.start() :] for match in re.finditer(r"(?<!\w)\w|[\u3400-\u9fff\uf900-\ufaff]", folded)}
    return tuple(sorted(" ".join(word.split()) for word in words))
