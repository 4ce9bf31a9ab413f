"""A cashier who is quicker than the store: each key does what it does for one who waits, or does nothing and sounds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from pos.ui.look.sounds import Sound
from pos.ui.session.background import Background
from tests.ui.at_the_counter import CARTON, VOLUME_UNKNOWN, Hand, a_passport, close_till, open_till
from tests.ui.keyboard import NO_MODIFIER
from tests.ui.slow_store import SlowStore, StoreInAMoment

Key = Qt.Key
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NO_ONE_KNOWS = "4600000000008"

Press = tuple[Key, Qt.KeyboardModifier]
KEYS: dict[str, Press] = {
    "F3": (Key.Key_F3, NO_MODIFIER),
    "F4": (Key.Key_F4, NO_MODIFIER),
    "F5": (Key.Key_F5, NO_MODIFIER),
    "F6": (Key.Key_F6, NO_MODIFIER),
    "F8": (Key.Key_F8, NO_MODIFIER),
    "F10": (Key.Key_F10, NO_MODIFIER),
    "Enter": (Key.Key_Return, NO_MODIFIER),
    "Esc": (Key.Key_Escape, NO_MODIFIER),
    "Up": (Key.Key_Up, NO_MODIFIER),
    "Down": (Key.Key_Down, NO_MODIFIER),
    "Shift+F5": (Key.Key_F5, SHIFT),
    "Ctrl+F4": (Key.Key_F4, CONTROL),
    "Ctrl+N": (Key.Key_N, CONTROL),
    "Ctrl+G": (Key.Key_G, CONTROL),
    "Ctrl+B": (Key.Key_B, CONTROL),
    "Ctrl+E": (Key.Key_E, CONTROL),
    "Ctrl+Down": (Key.Key_Down, CONTROL),
    "Alt+D": (Key.Key_D, ALT),
}
FIGURES = "1237.*"


@pytest.fixture
def hand(qapp: object, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The cashier with a carton in the basket, and its visitor."""
    opened = open_till(qapp, qtbot, tmp_path)  # type: ignore[arg-type]
    opened.scan(CARTON)
    opened.show_passport()
    yield opened
    close_till(opened)


def pieces(hand: Hand) -> list[str]:
    return [row.split(" | ")[0] for row in hand.rows()]


def test_goods_that_are_removed_while_they_are_looked_up_are_gone_although_others_are_scanned_at_once(
    hand: Hand,
) -> None:
    honey, sweets = hand.goods("food.honey"), hand.goods("food.sweets")
    with StoreInAMoment(hand) as moment:
        moment.scan(honey.code)
        moment.press(Key.Key_F6)
        moment.scan(sweets.code)

    assert [row.split(" | ")[1] for row in hand.rows()] == ["Cigarettes, carton of 200", sweets.name]


def test_a_quantity_typed_behind_goods_that_are_looked_up_is_theirs(hand: Hand) -> None:
    with StoreInAMoment(hand) as moment:
        moment.scan(hand.goods("food.honey").code)
        moment.press(Key.Key_F4)
        moment.type("3")
        moment.press(Key.Key_Return)

    assert pieces(hand) == ["1", "3"]


def test_an_arrow_behind_goods_that_are_looked_up_goes_on_from_them(hand: Hand) -> None:
    with StoreInAMoment(hand) as moment:
        moment.scan(hand.goods("food.honey").code)
        moment.press(Key.Key_Up)
        moment.press(Key.Key_F4)

    hand.type("7")
    hand.press(Key.Key_Return)
    assert pieces(hand) == ["7", "1"]


def test_an_amount_typed_behind_f12_is_an_amount_of_the_payment(hand: Hand) -> None:
    hand.open_payment()
    hand.press(Key.Key_Escape)
    hand.wait(450)
    with StoreInAMoment(hand) as moment:
        moment.press(Key.Key_F12)
        moment.type("300")

    assert hand.screen_id == "payment"
    hand.press(Key.Key_Return)
    assert hand.payment.payment is not None
    assert [str(one.amount) for one in hand.payment.payment.tenders] == ["300.00"]


def test_a_finishing_key_does_not_wait_for_its_page(hand: Hand) -> None:
    hand.open_payment()
    hand.press(Key.Key_Escape)
    hand.wait(450)
    with StoreInAMoment(hand) as moment:
        moment.press(Key.Key_F12)
        hand.heard.sounds.clear()
        moment.press(Key.Key_F12)
        moment.press(Key.Key_F12)

    assert hand.screen_id == "payment"
    assert hand.heard.sounds[-1] is Sound.NOTE


def test_keys_behind_a_code_that_no_one_knows_do_nothing_and_sound(hand: Hand) -> None:
    before = hand.rows()
    hand.heard.sounds.clear()
    with StoreInAMoment(hand) as moment:
        moment.scan(NO_ONE_KNOWS)
        moment.press(Key.Key_F6)
        moment.type("3")
        moment.press(Key.Key_Return)
        moment.scan(hand.goods("food.honey").code)

    assert pieces(hand) == ["1", "1"]
    assert hand.rows()[:1] == before
    assert Sound.NOTE in hand.heard.sounds


def test_the_first_keys_of_a_scanner_that_wait_stand_in_no_field(hand: Hand) -> None:
    with StoreInAMoment(hand) as moment:
        moment.scan(hand.goods("food.honey").code)
        moment.press(Key.Key_F4)
        moment.scan(hand.goods("food.sweets").code)

    assert pieces(hand) == ["1", "1", "1"]
    assert {field.text() for field in hand.checkout.page.findChildren(QLineEdit) if field.isVisible()} <= {"", "1"}


def test_a_key_between_two_scans_waits_also_where_no_field_has_the_cursor(hand: Hand) -> None:
    hand.checkout.page.rows.setFocus()
    with StoreInAMoment(hand) as moment:
        moment.scan(hand.goods("food.honey").code)
        hand.checkout.page.rows.setFocus()
        moment.press(Key.Key_F6)
        moment.scan(hand.goods("food.sweets").code)

    assert [row.split(" | ")[1] for row in hand.rows()][1:] == [hand.goods("food.sweets").name]


def test_what_waits_comes_before_a_tap(hand: Hand) -> None:
    with StoreInAMoment(hand) as moment:
        moment.scan(hand.goods("food.honey").code)
        moment.type("ho")
        hand.typing.tap(hand.checkout.total.pay_button)
        typed = hand.checkout.page.scan.box.text()

    assert typed == "ho"


def test_what_waits_is_not_for_the_next_person(hand: Hand) -> None:
    with StoreInAMoment(hand) as moment:
        moment.scan(hand.goods("food.honey").code)
        moment.type("ho")
        hand.till.window.lock()
    hand.sign_in("manager")

    assert hand.checkout.page.scan.box.text() == ""


def test_keys_do_not_wait_for_a_store_that_takes_long(hand: Hand) -> None:
    with SlowStore(hand) as slow:
        slow.scan(hand.goods("food.honey").code)
        slow.type("ho")
        typed = hand.checkout.page.scan.box.text()

    assert typed == "ho"


def test_each_step_that_a_key_asks_for_has_its_own_time_to_be_answered(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.open_payment()
    hand.press(Key.Key_Escape)
    hand.wait(450)
    monkeypatch.setattr(Background, "run", slowed(Background.run))
    hand.typing.burst(f"{hand.goods('food.sweets').code}\r")
    hand.typing.press_blindly(Key.Key_F12)
    for figure in "300":
        hand.typing.press_blindly(figure)
    hand.wait()

    typed = str(hand.payment.entry.amount.amount()), hand.checkout.page.scan.box.text()
    assert (hand.screen_id, *typed) == ("payment", "300.00", "")


def slowed(run: Callable[..., None]) -> Callable[..., None]:
    """A store that takes half a second for each answer."""

    def later(background: Background, call: Callable[[], object], *answers: object) -> None:
        def slowly() -> object:
            time.sleep(0.5)
            return call()

        run(background, slowly, *answers)

    return later


def test_whatever_is_pressed_quickly_does_what_it_does_slowly(hand: Hand) -> None:
    goods = [CARTON, hand.goods("food.sweets").code, hand.goods("food.honey").code, VOLUME_UNKNOWN]
    for seed in range(24):
        random = Random(seed)
        acts = [an_act(random, goods) for _ in range(random.randint(3, 6))]
        slowly, quickly = both_ways(hand, acts)
        assert slowly == quickly, seed


Act = Callable[[Hand, SlowStore | None], None]


def both_ways(hand: Hand, acts: list[Act]) -> list[dict[str, object]]:
    """What stands after these acts of a person who waits for each, and of one who does not."""
    found = []
    for store in (None, StoreInAMoment(hand)):
        begin_again(hand)
        if store is None:
            for act in acts:
                act(hand, None)
                hand.wait(180)
        else:
            with store:
                for act in acts:
                    act(hand, store)
        hand.wait(400)
        found.append(what_stands(hand))

    return found


def an_act(random: Random, goods: list[str]) -> Act:
    """A scan, a passport, a key or a figure."""
    match random.randint(0, 9):
        case 0 | 1 | 2:
            code = random.choice(goods)
            return lambda hand, store: hand.scan(code) if store is None else store.scan(code)
        case 3:
            lines = a_passport(random.randint(1, 3))
            return lambda hand, store: hand.scan(lines) if store is None else store.scan(lines)
        case 4 | 5:
            figure = random.choice(FIGURES)
            return lambda hand, store: hand.type(figure) if store is None else store.type(figure)
        case _:
            press = KEYS[random.choice(list(KEYS))]
            return lambda hand, store: hand.press(*press) if store is None else store.press(*press)


def begin_again(hand: Hand) -> None:
    """The next customer at an empty checkout, with one carton."""
    for _ in range(4):
        hand.press(Key.Key_Escape)
    hand.checkout.counter.start_new()
    hand.wait()
    hand.till.window.show_screen("search")
    hand.wait()
    hand.till.window.show_screen("checkout")
    hand.wait(450)
    hand.scan(CARTON)
    hand.wait(450)


def what_stands(hand: Hand) -> dict[str, object]:
    """The page, the basket, whose it is, and what is typed."""
    page, view = hand.till.window.page, hand.view
    assert page is not None
    fields = [field for field in page.findChildren(QLineEdit) if field.isVisible()]
    return {
        "page": hand.screen_id,
        "rows": hand.rows(),
        "carriers": hand.carriers(),
        "visitors": [view.chosen, *(one.visitor.label for one in view.visitors)],
        "destination": view.destination,
        "row": hand.checkout.page.rows.currentIndex().row(),
        "typed": sorted((field.accessibleName(), field.text()) for field in fields),
    }
