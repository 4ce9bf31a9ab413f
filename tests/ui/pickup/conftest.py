"""A till with the pages of a sale and of customer orders."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.pickup.stream import StreamLine
from pos.application.pickup.take_order import ClaimLine, OrderDraft
from pos.domain.pickup.buyer import read_called
from pos.domain.pickup.customer_order import CustomerOrder
from pos.ui.page.screen import Screen
from pos.ui.pickup.pages import pages as pages_of_orders
from pos.ui.pickup.screen import PickupScreen
from pos.ui.pickup.take_screen import TakeOrdersScreen
from pos.ui.session.session import Session
from pos.ui.shell.page_builder import Screens
from pos.ui.shell.pages_at_work import PageGroup, pages_at_work
from tests.ui.at_the_counter import Hand, close_till, open_till
from tests.ui.conftest import StandInCheckout

CHOCOLATE, SWEETS, COGNAC = "4870204320145", "4870204320060", "4870204321111"


class Counter(Hand):
    """Someone at the counter who takes orders and hands them out."""

    @property
    def board(self) -> PickupScreen:
        page = self.till.window.screen_at("pickup")
        assert isinstance(page, PickupScreen)
        return page

    @property
    def taking(self) -> TakeOrdersScreen:
        page = self.till.window.screen_at("take_orders")
        assert isinstance(page, TakeOrdersScreen)
        return page

    @property
    def said(self) -> str:
        """What the notice bar of the window says."""
        notice = self.till.window.work.notices.notice
        return "" if notice is None else notice.text

    def show(self, screen_id: str) -> None:
        self.till.window.show_screen(screen_id)
        self.wait()

    def claim(self, *goods: str, buyer: str = "小雨 4567", **changed: Any) -> CustomerOrder:
        """An order taken at another till."""
        person = self.till.session.person
        assert person is not None
        fields: dict[str, Any] = {
            "channel": "douyin",
            "lines": tuple(ClaimLine(one) for one in goods),
            "buyer": read_called(buyer, "zh"),
        }
        return self.shop.pickup.take(OrderDraft(**(fields | changed)), person, uuid.uuid4().hex)

    def claim_the_rest(self, goods: str) -> CustomerOrder:
        """An order of all pieces that are still free: the next one waits."""
        with self.shop.issue_receipt.store.reading() as work:
            product = work.products.by_code(goods, self.shop.now())
            assert product is not None
            free = work.stock.free(product.id, self.shop.now())
        return self.claim(lines=(ClaimLine(goods, free),))

    def order(self, code: str) -> CustomerOrder:
        """The order as it is in the books."""
        person = self.till.session.person
        assert person is not None
        return self.shop.pickup.find.show(code, person)

    def codes(self) -> list[str]:
        """The codes of the rows on the board."""
        return [one.code for one in self.board.list.pager.rows]

    def call_out(self, goods: str, buyer: str) -> None:
        """A claim by keys: goods, Enter, buyer, Enter; the store is not waited for."""
        for char in goods:
            self.typing.press(char)
        self.typing.press(Qt.Key.Key_Return)
        for char in buyer:
            self.typing.press(char)
        self.typing.press(Qt.Key.Key_Return)


def set_up_the_stream(counter: Counter) -> None:
    """The page on which claims are typed, with chocolate and sweets on the sheet."""
    person = counter.till.session.person
    assert person is not None
    lines = [StreamLine(number, goods) for number, goods in enumerate((CHOCOLATE, SWEETS), 1)]
    counter.shop.pickup.stream.put(lines, person)
    counter.show("take_orders")


def order_pages(session: Session) -> tuple[PageGroup, ...]:
    """The pages of a sale, and those of customer orders."""
    groups = pages_at_work(session)
    return (*groups[:2], next(one for one in groups if one.module == "pos.ui.pickup.pages"))


def the_board_alone(session: Session) -> Iterator[Screen]:
    """The board without the pages of a sale: building those is most of opening a window."""
    yield StandInCheckout(session)
    yield next(pages_of_orders(session, {}))


def the_board_and_sales(session: Session) -> Iterator[PageGroup | Screen]:
    """The board and the pages of a sale."""
    yield from pages_at_work(session)[:2]
    yield next(pages_of_orders(session, {}))


def taking_alone(session: Session) -> Iterator[Screen]:
    """The page on which claims are typed, without those of a sale."""
    yield StandInCheckout(session)
    yield TakeOrdersScreen(session)


@pytest.fixture
def selling(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    """The till of a cashier for whom no page of customer orders is built."""
    opened = open_till(qapp, qtbot, tmp_path, screens=lambda session: pages_at_work(session)[:2])
    hand = Counter(opened.till, opened.shop, qtbot)
    hand.wait()
    yield hand
    close_till(opened)


@pytest.fixture
def pages() -> Screens:
    """The pages of her window; a file whose tests need fewer says so."""
    return order_pages


@pytest.fixture
def counter(qapp: QApplication, qtbot: QtBot, tmp_path: Path, pages: Screens) -> Iterator[Counter]:
    """Amina at her till."""
    opened = open_till(qapp, qtbot, tmp_path, screens=pages)
    hand = Counter(opened.till, opened.shop, qtbot)
    hand.wait()
    yield hand
    close_till(opened)
