"""The float at the start of a shift: note by note, or as one total per currency."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from pos.domain.errors import BadField
from pos.ui.open_shift.screen import OpenShiftScreen
from tests.ui.conftest import Hand, Opener
from tests.ui.fakes_shop import STAFF, FakeStore, a_store

Key = Qt.Key


@pytest.fixture
def store() -> FakeStore:
    return a_store(*STAFF)


@pytest.fixture
def hand(open_till: Opener, store: FakeStore) -> Hand:
    """Amina before an empty drawer."""
    hand = open_till(store)
    hand.sign_in()
    assert hand.place == "open_shift"
    return hand


def page(hand: Hand) -> OpenShiftScreen:
    return hand.till.way_in.open_shift


def test_the_float_is_counted_note_by_note(hand: Hand, store: FakeStore) -> None:
    page(hand).board.columns["CNY"].cells[10_000].setFocus()
    hand.type("5")
    hand.press(Key.Key_Return)
    hand.type("2")
    hand.press(Key.Key_F12)
    assert store.shift is not None
    assert {code: str(money) for code, money in store.shift.float_.items()} == {"CNY": "600.00"}
    assert store.notes == {"CNY": {10_000: 5, 5_000: 2}}


def test_one_currency_may_be_counted_and_another_told_as_a_total(hand: Hand, store: FakeStore) -> None:
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


def test_enter_goes_through_the_totals_and_then_opens(hand: Hand, store: FakeStore) -> None:
    for total in ("100", "20000", "10", "10", "500"):
        hand.type(total)
        hand.press(Key.Key_Return)
    assert hand.place == "checkout"
    assert store.shift is not None
    assert str(store.shift.float_["RUB"]) == "500.00"


def test_the_next_shift_begins_with_an_empty_count(hand: Hand, store: FakeStore) -> None:
    hand.press(Key.Key_Up)
    hand.type("4")
    hand.press(Key.Key_F12)
    assert hand.place == "checkout"
    assert page(hand).board.count == {}
    assert page(hand).amounts["CNY"].isEnabled()


def test_what_is_refused_is_told_with_its_currency(hand: Hand) -> None:
    page(hand)._refuse(BadField("float.KZT.20000.00", "too_large", "100001"))
    assert page(hand).complaint("KZT") != ""
    assert page(hand).complaint("CNY") == ""


def test_notes_below_the_smallest_cash_step_are_not_asked_for(hand: Hand) -> None:
    cells = page(hand).board.columns["KZT"].cells
    assert not cells[500].isHidden()
    assert cells[200].isHidden()
    hand.till.session.take_settings(hand.till.session.settings.__class__(step_kzt=100))
    assert not cells[200].isHidden()
