"""The language, or the two languages, in which the customer is spoken to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos.application.text.translator import MultiTranslator, Translator


@dataclass(frozen=True, slots=True)
class Speech(MultiTranslator):
    """Translates each text into the visitor's language, or into the shop's pair until a document was shown."""

    def __call__(self, text: str, /, **values: object) -> str:
        """A text on one line: 总计 · Итого."""
        return self.line(lambda tr: tr(text, **values))

    def line(self, say: Callable[[Translator], str]) -> str:
        """Join the results of `say` for each language on one line."""
        return " · ".join(self.by(say))
