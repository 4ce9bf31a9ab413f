"""What is typed at the payment: doubtful amounts are asked about, and nothing that is typed is lost or added twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.money import Money
from pos.ui.look.sounds import Sound
from pos.ui.sales.payment.change_column import State
from pos.ui.widgets.buttons.keypad import ENTER
from tests.horgos import CNY, KZT, USD
from tests.ui.at_the_counter import Hand, a_passport, close_till, open_till
from tests.ui.sales.test_payment import ALT, Key, given, sales


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


def test_a_letter_in_an_amount_is_heard_and_the_figures_stay(paying: Hand) -> None:
    paying.type("5")
    before = len(paying.heard.sounds)
    paying.type("q")
    paying.type("5")

    assert paying.heard.sounds[before:] == [Sound.UNREAD]
    assert paying.payment.entry.amount.amount() == Money(5500, CNY)


def test_an_amount_that_looks_like_a_slip_is_taken_when_it_is_entered_once_more(paying: Hand) -> None:
    paying.press(Key.Key_3, ALT)
    paying.type("50000")
    paying.press(Key.Key_Return)
    asked = (paying.payment.state, paying.payment.payment and paying.payment.payment.tenders)
    text = paying.payment.change.card.accessibleDescription()
    sound = paying.heard.sounds[-1]
    paying.press(Key.Key_Return)

    assert asked == (State.ASKED, ())
    assert "times the amount due" in text
    assert "₸" in text
    assert sound is Sound.UNKNOWN
    assert paying.payment.payment is not None
    assert [str(tender.amount) for tender in paying.payment.payment.tenders] == ["50000.00"]
    assert sales(paying) == 0


def test_figures_typed_quickly_before_f12_are_paid_by_it_though_the_window_is_busy(paying: Hand) -> None:
    """The window hears two figures and F12 together, 90 ms apart by the clock of the keys."""
    paying.press(Key.Key_3, ALT)
    paying.typing.look()
    paying.typing.pause()
    paying.typing.begin_burst("40")
    paying.typing.press_again(Key.Key_F12, after=0.09)
    paying.wait()

    paid = paying.shop.show_sale("T1-000001").paid
    assert [one.tender.amount for one in paid][:1] == [Money.parse("40", USD)]


def test_an_amount_typed_though_all_is_paid_shows_its_change_before_f12_records(paying: Hand) -> None:
    """*Exact* was tapped by mistake, the customer hands over 500: the change is 500 more than it should be."""
    paying.payment.entry.all.click()
    paying.wait()
    paid = given(paying)
    paying.type("500")
    paying.press(Key.Key_F12)
    paying.typing.press_again(Key.Key_F12)
    paying.wait()
    assert paying.payment.payment is not None
    change = [one.amount for one in paying.payment.payment.view().change]
    shown = (sales(paying), paying.screen_id, change)
    paying.press(Key.Key_F12)

    assert len(paid) == 1
    assert shown == (0, "payment", [Money.parse("500", CNY)])
    assert (sales(paying), paying.screen_id) == (1, "paid")


@pytest.mark.parametrize("by_tap", [False, True])
def test_an_amount_typed_though_all_is_paid_shows_its_change_before_a_double_press_records(
    paying: Hand, by_tap: bool
) -> None:
    paying.payment.entry.all.click()
    paying.wait()
    paying.type("500")
    if by_tap:
        paying.typing.look()
        paying.typing.tap(paying.payment.change.button)
        paying.typing.pause()
        paying.typing.tap(paying.payment.change.button)
    else:
        paying.press(Key.Key_Return)
        paying.typing.press_again(Key.Key_Return)
    paying.wait()
    assert paying.payment.payment is not None
    change = [one.amount for one in paying.payment.payment.view().change]
    shown = (sales(paying), paying.screen_id, change)
    paying.press(Key.Key_Return)

    assert shown == (0, "payment", [Money.parse("500", CNY)])
    assert (sales(paying), paying.screen_id) == (1, "paid")


@pytest.mark.parametrize("by_tap", [False, True])
def test_an_amount_that_pays_all_is_on_show_with_its_change_before_a_double_press_records(
    paying: Hand, by_tap: bool
) -> None:
    """The customer gives 500 and wants the change in tenge; the till proposes yuan."""
    paying.type("500")
    if by_tap:
        enter = paying.payment.entry.keypad.key(ENTER)
        paying.typing.look()
        paying.typing.tap(enter)
        paying.typing.pause()
        paying.typing.tap(enter)
    else:
        paying.press(Key.Key_Return)
        paying.typing.press_again(Key.Key_Return)
    paying.wait()
    payment = paying.payment.payment
    tendered = [] if payment is None else [tender.amount for tender in payment.tenders]
    change = paying.payment.change
    shown = (sales(paying), paying.screen_id, tendered, change.choice.isVisible(), change.other.isVisible())
    paying.press(Key.Key_Return)

    assert shown == (0, "payment", [Money.parse("500", CNY)], True, True)
    assert (sales(paying), paying.screen_id) == (1, "paid")


def test_cash_that_no_coins_make_is_refused_where_it_is_typed(paying: Hand) -> None:
    paying.press(Key.Key_2, ALT)
    paying.type("12.5")
    paying.press(Key.Key_Return)
    refused = given(paying), paying.payment.change.card.accessibleDescription()

    assert refused == ([], "Amount: ₸\xa012.50 cannot be paid in cash.")


def test_a_figure_in_the_wrong_currency_is_kept_when_the_right_one_is_chosen(paying: Hand) -> None:
    paying.press(Key.Key_3, ALT)
    paying.type("20000")
    paying.press(Key.Key_F12)
    asked = paying.payment.state
    paying.press(Key.Key_2, ALT)
    chosen = (paying.payment.state, paying.payment.entry.amount.amount())
    paying.press(Key.Key_Return)

    assert (asked, chosen) == (State.ASKED, (State.OPEN, Money(2_000_000, KZT)))
    assert paying.payment.payment is not None
    assert [tender.amount for tender in paying.payment.payment.tenders] == [Money(2_000_000, KZT)]


def test_what_is_typed_after_all_is_paid_is_asked_about_and_nothing_is_recorded_meanwhile(paying: Hand) -> None:
    paying.type("1000")
    paying.press(Key.Key_Return)
    assert paying.payment.payment is not None
    settled = paying.payment.payment.view().is_settled
    paying.type("999999999999")
    paying.press(Key.Key_F12)

    assert settled
    assert paying.payment.state in (State.ASKED, State.REFUSED)
    assert sales(paying) == 0


def test_a_question_about_an_amount_goes_when_it_is_corrected(paying: Hand) -> None:
    paying.type("50000")
    paying.press(Key.Key_Return)
    asked = paying.payment.state
    paying.press(Key.Key_Backspace)

    assert (asked, paying.payment.state) == (State.ASKED, State.OPEN)
    assert sales(paying) == 0


@pytest.mark.parametrize("first", ["50000", "999999999999"])
def test_a_figure_typed_after_one_that_is_asked_about_is_another_figure(paying: Hand, first: str) -> None:
    paying.type(first)
    paying.press(Key.Key_Return)
    asked = paying.payment.state
    paying.type("20")
    paying.press(Key.Key_Return)

    assert asked in (State.ASKED, State.REFUSED)
    assert given(paying) == [Money(2_000, CNY)]


def test_a_figure_that_is_asked_about_can_be_corrected_from_its_end(paying: Hand) -> None:
    paying.type("50000")
    paying.press(Key.Key_Return)
    for _ in range(3):
        paying.press(Key.Key_Backspace)
    paying.type("5")

    assert paying.payment.entry.amount.amount() == Money(50_500, CNY)


def test_an_absurd_amount_is_refused_in_one_sentence(paying: Hand) -> None:
    paying.type("999999999999")
    paying.press(Key.Key_Return)

    assert paying.payment.state is State.REFUSED
    assert paying.payment.change.card.accessibleDescription() == "Amount: “999999999999.00” is too large."


def test_a_refusal_of_a_figure_ends_when_another_is_typed(paying: Hand) -> None:
    """*Not recorded: 999999999.00 too much* stood beside the next figure, as if that were refused too."""
    paying.press(Key.Key_D, ALT)
    paying.type("999999999")
    paying.press(Key.Key_Return)
    refused = (paying.payment.state, paying.payment.change.card.accessibleName())
    paying.press(Key.Key_5)

    assert refused == (State.REFUSED, "Not recorded")
    assert paying.payment.state is State.OPEN
    assert paying.payment.change.card.accessibleName() != "Not recorded"


def test_a_missing_reference_is_not_missed_any_more_once_it_is_typed(hand: Hand) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        work.settings.set("card_reference", "yes")
        work.commit()
    hand.till.session.take_settings(hand.shop.settings())
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_D, ALT)
    hand.press(Key.Key_F12)
    refused = hand.payment.change.card.accessibleDescription()
    hand.payment.entry.reference.setFocus()
    hand.type("44")

    assert refused == "Reference is missing."
    assert hand.payment.state is State.OPEN


def test_a_thousand_with_a_comma_is_neither_a_thousand_nor_one(paying: Hand) -> None:
    paying.type("1,000")
    card = paying.payment.change.card
    assert card.accessibleDescription() == "Amount: “1,000” is ambiguous. Type it without a thousands separator."
    for key in (Key.Key_Return, Key.Key_F12):
        paying.press(key)
        paying.wait(450)
    assert (paying.screen_id, given(paying), sales(paying)) == ("payment", [], 0)

    for _ in range(4):
        paying.press(Key.Key_Backspace)
    assert "ambiguous" not in card.accessibleDescription()
    paying.type("000")
    paying.press(Key.Key_Return)
    assert given(paying) == [Money(100_000, CNY)]


def test_a_figure_that_is_typed_is_kept_when_another_currency_is_chosen(paying: Hand) -> None:
    paying.type("500")
    paying.press(Key.Key_2, ALT)
    assert paying.payment.entry.amount.amount() == Money(50_000, KZT)
    paying.type("20000")  # it was only proposed
    paying.press(Key.Key_Return)
    assert given(paying) == [Money(2_000_000, KZT)]


def test_a_figure_that_can_be_read_in_two_ways_is_not_dropped_by_another_currency(paying: Hand) -> None:
    paying.type("1,000")
    paying.press(Key.Key_2, ALT)
    assert paying.payment.entry.amount.doubt is not None
    paying.press(Key.Key_F12)
    assert (paying.screen_id, paying.payment.state, given(paying)) == ("payment", State.REFUSED, [])
    paying.press(Key.Key_Delete)
    paying.type("2000")
    paying.press(Key.Key_Return)
    assert given(paying) == [Money(200_000, KZT)]


def test_a_tap_on_complete_does_not_drop_what_is_typed(paying: Hand) -> None:
    for _ in range(4):
        paying.payment.entry.given.emit(Money(10_000, CNY))
    paying.type("50")
    paying.typing.look()
    paying.payment.change.button.click()
    paying.wait()
    assert (paying.screen_id, sales(paying)) == ("payment", 0)
    paying.typing.look()
    if paying.payment.state is State.ASKED:  # more than is due looks like a slip
        paying.payment.change.button.click()
        paying.wait()
        paying.typing.look()
    assert given(paying) == [Money(40_000, CNY), Money(5_000, CNY)]
    paying.payment.change.button.click()
    paying.wait()
    assert (paying.screen_id, sales(paying)) == ("paid", 1)


@pytest.mark.parametrize("is_tapped", [False, True])
def test_a_figure_typed_while_a_card_is_asked_about_is_added_before_anything_is_recorded(
    paying: Hand, *, is_tapped: bool
) -> None:
    paying.press(Key.Key_D, ALT)
    paying.press(Key.Key_F12)
    assert paying.payment.state is State.APPROVING
    paying.press(Key.Key_C, ALT)
    paying.type("3")
    paying.wait(450)

    if is_tapped:
        paying.payment.change.record.emit()
        paying.wait()
    else:
        paying.press(Key.Key_F12)

    assert (paying.screen_id, paying.payment.state) == ("payment", State.APPROVING)
    given = paying.payment.given()
    assert given is not None
    assert [tender.method for tender in given.tenders] == ["card", "cash"]
    assert sales(paying) == 0


def test_a_figure_typed_at_the_payment_is_there_again_after_goods_are_scanned(paying: Hand) -> None:
    more = paying.goods("toy").code
    paying.press(Key.Key_2, ALT)
    paying.type("20000")
    paying.scan(more)
    assert (paying.screen_id, len(paying.rows())) == ("checkout", 3)

    paying.press(Key.Key_F12)
    amount = paying.payment.entry.amount
    assert (paying.screen_id, amount.amount(), given(paying)) == ("payment", Money(2_000_000, KZT), [])
    paying.press(Key.Key_Return)  # it was typed for another sum
    assert (paying.payment.state, given(paying)) == (State.ASKED, [])
    paying.press(Key.Key_Return)
    assert given(paying) == [Money(2_000_000, KZT)]


def test_another_figure_replaces_the_one_that_was_typed_before_the_scan(paying: Hand) -> None:
    paying.type("20")
    paying.scan(a_passport(1))
    assert paying.screen_id == "checkout"
    paying.open_payment()
    paying.type("50")

    assert (paying.payment.entry.amount.amount(), given(paying)) == (Money(5_000, CNY), [])


def test_a_reference_of_the_terminal_stays_while_goods_are_scanned(paying: Hand) -> None:
    paying.press(Key.Key_D, ALT)
    paying.payment.entry.reference.setText("Terminal 01 4417")
    paying.scan(paying.goods("toy").code)
    paying.press(Key.Key_F12)

    assert paying.payment.entry.reference.text() == "Terminal 01 4417"


def test_a_figure_typed_at_the_payment_is_dropped_by_esc_and_not_left_to_the_next_person(paying: Hand) -> None:
    amount = paying.payment.entry.amount
    paying.type("20")
    paying.press(Key.Key_Escape)
    paying.press(Key.Key_F12)
    dropped = amount.is_empty()
    paying.type("30")
    paying.till.window.lock()
    paying.sign_in("manager")
    paying.press(Key.Key_F12)

    assert dropped
    assert amount.is_empty()


def test_a_figure_typed_for_one_basket_is_not_there_for_the_next(paying: Hand) -> None:
    more = paying.goods("toy").code
    paying.type("20")
    paying.scan(more)
    paying.press(Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    paying.show_passport()
    paying.scan(more)
    paying.open_payment()

    assert paying.screen_id == "payment"
    assert paying.payment.entry.amount.is_empty()


@pytest.mark.parametrize("gap", [0.0, 0.02, 0.2])
def test_a_figure_with_f12_right_behind_it_is_asked_about_also_where_the_window_hears_both_late(
    paying: Hand, gap: float
) -> None:
    paying.press(Key.Key_2, ALT)
    paying.typing.look()
    window = paying.till.window.windowHandle()
    QTest.keyClick(window, Key.Key_5)
    paying.typing.wait(gap)
    QTest.keyClick(window, Key.Key_F12)
    paying.wait()

    assert (paying.screen_id, paying.payment.state) == ("payment", State.ASKED)
    assert given(paying) == []


def test_a_figure_with_a_tap_right_behind_it_is_not_dropped_either(paying: Hand) -> None:
    for _ in range(4):
        paying.payment.entry.given.emit(Money(10_000, CNY))
    paying.typing.wait(1)
    QTest.keyClick(paying.till.window.windowHandle(), Key.Key_5)
    paying.typing.tap(paying.payment.change.button)
    paying.wait()

    assert (paying.screen_id, sales(paying)) == ("payment", 0)
