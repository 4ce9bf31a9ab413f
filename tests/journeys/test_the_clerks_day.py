"""The stock clerk's day through the real window: order what runs out, receive it, label it, count it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pypdfium2
import pysqlite3.dbapi2 as sqlite
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.stock.stock import Movement
from pos.ui.look.sounds import Sound
from pos.ui.purchasing.orders.lists import OPEN
from pos.ui.purchasing.orders.screen import OrdersScreen
from pos.ui.purchasing.receive.screen import ReceiveScreen
from pos.ui.stock.counting.screen import StockTakeScreen
from tests.stock_documents import under_a_document
from tests.ui.at_the_counter import Hand, a_demo_shop, whole_window

Key = Qt.Key
P = TypeVar("P")
COGNAC, CHOCOLATE, SWEETS = "4870204321111", "4870204320145", "4870204320060"


class Clerk(Hand):
    """The clerk with a scanner, who goes from page to page by the rail."""

    def goes_to(self, screen_id: str) -> None:
        """Press the item of the rail."""
        button = self.till.window.work.rail.item(screen_id)
        assert button is not None
        button.click()
        self.wait()
        assert self.screen_id == screen_id

    def many(self, code: str, pieces: int) -> None:
        """`5 *` and a scan."""
        self.type(f"{pieces}*")
        self.press(Key.Key_Return)
        self.scan(code)

    def hears(self, sound: Sound) -> None:
        """The last sound was this one."""
        assert self.heard.sounds[-1] is sound

    def page(self, kind: type[P]) -> P:
        """The page on show."""
        page = self.till.window.page
        assert isinstance(page, kind)
        return page


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Clerk]:
    """Before the sign-in of a shop in which cognac and chocolate run out."""
    shop = a_demo_shop(tmp_path / "shop")
    with shop.issue_receipt.store.begin() as work:
        for code in (COGNAC, CHOCOLATE):
            product = work.products.by_code(code, shop.now())
            assert product is not None
            left = Movement(product.id, 1 - work.stock.on_hand(product.id), "waste")
            under_a_document(work, [left], code, shop.now())
        work.commit()
    with sqlite.connect(shop.folder / "shop.db") as store:
        store.execute("UPDATE product SET reorder_point = CASE WHEN code IN (?, ?) THEN 12 END", (COGNAC, CHOCOLATE))
        store.execute("DELETE FROM product_code WHERE kind = 'carton'")
    store.close()
    with whole_window(qapp, qtbot, tmp_path, shop, Clerk, "clerk") as hand:
        yield hand


def test_a_clerk_orders_receives_labels_and_counts_with_the_scanner(clerk: Clerk, qtbot: QtBot) -> None:
    clerk.type(clerk.shop.demo_pins["clerk"])
    clerk.press(Key.Key_Return)
    qtbot.waitUntil(lambda: clerk.till.session.person is not None, timeout=30_000)
    clerk.wait()

    # what runs out is ordered as proposed
    clerk.goes_to("orders")
    assert clerk.page(OrdersScreen).rows.rowCount() == 2
    clerk.press(Key.Key_F12)
    assert clerk.page(OrdersScreen).tabs.choice() == OPEN
    person = clerk.till.session.person
    assert person is not None
    made = clerk.shop.deliveries.orders.show(1, person)
    ordered = {made.products[line.product].code: line.ordered for line in made.order.lines}
    assert ordered.keys() == {COGNAC, CHOCOLATE}

    # the truck: all of the cognac, one chocolate too few, and sweets that no one ordered
    clerk.goes_to("receive")
    clerk.press(Key.Key_Return)
    clerk.wait()
    clerk.many(COGNAC, ordered[COGNAC])
    clerk.hears(Sound.COMPLETE)
    clerk.many(CHOCOLATE, ordered[CHOCOLATE] - 1)
    clerk.scan(SWEETS)
    clerk.hears(Sound.WRONG)
    clerk.scan(CHOCOLATE)
    clerk.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    clerk.press(Key.Key_F7)
    clerk.press(Key.Key_F12)
    clerk.wait()
    assert clerk.shop.find.show(COGNAC).on_hand == 1 + ordered[COGNAC]
    assert clerk.shop.find.show(CHOCOLATE).on_hand == ordered[CHOCOLATE]
    assert clerk.page(ReceiveScreen).count_page.isVisible() is False

    # labels for both, as a customer's telephone reads them
    clerk.goes_to("labels")
    clerk.scan(COGNAC)
    clerk.scan(CHOCOLATE)
    clerk.wait(200)
    clerk.press(Key.Key_F12)
    clerk.wait()
    [sheet] = (clerk.shop.folder / "labels").rglob("*.pdf")
    picture = pypdfium2.PdfDocument(sheet)[0].render(scale=300 / 72).to_pil()
    assert {code.text for code in zxingcpp.read_barcodes(picture)} == {COGNAC, CHOCOLATE}

    # the shelf: one chocolate is not there
    clerk.goes_to("count")
    clerk.scan(COGNAC)
    clerk.scan(CHOCOLATE)
    clerk.press(Key.Key_F12)
    clerk.many(COGNAC, 1 + ordered[COGNAC])
    clerk.many(CHOCOLATE, ordered[CHOCOLATE] - 1)
    clerk.press(Key.Key_F12)
    review = clerk.page(StockTakeScreen).review
    assert [row.split(" | ")[3] for row in review.rows.texts()] == ["1 missing"]
    clerk.press(Key.Key_4)
    clerk.press(Key.Key_F12)
    clerk.wait()
    assert clerk.shop.find.show(CHOCOLATE).on_hand == ordered[CHOCOLATE] - 1
    assert clerk.shop.verify_books() == []
