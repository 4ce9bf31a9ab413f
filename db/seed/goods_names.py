"""The names on the shelf labels of the demo goods, composed in each language by its own rules."""

from __future__ import annotations

import re
from functools import lru_cache

from db.seed.goods_kind import FourLanguages, GoodsKind, words
from db.seed.goods_origins import CountryOfOrigin
from db.seed.goods_sizes import GoodsSize


@lru_cache(maxsize=4096)
def agreeing(adjective: str, gender: str) -> str:
    """The Russian adjective in the form that agrees with a noun: тёмный → тёмная (f), тёмное (n), тёмные (p)."""
    if gender == "m" or not adjective:
        return adjective
    stem, last = adjective[:-2], adjective[-3]
    if adjective.endswith("ий") and last == "н":
        return stem + {"f": "яя", "n": "ее", "p": "ие"}[gender]
    if last in "гкхжшчщ":
        soft = last in "жшчщ" and not adjective.endswith("ой")
        return stem + {"f": "ая", "n": "ее" if soft else "ое", "p": "ие"}[gender]
    return stem + {"f": "ая", "n": "ое", "p": "ые"}[gender]


@lru_cache(maxsize=8192)
def _agreed(phrase: str, gender: str) -> str:
    return re.sub(r"(\S+)~", lambda match: agreeing(match[1], gender), phrase)


def label(
    kind: GoodsKind, origin: CountryOfOrigin, brand: str, variant: str, extra: str, measure: GoodsSize
) -> FourLanguages:
    """The name on the shelf label in each language: kind first, as shopkeepers seek it; in Chinese brand first."""
    noun, kinds, more, sized, apart = words(kind.noun), words(variant), words(extra), measure.label, measure.apart
    russian, gender = noun.ru.rsplit(" ", 1)
    country = (
        FourLanguages(origin.en, origin.zh, origin.ru, origin.kk)
        if kind.shows_origin
        else FourLanguages("", "", "", "")
    )
    return FourLanguages(
        _joined([country.en, *_around(kinds.en, noun.en, brand)], more.en, sized.en, apart),
        _chinese(brand, country.zh, kinds.zh, noun.zh, more.zh, sized.zh),
        _joined(
            _russian(russian, agreeing(country.ru, gender), _agreed(kinds.ru, gender), brand),
            _agreed(more.ru, gender),
            sized.ru,
            apart,
        ),
        _joined([country.kk, *_around(kinds.kk, noun.kk, brand)], more.kk, sized.kk, apart),
    )


def _around(variant: str, noun: str, brand: str) -> tuple[str, str, str]:
    return (noun, brand, variant[1:]) if variant.startswith("+") else (variant, noun, brand)


def _russian(noun: str, origin: str, variant: str, brand: str) -> list[str]:
    return [noun, origin, brand, variant[1:]] if variant.startswith("+") else [noun, origin, variant, brand]


def _chinese(brand: str, origin: str, variant: str, noun: str, extra: str, size_label: str) -> str:
    late = variant.startswith("+")
    core = f"{origin}{'' if late else variant}{noun}"
    return " ".join(part for part in (brand, core, variant[1:] if late else "", extra, size_label) if part)


def _joined(parts: list[str], extra: str, size_label: str, apart: bool) -> str:
    name = " ".join(part for part in parts if part)
    if extra:
        name = f"{name}, {extra}"
    if size_label:
        name = f"{name}, {size_label}" if extra or apart else f"{name} {size_label}"
    return name[0].upper() + name[1:]
