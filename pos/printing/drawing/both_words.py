"""The words of a document in the shop's one or two languages at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pos.application.text.multi_translator import MultiTranslator
from pos.application.text.names import name_of


@dataclass(frozen=True, slots=True)
class BothWords(MultiTranslator):
    """Says each text in every language of the document, the same saying once."""

    def __call__(self, text: str, /, **facts: object) -> str:
        """A text in all languages on one line: 现金 Наличные, or Қолма-қол / Наличные."""
        return self.joined(self.apart(text, **facts))

    def apart(self, text: str, /, **facts: object) -> tuple[str, ...]:
        """A text in each language, for lines of their own; give it marked (`N_`)."""
        return self.by(lambda words: words(text, **facts))

    def within(self, context: str, text: str, /, **facts: object) -> str:
        """A word that English uses for several things, in all languages on one line."""
        return self.joined(self.by(lambda one: one.within(context, text, **facts)))

    def named(self, names: Mapping[str, str], code: str) -> str:
        """The name of a code in all languages."""
        return self.joined(self.by(lambda words: name_of(names, code, words)))

    def joined(self, said: Iterable[str]) -> str:
        """Sayings on one line; two in the same script need a stroke between them, Chinese parts itself."""
        return (" " if "zh" in (words.language for words in self.each) else " / ").join(said)
