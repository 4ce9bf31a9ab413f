"""A till with the pages of a sale over a real SQLite demo shop, and a hand that scans and types at it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from pos.application.ports.catalogue_ports import CatalogueFilter, GoodsRow
from pos.application.sales.checkout_view import CheckoutView
from pos.application.settings.options import Options
from pos.application.shop.shop import Shop
from pos.domain.catalogue.product import Attributes, Product
from pos.domain.money import Money
from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from pos.ui.sales.checkout.screen import CheckoutScreen
from pos.ui.sales.payment.paid_screen import PaidScreen
from pos.ui.sales.payment.screen import PaymentScreen
from pos.ui.session.session import Session
from pos.ui.shell.application import TillWindow
from pos.ui.shell.page_builder import Screens
from pos.ui.shell.pages_at_work import PageGroup, pages_at_work
from tests.horgos import CNY
from tests.made_once import made_once
from tests.ui.conftest import stand_in
from tests.ui.keyboard import NO_MODIFIER, Typing

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
PASSPORT = "P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nE000000019CHN8505051F3405042<<<<<<<<<<<<<<04"
CARTON = "4607204303508"
"""200 cigarettes: two are what one visitor may take to China."""
_GOODS, _TRADED = 400, 8
PATIENCE = 30_000
"""Milliseconds for which a busy machine is waited for; a wait ends as soon as what it waits for is there."""
VOLUME_UNKNOWN, NOT_COMPLETE = "4870001000127", "4870001000134"
_UNKNOWN = (
    GoodsRow(VOLUME_UNKNOWN, "Brandy of the region", {}, "alcohol.spirit", Money(8_000, CNY), Attributes(), None),
    GoodsRow(NOT_COMPLETE, "Something new", {}, None, None, Attributes(), None),
)


def a_passport(number: int, name: str = "AKHMETOVA<<SAULE", country: str = "CHN") -> str:
    """The two lines of a passport; its holder was born in 1984."""

    def digit(text: str) -> str:
        worth = [int(char, 36) if char != "<" else 0 for char in text]
        return str(sum(one * (7, 3, 1)[index % 3] for index, one in enumerate(worth)) % 10)

    first = f"P<{country}{name}".ljust(44, "<")
    documents, born, expiry = f"N{number:08d}", "840203", "340504"
    documents, born, expiry = (field + digit(field) for field in (documents, born, expiry))
    second = f"{documents}{country}{born}F{expiry}{'<' * 15}"
    return f"{first}\n{second}{digit(documents + born + expiry + '<' * 15)}"


def sale_pages(session: Session) -> tuple[PageGroup, ...]:
    """The pages of a sale alone: checkout, payment, paid, parked."""
    return pages_at_work(session)[:2]


@cache
def a_demo() -> Path:
    """The folder of a small demo shop, made once for all tests."""
    return made_once("counter-demo", _make_demo)


def _make_demo(folder: Path) -> None:
    yesterday = NOON - timedelta(days=1)
    shop = main.build(Options(data=folder, demo=True, at=yesterday), quick_pins=True, demo_size=_GOODS)
    with shop.issue_receipt.store.begin() as work:
        began = work.journal.last_at(shop.till)
        assert began is not None, "a demo says when it began"
        for row in _UNKNOWN:
            work.stock.move(work.products.add(row, yesterday), 20, "opening", began, "demo")
        work.commit()
    shop.office.set_setting(Person.at_the_console("root"), "provider_qr", "")  # typed, as a payment by card is
    shop.close()


@cache
def a_past() -> Path:
    """The folder of a small demo shop that has traded for eight days, made once for all tests."""
    return made_once("traded-demo", _make_past)


def _make_past(folder: Path) -> None:
    main.build(Options(data=folder, demo=True, at=NOON), quick_pins=True, demo_size=_GOODS, demo_past=_TRADED).close()


def a_demo_shop(folder: Path, made: Callable[[], Path] = a_demo) -> Shop:
    """A shop of its own for one test, copied from the one made once."""
    shutil.copytree(made(), folder)
    return main.build(Options(data=folder, demo=True, at=NOON), quick_pins=True, demo_size=_GOODS)


@dataclass
class Heard:
    """Stands for the till's sounds: remembers them."""

    sounds: list[Sound] = field(default_factory=list)
    on: bool = True

    def play(self, sound: Sound) -> None:
        """Remember it."""
        self.sounds.append(sound)


class Hand:
    """Someone at the checkout with a scanner: real keys through the window, and the store awaited."""

    def __init__(self, till: TillWindow, shop: Shop, qtbot: QtBot) -> None:
        self.till, self.shop, self._qtbot = till, shop, qtbot
        self.heard = Heard()
        self.typing = Typing(till)
        till.session.sounds = self.heard  # type: ignore[assignment] # hears what a player would play

    def wait(self, milliseconds: int = 0) -> None:
        """Until the store has answered everything, and what follows from it; before that, let so much time pass."""
        if milliseconds:
            self.typing.time.pass_by(milliseconds, self._settle)
        self._settle()

    def _settle(self) -> None:
        for _ in range(3):
            self._qtbot.waitUntil(lambda: self.till.is_idle, timeout=PATIENCE)
            QApplication.processEvents()

    def until(self, condition: Callable[[], bool]) -> None:
        """Until something is so."""
        self._qtbot.waitUntil(condition, timeout=PATIENCE)

    def sign_in(self, name: str = "amina") -> None:
        """Be at the till, with its open shift."""
        session = self.till.session
        session.take_settings(self.shop.settings())
        session.take_shift(self.shop.open_shift.current())
        session.take_person(next(person for person in self.shop.sign_in.people() if person.name == name))
        self.till.window.show_screen("checkout")
        self.wait()

    def scan(self, text: str) -> None:
        """A scanner's burst with its Enter, whatever has the focus."""
        self.typing.burst(f"{text}\r")
        self.wait(180 if "\n" in text else 0)

    def type(self, text: str) -> None:
        """Keys as a person types them."""
        for char in text:
            self.typing.press(char)
        self.wait()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """One key."""
        self.typing.press(key, modifier)
        self.wait()

    def show_passport(self) -> None:
        """The visitor's passport at the scanner."""
        self.checkout.document_scanned(PASSPORT)
        self.wait()

    def show_companions(self, count: int, country: str = "CHN") -> None:
        """So many further passports, one after another."""
        for number in range(1, count + 1):
            self.checkout.document_scanned(a_passport(number, country=country))
        self.wait()

    def carriers(self) -> list[tuple[str, str]]:
        """Who carries what: quantity and letter of each row."""
        rows = self.checkout.page.rows.rows
        return [(rows.row(index).quantity, rows.row(index).carrier) for index in range(rows.rowCount())]

    def open_payment(self) -> None:
        """F12, and the first answer to what is asked before: on no other day, to China."""
        self.press(Qt.Key.Key_F12)
        for _ in self.view.open_questions:
            self.press(Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)

    def sell(self) -> None:
        """Pay the basket exactly and go on to the next customer."""
        self.open_payment()
        self.wait(30)
        for _ in range(2):
            self.press(Qt.Key.Key_F12)
            self.wait(30)

    def goods(self, category: str, index: int = 0) -> Product:
        """A product of a category of which everything is known, by its place in the catalogue."""
        return [product for product in self._of(category) if _is_known(product)][index]

    def _of(self, category: str) -> list[Product]:
        branch = CatalogueFilter(scope=category)
        with self.shop.issue_receipt.store.reading() as work:
            listed = work.catalogue.page(branch, self.shop.now(), limit=_GOODS * 2, before=None)
        stocked = [(one.product, one.on_hand) for one in listed if one.product.category == category]
        stocked.sort(key=lambda one: one[0].code)
        return [product for product, on_hand in stocked if on_hand > 8 and not product.missing]

    @property
    def screen_id(self) -> str:
        """The page on show."""
        page = self.till.window.page
        return "" if page is None else page.screen_id

    @property
    def checkout(self) -> CheckoutScreen:
        """The checkout."""
        page = self.till.window.screen_at("checkout")
        assert isinstance(page, CheckoutScreen)
        return page

    @property
    def payment(self) -> PaymentScreen:
        """The payment."""
        page = self.till.window.screen_at("payment")
        assert isinstance(page, PaymentScreen)
        return page

    @property
    def paid(self) -> PaidScreen:
        """The moment after."""
        page = self.till.window.screen_at("paid")
        assert isinstance(page, PaidScreen)
        return page

    @property
    def view(self) -> CheckoutView:
        """The sale as the checkout shows it."""
        view = self.checkout.counter.view
        assert view is not None
        return view

    @property
    def news(self) -> str:
        """What the checkout's own notice says."""
        notice = self.checkout.page.news.notice
        return "" if notice is None else notice.text

    def rows(self) -> list[str]:
        """The rows as a picture: quantity | name | total."""
        rows = self.checkout.page.rows.rows
        shown = (rows.row(index) for index in range(rows.rowCount()))
        return [f"{row.quantity} | {row.name} | {row.total}" for row in shown]


def _is_known(product: Product) -> bool:
    spirits = (product.category or "").startswith("alcohol")
    return not spirits or (product.attributes.ml is not None and product.attributes.abv is not None)


H = TypeVar("H", bound=Hand)


@contextmanager
def whole_window(
    app: QApplication,
    qtbot: QtBot,
    folder: Path,
    shop: Shop,
    kind: type[H],
    cashier: str = "",
    screens: Screens = pages_at_work,
) -> Iterator[H]:
    """The program's window before the sign-in, as soon as the pages that are there for everybody are.

    Closed at the end whatever happened: a window left behind slows every test that comes after it.
    """
    habits = folder / "till.json"
    habits.write_text(json.dumps({"language": "en", "theme": "light", "cashier": cashier or None}), encoding="utf-8")
    till = TillWindow(app, shop, main.RESOURCES, habits, folder / "border-pos.log", screens)
    hand = kind(till, shop, qtbot)
    try:
        till.show()
        hand.wait()
        till.window.activateWindow()
        hand.wait()
        yield hand
    finally:
        if till.window.screen_at("checkout") is not None:
            hand.checkout.receipts.stop()
        till.close()
        shop.close()
        till.window.deleteLater()
        till.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def open_till(
    app: QApplication,
    qtbot: QtBot,
    folder: Path,
    name: str = "amina",
    made: Callable[[], Path] = a_demo,
    screens: Screens = sale_pages,
) -> Hand:
    """Open the window with the pages of a sale and sign `name` in. The person who opens it closes it: `close_till`."""
    shop = a_demo_shop(folder / "shop", made)
    habits = folder / "till.json"
    habits.write_text('{"language": "en", "theme": "light"}', encoding="utf-8")
    till = TillWindow(app, shop, main.RESOURCES, habits, folder / "border-pos.log", screens)
    # The page that opens the next shift is built when it is called for, not ahead: hardly a test of a sale sees it.
    till.way_in.prepare = lambda: None  # type: ignore[method-assign]
    hand = Hand(till, shop, qtbot)
    till.window.setUpdatesEnabled(False)  # the sign-in is not painted: no one signs in there
    till.show()
    qtbot.waitUntil(lambda: till.window.screen_at("checkout") is not None, timeout=PATIENCE)
    till.window.activateWindow()
    hand.wait()
    hand.sign_in(name)
    till.window.setUpdatesEnabled(True)
    hand.wait()
    return hand


def open_bare_till(
    app: QApplication, qtbot: QtBot, folder: Path, name: str = "amina", made: Callable[[], Path] = a_demo
) -> Hand:
    """Open the window without the pages of a sale, for a page at which nothing is sold: most of opening is theirs."""
    return open_till(app, qtbot, folder, name, made, stand_in)


def close_till(hand: Hand) -> None:
    """End the threads and let go of the files."""
    if isinstance(checkout := hand.till.window.screen_at("checkout"), CheckoutScreen):
        checkout.receipts.stop()
    hand.till.close()
    hand.till.window.deleteLater()
    hand.till.deleteLater()
    QCoreApplication.sendPostedEvents(
        None, QEvent.Type.DeferredDelete
    )  # a window left behind is dressed again each time
    hand.shop.close()
