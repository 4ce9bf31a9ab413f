"""Age of a person, as far as their document states it."""

from __future__ import annotations

from pos.application.text.words import Words


def age_text(age: int | None, oldest: int | None, words: Words) -> str:
    """The age, or its maximum if only the year or the month of birth is known; empty without either."""
    if age is not None:
        return words.plural("{n} year old", "{n} years old", age)
    if oldest is not None:
        return words.plural("at most {n} year old", "at most {n} years old", oldest)
    return ""
