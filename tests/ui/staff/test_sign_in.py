"""Signing in: the last cashier, six digits, Enter; and what happens to those who guess."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt

from pos.domain.staff.staff import Person
from pos.ui.widgets.drawing.text_label import TextLabel
from tests.ui.conftest import Opener
from tests.ui.fakes_shop import AMINA, DANA, LI_WEI, PIN, RUSLAN, STAFF, YERLAN, a_store, an_open_shift
from tests.ui.slow_store import SlowStore


def test_the_cashier_types_their_pin_and_begins_to_sell(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF, shift=an_open_shift()))
    hand.type(PIN)
    hand.press(Qt.Key.Key_Return)
    assert hand.till.session.person == AMINA
    assert hand.screen_id == "checkout"


def test_the_pad_types_as_the_keys_do(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF, shift=an_open_shift()))
    pin = hand.till.way_in.sign_in.pin
    for digit in "9" + PIN:
        pin.pad.key(digit).click()
    assert pin.field.pin() == "9" + PIN
    pin.pad.key("clear").click()
    for digit in PIN + "7":
        pin.pad.key(digit).click()
    pin.pad.key("erase").click()
    pin.button.click()
    hand.wait()
    assert hand.till.session.person == AMINA


def test_the_last_cashier_of_this_till_is_chosen_already(open_till: Opener, state: Path) -> None:
    hand = open_till(a_store(*STAFF, shift=an_open_shift()))
    hand.sign_in("yerlan")
    assert json.loads(state.read_text(encoding="utf-8"))["cashier"] == "yerlan"
    assert open_till(a_store(*STAFF)).till.way_in.sign_in.people.person == YERLAN


def test_a_last_cashier_who_has_left_the_shop_leaves_the_choice_to_the_first(open_till: Opener, state: Path) -> None:
    state.write_text('{"language": "en", "cashier": "gone"}', encoding="utf-8")
    assert open_till(a_store(*STAFF)).till.way_in.sign_in.people.person == AMINA


def test_a_last_cashier_is_named_where_there_was_one_and_another_to_choose_where_there_is_one(
    open_till: Opener, state: Path
) -> None:
    last, arrows = "The last person to sign in is preselected.", "Use the arrow keys to choose"

    def said(*people: Person) -> str:
        page = open_till(a_store(*people)).till.way_in.sign_in
        return " ".join(label.text() for label in page.findChildren(TextLabel))

    first_start, several = said(AMINA), said(*STAFF)
    state.write_text('{"language": "en", "cashier": "yerlan"}', encoding="utf-8")
    after, gone = said(*STAFF), said(AMINA, LI_WEI)

    assert (last in first_start, arrows in first_start) == (False, False)
    assert (last in several, arrows in several) == (False, True)
    assert (last in after, arrows in after) == (True, True)
    assert (last in gone, arrows in gone) == (False, True)


def test_no_one_is_called_preselected_where_another_is_chosen(open_till: Opener, state: Path) -> None:
    """The last person was disabled and is enabled again while the first stands chosen."""
    state.write_text('{"language": "en", "cashier": "yerlan"}', encoding="utf-8")
    page = open_till(a_store(*STAFF)).till.way_in.sign_in
    page.present((AMINA, LI_WEI), "yerlan")
    page.present(STAFF, AMINA.name)

    assert page.people.person == AMINA
    said = " ".join(label.text() for label in page.findChildren(TextLabel))
    assert ("preselected" in said, "Use the arrow keys to choose a person." in said) == (False, True)


def test_who_chooses_another_person_reads_no_more_that_the_last_one_is_preselected(
    open_till: Opener, state: Path
) -> None:
    state.write_text('{"language": "en", "cashier": "yerlan"}', encoding="utf-8")
    page = open_till(a_store(*STAFF)).till.way_in.sign_in
    assert "preselected" in page._hint.text()
    page.people.step(-1)
    assert page.people.person != YERLAN
    assert page._hint.text() == "Use the arrow keys to choose a person."


def test_arrow_keys_choose_another_person_while_the_pin_field_keeps_the_focus(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF))
    page = hand.till.way_in.sign_in
    hand.press(Qt.Key.Key_Right)
    assert page.people.person == LI_WEI
    hand.press(Qt.Key.Key_Down)
    assert page.people.person == RUSLAN
    hand.press(Qt.Key.Key_Down)
    assert page.people.person == RUSLAN
    hand.press(Qt.Key.Key_Left)
    assert page.people.person == DANA
    assert page.pin.field.hasFocus()


def test_digits_typed_for_one_person_are_not_the_beginning_of_anothers_pin(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF))
    page = hand.till.way_in.sign_in
    page.pin.field.push("246")
    page.people.card("dana").click()
    assert page.pin.field.pin() == ""
    assert page.pin.field.hasFocus()


def test_a_wrong_pin_says_how_many_tries_are_left_and_a_fifth_locks(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF))
    pin = hand.till.way_in.sign_in.pin
    hand.sign_in(pin="111112")
    assert pin.complaint == "Wrong PIN for Amina S. Attempts left: 4."
    assert pin.field.pin() == ""
    for _ in range(4):
        hand.sign_in(pin="111112")
    assert pin.complaint == "Too many wrong PINs: Amina S. is locked until 24 Nov 2026 10:17."
    hand.sign_in(pin=PIN)
    assert hand.till.session.person is None


def test_a_complaint_is_said_in_the_language_just_chosen(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF))
    hand.sign_in(pin="111112")
    english = hand.till.way_in.sign_in.pin.complaint
    hand.till.window.front.languages.button("zh").click()
    assert hand.till.way_in.sign_in.pin.complaint not in ("", english)


def test_a_pin_too_short_costs_no_try(open_till: Opener) -> None:
    store = a_store(*STAFF)
    hand = open_till(store)
    hand.sign_in(pin="2468")
    assert hand.till.way_in.sign_in.pin.complaint == "A PIN has 6 to 12 digits."
    assert store.failures == {}


def test_who_taps_the_button_too_early_types_on(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF, shift=an_open_shift()))
    pin = hand.till.way_in.sign_in.pin
    hand.type(PIN[:3])
    hand.typing.tap(pin.button)
    assert pin.complaint == "A PIN has 6 to 12 digits."

    hand.type(PIN[3:])
    hand.press(Qt.Key.Key_Return)
    assert hand.till.session.person == AMINA


def test_who_taps_the_button_of_each_pin_types_the_next_one(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF, shift=an_open_shift()))
    panel = hand.till.way_in.sign_in.pin
    panel.change.click()
    for pin in (PIN, "806428", "806428"):
        hand.type(pin)
        hand.typing.tap(panel.button)
    hand.wait()
    assert hand.till.session.person == AMINA


def test_a_complaint_goes_with_the_next_digit(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF))
    hand.sign_in(pin="111112")
    hand.type("2")
    assert hand.till.way_in.sign_in.pin.complaint == ""


def test_a_demo_shop_shows_the_pin_of_the_person_chosen_and_a_real_one_never(open_till: Opener) -> None:
    def shown(demo: bool) -> str:
        hand = open_till(a_store(*STAFF), demo=demo)
        panel = hand.till.way_in.sign_in.pin
        return panel._demo_text.text() if panel._demo.isVisible() else ""

    assert shown(True) == f"Demo shop: PIN of Amina S.: {PIN}"
    assert shown(False) == ""


def test_a_demo_shop_no_longer_shows_a_pin_that_was_changed(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF), demo=True)
    panel = hand.till.way_in.sign_in.pin
    panel.change.click()
    for pin in (PIN, "806428", "806428"):
        hand.type(pin)
        hand.typing.tap(panel.button)
    hand.wait()
    hand.till.window.lock()
    hand.wait()

    assert panel._demo.isHidden()


def test_both_clocks_of_the_border_stand_on_the_page(open_till: Opener) -> None:
    page = open_till(a_store(*STAFF)).till.way_in.sign_in
    cities = [city.accessibleName() for city in page._clocks._cities]
    assert cities == ["Beijing Tuesday 24 November 10:02", "Almaty Tuesday 24 November 07:02"]
    assert page._greeting.text() == "Good morning. Please sign in."


def test_without_an_open_shift_the_drawer_is_counted_first(open_till: Opener) -> None:
    store = a_store(*STAFF)
    hand = open_till(store)
    hand.sign_in()
    assert hand.screen_id == "open_shift"
    hand.type("1500.5")
    hand.press(Qt.Key.Key_Return)
    hand.type("200000")
    hand.press(Qt.Key.Key_F12)
    assert hand.screen_id == "checkout"
    assert store.shift is not None
    assert {code: str(money) for code, money in store.shift.float_.items()} == {"CNY": "1500.50", "KZT": "200000.00"}
    assert hand.till.session.shift == store.shift


def test_an_empty_drawer_opens_a_shift_too(open_till: Opener) -> None:
    store = a_store(*STAFF)
    hand = open_till(store)
    hand.sign_in()
    hand.press(Qt.Key.Key_F12)
    hand.press(Qt.Key.Key_F12)  # asked, and meant
    assert hand.screen_id == "checkout"
    assert store.shift is not None
    assert store.shift.float_ == {}


def test_a_letter_in_an_amount_is_refused_in_words(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF))
    hand.sign_in()
    hand.type("a")
    page = hand.till.way_in.open_shift
    assert page.complaint("CNY") == "Only digits and one decimal separator are allowed."
    hand.type("5")
    assert page.complaint("CNY") == ""


def test_the_clerk_is_shown_honestly_that_nothing_is_here_for_them(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF))
    hand.sign_in("ruslan")
    assert hand.till.session.person == RUSLAN
    assert hand.screen_id == "nothing_here"
    assert hand.till.window.work.rail.item("checkout") is None


def test_no_digit_of_a_pin_stays_on_a_page_that_was_left(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF, shift=an_open_shift()))
    hand.sign_in()
    assert hand.till.way_in.sign_in.pin.field.pin() == ""


def test_anyone_changes_their_pin_at_the_sign_in(open_till: Opener) -> None:
    store = a_store(*STAFF, shift=an_open_shift())
    hand = open_till(store)
    page = hand.till.way_in.sign_in
    page.pin.change.click()
    for pin, said in ((PIN, ""), ("777777", "too simple"), ("483926", ""), ("483926", "")):
        hand.type(pin)
        hand.press(Qt.Key.Key_Return)
        assert said in page.pin.complaint
    assert hand.till.session.person == AMINA
    assert store.pins["amina"] == "hash of 483926"
    assert store.events == ["choose_pin", "sign_in"]


def test_a_wrong_old_pin_is_reported_at_the_end_and_the_change_starts_again(open_till: Opener) -> None:
    store = a_store(*STAFF)
    hand = open_till(store)
    page = hand.till.way_in.sign_in
    page.pin.change.click()
    for pin in ("000001", "483926", "483926"):
        hand.type(pin)
        hand.press(Qt.Key.Key_Return)
    assert page.pin.complaint.startswith("Wrong PIN for Amina S.")
    assert store.pins["amina"] == f"hash of {PIN}"
    hand.press(Qt.Key.Key_Escape)
    assert page.pin.complaint == ""
    hand.sign_in("amina")
    assert hand.till.session.person == AMINA


def test_choosing_another_person_gives_the_change_up(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF, shift=an_open_shift()))
    hand.till.way_in.sign_in.pin.change.click()
    hand.type(PIN)
    hand.press(Qt.Key.Key_Return)
    hand.press(Qt.Key.Key_Right)
    hand.type(PIN)
    hand.press(Qt.Key.Key_Return)
    assert hand.till.session.person == LI_WEI


def test_who_taps_another_person_while_a_pin_is_checked_signs_in_as_that_person(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF, shift=an_open_shift()))
    page = hand.till.way_in.sign_in
    hand.type(PIN)
    with SlowStore(hand) as slow:
        slow.press(Qt.Key.Key_Return)
        page.people.card("liwei").click()
        slow.type(PIN[:3])
    signed_in = hand.till.session.person
    assert signed_in is None
    assert page.people.person == LI_WEI
    assert page.pin.field.pin() == ""
    hand.type(PIN)
    hand.press(Qt.Key.Key_Return)
    assert hand.till.session.person == LI_WEI


def test_a_change_of_pin_that_is_refused_is_not_told_to_who_is_chosen_by_then(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF, shift=an_open_shift()))
    page = hand.till.way_in.sign_in
    page.pin.change.click()
    for pin in ("000000", "271828"):
        hand.type(pin)
        hand.press(Qt.Key.Key_Return)
    hand.type("271828")
    with SlowStore(hand) as slow:
        slow.press(Qt.Key.Key_Return)
        page.people.card("liwei").click()
    assert (page.people.person, page.pin.complaint, page.is_busy) == (LI_WEI, "", False)
    hand.type(PIN)
    hand.press(Qt.Key.Key_Return)
    assert hand.till.session.person == LI_WEI


# ── a PIN that comes as fast as a scan ───────────────────────────────────────────────────────────────────────────


def test_a_pin_that_is_typed_as_fast_as_a_scan_signs_in(open_till: Opener) -> None:
    hand = open_till(a_store(*STAFF, shift=an_open_shift()))
    hand.scan(PIN)
    assert hand.till.session.person == AMINA
    assert hand.screen_id == "checkout"


def test_the_code_of_goods_in_the_pin_field_is_a_scan_and_costs_no_try(open_till: Opener) -> None:
    store = a_store(*STAFF, shift=an_open_shift())
    hand = open_till(store)
    code = "20000011"
    hand.till.session.shop.find.codes.add(code)  # type: ignore[attr-defined] # the goods of the stand-in
    hand.scan(code)
    assert hand.news == "Sign in first, then scan again."
    assert store.failures == {}
    assert hand.till.way_in.sign_in.pin.field.pin() == ""


def test_what_is_no_pin_and_no_goods_is_a_wrong_pin(open_till: Opener) -> None:
    store = a_store(*STAFF, shift=an_open_shift())
    hand = open_till(store)
    hand.type("13")
    hand.scan("579135")
    assert store.failures["amina"][0] == 1
    assert hand.till.session.person is None


def test_a_scanner_that_is_no_keyboard_types_no_pin(open_till: Opener) -> None:
    store = a_store(*STAFF, shift=an_open_shift())
    hand = open_till(store)
    hand.till.scanner.take_line("96385074")
    hand.wait()
    assert hand.news == "Sign in first, then scan again."
    assert store.failures == {}


def test_a_till_at_rest_learns_who_was_added_at_another_one_and_leaves_a_pin_in_hand_alone(open_till: Opener) -> None:
    store = a_store(AMINA, DANA)
    hand = open_till(store)
    page = hand.till.way_in.sign_in
    store.staff.append(RUSLAN)
    store.pins[RUSLAN.name] = store.pins[AMINA.name]
    hand.type(PIN[:3])
    hand.till.clock.start()
    hand.wait()
    typing = hand.till.session.names, page.pin.field.pin()
    for _ in range(3):
        hand.press(Qt.Key.Key_Backspace)
    hand.press(Qt.Key.Key_Right)
    hand.till.clock.start()
    hand.wait()

    assert typing == ({person.name: person.title for person in (AMINA, DANA)}, PIN[:3])
    assert page.people.card("ruslan").isVisible()
    assert page.people.person == DANA
