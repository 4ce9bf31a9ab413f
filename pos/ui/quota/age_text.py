"""Age of a person, as far as their document states it."""

from __future__ import annotations

from pos.application.text.translator import Translator


def age_text(age: int | None, oldest: int | None, tr: Translator) -> str:
    """The age, or its maximum if only the year or the month of birth is known; empty without either."""
    if age is not None:
        return tr.plural("{n} year old", "{n} years old", age)
    if oldest is not None:
        return tr.plural("at most {n} year old", "at most {n} years old", oldest)
    return ""
