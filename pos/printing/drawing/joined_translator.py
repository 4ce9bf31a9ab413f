"""Texts of a document in the shop's one or two languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Self

from pos.application.text.border_words import city_text
from pos.application.text.names import name_of
from pos.application.text.translator import MultiTranslator
from pos.printing.drawing.printable import printable

NO_NAMES: Mapping[str, str] = MappingProxyType({})
_NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class JoinedTranslator(MultiTranslator):
    """Translates a text into every language of the document; equal texts are written once.

    `people` has the display names by sign-in name: records hold the latter, documents show what the window shows.
    """

    people: Mapping[str, str] = field(default_factory=lambda: NO_NAMES)

    def __call__(self, text: str, /, **values: object) -> str:
        """A text in all languages on one line: 现金 Наличные, or Қолма-қол / Наличные."""
        return self.joined(self.apart(text, **values))

    def apart(self, text: str, /, **values: object) -> tuple[str, ...]:
        """A text in each language, for separate lines; the argument is marked (`N_`)."""
        return self.by(lambda tr: tr(text, **values))

    def context(self, context: str, text: str, /, **values: object) -> str:
        """A word that has several meanings in English, in all languages on one line."""
        return self.joined(self.by(lambda one: one.context(context, text, **values)))

    def named(self, names: Mapping[str, str], code: str) -> str:
        """The name of a code in all languages."""
        return self.joined(self.by(lambda tr: name_of(names, code, tr)))

    def naming(self, people: Mapping[str, str]) -> Self:
        """The same with these display names by sign-in name."""
        return replace(self, people=people)

    def person(self, name: str) -> str:
        """The display name of a person by their sign-in name; the latter where there is none."""
        return printable(self.people.get(name, name), _NAME_LENGTH)

    def times_in(self, zone: str) -> str:
        """The city whose clock the document shows, in each language."""
        return " · ".join(self.by(lambda tr: tr("Times in {city}", city=city_text(zone, tr))))

    def joined(self, said: Iterable[str]) -> str:
        """Texts on one line; two in the same script need a slash between them, Chinese separates itself."""
        return (" " if "zh" in (tr.language for tr in self.each) else " / ").join(said)
