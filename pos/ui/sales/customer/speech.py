"""In which language, or in which two at once, the customer is spoken to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos.application.text.multi_translator import MultiTranslator
from pos.application.text.words import Words


@dataclass(frozen=True, slots=True)
class Speech(MultiTranslator):
    """Says each text in the visitor's language, or in the shop's pair until somebody has shown a document."""

    def __call__(self, text: str, /, **facts: object) -> str:
        """A text on one line: 总计 · Итого."""
        return self.line(lambda words: words(text, **facts))

    def line(self, say: Callable[[Words], str]) -> str:
        """What `say` makes of each language, on one line."""
        return " · ".join(self.by(say))
