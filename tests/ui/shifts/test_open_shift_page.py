"""The float at the start of a shift: note by note, or as one total per currency."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt

from pos.domain.errors import BadField
from pos.domain.shifts.shift_report import CashLine, ZReport
from pos.ui.shifts.open_shift.screen import OpenShiftScreen
from tests.horgos import CNY
from tests.ui.conftest import Hand, Opener
from tests.ui.fakes_shop import PIN, STAFF, FakeStore, a_store
from tests.ui.slow_store import SlowStore

Key = Qt.Key


@pytest.fixture
def store() -> FakeStore:
    return a_store(*STAFF)


@pytest.fixture
def hand(open_till: Opener, store: FakeStore) -> Hand:
    """Amina before an empty drawer."""
    hand = open_till(store)
    hand.sign_in()
    assert hand.screen_id == "open_shift"
    return hand


def page(hand: Hand) -> OpenShiftScreen:
    return hand.till.way_in.open_shift


def asked(hand: Hand) -> str:
    notice = page(hand).news.notice
    return "" if notice is None else notice.text


def test_the_float_is_counted_note_by_note(hand: Hand, store: FakeStore) -> None:
    page(hand).board.columns["CNY"].cells[10_000].setFocus()
    hand.type("5")
    hand.press(Key.Key_Return)
    hand.type("2")
    hand.press(Key.Key_F12)
    assert store.shift is not None
    assert {code: str(money) for code, money in store.shift.float_.items()} == {"CNY": "600.00"}
    assert store.notes == {"CNY": {10_000: 5, 5_000: 2}}


def test_one_currency_may_be_counted_and_another_reported_as_a_total(hand: Hand, store: FakeStore) -> None:
    hand.press(Key.Key_Right)
    hand.type("150000")
    hand.press(Key.Key_Left)
    hand.press(Key.Key_Up)
    hand.type("30")
    hand.press(Key.Key_F12)
    assert store.shift is not None
    assert {code: str(money) for code, money in store.shift.float_.items()} == {"CNY": "3.00", "KZT": "150000.00"}
    assert store.notes == {"CNY": {10: 30}}


def test_a_total_that_was_typed_gives_way_to_the_notes_and_comes_back_empty(hand: Hand) -> None:
    cny = page(hand).amounts["CNY"]
    hand.type("700")
    hand.press(Key.Key_Up)
    hand.type("4")
    assert cny.isHidden()
    assert str(page(hand).board.columns["CNY"].sum) == "0.40"
    hand.press(Key.Key_Backspace)
    assert not cny.isHidden()
    assert cny.is_empty()


def test_an_enter_pressed_twice_after_the_pin_leaves_the_cursor_in_the_first_currency(
    open_till: Opener, store: FakeStore
) -> None:
    hand = open_till(store)
    hand.wait()
    hand.till.way_in.sign_in.people.card("amina").setChecked(True)
    hand.type(PIN)
    hand.typing.press(Key.Key_Return)
    hand.typing.press_again(Key.Key_Return, 0.1)
    hand.wait()
    hand.typing.press_again(Key.Key_Return, 0.1)
    for total in ("100", "20000", "10", "10"):
        hand.type(total)
        hand.press(Key.Key_Return)
    before = store.shift
    hand.type("500")
    hand.press(Key.Key_Return)

    assert before is None
    assert store.shift is not None
    assert [str(money) for money in store.shift.float_.values()] == ["100.00", "20000.00", "10.00", "10.00", "500.00"]


def test_enter_goes_through_the_totals_and_then_opens(hand: Hand, store: FakeStore) -> None:
    for total in ("100", "20000", "10", "10", "500"):
        hand.type(total)
        hand.press(Key.Key_Return)
    assert hand.screen_id == "checkout"
    assert store.shift is not None
    assert str(store.shift.float_["RUB"]) == "500.00"


@pytest.mark.parametrize(("roubles", "drawer"), [("500", "500.00"), ("", "None")])
def test_enter_pressed_twice_behind_a_total_opens_no_shift_without_the_last_currency(
    hand: Hand, store: FakeStore, roubles: str, drawer: str
) -> None:
    """20 euros, Enter twice: the roubles in the drawer are not typed yet."""
    for total in ("100", "20000", "10"):
        hand.type(total)
        hand.press(Key.Key_Return)
    hand.type("20")
    hand.press(Key.Key_Return)
    hand.typing.press_again(Key.Key_Return)
    hand.wait()
    before = (store.shift, hand.screen_id, page(hand).amounts["RUB"].hasFocus())
    hand.typing.wait(0.5)
    hand.type(roubles)
    hand.press(Key.Key_Return)

    assert before == (None, "open_shift", True)
    assert store.shift is not None
    assert str(store.shift.float_.get("RUB")) == drawer


def test_tab_goes_from_total_to_total_and_types_none_as_a_number_of_notes(hand: Hand, store: FakeStore) -> None:
    hand.type("500")
    hand.press(Key.Key_Tab)
    hand.type("20000")
    hand.press(Key.Key_Tab)
    hand.press(Key.Key_Tab)
    hand.type("100")
    hand.press(Key.Key_Backtab)
    hand.type("50")
    hand.press(Key.Key_F12)

    assert store.shift is not None
    assert {code: str(money) for code, money in store.shift.float_.items()} == {
        "CNY": "500.00",
        "KZT": "20000.00",
        "USD": "50.00",
        "EUR": "100.00",
    }
    assert store.notes == {}


def test_the_next_shift_begins_with_an_empty_count(hand: Hand, store: FakeStore) -> None:
    hand.press(Key.Key_Up)
    hand.type("4")
    hand.press(Key.Key_F12)
    assert hand.screen_id == "checkout"
    assert page(hand).board.count == {}
    assert page(hand).amounts["CNY"].isEnabled()


def test_what_is_refused_is_reported_with_its_currency(hand: Hand) -> None:
    page(hand)._refuse(BadField("float.KZT.20000.00", "too_large", "100001"))
    assert page(hand).complaint("KZT") != ""
    assert page(hand).complaint("CNY") == ""


def test_notes_below_the_smallest_cash_step_are_not_asked_for(hand: Hand) -> None:
    cells = page(hand).board.columns["KZT"].cells
    assert not cells[500].isHidden()
    assert cells[200].isHidden()
    hand.till.session.take_settings(hand.till.session.settings.with_text("step_kzt", "1"))
    assert not cells[200].isHidden()


def test_a_float_of_nothing_is_asked_about_and_not_taken_from_a_double_press(hand: Hand, store: FakeStore) -> None:
    hand.press(Key.Key_F12)
    hand.typing.press_again(Key.Key_F12)
    hand.wait()
    assert (store.shift, hand.screen_id) == (None, "open_shift")
    assert asked(hand) == "No cash counted. Open the shift with an empty drawer?"

    hand.type("5")  # something is there after all: the question is over
    assert asked(hand) == ""
    hand.press(Key.Key_Backspace)
    hand.press(Key.Key_F12)
    assert hand.screen_id == "open_shift"

    hand.press(Key.Key_F12)  # seen, and meant
    assert hand.screen_id == "checkout"
    assert store.shift is not None
    assert store.shift.float_ == {}


def test_the_question_about_an_empty_drawer_ends_with_the_page(hand: Hand, store: FakeStore) -> None:
    hand.press(Key.Key_F12)
    hand.till.window.lock()
    hand.wait()
    hand.sign_in()
    assert asked(hand) == ""
    hand.press(Key.Key_F12)
    assert store.shift is None


@pytest.mark.parametrize("leaves", ["cross", "Esc"])
def test_a_question_about_an_empty_drawer_that_is_left_is_no_answer(hand: Hand, store: FakeStore, leaves: str) -> None:
    hand.press(Key.Key_F12)
    if leaves == "Esc":
        hand.press(Key.Key_Escape)
    else:
        page(hand).news._dismiss.click()
    hand.wait()
    left = asked(hand)
    hand.press(Key.Key_F12)

    assert left == ""
    assert store.shift is None
    assert asked(hand) == "No cash counted. Open the shift with an empty drawer?"


def test_what_the_last_z_counted_is_proposed_and_taken_by_a_key(open_till: Opener, store: FakeStore) -> None:
    counted = CashLine.of(CNY, {"float": 60_000}).with_count({10_000: 5, 5_000: 2, 2_000: 0})
    store.last_z = cast(ZReport, SimpleNamespace(report=SimpleNamespace(cash=(counted,))))
    hand = open_till(store)
    hand.sign_in()
    assert page(hand).proposal.isVisible()
    assert page(hand).board.count == {}  # nothing is counted by itself
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F12)
    assert store.notes == {"CNY": {10_000: 5, 5_000: 2}}


def test_what_an_earlier_z_counted_is_not_proposed_as_that_of_the_last(open_till: Opener, store: FakeStore) -> None:
    def z(pieces: int) -> ZReport:
        counted = CashLine.of(CNY, {"float": 10_000 * pieces}).with_count({10_000: pieces})
        return cast(ZReport, SimpleNamespace(report=SimpleNamespace(cash=(counted,))))

    store.last_z = z(6)
    hand = open_till(store)
    hand.sign_in()
    page(hand).left()
    store.last_z = z(3)
    with SlowStore(hand) as slow:
        page(hand).entered()
        slow.press(Qt.Key.Key_F5)
        meanwhile = page(hand).proposal.isVisible(), page(hand).board.count

    assert meanwhile == (False, {})
    hand.press(Qt.Key.Key_F5)
    assert page(hand).board.count == {"CNY": {10_000: 3}}


def test_a_float_of_nothing_is_asked_about_with_what_the_last_z_counted(open_till: Opener, store: FakeStore) -> None:
    counted = CashLine.of(CNY, {"float": 60_000}).with_count({10_000: 5, 5_000: 2})
    store.last_z = cast(ZReport, SimpleNamespace(report=SimpleNamespace(cash=(counted,))))
    hand = open_till(store)
    hand.sign_in()
    hand.press(Key.Key_F12)

    assert store.shift is None
    assert asked(hand) == (
        "Counted in the last Z report: ¥\xa0600.00. F5 enters that. "
        "No cash counted. Open the shift with an empty drawer?"
    )
    hand.press(Key.Key_F5)
    assert asked(hand) == ""
    hand.press(Key.Key_F12)
    assert store.notes == {"CNY": {10_000: 5, 5_000: 2}}


def test_another_person_counts_the_float_themselves(open_till: Opener, store: FakeStore) -> None:
    hand = open_till(store)
    hand.sign_in()
    page(hand).board.columns["CNY"].cells[10_000].setFocus()
    hand.type("5")
    page(hand).amounts["USD"].setFocus()
    hand.type("20")
    hand.till.window.lock()
    hand.sign_in()
    own = {code: str(value) for code, value in page(hand).float_().items() if value}
    hand.till.window.lock()
    hand.sign_in("yerlan")

    assert own == {"CNY": "{10000: 5}", "USD": "20.00"}
    assert not any(page(hand).float_().values())


def test_a_total_that_can_be_read_in_two_ways_opens_no_shift(hand: Hand, store: FakeStore) -> None:
    hand.type("1,000")
    hand.press(Key.Key_F12)
    assert store.shift is None
    assert page(hand).complaint("CNY") == "Amount: “1,000” is ambiguous. Type it without a thousands separator."
    assert page(hand).amounts["CNY"].hasFocus()
