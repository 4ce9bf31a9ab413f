"""Past every page of the window on small screens: no word of the two languages with the longest ones is cut off."""

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

LANGUAGES = ("ru", "kk")
SIZES = ((1024, 600), (1024, 768))
"""The other sizes, languages and states of pages are looked at by `python -m tools.look_over all`."""


def test_no_word_is_cut_on_the_smallest_screens(qapp: QApplication, tmp_path: Path) -> None:
    shop = a_demo_shop(tmp_path / "shop")
    shop = replace(shop, translators=MarkedLanguages(shop.translators))
    hand = QuickHand(qapp, shop, main.RESOURCES, tmp_path / "till.json", "kk", "light")
    hand.till.window.resize(*SIZES[-1])
    hand.keep_hidden_pages_waiting()
    painters = Painters()
    ring = Ring(hand, LANGUAGES, ShopData(tmp_path / "shop" / "shop.db", main.RESOURCES, TYPED), painters)
    faults: list[str] = []
    try:
        with painters.listening():
            for stop in short_walk(hand):
                faults.extend(f"{stop}: {fault}" for fault in ring.cut(SIZES))
    finally:
        hand.checkout.receipts.stop()
        hand.till.close()
        shop.close()
        hand.till.window.deleteLater()
        hand.till.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert not faults, "\n".join(faults)
