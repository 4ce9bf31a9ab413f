"""The staff at the real window: someone new, another role, a forgotten PIN, the end of an employment, who may what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.staff.staff import Person, PersonLocked, WrongPin
from pos.ui.page.form_page import FormRow
from pos.ui.staff.screen import StaffScreen
from pos.ui.widgets.buttons.segmented import SegmentButton
from pos.ui.widgets.drawing.text_label import TextLabel
from pos.ui.widgets.drawing.tone import Tone
from tests.ui.at_the_counter import Hand, close_till, open_bare_till
from tests.ui.slow_store import SlowStore

Key = Qt.Key


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager at the list of the staff."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "manager")
    opened.till.window.plug(StaffScreen(opened.till.session))
    opened.till.window.show_screen("staff")
    opened.wait()
    yield opened
    close_till(opened)


def page(hand: Hand) -> StaffScreen:
    screen = hand.till.window.screen_at("staff")
    assert isinstance(screen, StaffScreen)
    return screen


def person(hand: Hand, name: str) -> Person:
    return next(one.person for one in page(hand).records if one.person.name == name)


def spoken(hand: Hand) -> list[str]:
    rows = page(hand).list.rows
    return [rows.text(index).spoken for index in range(rows.rowCount())]


def news(hand: Hand) -> str:
    notice = page(hand).news.notice
    return "" if notice is None else notice.text


def choose(hand: Hand, name: str) -> None:
    rows = page(hand).list
    rows.setCurrentIndex(rows.rows.index(rows.rows.index_of(name), 0))
    hand.wait()


def test_the_list_says_who_works_here_and_how_things_stand(hand: Hand) -> None:
    for _ in range(5):
        with pytest.raises((WrongPin, PersonLocked)):
            hand.shop.sign_in("li", "000001")
    hand.shop.staff.disable(person(hand, "manager"), "zhao")
    page(hand).entered()
    hand.wait()

    assert spoken(hand)[:2] == ["Amina S., Cashier, Active, Never signed in",
                                "Li Wei, Cashier, Locked, until 24 Nov 2026 12:15, Never signed in"]  # fmt: skip
    assert spoken(hand)[-1] == "Zhao Min, Stock clerk, Disabled, Never signed in"
    assert page(hand).list.hasFocus()


def test_enter_pressed_twice_shows_the_one_time_pin_and_does_not_put_it_away(hand: Hand) -> None:
    choose(hand, "li")
    hand.press(Key.Key_F6)
    hand.press(Key.Key_Return)
    hand.typing.press_again(Key.Key_Return)
    hand.wait()
    shown = page(hand).note.pin
    hand.wait(500)
    hand.press(Key.Key_Return)

    assert shown
    assert not page(hand).note.pin


def test_a_cashier_has_no_such_page(hand: Hand) -> None:
    hand.sign_in("amina")

    assert "staff" not in [entry.key for entry in hand.till.window.work._entries]


def test_a_new_person_is_added_by_keys_and_the_pin_is_shown_once(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    hand.type("dana")
    hand.press(Key.Key_Return)
    hand.type("Dana M")
    hand.press(Key.Key_F12)

    note = page(hand).note
    assert (len(note.pin), note.button.hasFocus()) == (8, True)
    assert person(hand, "dana").role == "cashier"
    pin = note.pin
    hand.press(Key.Key_Escape)  # it must be noted
    assert note.pin == pin
    hand.press(Key.Key_Return)

    assert note.pin == ""
    assert page(hand).chosen is not None
    assert next(row for row in spoken(hand) if row.startswith("Dana M")).startswith("Dana M, Cashier, One-time PIN")
    assert page(hand).list.hasFocus()
    assert hand.shop.sign_in.choose_pin("dana", pin, "483926").title == "Dana M"


def test_what_cannot_be_a_name_is_said_beneath_its_field_and_nothing_typed_is_lost(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    hand.type("amina")
    hand.press(Key.Key_Return)
    hand.type("Somebody")
    hand.press(Key.Key_F12)

    form = page(hand).form
    assert "is already in use" in form.rows["name"].complaint
    assert (form.name.text(), form.shown.text(), form.name.hasFocus()) == ("amina", "Somebody", True)


def test_another_role_and_another_name_are_saved_together(hand: Hand) -> None:
    choose(hand, "li")
    form = page(hand).form
    form.shown.setText("Li W.")
    form.role.present(form.role._shown, "clerk")
    hand.press(Key.Key_F12)

    assert (person(hand, "li").title, person(hand, "li").role) == ("Li W.", "clerk")
    assert news(hand) == "Saved: Li W."


def test_another_name_is_that_of_the_person_on_every_page_at_once(hand: Hand) -> None:
    choose(hand, "li")
    page(hand).form.shown.setText("Li Na")
    hand.press(Key.Key_F12)
    hand.wait()
    renamed = hand.till.session.names["li"]
    hand.press(Key.Key_F3)
    hand.type("olga")
    hand.press(Key.Key_Tab)
    hand.type("Olga P.")
    hand.press(Key.Key_F12)
    hand.wait()

    assert (renamed, hand.till.session.names.get("olga")) == ("Li Na", "Olga P.")


def test_where_the_name_is_refused_the_role_stays_too(hand: Hand) -> None:
    choose(hand, "li")
    form = page(hand).form
    form.shown.setText("")
    form.role.present(form.role._shown, "manager")
    hand.press(Key.Key_F12)

    page(hand).entered()
    hand.wait()
    assert (person(hand, "li").title, person(hand, "li").role) == ("Li Wei", "cashier")


def test_a_name_is_saved_beside_the_role_that_another_manager_gave_in_the_meantime(hand: Hand) -> None:
    choose(hand, "li")
    hand.shop.staff.give_role(person(hand, "manager"), "li", "clerk")
    page(hand).form.shown.setText("Li W.")
    hand.press(Key.Key_F12)

    assert (person(hand, "li").title, person(hand, "li").role) == ("Li W.", "clerk")


def test_what_is_typed_outlives_another_language_row_and_page_and_esc_gives_it_up(hand: Hand) -> None:
    choose(hand, "li")
    form = page(hand).form
    form.shown.setText("Li W.")
    form.role.present(form.role._shown, "clerk")
    hand.till.session.speak("ru")
    assert (form.shown.text(), form.role.choice()) == ("Li W.", "clerk")
    choose(hand, "amina")
    assert (form.shown.text(), form.role.choice()) == ("Amina S.", "cashier")
    hand.till.window.show_screen("checkout")
    hand.till.window.show_screen("staff")
    hand.wait()
    choose(hand, "li")
    assert (form.shown.text(), form.role.choice()) == ("Li W.", "clerk")
    hand.press(Key.Key_Escape)
    assert (form.shown.text(), form.role.choice()) == ("Li Wei", "cashier")
    choose(hand, "amina")
    choose(hand, "li")
    assert form.shown.text() == "Li Wei"


def test_a_role_or_a_name_that_is_not_saved_is_marked_in_the_row_of_its_person(hand: Hand) -> None:
    choose(hand, "li")
    form = page(hand).form
    hand.typing.tap(next(one for one in form.role.findChildren(SegmentButton) if one.text() == "Stock clerk"))
    hand.wait()
    row = "Li Wei, Cashier, not saved, Active, Never signed in"
    assert row in spoken(hand)
    choose(hand, "amina")
    form.begin()
    hand.type("Amina")
    assert [one.split(", ")[2] for one in spoken(hand)[:2]] == ["not saved", "not saved"]

    hand.press(Key.Key_Escape)
    assert spoken(hand)[0] == "Amina S., Cashier, Active, Never signed in"
    assert row in spoken(hand)
    choose(hand, "li")
    hand.press(Key.Key_F12)
    assert "Li Wei, Stock clerk, Active, Never signed in" in spoken(hand)
    assert not [one for one in spoken(hand) if "not saved" in one]


def test_esc_that_declines_a_question_leaves_what_is_typed(hand: Hand) -> None:
    choose(hand, "li")
    form = page(hand).form
    form.shown.setText("Li W.")
    kept = []
    for asks in (Key.Key_F6, Key.Key_F7):
        hand.press(asks)
        hand.press(Key.Key_Escape)
        kept.append((news(hand), form.shown.text()))
    hand.press(Key.Key_Escape)

    assert kept == [("", "Li W.")] * 2
    assert form.shown.text() == "Li Wei"


def test_a_role_that_another_manager_has_given_meanwhile_is_shown_before_it_is_overruled(hand: Hand) -> None:
    choose(hand, "li")
    form = page(hand).form
    form.role.present(form.role._shown, "clerk")
    hand.shop.staff.give_role(person(hand, "manager"), "li", "manager")
    hand.press(Key.Key_F12)
    hand.typing.press_again(Key.Key_F12)
    hand.wait(450)
    first = person(hand, "li").role
    said, still = news(hand), form.role.choice()
    hand.press(Key.Key_F12)

    assert first == "manager"
    assert said == "Another person has changed this in the meantime. Check it and save again."
    assert still == "clerk"
    assert person(hand, "li").role == "clerk"


def test_a_new_person_half_typed_outlives_another_row_and_the_key_pressed_again(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    hand.type("dana")
    hand.press(Key.Key_F3)
    form = page(hand).form
    again = form.name.text()
    choose(hand, "li")
    shown = form.shown.text()
    hand.press(Key.Key_F3)
    back = form.name.text()
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_F3)

    assert (again, shown, back, form.name.text()) == ("dana", "Li Wei", "dana", "")


def test_someone_who_was_added_is_not_still_to_be_added_where_the_pin_was_not_noted(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    hand.type("dana")
    hand.press(Key.Key_Return)
    hand.type("Dana M")
    hand.press(Key.Key_F12)
    hand.till.window.show_screen("checkout")
    hand.till.window.show_screen("staff")
    hand.wait()
    assert page(hand).form.record is not None
    assert page(hand).form.name.text() == ""


def test_a_forgotten_pin_is_asked_about_once_more_and_reset(hand: Hand) -> None:
    choose(hand, "amina")
    hand.press(Key.Key_F6)
    assert news(hand).startswith("New one-time PIN for Amina S.?")
    assert hand.shop.sign_in("amina", hand.shop.demo_pins["amina"]).name == "amina"

    hand.press(Key.Key_Return)

    pin = page(hand).note.pin
    hand.press(Key.Key_Return)
    assert hand.shop.sign_in.choose_pin("amina", pin, "483926").name == "amina"


def test_someone_is_disabled_after_a_question_and_let_in_again(hand: Hand) -> None:
    choose(hand, "amina")
    hand.press(Key.Key_F7)
    assert person(hand, "amina").active
    hand.press(Key.Key_Escape)
    assert news(hand) == ""
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    assert not person(hand, "amina").active

    choose(hand, "amina")
    hand.press(Key.Key_F7)
    assert person(hand, "amina").active
    assert hand.shop.verify_books() == []


def test_a_manager_does_neither_to_themselves(hand: Hand) -> None:
    choose(hand, "manager")
    form = page(hand).form
    assert (form.pin.isHidden(), form.switch.isHidden()) == (True, True)
    for key in (Key.Key_F6, Key.Key_F7):
        hand.press(key)
        assert news(hand) == ""

    form.role.present(form.role._shown, "cashier")
    hand.press(Key.Key_F12)
    assert news(hand).startswith("You cannot disable yourself")
    assert person(hand, "manager").role == "manager"


def test_a_pin_that_no_one_noted_is_gone_when_the_till_locks(hand: Hand) -> None:
    choose(hand, "amina")
    hand.press(Key.Key_F6)
    hand.press(Key.Key_Return)
    assert page(hand).note.pin

    hand.till.window.lock()

    assert page(hand).note.pin == ""


def test_a_pin_on_show_is_shown_in_another_language_at_once(hand: Hand) -> None:
    choose(hand, "amina")
    hand.press(Key.Key_F6)
    hand.press(Key.Key_Return)
    pin = page(hand).note.pin

    hand.till.session.speak("kk")

    said = {label.text() for label in page(hand).note.findChildren(TextLabel)}
    assert page(hand).note.pin == pin
    assert hand.till.session.translator("It is shown only once. Write it down and hand it over.") in said


def test_everything_is_said_in_another_language_at_once_and_what_was_typed_stays(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    hand.type("dana")
    hand.till.session.speak("ru")
    hand.wait()

    form = page(hand).form
    assert form.name.text() == "dana"
    assert form.rows["role"].label.text() == "Роль"
    assert spoken(hand)[0].startswith("Amina S., Кассир, Работает")


def test_a_new_person_without_a_sign_in_name_yet_outlives_another_language_too(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    hand.press(Key.Key_Tab)
    hand.type("Dana")
    hand.till.session.speak("ru")
    hand.wait()
    hand.type(" M")

    form = page(hand).form
    assert (form.record, form.shown.text()) == (None, "Dana M")


def test_a_look_at_the_rights_and_a_new_person_given_up_leave_what_is_typed_of_another(hand: Hand) -> None:
    choose(hand, "li")
    form = page(hand).form
    form.shown.setText("Li W.")
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F5)
    after_rights = form.shown.text()
    hand.press(Key.Key_F3)
    hand.press(Key.Key_Escape)

    assert (after_rights, form.shown.text()) == ("Li W.", "Li W.")


def test_a_person_typed_and_not_saved_is_named_before_the_till_closes(hand: Hand) -> None:
    unfinished = hand.till.window.unfinished
    before = unfinished.all()
    hand.press(Key.Key_F3)
    hand.type("dana")
    added = unfinished.all()
    unfinished.empty()
    choose(hand, "li")
    page(hand).form.shown.setText("Li W.")

    assert (before, added, unfinished.all()) == ("", "an unsaved staff member", "an unsaved staff member")
    unfinished.empty()
    assert unfinished.all() == ""


def test_a_field_that_is_missing_is_named_as_on_the_page(hand: Hand) -> None:
    hand.till.session.speak("ru")
    hand.press(Key.Key_F3)
    hand.type("dana2")
    hand.press(Key.Key_F12)

    assert page(hand).form.rows["title"].complaint == "Отображаемое имя: не заполнено."


def test_a_missing_field_is_named_in_the_language_just_chosen(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    hand.type("dana2")
    hand.press(Key.Key_F12)
    hand.till.session.speak("ru")

    assert page(hand).form.rows["title"].complaint == "Отображаемое имя: не заполнено."


def test_a_field_that_was_missing_is_not_called_missing_once_it_is_filled_in(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    hand.type("dana2")
    hand.press(Key.Key_F12)
    hand.type("D")
    form = page(hand).form
    assert (form.shown.text(), form.rows["title"].complaint) == ("D", "")

    hand.till.session.speak("ru")
    assert form.rows["title"].complaint == ""


def test_a_late_answer_does_not_take_the_manager_back_to_the_person_before(hand: Hand) -> None:
    choose(hand, "amina")
    page(hand).form.shown.setText("Amina B.")
    gate = Event()
    hand.till.session.background.run(gate.wait, lambda _done: None, lambda _error: None)
    page(hand).save()
    rows = page(hand).list
    rows.setCurrentIndex(rows.rows.index(rows.rows.index_of("li"), 0))
    page(hand).form.shown.setText("Li W")
    gate.set()
    hand.wait()
    chosen = page(hand).chosen

    assert chosen is not None
    assert (chosen.person.name, page(hand).form.shown.text()) == ("li", "Li W")
    assert person(hand, "amina").title == "Amina B."


def test_another_person_typed_while_one_is_added_stays_until_the_pin_is_noted(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    hand.type("dana")
    hand.press(Key.Key_Return)
    hand.type("Dana M")
    with SlowStore(hand) as slow:
        slow.press(Key.Key_F12)
        slow.press(Key.Key_F12)
        slow.fill(page(hand).form.name, "erlan")
    pin = page(hand).note.pin
    hand.press(Key.Key_Return)

    assert (len(pin), person(hand, "dana").role) == (8, "cashier")
    assert (page(hand).form.record, page(hand).form.name.text()) == (None, "erlan")
    assert page(hand).waiting() == "an unsaved staff member"


def test_a_refusal_is_not_shown_at_the_form_of_another_person(hand: Hand) -> None:
    choose(hand, "amina")
    page(hand).form.shown.setText(" ")
    with SlowStore(hand) as slow:
        slow.press(Key.Key_F12)
        rows = page(hand).list
        rows.setCurrentIndex(rows.rows.index(rows.rows.index_of("li"), 0))
    notice = page(hand).news.notice

    assert notice is not None
    assert notice.tone is Tone.NEARLY
    assert not any(row.complaint for row in page(hand).form.findChildren(FormRow))


def test_a_pin_that_is_given_after_the_page_was_left_is_shown_to_who_asked_for_it_and_to_no_one_else(
    hand: Hand,
) -> None:
    choose(hand, "amina")
    hand.press(Key.Key_F6)
    with SlowStore(hand) as slow:
        slow.press(Key.Key_Return)
        hand.till.window.show_screen("checkout")
    hand.till.window.show_screen("staff")
    hand.wait()
    assert len(page(hand).note.pin) == 8
    assert page(hand).note.isVisible()
    hand.press(Key.Key_Return)

    hand.press(Key.Key_F6)
    with SlowStore(hand) as slow:
        slow.press(Key.Key_Return)
        hand.till.window.lock()
    manager, zhao = person(hand, "manager"), person(hand, "zhao")
    hand.till.session.take_person(hand.shop.staff.change(manager, "zhao", None, "manager", zhao))
    hand.till.window.show_screen("staff")
    hand.wait()
    assert page(hand).note.pin == ""
    assert (page(hand).list.isEnabled(), page(hand).form.isVisible()) == (True, True)
