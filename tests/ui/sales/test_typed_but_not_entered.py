"""Text that was typed at the checkout and not entered: the payment waits for it, and nothing is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.money import Money
from pos.ui.sales.payment.change_column import State
from tests.horgos import CNY
from tests.ui.at_the_counter import CARTON, Hand, a_passport, a_past, close_till, open_till
from tests.ui.keyboard import NO_MODIFIER
from tests.ui.slow_store import SlowStore

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
LOOSE_HALVA = "2200105000006"
WAITS = "Press Enter to accept this entry, or Esc to drop it."


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The cashier with a carton in the basket, and its visitor."""
    opened = open_till(qapp, qtbot, tmp_path)
    opened.scan(CARTON)
    opened.show_passport()
    yield opened
    close_till(opened)


def quantities(hand: Hand) -> list[str]:
    return [row.split(" | ")[0] for row in hand.rows()]


def test_the_payment_waits_for_a_quantity_that_is_not_entered(hand: Hand) -> None:
    hand.press(Key.Key_F4)
    hand.type("3")
    hand.press(Key.Key_F12)
    assert (hand.screen_id, hand.news, hand.checkout.changes.editor.text()) == ("checkout", WAITS, "3")

    hand.press(Key.Key_Return)
    assert (quantities(hand), hand.news) == (["3"], "")


def test_a_press_on_pay_waits_for_a_quantity_too(hand: Hand) -> None:
    hand.press(Key.Key_F4)
    hand.type("3")
    hand.checkout.page.scan.box.field.setFocus(Qt.FocusReason.MouseFocusReason)
    hand.checkout.total.pay_button.click()
    hand.wait()

    assert (hand.screen_id, hand.news) == ("checkout", WAITS)
    hand.press(Key.Key_Escape)
    assert (quantities(hand), hand.news, hand.checkout.changes.editor.isVisible()) == (["1"], "", False)


@pytest.mark.parametrize(("key", "modifier"), [(Key.Key_F5, Qt.KeyboardModifier.ShiftModifier),
                                               (Key.Key_N, Qt.KeyboardModifier.ControlModifier)])  # fmt: skip
def test_a_discount_or_a_note_that_is_not_entered_holds_the_payment(
    hand: Hand, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    hand.press(key, modifier)
    hand.type("5")
    hand.press(Key.Key_F12)

    assert (hand.screen_id, hand.news) == ("checkout", WAITS)


@pytest.mark.parametrize("key", [Key.Key_D, Key.Key_Q, Key.Key_C, Key.Key_2])
def test_a_key_of_the_payment_that_comes_while_the_checkout_still_asks_sells_nothing(hand: Hand, key: Qt.Key) -> None:
    before = hand.rows()
    hand.press(key, Qt.KeyboardModifier.AltModifier)
    hand.press(Key.Key_Return)

    assert (hand.checkout.page.scan.box.field.text(), hand.rows()) == ("", before)


def test_a_key_of_the_payment_is_no_figure_of_a_quantity(hand: Hand) -> None:
    hand.press(Key.Key_F4)
    hand.press(Key.Key_3, Qt.KeyboardModifier.AltModifier)

    assert hand.checkout.changes.editor.text() == "1"


def test_a_field_that_was_only_opened_holds_nothing(hand: Hand) -> None:
    hand.press(Key.Key_F4)
    hand.open_payment()

    assert hand.screen_id == "payment"


def test_a_companion_whose_document_is_half_typed_is_not_left_behind(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    hand.type("E1234")
    hand.press(Key.Key_F12)
    assert (hand.screen_id, hand.news) == ("checkout", WAITS)
    assert hand.checkout.form.isVisible()

    hand.press(Key.Key_Escape)
    assert hand.news == ""
    hand.open_payment()
    assert hand.screen_id == "payment"


def test_money_for_the_drawer_that_is_not_recorded_yet_holds_the_payment(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    hand.type("50")
    hand.press(Key.Key_F12)

    assert (hand.screen_id, hand.news, hand.checkout.drawer.amount.is_empty()) == ("checkout", WAITS, False)


def test_goods_bought_elsewhere_that_are_half_typed_hold_the_payment(hand: Hand) -> None:
    hand.press(Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert not hand.checkout.declared.is_begun
    hand.checkout.declared.price.setFocus()
    hand.type("900")
    hand.press(Key.Key_F12)

    assert (hand.screen_id, hand.news, hand.checkout.declared.price.text()) == ("checkout", WAITS, "900")


def test_goods_bought_elsewhere_that_are_half_typed_are_none_of_a_visitor_who_is_resumed(hand: Hand) -> None:
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    hand.checkout.document_scanned(a_passport(7))
    hand.wait()
    hand.press(Key.Key_B, CONTROL)
    declared = hand.checkout.declared
    declared.category.setCurrentIndex(declared.category.findData("book"))
    declared.price.setFocus()
    hand.type("900")
    hand.till.window.show_screen("parked")
    hand.wait()
    hand.press(Key.Key_Return)
    hand.wait()
    assert (hand.screen_id, quantities(hand)) == ("checkout", ["1"])
    is_open = declared.isVisible()
    hand.press(Key.Key_Return)

    [visitor] = hand.view.visitors
    assert (is_open, visitor.visitor.declared) == (False, ())


def test_goods_that_wait_for_their_weight_are_none_of_a_sale_that_is_resumed(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    hand = open_till(qapp, qtbot, tmp_path, made=a_past)
    weigh = hand.checkout.page.weigh
    hand.scan(CARTON)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    hand.scan(LOOSE_HALVA)
    is_asked = weigh.isVisible()
    hand.till.window.show_screen("parked")
    hand.wait()
    hand.press(Key.Key_Return)
    hand.wait()
    on_show = hand.screen_id, quantities(hand), weigh.isVisible()
    close_till(hand)

    assert is_asked
    assert on_show == ("checkout", ["1"], False)


def test_a_quantity_that_is_not_entered_is_not_left_to_the_next_person(hand: Hand) -> None:
    hand.press(Key.Key_F4)
    hand.type("3")
    hand.till.window.lock()
    hand.sign_in("manager")

    assert not hand.checkout.changes.editor.isVisible()


def test_the_note_of_a_basket_stays_when_its_key_is_pressed_again(hand: Hand) -> None:
    hand.press(Key.Key_F7)
    hand.type("red bag")
    hand.press(Key.Key_F7)

    assert hand.checkout.page.note.field.text() == "red bag"


def test_what_was_wrong_with_a_typed_figure_ends_with_its_field(hand: Hand) -> None:
    hand.press(Key.Key_F4)
    hand.type("99999")
    hand.press(Key.Key_Return)
    assert "99999" in hand.news

    hand.press(Key.Key_Escape)
    assert hand.news == ""


def test_a_sale_that_is_paid_is_no_open_basket(hand: Hand) -> None:
    hand.open_payment()
    hand.wait(450)
    hand.press(Key.Key_F12)
    hand.until(lambda: hand.screen_id == "paid")

    assert hand.till.window.unfinished.all() == ""


def test_a_document_half_typed_outlives_the_key_pressed_again(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    hand.type("E0000")
    hand.press(Key.Key_F3)

    assert hand.checkout.form._number.text() == "E0000"


@pytest.mark.parametrize(("first", "then"), [((Key.Key_F4, NO_MODIFIER), (Key.Key_F5, NO_MODIFIER)),
                                             ((Key.Key_F4, CONTROL), (Key.Key_F4, NO_MODIFIER)),
                                             ((Key.Key_N, CONTROL), (Key.Key_F4, CONTROL)),
                                             ((Key.Key_F5, NO_MODIFIER), (Key.Key_N, CONTROL))])  # fmt: skip
def test_another_question_about_the_row_waits_for_the_answer_that_is_typed(
    hand: Hand, first: tuple[Key, Qt.KeyboardModifier], then: tuple[Key, Qt.KeyboardModifier]
) -> None:
    hand.press(*first)
    hand.type("3")
    hand.press(*then)

    assert (hand.checkout.changes.editor.text(), hand.news) == ("3", WAITS)
    hand.press(Key.Key_Return)
    assert hand.news != WAITS
    hand.press(*then)
    assert hand.checkout.changes.editor.text() != "3"


def test_a_quantity_typed_for_one_row_is_not_dropped_by_the_key_pressed_for_another(hand: Hand) -> None:
    hand.scan(hand.goods("toy").code)
    hand.press(Key.Key_F4)
    hand.type("3")
    hand.checkout.page.rows.select(0)
    hand.press(Key.Key_F4)
    assert (hand.checkout.changes.editor.text(), hand.news) == ("3", WAITS)

    hand.press(Key.Key_Return)
    assert quantities(hand) == ["1", "3"]


def test_a_discount_on_the_basket_waits_before_the_note_of_the_sale(hand: Hand) -> None:
    hand.press(Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    hand.type("3")
    hand.press(Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)

    assert (hand.checkout.changes.whole.text(), hand.news) == ("3", WAITS)


def test_a_quantity_that_was_refused_waits_before_the_discount_on_the_basket(hand: Hand) -> None:
    hand.press(Key.Key_F4)
    hand.type("0")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    assert (hand.checkout.changes.editor.text(), hand.checkout.changes.whole.isVisible()) == ("0", False)
    assert hand.news == WAITS

    hand.press(Key.Key_Escape)
    hand.press(Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    hand.type("3")
    hand.press(Key.Key_F4)
    assert (hand.checkout.changes.whole.text(), hand.checkout.changes.editor.isVisible()) == ("3", False)


def test_a_field_in_which_nothing_was_typed_makes_room_for_another(hand: Hand) -> None:
    hand.press(Key.Key_F4)
    hand.press(Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    hand.type("3")

    assert not hand.checkout.changes.editor.isVisible()
    assert hand.checkout.changes.whole.text() == "3"


def test_a_document_half_typed_waits_beside_the_basket_before_another_form(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    hand.type("E1234")
    for key, modifier in ((Key.Key_F10, NO_MODIFIER), (Key.Key_B, CONTROL)):
        hand.press(key, modifier)
        assert (hand.checkout.form.isVisible(), hand.checkout.form._number.text(), hand.news) == (True, "E1234", WAITS)

    hand.press(Key.Key_Escape)
    hand.press(Key.Key_F10)
    assert (hand.checkout.drawer.isVisible(), hand.news) == (True, "")


def test_cash_or_a_purchase_half_typed_waits_beside_the_basket_too(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    hand.type("50")
    hand.press(Key.Key_F3)
    hand.press(Key.Key_B, CONTROL)
    assert (hand.checkout.drawer.isVisible(), hand.checkout.drawer.amount.is_empty(), hand.news) == (True, False, WAITS)

    hand.press(Key.Key_Escape)
    hand.press(Key.Key_B, CONTROL)
    hand.checkout.declared.price.setFocus()
    hand.type("900")
    for key, modifier in ((Key.Key_B, CONTROL), (Key.Key_F3, NO_MODIFIER), (Key.Key_F10, NO_MODIFIER)):
        hand.press(key, modifier)
        assert (hand.checkout.declared.price.text(), hand.news) == ("900", WAITS)


def test_a_code_that_is_typed_and_not_entered_is_no_goods_taken_without_paying(hand: Hand) -> None:
    code = hand.goods("toy").code
    hand.type(code)
    hand.press(Key.Key_F12)
    assert (hand.screen_id, hand.news, hand.checkout.page.scan.box.text()) == ("checkout", WAITS, code)

    hand.press(Key.Key_Return)
    assert (quantities(hand), hand.news) == (["1", "1"], "")
    hand.open_payment()
    assert hand.screen_id == "payment"


def test_an_amount_of_the_drawer_is_kept_while_a_passport_is_scanned_and_dropped_by_esc(hand: Hand) -> None:
    hand.checkout.key_handlers["drawer"]()
    hand.type("12")
    hand.show_passport()

    hand.checkout.key_handlers["drawer"]()
    kept = hand.checkout.drawer.amount.amount()
    hand.press(Key.Key_Escape)
    hand.checkout.key_handlers["drawer"]()

    assert kept == Money(1_200, CNY)
    assert hand.checkout.drawer.amount.is_empty()


def test_parking_waits_for_a_quantity_that_is_not_entered(hand: Hand) -> None:
    hand.press(Key.Key_F4)
    hand.type("3")
    hand.press(Key.Key_F7)
    assert (hand.checkout.page.note.isVisible(), hand.checkout.changes.editor.text(), hand.news) == (False, "3", WAITS)

    hand.press(Key.Key_Return)
    hand.press(Key.Key_F7)
    assert (quantities(hand), hand.checkout.page.note.isVisible()) == (["3"], True)


def test_a_quantity_and_a_document_that_are_not_entered_stay_while_another_page_is_shown(hand: Hand) -> None:
    hand.press(Key.Key_F4)
    hand.type("3")
    hand.till.window.show_screen("parked")
    hand.till.window.show_screen("checkout")
    assert hand.checkout.changes.editor.hasFocus()
    hand.press(Key.Key_Return)

    hand.press(Key.Key_F3)
    hand.type("E1234")
    hand.till.window.show_screen("parked")
    hand.till.window.show_screen("checkout")
    assert quantities(hand) == ["3"]
    assert (hand.checkout.form.isVisible(), hand.checkout.form._number.text()) == (True, "E1234")


@pytest.mark.parametrize("keys", ["3*\r", "3*"])
def test_a_quantity_for_the_next_scan_is_for_the_scan_at_the_payment(hand: Hand, keys: str) -> None:
    code = hand.goods("toy").code
    hand.open_payment()
    hand.press(Key.Key_Escape)
    hand.type(keys)
    hand.press(Key.Key_F12)
    assert hand.screen_id == "payment"
    hand.wait(450)
    hand.scan(code)

    assert (hand.screen_id, quantities(hand), hand.checkout.page.scan.waiting) == ("checkout", ["1", "3"], None)


def test_a_quantity_for_the_next_scan_is_not_left_to_the_next_customer(hand: Hand) -> None:
    hand.type("3*")
    hand.press(Key.Key_Return)
    waiting = hand.checkout.page.scan.waiting
    hand.sell()
    assert waiting == 3
    assert (hand.screen_id, hand.checkout.page.scan.waiting) == ("checkout", None)

    hand.scan(CARTON)
    assert quantities(hand) == ["1"]


def test_the_note_of_a_sale_that_is_parked_holds_the_payment_and_is_not_left_to_another_person(hand: Hand) -> None:
    hand.press(Key.Key_F7)
    hand.type("red bag")
    hand.press(Key.Key_F12)
    assert (hand.screen_id, hand.news, hand.checkout.page.note.field.text()) == ("checkout", WAITS, "red bag")

    hand.till.window.lock()
    hand.sign_in("manager")
    assert not hand.checkout.page.note.isVisible()


def test_the_question_for_a_note_goes_with_the_sale(hand: Hand) -> None:
    hand.press(Key.Key_F7)
    hand.sell()

    assert (hand.screen_id, hand.checkout.page.note.isVisible()) == ("checkout", False)


def test_what_is_typed_is_not_left_to_another_person_when_the_till_is_locked_on_another_page(hand: Hand) -> None:
    hand.press(Key.Key_F3)
    hand.type("E1234")
    hand.till.window.show_screen("parked")
    hand.till.window.lock()
    hand.sign_in("manager")
    hand.till.window.show_screen("checkout")
    assert not hand.checkout.form.isVisible()

    hand.press(Key.Key_F4)
    hand.type("3")
    hand.till.window.show_screen("parked")
    hand.till.window.lock()
    hand.sign_in()
    hand.till.window.show_screen("checkout")
    assert not hand.checkout.changes.is_begun

    hand.type("5*")
    hand.press(Key.Key_Return)
    hand.till.window.show_screen("parked")
    hand.till.window.lock()
    hand.sign_in("manager")
    hand.till.window.show_screen("checkout")
    assert hand.checkout.page.scan.waiting is None


def test_an_amount_half_typed_is_not_left_to_another_person_when_the_till_is_locked_on_another_page(
    hand: Hand,
) -> None:
    hand.open_payment()
    hand.type("50")
    hand.till.window.show_screen("parked")
    hand.till.window.lock()
    assert not hand.payment.entry.is_typed


def test_an_amount_that_was_typed_for_another_sum_is_asked_about_before_it_is_taken(hand: Hand) -> None:
    hand.open_payment()
    hand.type("2000")
    hand.till.window.show_screen("parked")
    hand.till.window.show_screen("checkout")
    hand.scan(CARTON)
    hand.open_payment()
    hand.press(Key.Key_F12)
    assert hand.payment.state is State.ASKED
    assert "was typed when" in hand.payment.change.card.accessibleDescription()
    payment = hand.payment.payment
    assert payment is not None
    assert not payment.tenders
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Return)
    assert hand.screen_id == "paid"


def test_an_amount_stays_without_a_question_where_the_same_sum_is_due_or_another_is_typed(hand: Hand) -> None:
    hand.open_payment()
    hand.type("2000")
    hand.till.window.show_screen("parked")
    hand.till.window.show_screen("checkout")
    hand.open_payment()
    payment = hand.payment.payment
    assert payment is not None
    assert (hand.payment.entry.is_typed, hand.payment.entry.due_before) == (True, payment.remaining())
    hand.till.window.show_screen("checkout")
    hand.scan(CARTON)
    hand.open_payment()
    hand.type("3000")
    assert hand.payment.entry.due_before is None


def test_the_note_of_a_basket_that_is_dropped_is_not_left_to_the_next_one(hand: Hand) -> None:
    hand.press(Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    hand.type("red bag")
    hand.press(Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert hand.rows() == []
    hand.scan(CARTON)

    assert not hand.checkout.changes.whole.isVisible()


@pytest.mark.parametrize(
    ("keys", "refused", "right", "row"),
    [
        ((Key.Key_F4,), "9000", "2", "2 | Cigarettes, carton of 200 | 520.00"),
        ((Key.Key_F5, Key.Key_F5), "500", "4", "1 | Cigarettes, carton of 200 | 256.00"),
    ],
)
def test_a_figure_that_is_refused_stays_in_its_field_to_be_corrected(
    hand: Hand, keys: tuple[Key, ...], refused: str, right: str, row: str
) -> None:
    for key in keys:
        hand.press(key)
    hand.type(refused)
    hand.press(Key.Key_Return)
    said, stays = hand.news, (hand.checkout.changes.editor.text(), hand.checkout.changes.editor.hasFocus())
    hand.type(right)
    hand.wait(30)
    hand.press(Key.Key_Return)

    assert said
    assert stays == (refused, True)
    assert (hand.rows(), hand.checkout.changes.is_begun, hand.news == said) == ([row], False, False)


def test_a_refused_discount_on_the_basket_stays_in_its_field_until_esc(hand: Hand) -> None:
    hand.press(Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    hand.press(Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    hand.type("500")
    hand.press(Key.Key_Return)
    whole = hand.checkout.changes.whole
    stays = (whole.text(), whole.unit, whole.hasFocus(), hand.news != "")
    hand.press(Key.Key_Escape)

    assert stays == ("500", 1, True, True)
    assert (hand.checkout.changes.is_begun, hand.news, hand.rows()) == (
        False,
        "",
        ["1 | Cigarettes, carton of 200 | 260.00"],
    )


def test_a_refused_figure_comes_back_over_nothing_that_was_typed_since(hand: Hand) -> None:
    hand.press(Key.Key_F4)
    hand.type("9000")
    with SlowStore(hand) as slow:
        slow.press(Key.Key_Return)
        slow.type("h")

    assert (hand.checkout.page.scan.box.text(), hand.checkout.changes.is_begun) == ("h", False)


def test_a_refused_figure_comes_back_over_no_scan_that_came_since(hand: Hand) -> None:
    """Scan, F4, 3, Enter would correct the row before."""
    hand.press(Key.Key_F4)
    hand.type("9000")
    with SlowStore(hand) as slow:
        slow.press(Key.Key_Return)
        slow.scan(hand.goods("food.honey").code)
    hand.press(Key.Key_F4)
    hand.type("3")
    hand.press(Key.Key_Return)

    assert [row.split(" | ")[0] for row in hand.rows()] == ["1", "3"]


@pytest.mark.parametrize("key", [None, Key.Key_F4])
def test_enter_pressed_twice_for_what_was_typed_does_not_say_that_a_visitor_has_left(
    hand: Hand, key: Key | None
) -> None:
    hand.sell()
    hand.show_passport()
    hand.scan(hand.goods("toy").code)
    hand.press(Key.Key_O, CONTROL)
    question = hand.news
    if key is not None:
        hand.press(key)
    hand.type("2" if key is not None else hand.goods("toy").code)
    hand.press(Key.Key_Return)
    hand.typing.press_again(Key.Key_Return, after=0.2)
    hand.wait()
    is_pending = hand.view.visitors[0].pending
    hand.typing.press_again(Key.Key_Return, after=0.5)
    hand.wait()

    assert question.startswith("Has ZHANG")
    assert (is_pending, quantities(hand)) == (True, ["2"])
    assert not hand.view.visitors[0].pending
