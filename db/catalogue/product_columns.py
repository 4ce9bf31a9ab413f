"""The columns of a product, as its declared fields name them, and their values both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

from sqlalchemy import Row

from pos.domain.catalogue.product import LANGUAGES, Attributes
from pos.domain.catalogue.product_fields import CUSTOMS_ATTRIBUTES, OWN, SEARCHED, TEXTS, Described, value_of
from pos.domain.money import CURRENCIES, Money

NAME_COLUMNS = tuple(f"name_{language}" for language in LANGUAGES)
OWN_COLUMNS = tuple("supplier_id" if name == "supplier" else name for name in OWN)
COMPARED = (*NAME_COLUMNS, "category", "price_minor", "price_currency", *CUSTOMS_ATTRIBUTES, *OWN_COLUMNS)
"""The columns of a product that a row of a file may change, except its codes and `name`."""

_NAMES, _STORED = attrgetter(*NAME_COLUMNS), attrgetter(*OWN_COLUMNS)
_ATTRIBUTES, _OWN = attrgetter(*CUSTOMS_ATTRIBUTES), attrgetter(*OWN)


def names_by_language(row: Row[Any]) -> dict[str, str]:
    """The names of a row of the catalogue, by the languages that it has."""
    return {language: name for language, name in zip(LANGUAGES, _NAMES(row)) if name}


def price_of(row: Row[Any]) -> Money | None:
    """The price in force of a row with its columns."""
    return None if row.now_minor is None else Money(row.now_minor, CURRENCIES[row.now_currency])


def attributes_of(row: Any) -> Attributes:
    """The customs attributes of a row that has their columns."""
    return Attributes(*_ATTRIBUTES(row))


def attribute_values(attributes: Attributes) -> tuple[Any, ...]:
    values: tuple[Any, ...] = _ATTRIBUTES(attributes)
    return values


def attribute_columns(attributes: Attributes) -> dict[str, Any]:
    """The columns of customs attributes."""
    return dict(zip(CUSTOMS_ATTRIBUTES, _ATTRIBUTES(attributes)))


def own_of(row: Row[Any]) -> dict[str, Any]:
    """The own fields of a stored product; a text that is not on file is empty."""
    return {name: value or "" if name in TEXTS else value for name, value in zip(OWN, _STORED(row))}


def own_values(goods: object) -> tuple[Any, ...]:
    """The values of OWN_COLUMNS of a row of a file, or of a card, whose supplier is still a name."""
    values: tuple[Any, ...] = _OWN(goods)
    return values


def own_columns(goods: object, **others: Any) -> Mapping[str, Any]:
    """The columns of the own fields; an empty text is nothing on file. `others` replace a column."""
    return {name: None if value == "" else value for name, value in zip(OWN_COLUMNS, _OWN(goods))} | others


def search_texts(values: Iterable[str | None]) -> list[str]:
    """The search texts of a product, each once, from the values of its searched columns."""
    return list(dict.fromkeys(filter(None, values)))


def search_texts_of(goods: Described) -> list[str]:
    """The search texts of a product, from its card or a row of a file."""
    return search_texts(value_of(goods, name) for name in SEARCHED)
