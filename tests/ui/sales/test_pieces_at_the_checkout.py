"""Single pieces, goods by weight, cartons and lots at the real window, by scanner and keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.text.formatting import plain_text
from pos.domain.catalogue.barcode import GS
from pos.ui.look.sounds import Sound
from pos.ui.returns.blind_screen import BlindReturnScreen
from pos.ui.widgets.buttons.icon_button import IconButton
from tests.goods_codes import CHEESE, marked, of_lot, weighed, with_carton, with_cheese, with_lot
from tests.shops import DemoShop
from tests.ui.at_the_counter import NOON, Hand, close_till, open_till
from tests.ui.input.test_scanner_filter import a_key
from tests.ui.keyboard import ABOVE_PLACE
from tests.ui.returns.test_returns_page import page, with_returns
from tests.ui.sales.test_pricing_at_the_checkout import promote
from tests.ui.slow_store import SlowStore

Key = Qt.Key
CHOCOLATE, BOX = "4870204320145", "14870204320142"


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A cashier at the checkout, with the returns page."""
    opened = with_returns(open_till(qapp, qtbot, tmp_path))
    yield opened
    close_till(opened)


@pytest.fixture
def books(hand: Hand) -> Iterator[DemoShop]:
    """The same shop as the stock clerk has it."""
    shop = DemoShop(hand.shop.folder, now=hand.shop.now)  # type: ignore[arg-type]  # the till's own clock
    yield shop
    shop.close()


def second_lines(hand: Hand) -> list[str]:
    rows = hand.checkout.page.rows.rows
    return [rows.row(index).code for index in range(rows.rowCount())]


def test_a_marking_code_is_a_row_for_itself_and_reported_when_scanned_twice(hand: Hand) -> None:
    hand.scan(marked(CHOCOLATE, "AB1234567890CD").split(GS)[0])
    assert second_lines(hand) == ["4870…0145 · № …7890CD"]

    hand.scan(marked(CHOCOLATE, "AB1234567890CD").split(GS)[0])

    assert "is already in the basket" in hand.news
    assert hand.heard.sounds[-1] is Sound.REFUSE
    assert len(hand.rows()) == 1


def test_the_separator_of_a_gs1_code_is_a_key_of_its_own(hand: Hand) -> None:
    window = hand.till.window.windowHandle()
    for char in f"]d201{CHOCOLATE.zfill(14)}21A1":
        key: Any = char  # Qt's stubs know keys only, Qt itself signs too
        QTest.keyClick(window, key)
    separator = a_key(Key.Key_BracketRight, GS, 27 + ABOVE_PLACE, Qt.KeyboardModifier.ControlModifier)
    QCoreApplication.sendEvent(window, separator)
    hand.scan("10LOT7")

    assert second_lines(hand) == ["4870…0145 · № A1 · lot LOT7"]


def test_a_piece_that_was_sold_is_reported_with_its_receipt(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(marked(CHOCOLATE, "A1").split(GS)[0])
    hand.sell()
    hand.scan(marked(CHOCOLATE, "A1").split(GS)[0])

    assert "is already sold. Receipt T1-000001, 24" in hand.news.replace("Nov 24", "24")
    assert hand.rows() == []


def test_marked_goods_ask_for_the_code_on_the_piece(hand: Hand, books: DemoShop) -> None:
    books.set("marked_categories", "food.sweets")
    hand.scan(CHOCOLATE)

    assert "Scan the square code" in hand.news
    assert hand.heard.sounds[-1] is Sound.REFUSE
    assert hand.rows() == []


def test_what_a_scale_has_printed_is_one_piece_by_weight(hand: Hand, books: DemoShop) -> None:
    with_cheese(books)
    hand.scan(weighed(342))
    hand.scan(weighed(342))

    assert hand.rows() == ["1 | Cheese | 20.52", "1 | Cheese | 20.52"]
    assert second_lines(hand) == ["0.342\xa0kg × 60.00"] * 2


def test_goods_by_weight_without_one_ask_for_the_grams_in_place(hand: Hand, books: DemoShop) -> None:
    with_cheese(books)
    hand.scan(CHEESE)
    panel = hand.checkout.page.weigh
    assert panel.isVisible()
    assert panel.field.hasFocus()

    hand.scan(CHOCOLATE)  # goes into the basket meanwhile
    hand.press(Key.Key_Return)
    assert panel.isVisible()
    hand.press(Key.Key_F12)  # no one pays for what is not weighed yet
    assert hand.screen_id == "checkout"
    hand.type("500")
    hand.press(Key.Key_Return)

    assert [row.split(" | ")[2] for row in hand.rows()] == ["12.50", "30.00"]
    assert not panel.isVisible()
    assert hand.checkout.page.scan.box.field.hasFocus()
    hand.scan(CHEESE)
    hand.press(Key.Key_Escape)
    assert not panel.isVisible()
    assert len(hand.rows()) == 2


def test_a_weight_that_is_missing_is_not_missing_any_more_once_it_is_typed(hand: Hand, books: DemoShop) -> None:
    with_cheese(books)
    hand.scan(CHEESE)
    panel = hand.checkout.page.weigh
    hand.wait(200)  # longer than a scanner's second Enter
    hand.press(Key.Key_Return)
    assert panel._wrong.isVisible()

    hand.type("5")
    assert not panel._wrong.isVisible()


def test_a_return_without_a_receipt_asks_for_the_label_where_no_grams_can_be_typed(hand: Hand, books: DemoShop) -> None:
    with_cheese(books)
    hand.press(Key.Key_F11)
    hand.press(Key.Key_F3)
    hand.scan(CHEESE)
    screen = hand.till.window.screen_at("blind_return")
    assert isinstance(screen, BlindReturnScreen)
    assert screen.news.notice is not None
    assert screen.news.notice.text == f"{CHEESE} is sold by weight. Scan the scale label."
    hand.scan(weighed(342))
    assert screen.work.rows.rowCount() == 1


def test_the_price_of_a_typed_weight_is_the_one_that_the_basket_gets(hand: Hand, books: DemoShop) -> None:
    with_cheese(books)
    promote(hand, "Spring", "10")
    hand.scan(CHEESE)
    hand.type("500")
    while_weighed = plain_text(hand.checkout.page.weigh._price.text())
    hand.press(Key.Key_Return)

    assert while_weighed == "¥ 60.00 for 1 kg · Spring · -¥ 3.00  =  ¥ 27.00"
    assert [row.split(" | ")[2] for row in hand.rows()] == ["27.00"]


def test_grams_typed_before_they_are_asked_for_sell_no_other_goods(hand: Hand, books: DemoShop) -> None:
    with_cheese(books)
    with SlowStore(hand) as slow:
        slow.scan(CHEESE)
        slow.type("5")
    hand.type("500")
    hand.wait(60)
    hand.press(Key.Key_Return)
    sold, is_asked = hand.rows(), hand.checkout.page.weigh.field.hasFocus()
    hand.type("500")
    hand.press(Key.Key_Return)

    assert (sold, is_asked) == ([], True)
    assert [row.split(" | ")[2] for row in hand.rows()] == ["30.00"]


def test_goods_that_wait_for_their_weight_are_not_left_out_of_a_parked_sale_nor_put_into_the_next(
    hand: Hand, books: DemoShop
) -> None:
    with_cheese(books)
    hand.scan(CHOCOLATE)
    hand.scan(CHEESE)
    hand.press(Key.Key_F7)
    panel = hand.checkout.page.weigh
    assert (hand.checkout.page.note.isVisible(), panel.isVisible(), panel.field.hasFocus()) == (False, True, True)

    hand.press(Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert (hand.rows(), panel.isVisible()) == ([], False)


@pytest.mark.parametrize("key", [None, Key.Key_Escape])
def test_goods_that_wait_for_their_weight_stay_when_a_document_is_not_typed_after_all(
    hand: Hand, books: DemoShop, key: Key | None
) -> None:
    with_cheese(books)
    hand.checkout.documents.open()
    hand.scan(CHEESE)
    form = hand.checkout.form
    form.ask_to_finish()
    if key is None:
        next(button for button in form.findChildren(IconButton) if button.text() == "Back").click()
    else:
        hand.press(key)

    assert (form.isVisible(), hand.checkout.page.weigh.isVisible()) == (False, True)


def test_a_carton_tells_how_many_pieces_it_brings(hand: Hand, books: DemoShop) -> None:
    with_carton(books, CHOCOLATE, BOX, 3)
    hand.type("2*")
    hand.press(Key.Key_Return)
    hand.scan(BOX)

    assert hand.rows()[0].startswith("6 |")
    assert hand.news == "Cartons: 2, pieces per carton: 3. Pieces added: 6."


def test_a_lot_that_soon_expires_is_shown_quietly_and_an_expired_one_refused(hand: Hand, books: DemoShop) -> None:
    today = NOON.date()
    with_lot(books, CHOCOLATE, "SOON", 5, today + timedelta(days=7))
    hand.scan(of_lot(CHOCOLATE, "SOON"))

    assert "expires on" in hand.news
    assert hand.heard.sounds == [Sound.ACCEPT]
    assert second_lines(hand) == ["4870…0145 · lot SOON"]
    hand.scan(of_lot(CHOCOLATE, "OLD", today - timedelta(days=1)))
    assert "not expired" in hand.news
    assert hand.heard.sounds[-1] is Sound.REFUSE


def test_a_broken_gs1_code_is_shown_in_words(hand: Hand) -> None:
    hand.scan("]d20104870204320145171")

    assert "is not a complete GS1 code" in hand.news
    assert hand.heard.sounds[-1] is Sound.UNREAD


def test_on_the_returns_page_a_marking_code_opens_the_receipt_that_sold_it(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CHOCOLATE)
    hand.scan(marked(CHOCOLATE, "aB1").split(GS)[0])
    hand.sell()
    hand.till.window.show_screen("returns")
    hand.wait()
    hand.scan(marked(CHOCOLATE, "aB1").split(GS)[0])

    opened = page(hand).controller.hand
    assert opened is not None
    assert {line: one.quantity for line, one in opened.chosen.items() if one.quantity} == {1: 1}


def test_of_several_single_pieces_only_their_own_codes_say_which_comes_back(hand: Hand, books: DemoShop) -> None:
    with_cheese(books)
    hand.show_passport()
    for serial in ("A1", "A2"):
        hand.scan(marked(CHOCOLATE, serial).split(GS)[0])
    hand.scan(weighed(342))
    hand.scan(weighed(500))
    hand.sell()
    hand.till.window.show_screen("returns")
    hand.wait()
    hand.scan("T1-000001")

    hand.scan(CHOCOLATE)
    notice = page(hand).news.notice
    assert notice is not None
    assert "scan the code on the item" in notice.text
    hand.scan(marked(CHOCOLATE, "A2").split(GS)[0])
    hand.scan(weighed(500))

    opened = page(hand).controller.hand
    assert opened is not None
    assert {line: one.quantity for line, one in opened.chosen.items() if one.quantity} == {1: 1, 3: 1}


def test_without_a_receipt_a_marking_code_is_a_row_for_itself(hand: Hand) -> None:
    hand.till.window.show_screen("blind_return")
    hand.wait()
    screen = hand.till.window.screen_at("blind_return")
    assert isinstance(screen, BlindReturnScreen)
    for serial in ("A1", "A2"):
        hand.scan(marked(CHOCOLATE, serial).split(GS)[0])
    hand.scan(marked(CHOCOLATE, "A1").split(GS)[0])

    assert [row.piece.serial for row in screen.controller.hand.rows] == ["A1", "A2"]
    assert screen.news.notice is not None
    assert "is already in the basket" in screen.news.notice.text
