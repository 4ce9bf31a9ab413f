"""Names of countries: what a code is called, and which country a person or a file means by a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pos.application.text.translator import Translator
from pos.domain.catalogue.country import country_coded
from pos.domain.visitors.country import two_letters

_ALSO: Mapping[str, str] = {
    "prc": "CN", "кнр": "CN", "rk": "KZ", "рк": "KZ", "қр": "KZ", "рф": "RU", "uk": "GB", "great britain": "GB",
    "великобритания": "GB", "сша": "US", "ақш": "US", "korea": "KR", "корея": "KR", "южная корея": "KR",
    "беларусь": "BY", "белоруссия": "BY", "киргизия": "KG", "кыргызстан": "KG", "молдавия": "MD", "чехия": "CZ",
    "turkey": "TR", "оаэ": "AE", "uae": "AE", "гонконг": "HK", "香港": "HK", "澳门": "MO",
    "台湾": "TW", "hong kong": "HK",
}  # fmt: skip
"""What shops and suppliers write beside the names of the tables; lower case."""


def country_name(code: str, tr: Translator) -> str:
    """The name of a country in the language of `tr`; its code where no name is known."""
    return tr.countries().get(code, code)


def nationality_name(letters: str | None, tr: Translator) -> str:
    """The country of a passport code of three letters in the language of `tr`; the code of what is no country; empty
    for none.
    """
    if not letters:
        return ""
    country = two_letters(letters)
    return letters if country is None else country_name(country, tr)


@dataclass(eq=False)
class CountryNames:
    """The names of countries in several languages."""

    translators: Iterable[Translator]

    @cached_property
    def _called(self) -> Mapping[str, str]:
        named = {name.casefold(): code for tr in self.translators for code, name in tr.countries().items()}
        return {**_ALSO, **named}

    def code(self, text: str) -> str | None:
        """The code of a country given by a code or by its name in any of the languages; None for anything else."""
        return country_coded(text) or self._called.get(" ".join(text.casefold().split()))
