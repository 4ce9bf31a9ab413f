"""Money that was received and is in no book yet, above all cash: it is on show until it is booked or goes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.sales.parked_sales import ParkedSales
from pos.domain.errors import StoreUnavailable
from pos.domain.money import Money
from tests.horgos import CNY
from tests.ui.at_the_counter import Hand, close_till, open_till
from tests.ui.sales.test_parked import ALT, Key, a_basket, resume_left, started_again, stopped
from tests.ui.slow_store import SlowStore


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def ten_in_cash(hand: Hand) -> None:
    """Taken on the payment page, which is left again."""
    hand.press(Key.Key_F12)
    hand.payment.entry.given.emit(Money(1_000, CNY))
    hand.press(Key.Key_Escape)


def test_money_that_is_kept_for_the_customer_is_not_forgotten_where_a_parked_basket_is_resumed(hand: Hand) -> None:
    a_basket(hand, "food.honey")
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    a_basket(hand, "food.sweets")
    ten_in_cash(hand)
    hand.press(Key.Key_F6)
    asked = hand.news
    hand.checkout.page.news.other_action_pressed.emit()  # keep it for this customer
    hand.wait()
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    stays = hand.payment.given(), hand.rows()
    hand.checkout.page.news.action_pressed.emit()
    hand.wait()
    gone_back = hand.news
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)

    assert asked == "¥\u00a010.00 was already received for this sale. Refund it first."
    assert stays[0] is not None
    assert stays[1] == []
    assert gone_back == "Refund to the customer: Cash ¥\u00a010.00."
    assert (len(hand.rows()), hand.payment.given()) == (1, None)


def test_the_next_person_is_asked_about_money_that_was_kept_for_a_customer(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    ten_in_cash(hand)
    hand.press(Key.Key_F6)
    hand.checkout.page.news.other_action_pressed.emit()  # keep it for this customer
    hand.wait()
    hand.till.session.take_person(None)
    hand.wait()
    hand.sign_in("amina")
    hand.scan(hand.goods("food.honey").code)

    assert hand.rows() == []
    assert hand.news == "¥\u00a010.00 was already received for this sale. Refund it first."


@pytest.mark.parametrize("discards_first", [True, False])
def test_money_of_a_basket_that_is_discarded_and_resumed_over_a_slow_store_is_in_one_place(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, *, discards_first: bool
) -> None:
    before = open_till(qapp, qtbot, tmp_path)
    a_basket(before, "food.sweets")
    ten_in_cash(before)
    stopped(before)
    hand = started_again(qapp, qtbot, tmp_path)
    autosave = hand.checkout.parking.autosave
    [basket] = autosave.baskets
    reported: list[object] = []
    autosave.discarded.connect(lambda gone: reported.extend(gone.given.tenders if gone.given else ()))
    with SlowStore(hand):
        for decide in (autosave.discard, autosave.resume) if discards_first else (autosave.resume, autosave.discard):
            decide(basket)
    given = hand.payment.given()

    assert (len(reported), given is None) == ((1, True) if discards_first else (0, False))
    close_till(hand)


def test_money_that_a_stop_has_left_is_on_show_also_where_the_database_did_not_answer_at_the_start(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = open_till(qapp, qtbot, tmp_path)
    a_basket(before, "food.sweets")
    ten_in_cash(before)
    stopped(before)
    with monkeypatch.context() as patch:
        patch.setattr(ParkedSales, "sold_as", lambda *_asked: lost())
        hand = started_again(qapp, qtbot, tmp_path)
        hidden = hand.till.session.kept_cash()
        a_basket(hand, "food.honey")
        hand.wait(700)
    session = hand.till.session
    session.look_for_store()
    session.store_answers()
    hand.wait()

    assert list(hidden) == []
    assert list(session.kept_cash()) == [Money(1_000, CNY)]
    assert "Already received for this sale: Cash" in hand.news
    close_till(hand)


def lost() -> None:
    raise StoreUnavailable("store")


def test_money_of_a_resumed_basket_is_what_it_was_last_where_the_till_stopped_before_it_forgot_the_one_of_before(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    before = open_till(qapp, qtbot, tmp_path)
    a_basket(before, "food.sweets")
    ten_in_cash(before)
    stopped(before)
    again = started_again(qapp, qtbot, tmp_path)
    left = again.shop.folder / "baskets-left-T1.json"
    as_left = left.read_text("utf-8")
    resume_left(again)
    ten_in_cash(again)
    stopped(again)
    left.write_text(as_left, "utf-8")

    hand = started_again(qapp, qtbot, tmp_path)
    assert list(hand.till.session.kept_cash()) == [Money(2_000, CNY)]
    close_till(hand)


def a_card_and_a_note(hand: Hand) -> None:
    """The terminal has approved the first of two cards; the second is declined, and the sale is not refused."""
    hand.press(Key.Key_F12)
    hand.payment.entry.given.emit(Money(1_000, CNY))
    hand.press(Key.Key_D, ALT)
    hand.type("1")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_D, ALT)
    hand.payment.entry.exact.emit()
    hand.wait(450)
    hand.press(Key.Key_F12)  # the first is approved
    hand.press(Key.Key_Escape)  # the second is not
    hand.press(Key.Key_Escape)


def closed_anyway(hand: Hand) -> str:
    """What the window asked before it closed."""
    hand.till.window.close()
    asked = hand.till.window.unfinished.news().text
    hand.till.window.work.notices.action_pressed.emit()
    assert not hand.till.window.isVisible()
    close_till(hand)
    return asked


def test_money_that_was_received_is_on_show_at_the_next_start_where_the_program_was_closed_anyway(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    before = open_till(qapp, qtbot, tmp_path)
    a_basket(before, "food.sweets", "food.honey")
    a_card_and_a_note(before)
    asked = closed_anyway(before)
    again = started_again(qapp, qtbot, tmp_path)
    offered = again.news
    resume_left(again)
    asked_again = closed_anyway(again)  # before the payment was opened again
    hand = started_again(qapp, qtbot, tmp_path)

    kept = "Closing the program keeps it with its money; it is offered at the next start."
    assert asked.startswith("A basket is open: 2 lines")
    assert asked.endswith(f"received: ¥\u00a011.00. {kept}")
    assert asked_again.endswith(f"received: Cash ¥\u00a010.00, Card ¥\u00a01.00. {kept}")
    for said in (offered, hand.news):
        assert "Already received for this sale: Cash ¥\u00a010.00, Card ¥\u00a01.00." in said
    close_till(hand)


def test_a_basket_without_money_is_cleared_where_the_program_is_closed(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    before = open_till(qapp, qtbot, tmp_path)
    a_basket(before, "food.sweets")
    before.wait(700)
    asked = closed_anyway(before)
    hand = started_again(qapp, qtbot, tmp_path)

    assert asked.endswith("Closing the program clears it.")
    assert hand.news == ""
    close_till(hand)
