"""The keyboard on the screen: there for a finger, gone for keys, and typing as a keyboard does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pos.application.settings.settings import Settings
from pos.domain.money import Currency, Money
from pos.ui.touch.layouts import LAYOUTS
from pos.ui.touch.touch_input import TouchInput
from pos.ui.touch.touch_panel import Face
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.fields.pin_field import PinField
from tests.horgos import CNY
from tests.ui.at_the_counter import Hand, close_till, open_till

Key = Qt.Key


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    opened.till.window.resize(1366, 768)
    yield opened
    close_till(opened)


def touch_of(hand: Hand) -> TouchInput:
    return hand.till._attendants.touch


def finger(hand: Hand, part: QWidget) -> None:
    """A finger on a control, and the moment until what it asks for is there."""
    hand.typing.finger(part)
    hand.wait(10)


def press(hand: Hand, *labels: str) -> None:
    """Keys of the pad or of the letters, with a finger."""
    panel = touch_of(hand).panel
    for label in labels:
        keys = panel.letters if panel.face in (Face.LETTERS, Face.LATIN) else panel.pad
        finger(hand, keys.key(label))
    hand.wait()


def scan_goods(hand: Hand) -> None:
    hand.scan(hand.goods("food.sweets").code)


def item(hand: Hand, key: str) -> QWidget:
    """An item of the rail."""
    found = hand.till.window.work.rail.item(key)
    assert found is not None
    return found


def place_of(part: QWidget) -> QRect:
    return QRect(part.mapToGlobal(QPoint()), part.size())


def test_a_finger_on_quantity_shows_figures_beside_the_field_and_enter_takes_them(hand: Hand) -> None:
    scan_goods(hand)
    finger(hand, hand.checkout.page.strip.hint("quantity"))
    panel = touch_of(hand).panel
    assert (touch_of(hand).is_shown, panel.face) == (True, Face.DIGITS)
    field = QApplication.focusWidget()
    assert field is not None
    assert not place_of(field).intersects(place_of(panel)), "what is typed stays in sight"

    press(hand, "1", "2", "enter")
    assert hand.view.lines[0].line.quantity == 12
    assert not touch_of(hand).is_shown


def test_a_finger_that_asks_for_an_approval_has_the_figures_of_the_pin_at_once(hand: Hand) -> None:
    """The store is asked first who may approve, so the field comes after the tap."""
    scan_goods(hand)
    finger(hand, hand.checkout.page.strip.hint("discount"))
    press(hand, "5", "0", "enter")
    hand.wait(450)
    [ask] = [one for one in hand.checkout.page.news.findChildren(IconButton) if one.key == "Enter"]
    finger(hand, ask)
    hand.wait()
    assert isinstance(QApplication.focusWidget(), PinField)
    assert (touch_of(hand).is_shown, touch_of(hand).panel.face) == (True, Face.DIGITS)


def ask_for_half_off(hand: Hand) -> None:
    """By finger: the approval of 50 % on the last of four rows is asked for."""
    for index in range(4):
        hand.scan(hand.goods("toy", index).code)
    finger(hand, hand.checkout.page.strip.hint("discount"))
    press(hand, "5", "0", "enter")
    hand.wait(450)
    [ask] = [one for one in hand.checkout.page.news.findChildren(IconButton) if one.key == "Enter"]
    finger(hand, ask)
    hand.wait()


@pytest.mark.parametrize("size", [(1024, 600), (1024, 768), (600, 1024)])
def test_who_approves_sees_what_is_asked_beside_the_figures_of_the_pin(hand: Hand, size: tuple[int, int]) -> None:
    hand.till.window.resize(*size)
    ask_for_half_off(hand)
    asked, keys = hand.checkout.page.approval, touch_of(hand)
    assert asked.figures.startswith("50 % off")
    assert keys.is_shown
    assert not place_of(asked).intersects(place_of(keys.panel))
    assert place_of(hand.till.window).contains(place_of(keys.panel))


def test_the_figures_give_way_to_what_grows_around_their_field(hand: Hand) -> None:
    """What is asked comes late from a slow store, or the window becomes another."""
    hand.till.window.resize(1024, 768)
    ask_for_half_off(hand)
    asked, keys = hand.checkout.page.approval, touch_of(hand)
    for size in ((600, 1024), (1024, 600), (1366, 768)):
        hand.till.window.resize(*size)
        hand.wait()
        assert keys.is_shown
        assert not place_of(asked).intersects(place_of(keys.panel)), size
        assert place_of(hand.till.window).contains(place_of(keys.panel)), size


def test_a_field_that_comes_after_a_key_shows_no_keys(hand: Hand) -> None:
    scan_goods(hand)
    finger(hand, hand.checkout.page.strip.hint("discount"))
    press(hand, "5", "0", "enter")
    hand.press(Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), PinField)
    assert not touch_of(hand).is_shown


def test_a_finger_in_the_search_field_shows_letters_of_the_language_and_finds_goods(hand: Hand) -> None:
    box = hand.checkout.page.scan.box
    finger(hand, box)
    assert touch_of(hand).panel.face is Face.LETTERS
    press(hand, "h", "o", "n", "e", "x", "erase", "y")
    assert box.text() == "honey"

    hand.till.session.speak("ru")
    hand.wait(10)
    assert touch_of(hand).panel.letters.key("ж").isVisible()
    press(hand, "layout")
    assert touch_of(hand).panel.letters.key("q").isVisible()


def test_a_key_of_a_keyboard_or_a_scan_takes_the_letters_away(hand: Hand) -> None:
    box = hand.checkout.page.scan.box
    finger(hand, box)
    hand.type("a")
    assert not touch_of(hand).is_shown
    assert box.text() == "a"

    finger(hand, box)
    assert touch_of(hand).is_shown
    scan_goods(hand)
    assert not touch_of(hand).is_shown
    assert len(hand.view.lines) == 1


def test_a_page_that_puts_the_cursor_into_its_search_field_shows_no_letters(hand: Hand) -> None:
    finger(hand, item(hand, "parked"))
    finger(hand, item(hand, "checkout"))
    assert hand.checkout.page.scan.box.field.hasFocus()
    assert not touch_of(hand).is_shown


def test_a_tap_elsewhere_takes_the_letters_away_and_is_a_tap(hand: Hand) -> None:
    finger(hand, hand.checkout.page.scan.box)
    finger(hand, item(hand, "parked"))
    assert hand.screen_id == "parked"
    assert not touch_of(hand).is_shown


def test_a_mouse_shows_nothing_unless_the_till_says_so(hand: Hand) -> None:
    box = hand.checkout.page.scan.box
    hand.typing.tap(box)
    hand.wait(10)
    assert not touch_of(hand).is_shown

    hand.till.session.take_settings(Settings(till_touch_keys=("T1=tap",)))
    hand.typing.tap(box)
    hand.wait(10)
    assert touch_of(hand).is_shown

    hand.till.session.take_settings(Settings(touch_keys="never"))
    touch_of(hand).hide()
    finger(hand, box)
    assert not touch_of(hand).is_shown


def test_the_keypad_of_the_payment_takes_an_amount_with_its_decimals(hand: Hand) -> None:
    hand.show_passport()
    scan_goods(hand)
    hand.press(Key.Key_F12)
    pad = hand.payment.entry.keypad
    for label in ("1", "0", ".", "5", "0"):
        finger(hand, pad.key(label))
    assert hand.payment.entry.amount.amount() == Money(1050, CNY)
    assert not touch_of(hand).is_shown, "the payment has a keypad of its own"

    finger(hand, pad.key("clear"))
    for label in ("5", "00", "erase", "enter"):
        finger(hand, pad.key(label))
    hand.wait()
    payment = hand.payment.payment
    assert payment is not None
    assert [tender.amount for tender in payment.tenders] == [Money(5000, CNY)]


def test_a_currency_without_cents_has_no_decimal_key(hand: Hand) -> None:
    hand.show_passport()
    scan_goods(hand)
    hand.press(Key.Key_F12)
    entry, payment = hand.payment.entry, hand.payment.payment
    assert payment is not None
    assert entry.keypad.key(".").isEnabled()

    without = replace(payment.view(), currency=Currency("KZT", digits=0))
    entry.present(without, payment.rates, hand.till.session.translator, locked=False)
    assert not entry.keypad.key(".").isEnabled()


def test_letters_go_when_the_till_is_locked(hand: Hand) -> None:
    finger(hand, hand.checkout.page.scan.box)
    hand.till.window.lock()
    assert not touch_of(hand).is_shown


def test_syllables_become_chinese_characters_and_find_goods(hand: Hand) -> None:
    hand.till.session.speak("zh")
    hand.wait(10)
    box = hand.checkout.page.scan.box
    finger(hand, box)
    hand.wait()
    press(hand, *"cha")
    letters = touch_of(hand).panel.letters
    assert box.text() == "", "letters of a syllable wait in their bar"
    assert letters.offers[0].label == "茶"

    finger(hand, letters.offers[0])
    assert box.text() == "茶"
    press(hand, *"nai", "erase", "erase", "erase", "a", "enter")
    assert box.text() == "茶a", "Enter takes the letters as they are"


def test_a_chinese_name_is_typed_without_leaving_the_bar(hand: Hand) -> None:
    hand.till.session.speak("zh")
    hand.wait(10)
    box = hand.checkout.page.scan.box
    finger(hand, box)
    hand.wait()
    letters = touch_of(hand).panel.letters
    press(hand, *"zhangwei")
    while "张" not in (shown := {key.label: key for key in letters.offers}):
        press(hand, "more")
    finger(hand, shown["张"])
    press(hand, "space")
    assert box.text()[0] == "张"
    assert len(box.text()) == 2


def test_the_number_of_a_document_is_typed_in_latin_letters_in_every_language(hand: Hand) -> None:
    for language in ("zh", "ru", "kk"):
        hand.till.session.speak(language)
        hand.press(Key.Key_F3)
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        finger(hand, field)
        press(hand, "e", "1")
        assert (language, field.text()) == (language, "e1")
        field.clear()
        hand.press(Key.Key_Escape)

        finger(hand, hand.checkout.page.scan.box)
        hand.until(lambda: touch_of(hand).panel.face is Face.LETTERS)
        assert touch_of(hand).panel.letters.layout_shown is LAYOUTS[language], "elsewhere it is the user's own"
        hand.press(Key.Key_Escape)
