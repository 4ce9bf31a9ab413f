"""Document numbers that exist nowhere else, and a search for any trace of them in files of every kind."""

from __future__ import annotations

import base64
import io
import random
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos.domain.visitors.mrz import mrz_digit
from pos.domain.visitors.national_number import iin_digit

SURNAME = "QZXVKWYN"
"""What every holder is called."""
_SEED = 20_261_127
_BASE64_ROWS = 3
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Canary:
    """A document as it is laid on the counter: typed or as the lines of its zone; `numbers` are all
    that stand in it.
    """

    numbers: tuple[str, ...]
    document: Mapping[str, Any]

    @property
    def lines(self) -> Sequence[str]:
        """Its zone, where it has one."""
        lines: Sequence[str] = self.document.get("mrz", ())
        return lines


def canaries(count: int) -> Sequence[Canary]:
    """So many documents: PRC identity cards, passports of China, Kazakhstan and Russia, Kazakh
    cards; always the same.
    """
    chance = random.Random(_SEED)
    kinds = (_prc_id, _passport_of("CHN", "E"), _passport_of("KAZ", "N"), _passport_of("RUS", ""), _iin, _card, _typed)
    return [kinds[index % len(kinds)](chance) for index in range(count)]


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice("123456789") for _ in range(count))


def _born(chance: random.Random) -> str:
    """A day as YYMMDD."""
    return f"{chance.randrange(60, 99)}0{chance.randrange(1, 9)}1{chance.randrange(1, 9)}"


def _prc_id(chance: random.Random) -> Canary:
    body = f"{_digits(chance, 6)}19{_born(chance)}{_digits(chance, 3)}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    number = body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights)) % 11]
    return Canary((number,), {"kind": "cn-id", "number": number})


def _own_number(chance: random.Random) -> str:
    while True:
        body = f"{_born(chance)}{chance.choice('34')}{_digits(chance, 4)}"
        digit = iin_digit(body)
        if digit is not None:
            return body + digit


def _iin(chance: random.Random) -> Canary:
    number = _own_number(chance)
    return Canary((number,), {"kind": "kz-id", "number": number})


def _typed(chance: random.Random) -> Canary:
    number = f"G{_digits(chance, 8)}"
    return Canary((number,), {"kind": "passport", "number": number, "country": "CN", "birth_date": "1980-01-01"})


def _passport_of(country: str, letter: str) -> Any:
    def made(chance: random.Random) -> Canary:
        number = letter + _digits(chance, 9 - len(letter))
        own = _own_number(chance) if country == "KAZ" else ""
        born, ends, rest = "850505", "340504", own.ljust(14, "<")
        second = f"{number}{mrz_digit(number)}{country}{born}{mrz_digit(born)}F{ends}{mrz_digit(ends)}{rest}"
        second += mrz_digit(rest) if own else "<"
        second += mrz_digit(second[:10] + second[13:20] + second[21:43])
        first = f"P<{country}{SURNAME}<<ANNA".ljust(44, "<")
        return Canary(tuple(filter(None, (number, own))), {"mrz": [first, second]})

    return made


def _card(chance: random.Random) -> Canary:
    number, own = _digits(chance, 9), _own_number(chance)
    first = f"IDKAZ{number}{mrz_digit(number)}{own}".ljust(30, "<")
    born, ends = "850505", "340504"
    second = f"{born}{mrz_digit(born)}F{ends}{mrz_digit(ends)}KAZ".ljust(29, "<")
    second += mrz_digit(first[5:30] + second[:7] + second[8:15] + second[18:29])
    return Canary((number, own), {"mrz": [first, second, f"{SURNAME}<<ANNA".ljust(30, "<")]})


# ── traces ───────────────────────────────────────────────────────────────────────────────────────────────────


def traces(folders: Sequence[Path], words: Sequence[str]) -> Iterator[str]:
    """Each file below the folders in which a word stands, as it is, turned round, spaced, or encoded."""
    needles: dict[bytes, tuple[str, str]] = {}
    for word in words:
        for how, form in _forms(word):
            needles.setdefault(form, (word, how))
    shortest = min(map(len, needles))
    heads: dict[bytes, list[bytes]] = {}
    for needle in needles:
        heads.setdefault(needle[:shortest], []).append(needle)
    heads_pattern = re.compile(b"|".join(sorted({_class_of(head) for head in heads})))
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                for part, content in _parts(path.name, path.read_bytes()):
                    for position in _positions(content, heads, shortest, heads_pattern):
                        word, how = needles[position]
                        yield f"{path.relative_to(folder)} {part} holds {word[:2]}…{word[-2:]} {how}"


def _class_of(head: bytes) -> bytes:
    return re.escape(head[:2])


def _positions(
    content: bytes, heads: Mapping[bytes, Sequence[bytes]], shortest: int, pattern: re.Pattern[bytes]
) -> Iterator[bytes]:
    """Needles that stand in the content; a dictionary of their beginnings is asked at each place that may be one."""
    at = 0
    while (match := pattern.search(content, at)) is not None:
        at = match.start() + 1
        for needle in heads.get(content[match.start() : match.start() + shortest], ()):
            if content.startswith(needle, match.start()):
                yield needle


def _forms(word: str) -> Iterator[tuple[str, bytes]]:
    for how, text in (
        ("as it is", word), ("in small letters", word.lower()), ("turned round", word[::-1]),
        ("spaced", " ".join(word)), ("with dashes", "-".join(word)), ("in fours", " ".join(re.findall(".{1,4}", word))),
        ("in threes", " ".join(re.findall(".{1,3}", word))), ("without its ends",
        word[1:-1] if len(word) > 11 else word),
    ):  # fmt: skip
        yield how, text.encode()
    for how in ("utf-16-le", "utf-16-be", "utf-32-le"):
        yield f"in {how}", word.encode(how)
    yield "in hex", word.encode().hex().encode()
    yield "in HEX", word.encode().hex().upper().encode()
    for row in range(
        _BASE64_ROWS
    ):  # where it begins in a longer text, its neighbours reach into its first and last character
        encoded = base64.b64encode(b"\x00" * row + word.encode())
        first = (row * 8 + 5) // 6
        yield f"in base64 {row}", encoded[first : (row + len(word)) * 8 // 6]


def _parts(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, and what is folded up in it: members of a workbook, streams and words of a PDF."""
    yield "", content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield member, archive.read(member)
    if content.startswith(b"%PDF"):
        for index, match in enumerate(_STREAM.finditer(content)):
            packed = match[1].rstrip(b"\r\n")
            try:
                if packed.endswith(b"~>"):
                    packed = base64.a85decode(packed[:-2])
                yield f"stream {index}", zlib.decompress(packed)
            except (ValueError, zlib.error):
                continue  # a picture or a font of another kind
        yield "its words", words_of_pdf(content).encode()


def words_of_pdf(content: bytes) -> str:
    """What someone can select in a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(str(text.get_text_range()))
            text.close()
            page.close()
        return "\n".join(pages)
    finally:
        document.close()
