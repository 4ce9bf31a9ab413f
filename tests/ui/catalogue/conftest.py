"""The stock clerk on the page of products, at a window of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from pos.ui.catalogue.products.screen import ProductsScreen
from pos.ui.shell.application import TillWindow
from tests.ui.at_the_counter import Heard, a_demo_shop
from tests.ui.catalogue.catalogue_clerk import Clerk


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, state: Path, tmp_path: Path) -> Iterator[Clerk]:
    shop = a_demo_shop(tmp_path / "shop")
    till = TillWindow(
        qapp, shop, main.RESOURCES, state, tmp_path / "border-pos.log", lambda session: [ProductsScreen(session)]
    )
    till.show()
    hand = Clerk(till, qtbot)
    hand.shop, hand.heard = shop, Heard()
    till.session.sounds = hand.heard  # type: ignore[assignment] # hears what a player would play
    qtbot.waitUntil(lambda: till.window.screen_at("products") is not None, timeout=30_000)
    qtbot.waitUntil(lambda: till.window.page is not None and till.is_idle, timeout=30_000)
    till.window.activateWindow()
    till.session.take_settings(shop.settings())
    hand.look()
    yield hand
    till.close()
    shop.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
