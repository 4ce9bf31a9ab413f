"""An amount while it is being typed, grouped for the eye in the language of whoever reads."""

from __future__ import annotations

from pos.application.text.formatting import number_text

_MARKS = {"en": ".", "zh": ".", "ru": ",", "kk": ","}


def typed_amount_text(typed: str, language: str) -> str:
    """`1283.5` as 1,283.5 or 1 283,5: what MoneyEdit's `display` wants. An unfinished mark at the end is kept."""
    whole, mark, part = typed.partition(".")
    return number_text(int(whole or "0"), language) + (_MARKS[language] + part if mark else "")
