"""The pages of the goods at a small screen, 1366 × 768: with tabs above them and a notice nothing is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.ui.input.actions import COUNT, IMPORT, LABELS, ORDERS, PRODUCTS, RECEIVE, STOCK, WORKSHOP
from pos.ui.shell.pages_at_work import pages_at_work
from tests.ui.at_the_stock import StockHand, at_the_stock

_LEFT = 768 - 48 - 44 - 48
"""What the status line, the tabs of a manager and a notice leave to a page."""


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, state: Path, tmp_path: Path) -> Iterator[StockHand]:
    """The clerk at the window with all its pages."""
    yield from at_the_stock(qapp, qtbot, state, tmp_path, pages_at_work, PRODUCTS)


def test_every_page_of_the_goods_fits_beneath_tabs_and_a_notice(clerk: StockHand) -> None:
    for language in ("ru", "zh"):
        clerk.till.session.speak(language)
        for screen_id in (PRODUCTS, RECEIVE, ORDERS, COUNT, STOCK, WORKSHOP, LABELS, IMPORT):
            page = clerk.till.window.screen_at(screen_id)
            assert page is not None
            assert page.minimumSizeHint().height() <= _LEFT, (screen_id, language)
