"""The first start: an empty shop gets its name, its zone and its first manager."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos.domain.border import Border
from pos.ui.settings.first_start.zones import clock_zones, zone_choices
from tests.borders import write_border
from tests.horgos import HORGOS
from tests.ui.conftest import Hand, Opener
from tests.ui.fakes_shop import DANA, PIN, FakeStore, a_store

AT_HORGOS = {"_border": "horgos", "_currencies": '{"CNY": 2, "EUR": 2, "KZT": 2, "RUB": 2, "USD": 2}'}
_TOO_EASY = "This PIN is too simple: a repeated digit or a sequence."


def answer(hand: Hand, *, shop: str = "Silk Gate", manager: str = "Dana K.", pin: str = PIN, again: str = PIN) -> None:
    """Fill the page in and press its button."""
    page = hand.till.way_in.first_start
    page.shop.setText(shop)
    page.manager.setText(manager)
    for field, digits in ((page.pin, pin), (page.again, again)):
        field.clear()
        field.push(digits)
    page.form.button.click()
    hand.wait()


def test_an_empty_store_asks_for_its_shop_and_signs_the_manager_in(open_till: Opener) -> None:
    store = a_store()
    hand = open_till(store)
    assert hand.screen_id == "first_start"
    hand.till.way_in.first_start.zone.setCurrentIndex(1)
    answer(hand)
    hand.wait()
    assert store.stored == {"shop_name": "Silk Gate", "time_zone": "Asia/Almaty"} | AT_HORGOS
    assert store.events == ["found_shop", "sign_in"]
    assert [person.role for person in store.staff] == ["manager"]
    assert hand.till.session.person == store.staff[0]
    assert hand.screen_id == "open_shift"
    assert hand.till.session.settings.shop_name == "Silk Gate"
    assert hand.till.window.windowTitle() == "Silk Gate — Border POS"
    assert (
        hand.till.session.names[store.staff[0].name] == "Dana K."
    )  # prices and stock name them from the first step on


def test_the_whole_page_can_be_filled_in_with_the_keyboard(open_till: Opener) -> None:
    store = a_store()
    hand = open_till(store)
    hand.type("Silk")
    for _ in ("border", "time zone", "manager"):
        hand.press(Qt.Key.Key_Return)
    hand.type("Dana")
    hand.press(Qt.Key.Key_Return)
    hand.type(PIN)
    hand.press(Qt.Key.Key_Return)
    hand.type(PIN)
    hand.press(Qt.Key.Key_Return)
    hand.wait()
    assert store.stored == {"shop_name": "Silk", "time_zone": "Asia/Shanghai"} | AT_HORGOS
    assert [person.title for person in store.staff] == ["Dana"]


def test_a_scan_into_the_pin_leaves_the_cursor_there_and_types_no_pin_into_the_name(open_till: Opener) -> None:
    hand = open_till(a_store())
    page = hand.till.way_in.first_start
    page.shop.setText("Silk")
    page.pin.setFocus()
    hand.scan("4870204321111")
    assert page.pin.hasFocus()
    hand.type(PIN)
    assert (page.shop.text(), page.pin.pin()) == ("Silk", PIN)


@pytest.mark.parametrize(
    ("answers", "field", "complaint"),
    [
        ({"shop": " "}, "shop_name", "Shop name is missing."),
        ({"manager": ""}, "manager", "Name of the first manager is missing."),
        ({"pin": "", "again": ""}, "pin", "PIN of the manager, 6 to 12 digits is missing."),
        ({"pin": "2468"}, "pin", "A PIN has 6 to 12 digits."),
        ({"pin": "111111"}, "pin", _TOO_EASY),
        ({"again": "135790"}, "again", "The PINs do not match. Type the same PIN twice."),
    ],
)
def test_a_wrong_answer_is_said_beneath_its_field(
    open_till: Opener, answers: dict[str, str], field: str, complaint: str
) -> None:
    store: FakeStore = a_store()
    hand = open_till(store)
    answer(hand, **answers)
    page = hand.till.way_in.first_start
    assert page.complaint(field) == complaint
    assert store.staff == []
    hand.till.session.speak("ru")
    assert page.complaint(field) not in ("", complaint)
    answer(hand)
    assert page.complaint(field) == ""
    assert len(store.staff) == 1


def test_a_complaint_about_a_field_goes_as_soon_as_it_is_typed_in(open_till: Opener) -> None:
    hand = open_till(a_store())
    page = hand.till.way_in.first_start
    answer(hand, shop="")
    hand.type("S")
    assert page.shop.text() == "S"
    assert page.complaint("shop_name") == ""

    hand.till.session.speak("ru")
    assert page.complaint("shop_name") == ""

    answer(hand, again="135790")
    assert page.complaint("again") != ""
    page.pin.setFocus()
    hand.press(Qt.Key.Key_Backspace)
    assert page.complaint("again") == ""


def test_the_two_zones_of_the_border_come_first_and_every_place_follows() -> None:
    zones = zone_choices(available_timezones(), clock_zones(HORGOS))
    assert zones[:2] == ["Asia/Shanghai", "Asia/Almaty"]
    assert zones[2:] == sorted(zones[2:])
    assert "Asia/Tashkent" in zones
    assert len(zones) == len(set(zones)) > 300
    assert not [zone for zone in zones if zone.startswith("Etc/")]


def test_the_borders_are_offered_with_their_money_and_ways_out_the_usual_one_first(open_till: Opener) -> None:
    hand = open_till(a_store())
    borders = hand.till.way_in.first_start.borders
    names = [borders.list.itemText(place) for place in range(borders.list.count())]
    assert names == ["Horgos", "Mohan and Boten", "Terespol"]
    assert borders.about.text() == "To China, To Kazakhstan · CNY, KZT, USD, EUR, RUB"
    assert borders.example.isHidden()

    hand.press(Qt.Key.Key_Return)  # from the name of the shop
    for _ in range(2):
        hand.press(Qt.Key.Key_Down)

    assert borders.about.text() == "To Poland, To Belarus · PLN, EUR, BYN, USD"
    assert (borders.example.isHidden(), borders.example.text()) == (False, "Example rules: not the law")
    assert hand.till.way_in.first_start.zone.currentText() == "Europe/Warsaw · Warsaw"
    hand.till.session.speak("ru")
    assert borders.list.currentText() == "Тересполь"
    assert hand.till.way_in.first_start.zone.currentText() == "Europe/Warsaw · Варшава"


def test_a_faulty_file_is_named_and_the_other_borders_can_be_chosen(open_till: Opener, tmp_path: Path) -> None:
    write_border(tmp_path, "narva", {"EUR": 2})
    file = tmp_path / "borders" / "narva" / "border.toml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("Europe/Tallinn", "Europe/Talinn"), encoding="utf-8")
    hand = open_till(a_store(borders=tmp_path / "borders"))
    page = hand.till.way_in.first_start
    assert page.borders.faults.text() == f"{file}, time_zone: the time zone does not exist."
    assert page.borders.list.count() == 3

    file.write_text(good, encoding="utf-8")
    page.entered()
    hand.wait()
    assert page.borders.faults.isHidden()
    assert page.borders.list.count() == 4


def test_a_shop_with_goods_stays_at_its_border_and_the_page_says_so(open_till: Opener) -> None:
    hand = open_till(a_store(goods=3))
    borders = hand.till.way_in.first_start.borders
    assert not borders.list.isEnabled()
    assert borders.settled.text() == "This shop has people or goods: it stays at its border."
    assert not borders.settled.isHidden()


def test_what_no_border_allows_is_said_before_another_window_opens(open_till: Opener) -> None:
    hand = open_till(a_store())
    page = hand.till.way_in.first_start
    page.borders.choose("polish-land")
    answer(hand, again="135790")
    assert page.complaint("again") == "The PINs do not match. Type the same PIN twice."
    assert hand.till.elsewhere is None


def test_the_border_asked_for_at_the_start_is_proposed(open_till: Opener, at_border: Callable[[str], Border]) -> None:
    at_border("polish-land")
    hand = open_till(a_store())
    page = hand.till.way_in.first_start
    assert page.borders.list.currentText() == "Terespol"
    assert page.zone.currentData() == "Europe/Warsaw"


def test_a_shop_that_another_till_has_created_meanwhile_is_opened_where_it_stands(
    open_till: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QApplication, "exit", lambda *_: None)  # without a loop it would end the next ones
    store = a_store()
    hand = open_till(store)
    store.staff.append(DANA)
    answer(hand)
    assert hand.till.elsewhere is not None
    assert hand.till.elsewhere.border == ""
