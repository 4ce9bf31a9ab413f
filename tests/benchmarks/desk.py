"""The manager's pages after years of trade: the gaps of the event loop while reports, books and settings open.

SHOP names the folder of a store, such as `python -m tools.history` makes; it is used in place, so take a copy. Without
it there are some weeks of made-up trade.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.table import Effort, Row
from tests.benchmarks.watched_hand import WatchedHand, at_the_window

_PAGES = ("reports", "history", "journal", "customs", "reprice", "prices", "rates", "staff", "regimes", "settings")


def measure(effort: Effort) -> Iterator[Row]:
    """A row for each page and step: how long the event loop was away, tick by tick."""
    import main
    from pos.application.settings.options import Options

    with TemporaryDirectory() as temporary:
        folder = Path(os.environ.get("SHOP", f"{temporary}/shop"))
        past = 0 if "SHOP" in os.environ else 7 if effort.quick else 28
        shop = main.build(Options(data=folder, demo=True), quick_pins=True, demo_size=300, demo_past=past)
        with at_the_window(shop, Path(temporary), "manager") as hand:
            yield from _pages(hand)


def _pages(hand: WatchedHand) -> Iterator[Row]:
    from PySide6.QtCore import Qt

    from pos.ui.look.theme import Mode

    for page in _PAGES:
        yield hand.watched(f"open the page {page}", partial(hand.goes_to, page))
    hand.goes_to("reports")
    for period in ("yesterday", "this week", "this month", "last month"):
        yield hand.watched(f"see {period}", partial(hand.press, Qt.Key.Key_F6))
    hand.goes_to("history")

    def find() -> None:
        hand.press(Qt.Key.Key_F2)
        hand.type("honey")
        hand.wait(300)

    yield hand.watched("find a receipt by its goods", find)
    for mode in (Mode.DARK, Mode.LIGHT):
        for page in ("checkout", "reports", "settings"):
            hand.goes_to(page)
            yield hand.watched(f"turn {mode.value} on {page}", partial(hand.turns, mode))
            hand.turns(Mode.LIGHT if mode is Mode.DARK else Mode.DARK)
    for language in ("zh", "ru", "kk", "en"):
        yield hand.watched(f"speak {language}", partial(hand.speaks, language))
