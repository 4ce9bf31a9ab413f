"""Goods without a price get one at the counter: by key, by the notice's button, with an approval in figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.text.translator import Translator
from pos.domain.catalogue.product import Attributes
from pos.domain.sales.sale import Sale
from pos.ui.look.sounds import Sound
from pos.ui.receipts.receipt_words import ReceiptDetails
from pos.ui.widgets.drawing.text_label import TextLabel
from pos.ui.widgets.fields.input_hints import NUMBERS
from tests.builders import money
from tests.ui.at_the_counter import CARTON, NOON, Hand, close_till, open_till

Key, _KG = Qt.Key, Decimal("0.5")
CONTROL = Qt.KeyboardModifier.ControlModifier
UNPRICED, UNWEIGHED, BOX = "4870001000141", "4870001000158", "4870001000165"


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    _goods(opened)
    yield opened
    close_till(opened)


@pytest.fixture
def boss(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path, "manager")
    _goods(opened)
    yield opened
    close_till(opened)


def _goods(hand: Hand) -> None:
    rows = (
        GoodsRow(UNPRICED, "Felt hat", {}, "other", None, Attributes(gross_kg=_KG), None),
        GoodsRow(UNWEIGHED, "Felt boots", {}, "other", None, Attributes(), None),
    )
    with hand.shop.issue_receipt.store.begin() as work:
        began = work.journal.last_at(hand.shop.till)
        assert began is not None
        for row in rows:
            work.stock.move(work.products.add(row, NOON), 20, "opening", began, "demo")
        work.commit()


def offered(hand: Hand) -> tuple[str, str]:
    notice = hand.checkout.page.news.notice
    return ("", "") if notice is None else (notice.action, notice.other)


def ask(hand: Hand, code: str = UNPRICED) -> None:
    hand.scan(code)
    hand.wait(200)  # longer than a scanner's second Enter
    hand.press(Key.Key_F4, CONTROL)


def enter(hand: Hand, price: str) -> None:
    hand.type(price)
    hand.press(Key.Key_Return)


def approve(hand: Hand) -> None:
    hand.checkout.page.news.action_pressed.emit()
    hand.wait(50)
    hand.checkout.page.approval.pin.push("314159")
    hand.press(Key.Key_Return)
    hand.wait(50)


def says(hand: Hand) -> str:
    return " ".join(label.text() for label in hand.checkout.page.approval.findChildren(TextLabel) if label.isVisible())


def test_a_cashier_sells_goods_without_a_price_by_an_approval_that_says_what_and_how_much(hand: Hand) -> None:
    hand.scan(UNPRICED)
    assert (hand.rows(), offered(hand)) == ([], ("Open price", ""))
    hand.wait(200)
    hand.press(Key.Key_Return)
    panel = hand.checkout.page.open_price
    assert (panel.isVisible(), panel.field.hasFocus(), panel.field.inputMethodHints()) == (True, True, NUMBERS)

    enter(hand, "120")
    assert (hand.rows(), panel.isVisible()) == ([], False)
    hand.checkout.page.news.action_pressed.emit()
    hand.wait(50)
    assert "Sell Felt hat at ¥\u00a0120.00?" in says(hand)
    hand.checkout.page.approval.pin.push("314159")
    hand.press(Key.Key_Return)
    hand.wait(50)

    assert hand.rows() == ["1 | Felt hat | 120.00"]
    assert "Open price" in hand.checkout.page.rows.rows.row(0).code
    sold: list[Sale] = []
    hand.checkout.counter.sold.connect(sold.append)
    hand.show_passport()
    hand.sell()
    assert hand.screen_id == "checkout"
    (sale,) = sold
    details = ReceiptDetails.of(sale, UTC, {}, Translator.english())
    assert "Open price" in details.goods[0].detail


def test_after_a_new_sale_a_price_that_needs_an_approval_is_said_and_goes_into_the_basket_with_one(hand: Hand) -> None:
    hand.scan(CARTON)
    hand.press(Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    ask(hand)
    enter(hand, "120")
    hand.wait(200)
    said = offered(hand)
    approve(hand)

    assert said == ("Ask for approval", "")
    assert hand.rows() == ["1 | Felt hat | 120.00"]


def test_another_language_in_between_leaves_the_key_with_the_goods_that_wait(boss: Hand) -> None:
    boss.scan(CARTON)
    boss.scan(UNPRICED)
    boss.till.session.speak("kk")
    boss.wait(200)
    boss.press(Key.Key_F4, CONTROL)
    assert boss.checkout.page.open_price.isVisible()


def test_a_manager_needs_no_approval_and_may_still_fill_in_the_price_for_good(boss: Hand) -> None:
    boss.scan(UNPRICED)
    assert offered(boss) == ("Fill in", "Open price")
    boss.checkout.page.news.other_action_pressed.emit()
    boss.wait()
    enter(boss, "99.50")

    assert boss.rows() == ["1 | Felt hat | 99.50"]
    assert boss.heard.sounds[-1] is Sound.ACCEPT
    assert boss.shop.find.show(UNPRICED).product.price is None
    assert boss.checkout.page.scan.box.field.hasFocus()


def test_several_pieces_are_approved_by_their_number(hand: Hand) -> None:
    hand.type("3")
    hand.press(Key.Key_Asterisk)
    ask(hand)
    enter(hand, "120")
    hand.checkout.page.news.action_pressed.emit()
    hand.wait(50)
    assert "Sell 3 × Felt hat at ¥\u00a0120.00 each?" in says(hand)


def test_what_the_allowance_needs_is_missing_and_no_price_helps(hand: Hand) -> None:
    hand.scan(UNWEIGHED)
    assert offered(hand) == ("", "")
    assert hand.news.endswith("Ask the stock clerk or a manager to add it.")
    hand.press(Key.Key_F4, CONTROL)
    assert not hand.checkout.page.open_price.isVisible()
    assert "gross weight" in hand.news.lower()


def test_payment_and_parking_wait_for_goods_on_the_counter(boss: Hand) -> None:
    boss.scan(CARTON)
    ask(boss)
    panel = boss.checkout.page.open_price
    boss.press(Key.Key_F12)
    assert (boss.screen_id, panel.isVisible(), panel.field.hasFocus()) == ("checkout", True, True)
    boss.press(Key.Key_F7)
    assert not boss.checkout.page.note.isVisible()
    boss.press(Key.Key_Escape)
    assert not panel.isVisible()


def test_a_wrong_price_stays_in_its_field_with_why(boss: Hand) -> None:
    ask(boss)
    panel = boss.checkout.page.open_price
    for wrong in ("abc", "0", "4870001000141"):
        panel.field.clear()
        enter(boss, wrong)
        assert (panel.isVisible(), boss.rows()) == (True, []), wrong
        assert panel.field.text() == wrong
        assert (panel._wrong.text() or boss.news).startswith("Price: "), wrong
    assert panel._wrong.isVisible()
    panel.field.clear()
    boss.type("5")
    assert not panel._wrong.isVisible(), "the complaint goes with the first key"
    boss.press(Key.Key_Return)
    assert boss.rows() == ["1 | Felt hat | 5.00"]


def test_a_refused_price_is_not_called_out_of_range_once_another_is_typed(boss: Hand) -> None:
    ask(boss)
    enter(boss, "0")
    refused = boss.checkout.page.news.notice is not None
    boss.type("5")

    assert refused
    assert boss.checkout.page.news.notice is None
    assert boss.checkout.page.open_price.isVisible()


def test_the_next_piece_is_proposed_at_the_price_of_the_first(boss: Hand) -> None:
    ask(boss)
    enter(boss, "99.50")
    ask(boss)
    assert boss.checkout.page.open_price.field.text() == "99.50"
    boss.press(Key.Key_Return)
    assert boss.rows() == ["1 | Felt hat | 99.50", "1 | Felt hat | 99.50"]


def test_the_key_changes_the_row_where_no_goods_wait(boss: Hand) -> None:
    ask(boss)
    enter(boss, "99.50")
    boss.press(Key.Key_F4, CONTROL)
    enter(boss, "80")
    assert boss.rows() == ["1 | Felt hat | 80.00"]
    line = boss.view.lines[0].line
    assert (line.has_open_price, line.unit_price) == (True, money("80.00"))


def test_the_key_pressed_twice_prices_no_row_of_the_basket(boss: Hand) -> None:
    boss.scan(CARTON)
    before = boss.rows()
    ask(boss)
    boss.press(Key.Key_F4, CONTROL)
    panel = boss.checkout.page.open_price
    assert (panel.field.hasFocus(), boss.checkout.changes.editor.isHidden()) == (True, True)
    enter(boss, "25")
    assert boss.rows() == [*before, "1 | Felt hat | 25.00"]
    boss.press(Key.Key_F4, CONTROL)
    assert not boss.checkout.changes.editor.isHidden()


def test_what_is_typed_for_one_product_is_not_taken_for_another(boss: Hand) -> None:
    with boss.shop.issue_receipt.store.begin() as work:
        row = GoodsRow(BOX, "Hat box", {}, "other", None, Attributes(gross_kg=_KG), None)
        began = work.journal.last_at(boss.shop.till)
        assert began is not None
        work.stock.move(work.products.add(row, NOON), 20, "opening", began, "demo")
        work.commit()
    ask(boss)
    boss.type("12")
    boss.scan(BOX)
    boss.checkout.page.news.other_action_pressed.emit()
    boss.wait()
    panel = boss.checkout.page.open_price
    assert (panel.product is not None and panel.product.name, panel.field.text()) == ("Felt hat", "12")
    boss.press(Key.Key_Return)
    assert boss.rows() == ["1 | Felt hat | 12.00"]


def test_a_locked_till_forgets_the_goods_that_wait(hand: Hand) -> None:
    ask(hand)
    hand.type("12")
    hand.till.session.take_person(None)
    hand.wait()
    panel = hand.checkout.page.open_price
    assert (panel.isHidden(), panel.field.text()) == (True, "")


def test_the_panel_speaks_the_language_of_the_window(boss: Hand) -> None:
    ask(boss)
    boss.till.session.speak("ru")
    boss.wait()
    assert boss.checkout.page.open_price.field.accessibleName().startswith("Цена")
