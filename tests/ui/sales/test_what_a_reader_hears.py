"""What a cashier who does not see the screen hears of a sale and of its payment, in order.

Walked with a screen reader once; here Qt is asked what it tells one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.ui.widgets.spoken import announcements
from tests.ui.at_the_counter import CARTON, Hand, a_passport, close_till, open_till
from tests.ui.reader import Reader, listening

Key = Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
FIELD = "Scan or search, field, Scan, search, or type 5 * and scan"
MISREAD = "4607204303501"


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    hand = open_till(qapp, qtbot, tmp_path)
    yield hand
    close_till(hand)


@pytest.fixture
def reader(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    with listening(monkeypatch, hand.wait) as reader:
        reader.heard()
        yield reader


def test_what_a_reader_hears_of_a_sale(hand: Hand, reader: Reader) -> None:
    hand.scan(CARTON)
    assert reader.heard() == ["1 × Cigarettes, carton of 200, 260.00. Total: ¥ 260.00."]

    hand.show_passport()
    assert reader.heard() == [
        "1 × Cigarettes, carton of 200, tobacco 200 sticks, 260.00, A. ZHANG W••. Passport E••••••01. 41 years old. "
        "no purchases here today. To China. Depends on the entry days."
    ]
    hand.scan(CARTON)
    assert reader.heard() == ["2 × Cigarettes, carton of 200, tobacco 400 sticks, 520.00, A. Total: ¥ 520.00."], (
        "the verdict is still the same, and is not said again"
    )

    hand.scan(CARTON)
    assert reader.heard() == [
        "3 × Cigarettes, carton of 200, tobacco 600 sticks, over by 200 sticks, 780.00, A. Total: ¥ 780.00. "
        "Over: to declare. Estimated duty ¥ 130.00. Remove: Cigarettes, carton of 200 × 1. Remove these Ctrl+L."
    ]
    hand.scan(MISREAD)
    assert reader.heard() == [f"{MISREAD} is misread or mistyped: the last digit should be 8. Scan it again."]
    hand.scan(MISREAD)
    assert reader.heard() == [f"{MISREAD} is misread or mistyped: the last digit should be 8. Scan it again."]

    hand.press(Key.Key_L, CONTROL)
    assert reader.heard() == [
        "2 × Cigarettes, carton of 200, tobacco 400 sticks, 520.00, A. Depends on the entry days. Total: ¥ 520.00. "
        "Removed from the basket: Cigarettes, carton of 200 × 1. Undo Ctrl+Z."
    ]
    hand.press(Key.Key_F5)
    assert reader.heard() == ["Discount, field"]
    hand.type("50\r")
    assert reader.heard() == [
        FIELD,
        "A discount of 50 % is above the 10 % limit of Amina S. A manager can approve it. Ask for approval Enter.",
    ]
    hand.press(Key.Key_F6)
    assert reader.heard() == [
        "Within the allowance. The basket is empty. "
        "Removed from the basket: Cigarettes, carton of 200 × 2. Undo Ctrl+Z."
    ]


def test_what_a_reader_hears_of_a_payment(hand: Hand, reader: Reader) -> None:
    hand.scan(CARTON)
    hand.scan(CARTON)
    hand.show_passport()
    reader.heard()

    hand.press(Key.Key_F12)
    assert reader.heard() == ["A · ZHANG W••: other entries in the last 15 days? No Shift+F1. Days … Shift+F2."], (
        "a question is said with the keys that answer it"
    )
    hand.press(Key.Key_F1, SHIFT)
    assert reader.heard() == ["Pay, page", "Amount, field", "¥ 520.00 to pay."]
    hand.press(Key.Key_Escape)
    assert reader.heard() == ["Checkout, page", FIELD]
    hand.press(Key.Key_F12)
    assert reader.heard() == ["Pay, page", "Amount, field", "¥ 520.00 to pay."], "as often as the page is opened"

    hand.press(Key.Key_2, ALT)
    assert reader.heard() == ["₸ 37,855 to pay."]
    hand.type("5000")
    assert reader.heard() == ["Amount, field, 5,000"]
    hand.press(Key.Key_Return)
    assert reader.heard() == ["Amount, field", "Cash KZT: ₸ 5,000. ₸ 32,855 to pay."]

    hand.press(Key.Key_1, ALT)
    assert reader.heard() == ["¥ 451.30 to pay."]
    hand.type("500\r")
    assert reader.heard() == [
        "Cash CNY: ¥ 500.00. Change: ¥ 48.70, 2 × 20, 1 × 5, 3 × 1, 1 × 0.5, 2 × 0.1. "
        "Paid in full. Give the change, then complete the sale."
    ]
    hand.press(Key.Key_F12)
    assert reader.heard() == [
        "Next customer, button",
        "Paid. Give change. Change: ¥ 48.70, 2 × 20, 1 × 5, 3 × 1, 1 × 0.5, 2 × 0.1. "
        "Receipt T1-000001 is printing. You can continue.",
    ]
    hand.until(lambda: hand.checkout.receipts.is_idle)
    assert reader.heard() == ["Receipt T1-000001 printed."]
    hand.press(Key.Key_F12)
    assert reader.heard() == ["Checkout, page", FIELD], "what was said of the receipt is not said again"


def test_a_second_note_like_the_first_is_said_too(hand: Hand, reader: Reader) -> None:
    hand.scan(CARTON)
    hand.show_passport()
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F1, SHIFT)
    reader.heard()
    for left in ("160.00", "60.00"):
        hand.type("100\r")
        assert reader.heard()[-1] == f"Cash CNY: ¥ 100.00. ¥ {left} to pay."


def test_an_unlikely_amount_and_a_card_are_asked_about_aloud(hand: Hand, reader: Reader) -> None:
    hand.scan(CARTON)
    hand.show_passport()
    hand.open_payment()
    hand.press(Key.Key_2, ALT)
    hand.type("200\r")
    assert reader.heard()[-1] == (
        "Is this amount correct? ₸ 200 is much less than the amount due (₸ 18,930). Did you mean € 200.00? "
        "Press Enter again to accept. Otherwise, type another amount or choose the currency."
    )
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_D, ALT)
    reader.heard()
    hand.press(Key.Key_F12)
    assert reader.heard()[-1] == (
        "Card KZT: ₸ 18,928. Approved on the terminal? ₸ 18,928 by card. "
        "Approved: press Enter or F12. Not approved: Esc removes the card payment."
    )


def test_the_approver_hears_what_they_approve_and_not_the_pin(hand: Hand, reader: Reader) -> None:
    hand.scan(CARTON)
    hand.press(Key.Key_F5)
    hand.type("50\r")
    reader.heard()
    hand.press(Key.Key_Return)
    assert reader.heard() == [
        "PIN, field (secret)",
        "Approval needed: a discount above the limit. 50 % off 1 × Cigarettes, carton of 200. Dana K.",
    ]
    hand.type("111222")
    assert reader.heard() == []
    hand.press(Key.Key_Return)
    assert reader.heard() == ["Wrong PIN for Dana K. Attempts left: 4."]


def test_a_row_that_the_arrows_choose_is_said_while_the_cursor_stays_in_the_field(hand: Hand, reader: Reader) -> None:
    toy = hand.goods("toy")
    hand.scan(CARTON)
    hand.scan(toy.code)
    reader.heard()
    hand.press(Key.Key_Up)
    assert reader.heard() == ["1 × Cigarettes, carton of 200, 260.00."]


def test_what_a_search_finds_is_said_with_the_row_that_enter_takes(hand: Hand, reader: Reader) -> None:
    hand.type("carton of 200")
    hand.until(lambda: hand.checkout.page.scan.popup.answered == "carton of 200")
    found = hand.checkout.page.scan.popup
    assert reader.heard()[-1] == f"{found.foot}. {found.rows.text(0).spoken}.".replace("\N{NO-BREAK SPACE}", " ")
    hand.press(Key.Key_Down)
    assert reader.heard() == [f"{found.rows.text(1).spoken}.".replace("\N{NO-BREAK SPACE}", " ")]


def test_a_companion_is_named_when_the_scans_go_to_them(hand: Hand, reader: Reader) -> None:
    hand.scan(CARTON)
    hand.show_passport()
    reader.heard()
    hand.checkout.document_scanned(a_passport(1))
    hand.wait()
    assert "B, AKHMETOVA S••" in reader.heard()[-1]
    hand.press(Key.Key_Up, CONTROL)
    assert "A, ZHANG W••" in reader.heard()[-1]


def test_the_sale_is_heard_in_the_language_of_the_till(hand: Hand, reader: Reader) -> None:
    hand.till.session.speak("zh")
    reader.heard()
    hand.scan(CARTON)
    assert reader.heard() == ["1 × 香烟 整条 200 支, 260.00. 合计：¥ 260.00."]


def test_a_page_has_its_name_in_the_language_on_show(hand: Hand, reader: Reader) -> None:
    for language, name in (("zh", "收银"), ("ru", "Касса"), ("en", "Checkout")):
        hand.till.session.speak(language)
        hand.wait()
        assert hand.checkout.accessibleName() == name


def test_nothing_is_collected_while_no_reader_listens(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    def said(*_: object) -> None:
        pytest.fail("no reader listens")

    assert not QAccessible.isActive()
    monkeypatch.setattr(announcements, "say", said)
    hand.scan(CARTON)
    assert not announcements.pending().isActive()
