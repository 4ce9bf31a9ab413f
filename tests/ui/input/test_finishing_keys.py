"""One press is one act: F12 twice, F12 and Enter held down, a tap that comes too early."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.input.actions import TABLE
from pos.ui.input.finishing_keys import STOOD, UP
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.buttons.language_choice import LanguageChoice
from pos.ui.widgets.buttons.segmented import SegmentButton
from pos.ui.widgets.buttons.tile_button import TileButton
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.cards.verdict_card import VerdictView
from pos.ui.widgets.drawing.tone import Tone
from tests.ui.at_the_counter import CARTON, Hand, close_till, open_till
from tests.ui.at_the_stock import StockHand
from tests.ui.keyboard import NO_MODIFIER

Key = Qt.Key
_JUST = 0.01


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A visitor with chocolate in the basket."""
    opened = open_till(qapp, qtbot, tmp_path)
    opened.show_passport()
    opened.scan(opened.goods("food.sweets").code)
    yield opened
    close_till(opened)


def sales(hand: Hand) -> int:
    with hand.shop.issue_receipt.store.reading() as work:
        last = work.sales.last_of(hand.shop.till)
    return 0 if last is None else last.number


def test_f12_pressed_twice_opens_the_payment_and_sells_nothing(hand: Hand) -> None:
    hand.press(Key.Key_F12)
    hand.typing.press_again(Key.Key_F12)
    hand.wait()
    assert (hand.screen_id, sales(hand)) == ("payment", 0)

    hand.press(Key.Key_F12)  # seen, and meant
    assert (hand.screen_id, sales(hand)) == ("paid", 1)

    hand.typing.press_again(Key.Key_F12)  # once more by mistake: the change stays on show
    hand.wait()
    assert hand.screen_id == "paid"

    hand.press(Key.Key_F12)
    assert hand.screen_id == "checkout"


def test_f12_twice_on_the_next_customer_is_no_payment_of_an_empty_basket(hand: Hand) -> None:
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)
    assert hand.screen_id == "paid"

    hand.press(Key.Key_F12)
    hand.till.session.finishing.turned()  # the page has just come, however busy the machine is
    hand.typing.press_again(Key.Key_F12)
    hand.wait()
    assert (hand.screen_id, hand.news) == ("checkout", "")

    hand.press(Key.Key_F12)  # seen, and meant
    assert hand.news != ""


def test_a_key_that_is_held_down_is_one_press(hand: Hand) -> None:
    hand.typing.look()
    hand.typing.hold(Key.Key_F12, 1.2)
    hand.wait()
    assert (hand.screen_id, sales(hand)) == ("payment", 0)

    hand.typing.look()
    hand.type("20")
    hand.typing.look()
    hand.typing.hold(Key.Key_Return)
    hand.wait()
    assert (hand.screen_id, sales(hand)) == ("payment", 0)
    assert hand.payment.payment is not None
    assert hand.payment.payment.view().is_settled  # the first of them is an Enter

    hand.press(Key.Key_Return)
    assert (hand.screen_id, sales(hand)) == ("paid", 1)


@pytest.mark.parametrize(("key", "currency"), [(Key.Key_4, "EUR"), (Key.Key_3, "USD")])
def test_the_first_digit_of_a_scan_is_up_again_when_a_hand_comes_to_its_key(
    hand: Hand, key: Qt.Key, currency: str
) -> None:
    code = {Key.Key_4: "43100019", Key.Key_3: "3346204308755"}[key]
    hand.scan(code)
    hand.press(Key.Key_F12)
    hand.typing.press_blindly(key, Qt.KeyboardModifier.AltModifier)
    hand.type("50")

    assert hand.payment.payment is not None
    assert hand.payment.payment.currency.code == currency
    assert hand.payment.entry.amount.amount().currency.code == currency


def test_a_press_that_does_not_count_is_not_kept_for_later(hand: Hand) -> None:
    hand.press(Key.Key_F12)
    hand.typing.press_again(Key.Key_F12)
    hand.typing.wait(2 * STOOD)
    hand.wait(20)
    assert (hand.screen_id, sales(hand)) == ("payment", 0)


def test_the_page_must_have_stood_and_the_key_have_been_up(hand: Hand) -> None:
    hand.press(Key.Key_F12)
    hand.typing.press_again(Key.Key_F12, hand.till.session.finishing.left - _JUST)
    hand.wait()
    assert hand.screen_id == "payment"
    hand.typing.look()
    hand.typing.press_again(Key.Key_Asterisk, 0)  # another key is no press of this one
    hand.typing.press_again(Key.Key_F12, UP + _JUST)
    hand.wait()
    assert hand.screen_id == "paid"


def test_a_tap_counts_only_if_it_began_after_the_page_stood(hand: Hand) -> None:
    hand.press(Key.Key_F12)
    hand.type("20")
    hand.press(Key.Key_Return)
    finish = hand.payment.change.button
    hand.till.session.finishing.turned()
    hand.typing.tap(finish)
    hand.wait()
    assert (hand.screen_id, sales(hand)) == ("payment", 0)
    hand.typing.look()
    hand.typing.tap(finish)
    hand.wait()
    assert (hand.screen_id, sales(hand)) == ("paid", 1)
    hand.typing.tap(hand.paid.next)  # the second half of a double tap
    hand.wait()
    assert hand.screen_id == "paid"
    hand.typing.look()
    hand.typing.tap(hand.paid.next)
    hand.wait()
    assert hand.screen_id == "checkout"


def test_a_tap_for_one_notice_does_nothing_to_the_next_that_takes_its_place(hand: Hand) -> None:
    bar = hand.till.window.work.notices
    bar.present(Notice(Tone.INFO, "T1-000012 is printing."))
    hand.typing.wait(1)
    late = Notice(Tone.NEARLY, "T1-000012 is recorded but not printed.", action="Print again")
    cross = bar._dismiss
    hand.typing.touch(cross)
    hand.typing.wait(_JUST)
    bar.present(late)  # under the finger
    hand.typing.lift(cross)
    assert bar.notice is late

    hand.typing.tap(cross)  # and just before it
    assert bar.notice is late
    hand.typing.wait(2 * STOOD)
    hand.typing.tap(cross)
    assert bar.notice is None


def test_a_tap_for_one_advice_removes_nothing_that_a_better_one_names(hand: Hand) -> None:
    panel, proposed = hand.checkout.panel, list[str]()
    panel.proposed.connect(proposed.append)
    view = VerdictView(Tone.OVER, "Over the allowance", advice="Remove: 2 × Brandy", action="Remove")
    panel.verdict.present(view)
    button = panel.verdict.findChild(IconButton)
    assert isinstance(button, IconButton)
    hand.typing.wait(1)
    hand.typing.touch(button)
    hand.typing.wait(_JUST)
    panel.verdict.present(replace(view, advice="Remove: 1 × Watch"))  # the search has found it just now
    hand.typing.lift(button)
    assert proposed == []

    hand.typing.wait(1)
    hand.typing.tap(button)
    assert len(proposed) == 1


def test_a_step_that_goes_on_can_be_stopped_at_any_moment(hand: Hand) -> None:
    bar, stopped = hand.till.window.work.notices, list[str]()
    bar.action_pressed.connect(lambda: stopped.append("stopped"))
    for percent in range(3):
        bar.present(Notice(Tone.INFO, f"{percent} of 3 read.", action="Stop", progress=percent))
        hand.typing.wait(2 * STOOD if not percent else 0)
    hand.typing.tap(bar._action)
    assert stopped == ["stopped"]


def test_a_voided_row_takes_no_other_with_it_while_the_key_is_held_down(hand: Hand) -> None:
    hand.scan(hand.goods("food.honey").code)
    hand.typing.look()
    hand.typing.hold(Key.Key_F6)
    hand.wait()
    assert len(hand.rows()) == 1


def test_undo_held_down_takes_back_one_step_and_never_the_whole_basket(hand: Hand) -> None:
    hand.scan(hand.goods("food.honey").code)
    before = hand.rows()
    hand.scan(hand.goods("food.honey").code)
    hand.typing.look()
    hand.typing.hold(Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    hand.wait()
    assert hand.rows() == before


def test_the_keys_that_record_something_are_finishing_ones() -> None:
    finishing = {action.id for action in TABLE if action.finishing}
    f12 = {action.id for action in TABLE if action.key == "F12"}
    assert f12 - finishing == {
        "return_from",
        "customs_file",
    }  # lead on, or write a file that may be written again
    assert {"confirm_count", "close_left", "end_promotion", "discard_delivery", "count_drop"} <= finishing


@pytest.fixture
def wide(hand: Hand) -> Hand:
    """The window as wide as a till's."""
    hand.till.window.resize(1366, 768)
    hand.wait()
    return hand


def double_tap(hand: Hand | StockHand, widget: QWidget, after: float = 0.15) -> None:
    """Two taps on the place where `widget` stands now, whatever stands there at the second."""
    hand.typing.wait(STOOD)  # the person has seen what is on show
    window = hand.till.window
    position = widget.mapTo(window, widget.rect().center())
    for _ in range(2):
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, NO_MODIFIER, position)
        hand.wait()
        hand.typing.wait(after)


def test_two_quick_taps_remove_one_payment_and_the_next_stays(wide: Hand) -> None:
    wide.press(Key.Key_F12)
    for currency, amount in ((Key.Key_1, "5"), (Key.Key_2, "60")):
        wide.press(currency, Qt.KeyboardModifier.AltModifier)
        wide.type(amount)
        wide.press(Key.Key_Return)
    tenders = wide.payment.due.tenders
    assert len(tenders()) == 2
    double_tap(wide, tenders()[0].cross)
    assert [tender.cross.accessibleName() for tender in tenders()] == ["Remove: Cash KZT"]
    wide.typing.wait(STOOD)
    wide.typing.tap(tenders()[0].cross)
    wide.wait()
    assert tenders() == []


def test_what_is_typed_after_a_tap_goes_into_the_amount(wide: Hand) -> None:
    wide.press(Key.Key_F12)
    payment = wide.payment
    wide.typing.tap(payment.entry.notes[-2])
    wide.wait()
    wide.typing.tap(payment.due.tenders()[0].cross)
    wide.wait()
    language = next(child for child in wide.till.window.findChildren(LanguageChoice) if child.isVisible())
    wide.typing.tap(language.button("zh"))
    wide.wait()
    wide.type("12")
    wide.press(Key.Key_Return)
    assert [tender.cross.accessibleName() for tender in payment.due.tenders()] == ["撤回：现金 CNY"]


def test_a_quantity_typed_after_a_tap_counts_for_the_scan(wide: Hand) -> None:
    wide.scan(CARTON)
    sides = wide.checkout.panel.findChildren(SegmentButton)
    for button in (next(b for b in sides if b.isVisible()), wide.checkout.total.pay_button):
        wide.typing.look()
        wide.typing.tap(button)
        wide.wait()
        wide.type("2*")
        wide.scan(wide.goods("food.sweets").code)
    assert wide.rows()[0].startswith("5 | "), wide.rows()


def test_two_quick_taps_remove_one_visitor_and_the_others_stay(wide: Hand) -> None:
    wide.show_companions(2)
    double_tap(wide, wide.checkout.panel.party.cards()[0].tool("dismiss"))
    assert [one.visitor.label for one in wide.view.visitors] == ["B", "C"]


def test_two_quick_taps_answer_for_one_visitor_only(wide: Hand) -> None:
    wide.scan(CARTON)
    wide.show_companions(1)
    wide.scan(CARTON)
    assert len(wide.view.open_questions) == 2
    double_tap(wide, wide.checkout.panel.question.no)
    assert len(wide.view.open_questions) == 1


def test_two_quick_taps_on_park_put_nothing_into_the_next_basket(wide: Hand) -> None:
    wide.press(Key.Key_F7)
    wide.type("red cap")
    park = next(b for b in wide.checkout.findChildren(IconButton) if b.isVisible() and b.text() == "Park")
    tile = wide.checkout.findChildren(TileButton)[-1]
    double_tap(wide, park)
    assert tile.isVisible()
    assert (wide.rows(), wide.news) == ([], "Parked until 14:00. F7 shows parked sales.")


def test_two_quick_taps_void_one_row_and_undo_one_step(wide: Hand) -> None:
    for category in ("toy", "food.honey"):
        wide.scan(wide.goods(category).code)
    before = wide.rows()
    strip = wide.checkout.page.strip
    double_tap(wide, strip.hint("void"))
    voided = wide.rows()
    wide.typing.wait(STOOD)
    wide.typing.tap(strip.hint("void"))
    wide.wait()
    again = wide.rows()
    wide.typing.wait(STOOD)
    double_tap(wide, strip.hint("undo"))

    assert (len(before), len(voided), len(again)) == (3, 2, 1)
    assert wide.rows() == voided


def test_f6_pressed_twice_voids_one_row(wide: Hand) -> None:
    for category in ("toy", "food.honey"):
        wide.scan(wide.goods(category).code)
    before = wide.rows()
    wide.press(Key.Key_F6)
    wide.typing.press_again(Key.Key_F6)
    wide.wait()
    voided = wide.rows()
    wide.wait(500)
    wide.press(Key.Key_F6)

    assert (len(before), len(voided), len(wide.rows())) == (3, 2, 1)


def test_a_quick_finger_on_another_button_is_no_double_tap(hand: Hand) -> None:
    """Qt says so for two quick taps at two places, and tells each of the second one twice; the clock goes on."""
    still, ticks = hand.till.scanner.clock, count()
    hand.till.scanner.clock = lambda: still() + next(ticks) / 10_000
    hand.scan(hand.goods("food.honey").code)
    hand.typing.finger(hand.checkout.page.strip.hint("void"))
    hand.wait()
    assert len(hand.view.lines) == 1
    [undo] = [one for one in hand.checkout.page.news.findChildren(IconButton) if one.text() == "Undo"]
    hand.typing.wait(2 * STOOD)
    hand.typing.finger(undo)
    hand.wait()
    assert len(hand.view.lines) == 2


def space_twice(hand: Hand, button: QWidget) -> None:
    """The space bar on a button that has the cursor, and once more in the same moment, wherever that is by then."""
    button.setFocus(Qt.FocusReason.TabFocusReason)
    hand.wait()
    hand.typing.wait(STOOD)  # the person has seen what is on show
    hand.press(Key.Key_Space)
    hand.typing.press_again(Key.Key_Space)
    hand.wait()


def test_space_twice_removes_one_payment_and_the_next_stays(wide: Hand) -> None:
    wide.press(Key.Key_F12)
    for currency, amount in ((Key.Key_1, "5"), (Key.Key_2, "60")):
        wide.press(currency, Qt.KeyboardModifier.AltModifier)
        wide.type(amount)
        wide.press(Key.Key_Return)
    space_twice(wide, wide.payment.due.tenders()[0].cross)

    assert [tender.cross.accessibleName() for tender in wide.payment.due.tenders()] == ["Remove: Cash KZT"]


def test_space_twice_removes_one_visitor_and_the_others_stay(wide: Hand) -> None:
    wide.show_companions(2)
    space_twice(wide, wide.checkout.panel.party.cards()[0].tool("dismiss"))

    assert [one.visitor.label for one in wide.view.visitors] == ["B", "C"]


def test_space_twice_answers_for_one_visitor_only(wide: Hand) -> None:
    wide.scan(CARTON)
    wide.show_companions(1)
    wide.scan(CARTON)
    space_twice(wide, wide.checkout.panel.question.no)

    assert len(wide.view.open_questions) == 1


def test_space_twice_voids_one_row(wide: Hand) -> None:
    for category in ("toy", "food.honey"):
        wide.scan(wide.goods(category).code)
    before = len(wide.rows())
    space_twice(wide, wide.checkout.page.strip.hint("void"))

    assert len(wide.rows()) == before - 1
