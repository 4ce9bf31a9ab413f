"""Someone else's shift at the real window: never the checkout, but a count and a PIN, and then the shift is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.payment.tender import fewest_notes
from pos.domain.shifts.shift import Shift
from pos.ui.look.theme import Mode
from pos.ui.shifts.close_screen import CloseShiftScreen
from pos.ui.shifts.count_screen import Stage
from pos.ui.shifts.hand_over_screen import HandOverScreen
from pos.ui.shifts.other_cashiers_shift_screen import ForeignShiftScreen
from pos.ui.shifts.screen import ShiftScreen
from tests.ui.at_the_counter import Hand, close_till, open_bare_till, open_till
from tests.ui.shifts.test_shift_pages import CONTROL, MANAGER_PIN, count_exactly, everything_said, person, sell

Key = Qt.Key
PINS = {"amina": "246810", "li": "135790", "yerlan": "112358", "manager": MANAGER_PIN}


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """Amina's shift is open; Li has just signed in."""
    opened = with_shift_pages(open_bare_till(qapp, qtbot, tmp_path))
    yield opened
    close_till(opened)


@pytest.fixture
def seller(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The same at a till with the pages of a sale."""
    opened = with_shift_pages(open_till(qapp, qtbot, tmp_path))
    yield opened
    close_till(opened)


def with_shift_pages(hand: Hand) -> Hand:
    session = hand.till.session
    pages = (ShiftScreen(session), CloseShiftScreen(session), ForeignShiftScreen(session), HandOverScreen(session))
    hand.till.window.plug(*pages)
    sign_in(hand, "li")
    return hand


def sign_in(hand: Hand, name: str) -> None:
    """By the person's card and PIN, as at any till."""
    hand.till.window.lock()
    hand.wait()
    page = hand.till.way_in.sign_in
    page.people.card(name).setChecked(True)
    page.pin.field.clear()
    page.pin.field.push(PINS[name])
    page.pin.button.click()
    hand.wait(50)


def foreign(hand: Hand) -> ForeignShiftScreen:
    page = hand.till.window.screen_at("foreign_shift")
    assert isinstance(page, ForeignShiftScreen)
    return page


def taking(hand: Hand) -> HandOverScreen:
    page = hand.till.window.screen_at("hand_over")
    assert isinstance(page, HandOverScreen)
    return page


def stage(hand: Hand) -> Stage:
    return taking(hand).stage


def shift(hand: Hand) -> Shift:
    current = hand.shop.open_shift.current()
    assert current is not None
    return current


def count(hand: Hand, *codes: str) -> HandOverScreen:
    """Count what the drawer should hold on the page of the hand-over."""
    page = taking(hand)
    lines = {line.currency.code: line for line in hand.shop.read_shift(person(hand, "manager")).cash}
    for code in codes or tuple(lines):
        expected = lines[code].expected
        assert expected is not None
        for value, pieces in fewest_notes(expected).items():
            page.board.columns[code].cells[value].set_value(pieces)
        page.board.columns[code].fill_rest()
    return page


def confirm(hand: Hand) -> None:
    hand.press(Key.Key_Return, CONTROL)
    hand.wait(50)


def give_pin(hand: Hand, name: str) -> None:
    panel = taking(hand).approval
    people = panel._people  # who is asked is chosen by hand here
    people.setCurrentIndex(people.findData(name))
    panel.pin.push(PINS[name])
    hand.press(Key.Key_Return)
    hand.wait(50)


def begin(hand: Hand) -> HandOverScreen:
    hand.press(Key.Key_F12)
    assert hand.screen_id == "hand_over"
    return taking(hand)


def test_a_cashier_who_signs_in_on_the_shift_of_another_is_shown_whose_it_is(hand: Hand) -> None:
    assert hand.screen_id == "foreign_shift"
    assert foreign(hand).title == "The shift at this till belongs to Amina\u00a0S."
    assert foreign(hand).since.startswith("Shift 1 · since 23 Nov 2026")
    assert foreign(hand).go_on.isHidden()


@pytest.mark.parametrize("screen_id", ["checkout", "payment", "paid", "returns", "shift"])
def test_no_way_leads_to_the_checkout_before_the_shift_is_theirs(seller: Hand, screen_id: str) -> None:
    seller.till.window.show_screen(screen_id)
    seller.wait()
    assert seller.screen_id == "foreign_shift"


def test_a_scan_says_what_to_do_first(seller: Hand) -> None:
    seller.scan(seller.goods("toy").codes[0])
    assert seller.screen_id == "foreign_shift"
    notice = seller.till.window.work.notices.notice
    assert notice is not None
    assert notice.text == "Take over the shift first, then scan again."
    assert seller.checkout.counter.view is None or not seller.checkout.counter.view.lines


def test_escape_signs_out(hand: Hand) -> None:
    hand.press(Key.Key_Escape)
    assert hand.screen_id == "sign_in"
    assert hand.till.session.person is None


def test_the_buttons_of_the_count_are_seen_where_the_language_was_changed_before_the_first_visit(hand: Hand) -> None:
    for language in ("ru", "kk"):
        hand.till.session.speak(language)
        hand.wait()

    page = begin(hand)
    hand.wait()

    for button in (page.recount, page.confirm):
        there = QRect(button.mapTo(page._head, QPoint()), button.size())
        assert page._head.rect().contains(there)


def test_the_shift_goes_on_with_the_person_who_counted_and_gave_the_pin(hand: Hand) -> None:
    page = begin(hand)
    assert not page.confirm.isEnabled()
    count(hand)
    confirm(hand)
    assert page.approval.title == (
        "Amina S. hands over the shift and confirms with a PIN. If they are absent, a manager approves."
    )
    assert shift(hand).holder == "amina"
    give_pin(hand, "amina")
    assert stage(hand) is Stage.DONE
    assert (page.handed.who, [row[-1] for row in page.handed.table.texts]) == (
        "The shift now belongs to Li Wei",
        ["matches"] * 5,
    )
    assert shift(hand).holder == "li"
    hand.press(Key.Key_Return)
    assert hand.screen_id == "checkout"
    sign_in(hand, "amina")
    assert hand.screen_id == "foreign_shift"
    assert foreign(hand).title == "The shift at this till belongs to Li\u00a0Wei"


def test_the_count_is_blind_and_what_differs_is_counted_once_more(hand: Hand) -> None:
    page = begin(hand)
    count(hand)
    page.board.columns["KZT"].cells[2_000_000].set_value(3)
    said = everything_said(page)
    assert not any(figure in said for figure in ("150,000", "Expected"))
    confirm(hand)
    give_pin(hand, "amina")
    assert stage(hand) is Stage.RECOUNT
    assert page.differing == ("KZT",)
    assert not page.board.columns["CNY"].isEnabled()
    assert shift(hand).holder == "amina"
    count(hand, "KZT")
    page.board.columns["KZT"].cells[2_000_000].set_value(6)
    confirm(hand)
    give_pin(hand, "amina")
    assert stage(hand) is Stage.DONE
    row = next(row for row in page.handed.table.texts if row[0] == "₸ KZT")
    assert row == ("₸ KZT", "130,000", "20,000 short")


def test_the_giver_confirms_again_when_the_recount_comes_to_other_figures(hand: Hand) -> None:
    page = begin(hand)
    count(hand)
    page.board.columns["KZT"].cells[2_000_000].set_value(3)
    confirm(hand)
    give_pin(hand, "amina")
    count(hand, "KZT")
    page.board.columns["KZT"].cells[2_000_000].set_value(1)
    confirm(hand)
    assert not page.approval.isHidden()
    assert (stage(hand), shift(hand).holder) == (Stage.RECOUNT, "amina")
    give_pin(hand, "amina")
    assert shift(hand).holder == "li"


def test_the_giver_confirms_once_when_the_recount_comes_to_the_same(hand: Hand) -> None:
    page = begin(hand)
    count(hand)
    for times in (1, 2):
        page.board.columns["KZT"].cells[2_000_000].set_value(3)
        confirm(hand)
        if times == 1:
            give_pin(hand, "amina")
            count(hand, "KZT")
    assert page.approval.isHidden()
    assert shift(hand).holder == "li"


def test_for_a_giver_who_has_gone_home_a_manager_approves_and_is_named(hand: Hand) -> None:
    page = begin(hand)
    count(hand)
    confirm(hand)
    give_pin(hand, "manager")
    assert page.handed.made is not None
    assert (page.handed.made.giver, page.handed.made.approved_by) == ("amina", "manager")
    assert "approved by Dana K." in everything_said(page)


def test_no_one_confirms_for_another_person(hand: Hand) -> None:
    page = begin(hand)
    count(hand)
    confirm(hand)
    names = [page.approval._people.itemData(index) for index in range(page.approval._people.count())]
    assert names == ["amina", "manager"]


def test_going_away_gives_no_second_look_and_asks_for_the_pin_again(hand: Hand) -> None:
    page = begin(hand)
    count(hand)
    page.board.columns["USD"].cells[10_000].set_value(9)
    confirm(hand)
    give_pin(hand, "amina")
    assert stage(hand) is Stage.RECOUNT
    hand.press(Key.Key_Escape)
    assert hand.screen_id == "foreign_shift"
    begin(hand)
    assert stage(hand) is Stage.RECOUNT
    count(hand, "USD")
    confirm(hand)
    assert not page.approval.isHidden()
    give_pin(hand, "amina")
    assert stage(hand) is Stage.DONE


def test_what_the_giver_sold_after_the_count_is_no_difference_of_theirs(hand: Hand) -> None:
    page = begin(hand)
    count(hand)
    confirm(hand)
    page.approval.close_down()
    sign_in(hand, "amina")
    sell(hand)
    sign_in(hand, "li")
    begin(hand)
    assert [code for code, one in page.board.columns.items() if one.is_blank] == ["CNY"]
    assert page.note.text == "Cash has moved since the count: CNY. Count again."
    count(hand, "CNY")
    confirm(hand)
    give_pin(hand, "amina")
    assert [row[-1] for row in page.handed.table.texts] == ["matches"] * 5


def test_another_taker_starts_again(hand: Hand) -> None:
    page = begin(hand)
    count(hand)
    sign_in(hand, "yerlan")
    begin(hand)
    assert page.board.count == {}
    assert stage(hand) is Stage.COUNT


def test_an_answer_to_a_pin_that_was_given_up_hands_nothing_over(hand: Hand) -> None:
    page = begin(hand)
    count(hand)
    confirm(hand)
    page.approval.pin.push(PINS["amina"])
    QTest.keyClick(page.approval.pin, Key.Key_Return)  # the PIN is being checked
    hand.till.window.lock()
    hand.wait(50)
    assert shift(hand).holder == "amina"


def test_a_manager_closes_what_was_left_open_and_both_are_named_on_the_z(hand: Hand) -> None:
    sign_in(hand, "manager")
    assert hand.screen_id == "foreign_shift"
    hand.press(Key.Key_F9)
    assert hand.screen_id == "close_shift"
    close = hand.till.window.screen_at("close_shift")
    assert isinstance(close, CloseShiftScreen)
    count_exactly(hand)
    confirm(hand)
    assert close.stage is Stage.DONE
    said = everything_said(close)
    assert "Amina S. · open since" in said
    assert "closed by Dana K." in said


def test_a_manager_may_go_on_to_the_checkout(hand: Hand) -> None:
    sign_in(hand, "manager")
    hand.press(Key.Key_F5)
    assert hand.screen_id == "checkout"


def test_a_manager_may_take_the_shift_over_by_a_count_alone(hand: Hand) -> None:
    sign_in(hand, "manager")
    begin(hand)
    count(hand)
    confirm(hand)
    assert stage(hand) is Stage.DONE
    assert shift(hand).holder == "manager"


def test_the_x_lists_who_had_the_shift(hand: Hand) -> None:
    begin(hand)
    count(hand)
    confirm(hand)
    give_pin(hand, "amina")
    hand.till.window.show_screen("shift")
    hand.wait(50)
    page = hand.till.window.screen_at("shift")
    assert isinstance(page, ShiftScreen)
    assert [(row[0], row[-1]) for row in page.view.hand_overs.texts] == [("Amina S. → Li Wei", "matches")]
    assert "Expected" not in everything_said(page)


def test_the_z_is_printed_on_a_sheet_by_its_key(hand: Hand) -> None:
    sign_in(hand, "manager")
    hand.press(Key.Key_F9)
    count_exactly(hand)
    confirm(hand)
    hand.press(Key.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    hand.wait(50)
    assert [path.name for path in hand.shop.folder.glob("zreports/*/*/*a4*.pdf")] == ["T1-Z000001-a4-copy-1.pdf"]


@pytest.mark.parametrize("language", ["zh", "ru", "kk"])
def test_another_language_and_light_keep_what_was_counted(hand: Hand, language: str) -> None:
    page = begin(hand)
    hand.type("64")
    hand.till.session.speak(language)
    hand.till.theme.switch(Mode.DARK)
    hand.wait()
    assert page.board.count == {"CNY": {10_000: 64}}
    assert not any(text in everything_said(page) for text in ("Count together", "Take over", "Confirm"))


def test_tenge_coins_down_to_one_are_counted_where_the_shop_rounds_to_one(hand: Hand) -> None:
    page = begin(hand)
    with hand.shop.issue_receipt.store.begin() as work:
        work.settings.set("step_kzt", "1")
        work.commit()
    hand.till.session.take_settings(hand.shop.settings())
    hand.wait()
    tenge = page.board.columns["KZT"]
    assert [cell for value, cell in tenge.cells.items() if value in (100, 200) and cell.isVisible()] != []
    assert {value for value, cell in tenge.cells.items() if cell.isVisible()} >= {100, 200, 500}
    assert max(cell.geometry().bottom() for cell in tenge.shown) < tenge.height() - 44


@pytest.mark.parametrize("screen_id", ["hand_over", "close_shift"])
def test_cash_of_an_open_sale_is_not_for_the_count(seller: Hand, screen_id: str) -> None:
    sign_in(seller, "amina")
    seller.show_passport()
    seller.scan(seller.goods("food.honey").code)
    seller.open_payment()
    seller.type("50")
    seller.press(Key.Key_Return)
    if screen_id == "hand_over":
        sign_in(seller, "li")
        page = begin(seller)
        note = page.note.text
    else:
        seller.till.window.show_screen(screen_id)
        seller.wait(50)
        close = seller.till.window.screen_at(screen_id)
        assert isinstance(close, CloseShiftScreen)
        note = close.note.text
    assert note.endswith("Received for the open sale and not booked yet: ¥\u00a050.00. Count without it.")


def test_a_count_without_an_open_sale_says_nothing_of_one(hand: Hand) -> None:
    assert "not booked" not in begin(hand).note.text
