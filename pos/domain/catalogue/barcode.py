"""Product codes: check digits, one canonical form per article, codes with a weight or price inside.

What real catalogues and scanners send, and what becomes of it:

- GTIN-12 and GTIN-13 are one number space: both are kept as 13 digits. A GTIN-14 that begins with 0 is the same
  article and loses the 0; any other indicator is a carton, another unit, and stays 14. GTIN-8 stays 8.
- A code of one of these lengths whose check digit is wrong is refused: it is a misread or a typing error far more
  often than a shop's own number. UPC-E is not guessed: scanners expand it themselves.
- Any other length (leading zeros dropped by a spreadsheet, shelf numbers) is the shop's own code, kept as it is, in
  upper case, because a scanner under Caps Lock turns the letters of a label round.
- A GS1 element string (the square marking code on cigarettes) names an article too: its GTIN stands behind AI 01. What
  else such a string contains is in `ScannedCode`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from pos.domain.errors import BadInput, readable

GS = "\x1d"
_AROUND = f" \t\r\n{GS}"
LONGEST = 48
SHORTEST = 3
_GTIN_LENGTHS = (8, 12, 13, 14)
_DIGITS = re.compile(r"[0-9]+\Z")
_OWN = re.compile(r"[0-9A-Za-z./_-]+\Z")
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_GS1_SYMBOLOGIES = ("]C1", "]d2", "]Q3", "]e0")
_GTIN_FIRST = re.compile(rf"01(?P<gtin>[0-9]{{14}})[ -~{GS}]{{0,384}}\Z")
_UNANNOUNCED = re.compile(
    rf"01(?P<gtin>[0-9]{{14}})(?:(?:10|21)[!-Z_a-z]|1[567][0-9]{{6}}|310[0-5][0-9]{{6}}|30[0-9])[ -~{GS}]*\Z"
)
"""What may stand behind the GTIN where no scanner says that it is a GS1 code: lot, serial, a day, a weight, a count."""


@dataclass(eq=False)
class BadCheckDigit(BadInput):
    """A code of GTIN length whose last digit is not the one that its other digits give."""

    fact = "bad_check_digit"

    code: str
    expected: str
    field: str = "code"


@dataclass(eq=False)
class BadCode(BadInput):
    """A text that no label of the shop can bear. `what`: `empty`, `too_short`, `too_long` or `character`."""

    fact = "bad_code"

    code: str
    what: str
    field: str = "code"


class CodeKind(Enum):
    """Who gave the number: the world (`GTIN`), a scale in this shop (`IN_STORE`), or the shop itself (`OWN`)."""

    GTIN = "gtin"
    IN_STORE = "in_store"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Code:
    """A product code in its canonical form: equal text means the same article in the same unit."""

    canonical: str
    kind: CodeKind

    def __str__(self) -> str:
        return self.canonical

    @property
    def is_carton(self) -> bool:
        """Whether it names a pack of several units (GTIN-14 with an indicator)."""
        return self.kind is CodeKind.GTIN and len(self.canonical) == 14


def check_digit(body: str) -> str:
    """The GS1 check digit for the digits before it (mod 10, weights 3 1 3 … from the right)."""
    if not _DIGITS.match(body):
        raise BadCode(shown(body), "character" if body else "empty")
    total = sum(int(digit) * (3 if index % 2 == 0 else 1) for index, digit in enumerate(reversed(body)))
    return str(-total % 10)


def with_check_digit(body: str) -> str:
    """`body` (7, 11, 12 or 13 digits) with its check digit put behind it."""
    if _DIGITS.match(body) and len(body) + 1 not in _GTIN_LENGTHS:
        raise BadCode(shown(body), "too_long" if len(body) > 13 else "too_short")
    return body + check_digit(body)


def read_code(text: str, field: str = "code") -> Code:
    """Read a scanned, typed or imported text for its article. `field` names the input's place in a refusal."""
    if is_element_string(text):
        match = _GTIN_FIRST.match(without_symbology(text))
        if match is not None:
            return _read_gtin(match["gtin"], field)
    text = without_symbology(text)
    if not text:
        raise BadCode("", "empty", field)
    if len(text) > LONGEST:
        raise BadCode(shown(text), "too_long", field)
    if not _OWN.match(text):
        raise BadCode(shown(text), "character", field)
    if len(text) < SHORTEST:
        raise BadCode(text, "too_short", field)
    if _DIGITS.match(text) and len(text) in _GTIN_LENGTHS:
        return _read_gtin(text, field)
    return Code(text.upper(), CodeKind.OWN)


def is_element_string(text: str) -> bool:
    """Whether a text is a GS1 element string.

    A scanner's prefix says so, and so does a GS inside. Without either 01 + GTIN is taken for one where its check digit
    is right and what GS1 writes on goods follows: sixteen bare digits that begin with 01 may as well be a shop's own.
    """
    text = text.strip(_AROUND)
    if text.startswith(_GS1_SYMBOLOGIES) or GS in text:
        return True
    match = _UNANNOUNCED.match(without_symbology(text)) if text.startswith(("01", "]")) else None
    return match is not None and check_digit(match["gtin"][:-1]) == match["gtin"][-1]


def without_symbology(text: str) -> str:
    """A scanned text without blanks, ending keys and the scanner's prefix around it."""
    text = text.strip(_AROUND)
    return text[3:].lstrip(GS) if _SYMBOLOGY.match(text) else text


@dataclass(frozen=True, slots=True)
class ScaleLayout:
    """Where a shop's scale writes into a code, as 13 characters: digits of the prefix, I item, V value, C check.

    `22IIIIIVVVVVC` reads 22 12345 01250 x as item 12345 with value 1250 (grams or minor units: the shop's settings
    say which). The item is looked up by `article`, the same code with the value set to zero.
    """

    pattern: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"2[0-9]I+V+C", self.pattern) or len(self.pattern) != 13:
            raise BadCode(shown(self.pattern), "character", "scale_layout")

    def matches(self, code: Code) -> bool:
        """Whether `code` was printed by a scale that writes in this layout."""
        return code.kind is CodeKind.IN_STORE and code.canonical.startswith(self.pattern[:2])

    def value(self, code: Code) -> int:
        """The weight or price inside, in the scale's smallest unit."""
        first = self.pattern.index("V")
        return int(code.canonical[first:-1])

    def article(self, code: Code) -> Code:
        """The code under which the catalogue keeps the article, for every weight."""
        first = self.pattern.index("V")
        return Code(with_check_digit(code.canonical[:first].ljust(12, "0")), CodeKind.IN_STORE)


def _read_gtin(digits: str, field: str) -> Code:
    expected = check_digit(digits[:-1])
    if digits[-1] != expected:
        raise BadCheckDigit(digits, expected, field)
    if len(digits) == 12 or (len(digits) == 14 and digits[0] == "0"):
        digits = digits.zfill(13)[-13:]
    # GS1 leaves 20-29, 02 and 04 to shops: such a number means nothing outside this one.
    in_store = len(digits) == 13 and (digits[0] == "2" or digits[:2] in ("02", "04"))
    return Code(digits, CodeKind.IN_STORE if in_store else CodeKind.GTIN)


def shown(text: str) -> str:
    """`text` fit for a message or a log: readable, short, and without what may be a passport's line."""
    if "<" in text:
        return "<...>"
    return readable(text[:24])
