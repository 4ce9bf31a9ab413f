"""A real shop on a real SQLite file, made once and copied for each test; only the clock is a toy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
import pytest

from db.engine.engine import database_url
from db.migrations.written_once import WRITTEN_ONCE
from db.seed.demo_shop import make_demo
from db.store.store import open_store
from db.store.unit_of_work import SqlStore
from pos.application.access.numbers_given import NO_PRINTOUTS, NumbersGiven
from pos.application.catalogue.find_product import FillInProduct, FindProduct
from pos.application.maintenance.seal_books import SealBooks
from pos.application.pricing.promotions import Promotions
from pos.application.pricing.set_rates import SetRate, ShowRates
from pos.application.receipts.find_receipts import FindReceipts
from pos.application.reports.day_json import day_answer
from pos.application.reports.drill_down import DrillDown, SlowProducts
from pos.application.reports.read_journal import ReadJournal
from pos.application.reports.read_reports import ReportDay, VerifyBooks
from pos.application.returns.blind_return import BlindReturn
from pos.application.returns.return_goods import ReturnGoods
from pos.application.returns.return_request import ReturnByRequest
from pos.application.returns.void_request import VoidByRequest
from pos.application.returns.void_sale import VoidSale
from pos.application.sales.checkout import Checkout
from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.complete_sale import CompleteSale, Payment
from pos.application.sales.exchange import ProposeExchange
from pos.application.sales.park_sale import ParkSale
from pos.application.sales.parked_sales import ParkedSales
from pos.application.sales.pending_refunds import PendingRefunds
from pos.application.sales.reserve_for_payment import ReserveForPayment
from pos.application.sales.ring_sale import RingSale
from pos.application.settings.context import Context
from pos.application.settings.settings import Settings
from pos.application.shifts.close_shift import CloseShift, ReadShift
from pos.application.shifts.hand_over_shift import HandOverShift
from pos.application.shifts.move_cash import MoveCash, OpenDrawer
from pos.application.shifts.open_shift import OpenShift
from pos.application.staff.manage_staff import ManageStaff
from pos.application.staff.sign_in import SignIn
from pos.application.text.translator import Translator
from pos.application.visitors.identify_visitor import visitor_of
from pos.devices.gs1 import read_scan
from pos.domain.payment.tender import Tender
from pos.domain.quota.rule import Regime
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Person
from pos.domain.visitors.document import Document, read_mrz
from pos.domain.visitors.visitor import Visitor
from pos.exports.journal_csv import write_journal
from pos.keys.keyfile import read_or_make
from pos.keys.shop_secrets import ShopSecrets
from pos.regimes.folders import load_regimes
from tests.builders import MONDAY, cash_for
from tests.clerk_side import ClerkSide

_GUARDS = {f"{table}_{ending}" for table in WRITTEN_ONCE for ending in ("no_update", "no_delete", "no_replace")}
REGIMES = Path(__file__).resolve().parents[1] / "resources" / "regimes"

ZHANG_WEI = ("P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "E000000019CHN8505051F3405042<<<<<<<<<<<<<<04")
ZHANG_WEIS_NUMBER = "E00000001"

BAG = "6901204300016"  # 1.00 yuan, `other`: counts for the value only
SWEETS = "4870204320060"  # 48.00
CHOCOLATE = "4870204320145"  # 12.50
COGNAC = "4870204321111"  # 450.00, 0.7 L
CARTON = "4607204303508"  # 260.00, 200 cigarettes: two are the allowance of a day
WATCH = "7630204322047"  # 5660.00, six on hand
PODS = "6901204373423"  # 99.00, no one knows how much liquid is in them
LAST_ONE = "4642471000088"  # 227.00, one on hand
SOLD_OUT = "4642471000064"
INCOMPLETE = "4702504300049"  # no one has given it a category
FEW_GOODS = 120
"""So many have all codes above but the last three; the books of a shop with few are checked in half the time."""
SOME_GOODS = 260
"""So many have all codes above; their books are checked in two thirds of the time."""
AMINAS_PIN = "246810"
MANAGERS_PIN = "314159"


@cache
def _read_regimes() -> Mapping[str, Regime]:
    """The regimes that ship with the program, read once: they never change."""
    return load_regimes([REGIMES])[0]


@dataclass
class FakeClock:
    """A clock that stands until it is moved."""

    at: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        """Move it, forward or back: `clock.move(minutes=15)`."""
        self.at += timedelta(**by)


@dataclass
class DemoShop(ClerkSide):
    """The steps over one store, with a clock that the test holds."""

    folder: Path
    till: str = "T1"
    now: FakeClock = field(default_factory=FakeClock)
    address: str | None = None
    """Where the store is; None for that of the folder."""
    given: NumbersGiven = NO_PRINTOUTS
    """What printouts know of the numbers that were given out."""
    translators: Mapping[str, Translator] = field(default_factory=dict)
    """The words of each language, where a step of the test writes some."""

    @cached_property
    def secrets(self) -> ShopSecrets:
        return ShopSecrets(read_or_make(self.folder / "keys.json"), memory_kib=8, rounds=1)

    @cached_property
    def store(self) -> SqlStore:
        return open_store(database_url(self.address, self.folder), self.secrets.chain)

    def for_another_program(self) -> tuple[Path, str]:
        """Folder and address: a program of its own does not know that the shops of this run are on a server."""
        return self.folder, database_url(self.address, self.folder).render_as_string(hide_password=False)

    @cached_property
    def known_regimes(self) -> Mapping[str, Regime]:
        return _read_regimes()

    def regimes(self) -> Mapping[str, Regime]:
        return self.known_regimes

    def settings(self) -> Settings:
        with self.store.reading() as work:
            return Settings.read(work.settings.all())

    def set(self, name: str, text: str) -> None:
        """Set an option of the shop, and say so in the journal."""
        with self.store.begin() as work:
            before = work.settings.all().get(name, "")
            work.settings.set(name, text)
            details = {"name": name, "before": before, "after": text}
            work.journal.write(self.now(), self.till, "manager", "set_setting", details)
            work.commit()

    @property
    def context(self) -> Context:
        return Context(
            store=self.store, now=self.now, settings=self.settings, till=self.till, regimes=self.regimes,
            secrets=self.secrets, translators=self.translators, given=self.given,
        )  # fmt: skip

    @cached_property
    def sign_in(self) -> SignIn:
        return SignIn(self.context)

    @cached_property
    def staff(self) -> ManageStaff:
        return ManageStaff(self.context)

    @cached_property
    def complete_sale(self) -> CompleteSale:
        return CompleteSale(self.context)

    @cached_property
    def hold_sale(self) -> ReserveForPayment:
        return ReserveForPayment(self.context, self.complete_sale)

    @cached_property
    def park_sale(self) -> ParkSale:
        return ParkSale(self.context)

    @cached_property
    def parked_sales(self) -> ParkedSales:
        return ParkedSales(self.context)

    @cached_property
    def owed_money(self) -> PendingRefunds:
        return PendingRefunds(self.context)

    @cached_property
    def ring_sale(self) -> RingSale:
        return RingSale(self.context, self.sign_in, self.complete_sale, read_scan)

    @cached_property
    def return_goods(self) -> ReturnGoods:
        return ReturnGoods(self.context)

    @cached_property
    def return_by_ticket(self) -> ReturnByRequest:
        return ReturnByRequest(self.context, self.return_goods, self.blind_return, self.sign_in)

    @cached_property
    def blind_return(self) -> BlindReturn:
        return BlindReturn(self.context, read_scan)

    @cached_property
    def void_sale(self) -> VoidSale:
        return VoidSale(self.context)

    @cached_property
    def void_by_ticket(self) -> VoidByRequest:
        return VoidByRequest(self.context, self.void_sale, self.sign_in)

    @cached_property
    def find_receipts(self) -> FindReceipts:
        return FindReceipts(self.context)

    @cached_property
    def read_journal(self) -> ReadJournal:
        return ReadJournal(self.context, write_journal)

    @cached_property
    def propose_exchange(self) -> ProposeExchange:
        return ProposeExchange(self.context)

    @cached_property
    def open_shift(self) -> OpenShift:
        return OpenShift(replace(self.context, regimes=dict))

    @cached_property
    def move_cash(self) -> MoveCash:
        return MoveCash(self.context)

    @cached_property
    def open_drawer(self) -> OpenDrawer:
        return OpenDrawer(self.context)

    @cached_property
    def read_shift(self) -> ReadShift:
        return ReadShift(self.context)

    @cached_property
    def close_shift(self) -> CloseShift:
        return CloseShift(self.context, self.seal_books)

    @cached_property
    def seal_books(self) -> SealBooks:
        return SealBooks(self.context)

    @cached_property
    def hand_over_shift(self) -> HandOverShift:
        return HandOverShift(self.context)

    @cached_property
    def find(self) -> FindProduct:
        return FindProduct(self.context)

    @cached_property
    def fill_in(self) -> FillInProduct:
        return FillInProduct(self.context)

    @cached_property
    def set_rate(self) -> SetRate:
        return SetRate(self.context)

    @cached_property
    def show_rates(self) -> ShowRates:
        return ShowRates(self.context)

    @cached_property
    def promotions(self) -> Promotions:
        return Promotions(self.context)

    @cached_property
    def read_day(self) -> ReportDay:
        return ReportDay(self.context)

    @cached_property
    def drill_down_receipts(self) -> DrillDown:
        return DrillDown(self.context)

    @cached_property
    def slow_products(self) -> SlowProducts:
        return SlowProducts(self.context)

    def report_day(self, day: date | None = None, till: str | None = None, last: date | None = None) -> dict[str, Any]:
        """The day report as the command line gives it to the manager."""
        return day_answer(self.read_day(self.person("manager"), day, till, last))

    @cached_property
    def verify(self) -> VerifyBooks:
        return VerifyBooks(self.context, self.secrets.is_signed)

    def checkout(self) -> Checkout:
        return Checkout(self.context, read_scan)

    def person(self, name: str) -> Person:
        """Someone of the demo shop, without a PIN."""
        with self.store.reading() as work:
            person = work.people.by_name(name)
        assert person is not None
        return person

    def document(self) -> Document:
        """The passport of Zhang Wei, born in 1985."""
        return read_mrz(list(ZHANG_WEI), self.now().date())

    def visitor(self, label: str = "A") -> Visitor:
        """Zhang Wei as a sale knows this visitor."""
        return visitor_of(self.document(), label, self.secrets, "CN")

    def basket(self, *codes: str, visitor: bool = True) -> Checkout:
        """A checkout with these codes scanned, for Zhang Wei on the way to China."""
        checkout = self.checkout()
        if visitor:
            checkout.identify(self.document())
        for code in codes:
            checkout.scan(code)
        return checkout

    def sell(self, *codes: str, tenders: Sequence[Tender] = (), visitor: bool = True) -> Sale:
        """Sell these codes to Zhang Wei for cash, exactly as the counter does."""
        checkout = self.basket(*codes, visitor=visitor)
        return self.pay(checkout, *tenders)

    def pay(self, checkout: Checkout, *tenders: Tender) -> Sale:
        """Pay a basket at the person who has the shift: with these tenders, or in cash without change."""
        shift = self.open_shift.current()
        order = checkout.order(self.person("amina" if shift is None else shift.holder))
        given = tenders or (cash_for(order.cart.total),)
        return self.complete_sale.from_counter(order, Payment(given))

    @contextmanager
    def raw(self, *, writing: bool = False, guarded: bool = False) -> Iterator[Any]:
        """The file itself, as someone with a SQLite shell has it: no foreign keys, no rules of ours.

        `guarded` leaves the guards of what is written once in their place; otherwise they are gone while it is open.
        """
        connection = sqlite.connect(self.folder / "shop.db")
        guards = _without_guards(connection) if writing and not guarded else []
        try:
            yield connection
            if writing:
                connection.commit()
        finally:
            connection.rollback()
            _put_back(connection, guards)
            connection.close()

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, to be compared: nothing changed means nothing anywhere."""
        with self.raw() as connection:
            names = self.table_names(connection)
            return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}

    def table_names(self, connection: Any) -> list[str]:
        """The tables of the shop, without the search index."""
        asked = "SELECT name FROM sqlite_master WHERE type='table' ORDER BY name"
        names = [row[0] for row in connection.execute(asked)]
        return [name for name in names if not name.startswith(("product_part", "product_word", "sqlite_"))]

    def rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """The answer to a question in SQL."""
        with self.raw() as connection:
            return list(connection.execute(question, values).fetchall())

    def other_till(self, till: str = "T2") -> DemoShop:
        """Another till on the same store, with connections of its own and an open shift."""
        other = DemoShop(self.folder, till, self.now)
        if other.open_shift.current() is None:
            other.open_shift(other.person("amina"), {})
        return other

    def close(self) -> None:
        """Let go of the store."""
        if "store" in self.__dict__:
            self.store.close()


def quantities(view: CheckoutView) -> list[tuple[str, int]]:
    """Code and quantity of each row of a basket."""
    return [(row.line.product.code, row.line.quantity) for row in view.lines]


def a_ticket(**changed: Any) -> dict[str, Any]:
    """A sale as a file states it: a bar of chocolate for Zhang Wei, paid exactly."""
    ticket: dict[str, Any] = {
        "key": "k-1",
        "cashier": "amina",
        "destination": "CN",
        "visitors": [{"id": "A", "document": {"mrz": list(ZHANG_WEI)}, "residence": "CN"}],
        "lines": [{"code": CHOCOLATE, "quantity": 2}],
        "payments": [{"method": "cash", "currency": "CNY", "amount": "25.00"}],
    }
    ticket.update(changed)
    return {name: value for name, value in ticket.items() if value is not ...}


def made_in(folder: Path, goods: int = 600) -> None:
    """A demo shop in `folder`, closed again."""
    folder.mkdir(parents=True)
    shop = DemoShop(folder)
    try:
        make_demo(shop.store, shop.secrets, shop.now(), shop.till, goods)
    finally:
        shop.close()


def _without_guards(store: Any) -> list[str]:
    """Drop the guards of what is written once, in one transaction; what makes them again."""
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    guards = [(name, sql) for name, sql in store.execute(asked).fetchall() if name in _GUARDS]
    store.execute("BEGIN")
    for name, _ in guards:
        store.execute(f"DROP TRIGGER {name}")
    store.commit()
    return [sql for _, sql in guards]


def _put_back(store: Any, guards: Sequence[str]) -> None:
    """Make the guards again, in one transaction."""
    if guards:
        store.execute("BEGIN")
        for guard in guards:
            store.execute(guard)
        store.commit()


@pytest.fixture(scope="session")
def template_shop() -> Path:
    """A closed demo shop, made once for all workers: copy it, never open it."""
    from tests.made_once import made_once  # shops are used by programs that are no tests as well

    return made_once("template-shop", made_in)


@pytest.fixture(scope="session")
def template_of_some_goods() -> Path:
    """The same with fewer goods, for tests that check whole books again and again."""
    from tests.made_once import made_once

    return made_once("template-some-goods", partial(made_in, goods=SOME_GOODS))


@pytest.fixture
def shop_folder(template_shop: Path, tmp_path: Path) -> Path:
    """A folder with a demo shop of its own: `shop.db` and `keys.json`."""
    return Path(shutil.copytree(template_shop, tmp_path / "shop"))


@pytest.fixture
def shop(shop_folder: Path) -> Iterator[DemoShop]:
    """An open demo shop of 600 goods with an open shift at T1, on Monday noon."""
    shop = DemoShop(shop_folder)
    yield shop
    shop.close()
