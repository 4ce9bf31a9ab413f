"""What is refused in a form is said in the language on show, also after another one was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

import main
from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine
from pos.domain.catalogue.product import Attributes
from pos.domain.money import Money
from pos.ui.catalogue.imports.screen import ImportScreen
from pos.ui.catalogue.products.screen import ProductsScreen
from pos.ui.input.actions import (
    CHECKOUT,
    GAPS,
    IMPORT,
    ORDERS,
    PRICES,
    PRODUCTS,
    RATES,
    RECEIVE,
    REPRICE,
    SETTINGS,
    STAFF,
    VISITORS,
)
from pos.ui.purchasing.orders.screen import OrdersScreen
from pos.ui.settings.screen import SettingsScreen
from pos.ui.staff.screen import StaffScreen
from pos.ui.widgets.drawing.text_label import Complaint
from tests.horgos import CNY
from tests.ui.at_the_counter import NOON, a_demo_shop
from tools.marked_words import MarkedLanguages
from tools.quick_hand import QuickHand
from tools.shop_data import ShopData
from tools.window_faults import wrong_words
from tools.window_look import look_at

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
COGNAC, NO_PRICE, UNKNOWN = "4870204321111", "4870001000141", "4006381333931"


def test_no_refusal_stays_in_the_language_before(qapp: QApplication, tmp_path: Path) -> None:
    shop = a_demo_shop(tmp_path / "shop")
    shop = replace(shop, translators=MarkedLanguages(shop.translators))
    hand = QuickHand(qapp, shop, main.RESOURCES, tmp_path / "till.json", "en", "light")
    is_data = ShopData(tmp_path / "shop" / "shop.db", main.RESOURCES, ("abc",))
    faults: list[str] = []
    try:
        for stop in refusals(hand):
            window = hand.till.window
            if not any(one.isVisible() and one.text() for one in window.findChildren(Complaint)):
                faults.append(f"{stop}: nothing is refused")
            is_data.read()
            for language in ("zh", "ru", "kk", "en"):
                hand.till.session.speak(language)
                hand.settle()
                said = wrong_words(look_at(window), language, is_data)
                faults.extend(f"{stop}: {one}" for one in said if one.startswith("still in"))
                if not any(one.isVisible() and one.text() for one in window.findChildren(Complaint)):
                    faults.append(f"{stop}: no longer said in {language}")
    finally:
        hand.checkout.receipts.stop()
        hand.till.close()
        shop.close()
        hand.till.window.deleteLater()
        hand.till.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert not faults, "\n".join(faults)


def refusals(hand: QuickHand) -> Iterator[str]:
    """Yield the name of each form when something is refused in it."""
    _prepare(hand)
    hand.type("12", Key.Key_Return)
    yield "PIN"
    hand.press(Key.Key_Escape)
    hand.sign_in("amina")
    yield from _at_the_checkout(hand)
    hand.sign_in("manager")
    yield from _goods(hand)
    yield from _prices(hand)
    yield from _orders(hand)
    yield from _deliveries(hand)
    yield from _office(hand)


def _prepare(hand: QuickHand) -> None:
    row = GoodsRow(NO_PRICE, "Tea of the region", {}, "food.other", None, Attributes(), None)
    with hand.shop.issue_receipt.store.begin() as work:
        began = work.journal.last_at(hand.shop.till)
        assert began is not None
        work.stock.move(work.products.add(row, NOON), 20, "opening", began, "demo")
        work.commit()


def _at_the_checkout(hand: QuickHand) -> Iterator[str]:
    hand.go(CHECKOUT)
    hand.press(Key.Key_F3)
    hand.type("E1", Key.Key_Return)
    hand.type("1", Key.Key_Return)
    hand.type("19", Key.Key_Return)
    yield "document"
    hand.press(Key.Key_Escape)
    hand.show_document("P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nE000000019CHN8505051F3405042<<<<<<<<<<<<<<04")
    hand.press(Key.Key_B, with_=CONTROL)
    hand.press(Key.Key_Return)
    yield "bought elsewhere"
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_F10)
    hand.type("5", Key.Key_Return, Key.Key_Return)
    yield "drawer"
    hand.press(Key.Key_F10, Key.Key_F10, Key.Key_Return)
    hand.type("bread", Key.Key_Return)
    hand.type("111119", Key.Key_Return)
    yield "approval"
    hand.press(Key.Key_Escape, Key.Key_Escape)
    hand.go(VISITORS)
    hand.press(Key.Key_F4)
    hand.type("T1-999999", Key.Key_Return)
    yield "receipt of a visitor"
    hand.press(Key.Key_Escape)


def _goods(hand: QuickHand) -> Iterator[str]:
    hand.go(PRODUCTS)
    products = hand.screen()
    assert isinstance(products, ProductsScreen)
    hand.scan(COGNAC)
    products.form.price.price.setText("abc")
    hand.press(Key.Key_F12)
    yield "price of a product"
    hand.press(Key.Key_Escape, Key.Key_Escape)
    products.form.price.later.setText("abc")
    products.form.price.set_later()
    hand.settle()
    yield "price to come"
    hand.press(Key.Key_Escape, Key.Key_Escape)
    products.form.codes.add("1234567890123")
    hand.press(Key.Key_F12)
    yield "code of a product"
    hand.press(Key.Key_Escape, Key.Key_Escape)
    shown, several = products.form.shown, products.panel.values["reorder_point"]
    assert shown is not None
    assert shown.listed is not None
    assert isinstance(several.editor, QLineEdit)
    products.side.marks.add([shown.listed.product.id])
    hand.press(Key.Key_F9)
    several.editor.setText("abc")
    several.box.click()
    hand.settle()
    yield "several products"
    hand.press(Key.Key_Escape)
    hand.go(GAPS)
    hand.press(Key.Key_Return, Key.Key_Return)
    yield "missing data"
    hand.press(Key.Key_Escape)
    hand.go(CHECKOUT)
    hand.scan(UNKNOWN)
    hand.press(Key.Key_Return, Key.Key_Return)
    yield "new goods"
    hand.press(Key.Key_Escape)
    hand.scan(NO_PRICE)
    hand.checkout.page.news.action_pressed.emit()
    hand.settle()
    hand.press(Key.Key_Return)
    yield "open price or missing data at the checkout"
    hand.press(Key.Key_Escape)
    hand.go(IMPORT)
    page = hand.screen()
    assert isinstance(page, ImportScreen)
    file = hand.shop.folder / "list.csv"
    file.write_text("Code;Abc\n123;abc\n", encoding="utf-8")
    page.take_file(file)
    hand.settle()
    page.pages.grid.choices[0].setCurrentIndex(0)
    page.pages.grid.choices[0].activated.emit(0)
    hand.settle()
    yield "columns of a file"
    hand.press(Key.Key_Escape)


def _prices(hand: QuickHand) -> Iterator[str]:
    hand.go(RATES)
    hand.type("abc", Key.Key_F12)
    yield "rates"
    hand.press(Key.Key_Escape, Key.Key_Escape)
    hand.go(PRICES)
    hand.press(Key.Key_F4)
    hand.press(Key.Key_F12)
    yield "promotion"
    hand.press(Key.Key_Escape, Key.Key_Escape)
    hand.go(REPRICE)
    hand.type("abc")
    yield "bulk pricing"
    hand.press(Key.Key_Escape)


def _orders(hand: QuickHand) -> Iterator[str]:
    hand.go(ORDERS)
    orders = hand.screen()
    assert isinstance(orders, OrdersScreen)
    hand.press(Key.Key_Return)
    hand.type("x", Key.Key_Return)
    yield "pieces of an order"
    hand.press(Key.Key_Escape, Key.Key_F4)
    hand.type("x")
    yield "cost of an order"
    hand.press(Key.Key_Escape, Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Return)
    orders.suppliers.panel.name.clear()
    hand.press(Key.Key_F12)
    yield "supplier"
    hand.press(Key.Key_Escape)


def _deliveries(hand: QuickHand) -> Iterator[str]:
    lines = [OrderDraftLine(COGNAC, 36, Money(3_000, CNY))]
    hand.shop.deliveries.orders.make(OrderDraft(lines, "Almaty Sweets", note="4471"), hand.person("clerk"))
    hand.go(RECEIVE)
    hand.press(Key.Key_Return)
    hand.scan(COGNAC)
    hand.press(Key.Key_F4)
    hand.type("x", Key.Key_Return)
    yield "count of a delivery"
    hand.press(Key.Key_Escape, Key.Key_F5)
    hand.type("x", Key.Key_Return)
    yield "cost of a delivery"
    hand.press(Key.Key_Escape, Key.Key_F9)
    hand.type("x", Key.Key_F12)
    yield "papers of a delivery"
    hand.press(Key.Key_Escape)


def _office(hand: QuickHand) -> Iterator[str]:
    hand.go(STAFF)
    staff = hand.screen()
    assert isinstance(staff, StaffScreen)
    hand.press(Key.Key_F3, Key.Key_F12)
    yield "new person"
    hand.press(Key.Key_Escape, Key.Key_F5)
    staff.editor.draft.put_limit("cashier", "900")
    hand.press(Key.Key_F12)
    yield "limit of a role"
    hand.press(Key.Key_Escape, Key.Key_Escape, Key.Key_Escape)
    hand.go(SETTINGS)
    settings = hand.screen()
    assert isinstance(settings, SettingsScreen)
    settings.look_at("lock_minutes")
    hand.type("999", Key.Key_Return)
    yield "setting"
    hand.press(Key.Key_Escape)
    hand.shop.close_shift(hand.person("manager"), dict(hand.shop.read_shift.drawer() or {}))
    hand.sign_in("amina")
    hand.type("x")
    yield "float"
