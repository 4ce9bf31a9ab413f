"""One kind of demo goods (cognac, bedding set) as words and ranges, read from resources/demo/goods/*.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple


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
    `price` is the span in the price list from the cheapest brand, variant and size to the dearest; `grams` the span of the
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


VOCABULARY = Path(__file__).resolve().parents[2] / "resources" / "demo" / "goods"


def read_kinds(folder: Path = VOCABULARY) -> dict[str, tuple[GoodsKind, ...]]:
    """Every kind of goods by the name of its file; brands are shared within a file only."""
    kinds = {}
    for file in sorted(folder.glob("*.toml")):
        written = tomllib.loads(file.read_text(encoding="utf-8"))
        lists = {name: tuple(tr) for name, tr in written.get("lists", {}).items()}
        kinds[file.stem] = tuple(_kind(entry, lists) for entry in written["kind"])
    return kinds


def _kind(entry: dict[str, Any], lists: Mapping[str, tuple[str, ...]]) -> GoodsKind:
    """A kind as written; `variants` and `extras` are spelled out or name one of the file's lists."""
    for name in ("variants", "extras"):
        if name in entry:
            words = entry[name]
            entry[name] = lists[words] if isinstance(words, str) else tuple(words)
    for name in ("price", "grams", "pack"):
        if name in entry:
            low, high = entry[name]
            entry[name] = (low, high)
    return GoodsKind(**entry)
