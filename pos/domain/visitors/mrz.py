"""The machine-readable zone of a travel document (ICAO 9303): layouts, check digits, and what may be mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pos.domain.errors import BadInput

Span = tuple[int, int]

# Letters of a Cyrillic keyboard that look like Latin ones.
_LOOK_ALIKES = str.maketrans("АВЕКМНРСТУХЅЈ", "ABEKMHPCTYXSJ")
# Where ICAO 9303 allows digits alone, these can be nothing else.
_AS_DIGIT = {"O": "0", "О": "0", "I": "1", "І": "1"}
_WEIGHTS = (7, 3, 1)

_FIRST_LINE = re.compile(r"[ACIPV][A-Z<][A-Z<]{3}[A-Z0-9<]+\Z")
_CARD_LINE = re.compile(r"[ACI][A-Z<][A-Z<]{3}[A-Z0-9<]{9}[0-9<][A-Z0-9<]{15}\Z")
_SECOND_LINES = (
    re.compile(r"[A-Z0-9<]{9}[0-9<][A-Z<]{3}[0-9<]{6}[0-9][MFX<][0-9<]{6}[0-9][A-Z0-9<]{8}(?:[A-Z0-9<]{8})?\Z"),
    re.compile(r"[0-9<]{6}[0-9][MFX<][0-9<]{6}[0-9][A-Z<]{3}[A-Z0-9<]{11}[0-9]\Z"),
)


@dataclass(eq=False)
class BadDocument(BadInput):
    """A document that cannot be what it says. It never holds a piece of the document's text.

    `line` counts from 1 in a machine-readable zone and is 0 for a typed document; `field` is `number`, `birth_date`,
    `expiry`, `optional`, `composite`, `names`, `issuer`, `nationality`, `sex`, `type`, `zone`, `iin`, `kind`,
    `country`; `what` is `length`, `character`, `check_digit`, `date`, `future`, `visa`, `never_issued`, `unknown`,
    `missing`, `mismatch` or `format`.
    """

    fact = "bad_document"

    line: int
    field: str
    what: str


@dataclass(frozen=True, slots=True, repr=False)
class MrzFields:
    """What stands in a zone whose every check digit is right; dates still as YYMMDD."""

    layout: str
    type: str
    issuer: str
    number: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    optional: str
    surname: str
    given_names: str

    def __repr__(self) -> str:
        return f"Zone({self.layout} {self.issuer})"


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where a field stands in the lines put one behind the other."""

    name: str
    width: int
    lines: int
    number: Span
    nationality: Span
    birth: Span
    sex: int
    expiry: Span
    optional: Span
    optional_is_checked: bool
    more: Span
    composite: int
    covered: tuple[Span, ...]
    names: Span

    def line_of(self, index: int) -> int:
        return index // self.width + 1


_TD1 = _Layout(
    "TD1", 30, 3, (5, 14), (45, 48), (30, 36), 37, (38, 44), (15, 30), False, (48, 59), 59,
    ((5, 30), (30, 37), (38, 45), (48, 59)), (60, 90),
)  # fmt: skip
_TD2 = _Layout(
    "TD2", 36, 2, (36, 45), (46, 49), (49, 55), 56, (57, 63), (64, 71), False, (71, 71), 71,
    ((36, 46), (49, 56), (57, 71)), (5, 36),
)  # fmt: skip
_TD3 = _Layout(
    "TD3", 44, 2, (44, 53), (54, 57), (57, 63), 64, (65, 71), (72, 86), True, (87, 87), 87,
    ((44, 54), (57, 64), (65, 87)), (5, 44),
)  # fmt: skip
_LAYOUTS = (_TD1, _TD2, _TD3)


def mrz_digit(text: str) -> str:
    """The check digit of `text`: 0-9, A = 10 … Z = 35, filler 0, weights 7 3 1, mod 10."""
    return str(sum(_value(char) * _WEIGHTS[index % 3] for index, char in enumerate(text)) % 10)


def lines_expected(line: str) -> int:
    """How many lines the zone has that begins with `line`; 0 when no zone begins so.

    A line that lost a character still counts, so that it is refused as an unreadable document and not as a product.
    """
    line = _latin(line)
    if not _FIRST_LINE.match(line):
        return 0
    if len(line) == 30 and _CARD_LINE.match(line):
        return 3
    if "<" not in line or not 20 <= len(line) <= 46:
        return 0
    return 3 if len(line) < 33 and line[0] != "P" else 2


def may_begin_zone(line: str) -> bool:
    """Whether `line`, sent at a scanner's speed, is the beginning of a zone: P<CHNZHANG, or IDKAZ0123."""
    line = _latin(line)
    return _FIRST_LINE.match(line) is not None and ("<" in line or line[5:9].isdecimal())


def is_second_line(line: str) -> bool:
    """Whether `line` has the shape of a whole second line."""
    line = _latin(line)
    return any(shape.match(line) for shape in _SECOND_LINES)


def is_zone_line(line: str) -> bool:
    """Whether `line` is, or was before it lost a character, a line of a zone."""
    line = _latin(line)
    if not re.fullmatch(r"[A-Z0-9<]{20,90}", line):
        return False
    return "<<" in line or lines_expected(line) > 0 or is_second_line(line)


def read_zone(lines: str | Sequence[str]) -> MrzFields:
    """Read two or three lines, given apart, or joined in any way, in upper or lower case.

    A number is read as it stands or not at all: a character that may be a letter or a digit (О, І of a Cyrillic
    keyboard) is refused, and a check digit that disagrees is never made to agree. Another reading that satisfies the
    digits is another person's number. Where digits alone are allowed (dates, check digits) O is 0 and I is 1, and every
    digit must agree. Names, issuer and nationality stand under no digit and are never mended.
    """
    parts = [_tidy(part) for line in ([lines] if isinstance(lines, str) else lines) for part in line.splitlines()]
    parts = [part for part in parts if part]
    layout = _layout_of(parts)
    text = "".join(parts)
    if text[0] == "V":
        raise BadDocument(1, "type", "visa")
    if layout is _TD3 and text[0] != "P":  # under another letter the same book would be another person's
        raise BadDocument(1, "type", "unknown")
    return _parse(_checked(text, layout), layout)


def _layout_of(parts: Sequence[str]) -> _Layout:
    length = sum(map(len, parts))
    for layout in _LAYOUTS:
        if length == layout.width * layout.lines and all(len(part) % layout.width == 0 for part in parts):
            return layout
    widths = {len(part) for part in parts} & {30, 36, 44}
    for index, part in enumerate(parts, 1):
        if len(part) not in widths:
            raise BadDocument(index, "zone", "length")
    raise BadDocument(len(parts), "zone", "length")


def _checked(text: str, layout: _Layout) -> str:
    """`text` in the alphabet of a zone, every check digit of it right, or BadDocument."""
    chars = list(text)
    checked: list[tuple[str, Span, bool]] = [
        ("number", layout.number, text[layout.number[1]] != "<" or layout is _TD3),
        ("birth_date", layout.birth, True),
        ("expiry", layout.expiry, True),
        ("optional", layout.optional, layout.optional_is_checked),
        ("optional", layout.more, False),
    ]
    for name, (start, end), own in checked:
        line = layout.line_of(start)
        digits = name in ("birth_date", "expiry")
        chars[start:end] = [_char(char, line, name, digits=digits) for char in chars[start:end]]
        if own:
            chars[end] = _digit(chars[end], layout.line_of(end), name, filler=name == "optional")
            _check("".join(chars[start:end]), chars[end], line, name)
    line = layout.line_of(layout.composite)
    chars[layout.composite] = _digit(chars[layout.composite], line, "composite")
    whole = "".join(chars)
    _check("".join(whole[start:end] for start, end in layout.covered), whole[layout.composite], line, "composite")
    return whole


def _check(text: str, digit: str, line: int, field: str) -> None:
    # An empty optional field may bear a filler instead of its digit.
    if mrz_digit(text) != digit and (digit != "<" or text.strip("<")):
        raise BadDocument(line, field, "check_digit")


def _char(char: str, line: int, field: str, *, digits: bool) -> str:
    if digits:
        char = _AS_DIGIT.get(char, char)
        allowed = char == "<" or char in "0123456789"
    else:
        char = char.translate(_LOOK_ALIKES)
        allowed = _is_mrz(char)
    if not allowed:
        raise BadDocument(line, field, "character")
    return char


def _digit(char: str, line: int, field: str, *, filler: bool = False) -> str:
    char = _AS_DIGIT.get(char, char)
    if char in "0123456789" or (filler and char == "<"):
        return char
    raise BadDocument(line, field, "character")


def _parse(text: str, layout: _Layout) -> MrzFields:
    def letters(name: str, span: Span, shape: str) -> str:
        part = text[span[0] : span[1]]
        if not re.fullmatch(shape, part):
            raise BadDocument(layout.line_of(span[0]), name, "character")
        return part

    number = text[layout.number[0] : layout.number[1]]
    optional = text[layout.optional[0] : layout.optional[1]]
    if text[layout.number[1]] == "<":
        number, optional = _long_number(number, optional, layout)
    number = number.rstrip("<")
    if not number:
        raise BadDocument(layout.line_of(layout.number[0]), "number", "missing")
    if "<" in number:  # it counts as much as a 0 under every check digit, and without it the number is another one
        raise BadDocument(layout.line_of(layout.number[0]), "number", "character")
    country = "[A-Z]{3}|D<<"  # Germany alone writes fewer than three letters
    surname, _, given = letters("names", layout.names, "[A-Z<]+").strip("<").partition("<<")
    sex = letters("sex", (layout.sex, layout.sex + 1), "[MFX<]")
    return MrzFields(
        layout=layout.name,
        type=letters("type", (0, 2), "[A-Z][A-Z<]").rstrip("<"),
        issuer=letters("issuer", (2, 5), country).rstrip("<"),
        number=number,
        nationality=letters("nationality", layout.nationality, country).rstrip("<"),
        birth=text[layout.birth[0] : layout.birth[1]],
        sex="X" if sex == "<" else sex,
        expiry=text[layout.expiry[0] : layout.expiry[1]],
        optional=" ".join(optional.replace("<", " ").split()),
        surname=_words(surname),
        given_names=_words(given),
    )


def _long_number(number: str, optional: str, layout: _Layout) -> tuple[str, str]:
    """A number of more than nine characters goes on in the optional field, its check digit last (9303-5, 9303-6)."""
    rest, _, optional = optional.partition("<")
    if len(rest) < 2 or mrz_digit(number + rest[:-1]) != rest[-1]:
        raise BadDocument(layout.line_of(layout.number[0]), "number", "check_digit")
    return number + rest[:-1], optional


def _words(text: str) -> str:
    return " ".join(text.replace("<", " ").split())


def _tidy(line: str) -> str:
    """A line as the zone writes it: upper case, nothing around it."""
    return line.strip().upper()


def _latin(line: str) -> str:
    return _tidy(line).translate(_LOOK_ALIKES).replace("О", "O").replace("І", "I")


def _is_mrz(char: str) -> bool:
    return char == "<" or (char.isascii() and (char.isdigit() or char.isupper()))


def _value(char: str) -> int:
    if char == "<":
        return 0
    return int(char) if char.isdigit() else ord(char) - 55
