"""Names of countries by language, from CLDR, as Babel has them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pos.domain.catalogue.country import THREE_LETTERS


@lru_cache(maxsize=8)
def country_names(language: str) -> Mapping[str, str]:
    """The names in a language by code of two letters. Babel is loaded when the first one is asked for."""
    from babel import Locale

    named = Locale(language).territories
    return {code: str(named[code]) for code in THREE_LETTERS if code in named}
