"""Translation into several languages at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from pos.application.text.words import Words


@dataclass(frozen=True, slots=True)
class MultiTranslator:
    """Translates into several languages, the main one first; a subclass decides how they are joined.

    Numbers, units and names of goods follow the first language: one number in two notations side by side would be read
    as two numbers.
    """

    each: tuple[Words, ...]

    @classmethod
    def of(cls, words: Mapping[str, Words], languages: Iterable[str]) -> Self:
        """The translator of these languages, in this order."""
        return cls(tuple(words[language] for language in languages))

    @property
    def first(self) -> Words:
        """The translator of the first language."""
        return self.each[0]

    @property
    def language(self) -> str:
        """The first language, used for numbers."""
        return self.first.language

    def by(self, say: Callable[[Words], str]) -> tuple[str, ...]:
        """The result of `say` for each language, equal ones once."""
        return tuple(dict.fromkeys(say(words) for words in self.each))
