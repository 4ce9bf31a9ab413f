"""A random month of everything at once: the books are the sum of what happened, and the shelf is the books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import insert

from db.tables.stock import stock_move
from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.ports.stock_ports import StockDeduction
from pos.application.purchasing.book_delivery import BookDelivery, DeliveredLine, Delivery
from pos.application.purchasing.delivery_note import DeliveryNote
from pos.application.returns.return_order import ReturnLine, ReturnOrder
from pos.application.stock.move_stock import StockDocumentDraft, StockDocumentLine
from pos.domain.catalogue.product import Attributes
from pos.domain.money import Money
from pos.domain.sales.sale import Sale
from pos.domain.stock.stock import FLOOR, LOCATIONS, LotBalance, Movement, NotThere, Worth
from tests.builders import MONDAY
from tests.horgos import CNY
from tests.shops import DemoShop
from tests.stocks import Clerk

GOODS = ("JUICE-1", "WATER-2", "TEA-3", "COFFEE-4")
MANY = 3_000


@dataclass
class Month:
    """Two tills and a clerk in a shop with four kinds of goods, and what really lies on its floor (`floor`).

    Someone steals now and then: the books hear of it by a stock-take only.
    """

    shop: DemoShop
    other: DemoShop
    chance: Random
    floor: Counter[str] = field(default_factory=Counter)
    sold: list[Sale] = field(default_factory=list)
    parked: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    counting: tuple[int, int] | None = None
    """An open stock-take and its sheet."""
    uncounted: list[str] = field(default_factory=list)

    @property
    def clerk(self) -> Clerk:
        return Clerk(self.shop)

    def till(self) -> DemoShop:
        return self.chance.choice((self.shop, self.other))

    def open(self) -> None:
        """Goods that the shop has never had."""
        self.shop.set("sell_without_visitor", "yes")
        with self.shop.store.begin() as work:
            for code in GOODS:
                work.products.add(GoodsRow(code, code, {}, "drink", Money(1_200, CNY), Attributes(), None), MONDAY)
            work.commit()
        for code in GOODS:
            self.receive(code)

    def receive(self, code: str) -> None:
        pieces, location = self.chance.randint(5, 60), self.chance.choice((FLOOR, FLOOR, "store"))
        lot = self.chance.choice(("", "L1", "L2", "L3"))
        expiry = date(2026, 5, 1) + timedelta(days=int(lot[1:]) * 30) if lot else None
        cost = self.chance.choice((None, Money(600 + self.chance.randint(0, 299), CNY)))
        self.shop.set("receive_to", location)
        delivery_note = DeliveryNote(entry=self.chance.choice(("KZ-118", "KZ-204")) if lot else "")
        book = BookDelivery(self.shop.context)
        book(Delivery([DeliveredLine(code, pieces, lot, expiry, cost)], delivery_note=delivery_note), self.clerk.person)
        if location == FLOOR:
            self.floor[code] += pieces

    def free(self, code: str) -> int:
        """What the books and the shelf both have."""
        with self.shop.store.reading() as work:
            product = work.products.by_code(code, self.shop.now())
            assert product is not None
            return min(work.stock.free(product.id, self.shop.now()), self.floor[code])

    def sell(self) -> None:
        codes = [code for code in GOODS if self.free(code) >= 3]
        if not codes:
            return
        basket = [
            code for code in self.chance.sample(codes, min(2, len(codes))) for _ in range(self.chance.randint(1, 3))
        ]
        self.sold.append(self.till().sell(*basket, visitor=False))
        self.floor.subtract(basket)

    def return_goods(self) -> None:
        if not self.sold:
            return
        sale = self.sold.pop(self.chance.randrange(len(self.sold)))
        line = sale.lines[0]
        to = self.chance.choice(("shelf", "quarantine", "waste"))
        order = ReturnOrder(
            f"back-{sale.receipt}", sale.receipt, (ReturnLine(0, 1, to),), "cash", CNY, "Faulty", "amina"
        )
        self.shop.return_goods(order, sale.receipt)
        if to == "shelf":
            self.floor[line.code] += 1

    def park(self) -> None:
        code = self.chance.choice(GOODS)
        till, amina = self.till(), self.shop.person("amina")
        if self.free(code) >= 2:
            order = till.basket(code, visitor=False).order(amina)
            till.park_sale(order, "", amina)
            self.parked.append(order.key)

    def resume_parked(self) -> None:
        if not self.parked:
            return
        key = self.parked.pop()
        till = self.till()
        if self.chance.random() < 0.5:
            till.parked_sales.discard(key, self.shop.person("amina"))
            return
        resumed = till.parked_sales.resume(key, self.shop.person("amina"))
        checkout = till.checkout()
        code = checkout.resume(resumed.basket).lines[0].line.product.code
        if self.floor[code] < 1 or self.free(code) < 1:  # stolen, or sold meanwhile: the basket is given up
            return
        self.sold.append(till.pay(checkout))
        self.floor[code] -= 1

    def move(self) -> None:
        code, pieces = self.chance.choice(GOODS), self.chance.randint(1, 6)
        kind = self.chance.choice(("transfer", "transfer", "waste", "sample", "adjustment"))
        location, to = self.chance.sample(LOCATIONS, 2)
        reason = {"waste": "damaged", "sample": "tasting", "adjustment": "found"}.get(kind, "")
        if kind != "adjustment" and location == FLOOR and self.floor[code] < pieces:
            return
        wanted = StockDocumentDraft(
            kind, [StockDocumentLine(pieces, code)], location, to if kind == "transfer" else "", reason
        )
        with suppress(NotThere):
            self.shop.move_stock(self.clerk.person, wanted)
            sign = 1 if kind == "adjustment" else -1
            self.floor[code] += sign * pieces if location == FLOOR else 0
            self.floor[code] += pieces if kind == "transfer" and to == FLOOR else 0

    def steal(self) -> None:
        code = self.chance.choice(GOODS)
        if self.counting is None and self.floor[code] > 3:
            self.floor[code] -= 1

    def count(self) -> None:
        """Begin a stock-take, count another product of it, or finish and post it; sales go on between."""
        clerk = self.clerk
        if self.counting is None:
            count = clerk.begins(*GOODS)
            self.counting, self.uncounted = (count, clerk.sheet(count)), list(GOODS)
            return
        count, sheet = self.counting
        if self.uncounted:
            code = self.uncounted.pop(self.chance.randrange(len(self.uncounted)))
            self.shop.count_stock.set(clerk.person, count, sheet, clerk.id_of(code), "", self.floor[code])
            return
        clerk.finishes(count, sheet)
        self.counting = None
        clerk.explains_all(count)
        try:
            self.shop.post_count(clerk.person, count)
        except NotThere:  # stolen of what a customer had set aside
            self.shop.count_stock.drop(clerk.person, count)

    def happen(self, times: int) -> None:
        steps: list[Callable[[], None]] = [self.sell] * 5 + [self.return_goods] * 2 + [self.move] * 3 + [self.count] * 4
        steps += [self.park, self.resume_parked, self.steal, lambda: self.receive(self.chance.choice(GOODS))]
        for _ in range(times):
            step = self.chance.choice(steps)
            step()
            self.done[step.__name__] += 1
            self.shop.now.move(hours=5)
            if not self.shop.now().hour % 2:
                self.shop.now.move(minutes=1)

    def finish(self) -> None:
        """Everything parked is settled, and a last stock-take finds what was stolen."""
        while self.parked:
            self.resume_parked()
        while self.counting is not None:
            self.count()
        for _ in range(len(GOODS) + 2):
            self.count()


def sums_of(shop: DemoShop) -> tuple[Counter[tuple[int, str, int]], Counter[int]]:
    """Pieces by product, place and lot, and value by product: the movements added up in the plainest way."""
    pieces: Counter[tuple[int, str, int]] = Counter()
    value: Counter[int] = Counter()
    for product, location, lot, quantity, cost in shop.rows(
        "SELECT product_id, place, coalesce(lot_id, 0), quantity, coalesce(cost_minor, 0) FROM stock_move"
    ):
        pieces[product, location, lot] += quantity
        value[product] += cost
    for product, cost in shop.rows("SELECT product_id, cost_minor FROM stock_valuation"):
        value[product] += cost
    return pieces, value


def balances_of(shop: DemoShop) -> tuple[dict[tuple[int, str, int], int], dict[int, int]]:
    """The same as the balances have it."""
    pieces = {(p, location, lot): n for p, location, lot, n in shop.rows("SELECT * FROM stock_place")}
    value = {}
    for product, on_hand, lotted, worth in shop.rows("SELECT product_id, on_hand, lotted, value_minor FROM stock"):
        pieces[product, FLOOR, 0] = on_hand - lotted
        value[product] = worth or 0
    return pieces, value


@pytest.mark.parametrize("seed", [1, 2])
def test_after_a_random_month_of_everything_the_books_add_up_and_the_shelf_is_the_books(
    shop: DemoShop, seed: int
) -> None:
    month = Month(shop, shop.other_till(), Random(seed))
    month.open()
    month.happen(90)
    month.finish()
    month.other.close()

    summed, worth = sums_of(shop)
    balances, value = balances_of(shop)
    assert {key: n for key, n in summed.items() if n} == {key: n for key, n in balances.items() if n}
    assert {key: n for key, n in worth.items() if n} == {key: n for key, n in value.items() if n}
    assert {code: month.clerk.on_floor(code) for code in GOODS} == {code: month.floor[code] for code in GOODS}
    assert shop.verify() == []
    lots = list(shop.read_stock.every_lot(month.clerk.person))
    assert all(_adds_up(lot) for lot in lots)
    assert {lot.lot.id: lot.on_hand for lot in lots if lot.on_hand} == {
        lot: n for lot, n in _by_lot(summed).items() if n and lot
    }


def _adds_up(one: LotBalance) -> bool:
    came = one.received - one.sold + one.returned - one.destroyed + one.workshop + one.other
    return came == one.on_hand == sum(one.locations.values())


def _by_lot(pieces: Counter[tuple[int, str, int]]) -> Counter[int]:
    lots: Counter[int] = Counter()
    for (_, _, lot), n in pieces.items():
        lots[lot] += n
    return lots


def test_whatever_is_changed_behind_its_back_verify_names_it(shop: DemoShop) -> None:
    clerk = Clerk(shop)
    clerk.brings("4870204320145", 6, lot="L1", expiry=date(2026, 5, 1), entry="KZ-118", cost=4_200)
    assert shop.verify() == []
    for table, change in (
        ("stock", "on_hand = on_hand + 1"),
        ("stock", "value_minor = coalesce(value_minor, 0) + 1"),
        ("stock_place", "on_hand = on_hand - 1"),
        ("stock_move", "quantity = quantity + 1"),
        ("stock_move", "lot_id = NULL"),
        ("lot", "product_id = product_id + 1"),
    ):
        chosen = "rowid = (SELECT max(rowid) FROM {0})" if table in ("stock_move", "lot") else "product_id = {1}"
        where = chosen.format(table, clerk.id_of("4870204320145"))
        with shop.raw(writing=True) as store:
            kept = store.execute(f"SELECT * FROM {table}").fetchall()
            store.execute(f"UPDATE {table} SET {change} WHERE {where}")
        assert shop.verify() != [], f"{table}: {change}"
        with shop.raw(writing=True) as store:
            store.execute("PRAGMA foreign_keys = OFF")
            store.execute(f"DELETE FROM {table}")
            store.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(kept[0]))})", kept)
    assert shop.verify() == []


def test_the_account_of_every_lot_holds_after_thousands_of_movements(shop: DemoShop) -> None:
    chance, at, today = Random(7), MONDAY, date(2026, 3, 2)
    lots: dict[int, Counter[str]] = {}
    there: Counter[tuple[str, int]] = Counter()
    worth = Worth(0, 0)
    rows: list[dict[str, object]] = []
    reasons = (
        "receipt",
        "receipt",
        "sale",
        "sale",
        "sale",
        "return",
        "waste",
        "sample",
        "adjustment",
        "count",
        "transfer",
    )
    with shop.store.begin() as work:
        row = GoodsRow("JUICE-1", "Juice", {}, "drink", Money(1_200, CNY), Attributes(), None)
        juice = work.products.add(row, at)
        for number in range(12):
            made = work.stock.lot(juice, f"L{number}", today + timedelta(days=number % 5), f"KZ-{number % 3}", at)
            lots[made.id] = Counter()
        by_expiry = sorted(lots, key=lambda lot: ((lot - min(lots)) % 5, lot))
        for _ in range(MANY):
            reason, lot_id, location = chance.choice(reasons), chance.choice(list(lots)), chance.choice(LOCATIONS)
            pieces = chance.randint(1, 9)
            here = there[location, lot_id]
            if reason == "sale":
                pieces = min(pieces, sum(there[FLOOR, lot] for lot in lots))
                if not pieces:
                    continue
                parts = work.stock.take(StockDeduction(juice, pieces, today=today))
                assert parts is not None
                moves = [(part.lot, part.quantity, part.cost) for part in parts]
                left, expected = pieces, []
                for lot in by_expiry:  # a second, plain implementation: those that expire first
                    out = min(left, there[FLOOR, lot])
                    if out:
                        expected.append((lot, out))
                        left -= out
                        there[FLOOR, lot] -= out
                        lots[lot]["sale"] += out
                assert [(lot, out) for lot, out, _ in moves] == expected
                worth, cost = worth.issuing(pieces)
                assert sum(cost or 0 for *_, cost in moves) == cost
                rows += [
                    {"product_id": juice, "quantity": -part.quantity, "reason": "sale", "lot_id": part.lot}
                    | {"at": at, "person": "amina", "place": FLOOR, "cost_minor": -(part.cost or 0)}
                    for part in parts
                ]
                continue
            if reason in ("waste", "sample", "transfer") or (
                reason in ("adjustment", "count") and chance.random() < 0.5
            ):
                pieces = -min(pieces, here)
            if not pieces:
                continue
            price = pieces * 700 + chance.randint(0, 9) if reason == "receipt" else None
            if reason == "transfer":
                to = chance.choice([one for one in LOCATIONS if one != location])
                there[to, lot_id] -= pieces
                work.stock.record(
                    [Movement(juice, pieces, reason, location, lot_id), Movement(juice, -pieces, reason, to, lot_id)],
                    at,
                    "c",
                )
            else:
                work.stock.record([Movement(juice, pieces, reason, location, lot_id, price)], at, "clerk")
                lots[lot_id][reason] += pieces
                worth = worth.receiving(pieces, price).worth if pieces > 0 else worth.issuing(-pieces)[0]
            there[location, lot_id] += pieces
        work.connection.execute(insert(stock_move), rows)
        work.commit()
    for one in shop.read_stock.every_lot(Clerk(shop).person, juice):
        totals = lots[one.lot.id]
        assert (one.received, one.sold, one.returned) == (totals["receipt"], totals["sale"], totals["return"])
        assert (one.destroyed, one.other) == (
            -totals["waste"] - totals["sample"],
            totals["adjustment"] + totals["count"],
        )
        assert one.locations == {location: n for location in LOCATIONS if (n := there[location, one.lot.id])}
        assert _adds_up(one)
    with shop.store.reading() as work:
        assert work.stock.worth(juice) == worth
