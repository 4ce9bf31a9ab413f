"""The checkout where there is little room: all gauges are seen, and the button that pays is whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.look.theme import Size
from pos.ui.widgets.cards.quota_gauge import Density
from pos.ui.widgets.drawing.broken_label import BrokenLabel
from tests.ui.at_the_counter import CARTON, Hand, a_passport, close_till, open_till
from tools.window_faults import tab_ring


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def test_every_gauge_is_seen_while_days_of_entry_are_asked_for_on_a_small_screen(hand: Hand) -> None:
    panel = hand.checkout.panel
    hand.till.window.resize(1366, 768)
    hand.show_passport()
    hand.scan(CARTON)
    for category in ("alcohol.spirit", "toy", "food.meat"):
        hand.scan(hand.goods(category).code)
    hand.till.session.report(ValueError("a notice above the page"))
    panel.question.which.click()
    hand.wait(20)
    hand.wait(20)

    gauges = panel.gauges()
    assert len(gauges) >= 4
    assert {gauge.height() for gauge in gauges} == {Density.CLOSE.pitch}
    assert [gauge.visibleRegion().boundingRect().height() for gauge in gauges] == [Density.CLOSE.pitch] * len(gauges)
    hand.till.window.resize(1366, 1000)
    hand.wait(20)
    assert min(gauge.height() for gauge in gauges) > Density.CLOSE.pitch


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_the_button_that_pays_is_whole_in_a_narrow_window(hand: Hand, language: str) -> None:
    window = hand.till.window
    hand.till.session.speak(language)
    window.resize(1100, 768)
    hand.scan("12*" + hand.goods("food.sweets").code)
    hand.wait(20)

    pay = hand.checkout.total.pay_button
    narrow = pay.mapTo(window, QPoint(pay.width(), 0)).x()
    window.resize(1500, 768)
    hand.wait(20)

    assert window.width() == 1500
    assert narrow <= 1100


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_no_key_of_the_strip_is_cut_when_a_basket_is_split(hand: Hand, language: str) -> None:
    hand.till.window.resize(1366, 768)
    hand.till.session.speak(language)
    hand.show_passport()
    hand.show_companions(1)
    hand.scan(hand.goods("toy").code)
    hand.press(Qt.Key.Key_F9)
    hand.wait(20)

    strip = hand.checkout.page.strip
    hints = [strip.hint(name) for name in strip.shown()]
    assert [hint.width() for hint in hints] == [hint.sizeHint().width() for hint in hints]
    assert strip.hint("split").isChecked()
    assert hints[-1].geometry().right() < strip.width()


def test_tab_goes_through_the_cards_of_a_party_before_the_button_that_pays(hand: Hand) -> None:
    hand.show_passport()
    hand.show_companions(2)
    hand.scan(hand.goods("toy").code)
    hand.wait(20)

    ring = tab_ring(hand.till.window)
    cards = hand.checkout.panel.party.cards()
    positions = [ring.index(card) for card in cards]
    assert len(cards) == 3
    assert positions == sorted(positions)
    assert ring.index(cards[0].tool("dismiss")) < positions[1]
    assert positions[-1] < ring.index(hand.checkout.total.pay_button)


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_what_was_given_is_seen_beside_the_question_about_the_card_in_a_narrow_window(
    hand: Hand, language: str
) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    hand.till.window.resize(1024, 768)
    hand.till.session.speak(language)
    hand.show_passport()
    for category in ("food.sweets", "food.honey"):
        hand.scan(hand.goods(category).code)
    hand.open_payment()
    hand.wait(450)
    for currency, amount in ((Qt.Key.Key_1, "50"), (Qt.Key.Key_2, "2000")):  # one row for the cash of a currency
        hand.press(currency, alt)
        hand.type(amount)
        hand.press(Qt.Key.Key_Return)
        hand.wait(450)
    payment = hand.payment
    assert [row.visibleRegion().boundingRect().height() for row in payment.due.tenders()] == [Size.ROW] * 2

    hand.press(Qt.Key.Key_1, alt)
    hand.press(Qt.Key.Key_D, alt)
    hand.press(Qt.Key.Key_F12)
    hand.wait(20)
    rows, card = payment.due.tenders(), payment.change.card
    assert [row.visibleRegion().boundingRect().height() for row in rows] == [Size.ROW] * 3
    assert card.visibleRegion().boundingRect().height() == card.height()


@pytest.mark.parametrize("language", ["zh", "ru", "kk"])
@pytest.mark.parametrize("size", [(1024, 768), (1024, 600)])
def test_a_long_name_of_a_visitor_does_not_push_their_panel_over_the_edge(
    hand: Hand, language: str, size: tuple[int, int]
) -> None:
    window = hand.till.window
    window.resize(*size)
    hand.till.session.speak(language)
    hand.scan(CARTON)
    hand.checkout.document_scanned(a_passport(1, "WOJCIECHOWSKI<BRZECZYSZCZYKIEWICZ<<MAX"))
    hand.wait(20)
    hand.wait(20)
    panel = hand.checkout.panel
    name = next(one for one in panel.findChildren(BrokenLabel) if one.isVisible())
    assert name.whole.startswith("WOJCIECHOWSKI BRZECZYSZCZYKIEWICZ")
    assert name.height() >= name.heightForWidth(name.width())
    assert [
        one for one in panel.findChildren(QWidget) if one.isVisible() and right_of(one, window) > window.width()
    ] == []


def right_of(widget: QWidget, window: QWidget) -> int:
    return widget.mapTo(window, QPoint(widget.width(), 0)).x()
