"""A country, a customs code or a unit as a person types it: names and other forms become the code that is kept."""

from __future__ import annotations

from collections.abc import Callable

from pos.application.text.countries import country_name
from pos.application.text.translator import Translator
from pos.domain.catalogue.product_fields import BY_NAME, Kind, ProductField
from pos.domain.catalogue.unit_of_measure import unit_word

Country = Callable[[str], str | None]
"""The code of a country given by its code or its name."""


def read_code(field: ProductField, text: str, country: Country) -> str:
    """The code that is meant; empty for an empty text. Raises BadField naming the field."""
    if field.kind is Kind.COUNTRY and (code := country(text)) is not None:
        return code
    return field.coded(text)


def code_words(name: str, code: str, tr: Translator) -> str:
    """A value of a field in the words of the reader: the name of a country, the word for a unit; others as they are."""
    kind = BY_NAME[name].kind if name in BY_NAME else None
    if kind is Kind.COUNTRY:
        return country_name(code, tr)
    return unit_word(code, tr.language) if kind is Kind.UNIT else code
