"""The clerk's pages at a large catalogue: gaps of the event loop at searching, receiving, counting and labelling.

GOODS names a file, such as one of 800,000 goods, that is imported through the page first. SHOP names the folder of a
demo shop to take a copy of, such as one that has imported it before. Without either the catalogue is made up.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.benchmarks.imports import a_table
from tests.benchmarks.table import Effort, Row
from tests.benchmarks.watched_hand import WatchedHand, at_the_window

if TYPE_CHECKING:
    from pos.application.shop.shop import Shop

_SEARCHED = ("milk", "choc", "молоко", "牛奶", "0204")


def measure(effort: Effort) -> Iterator[Row]:
    """A row for each page: how long the event loop was away, tick by tick."""
    import main
    from pos.application.settings.options import Options

    with TemporaryDirectory() as place:
        folder = Path(place) / "shop"
        if "SHOP" in os.environ:
            shutil.copytree(os.environ["SHOP"], folder)
        shop = main.build(Options(data=folder, demo=True), quick_pins=True, demo_size=300)
        if not {"SHOP", "GOODS"} & set(os.environ):
            _import(shop, 1_000 if effort.quick else 50_000)
        with at_the_window(shop, Path(place), "clerk") as hand:
            if "GOODS" in os.environ:
                yield from _imported(hand, Path(os.environ["GOODS"]))
            yield from _pages(hand, _codes(shop, 8 if effort.quick else 40))


def _import(shop: Shop, rows: int) -> None:
    from pos.domain.staff.staff import Person

    shop.import_catalogue(a_table(rows), Person.at_the_console("benchmark"), lambda _reject: None)


def _codes(shop: Shop, count: int) -> list[str]:
    """Codes of goods that are on hand."""
    from itertools import islice

    with shop.issue_receipt.store.reading() as work:
        stocked = (found.code for found, on_hand in work.products.all(shop.now()) if on_hand and not found.missing)
        return list(islice(stocked, count))


def _imported(hand: WatchedHand, file: Path) -> Iterator[Row]:
    """A file of goods through the page: looked at, tried, imported."""
    from PySide6.QtCore import Qt

    from pos.ui.catalogue.imports.screen import ImportScreen

    yield hand.watched("open the page of imports", partial(hand.goes_to, "import_goods"))
    page = hand.page
    assert isinstance(page, ImportScreen)

    def look() -> None:
        page.pages.path.setText(str(file))
        hand.press(Qt.Key.Key_Return)

    yield hand.watched(f"look at {file.name}", look)
    for what in ("try it", "import it"):
        yield hand.watched(what, partial(hand.press, Qt.Key.Key_F12))


def _pages(hand: WatchedHand, codes: list[str]) -> Iterator[Row]:
    from PySide6.QtCore import Qt

    for place in ("products", "orders", "receive", "count", "stock", "labels", "import_goods"):
        yield hand.watched(f"open the page {place}", partial(hand.goes_to, place))

    def search() -> None:
        hand.goes_to("products")
        for words in _SEARCHED:
            hand.press(Qt.Key.Key_F2)
            hand.type(words)
            hand.wait(300)
            hand.clear(len(words))

    def receive() -> None:
        hand.goes_to("receive")
        hand.press(Qt.Key.Key_F3)
        hand.scan(*codes, *codes)
        hand.press(Qt.Key.Key_F12)

    def count() -> None:
        hand.goes_to("count")
        hand.scan(*codes[:10])
        hand.press(Qt.Key.Key_F12)
        hand.scan(*codes[:10], *codes[:10])
        hand.press(Qt.Key.Key_F12)

    def label() -> None:
        hand.goes_to("labels")
        hand.scan(*codes)
        hand.press(Qt.Key.Key_F12)

    yield hand.watched(f"search for {len(_SEARCHED)} words, key by key", search)
    yield hand.watched(f"receive {2 * len(codes)} scans and post them", receive)
    yield hand.watched("count 20 scans and look at the differences", count)
    yield hand.watched(f"label {len(codes)} goods", label)
