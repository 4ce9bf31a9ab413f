"""The stock clerk on the page of deliveries, signed in at a window of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from pos.ui.purchasing.receive.screen import ReceiveScreen
from pos.ui.shell.application import TillWindow
from tests.ui.at_the_counter import a_demo_shop
from tests.ui.purchasing.receiving_clerk import Clerk


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, state: Path, tmp_path: Path) -> Iterator[Clerk]:
    """The clerk, signed in."""
    shop = a_demo_shop(tmp_path / "shop")
    till = TillWindow(
        qapp, shop, main.RESOURCES, state, tmp_path / "border-pos.log", lambda session: [ReceiveScreen(session)]
    )
    till.show()
    hand = Clerk(till, shop, qtbot)
    qtbot.waitUntil(lambda: till.window.screen_at("receive") is not None, timeout=30_000)
    till.window.activateWindow()
    till.session.take_settings(shop.settings())
    till.session.take_person(hand.ruslan)
    hand.wait()
    yield hand
    till.close()
    till.window.deleteLater()
    till.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shop.close()
