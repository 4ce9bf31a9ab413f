"""The counter on small and upright screens: everything of a sale can be seen and pressed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.sales.payment.payment_columns import Arrangement, PaymentColumns
from tests.ui.at_the_counter import Hand, close_till, open_till

Key = Qt.Key


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def place_of(part: QWidget) -> QRect:
    return QRect(part.mapToGlobal(QPoint()), part.size())


def resize(hand: Hand, width: int, height: int) -> None:
    hand.till.window.showNormal()
    hand.till.window.resize(width, height)
    hand.wait(10)


def cut(part: QWidget) -> list[str]:
    """The buttons of a page that are not whole in sight of their parents."""
    return [
        button.accessibleName()
        for button in part.findChildren(QAbstractButton)
        if button.isVisible() and button.visibleRegion().boundingRect().size() != button.size()
    ]


@pytest.mark.parametrize(
    ("width", "height"), [(1024, 600), (1024, 768), (1024, 700), (600, 1024), (1280, 800), (1920, 1080)]
)
def test_a_sale_is_paid_on_every_screen(hand: Hand, width: int, height: int) -> None:
    resize(hand, width, height)
    hand.show_passport()
    for category in ("food.sweets", "food.honey"):
        hand.scan(hand.goods(category).code)
    pay = hand.checkout.total.pay_button
    assert place_of(hand.till.window).contains(place_of(pay))
    hand.press(Key.Key_F12)
    assert hand.screen_id == "payment"
    assert cut(hand.payment.entry) == []
    assert place_of(hand.till.window).contains(place_of(hand.payment.change.button))
    hand.press(Key.Key_F12)
    assert hand.screen_id == "paid"


@pytest.mark.parametrize(
    ("width", "height", "arrangement"),
    [(1366, 768, Arrangement.APART), (1024, 768, Arrangement.ASIDE), (600, 1024, Arrangement.STACKED)],
)
def test_the_payment_stands_in_three_columns_two_or_over_each_other(
    hand: Hand, width: int, height: int, arrangement: Arrangement
) -> None:
    resize(hand, width, height)
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F12)
    columns = hand.payment.findChild(PaymentColumns)
    assert columns is not None
    assert columns.arrangement is arrangement
    parts = [place_of(part) for part in (hand.payment.due, hand.payment.entry, hand.payment.change)]
    assert not any(one.intersects(other) for one in parts for other in parts if one is not other)


def test_a_notice_moves_nothing_on_the_page(hand: Hand) -> None:
    hand.scan(hand.goods("food.sweets").code)
    field = place_of(hand.checkout.page.scan.box)
    hand.till.window.close()
    hand.wait(10)
    notices, languages = hand.till.window.work.notices, hand.till.window.work.status.languages
    assert notices.isVisible()
    assert not place_of(notices).intersects(place_of(languages)), "it can be read in another language"
    assert place_of(hand.checkout.page.scan.box) == field


def test_a_notice_leaves_the_way_back_to_be_pressed(hand: Hand) -> None:
    hand.scan(hand.goods("food.sweets").code)
    hand.till.window.close()
    hand.wait(10)
    work = hand.till.window.work
    assert work.notices.isVisible()
    assert work.status.back.isVisible()
    assert not place_of(work.notices).intersects(place_of(work.status.back))

    work.status.back.hide()
    hand.wait(10)
    assert work.notices.geometry().left() == work.status.geometry().left()


def test_the_keys_of_the_basket_keep_their_words_in_a_narrow_window(hand: Hand) -> None:
    resize(hand, 600, 1024)
    strip = hand.checkout.page.strip
    hints = [strip.hint(action) for action in strip.shown()]
    assert all(hint.width() >= hint.sizeHint().width() for hint in hints)
    assert all(strip.rect().contains(QRect(hint.mapTo(strip, QPoint()), hint.size())) for hint in hints)
