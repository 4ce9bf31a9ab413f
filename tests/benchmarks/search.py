"""Searching the catalogue by name: the question, and from the last character to the painted list.

The goods are made up, or those of GOODS or SHOP, see `a_till`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.benchmarks.a_till import a_shop, authorize, count_of, opened
from tests.benchmarks.table import Effort, Row, timed

if TYPE_CHECKING:
    from pos.application.shop.shop import Shop

_PAGE = 61
"""Products that the list asks for: one more than it offers."""


def measure(effort: Effort) -> Iterator[Row]:
    """Every row of performance.md, T7."""
    with a_shop(1_000 if effort.quick else 50_000) as shop, TemporaryDirectory() as temporary:
        count = count_of(shop.folder, "product")
        asked = {
            "one Chinese character": _typed(shop.folder, effort.repeats, chinese=True),
            "three other characters": _typed(shop.folder, effort.repeats, chinese=False),
        }
        for what, texts in asked.items():
            shop.find("warm", _PAGE)
            times = [timed(partial(shop.find, text, _PAGE)) for text in texts]
            yield Row(f"{what} among {count}", times, (), 5, by_p99=True)
        yield from _painted(shop, asked, Path(temporary))


def _typed(folder: Path, count: int, *, chinese: bool) -> list[str]:
    """What people type: a character or three out of the names of the catalogue."""
    store, luck, typed = opened(folder), Random(7), []
    last = store.execute("SELECT max(id) FROM product").fetchone()[0]
    for _ in range(100 * count):
        row = store.execute("SELECT name, name_zh FROM product WHERE id >= ? LIMIT 1", (luck.randrange(last),))
        name = " ".join(text for text in row.fetchone() or () if text)
        chars = [char for char in name if "\u4e00" <= char <= "\u9fff"]
        words = [word for word in name.split() if len(word) >= 3 and not set(word) & set(chars)]
        if chinese and chars:
            typed.append(luck.choice(chars))
        elif not chinese and words:
            word = luck.choice(words)
            at = luck.randrange(len(word) - 2)
            typed.append(word[at : at + 3])
        if len(typed) == count:
            break
    store.close()
    return typed


def _painted(shop: Shop, asked: Mapping[str, Sequence[str]], folder: Path) -> Iterator[Row]:
    from tests.benchmarks.painted import PaintedHand
    from tests.benchmarks.watched_hand import at_the_window

    with at_the_window(shop, folder, authorize(shop).name) as hand:
        painted = PaintedHand(hand)
        for what, texts in asked.items():
            painted.types(texts[0])
            times = [painted.types(text) for text in texts]
            yield Row(f"{what} to the painted list", times, (), 50, by_p99=True)
