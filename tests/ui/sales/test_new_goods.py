"""Goods that the shop does not know yet are added at the counter, and what was scanned is in the basket afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.errors import StoreUnavailable
from pos.domain.money import Money
from pos.ui.widgets.drawing.text_label import TextLabel
from tests.horgos import CNY
from tests.ui.at_the_counter import Hand, close_till, open_till

STRANGER, OTHER = "4006381333931", "4006381333948"
Key = Qt.Key


@pytest.fixture
def boss(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path, "manager")
    yield opened
    close_till(opened)


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def offered(hand: Hand) -> str:
    notice = hand.checkout.page.news.notice
    return "" if notice is None else notice.action


def fill(hand: Hand, name: str, price: str, category: str, pieces: str = "") -> None:
    panel = hand.checkout.page.new_goods
    panel.name.setText(name)
    panel.price.setText(price)
    panel.category.setCurrentIndex(panel.category.findData(category))
    if pieces:
        panel.pieces.setText(pieces)
    hand.press(Key.Key_Return)


def test_an_unknown_code_becomes_a_product_and_is_in_the_basket(boss: Hand) -> None:
    boss.scan(STRANGER)
    assert (boss.rows(), offered(boss)) == ([], "New product")
    boss.wait(200)  # longer than a scanner's second Enter
    boss.press(Key.Key_Return)
    panel = boss.checkout.page.new_goods
    assert (panel.isVisible(), panel.name.hasFocus(), panel.pieces.text()) == (True, True, "1")

    fill(boss, "Marker", "3.50", "other", "12")

    assert boss.rows() == ["1 | Marker | 3.50"]
    assert not panel.isVisible()
    found = boss.shop.find.show(STRANGER)
    assert (found.product.price, found.product.category, found.on_hand) == (Money(350, CNY), "other", 12)
    assert boss.checkout.page.scan.box.field.hasFocus()


def test_an_error_is_shown_and_what_was_typed_stays(boss: Hand) -> None:
    boss.scan(STRANGER)
    boss.wait(200)
    boss.checkout.page.news.action_pressed.emit()
    panel = boss.checkout.page.new_goods
    for price, category, pieces in (("abc", "other", "1"), ("3", "none", "1"), ("3", "other", "0")):
        fill(boss, "Marker", price, category, pieces)
        assert (panel.isVisible(), panel.name.text(), panel._wrong.text() != "") == (True, "Marker", True)
    assert "Quantity in stock" in panel._wrong.text()

    boss.press(Key.Key_Escape)
    assert not panel.isVisible()
    assert boss.rows() == []


def test_a_complaint_about_a_field_goes_as_soon_as_it_is_typed_or_chosen(boss: Hand) -> None:
    boss.scan(STRANGER)
    boss.wait(200)
    boss.checkout.page.news.action_pressed.emit()
    panel = boss.checkout.page.new_goods

    boss.press(Key.Key_Return)
    assert panel._wrong.text() == "Name is missing."
    boss.type("Marker")
    assert panel._wrong.text() == ""
    boss.press(Key.Key_Return)
    assert panel._wrong.text() == "Price is missing."
    boss.type("3")
    assert panel._wrong.text() == ""
    boss.press(Key.Key_Return)
    assert panel._wrong.text() == "Category is missing."
    boss.press(Key.Key_Down)
    assert (panel.category.currentIndex() >= 0, panel._wrong.text()) == (True, "")


def test_another_unknown_code_takes_nothing_that_is_typed(boss: Hand) -> None:
    boss.scan(STRANGER)
    boss.wait(200)
    boss.checkout.page.news.action_pressed.emit()
    panel = boss.checkout.page.new_goods
    panel.name.setText("Marker")
    boss.scan(OTHER)
    boss.wait(200)
    boss.checkout.page.news.action_pressed.emit()

    assert (panel.code, panel.name.text()) == (STRANGER, "Marker")


def test_what_could_not_be_saved_is_not_typed_again(boss: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    boss.scan(STRANGER)
    boss.wait(200)
    boss.checkout.page.news.action_pressed.emit()

    def away(*_arguments: object) -> None:
        raise StoreUnavailable("10.0.0.5")

    with monkeypatch.context() as patch:
        patch.setattr(type(boss.shop.edit_product), "add", away)
        fill(boss, "Marker", "3", "other")

    panel = boss.checkout.page.new_goods
    assert (panel.isVisible(), panel.name.text(), boss.rows()) == (True, "Marker", [])


def test_a_cashier_is_offered_no_form(hand: Hand) -> None:
    hand.scan(STRANGER)

    assert offered(hand) == ""


def test_a_number_of_an_identity_card_is_no_code_of_goods(boss: Hand) -> None:
    boss.type("11010519491231002X")
    boss.press(Key.Key_Return)

    assert offered(boss) != "New product"


def test_the_whole_code_stands_above_the_form_on_a_small_screen(boss: Hand) -> None:
    boss.till.window.resize(1024, 768)
    for language in ("en", "zh", "ru", "kk"):
        boss.till.session.speak(language)
        boss.scan(STRANGER)
        boss.wait(200)
        boss.press(Key.Key_Return)
        boss.wait(10)
        panel = boss.checkout.page.new_goods
        title = next(label for label in panel.findChildren(TextLabel) if STRANGER in label.text())
        words = title.fontMetrics().boundingRect(title.rect(), Qt.TextFlag.TextWordWrap, title.text())
        assert title.rect().adjusted(-1, -1, 1, 1).contains(words), (language, words, title.rect())
        boss.press(Key.Key_Escape)
