"""The stock clerk at the page of the workshop, in a shop that makes gift boxes of bars and bags."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.workshop.batch_steps import BatchDraft
from pos.application.workshop.batch_view import BatchView
from pos.application.workshop.goods_lines import GoodsLine
from pos.application.workshop.recipes import RecipeDraft
from pos.domain.money import Money
from pos.ui.session.session import Session
from pos.ui.shell.page_builder import Screens
from pos.ui.workshop.screen import WorkshopScreen
from tests.horgos import CNY
from tests.made_once import made_once
from tests.shops import BAG, CHOCOLATE, SWEETS
from tests.ui.at_the_counter import a_demo_shop
from tests.ui.at_the_stock import StockHand, at_the_stock

BOX, BAR, WRAP = SWEETS, CHOCOLATE, BAG


class AtTheWorkshop(StockHand):
    """What a hand does on the page, and what the books say."""

    @property
    def page(self) -> WorkshopScreen:
        page = self.till.window.screen_at("workshop")
        assert isinstance(page, WorkshopScreen)
        return page

    def rows(self) -> list[str]:
        """The batches on show: number and state."""
        rows = self.page.batches.rows.rows
        return [f"{row.cells[0].second.split(' · ')[0]} {row.cells[1].text}" for row in rows]

    def batch(self, number: int) -> BatchView:
        """A batch as the books have it."""
        return self.shop.workshop.batches.show(self.person, number)

    def has_planned(self, pieces: int = 10, *, started: bool = False) -> BatchView:
        """A batch of the recipe that is there already, or runs already."""
        workshop = self.shop.workshop
        view = workshop.plan(self.person, BatchDraft(1, pieces))
        if started:
            view = workshop.start(self.person, view.batch.number)
        self.page.batches.read(view.batch.number)
        self.wait()
        return view

    def twice(self, key: Qt.Key) -> None:
        """The key, and the same once more when its question has been read."""
        self.press(key)
        self.press(key)

    def loses(self, pieces: int, fate: str) -> None:
        """A line of the first input in the form of an end."""
        lines = self.page.batches.end.lines
        lines.source.setCurrentIndex(1)
        lines.fate.setCurrentIndex(lines.fate.findData(fate))
        lines.pieces.setFocus()
        self.type(str(pieces))
        self.press(Qt.Key.Key_Return)


@cache
def a_workshop() -> Path:
    """The folder of a small demo shop with a recipe and goods for sixteen boxes, made once for all tests."""
    return made_once("workshop-demo", _make_workshop)


def _make_workshop(folder: Path) -> None:
    """Ten boxes are made of sixty bars and ten bags; the work takes 15 yuan."""
    shop = a_demo_shop(folder)
    clerk = next(person for person in shop.sign_in.people() if person.name == "clerk")
    lines = (GoodsLine(60, BAR), GoodsLine(10, WRAP))
    shop.workshop.recipes(clerk, RecipeDraft("Gift box", GoodsLine(10, BOX), lines, work=Money(15_00, CNY)))
    with shop.issue_receipt.store.begin() as work:
        for code, pieces in ((BAR, 100), (WRAP, 30)):
            product = work.products.by_code(code, shop.now())
            assert product is not None
            work.stock.move(product.id, pieces - work.stock.on_hand(product.id), "opening", shop.now(), "demo")
        work.commit()
    shop.close()


def only_the_workshop(session: Session) -> list[WorkshopScreen]:
    """A window with one page."""
    return [WorkshopScreen(session)]


def at_the_page(
    app: QApplication, qtbot: QtBot, state: Path, folder: Path, screens: Screens = only_the_workshop
) -> Iterator[AtTheWorkshop]:
    """The clerk at the page, with a recipe and goods for sixteen boxes."""
    for hand in at_the_stock(app, qtbot, state, folder, screens, "workshop", a_workshop):
        hand.__class__ = AtTheWorkshop
        assert isinstance(hand, AtTheWorkshop)
        yield hand


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, state: Path, tmp_path: Path) -> Iterator[AtTheWorkshop]:
    """The clerk at the page."""
    yield from at_the_page(qapp, qtbot, state, tmp_path)
