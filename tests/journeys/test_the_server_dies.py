"""The shop's database server dies in the middle of a payment and comes back: nothing is lost, nothing is sold twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import event

import main
from db.center.own_server import programs
from db.store.unit_of_work import SqlStore
from pos.application.settings.options import Options
from pos.application.shop.shop import Shop
from pos.ui.sales.payment.change_column import State
from pos.ui.shell.application import TillWindow
from tests.postgres_server import Server
from tests.ui.at_the_counter import PATIENCE, Hand, close_till, sale_pages

Key = Qt.Key


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server that keeps what it confirmed through its own death."""
    if programs() is None:
        pytest.skip("no PostgreSQL server on this machine (Debian: apt-get install postgresql)")
    made = Server.made(is_durable=True)
    yield made
    made.remove()


@pytest.fixture
def shop(server: Server, tmp_path: Path) -> Shop:
    options = Options(data=tmp_path / "shop", database=server.create("shop"), demo=True)
    return main.build(options, quick_pins=True, demo_size=300)


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, shop: Shop, tmp_path: Path) -> Iterator[Hand]:
    habits = tmp_path / "till.json"
    habits.write_text('{"language": "en", "theme": "light"}', encoding="utf-8")
    till = TillWindow(qapp, shop, main.RESOURCES, habits, tmp_path / "border-pos.log", screens=sale_pages)
    opened = Hand(till, shop, qtbot)
    till.show()
    qtbot.waitUntil(lambda: till.window.screen_at("checkout") is not None, timeout=PATIENCE)
    till.window.activateWindow()
    opened.wait()
    opened.sign_in()
    yield opened
    close_till(opened)


def at_the_next_commit(shop: Shop, step: Callable[[], None]) -> None:
    """Do it just before the server gets the COMMIT."""
    store = shop.complete_sale.store
    assert isinstance(store, SqlStore)
    steps = [step]

    def before_commit(_connection: object) -> None:
        if steps:
            steps.pop()()

    event.listen(store._engines.writing, "commit", before_commit)


def test_a_server_that_dies_at_commit_and_comes_back(hand: Hand, shop: Shop, server: Server) -> None:
    goods = hand.goods("food.sweets").code
    hand.scan(goods)
    hand.press(Key.Key_F12)  # no visitor: that is said, and nothing is paid
    hand.show_passport()
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)
    assert hand.screen_id == "paid"
    hand.press(Key.Key_Return)
    hand.show_passport()
    hand.scan(goods)
    hand.press(Key.Key_F12)
    assert hand.screen_id == "payment"

    at_the_next_commit(shop, lambda: server.stop(at_once=True))
    hand.press(Key.Key_F12)
    assert hand.payment.state is State.UNCERTAIN
    assert hand.till.window.away.isVisible()
    hand.press(Key.Key_Escape)
    hand.scan(goods)
    assert (hand.screen_id, hand.payment.state) == ("payment", State.UNCERTAIN)

    server.start()
    hand.until(lambda: not hand.till.window.away.isVisible())
    hand.until(lambda: hand.screen_id == "paid")
    hand.wait()

    assert sold(shop) == 2
    assert list(shop.verify_books()) == []
    hand.press(Key.Key_Return)
    assert [row.partition(" | ")[0] for row in hand.rows()] == ["1"], (
        "what was scanned meanwhile is the next customer's"
    )


def test_a_server_that_dies_before_the_payment_keeps_the_basket_and_what_is_parked(
    hand: Hand, shop: Shop, server: Server
) -> None:
    hand.show_passport()
    hand.scan(hand.goods("food.honey").code)
    parked = shop.new_checkout()
    parked.add(hand.goods("toy").id, 1)
    shop.park_sale(parked.order(shop.sign_in.people()[0]), "back at four", shop.sign_in.people()[0])
    basket = hand.rows()
    server.stop(at_once=True)
    hand.press(Key.Key_F12)
    assert hand.till.window.away.isVisible()
    assert (hand.screen_id, hand.rows()) == ("checkout", basket)

    server.start()
    hand.until(lambda: not hand.till.window.away.isVisible())
    assert [one.note for one in shop.parked_sales.all()] == ["back at four"]
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)

    assert hand.screen_id == "paid"
    assert sold(shop) == 1
    assert list(shop.verify_books()) == []


def sold(shop: Shop) -> int:
    last = shop.show_sale.last()
    return 0 if last is None else last.number
