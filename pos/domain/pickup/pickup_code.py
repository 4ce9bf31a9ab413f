"""The code of a customer order: eight signs that a person can read aloud, the last of which checks the others.

The alphabet has no 0 and O, no 1, I and L. It has 31 signs, a prime number: with eight different weights the check sign
finds every single wrong sign and every two signs that changed places.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pos.domain.errors import BadInput, readable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
PREFIX = "PICKUP:"
"""How the QR of an order begins. No product code contains a colon; a QR writes it among capitals and figures."""

_BASE = len(ALPHABET)
_WEIGHTS = range(1, LENGTH + 1)
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
_BLANKS = re.compile(r"[\s\u00a0-]+")
_SCANNED = re.compile(r"(?:\][A-Za-z][0-9A-Za-z])?PICKUP[:：](.*)", re.IGNORECASE | re.DOTALL)


@dataclass(eq=False)
class BadPickupCode(BadInput):
    """No code of a customer order. `what`: `length`, `character`, or `check` where a sign was misread or misplaced."""

    fact = "bad_pickup_code"

    code: str
    what: str


@dataclass(frozen=True, slots=True)
class PickupCode:
    """A code whose check sign is right."""

    signs: str

    def __str__(self) -> str:
        return self.signs

    @property
    def qr(self) -> str:
        """The text of its QR."""
        return f"{PREFIX}{self.signs}"

    @property
    def spaced(self) -> str:
        """As people read it: K7QM 2N9X."""
        return f"{self.signs[:4]} {self.signs[4:]}"


def made_code(below: Callable[[int], int]) -> PickupCode:
    """A random code; `below` draws a number from 0 up to the one given."""
    return with_check_sign("".join(ALPHABET[below(_BASE)] for _ in range(LENGTH - 1)))


def with_check_sign(body: str) -> PickupCode:
    """The code of seven signs: their weighted sum with the eighth is divisible by 31."""
    weighed = sum(weight * _VALUES[sign] for weight, sign in zip(_WEIGHTS, body, strict=False))
    last = _WEIGHTS[LENGTH - 1]
    return PickupCode(body + ALPHABET[-weighed * pow(last, -1, _BASE) % _BASE])


def read_pickup_code(text: str) -> PickupCode:
    """The code in a typed or scanned text, with or without the prefix, blanks and capitals. Raises BadPickupCode."""
    match = _SCANNED.fullmatch(text.strip())
    signs = _BLANKS.sub("", text if match is None else match[1]).upper()
    shown = readable(signs[:24])
    if len(signs) != LENGTH:
        raise BadPickupCode(shown, "length")
    if not all(sign in _VALUES for sign in signs):
        raise BadPickupCode(shown, "character")
    if sum(weight * _VALUES[sign] for weight, sign in zip(_WEIGHTS, signs, strict=True)) % _BASE:
        raise BadPickupCode(shown, "check")
    return PickupCode(signs)


def is_pickup_scan(text: str) -> bool:
    """Whether a scanned text is the QR of an order: by its prefix alone, so that a damaged one is no product either."""
    return _SCANNED.fullmatch(text.strip()) is not None
