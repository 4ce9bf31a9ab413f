"""Cash that goes into the drawer or out of it, at the checkout and on the page of the shift."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.money import Money
from pos.ui.sales.checkout.screen import CheckoutScreen
from pos.ui.shifts.close_screen import CloseShiftScreen
from pos.ui.shifts.drawer_panel import DrawerPanel
from pos.ui.shifts.screen import ShiftScreen
from pos.ui.touch.touch_panel import Face
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.pin_field import PinField
from tests.horgos import KZT
from tests.ui.at_the_counter import Hand, close_till, open_till
from tests.ui.shifts.test_shift_pages import ALT, MANAGER_PIN, Key, go_to, notice, person, shift_page
from tests.ui.slow_store import SlowStore


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """Amina, whose shift is open: 2,000 yuan, 150,000 tenge, 200 dollars, 200 euros, 10,000 roubles."""
    opened = open_till(qapp, qtbot, tmp_path)
    opened.till.window.plug(ShiftScreen(opened.till.session), CloseShiftScreen(opened.till.session))
    yield opened
    close_till(opened)


def drawer(hand: Hand) -> DrawerPanel:
    page = hand.till.window.page
    assert isinstance(page, CheckoutScreen | ShiftScreen)
    return page.drawer


def moved(hand: Hand, code: str = "CNY") -> tuple[str, str, str]:
    """What came in, went out and went to the safe."""
    lines = hand.shop.read_shift(person(hand, "manager")).cash
    line = next(line for line in lines if line.currency.code == code)
    return str(line.paid_in), str(line.paid_out), str(line.drops)


def test_cash_is_paid_in_at_the_checkout_by_keys_alone(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    hand.type("500")
    hand.press(Key.Key_Return)
    hand.type("change")
    hand.press(Key.Key_Return)
    assert moved(hand) == ("500.00", "0.00", "0.00")
    assert hand.news == "¥\u00a0500.00 paid in."
    assert not drawer(hand).isVisible()


def test_the_key_of_the_drawer_chooses_what_is_done_and_alt_the_currency(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    hand.press(Key.Key_F10)
    assert drawer(hand).kind == "drop"
    hand.press(Key.Key_2, ALT)
    hand.type("100000")
    hand.press(Key.Key_Return)
    hand.type("evening")
    hand.press(Key.Key_Return)
    assert moved(hand, "KZT") == ("0.00", "0.00", "100000.00")


def test_alt_chooses_the_currency_from_the_reason_too(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    hand.type("100")
    hand.press(Key.Key_Return)
    hand.type("evening")
    hand.press(Key.Key_2, ALT)

    assert drawer(hand).reason.text() == "evening"
    assert drawer(hand).currencies["KZT"].isChecked()


def test_a_finger_that_chooses_what_is_done_or_the_currency_types_the_amount_next(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    for choice in (drawer(hand).kinds["out"], drawer(hand).currencies["KZT"], drawer(hand).kinds["drop"]):
        hand.typing.finger(choice)
        hand.wait(10)
        assert drawer(hand).amount.hasFocus()
        assert hand.till._attendants.touch.is_shown
    hand.typing.finger(drawer(hand).kinds["no_sale"])
    hand.wait(10)
    assert drawer(hand).reason.hasFocus()


def test_a_pay_out_is_asked_and_approved_on_the_keys_of_the_screen(hand: Hand) -> None:
    """The PIN comes after the Enter of the reason, with its figures."""
    hand.press(Key.Key_F10)
    hand.press(Key.Key_F10)
    hand.press(Key.Key_F10)
    hand.type("50")
    hand.press(Key.Key_Return)
    touch = hand.till._attendants.touch
    hand.typing.finger(drawer(hand).reason)
    hand.wait(10)
    for label in ("t", "e", "a", "enter"):
        hand.typing.finger(touch.panel.letters.key(label))
        hand.wait(10)
    assert isinstance(QApplication.focusWidget(), PinField)
    assert (touch.is_shown, touch.panel.face) == (True, Face.DIGITS)


def test_an_amount_typed_before_its_currency_is_kept(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    hand.type("5000")
    hand.press(Key.Key_2, ALT)
    assert drawer(hand).amount.amount() == Money(500_000, KZT)
    hand.press(Key.Key_Return)
    hand.type("change")
    hand.press(Key.Key_Return)
    assert moved(hand, "KZT") == ("5000.00", "0.00", "0.00")


def test_esc_pressed_twice_on_another_page_leads_back_and_drops_nothing_typed_at_the_checkout(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    hand.type("300")
    hand.press(Key.Key_F1)
    hand.wait(500)
    hand.press(Key.Key_Escape)
    hand.typing.press_again(Key.Key_Escape)
    hand.wait()
    twice = hand.screen_id, hand.checkout.drawer.is_begun
    hand.wait(500)
    hand.press(Key.Key_Escape)

    assert twice == ("checkout", True)
    assert not hand.checkout.drawer.is_begun


def test_the_close_of_the_shift_waits_for_cash_that_is_typed_and_not_entered(hand: Hand) -> None:
    hand.till.window.show_screen("shift")
    hand.wait()
    hand.press(Key.Key_F10)
    hand.type("500")
    hand.press(Key.Key_F12)
    waited = hand.screen_id
    hand.press(Key.Key_Return)
    hand.type("change")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_F12)

    assert (waited, hand.screen_id) == ("shift", "close_shift")
    assert moved(hand)[0] == "500.00"


@pytest.mark.parametrize("page", ["checkout", "shift"])
def test_cash_that_is_typed_stays_for_the_person_who_looks_at_another_page(hand: Hand, page: str) -> None:
    hand.till.window.show_screen(page)
    hand.wait()
    hand.press(Key.Key_F10)
    hand.press(Key.Key_F10)
    hand.type("500")
    for other in ("shift" if page == "checkout" else "checkout", page):
        hand.till.window.show_screen(other)
        hand.wait()
    stayed = drawer(hand).kind, str(drawer(hand).amount.amount()), drawer(hand).isVisible()
    hand.press(Key.Key_Return)
    hand.type("evening")
    hand.press(Key.Key_Return)

    assert stayed == ("drop", "500.00", True)
    assert moved(hand) == ("0.00", "0.00", "500.00")


@pytest.mark.parametrize("page", ["checkout", "shift"])
@pytest.mark.parametrize("locked_on", ["checkout", "shift"])
def test_cash_that_is_typed_is_not_for_who_comes_after_a_lock(hand: Hand, page: str, locked_on: str) -> None:
    hand.till.window.show_screen(page)
    hand.wait()
    hand.press(Key.Key_F10)
    hand.type("500")
    panel = drawer(hand)
    hand.till.window.show_screen(locked_on)
    hand.wait()
    hand.till.window.lock()
    hand.till.session.take_person(person(hand, "amina"))
    hand.till.window.show_screen(page)
    hand.wait()

    assert (panel.isVisible(), panel.is_begun) == (False, False)


@pytest.mark.parametrize(("page", "other"), [("shift", "checkout"), ("checkout", "shift")])
def test_cash_typed_for_a_shift_goes_with_it_and_the_cursor_stays_where_it_is(
    hand: Hand, page: str, other: str
) -> None:
    hand.till.window.show_screen(page)
    hand.wait()
    hand.press(Key.Key_F10)
    hand.type("500")
    panel = drawer(hand)
    hand.till.window.show_screen(other)
    hand.wait()
    cursor = QApplication.focusWidget()
    hand.till.session.take_shift(None)

    assert (panel.is_begun, panel.isVisible()) == (False, False)
    assert QApplication.focusWidget() is cursor


def test_a_reason_must_be_given(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    hand.type("500")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Return)
    assert drawer(hand).sentence == "Enter a short reason."
    assert moved(hand) == ("0.00", "0.00", "0.00")


def test_more_than_the_drawer_holds_is_refused_without_saying_what_it_holds(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    hand.press(Key.Key_F10)
    hand.type("9000")
    hand.press(Key.Key_Return)
    hand.type("safe")
    hand.press(Key.Key_Return)
    assert "9,000" in drawer(hand).sentence
    assert "2,000" not in drawer(hand).sentence


def test_a_pay_out_is_approved_in_the_panel_and_only_then_done(hand: Hand) -> None:
    for _ in range(3):
        hand.press(Key.Key_F10)
    hand.type("50")
    hand.press(Key.Key_Return)
    hand.type("taxi")
    hand.press(Key.Key_Return)
    panel = drawer(hand)
    assert not panel.approval.isHidden()
    assert moved(hand) == ("0.00", "0.00", "0.00")
    hand.till.window.resize(1366, 768)
    hand.wait(50)
    parts = [part for part in panel.approval.findChildren(QWidget) if part.parent() is panel.approval]
    boxes = [part.geometry() for part in parts if part.isVisible() and part.height() > 0]
    assert not any(one.intersects(other) for index, one in enumerate(boxes) for other in boxes[index + 1 :])
    panel.approval.pin.push(MANAGER_PIN)
    hand.press(Key.Key_Return)
    hand.wait(50)
    assert moved(hand) == ("0.00", "50.00", "0.00")
    assert hand.news == "¥\u00a050.00 paid out."


def test_escape_takes_the_question_for_an_approval_back_and_then_the_panel(hand: Hand) -> None:
    for _ in range(4):
        hand.press(Key.Key_F10)
    hand.type("look")
    hand.press(Key.Key_Return)
    panel = drawer(hand)
    assert panel.kind == "no_sale"
    assert panel.approval.title == "Approval needed: opening the drawer without a sale"
    hand.press(Key.Key_Escape)
    assert panel.approval.isHidden()
    assert panel.isVisible()
    assert panel.reason.text() == "look"
    hand.press(Key.Key_Escape)
    assert not panel.isVisible()


def test_an_approval_that_was_given_up_moves_no_cash_whenever_its_answer_comes(hand: Hand) -> None:
    for _ in range(3):
        hand.press(Key.Key_F10)
    hand.type("50")
    hand.press(Key.Key_Return)
    hand.type("taxi")
    hand.press(Key.Key_Return)
    panel = drawer(hand)
    panel.approval.pin.push(MANAGER_PIN)
    QTest.keyClick(panel.approval.pin, Key.Key_Return)  # the PIN is being checked
    assert panel.back()
    hand.wait(50)
    assert moved(hand) == ("0.00", "0.00", "0.00")
    assert panel.approval.isHidden()


def test_a_scan_while_the_drawer_is_asked_about_is_still_a_line(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    hand.scan(hand.goods("toy").codes[0])
    assert len(hand.view.lines) == 1
    assert drawer(hand).amount.is_empty()


def test_cash_moves_on_the_page_of_the_shift_and_its_report_follows(hand: Hand) -> None:
    go_to(hand, "shift")
    hand.press(Key.Key_F10)
    hand.type("500")
    hand.press(Key.Key_Return)
    hand.type("change")
    hand.press(Key.Key_Return)
    page = shift_page(hand)
    assert notice(page) == "¥\u00a0500.00 paid in."
    assert page.view.cash.texts == ()
    yuan = hand.shop.read_shift(person(hand, "manager")).cash[0]
    assert (str(yuan.float_), str(yuan.paid_in)) == ("2000.00", "500.00")


def test_an_amount_that_can_be_read_in_two_ways_moves_no_cash(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    hand.type("1,000")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Return)
    panel = drawer(hand)
    assert panel.sentence == "Amount: “1,000” is ambiguous. Type it without a thousands separator."
    assert panel.amount.hasFocus()
    hand.press(Key.Key_2, ALT)
    assert panel.amount.doubt is not None
    hand.press(Key.Key_Delete)
    assert panel.sentence == ""


def test_an_amount_typed_while_cash_is_recorded_stays_and_is_not_recorded_yet(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    hand.type("500")
    hand.press(Key.Key_Return)
    hand.type("change")
    with SlowStore(hand) as slow:
        slow.press(Key.Key_Return)
        slow.press(Key.Key_Return)
        slow.fill(drawer(hand).reason, "coins")

    assert moved(hand) == ("500.00", "0.00", "0.00")
    assert (drawer(hand).isVisible(), drawer(hand).reason.text()) == (True, "coins")


def test_an_amount_that_can_be_read_in_two_ways_may_be_typed_while_cash_is_recorded(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    hand.type("500")
    hand.press(Key.Key_Return)
    hand.type("change")
    recorded: list[object] = []
    drawer(hand).done.connect(recorded.append)
    with SlowStore(hand) as slow:
        slow.press(Key.Key_Return)
        drawer(hand).amount.setFocus()
        drawer(hand).amount.clear()
        slow.type("1,000")

    assert moved(hand) == ("500.00", "0.00", "0.00")
    assert len(recorded) == 1
    assert (drawer(hand).isVisible(), drawer(hand).amount.doubt is not None) == (True, True)


def test_a_doubtful_amount_does_not_keep_the_drawer_from_being_opened_without_cash(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    hand.type("1,000")
    for _ in range(3):
        hand.press(Key.Key_F10)
    hand.type("change a note")
    hand.press(Key.Key_Return)

    assert not drawer(hand).approval.isHidden()


def test_a_visitor_typed_while_cash_is_recorded_stays(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    hand.type("500")
    hand.press(Key.Key_Return)
    hand.type("change")
    with SlowStore(hand) as slow:
        slow.press(Key.Key_Return)
        slow.press(Key.Key_Escape)
        slow.press(Key.Key_F3)
        slow.type("E12")
    form = hand.checkout.form

    assert (form.isVisible(), form.findChildren(QLineEdit)[0].text()) == (True, "E12")
    assert moved(hand) == ("500.00", "0.00", "0.00")


def test_an_approval_is_not_asked_for_over_what_is_typed_by_then(hand: Hand) -> None:
    for _ in range(3):
        hand.press(Key.Key_F10)
    hand.type("50")
    hand.press(Key.Key_Return)
    hand.type("taxi")
    with SlowStore(hand) as slow:
        slow.press(Key.Key_Return)
        slow.type(" x")

    assert (drawer(hand).approval.isHidden(), drawer(hand).reason.text()) == (True, "taxi x")
    hand.press(Key.Key_Return)
    assert not drawer(hand).approval.isHidden()


def test_cash_that_is_not_recorded_is_reported_though_the_panel_was_left_meanwhile(hand: Hand) -> None:
    for _ in range(3):
        hand.press(Key.Key_F10)
    hand.type("50")
    hand.press(Key.Key_Return)
    hand.type("taxi")
    with SlowStore(hand) as slow:
        slow.press(Key.Key_Return)
        slow.press(Key.Key_Escape)
    notice = hand.till.window.work.notices.notice

    assert moved(hand) == ("0.00", "0.00", "0.00")
    assert not drawer(hand).isVisible()
    assert notice is not None
    assert notice.tone is Tone.NEARLY
