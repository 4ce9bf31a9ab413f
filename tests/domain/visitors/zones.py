"""Machine-readable zones made from ICAO 9303 parts 4, 5 and 6: whole and right, to be damaged by a test."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from random import Random
from string import ascii_uppercase, digits

ALPHABET = digits + ascii_uppercase + "<"
LOOKS_LIKE = {"O": "0", "0": "O", "I": "1", "1": "I", "B": "8", "8": "B", "S": "5", "5": "S", "Z": "2", "2": "Z"}
"""What an eye, or a reader of letters, takes for something else."""

_WIDTH = {"TD1": 30, "TD2": 36, "TD3": 44}


@dataclass(frozen=True)
class Holder:
    """What a document says. `number` of more than nine characters goes on in the optional field of a card."""

    number: str
    issuer: str = "UTO"
    nationality: str = "UTO"
    names: str = "ERIKSSON<<ANNA<MARIA"
    born: str = "740812"
    sex: str = "F"
    expiry: str = "320415"
    optional: str = ""


def digit_of(text: str) -> str:
    """9303-3, 4.9: 0-9 as they are, A-Z as 10-35, a filler as 0, weights 7 3 1, the rest by ten."""
    values = (ALPHABET.index(char) % 36 for char in text)
    return str(sum(value * weight for value, weight in zip(values, cycle((7, 3, 1)))) % 10)


def a_zone(layout: str, of: Holder, code: str = "") -> list[str]:
    """The lines of a passport (TD3) or a card (TD1, TD2)."""
    return _card_of_three(of, code or "I<") if layout == "TD1" else _two_lines(layout, of, code)


def _two_lines(layout: str, of: Holder, code: str) -> list[str]:
    width = _WIDTH[layout]
    code = code or ("P<" if layout == "TD3" else "I<")
    first = (code + of.issuer.ljust(3, "<") + of.names).ljust(width, "<")[:width]
    number, optional = _number(of, 14 if layout == "TD3" else 7)
    dates = of.born + digit_of(of.born) + of.sex + of.expiry + digit_of(of.expiry)
    line = number + of.nationality.ljust(3, "<") + dates + optional
    line += digit_of(optional) if layout == "TD3" else ""
    return [first, line + digit_of(line[:10] + line[13:20] + line[21:])]


def _card_of_three(of: Holder, code: str) -> list[str]:
    number, optional = _number(of, 15)
    first = code + of.issuer.ljust(3, "<") + number + optional
    second = of.born + digit_of(of.born) + of.sex + of.expiry + digit_of(of.expiry) + of.nationality.ljust(3, "<")
    second = second.ljust(29, "<")
    second += digit_of(first[5:] + second[:7] + second[8:15] + second[18:])
    return [first, second, of.names.ljust(30, "<")[:30]]


def _number(of: Holder, room: int) -> tuple[str, str]:
    if len(of.number) <= 9:
        return of.number.ljust(9, "<") + digit_of(of.number), of.optional.ljust(room, "<")
    rest = of.number[9:] + digit_of(of.number) + "<" + of.optional
    return of.number[:9] + "<", rest.ljust(room, "<")


def some_holder(chance: Random, *, letters: bool = True) -> Holder:
    """Someone with a number of letters and digits."""
    chars = digits + (ascii_uppercase if letters else "")
    return Holder(
        number="".join(chance.choices(chars, k=9)),
        issuer=chance.choice(["CHN", "KGZ", "UZB", "USA", "RUS", "D"]),
        nationality=chance.choice(["CHN", "KGZ", "UZB", "USA", "RUS", "D"]),
        born=f"{chance.randrange(100):02}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}",
        sex=chance.choice("MF<"),
        expiry=f"{chance.randrange(27, 36):02}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}",
    )
