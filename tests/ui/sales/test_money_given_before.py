"""Money that was given before the cashier went back: kept, handed back, never called received before it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.text.formatting import money_text
from pos.domain.money import Money
from pos.ui.sales.payment.change_column import State
from pos.ui.widgets.drawing.text_label import TextLabel
from tests.horgos import CNY
from tests.ui.at_the_counter import Hand, a_passport, close_till, open_till
from tests.ui.sales.test_payment import ALT, CONTROL, Key, given, sales


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


@pytest.fixture
def paying(hand: Hand) -> Hand:
    """A visitor with chocolate and honey, the payment open."""
    hand.show_passport()
    for category in ("food.sweets", "food.honey"):
        hand.scan(hand.goods(category).code)
    hand.press(Key.Key_F12)
    assert hand.screen_id == "payment"
    return hand


def test_going_back_keeps_what_was_given_and_can_give_it_back(paying: Hand) -> None:
    paying.type("10")
    paying.press(Key.Key_Return)

    paying.press(Key.Key_Escape)
    back = (paying.screen_id, paying.news)
    paying.press(Key.Key_Return)  # which is what a scanner sends
    paying.press(Key.Key_F12)
    kept = paying.payment.payment and len(paying.payment.payment.tenders)
    paying.press(Key.Key_Escape)
    paying.checkout.page.news.action_pressed.emit()
    paying.wait()
    handed = paying.news
    paying.press(Key.Key_F12)

    assert back[0] == "checkout"
    assert back[1] == "Already received for this sale: Cash ¥\u00a010.00."
    assert kept == 1
    assert handed == "Refund to the customer: Cash ¥\u00a010.00."
    assert paying.payment.payment is not None
    assert paying.payment.payment.tenders == ()


def test_a_card_that_the_terminal_has_not_approved_is_not_called_received(paying: Hand) -> None:
    paying.type("10")
    paying.press(Key.Key_Return)
    paying.press(Key.Key_D, ALT)
    paying.type("5")
    paying.press(Key.Key_Return)
    waiting = paying.payment.waiting()

    paying.press(Key.Key_Escape)
    kept = paying.news
    paying.press(Key.Key_F7)
    parked = paying.news
    paying.checkout.page.news.action_pressed.emit()
    paying.wait()

    assert waiting == "received: ¥\u00a010.00"
    assert kept == "Already received for this sale: Cash ¥\u00a010.00. Not approved yet: Card ¥\u00a05.00."
    first = "¥\u00a010.00 was already received for this sale. Refund it first."
    assert parked == f"{first} Not approved yet: Card ¥\u00a05.00."
    assert paying.news == "Refund to the customer: Cash ¥\u00a010.00. Removed, not approved: Card ¥\u00a05.00."


def test_one_payment_by_qr_is_written_in_one_way_on_the_whole_page(paying: Hand) -> None:
    paying.press(Key.Key_Q, ALT)
    paying.press(Key.Key_2, ALT)
    paying.type("600")
    paying.press(Key.Key_Return)
    paying.payment.entry.exact.emit()
    paying.wait()

    card = paying.payment.change.card
    texts = [label.text() for part in (card, paying.payment.due) for label in part.findChildren(TextLabel)]
    figures = [match for text in texts for match in re.findall("₸\u00a0600\\b[0-9.]*", text)]
    assert paying.payment.state is State.APPROVING
    assert figures == ["₸\u00a0600", "₸\u00a0600"]


def test_a_payment_of_nothing_but_an_unapproved_card_is_nothing_received(paying: Hand) -> None:
    paying.press(Key.Key_D, ALT)
    paying.type("5")
    paying.press(Key.Key_Return)
    assert paying.payment.waiting() == "not approved yet: Card ¥\u00a05.00"

    paying.press(Key.Key_Escape)
    assert paying.news == "Not approved yet: Card ¥\u00a05.00."
    assert paying.checkout.page.news.notice is not None
    assert paying.checkout.page.news.notice.action == "Remove it"


def test_escape_takes_away_the_card_that_is_asked_about_and_none_that_was_approved(paying: Hand) -> None:
    def card() -> str:
        texts = (label.text() for label in paying.payment.change.card.findChildren(TextLabel))
        return next(line for text in texts for line in text.splitlines() if line.endswith("by card"))

    def asked() -> tuple[State, str]:
        return paying.payment.state, card()

    paying.press(Key.Key_D, ALT)
    paying.type("5")
    paying.press(Key.Key_Return)
    paying.payment.entry.exact.emit()
    paying.wait()
    due = paying.payment.payment
    assert due is not None
    first = asked()
    paying.press(Key.Key_Return)  # the first has come
    second = asked()
    paying.press(Key.Key_Escape)  # the second has not

    assert first == (State.APPROVING, "¥\u00a05.00 by card")
    assert second == (State.APPROVING, f"{money_text(due.tenders[1].amount, 'en')} by card")
    assert (paying.screen_id, paying.payment.state) == ("payment", State.OPEN)
    assert paying.payment.payment is not None
    assert [one.amount for one in paying.payment.payment.tenders] == [Money(500, CNY)]

    paying.press(Key.Key_Escape)
    assert paying.news == "Already received for this sale: Card ¥\u00a05.00."
    paying.press(Key.Key_F12)
    paying.press(Key.Key_C, ALT)
    paying.press(Key.Key_F12)
    assert (paying.screen_id, sales(paying)) == ("paid", 1)  # an approved card is not asked about again


def test_money_of_an_emptied_basket_is_not_scanned_past(paying: Hand) -> None:
    honey = paying.goods("food.honey").code
    paying.type("10")
    paying.press(Key.Key_Return)
    paying.press(Key.Key_Escape)
    for _ in range(2):
        paying.wait(500)
        paying.press(Key.Key_F6)
    question = "¥\u00a010.00 was already received for this sale. Refund it first."

    def stands() -> tuple[int, int, str]:
        return len(paying.rows()), len(paying.view.visitors), paying.news

    paying.scan(honey)
    scanned = stands()
    paying.checkout.document_scanned(a_passport(7))
    paying.wait()
    another = stands()
    paying.checkout.visitors.on_requested("dismiss", paying.view.visitors[0].visitor.label)
    paying.wait()
    dismissed = stands()
    paying.press(Key.Key_F7)
    assert paying.screen_id == "checkout"
    assert [scanned, another, dismissed, stands()] == [(0, 1, question)] * 4

    paying.checkout.page.news.other_action_pressed.emit()  # the same customer chooses something else
    paying.wait()
    paying.checkout.document_scanned(a_passport(7))
    paying.wait()
    assert stands() == (0, 2, question)  # another one is asked about again
    paying.checkout.page.news.other_action_pressed.emit()
    paying.scan(honey)
    assert len(paying.rows()) == 1
    assert paying.payment.given() is not None


def test_what_was_received_is_shown_as_it_stands_however_the_payment_was_left(paying: Hand) -> None:
    paying.type("10")
    paying.press(Key.Key_Return)
    paying.press(Key.Key_Escape)
    paying.press(Key.Key_F12)
    paying.type("100")
    paying.press(Key.Key_Return)
    paying.till.window.lock()
    paying.sign_in()
    after_lock = paying.news
    paying.press(Key.Key_F12)
    paying.payment.due.removed.emit(0)
    paying.wait()
    paying.till.window.show_screen("checkout")
    paying.wait()

    assert after_lock == "Already received for this sale: Cash ¥\u00a010.00, Cash ¥\u00a0100.00."
    assert paying.news == "Already received for this sale: Cash ¥\u00a0100.00."


def test_money_without_goods_is_given_back_before_the_next_customer(paying: Hand) -> None:
    paying.type("10")
    paying.press(Key.Key_Return)
    paying.press(Key.Key_Escape)

    said = []
    for step in (Key.Key_F6, Key.Key_F6, Key.Key_F12):
        paying.wait(500)
        paying.press(step)
        said.append((paying.screen_id, paying.news))
    paying.press(Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    said.append((paying.screen_id, paying.news))
    paying.checkout.document_scanned(a_passport(7))
    paying.wait()
    said.append((paying.screen_id, paying.news))
    paying.checkout.page.news.action_pressed.emit()
    paying.wait()

    first = "¥\u00a010.00 was already received for this sale. Refund it first."
    assert said[0][1].startswith("Removed from the basket: ")
    assert said[1:] == [("checkout", first)] * 4
    assert paying.news == "Refund to the customer: Cash ¥\u00a010.00."
    assert paying.payment.given() is None


def test_money_without_goods_is_not_lost_with_the_shift(paying: Hand) -> None:
    paying.type("10")
    paying.press(Key.Key_Return)
    paying.press(Key.Key_Escape)
    for _ in range(2):
        paying.wait(500)
        paying.press(Key.Key_F6)
    shift = paying.till.session.shift

    paying.till.session.take_shift(None)
    paying.till.session.take_shift(shift)
    paying.wait()

    assert paying.view.lines == ()
    assert given(paying) == [Money(1_000, CNY)]
    assert paying.news.endswith("was already received for this sale. Refund it first.")


def test_goods_that_come_back_keep_the_money_that_was_given_for_them(paying: Hand) -> None:
    paying.type("10")
    paying.press(Key.Key_Return)
    paying.press(Key.Key_Escape)
    for _ in range(2):
        paying.wait(500)
        paying.press(Key.Key_F6)
    asked = paying.news
    paying.press(Key.Key_Z, CONTROL)
    undone = paying.news
    paying.press(Key.Key_F12)

    assert "Refund it first" in asked
    assert "Refund it first" not in undone
    assert paying.screen_id == "payment"
    assert given(paying) == [Money(1_000, CNY)]
