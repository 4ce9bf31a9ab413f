"""Product codes: check digits, one canonical form per article, codes with a weight or price inside.

What real catalogues and scanners send, and what becomes of it:

- GTIN-12 and GTIN-13 are one number space: both are kept as 13 digits. A GTIN-14 that begins with 0 is the same
  article and loses the 0; any other indicator is a carton, another unit, and stays 14. GTIN-8 stays 8.
- A code of one of these lengths whose check digit is wrong is refused: it is a misread or a typing error far more
  often than a shop's own number. UPC-E is not guessed: scanners expand it themselves.
- Any other length (leading zeros dropped by a spreadsheet, shelf numbers) is the shop's own code, kept as it is, in
  upper case, because a scanner under Caps Lock turns the letters of a label round.
- A GS1 element string that begins with AI 01 (the square marking code on cigarettes) is read for its GTIN and serial.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from pos.domain.errors import BadInput

GS = "\x1d"
LONGEST = 48
SHORTEST = 3
_GTIN_LENGTHS = (8, 12, 13, 14)
_DIGITS = re.compile(r"[0-9]+\Z")
_OWN = re.compile(r"[0-9A-Za-z./_-]+\Z")
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_GS1_SYMBOLOGIES = ("]C1", "]d2", "]Q3", "]e0")
# AI 21 (serial) may hold these 82 characters; it ends at a GS or with the text.
_MARKED = re.compile(rf"01(?P<gtin>[0-9]{{14}})21(?P<serial>[!-Z_a-z]{{1,20}})(?:{GS}[ -~{GS}]{{0,256}})?\Z")
_GTIN_FIRST = re.compile(rf"01(?P<gtin>[0-9]{{14}})(?P<rest>[ -~{GS}]{{0,256}})\Z")


@dataclass(eq=False)
class BadCheckDigit(BadInput):
    """A code of GTIN length whose last digit is not the one that its other digits give."""

    code: str
    expected: str
    field: str = "code"


@dataclass(eq=False)
class BadCode(BadInput):
    """A text that no label of the shop can bear. `what`: `empty`, `too_short`, `too_long` or `character`."""

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
    """A product code in its canonical form: equal text means the same article in the same unit.

    `serial` is the single piece's number of a GS1 marking code, which may be sold only once; None on plain labels.
    """

    canonical: str
    kind: CodeKind
    serial: str | None = None

    def __str__(self) -> str:
        return self.canonical

    @property
    def is_carton(self) -> bool:
        """Whether it names a pack of several units (GTIN-14 with an indicator)."""
        return self.kind is CodeKind.GTIN and len(self.canonical) == 14


def check_digit(body: str) -> str:
    """The GS1 check digit for the digits before it (mod 10, weights 3 1 3 … from the right)."""
    if not _DIGITS.match(body):
        raise BadCode(_shown(body), "character" if body else "empty")
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return str(-total % 10)


def with_check_digit(body: str) -> str:
    """`body` (7, 11, 12 or 13 digits) with its check digit put behind it."""
    if _DIGITS.match(body) and len(body) + 1 not in _GTIN_LENGTHS:
        raise BadCode(_shown(body), "too_long" if len(body) > 13 else "too_short")
    return body + check_digit(body)


def read_code(text: str, field: str = "code") -> Code:
    """Read a scanned, typed or imported text. `field` names the input's place in a refusal."""
    text = text.strip(f" \t\r\n{GS}")
    element_string = text.startswith(_GS1_SYMBOLOGIES)
    if _SYMBOLOGY.match(text):
        text = text[3:].lstrip(GS)
    marked = _read_element_string(text, element_string, field)
    if marked is not None:
        return marked
    if not text:
        raise BadCode("", "empty", field)
    if len(text) > LONGEST:
        raise BadCode(_shown(text), "too_long", field)
    if not _OWN.match(text):
        raise BadCode(_shown(text), "character", field)
    if len(text) < SHORTEST:
        raise BadCode(text, "too_short", field)
    if _DIGITS.match(text) and len(text) in _GTIN_LENGTHS:
        return _read_gtin(text, field)
    return Code(text.upper(), CodeKind.OWN)


@dataclass(frozen=True, slots=True)
class ScaleLayout:
    """Where a shop's scale writes into a code, as 13 signs: digits of the prefix, I item, V value, C check.

    `22IIIIIVVVVVC` reads 22 12345 01250 x as item 12345 with value 1250 (grams or minor units: the shop's settings
    say which). The item is looked up by `article`, the same code with the value set to zero.
    """

    pattern: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"2[0-9]I+V+C", self.pattern) or len(self.pattern) != 13:
            raise BadCode(_shown(self.pattern), "character", "scale_layout")

    def matches(self, code: Code) -> bool:
        """Whether `code` was printed by a scale that writes in this layout."""
        return code.kind is CodeKind.IN_STORE and code.canonical.startswith(self.pattern[:2])

    def value(self, code: Code) -> int:
        """The weight or price inside, in the scale's smallest unit."""
        first = self.pattern.index("V")
        return int(code.canonical[first:-1])

    def article(self, code: Code) -> Code:
        """The code under which the catalogue keeps the article, whatever this piece weighs."""
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


def _read_element_string(text: str, announced: bool, field: str) -> Code | None:
    """The article of a GS1 element string; None when `text` is none.

    Without a symbology prefix ("announced") only 01 + GTIN + 21 + serial is taken for one: sixteen bare digits that
    begin with 01 may as well be a shop's own number.
    """
    found = _MARKED.match(text)
    if found is not None and (announced or check_digit(found["gtin"][:-1]) == found["gtin"][-1]):
        code = _read_gtin(found["gtin"], field)
        return Code(code.canonical, code.kind, found["serial"])
    plain = _GTIN_FIRST.match(text) if announced else None
    return _read_gtin(plain["gtin"], field) if plain is not None else None


def _shown(text: str) -> str:
    """`text` fit for a message or a log: escaped, short, and without what may be a passport's line."""
    if "<" in text:
        return "<...>"
    return ascii(text[:24])[1:-1]
