"""Whatever is done at the till and in the office, no two places of the window say a different thing about one fact."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pos.application.pickup.stream import StreamLine
from pos.application.ports.return_ports import ReceiptFilter
from pos.application.pricing.promotions import PromotionDraft
from pos.application.sales.checkout import Checkout
from pos.application.stock.move_stock import StockDocumentDraft, StockDocumentLine
from pos.domain.catalogue.product import Attributes
from pos.domain.money import Money
from pos.domain.quota.rule import Verdict
from pos.domain.sales.parcel import Parcel, Recipient
from pos.domain.stock.stock import STORE_ROOM
from pos.domain.visitors.declared_purchases import Declared
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.cards.quota_gauge import QuotaGauge
from tests.horgos import CNY, USD
from tests.journeys.one_fact import PLACES, SEARCHED, Said, differing, pages_of, said_on
from tests.journeys.till_with_places import Till
from tests.ui.at_the_counter import PASSPORT, a_demo_shop, a_passport, whole_window
from tests.ui.night import Night, at_night

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MIDNIGHT = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
PAGES = sorted(pages_of(*PLACES) - {"payment", "paid"})
LOOKS = 2
"""Pages that are looked at after an act; the others keep what they said, and have to follow later."""
OF_THE_PAST = {"journal"}
"""A page that says what a price was set to, whatever it is by now."""
OF_ALL_VISITORS = {"reports"}
_READ = 60
"""Rows of a list that are read."""
VODKA = Declared(
    MIDNIGHT - timedelta(days=1), "Vodka", "alcohol.spirit", 1, Money(5_000, CNY), Money(0, CNY),
    Attributes(ml=Decimal(500), abv=Decimal(40)),
)  # fmt: skip


class Walk:
    """Acts that change facts, in an order of the dice; after each one the places are read and compared."""

    def __init__(self, till: Till, night: Night, seed: int) -> None:
        self.till, self.night, self.chance = till, night, random.Random(seed)
        cognac, honey, carton = (till.goods(name) for name in ("alcohol.spirit", "food.honey", "tobacco.cigarette"))
        self.codes = (cognac.code, honey.code, carton.code)
        till.code = cognac.code
        with till.shop.issue_receipt.store.begin() as work:
            work.settings.set("parcel_regime_cn", "cn-cross-border")
            work.settings.set("parcel_regime_kz", "kz-parcel")
            work.commit()
        till.till.session.take_settings(till.shop.settings())
        till.shop.pickup.stream.put([StreamLine(1, cognac.code)], till.manager)
        self.done: list[str] = []
        self.compared = 0

    def all_acts(self) -> None:
        """Each of them, some more often; the price from midnight on is set before midnight."""
        often: list[Callable[[], None]] = (
            [self.scan] * 3 + [self.visitor, self.send] * 2 + [self.price, self.sell, self.undo, self.too_many] * 2
        )
        acts: list[Callable[[], None]] = [
            self.begin_the_tour, self.quantity, self.discount, self.remove, self.dismiss, self.destination,
            self.split, self.leave_rest, self.days_of_entry, self.bought_elsewhere, self.park, self.resume,
            self.promotion, self.end_promotion, self.scheduled_price, self.correct_stock, self.write_off,
            self.to_the_store_room, self.refund, self.rates, self.language, self.person, self.pass_midnight,
            self.claim, self.claim_all, self.withdraw,
        ]  # fmt: skip
        order = self.chance.sample(often + acts, len(often + acts))
        one, other = sorted((order.index(self.scheduled_price), order.index(self.pass_midnight)))
        order[one], order[other] = self.scheduled_price, self.pass_midnight
        for act in order:
            self.till.goes_to("checkout")
            self.till.checkout.page.scan.forget()
            act()
            self.done.append(act.__name__)
            self.look("checkout", *self.chance.sample(PAGES, LOOKS))
        self.till.goes_to("checkout")
        self.look(*PAGES)

    def look(self, *pages: str) -> None:
        """Read and compare."""
        self.compare(said_on(self.till, pages))

    def compare(self, said: Said) -> None:
        assert differing(said) == {}, f"after {', '.join(self.done)}"
        self.compared += sum(len(places) > 1 for places in said.values())

    # ── at the counter ───────────────────────────────────────────────────────────────────────────────────────────

    def scan(self) -> None:
        self.till.scan(self.chance.choice(self.codes))

    def too_many(self) -> None:
        """More than a visitor may take."""
        self.till.type("5 *")
        self.till.press(Key.Key_Return)
        self.till.scan(self.till.code)

    def begin_the_tour(self) -> None:
        self.till.till.session.tour_requested.emit()
        self.till.wait()

    def quantity(self) -> None:
        self._type_over_a_row(Key.Key_F4, self.chance.choice("235"))

    def discount(self) -> None:
        self._type_over_a_row(Key.Key_F5, "10")

    def _type_over_a_row(self, key: Key, text: str) -> None:
        self.till.press(key)
        if not self.till.checkout.changes.editor.isHidden():
            self.till.type(text)
            self.till.press(Key.Key_Return)

    def remove(self) -> None:
        self.till.press(Key.Key_F6)

    def undo(self) -> None:
        self.till.press(Key.Key_Z, CONTROL)

    def visitor(self) -> None:
        number = self.chance.randrange(4)
        self.till.document = a_passport(number, country="KAZ" if number == 3 else "CHN") if number else PASSPORT
        self.till.checkout.document_scanned(self.till.document)
        self.till.wait()

    def dismiss(self) -> None:
        for one in self.till.view.visitors[:1]:
            self.till.checkout.visitors.on_requested("dismiss", one.visitor.label)
            self.till.wait()

    def destination(self) -> None:
        self.till.press(Key.Key_F8)

    def send(self) -> None:
        """In a parcel, or carried out after all."""
        grams = self.chance.randrange(20_000, 60_000)
        is_sent = self.till.view.parcel is not None
        self.till.checkout.counter.change(
            Checkout.carry
            if is_sent
            else lambda checkout: checkout.send(Parcel("Kazpost", grams), Recipient("A. Seitova", "Almaty"))
        )
        self.till.wait()

    def split(self) -> None:
        self.till.checkout.visitors.split()
        self.till.wait()

    def leave_rest(self) -> None:
        self.till.press(Key.Key_L, CONTROL)

    def days_of_entry(self) -> None:
        for one in self.till.view.visitors[:1]:
            self.till.checkout.visitors.record_entry_dates(one.visitor.label, ())
            self.till.wait()

    def bought_elsewhere(self) -> None:
        chosen = self.till.view.chosen
        if chosen is not None:
            self.till.checkout.counter.declare(chosen, lambda before: () if before else (VODKA,))
            self.till.wait()

    def park(self) -> None:
        self.till.press(Key.Key_F11)
        if not self.till.checkout.page.note.isHidden():
            self.till.press(Key.Key_Return)

    def resume(self) -> None:
        self.till.goes_to("parked")
        self.till.press(Key.Key_Return)

    def sell(self) -> None:
        """Out with what is too much; then what is asked, and the exact amount in cash."""
        till = self.till
        self.scan()
        if not till.view.visitors:
            self.visitor()
        while till.view.lines and till.view.verdict > Verdict.NOTE:
            till.press(Key.Key_F6)
        till.press(Key.Key_F12)
        while till.view.open_questions and till.screen_id == "checkout":
            till.press(Key.Key_F1, SHIFT)
        if till.screen_id == "payment":
            self.look("payment")
            till.press(Key.Key_F12)
            self.look("paid")
            till.press(Key.Key_Return)

    def language(self) -> None:
        self.till.goes_to(self.chance.choice(PAGES))
        self.till.till.session.speak(self.chance.choice(("zh", "ru", "kk")))

    def person(self) -> None:
        """A cashier comes, who may not see all pages, and goes again."""
        for name in ("amina", "manager"):
            self.till.till.window.lock()
            self.till.sign_in(name)

    # ── customer orders ──────────────────────────────────────────────────────────────────────────────────────────

    def claim(self) -> None:
        """Two pieces are called out in the stream."""
        self._call_out("1x2")

    def claim_all(self) -> None:
        """More than there are: the order waits."""
        self._call_out("1x900")

    def withdraw(self) -> None:
        self.till.goes_to("take_orders")
        self.till.press(Key.Key_Z, CONTROL)

    def _call_out(self, goods: str) -> None:
        self.till.goes_to("take_orders")
        for typed in (goods, "4567"):
            self.till.type(typed)
            self.till.press(Key.Key_Return)

    # ── in the office and in the store room ──────────────────────────────────────────────────────────────────────

    def price(self) -> None:
        price = Money(self.chance.randrange(2_000, 40_000, 50), CNY)
        self.till.shop.set_price(self.till.product.id, price, self.till.manager)
        self._reprice()

    def scheduled_price(self) -> None:
        self.till.shop.set_price(self.till.product.id, Money(77_700, CNY), self.till.manager, MIDNIGHT)

    def promotion(self) -> None:
        draft = PromotionDraft("Winter", percent=Decimal("12.5"), code=self.till.code)
        self.till.shop.promotions.add(draft, self.till.manager)
        self._reprice()

    def end_promotion(self) -> None:
        shop, now = self.till.shop, self.till.shop.now()
        for one in shop.promotions.all(self.till.manager):
            if not one.is_over(now):
                shop.promotions.end(one.id, self.till.manager)
        self._reprice()

    def _reprice(self) -> None:
        self.till.repriced = self.till.view.key

    def correct_stock(self) -> None:
        self._record("adjustment", 4, reason="miscounted")

    def write_off(self) -> None:
        self._record("waste", 1, reason="damaged")

    def to_the_store_room(self) -> None:
        self._record("transfer", 2, to=STORE_ROOM)

    def _record(self, kind: str, pieces: int, **where: str) -> None:
        draft = StockDocumentDraft(kind, (StockDocumentLine(pieces, self.till.code),), **where)
        self.till.shop.move_stock(self.till.manager, draft)

    def rates(self) -> None:
        self.till.shop.set_rate(self.till.manager, USD, Decimal(498), Decimal(512), None, None)

    def refund(self) -> None:
        """One piece of the newest sale that has one left."""
        shop = self.till.shop
        for sold in shop.find_receipts.history("", ReceiptFilter(), self.till.manager).receipts[:1]:
            if sold.came_back < sold.pieces:
                shop.return_by_ticket({
                    "key": f"back-{sold.receipt}-{sold.came_back}", "receipt": sold.receipt, "cashier": "manager",
                    "lines": [{"line": 0, "quantity": 1}], "reason": "unwanted",
                    "refund": {"currency": "CNY", "method": "cash"},
                })  # fmt: skip

    def pass_midnight(self) -> None:
        """A page is on show; prices may be other ones from now on."""
        page = self.chance.choice(sorted(pages_of("price of a piece", "price before promotions") - {SEARCHED}))
        self.till.goes_to(page)
        self.night.pass_midnight()
        self.till.till.clock.start()
        self.till.wait()
        self._reprice()
        self.look(page)


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch) -> Night:
    return at_night(monkeypatch)


@pytest.fixture
def till(night: Night, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Till]:
    """The manager at a till with all its pages and a display for the customer, with the tour on."""
    with whole_window(qapp, qtbot, tmp_path, a_demo_shop(tmp_path / "shop"), Till) as opened:
        opened.sign_in("manager")
        opened.until(lambda: not opened.till.pages.is_busy)
        opened.wait()
        assert opened.till.looking_on.display is not None
        opened.till.looking_on.display.toggle()
        opened.till.session.tour_requested.emit()
        opened.till.clock.start()
        opened.wait()
        yield opened


def test_no_two_places_say_a_different_thing_about_one_fact(till: Till, night: Night) -> None:
    walk = Walk(till, night, seed=1)

    walk.all_acts()

    assert walk.compared > len(walk.done) * 4


def test_every_page_that_shows_a_price_a_stock_or_an_allowance_stands_in_the_table(till: Till) -> None:
    till.code = till.goods("alcohol.spirit").code
    till.shop.set_price(till.product.id, Money(3_141_592, CNY), till.manager)
    pieces = 2_718 - till.shop.find.show(till.code).on_hand
    correction = StockDocumentDraft("adjustment", (StockDocumentLine(pieces, till.code),), reason="miscounted")
    till.shop.move_stock(till.manager, correction)
    till.show_passport()
    showing: dict[str, set[str]] = {"31,415.92": set(), "2,718": set(), "gauge": set()}
    for screen_id in sorted(till.till.window.built):
        page = till.till.window.screen_at(screen_id)
        if page is None or not till.goes_to(screen_id):
            continue
        if page.takes_scans:
            page.scanned(till.code)
            till.wait(500)
        texts = [*texts_of(page), *("gauge" for one in page.findChildren(QuotaGauge) if one.isVisible())]
        for figure, pages in showing.items():
            if any(figure in text for text in texts):
                pages.add(screen_id)

    assert showing["31,415.92"] >= {"search", "products", "labels", "checkout"}  # what is looked for is found
    assert showing["31,415.92"] - pages_of("price of a piece", "price before promotions") == OF_THE_PAST
    assert showing["2,718"] - pages_of("pieces on the floor", "pieces of the shop", "pieces to be sold") == set()
    assert showing["gauge"] - pages_of("allowance", "allowance before the first goods") == OF_ALL_VISITORS


def texts_of(page: QWidget) -> Iterator[str]:
    """All that can be read or heard on a page."""
    for part in page.findChildren(QWidget):
        if not part.isVisible():
            continue
        yield part.accessibleName()
        yield part.accessibleDescription()
        if isinstance(part, QLabel | QLineEdit | AmountLabel):
            yield part.text()
        if isinstance(part, QAbstractItemView):
            model = part.model()
            yield from (str(model.index(row, 0).data()) for row in range(min(model.rowCount(), _READ)))
