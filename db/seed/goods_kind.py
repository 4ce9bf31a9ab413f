"""One kind of demo goods (cognac, bedding set) as words and ranges."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple


class FourLanguages(NamedTuple):
    """The same words in the four languages of the shop."""

    en: str
    zh: str
    ru: str
    kk: str


@dataclass(frozen=True, slots=True)
class GoodsKind:
    """The names, origins, sizes, prices and weights of a kind of goods.

    Words are "en | zh | ru | kk" or, without bars, the same in all languages. The Russian noun ends with its
    gender or number (m, f, n, p); a Russian word ending in `~` is a masculine adjective that agrees with it.
    A leading `+` puts a variant behind the brand in that language. `extras` (colours) follow a comma.
    `price` is the span in yuan from the cheapest brand, variant and size to the dearest; `grams` the span of the
    gross weight over the sizes, or `pack` the packaging as (per cent of the contents, grams) on top of them.
    """

    category: str
    noun: str
    origins: str
    sizes: str
    price: tuple[int, int]
    grams: tuple[int, int] | None = None
    pack: tuple[int, int] = (4, 15)
    variants: tuple[str, ...] = ("",)
    extras: tuple[str, ...] = ("",)
    abv: str = ""
    fur: str | None = None
    ranked: bool = False
    shows_origin: bool = False
    share: int = 1


@lru_cache(maxsize=4096)
def words(source: str) -> FourLanguages:
    """Read "en | zh | ru | kk"; a text without bars is the same in all languages."""
    parts = [part.strip() for part in source.split("|")]
    return FourLanguages(*parts) if len(parts) == 4 else FourLanguages(*parts * 4)
