"""In which language, or in which two at once, the customer is spoken to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pos.application.words import Words


@dataclass(frozen=True, slots=True)
class Speech:
    """Says each text in the visitor's language, or in the shop's pair until somebody has shown a document.

    Figures, and names of goods, are written as the first language writes them.
    """

    each: tuple[Words, ...]

    @classmethod
    def of(cls, words: Mapping[str, Words], languages: Iterable[str]) -> Speech:
        """The words of these languages, in this order."""
        return cls(tuple(words[language] for language in languages))

    @property
    def first(self) -> Words:
        """The words of the first language."""
        return self.each[0]

    @property
    def language(self) -> str:
        """The first language."""
        return self.first.language

    def __call__(self, text: str, /, **facts: object) -> str:
        """A text on one line: 总计 · Итого."""
        return self.by(lambda words: words(text, **facts))

    def by(self, say: Callable[[Words], str]) -> str:
        """What `say` makes of each language, the same saying once, on one line."""
        return " · ".join(dict.fromkeys(say(words) for words in self.each))
