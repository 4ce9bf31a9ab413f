"""What a window shows that is no word of the program, by its kind: given names, codes, keys, formats."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pysqlite3
from babel.dates import get_day_names, get_month_names

from pos.application.text.translator import LANGUAGE_NAMES
from pos.domain.money import CURRENCIES

_WORD = re.compile(r"[^\W\d_]{2,}")
_GIVEN = (
    "SELECT name || ' ' || title FROM person",
    "SELECT name || ' ' || coalesce(name_en, '') || ' ' || coalesce(name_zh, '') || ' ' || coalesce(name_ru, '') || ' '"
    " || coalesce(name_kk, '') FROM product",
    "SELECT DISTINCT person FROM journal",
    "SELECT name FROM promotion",
    "SELECT title FROM quick_page UNION SELECT title FROM quick_key",
    "SELECT name || ' ' || contact FROM supplier",
    "SELECT text FROM setting",
    "SELECT name FROM recipe_version UNION SELECT note FROM batch",
    "SELECT file FROM import_run",
    "SELECT masked || ' ' || country FROM visitor_document",
    "SELECT buyer || ' ' || place || ' ' || note || ' ' || code || ' ' || substr(code, 1, 4) || ' ' || substr(code, 5)"
    " FROM customer_order",
)
"""Names and texts that people of the shop have given, and codes that are read in two halves."""
_KEYS = "Enter Esc Tab Alt Ctrl Shift Space Del Home End PgUp PgDown Ins Num"
_FORMATS = "CSV TSV XLSX PDF PNG JSON UTF Border POS PIN QR sha MB"


class ShopData:
    """Knows the names that a shop has given (`typed` by hand, too), the texts of its rules and of its border, and what
    has one name in every language.
    """

    def __init__(self, store: Path, resources: Path, typed: Iterable[str] = ()) -> None:
        self._store, self._resources = store, resources
        self._known = _words(*CURRENCIES, *LANGUAGE_NAMES, *LANGUAGE_NAMES.values(), _KEYS, _FORMATS, *typed)
        self._read = False

    def __call__(self, word: str, language: str) -> bool:
        """Whether a word is data where `language` is spoken."""
        word = word.casefold()
        return word in self._known or word in _calendar(language)

    def read(self) -> None:
        """Read the names again: the shop has learnt more."""
        with closing(pysqlite3.connect(f"file:{self._store}?mode=ro", uri=True)) as store:
            for question in _GIVEN:
                self._known |= _words(*(text or "" for (text,) in store.execute(question)))
        if not self._read:
            self._read = True
            for file in (*self._resources.glob("regimes/*.toml"), *self._resources.glob("borders/*/*.toml")):
                self._known |= _words(*_texts(tomllib.loads(file.read_text("utf-8"))))


@cache
def _calendar(language: str) -> set[str]:
    """The months and weekdays of a language, as they are written beside a figure and alone."""
    calendar_words: set[str] = set()
    for names in (get_month_names, get_day_names):
        for width, context in product(("abbreviated", "wide"), ("format", "stand-alone")):
            calendar_words |= _words(*names(width, context, language).values())  # type: ignore[arg-type] # of these four
    return calendar_words


def _words(*texts: str) -> set[str]:
    return {word.casefold() for text in texts for word in _WORD.findall(text)}


def _texts(value: Any) -> Iterator[str]:
    """Every text of a regime file that is meant to be read: what stands in a table of languages, and its sources."""
    if isinstance(value, dict):
        for name, one in value.items():
            if isinstance(one, str) and (name in LANGUAGE_NAMES or name in ("source", "id")):
                yield one
            else:
                yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
