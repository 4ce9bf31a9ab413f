"""Whatever page was opened before, a page has the figures that the shop has."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

import main
from pos.application.pricing.promotions import PromotionDraft
from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine
from pos.application.settings.options import Options
from pos.application.shop.shop import Shop
from pos.application.stock.count_stock import CountDraft
from pos.application.stock.move_stock import StockDocumentDraft, StockDocumentLine
from pos.domain.period import Period
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import STORE_ROOM
from pos.domain.visitors.document import read_mrz
from tests.builders import money
from tests.horgos import USD
from tests.journeys.every_page import DEARER, Pages, Read
from tests.journeys.same_figures import figures_of_days, stock_on_hand
from tests.postgres_server import Server
from tests.shops import CARTON, CHOCOLATE, COGNAC, MANAGERS_PIN, SWEETS, ZHANG_WEI, FakeClock, a_ticket

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
TODAY = NOON.date()
PAST = 2


@pytest.fixture(scope="module")
def clock() -> Iterator[FakeClock]:
    """The clock of both shops, which stands."""
    clock = FakeClock(NOON)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(main, "_clock", lambda _at: clock)
        yield clock


@pytest.fixture(scope="module")
def traded(tmp_path_factory: pytest.TempPathFactory, clock: FakeClock) -> Path:
    """The folder of a shop that has traded for two days and a noon."""
    folder = tmp_path_factory.mktemp("traded") / "shop"
    with closing(_opened(folder)) as shop, closing(_opened(folder, "T2")) as other:
        _a_noon(shop, other, clock)
    clock.move(minutes=5)
    return folder


@pytest.fixture(scope="module")
def in_file(traded: Path, clock: FakeClock) -> Iterator[Pages]:
    """The pages of the shop in a file."""
    with closing(_opened(traded)) as shop:
        yield _pages_of(shop, clock)


@pytest.fixture(scope="module")
def on_server(traded: Path, clock: FakeClock, server: Server) -> Iterator[Pages]:
    """The pages of the same shop after it has moved to a server."""
    address, folder = server.create("pages_in_any_order"), traded.with_name("moved")
    shutil.copytree(traded, folder)
    with closing(_opened(folder)) as shop:
        manager = next(one for one in shop.sign_in.people() if one.name == "manager")
        assert shop.office.move_shop(manager, address).mismatches == ()
    with closing(_opened(folder, database=address)) as shop:
        yield _pages_of(shop, clock)
    server.sql("DROP DATABASE pages_in_any_order WITH (FORCE)")


def _opened(folder: Path, till: str = "T1", database: str | None = None) -> Shop:
    asked = Options(data=folder, database=database, demo=True, till=till, at=NOON)
    return main.build(asked, quick_pins=True, demo_size=150, demo_past=PAST)


def _pages_of(shop: Shop, clock: FakeClock) -> Pages:
    days = Period(TODAY - timedelta(days=PAST), TODAY)
    return Pages(shop, shop.folder, days, clock() - timedelta(minutes=1), read_mrz(list(ZHANG_WEI), TODAY))


def _a_noon(shop: Shop, other: Shop, clock: FakeClock) -> None:
    """A little of everything that a page can show."""
    person = {one.name: one for one in shop.sign_in.people()}
    manager, clerk = person["manager"], person["clerk"]
    other.open_shift(person["li"], {"CNY": {10_000: 5}})
    _at_the_desk(shop, manager)
    clock.move(minutes=1)
    _in_the_store_room(shop, clerk)
    receipts = []
    as_dutiable = {"over_quota": "duty", "approve": {"user": "manager", "pin": MANAGERS_PIN}}
    by_card = {"payments": [_paid("card", "49.00")]}
    baskets: list[tuple[Shop, dict[str, int], dict[str, Any]]] = [
        (shop, {SWEETS: 2}, {}),
        (shop, {CARTON: 3}, as_dutiable),
        (other, {COGNAC: 1, CHOCOLATE: 4}, {"cashier": "li", "visitors": _a_visitor(1)}),
        (shop, {CHOCOLATE: 7}, {"visitors": _a_visitor(2)}),
        (other, {SWEETS: 1}, {"cashier": "li", "visitors": _a_visitor(1), **by_card}),
    ]
    for number, (till, lines, told) in enumerate(baskets):
        clock.move(minutes=3)
        goods = [{"code": code, "quantity": count} for code, count in lines.items()]
        enough = {"payments": [_paid("cash", "700", "USD")], "change_currency": "KZT"}
        receipts.append(till.ring_sale(a_ticket(**{"key": f"noon-{number}", "lines": goods, **enough, **told})).receipt)
    _back(shop, receipts[0])
    parked = shop.new_checkout()
    parked.scan(CHOCOLATE)
    shop.park_sale(parked.order(person["amina"]), "fetches money", person["amina"])
    void = other.new_checkout()
    void.void(void.scan(SWEETS).lines[0].id, person["li"])
    other.open_drawer(manager, "a coin fell in")
    other.move_cash(person["li"], "in", money("20.00"), "bank")
    shop.visits.record_departure(read_mrz(list(ZHANG_WEI), TODAY), manager)


def _at_the_desk(shop: Shop, manager: Person) -> None:
    shop.promotions.add(PromotionDraft("3 for 2", take=3, pay=2, code=CHOCOLATE), manager)
    shop.set_rate(manager, USD, Decimal("502.00"), Decimal("506.00"), None, None)
    shop.staff.add(manager, "saule", "Saule", "cashier")
    shop.office.set_setting(manager, "label_lots", "true")
    shop.set_price(shop.find.show(SWEETS).product.id, money("49.00"), manager)
    cognac, card = shop.edit_product.card(COGNAC, manager)
    shop.edit_product(cognac, card, replace(card, shelf="C7"), manager)
    shop.office.change_prices(manager, replace(DEARER, since=NOON + timedelta(days=3)))


def _in_the_store_room(shop: Shop, clerk: Person) -> None:
    orders = shop.deliveries.orders
    orders.make(OrderDraft((OrderDraftLine(SWEETS, 24, money("30.00")),), supplier="Almaty Sweets"), clerk)
    lines = (StockDocumentLine(-2, CHOCOLATE), StockDocumentLine(3, SWEETS))
    shop.move_stock(clerk, StockDocumentDraft("adjustment", lines, reason="miscounted"))
    honey = next(one.product.code for one in shop.find("honey") if one.on_hand > 3)
    shop.move_stock(clerk, StockDocumentDraft("transfer", (StockDocumentLine(3, honey),), to=STORE_ROOM))
    shop.move_stock(clerk, StockDocumentDraft("waste", (StockDocumentLine(1, COGNAC),), reason="damaged"))
    count = shop.count_stock.begin(clerk, CountDraft(scope="products", codes=(SWEETS, CHOCOLATE))).number
    sheet = shop.count_stock.take_sheet(clerk, count).sheet.number
    shop.count_stock.scan(clerk, count, sheet, SWEETS)
    shop.count_stock.finish_sheet(clerk, count, sheet)


def _back(shop: Shop, receipt: str) -> None:
    common = {"refund": {"currency": "CNY", "method": "cash"}, "cashier": "amina"}
    shop.return_by_ticket(
        {"key": "back", "receipt": receipt, "lines": [{"line": 0, "quantity": 1, "to": "quarantine"}],
         "reason": "broken"} | common
    )  # fmt: skip
    shop.return_by_ticket(
        {"key": "blind", "receipt": None, "lines": [{"code": CHOCOLATE, "quantity": 2, "price": "10.00"}],
         "reason": "receipt lost", "approve": {"user": "manager", "pin": MANAGERS_PIN}} | common
    )  # fmt: skip


def _paid(method: str, amount: str, currency: str = "CNY") -> dict[str, str]:
    return {"method": method, "currency": currency, "amount": amount}


def _a_visitor(number: int) -> list[dict[str, object]]:
    document = {"kind": "passport", "number": f"N{number:08d}", "country": "KAZ", "birth_date": "1984-02-03"}
    return [{"id": "A", "document": document}]


def _orders(every: Collection[str], seeds: int) -> Iterator[list[str]]:
    """Backwards, so that each page comes after each; then as dice have it, for neighbours."""
    yield sorted(every, reverse=True)
    for seed in range(seeds):
        yield Random(seed).sample(sorted(every), len(every))


@pytest.fixture(scope="module")
def first(in_file: Pages) -> Mapping[str, object]:
    """What each page has in a first order."""
    return {name: read() for name, read in in_file.all().items()}


def test_no_page_changes_the_figures_of_another(in_file: Pages, first: Mapping[str, object]) -> None:
    assert [name for name, answer in first.items() if not answer] == []
    assert _differing(in_file.all(), first, _orders(first, seeds=2)) == []
    assert in_file.shop.verify_books() == []


def test_a_server_has_the_figures_of_the_file_in_any_order(on_server: Pages, first: Mapping[str, object]) -> None:
    assert _differing(on_server.all(), first, _orders(first, seeds=1)) == []


def _differing(every: Mapping[str, Read], first: Mapping[str, object], orders: Iterable[list[str]]) -> list[str]:
    return [
        f"{name} after {before}"
        for order in orders
        for before, name in zip(["all the others", *order], order, strict=False)
        if every[name]() != first[name]
    ]


def test_a_figure_is_the_same_on_every_page(in_file: Pages) -> None:
    changed = figures_of_days(in_file)
    assert {figure: said for figure, said in changed.items() if len(set(said.values())) > 1} == {}


def test_pieces_under_one_name_are_the_same_on_every_page(in_file: Pages) -> None:
    for figure, by_page in stock_on_hand(in_file).items():
        first, *others = by_page.values()
        for name, pieces in zip(list(by_page)[1:], others, strict=True):
            assert pieces, name
            assert pieces == {code: first[code] for code in pieces}, (figure, name)
