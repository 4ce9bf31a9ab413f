"""The names of countries, destinations, cities and currencies, as the file of the border and CLDR have them."""

from __future__ import annotations

from pos.application.text.countries import country_name
from pos.application.text.translator import N_, Translator
from pos.domain.border import border_in_force, in_language
from pos.domain.money import Currency
from pos.domain.quota.rule import Regime

EXAMPLE_RULES = N_("Example rules: not the law")
"""What stands wherever an allowance is shown that no law gives."""


def are_example(regime: Regime | None) -> bool:
    """Whether rules, or the whole border with its rules, are an example."""
    return border_in_force().is_example or (regime is not None and regime.is_example)


def destination_text(country: str | None, tr: Translator) -> str:
    """The way to a side: To China. The name of the country for a side of another border, empty for none."""
    known = border_in_force().destination(country)
    return country_text(country, tr) if known is None else in_language(known.title, tr.language)


def country_text(country: str | None, tr: Translator) -> str:
    """The name of a country by its two letters; the letters for what is no country, empty for none."""
    known = border_in_force().destination(country)
    if known is not None:
        return in_language(known.name, tr.language)
    return country_name(country, tr) if country else ""


def city_text(zone: str, tr: Translator) -> str:
    """The city of a time zone: of a clock of the border as its file has it, of another zone as the zone is called."""
    known = next((one for one in border_in_force().clocks if one.zone.key == zone), None)
    return zone.rpartition("/")[2].replace("_", " ") if known is None else in_language(known.title, tr.language)


def currency_word(currency: Currency, tr: Translator) -> str:
    """The word for a currency: yuan; its code where the file has none."""
    return in_language(currency.names, tr.language) if currency.names else currency.code
