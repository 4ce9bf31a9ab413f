"""A store that takes its time: what it answers late belongs to what was asked, not to what the cashier does by then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from pos.application.ports.stock_ports import StockDeduction
from pos.domain.catalogue.product import Attributes
from pos.domain.errors import StoreUnavailable
from pos.ui.sales.fill_in.fill_in_panel import FillInPanel
from tests.ui.at_the_counter import (
    CARTON,
    NOT_COMPLETE,
    PASSPORT,
    VOLUME_UNKNOWN,
    Hand,
    a_passport,
    close_till,
    open_till,
)
from tests.ui.keyboard import NO_MODIFIER
from tests.ui.slow_store import SlowStore

Key = Qt.Key


class Slow(Hand):
    """A cashier who does not wait for the store."""

    def __init__(self, hand: Hand, qtbot: QtBot) -> None:
        super().__init__(hand.till, hand.shop, qtbot)
        slow = self._slow = SlowStore(self)
        self.strike, self.write, self.scan_blindly = slow.press, slow.type, slow.scan

    def busy(self) -> None:
        """From here on the store answers nothing."""
        self._slow.__enter__()

    def answered(self) -> None:
        """The store answers everything that was asked meanwhile."""
        self._slow.__exit__()

    @property
    def number(self) -> str:
        """What stands in the form for a document."""
        return self.checkout.form.findChildren(QLineEdit)[0].text()


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Slow]:
    """The cashier with a carton in the basket, and its visitor."""
    opened = Slow(open_till(qapp, qtbot, tmp_path), qtbot)
    opened.scan(CARTON)
    opened.show_passport()
    yield opened
    close_till(opened)


@pytest.fixture
def paying(hand: Slow) -> Slow:
    """They were at the payment, with all questions answered, and have come back."""
    hand.open_payment()
    hand.press(Key.Key_Escape)
    hand.wait(450)
    return hand


def test_the_payment_does_not_open_for_less_than_is_in_the_basket(paying: Slow) -> None:
    paying.busy()
    paying.strike(Key.Key_F12)
    paying.checkout.scanned(CARTON)
    paying.answered()

    assert (paying.screen_id, paying.rows()) == ("checkout", ["2 | Cigarettes, carton of 200 | 520.00"])


def test_the_payment_does_not_open_over_a_quantity_that_is_being_typed(paying: Slow) -> None:
    paying.busy()
    paying.strike(Key.Key_F12)
    paying.strike(Key.Key_F4)
    paying.write("3")
    paying.answered()

    assert (paying.screen_id, paying.checkout.changes.editor.text()) == ("checkout", "3")
    paying.press(Key.Key_Return)
    assert paying.rows()[0].startswith("3 | ")


def test_the_payment_does_not_open_over_what_another_key_has_begun(paying: Slow) -> None:
    paying.busy()
    paying.strike(Key.Key_F12)
    paying.strike(Key.Key_F7)
    paying.answered()
    asked = (paying.screen_id, paying.checkout.page.note.isVisible())
    paying.press(Key.Key_Escape)
    paying.press(Key.Key_F12)

    assert asked == ("checkout", True)
    assert paying.screen_id == "payment"


def test_the_payment_opens_however_often_its_key_is_pressed_meanwhile(paying: Slow) -> None:
    paying.busy()
    for _ in range(3):
        paying.strike(Key.Key_F12)
    paying.answered()

    assert paying.screen_id == "payment"


@pytest.mark.parametrize("code", ["4600000000008", NOT_COMPLETE])
def test_the_payment_does_not_open_without_goods_that_were_scanned_before_it_and_not_taken(
    paying: Slow, code: str
) -> None:
    paying.busy()
    paying.checkout.scanned(code)
    paying.strike(Key.Key_F12)
    paying.answered()

    said = "Something new cannot be sold yet" if code == NOT_COMPLETE else code
    assert (paying.screen_id, said in paying.news) == ("checkout", True)


def test_the_payment_does_not_open_without_a_discount_that_is_refused_meanwhile(paying: Slow) -> None:
    paying.press(Key.Key_F5)
    paying.type("50")
    paying.busy()
    paying.strike(Key.Key_Return)
    paying.strike(Key.Key_F12)
    paying.answered()
    assert (paying.screen_id, "50" in paying.news) == ("checkout", True)

    paying.press(Key.Key_Return)
    assert "50" in paying.checkout.page.approval.figures
    paying.checkout.page.approval.pin.push("314159")
    paying.press(Key.Key_Return)
    assert paying.rows() == ["1 | Cigarettes, carton of 200 | 130.00"]


def test_the_payment_does_not_take_the_cashier_away_from_another_page(paying: Slow) -> None:
    paying.busy()
    paying.strike(Key.Key_F12)
    paying.till.window.show_screen("parked")
    paying.answered()

    assert paying.screen_id == "parked"


def test_a_document_that_is_being_typed_stays_when_the_one_scanned_before_is_read(hand: Slow) -> None:
    hand.busy()
    hand.checkout.document_scanned(a_passport(7))
    hand.strike(Key.Key_F3)
    hand.write("E1234")
    hand.answered()
    hand.write("5678")

    assert (hand.checkout.form.isVisible(), hand.number) == (True, "E12345678")
    assert len(hand.view.visitors) == 2
    assert hand.checkout.page.scan.box.text() == ""


def test_a_document_typed_for_the_next_customer_stays_when_their_sale_begins(hand: Slow) -> None:
    hand.sell()
    hand.busy()
    hand.checkout.counter.start_new()
    hand.strike(Key.Key_F3)
    hand.write("E1234")
    hand.answered()

    assert (hand.checkout.form.isVisible(), hand.number) == (True, "E1234")


def test_the_days_of_entry_of_one_visitor_never_count_for_the_next(hand: Slow) -> None:
    hand.busy()
    hand.checkout.visitors.record_entry_dates("A", (date(2026, 11, 20), date(2026, 11, 24)))
    hand.checkout.visitors.clear(lambda: False)
    hand.checkout.counter.identify_scanned(a_passport(5))
    hand.answered()

    assert [(one.visitor.masked, one.visitor.entries) for one in hand.view.visitors] == [("N••••••05", ())]


def test_a_row_of_the_next_basket_is_not_removed_for_one_of_the_last(hand: Slow) -> None:
    hand.busy()
    hand.checkout.visitors.clear(lambda: False)
    hand.checkout.counter.scan(CARTON, 5)
    hand.checkout.changes.void()
    hand.checkout.counter.change(lambda checkout: checkout.set_quantity(1, 9))
    hand.answered()

    assert hand.rows()[0].startswith("5 | ")


def test_a_key_of_a_row_behind_a_scan_concerns_what_was_scanned(hand: Slow) -> None:
    honey = hand.goods("food.honey").code
    hand.busy()
    hand.scan_blindly(honey)
    hand.strike(Key.Key_F4)
    hand.answered()
    hand.type("3")
    hand.press(Key.Key_Return)
    typed = [row.split(" | ")[0] for row in hand.rows()]
    hand.busy()
    hand.scan_blindly(hand.goods("toy").code)
    hand.strike(Key.Key_F6)
    hand.strike(Key.Key_F6)
    hand.answered()

    assert typed == ["1", "3"]
    assert [row.split(" | ")[0] for row in hand.rows()] == ["1", "3"]


def test_a_key_of_a_row_behind_a_scan_that_is_refused_concerns_no_other_row(hand: Slow) -> None:
    hand.busy()
    hand.scan_blindly("4006381333931")
    hand.strike(Key.Key_F6)
    hand.answered()

    assert len(hand.rows()) == 1


def test_a_figure_behind_a_key_whose_row_is_still_on_its_way_sells_no_goods(hand: Slow) -> None:
    """Scan, F4, 3, Enter is what a hand does blindly; the first goods with a 3 in their code were sold."""
    hand.busy()
    hand.scan_blindly(hand.goods("food.honey").code)
    hand.strike(Key.Key_F4)
    hand.write("3")
    hand.strike(Key.Key_Return)
    hand.answered()
    hand.wait(60)
    hand.press(Key.Key_Return)
    hand.wait(60)

    assert [row.split(" | ")[0] for row in hand.rows()] == ["1", "1"]
    assert hand.checkout.page.scan.popup.foot == "“3” is not a code. Press ↓ to choose."


def test_a_figure_behind_a_key_of_a_row_that_was_refused_sells_no_goods(hand: Slow) -> None:
    hand.busy()
    hand.scan_blindly("4006381333931")
    hand.strike(Key.Key_F4)
    hand.answered()
    hand.type("3")
    hand.wait(60)
    hand.press(Key.Key_Return)
    hand.wait(60)

    assert len(hand.rows()) == 1


def test_a_row_that_is_chosen_behind_a_scan_is_the_one_that_the_key_concerns(hand: Slow) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    hand.scan(toy.code)
    hand.busy()
    hand.scan_blindly(honey.code)
    hand.strike(Key.Key_Up)
    hand.strike(Key.Key_F6)
    hand.answered()

    assert [row.split(" | ")[1] for row in hand.rows()] == [toy.name_in("en"), honey.name_in("en")]


def test_what_is_too_much_is_removed_once_however_often_its_key_is_pressed(paying: Slow) -> None:
    paying.scan(CARTON)
    paying.scan(CARTON)
    paying.wait()
    advice = paying.checkout.counter.advice
    assert advice is not None
    assert advice.leave == ((1, 1),)
    with SlowStore(paying) as slow:
        slow.press(Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        slow.press(Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert paying.rows()[0].startswith("2 | ")
    assert paying.news.startswith("Removed from the basket: Cigarettes")


def test_a_new_sale_is_undone_by_one_press_however_often_it_was_asked_for(hand: Slow) -> None:
    before = hand.rows()
    with SlowStore(hand) as slow:
        slow.press(Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
        slow.press(Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    cleared = hand.rows(), hand.news
    hand.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert cleared == ([], "New sale. Removed: 1 piece, 1 visitor.")
    assert hand.rows() == before


def test_a_split_that_is_found_late_does_not_split_the_next_basket(hand: Slow) -> None:
    hand.show_companions(1)
    gate, session = Event(), hand.till.session
    session.thinking.run(gate.wait, lambda _done: None, lambda _error: None)
    hand._slow.press(Key.Key_F9)
    hand._slow.press(Key.Key_F7)
    hand._slow.press(Key.Key_Return)
    hand.until(lambda: session.background.is_idle and not hand.rows())
    for number in (5, 6):
        hand.checkout.document_scanned(a_passport(number))
    hand.checkout.scanned(CARTON)
    hand.checkout.scanned(CARTON)
    hand.until(lambda: session.background.is_idle and bool(hand.rows()))
    before = hand.carriers()
    gate.set()
    hand.wait()

    assert before == hand.carriers() == [("2", "B")]


def filling_in(hand: Slow, code: str, **typed: str) -> FillInPanel:
    """A manager scans goods with missing data, and types these."""
    hand.sign_in("manager")
    hand.scan(code)
    hand.press(Key.Key_Return)
    panel = hand.checkout.page.fill_in
    for name, text in typed.items():
        field = panel.fields[name]
        if isinstance(field, QComboBox):
            field.setCurrentIndex(field.findData(text))
        else:
            assert isinstance(field, QLineEdit)
            field.setText(text)
    return panel


def test_what_is_filled_in_at_the_checkout_stays_if_it_is_not_saved(
    hand: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = filling_in(hand, NOT_COMPLETE, category="toy", price="15.50")
    fill_in = type(hand.shop.fill_in)
    original = fill_in.__call__

    def lost(*_arguments: object) -> None:
        raise StoreUnavailable("store")

    monkeypatch.setattr(fill_in, "__call__", lost)
    hand.press(Key.Key_Return)
    refused = (panel.isVisible(), dict(panel.content), "Nothing was recorded" in hand.news)
    monkeypatch.setattr(fill_in, "__call__", original)
    hand.till.session.store_answers()
    hand.till.session.look_for_store()
    panel.ask_to_finish()
    hand.press(Key.Key_Return)

    assert refused == (True, {"category": "toy", "price": "15.50"}, True)
    assert hand.rows()[-1] == "1 | Something new | 15.50"
    hand.scan(NOT_COMPLETE)
    assert (panel.isVisible(), hand.rows()[-1]) == (False, "2 | Something new | 31.00")


def test_goods_that_are_filled_in_come_as_often_as_they_were_scanned_whatever_is_scanned_meanwhile(hand: Slow) -> None:
    hand.sign_in("manager")
    hand.type("3*")
    panel = filling_in(hand, NOT_COMPLETE, category="toy", price="15.50")
    hand.scan(VOLUME_UNKNOWN)
    panel.ask_to_finish()
    hand.press(Key.Key_Return)

    assert hand.rows()[-1] == "3 | Something new | 46.50"


def test_goods_that_are_filled_in_and_sold_out_leave_the_basket_on_show_to_be_split(
    hand: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.show_companions(1)
    hand.scan(CARTON)
    filling_in(hand, NOT_COMPLETE, category="toy", price="15.50")
    with hand.shop.issue_receipt.store.begin() as work:
        short = hand.shop.find.show(NOT_COMPLETE).product.id
        work.stock.take(StockDeduction(short, work.stock.on_hand(short)))
        work.commit()
    hand.press(Key.Key_Return)
    counter, asked = hand.checkout.counter, list[None]()
    original = counter.split

    def split() -> None:
        asked.append(None)
        if len(asked) < 5:
            original()

    monkeypatch.setattr(counter, "split", split)
    said = hand.news
    hand.press(Key.Key_F9)

    assert said == "“Something new”: 1 needed, only 0 on the floor."
    assert (len(asked), hand.news) == (1, "Goods split. Depends on the entry days.")


def test_what_is_filled_in_for_one_product_waits_while_another_one_is_filled_in(hand: Slow) -> None:
    panel = filling_in(hand, NOT_COMPLETE, category="toy", price="15.50")
    hand.scan(VOLUME_UNKNOWN)
    hand.wait(450)
    hand.checkout.page.news.action_pressed.emit()
    other = list(panel.fields)
    hand.press(Key.Key_Escape)
    filling_in(hand, NOT_COMPLETE)

    assert (other, dict(panel.content)) == (["abv", "ml"], {"category": "toy", "price": "15.50"})
    hand.till.window.lock()
    hand.sign_in("amina")
    assert (panel.isVisible(), panel.is_kept) == (False, False)


def test_purchases_from_elsewhere_are_all_taken_however_quickly_they_are_entered(hand: Slow) -> None:
    hand.press(Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    form = hand.checkout.declared
    form.category.setCurrentIndex(3)
    with SlowStore(hand) as slow:
        slow.fill(form.price, "900")
        slow.press(Key.Key_Return)
        slow.press(Key.Key_Return)  # once too often
        slow.fill(form.price, "55")
        slow.press(Key.Key_Return)
        slow.fill(form.price, "7")

    declared = hand.view.visitors[0].visitor.declared
    assert ([one.unit_price.minor for one in declared], form.price.text()) == ([90_000, 5_500], "7")
    form.removers()[0].click()
    hand.wait()
    assert (len(hand.view.visitors[0].visitor.declared), form.price.text()) == (1, "7")


def test_what_another_has_filled_in_meanwhile_is_not_overruled_at_the_checkout(hand: Slow) -> None:
    panel = filling_in(hand, VOLUME_UNKNOWN, ml="700", abv="40")
    person = hand.till.session.person
    assert person is not None
    (product,) = hand.shop.find.with_codes([VOLUME_UNKNOWN])
    hand.shop.fill_in(product.id, person, attributes=Attributes(ml=Decimal(500)))
    panel.submit()
    hand.wait()

    (now,) = hand.shop.find.with_codes([VOLUME_UNKNOWN])
    assert (now.attributes.ml, now.attributes.abv) == (Decimal(500), None)


def test_a_departure_is_recorded_of_the_visitor_who_was_asked_about(hand: Slow) -> None:
    hand.sell()
    hand.show_passport()
    hand.checkout.visitors.on_requested("left", "A")
    hand.wait()
    question = hand.news
    hand.busy()
    hand.checkout.counter.dismiss_visitor("A")
    hand.checkout.counter.identify_scanned(a_passport(5))
    hand.answered()

    assert question.startswith("Has ZHANG")
    assert not hand.news.startswith("Has ")


def test_a_figure_typed_for_a_row_that_is_not_there_yet_adds_no_goods(hand: Slow) -> None:
    hand.busy()
    hand.scan_blindly(hand.goods("food.honey").code)
    hand.strike(Key.Key_F4)
    hand.write("3")
    hand.strike(Key.Key_Return)
    hand.answered()
    for _ in range(2):
        hand.press(Key.Key_Return)
    kept = [row.split(" | ")[0] for row in hand.rows()], hand.checkout.page.scan.box.text()

    assert kept == (["1", "1"], "3")
    for _ in range(2):
        hand.press(Key.Key_Escape)
    hand.press(Key.Key_F4)
    hand.type("3")
    hand.press(Key.Key_Return)
    assert [row.split(" | ")[0] for row in hand.rows()] == ["1", "3"]


def test_a_new_sale_behind_a_scan_counts_what_it_removes_and_leaves_nothing_of_it(hand: Slow) -> None:
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    honey, toy = hand.goods("food.honey").code, hand.goods("toy").code
    hand.busy()
    hand.scan_blindly(honey)
    hand.strike(Key.Key_F6, shift)
    hand.answered()
    said = hand.news
    hand.busy()
    hand.scan_blindly(honey)
    hand.strike(Key.Key_F6, shift)
    hand.scan_blindly(toy)
    hand.answered()
    kept = hand.rows()
    hand.busy()
    hand.scan_blindly("4006381333931")
    hand.strike(Key.Key_Z, control)
    hand.answered()

    assert said == "New sale. Removed: 2 pieces, 1 visitor."
    assert [row.split(" | ")[1] for row in kept] == [hand.goods("toy").name]
    assert hand.rows() == kept


def test_a_discount_on_the_basket_and_parking_behind_the_first_scan_are_of_its_goods(hand: Slow) -> None:
    hand.press(Key.Key_F6)
    hand.busy()
    hand.scan_blindly(hand.goods("food.honey").code)
    hand.strike(Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    hand.answered()
    discount = hand.checkout.changes.whole.isVisible()
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_F6)
    hand.busy()
    hand.scan_blindly(hand.goods("food.honey").code)
    hand.strike(Key.Key_F7)
    hand.answered()

    assert (discount, hand.screen_id, hand.checkout.page.note.isVisible()) == (True, "checkout", True)


def test_a_basket_is_not_parked_without_the_code_scanned_last_that_no_one_knows(hand: Slow) -> None:
    hand.busy()
    hand.scan_blindly("4006381333931")
    hand.strike(Key.Key_F7)
    hand.strike(Key.Key_Return)
    hand.answered()

    assert len(hand.rows()) == 1


def test_a_key_behind_a_passport_concerns_its_visitor(hand: Slow) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    hand.wait(450)
    said, chosen = [], []
    for number, (key, modifier) in enumerate(
        ((Key.Key_F9, NO_MODIFIER), (Key.Key_G, control), (Key.Key_Down, control), (Key.Key_O, control)), start=1
    ):
        hand.busy()
        hand.checkout.document_scanned(a_passport(number))
        hand.strike(key, modifier)
        hand.answered()
        said.append(hand.news)
        chosen.append(hand.view.chosen)
        if key == Key.Key_G:
            assert hand.carriers() == [("1", "C")]

    assert said[0].startswith("Goods split.")
    assert chosen == ["B", "C", "A", "E"]
    assert "no goods left to take out" in said[3]
    hand.busy()
    hand.checkout.document_scanned(a_passport(9))
    hand.strike(Key.Key_B, control)
    hand.answered()
    assert (hand.checkout.declared.isVisible(), hand.checkout.declared.label) == (True, hand.view.chosen)


def test_the_side_is_switched_from_that_of_the_passport_scanned_just_before(hand: Slow) -> None:
    hand.checkout.visitors.clear(lambda: False)
    hand.wait()
    with SlowStore(hand) as slow:
        hand.checkout.document_scanned(PASSPORT)
        slow.press(Key.Key_F8)
        slow.scan(CARTON)

    assert hand.view.destination == "KZ"
    assert len(hand.rows()) == 1


def test_enter_behind_a_scan_opens_nothing_for_the_goods_of_before(hand: Slow) -> None:
    hand.sign_in("manager")
    hand.scan(NOT_COMPLETE)
    hand.wait(450)
    hand.busy()
    hand.scan_blindly(hand.goods("toy").code)
    hand.strike(Key.Key_Return)
    hand.answered()
    early = hand.checkout.page.fill_in.isVisible()
    hand.press(Key.Key_Return)

    assert (early, hand.checkout.page.fill_in.isVisible()) == (False, True)


def test_who_shops_together_is_answered_of_those_who_were_asked_about(hand: Slow) -> None:
    hand.checkout.visitors.clear(lambda: False)
    hand.wait()
    hand.show_companions(2)
    asked = hand.checkout.page.question.isVisible()
    hand.wait(450)
    hand.busy()
    hand.checkout.document_scanned(a_passport(7))
    hand.strike(Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    hand.answered()

    assert (asked, hand.checkout.page.question.isVisible()) == (True, True)
    assert len(hand.view.visitors) == 3
