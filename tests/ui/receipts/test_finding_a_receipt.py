"""The first of the returns pages at the real window: a receipt is found by what is remembered of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.at_the_counter import PASSPORT, Hand, close_till, open_till
from tests.ui.returns.test_returns_page import at_hand, news, page, sell, with_returns

Key = Qt.Key


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A cashier of a shop that sold a toy, then honey, then two toys."""
    opened = with_returns(open_till(qapp, qtbot, tmp_path))
    toy, honey = opened.goods("toy"), opened.goods("food.honey")
    for goods in ((toy, 1), (honey, 1), (toy, 2)):
        sell(opened, goods)
    opened.press(Key.Key_F11)
    yield opened
    close_till(opened)


def listed(hand: Hand) -> list[str]:
    rows = page(hand).receipt.rows
    return [rows.text(index).receipt for index in range(rows.rowCount())]


def test_the_latest_stand_there_before_anything_is_typed(hand: Hand) -> None:
    assert listed(hand) == ["T1-000003", "T1-000002", "T1-000001"]
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Return)
    assert at_hand(hand).returnable.sale.receipt == "T1-000002"


def test_goods_are_typed_or_scanned(hand: Hand) -> None:
    honey, toy = hand.goods("food.honey"), hand.goods("toy")
    hand.type(honey.names["en"].split()[0])
    hand.wait(300)
    assert "T1-000002" in listed(hand)
    hand.scan(toy.code)
    assert listed(hand) == ["T1-000003", "T1-000001"]
    hand.wait(200)
    hand.press(Key.Key_Return)
    assert at_hand(hand).returnable.sale.receipt == "T1-000003"


def test_a_document_shows_what_its_visitor_bought(hand: Hand) -> None:
    page(hand).document_scanned(PASSPORT)
    hand.wait()
    assert listed(hand) == ["T1-000003", "T1-000002", "T1-000001"]
    page(hand).document_scanned("no document")
    hand.wait()
    assert news(hand) != ""


def test_what_fits_nothing_says_so(hand: Hand) -> None:
    hand.type("31.12.2001")
    hand.wait(300)
    assert listed(hand) == []
    assert page(hand).receipt._pages.currentIndex() == 1
    hand.press(Key.Key_Return)
    assert page(hand).controller.hand is None
