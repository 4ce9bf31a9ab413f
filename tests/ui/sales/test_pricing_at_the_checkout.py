"""What a row costs, changed at the checkout by keys: money or per cent, the whole basket, a price, notes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.pricing.promotions import PromotionDraft
from pos.application.text.formatting import money_text, plain_text
from pos.domain.pricing.discount import Discount
from pos.domain.quota.rule import Verdict
from pos.ui.widgets.drawing.text_label import TextLabel
from tests.builders import money
from tests.ui.at_the_counter import Hand, close_till, open_till
from tests.ui.slow_store import SlowStore, StoreInAMoment

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def type_in(hand: Hand, text: str) -> None:
    hand.type(text)
    hand.press(Key.Key_Return)


def need_half_off(hand: Hand) -> None:
    """A watch, and half its price off the basket: a cashier needs an approval for it."""
    hand.scan(hand.goods("watch").code)
    hand.press(Key.Key_F5, SHIFT)
    type_in(hand, "50")


def ask_for_half_off(hand: Hand) -> None:
    """The same, and the panel that asks for the PIN of a manager."""
    need_half_off(hand)
    hand.checkout.page.news.action_pressed.emit()
    hand.wait(50)


def approve(hand: Hand) -> None:
    hand.checkout.page.news.action_pressed.emit()
    hand.wait(50)
    hand.checkout.page.approval.pin.push("314159")
    hand.press(Key.Key_Return)
    hand.wait(50)


def promote(hand: Hand, name: str, percent: str) -> None:
    manager = next(person for person in hand.shop.sign_in.people() if person.name == "manager")
    hand.shop.promotions.add(PromotionDraft(name, percent=Decimal(percent)), manager)


def test_the_search_names_the_price_at_which_the_basket_takes_the_goods(hand: Hand) -> None:
    goods = hand.goods("watch")
    hand.scan(goods.code)
    one = hand.view.total
    promote(hand, "Winter", "10")
    found = hand.checkout.page.scan.popup.rows
    hand.type(goods.name_in("en"))
    hand.wait(200)
    offered = found.text(0).price
    hand.press(Key.Key_Return)
    taken = hand.view.total
    hand.press(Key.Key_F6)
    hand.type(goods.name_in("en"))
    hand.wait(200)

    assert (offered, taken) == (money_text(one, "en"), one * 2)
    assert found.text(0).price != offered


def test_a_removal_that_breaks_up_a_set_promises_nothing(hand: Hand) -> None:
    """Two of three watches count ¥ 7,546.67 while the third is free, and ¥ 11,320.00 without it."""
    manager = next(person for person in hand.shop.sign_in.people() if person.name == "manager")
    watch, card = "7630204322047", hand.checkout.panel.verdict
    hand.show_passport()
    for _ in range(3):
        hand.scan(watch)
    hand.wait(20)
    plain = card._action.text()
    hand.press(Key.Key_F6, SHIFT)
    hand.shop.promotions.add(PromotionDraft("Third free", take=3, pay=2, code=watch), manager)
    hand.show_passport()
    for _ in range(3):
        hand.scan(watch)
    hand.wait(20)
    in_a_set = card._action.text()
    hand.press(Key.Key_L, CONTROL)
    hand.wait(20)

    assert hand.view.total == money("11320.00")
    assert (plain, in_a_set) == ("Remove these to stay within", "Remove these")
    assert card._action.text() == "Remove these to stay within"


def test_a_split_that_breaks_up_a_set_is_judged_at_its_own_prices(hand: Hand) -> None:
    """The free watch goes to one visitor, and two at the full price to the other."""
    manager = next(person for person in hand.shop.sign_in.people() if person.name == "manager")
    hand.shop.promotions.add(PromotionDraft("Third free", take=3, pay=2, code="7630204322047"), manager)
    hand.show_passport()
    for _ in range(3):
        hand.scan("7630204322047")
    hand.show_companions(1)
    hand.wait(20)
    card = hand.checkout.panel.verdict
    offered = card._advice.text()
    hand.press(Key.Key_F9)
    hand.wait(50)

    assert max(one.verdict for one in hand.view.quota.values()) is Verdict.DUTY
    assert "stay within" not in offered + card._advice.text()
    assert "all visitors are within" not in hand.news
    assert hand.news.startswith("Goods split. Duty: ")


def test_f5_once_more_means_money(hand: Hand) -> None:
    hand.scan(hand.goods("watch").code)

    hand.press(Key.Key_F5)
    hand.press(Key.Key_F5)
    type_in(hand, "7.50")

    assert hand.view.lines[0].line.discount == Discount(amount=money("7.50"))
    assert hand.checkout.page.rows.rows.row(0).discount == "−7.50"
    hand.press(Key.Key_F5)
    assert (hand.checkout.changes.editor.text(), hand.checkout.changes.editor.unit) == ("7.50", 1)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("5%", Discount(percent=Decimal(5))),
        ("5 %", Discount(percent=Decimal(5))),
        ("¥5", Discount(amount=money("5"))),
        ("5 ¥", Discount(amount=money("5"))),
        ("0", None),
        ("", None),
    ],
)
def test_a_symbol_that_is_typed_says_what_is_meant(hand: Hand, text: str, given: Discount | None) -> None:
    hand.scan(hand.goods("watch").code)
    hand.press(Key.Key_F5)

    hand.checkout.changes.editor.setText(text)
    hand.press(Key.Key_Return)

    assert hand.view.lines[0].line.discount == given


def test_what_is_no_discount_is_marked_and_the_field_stays(hand: Hand) -> None:
    hand.scan(hand.goods("watch").code)
    hand.press(Key.Key_F5)

    type_in(hand, "101")

    assert hand.checkout.changes.editor.property("wrong") is True
    assert hand.news
    assert hand.view.lines[0].line.discount is None


def test_shift_f5_takes_something_off_everything_and_says_so_beneath_the_rows(hand: Hand) -> None:
    for category in ("food.sweets", "food.honey"):
        hand.scan(hand.goods(category).code)
    before = hand.view.total

    hand.press(Key.Key_F5, SHIFT)
    type_in(hand, "10")

    assert hand.view.total.minor == before.minor - round(before.minor / 10)
    foot = hand.checkout.page.foot
    assert foot.isVisible()
    assert foot.texts[1] == "Discount on the basket −10\u00a0%"
    hand.press(Key.Key_F5, SHIFT)
    hand.checkout.changes.whole.clear()
    hand.press(Key.Key_Return)
    assert (hand.view.total, foot.isVisible()) == (before, False)


def test_what_stands_beneath_the_rows_stands_beside_what_is_typed_there(hand: Hand) -> None:
    hand.till.window.resize(1366, 768)
    hand.scan(hand.goods("food.honey").code)
    foot, editor = hand.checkout.page.foot, hand.checkout.changes.whole
    hand.press(Key.Key_N, CONTROL | SHIFT)
    hand.type("A very long note about a customer who collects it in the afternoon, with a blue lorry")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_F5, SHIFT)
    first = [box.intersects(editor.geometry()) for box in foot.boxes()], foot.boxes()[1].width() > 0
    hand.type("10")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_F5, SHIFT)
    again = [box.intersects(editor.geometry()) for box in foot.boxes()]
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_N, CONTROL | SHIFT)
    note = foot.boxes()[1].intersects(editor.geometry())

    assert (first, again, note) == (([False, False], True), [False, False], False)


def test_above_the_role_the_whole_basket_asks_for_an_approval_in_place(hand: Hand) -> None:
    hand.scan(hand.goods("watch").code)
    before = hand.view.total
    hand.press(Key.Key_F5, SHIFT)
    type_in(hand, "50")
    refused = hand.view.total

    approve(hand)

    assert refused == before
    assert hand.view.total.minor == before.minor // 2


def test_an_approval_takes_a_pin_that_comes_as_fast_as_a_scan(hand: Hand) -> None:
    hand.scan(hand.goods("watch").code)
    before = hand.view.total
    hand.press(Key.Key_F5, SHIFT)
    type_in(hand, "50")
    hand.checkout.page.news.action_pressed.emit()
    hand.wait(50)
    hand.scan("314159")
    hand.wait(50)
    assert not hand.checkout.page.approval.isVisible()
    assert hand.view.total.minor == before.minor // 2


def test_a_price_by_hand_needs_an_approval_and_shows_the_one_on_file(hand: Hand) -> None:
    hand.scan(hand.goods("watch").code)
    line = hand.view.lines[0].line
    hand.press(Key.Key_F4, CONTROL)
    type_in(hand, "99.90")
    assert hand.news.startswith("Amina S. is not allowed to do this")
    refused = hand.view.lines[0].line.unit_price

    approve(hand)

    assert refused == line.unit_price
    row = hand.checkout.page.rows.rows.row(0)
    assert (row.price, hand.view.lines[0].line.catalogue) == ("99.90", line.unit_price)
    assert row.catalogue
    hand.sell()
    assert hand.screen_id == "checkout"


def test_a_discount_refused_before_is_not_given_by_an_approval_of_something_else(hand: Hand) -> None:
    hand.show_passport()
    for _ in range(3):
        hand.scan(hand.goods("tobacco.cigarette").code)
    hand.press(Key.Key_F5)
    type_in(hand, "50")
    total = hand.view.total

    hand.press(Key.Key_F12)
    approve(hand)

    assert hand.view.total == total


def test_no_approval_is_offered_for_a_discount_that_payment_has_dropped(hand: Hand) -> None:
    hand.scan(hand.goods("tobacco.cigarette").code)
    hand.show_passport()
    hand.press(Key.Key_F5)
    type_in(hand, "50")
    hand.press(Key.Key_Return)
    assert hand.checkout.page.approval.isVisible()

    hand.press(Key.Key_F12)
    assert hand.view.open_questions
    assert (hand.screen_id, hand.news, hand.checkout.page.approval.isVisible()) == ("checkout", "", False)

    hand.press(Key.Key_Escape)
    hand.press(Key.Key_F5)
    type_in(hand, "50")
    hand.press(Key.Key_F12)
    assert hand.news == ""


def test_esc_leaves_the_approval_before_the_question_beside_it(hand: Hand) -> None:
    hand.scan(hand.goods("tobacco.cigarette").code)
    hand.show_passport()
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F5)
    type_in(hand, "50")
    hand.press(Key.Key_Return)
    page = hand.checkout.page
    assert (page.question.isVisible(), page.approval.isVisible()) == (True, True)

    hand.press(Key.Key_Escape)
    assert (page.question.isVisible(), page.approval.isVisible()) == (True, False)


def test_a_discount_is_given_by_its_approval_though_goods_are_scanned_meanwhile(hand: Hand) -> None:
    watch, toy = hand.goods("watch"), hand.goods("toy")
    hand.scan(watch.code)
    hand.press(Key.Key_F5)
    type_in(hand, "50")
    hand.press(Key.Key_Return)
    hand.scan(toy.code)
    hand.wait(50)
    assert hand.checkout.page.approval.isVisible()

    hand.type("314159")
    hand.press(Key.Key_Return)
    hand.wait(50)
    assert [row.line.discount for row in hand.view.lines] == [Discount(percent=Decimal(50)), None]


def test_a_discount_is_given_by_its_approval_though_goods_come_before_the_question_is_on_show(hand: Hand) -> None:
    watch, toy = hand.goods("watch"), hand.goods("toy")
    hand.scan(watch.code)
    hand.press(Key.Key_F5)
    type_in(hand, "50")
    hand.wait(50)
    with SlowStore(hand) as slow:
        slow.scan(toy.code)
        slow.press(Key.Key_Return)
    hand.wait(50)
    assert hand.checkout.page.approval.isVisible()

    hand.type("314159")
    hand.press(Key.Key_Return)
    hand.wait(50)
    assert hand.screen_id == "checkout"
    assert [row.line.discount for row in hand.view.lines] == [Discount(percent=Decimal(50)), None]


def test_the_question_for_an_approval_comes_though_goods_are_scanned_right_behind_its_key(hand: Hand) -> None:
    watch, toy = hand.goods("watch"), hand.goods("toy")
    hand.scan(watch.code)
    hand.press(Key.Key_F5)
    type_in(hand, "50")
    hand.wait(50)
    with SlowStore(hand) as slow:
        slow.press(Key.Key_Return)
        slow.scan(toy.code)
    hand.wait(50)
    assert hand.checkout.page.approval.isVisible()

    hand.type("314159")
    hand.press(Key.Key_Return)
    hand.wait(50)
    assert [row.line.discount for row in hand.view.lines] == [Discount(percent=Decimal(50)), None]


def test_more_off_than_the_price_is_refused_by_the_name_of_the_field(hand: Hand) -> None:
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F5)
    type_in(hand, "99999")

    assert hand.news.startswith("Discount:")


def test_notes_stand_in_the_row_and_beneath_the_rows(hand: Hand) -> None:
    hand.scan(hand.goods("watch").code)

    hand.press(Key.Key_N, CONTROL)
    type_in(hand, "gift wrap")
    hand.press(Key.Key_N, CONTROL | SHIFT)
    type_in(hand, "collects it tomorrow")

    assert hand.checkout.page.rows.rows.row(0).note == "gift wrap"
    assert hand.checkout.page.foot.texts[0] == "collects it tomorrow"
    hand.press(Key.Key_Z, CONTROL)
    hand.press(Key.Key_Z, CONTROL)
    assert (hand.checkout.page.rows.rows.row(0).note, hand.checkout.page.foot.isVisible()) == ("", False)


def test_keys_for_the_whole_do_nothing_in_an_empty_basket(hand: Hand) -> None:
    hand.press(Key.Key_F5, SHIFT)
    hand.press(Key.Key_N, CONTROL | SHIFT)

    assert not hand.checkout.page.foot.isVisible()


def test_a_promotion_is_named_in_its_row(hand: Hand) -> None:
    promote(hand, "Spring", "10")
    hand.checkout.counter.start_new()
    hand.scan(hand.goods("watch").code)

    row = hand.checkout.page.rows.rows.row(0)
    assert row.promotion == "Spring"
    assert row.discount.startswith("−")
    assert "Spring" in row.spoken


def test_a_pin_is_tried_once_however_often_enter_is_pressed(hand: Hand) -> None:
    ask_for_half_off(hand)
    hand.checkout.page.approval.pin.push("000001")
    with SlowStore(hand) as slow:
        for _ in range(5):
            slow.press(Key.Key_Return)
    hand.checkout.page.approval.pin.push("314159")
    hand.press(Key.Key_Return)

    assert not hand.checkout.page.approval.isVisible()  # five attempts would have locked the manager


def test_a_pin_that_is_too_short_to_be_one_is_no_try(hand: Hand) -> None:
    ask_for_half_off(hand)
    panel = hand.checkout.page.approval
    for _ in range(5):
        panel.pin.push("31415")
        hand.press(Key.Key_Return)
    is_said = any(label.text() == "A PIN has 6 to 12 digits." for label in panel.findChildren(TextLabel))
    panel.pin.push("314159")
    hand.press(Key.Key_Return)

    assert is_said
    assert not panel.isVisible()  # five tries would have locked the manager


def test_a_pin_that_is_typed_at_once_waits_for_the_panel_that_asks_for_it(hand: Hand) -> None:
    need_half_off(hand)
    with StoreInAMoment(hand) as moment:
        hand.checkout.page.news.action_pressed.emit()
        moment.type("135790")

    panel = hand.checkout.page.approval
    assert (panel.isVisible(), panel.pin.pin(), hand.checkout.page.scan.box.text()) == (True, "135790", "")


@pytest.mark.parametrize(("pin", "typed", "on_show"), [("314159", "46", False), ("135790", "", True)])
def test_what_is_typed_behind_the_pin_of_an_approval_waits_for_its_answer(
    hand: Hand, pin: str, typed: str, on_show: bool
) -> None:
    """Behind a wrong PIN it is dropped: it was meant for the page, or for another try that was not seen."""
    ask_for_half_off(hand)
    panel = hand.checkout.page.approval
    hand.type(pin)
    with StoreInAMoment(hand) as moment:
        moment.press(Key.Key_Return)
        moment.type("46")

    assert (panel.isVisible(), panel.pin.pin()) == (on_show, "")
    assert hand.checkout.page.scan.box.text() == typed


def test_an_enter_twice_at_the_pin_of_an_approval_is_one(hand: Hand) -> None:
    ask_for_half_off(hand)
    hand.type("314159")
    with StoreInAMoment(hand) as moment:
        moment.press(Key.Key_Return)
        hand.typing.press_again(Key.Key_Return)

    assert not hand.checkout.page.approval.isVisible()
    assert (len(hand.rows()), hand.screen_id, plain_text(hand.news)) == (1, "checkout", "Discount on the basket: 50 %.")


def test_an_approval_does_not_take_what_is_typed_before_it_opens(hand: Hand) -> None:
    need_half_off(hand)
    with SlowStore(hand) as slow:
        hand.checkout.page.news.action_pressed.emit()
        slow.press(Key.Key_F2)
        slow.type("46")
    slow.type("07")

    assert (hand.checkout.page.approval.isVisible(), hand.checkout.page.scan.box.text()) == (False, "4607")
    notice = hand.till.window.work.notices.notice
    assert notice is not None
    assert notice.text == "Not done: something else was started before the approval could be asked for."
