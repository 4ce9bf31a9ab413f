"""Past every page of the window in three languages and back: nothing is left in another one, and nothing is cut off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

import main
from tests.ui.at_the_counter import a_demo_shop
from tools.marked_words import MarkedLanguages
from tools.quick_hand import QuickHand
from tools.shop_data import ShopData
from tools.short_walk import TYPED, short_walk
from tools.window_look import Painters
from tools.window_ring import Ring

LANGUAGES = ("zh", "ru", "kk")
"""English, the shortest, each page in every theme and its many states are looked at by `python -m tools.look_over`."""
REGIMES = main.RESOURCES / "regimes"


def test_every_page_is_translated_whole_named_and_readable(qapp: QApplication, tmp_path: Path) -> None:
    shop = a_demo_shop(tmp_path / "shop")
    shop = replace(shop, translators=MarkedLanguages(shop.translators))
    hand = QuickHand(qapp, shop, main.RESOURCES, tmp_path / "till.json", "kk", "light")
    hand.keep_hidden_pages_waiting()
    painters = Painters()
    ring = Ring(
        hand,
        LANGUAGES,
        ShopData(tmp_path / "shop" / "shop.db", main.RESOURCES, TYPED),
        painters,
        {"zh"},
        all_themes=False,
    )
    faults: list[str] = []
    try:
        with painters.listening():
            for stop in short_walk(hand):
                faults.extend(f"{stop}: {fault}" for fault in ring.faults())
                if stop in ("foreign-shift", "payment"):  # a part of the way in each theme
                    hand.till.theme.toggle()
    finally:
        hand.checkout.receipts.stop()
        hand.till.close()
        shop.close()
        hand.till.window.deleteLater()
        hand.till.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert faults == []
