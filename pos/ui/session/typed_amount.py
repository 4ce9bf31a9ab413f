"""An amount while it is being typed, with digit groups in the reader's language."""

from __future__ import annotations

from pos.application.text.formatting import number_text

_MARKS = {"en": ".", "zh": ".", "ru": ",", "kk": ","}


def typed_amount_text(typed: str, language: str) -> str:
    """`1283.5` as 1,283.5 or 1 283,5: the `display` of a MoneyEdit. An unfinished mark at the end is kept."""
    whole, mark, part = typed.partition(".")
    return number_text(int(whole or "0"), language) + (_MARKS[language] + part if mark else "")
