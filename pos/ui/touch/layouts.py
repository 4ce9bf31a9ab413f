"""The letters on the screen by language: rows as on the keyboards that people know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_DIGITS = "1234567890"
_CYRILLIC = ("йцукенгшщзхъ", "фывапролджэё", "ячсмитьбю")


@dataclass(frozen=True, slots=True)
class LetterLayout:
    """`rows` from the top; `code` is what the key that changes the layout shows."""

    code: str
    rows: Sequence[str]
    composes: bool = False
    """Whether its letters are syllables of Chinese characters."""


_LATIN = (_DIGITS, "qwertyuiop", "asdfghjkl-", "zxcvbnm")

LAYOUTS: Mapping[str, LetterLayout] = {
    "en": LetterLayout("EN", _LATIN),
    "zh": LetterLayout("中", _LATIN, composes=True),
    "ru": LetterLayout("РУ", (_DIGITS, *_CYRILLIC)),
    "kk": LetterLayout("ҚАЗ", ("әіңғүұқөһ", *_CYRILLIC)),
}
"""The layouts by the language of the window."""
SIGNS = LetterLayout("#", (_DIGITS, "-/:;()№@%&", "\"'*+=<>?!#", "_\\|~^[]{}"))
"""Digits and signs, for every language."""


def layouts_from(language: str) -> Sequence[str]:
    """The layouts in the order in which the key goes through them: the user's own, Latin letters, the others."""
    return list(dict.fromkeys((language, "en", *LAYOUTS)))
