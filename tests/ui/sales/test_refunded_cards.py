"""A card of a refused sale that was given back, at this till or at another, pays for nothing any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.ports.stock_ports import StockDeduction
from pos.domain.errors import StoreUnavailable
from pos.ui.sales.payment.change_column import State
from tests.ui.at_the_counter import Hand, close_till, open_till
from tests.ui.sales.test_parked import ALT, Key, a_basket, owed_on_the_list, resume_left, started_again, stopped
from tests.ui.slow_store import SlowStore


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def refused_with_a_card(hand: Hand) -> None:
    """The goods are gone when the card was approved."""
    a_basket(hand, "food.sweets")
    short = hand.view.lines[0].line.product.id
    hand.press(Key.Key_F12)
    hand.press(Key.Key_D, ALT)
    with hand.shop.issue_receipt.store.begin() as work:
        work.holds.drop(hand.view.key, "payment")  # as its lapse does
        work.stock.take(StockDeduction(short, work.stock.on_hand(short)))
        work.commit()
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)  # approved on the terminal
    assert hand.payment.state is State.REFUSED


def goods_are_there_again(hand: Hand) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        work.stock.move(hand.view.lines[0].line.product.id, 5, "found", hand.shop.now(), "amina")
        work.commit()


def marked_at_another_till(hand: Hand) -> None:
    person = hand.till.session.person
    assert person is not None
    [owed] = hand.shop.owed_money.all()
    hand.shop.owed_money.settle(owed, person)


def marked_here(hand: Hand) -> None:
    before = hand.screen_id
    hand.till.window.show_screen("parked")
    hand.wait()
    hand.press(Key.Key_F9)
    hand.till.window.show_screen(before)
    hand.wait()


def ways(hand: Hand) -> list[str]:
    payment = hand.payment.payment
    return [] if payment is None else [tender.method for tender in payment.tenders]


def test_a_card_that_was_given_back_pays_for_nothing_any_more(hand: Hand) -> None:
    refused_with_a_card(hand)
    hand.press(Key.Key_Escape)
    marked_here(hand)
    kept = hand.payment.given(), hand.news
    goods_are_there_again(hand)
    hand.press(Key.Key_F12)

    assert kept == (None, "")
    assert hand.screen_id == "payment"
    assert ways(hand) == []


@pytest.mark.parametrize("is_on_show", [True, False])
def test_a_card_that_was_given_back_at_another_till_pays_for_nothing_either(hand: Hand, *, is_on_show: bool) -> None:
    refused_with_a_card(hand)
    goods_are_there_again(hand)
    marked_at_another_till(hand)
    if not is_on_show:
        hand.press(Key.Key_Escape)
    hand.press(Key.Key_F12)
    said = hand.payment.change.card.accessibleDescription()
    taken_off = hand.payment.given()
    hand.wait(450)
    hand.press(Key.Key_F12)  # another card, of the same amount
    hand.press(Key.Key_F12)

    assert ("A card or QR payment of this sale has been refunded." in said) is is_on_show
    assert "Marked for refund" not in said
    assert taken_off is None
    assert hand.screen_id == "paid"
    assert hand.shop.owed_money.all() == []


def test_a_card_that_was_given_back_is_not_said_to_be_received_where_the_database_is_lost_next(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused_with_a_card(hand)
    goods_are_there_again(hand)
    marked_at_another_till(hand)
    with monkeypatch.context() as patch:
        patch.setattr(type(hand.shop.hold_sale), "__call__", lambda *_asked: lost())
        hand.press(Key.Key_F12)
    on_show = ways(hand)
    hand.press(Key.Key_Escape)

    assert on_show == []
    assert "received" not in hand.news
    assert hand.payment.given() is None


def lost() -> None:
    raise StoreUnavailable("store")


def test_a_card_that_another_till_has_given_back_is_not_given_back_here_as_well(hand: Hand) -> None:
    refused_with_a_card(hand)
    hand.press(Key.Key_Escape)
    kept = hand.news
    marked_at_another_till(hand)
    hand.checkout.page.news.action_pressed.emit()
    hand.wait()

    assert "Already received for this sale: Card" in kept
    assert (hand.news, hand.payment.given()) == ("", None)


def test_a_card_of_a_refused_sale_stays_to_be_given_back_where_the_customer_pays_by_another_one(hand: Hand) -> None:
    """Refund it, says the till; that is not done before it is marked, also where the next card is of its amount."""
    refused_with_a_card(hand)
    hand.press(Key.Key_Escape)
    hand.checkout.page.news.action_pressed.emit()
    hand.wait()
    said = hand.news
    goods_are_there_again(hand)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_D, ALT)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)

    assert said.startswith("Refund to the customer: Card")
    assert hand.screen_id == "paid"
    hand.till.window.show_screen("parked")
    hand.wait()
    assert [title for title, _ in owed_on_the_list(hand)] == ["Card"]


@pytest.mark.parametrize("is_quick", [False, True])
def test_a_card_that_is_given_back_pays_for_no_basket_that_a_stop_has_left(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, *, is_quick: bool
) -> None:
    before = open_till(qapp, qtbot, tmp_path)
    refused_with_a_card(before)
    stopped(before)
    hand = started_again(qapp, qtbot, tmp_path)
    offered = hand.news
    hand.till.window.show_screen("parked")
    hand.wait()
    if is_quick:  # the basket is resumed before the store has answered
        with SlowStore(hand) as slow:
            slow.press(Key.Key_F9)
            slow.press(Key.Key_Return)
    else:
        hand.press(Key.Key_F9)
        stopped(hand)
        hand = started_again(qapp, qtbot, tmp_path)
        assert "received" not in hand.news
        resume_left(hand)

    assert "Already received for this sale: Card" in offered
    assert not (hand.shop.folder / "baskets-left-T1.json").exists()
    assert (len(hand.rows()), hand.payment.given()) == (1, None)
    close_till(hand)


@pytest.mark.parametrize("mark", [marked_here, marked_at_another_till])
def test_a_card_by_which_the_customer_paid_again_is_theirs_also_after_a_stop(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, mark: Callable[[Hand], None]
) -> None:
    before = open_till(qapp, qtbot, tmp_path)
    refused_with_a_card(before)
    goods_are_there_again(before)
    before.press(Key.Key_Escape)
    mark(before)
    before.press(Key.Key_F12)
    before.wait(450)
    before.press(Key.Key_D, ALT)
    before.payment.entry.exact.emit()  # by the same card, of the same amount
    given = before.payment.given()
    stopped(before)

    hand = started_again(qapp, qtbot, tmp_path)
    offered = hand.news
    resume_left(hand)
    hand.press(Key.Key_F12)
    kept = ways(hand)
    hand.wait(450)
    hand.press(Key.Key_F12)  # approved on the terminal

    assert given is not None
    assert "Not approved yet: Card" in offered
    assert kept == ["card"]
    assert hand.screen_id == "paid"
    assert hand.shop.owed_money.all() == []
    close_till(hand)


@pytest.mark.parametrize("is_resumed", [True, False])
def test_a_card_that_was_given_back_while_its_basket_is_offered_is_not_said_to_be_received(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, *, is_resumed: bool
) -> None:
    before = open_till(qapp, qtbot, tmp_path)
    refused_with_a_card(before)
    stopped(before)
    hand = started_again(qapp, qtbot, tmp_path)
    offered = hand.news
    marked_at_another_till(hand)
    if is_resumed:
        resume_left(hand)
    else:
        hand.checkout.page.news.other_action_pressed.emit()
        hand.wait()

    assert "Already received for this sale: Card" in offered
    assert "Card" not in hand.news
    assert hand.payment.given() is None
    close_till(hand)
