"""Boxes run low: the clerk makes them of sweets and bags, prints their labels, and the cashier sells one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pysqlite3.dbapi2 as sqlite
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.workshop.goods_lines import GoodsLine
from pos.application.workshop.recipes import RecipeDraft
from pos.domain.stock.stock import Movement
from pos.ui.pricing.labels.screen import LabelsScreen
from pos.ui.purchasing.orders.screen import OrdersScreen
from pos.ui.session.session import Session
from pos.ui.shell.pages_at_work import PageGroup, pages_at_work
from pos.ui.workshop.screen import WorkshopScreen
from tests.shops import BAG, CHOCOLATE, SWEETS
from tests.stock_documents import under_a_document
from tests.ui.at_the_counter import Hand, a_demo_shop, whole_window

Key = Qt.Key
BOX, BAR, WRAP = SWEETS, CHOCOLATE, BAG


def pages_of_a_sale_and_of_goods(session: Session) -> list[PageGroup]:
    """Those on the way."""
    groups = pages_at_work(session)
    return [*groups[:2], next(one for one in groups if one.module == "pos.ui.shell.goods_pages")]


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A shop that has one box left, and a recipe of two bars and a bag."""
    shop = a_demo_shop(tmp_path / "shop")
    with shop.issue_receipt.store.begin() as work:
        moves = []
        for code, pieces in ((BOX, 1), (BAR, 40), (WRAP, 40)):
            product = work.products.by_code(code, shop.now())
            assert product is not None
            moves.append(Movement(product.id, pieces - work.stock.on_hand(product.id), "waste"))
        under_a_document(work, moves, "C-000900", shop.now())
        work.commit()
    with sqlite.connect(shop.folder / "shop.db") as store:
        store.execute("UPDATE product SET reorder_point = CASE WHEN code = ? THEN 6 END", (BOX,))
    store.close()
    clerk = next(one for one in shop.sign_in.people() if one.name == "clerk")
    lines = (GoodsLine(20, BAR), GoodsLine(10, WRAP))
    shop.workshop.recipes(clerk, RecipeDraft("Gift box", GoodsLine(10, BOX), lines))
    with whole_window(qapp, qtbot, tmp_path, shop, Hand, "clerk", pages_of_a_sale_and_of_goods) as opened:
        yield opened


def test_what_runs_low_is_made_labelled_and_sold(hand: Hand) -> None:
    window = hand.till.window
    hand.sign_in("clerk")
    hand.until(lambda: not hand.till.pages.is_busy)

    # low stock leads to the workshop with what it proposes
    window.show_screen("orders")
    hand.wait()
    orders = window.page
    assert isinstance(orders, OrdersScreen)
    assert orders.rows.rowCount() == 1
    hand.press(Key.Key_F3)
    page = window.page
    assert isinstance(page, WorkshopScreen)
    assert page.batches.plan.recipe.field.currentText() == "Gift box (W-000001)"  # type: ignore[attr-defined] # a list
    hand.press(Key.Key_F12)
    planned = hand.shop.workshop.batches.show(page.session.person, 1)  # type: ignore[arg-type] # signed in
    assert planned.batch.planned % 10 == 0

    # made, labelled
    for _ in range(2):
        hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)
    hand.type("9")
    for _ in range(2):
        hand.press(Key.Key_F12)
    assert hand.shop.find.show(BOX).on_hand == 10
    hand.press(Key.Key_F7)
    labels = window.page
    assert isinstance(labels, LabelsScreen)
    assert [(due.product.code, due.label.lot, due.copies) for due in labels.rows.rows] == [(BOX, "B-000001", 9)]
    hand.wait(300)
    hand.press(Key.Key_F12)
    hand.wait()
    [sheet] = (hand.shop.folder / "labels").rglob("*.pdf")
    picture = pypdfium2.PdfDocument(sheet)[0].render(scale=300 / 72).to_pil()
    assert {code.text for code in zxingcpp.read_barcodes(picture)} == {BOX}

    # sold
    hand.sign_in("amina")
    hand.show_passport()
    hand.scan(BOX)
    hand.sell()
    assert hand.shop.find.show(BOX).on_hand == 9
