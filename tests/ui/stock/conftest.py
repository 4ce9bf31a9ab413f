"""The stock clerk on the page of stock-takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.ui.stock.counting.screen import StockTakeScreen
from tests.ui.at_the_stock import StockHand, at_the_stock


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, state: Path, tmp_path: Path) -> Iterator[StockHand]:
    """The clerk on the page of stock-takes."""
    yield from at_the_stock(qapp, qtbot, state, tmp_path, lambda session: [StockTakeScreen(session)], "count")
