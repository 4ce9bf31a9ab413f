"""The words of several languages at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from pos.application.text.words import Words


@dataclass(frozen=True, slots=True)
class MultiTranslator:
    """The languages in which the same is said, the first of them first; a child says how it stands together.

    Figures, units and names of goods are written as the first language writes them: a figure in two notations beside
    each other would be read as two figures.
    """

    each: tuple[Words, ...]

    @classmethod
    def of(cls, words: Mapping[str, Words], languages: Iterable[str]) -> Self:
        """The words of these languages, in this order."""
        return cls(tuple(words[language] for language in languages))

    @property
    def first(self) -> Words:
        """The words of the first language."""
        return self.each[0]

    @property
    def language(self) -> str:
        """The first language, in which figures are written."""
        return self.first.language

    def by(self, say: Callable[[Words], str]) -> tuple[str, ...]:
        """What `say` makes of each language, the same saying once."""
        return tuple(dict.fromkeys(say(words) for words in self.each))
