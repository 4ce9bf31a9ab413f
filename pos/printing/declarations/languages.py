"""A paper in its own language, with others beside in small letters."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.text.countries import country_name
from pos.application.text.translator import MultiTranslator
from pos.domain.visitors.country import two_letters


@dataclass(frozen=True, slots=True)
class PaperLanguages(MultiTranslator):
    """The first language is that of the customs that reads the paper; the others explain it to the traveller."""

    def main(self, text: str, /, **values: object) -> str:
        """A marked text in the language of the paper."""
        return self.first(text, **values)

    def beside(self, text: str, /, **values: object) -> str:
        """The same in the other languages, on one line; empty where there is none."""
        return " · ".join(self.by(lambda tr: tr(text, **values))[1:])

    def country(self, code: str) -> str:
        """A country by its code of two letters, or that of a passport; in the language of the paper."""
        return country_name(two_letters(code) or code, self.first)
