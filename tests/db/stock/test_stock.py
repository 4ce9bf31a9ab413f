"""The stock of one product: locations, lots, its cost, and the changes by a sale or a return."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.store.unit_of_work import SqlUnitOfWork
from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.ports.stock_ports import StockDeduction
from pos.application.returns.return_order import ReturnLine, ReturnOrder
from pos.domain.catalogue.product import Attributes
from pos.domain.money import Money
from pos.domain.sales.sale import Sale
from pos.domain.stock.stock import (
    FLOOR,
    QUARANTINE,
    STORE_ROOM,
    ExpiredGoods,
    LotConflict,
    LotPart,
    Movement,
    NotThere,
    Worth,
)
from tests.builders import MONDAY
from tests.horgos import CNY
from tests.shops import DemoShop

JUICE = "4870000000012"
SOON, LATER, PAST = date(2026, 3, 9), date(2026, 9, 1), date(2026, 2, 1)


def a_juice(work: SqlUnitOfWork, code: str = JUICE) -> int:
    """A new product without stock."""
    return work.products.add(GoodsRow(code, "Juice", {}, "drink", Money(1_200, CNY), Attributes(), None), MONDAY)


def received(shop: DemoShop, *lots: tuple[str, date | None, int, int], location: str = FLOOR) -> int:
    """A juice with lots: code, last day, pieces, their cost."""
    with shop.store.begin() as work:
        product = work.products.by_code(JUICE, shop.now())
        juice = a_juice(work) if product is None else product.id
        moves = []
        for code, expiry, pieces, cost in lots:
            lot = work.stock.lot(juice, code, expiry, "KZ-118", MONDAY).id if code else None
            moves.append(Movement(juice, pieces, "opening", location, lot, cost))
        work.stock.record(moves, MONDAY, "demo")
        work.commit()
    return juice


def lying(shop: DemoShop, juice: int) -> list[tuple[str, str, int]]:
    """The stock: location, lot, pieces."""
    with shop.store.reading() as work:
        return [(at.location, at.lot.code if at.lot else "", at.on_hand) for at in work.stock.everywhere(juice)]


def give_back(shop: DemoShop, sale: Sale, *lines: tuple[int, int, str]) -> None:
    """Some pieces of lines come back: line, pieces, where to."""
    wanted = tuple(ReturnLine(line, pieces, to) for line, pieces, to in lines)
    shop.return_goods(ReturnOrder(f"back-{lines}", sale.receipt, wanted, "cash", CNY, "Faulty", "amina"), "f")


def test_a_sale_takes_first_what_expires_first(shop: DemoShop) -> None:
    juice = received(shop, ("LATE", LATER, 5, 500), ("SOON", SOON, 2, 240))

    sale = shop.sell(JUICE, JUICE, JUICE)

    assert lying(shop, juice) == [(FLOOR, "LATE", 4)]
    moves = shop.rows(
        "SELECT lot.code, quantity, cost_minor FROM stock_move JOIN lot ON lot.id = lot_id"
        " WHERE reason = 'sale' AND stock_move.product_id = ? ORDER BY stock_move.id",
        juice,
    )
    assert [(code, pieces) for code, pieces, _ in moves] == [("SOON", -2), ("LATE", -1)]
    assert sum(cost for _, _, cost in moves) == -317  # 3 of 7 pieces that cost 7.40
    assert sale.pieces == 3
    assert shop.verify() == []


def test_an_expired_lot_is_not_sold_and_the_refusal_says_since_when(shop: DemoShop) -> None:
    juice = received(shop, ("OLD", PAST, 4, 400), ("SOON", SOON, 1, 100))
    checkout = shop.basket(JUICE)

    with pytest.raises(ExpiredGoods) as refused:
        checkout.scan(JUICE)
    shop.pay(checkout)

    error = refused.value
    assert (error.code, error.wanted, error.sellable, error.expiry) == (JUICE, 2, 1, PAST)
    assert lying(shop, juice) == [(FLOOR, "OLD", 4)]


def test_a_shop_may_sell_expired_goods_of_a_category_all_the_same(shop: DemoShop) -> None:
    received(shop, ("OLD", PAST, 1, 100))
    shop.set("block_expired", "medicine")

    shop.sell(JUICE)

    assert shop.verify() == []


def test_a_shop_may_sell_what_its_books_do_not_have(shop: DemoShop) -> None:
    with shop.store.begin() as work:
        juice = a_juice(work)
        work.commit()
    shop.set("sell_below_zero", "drink")

    shop.sell(JUICE, JUICE)
    with shop.store.begin() as work:
        assert work.stock.worth(juice) == Worth(-2, 0)
        work.stock.record([Movement(juice, 10, "opening", cost=1_000)], MONDAY, "demo")
        assert work.stock.worth(juice) == Worth(8, 800)
        work.commit()

    assert lying(shop, juice) == [(FLOOR, "", 8)]
    assert shop.rows("SELECT below FROM stock WHERE product_id = ?", juice) == [(0,)]
    assert shop.verify() == []


def test_goods_come_back_to_the_lots_they_were_sold_from_and_at_what_they_cost(shop: DemoShop) -> None:
    juice = received(shop, ("SOON", SOON, 2, 200), ("LATE", LATER, 5, 500))
    sale = shop.sell(JUICE, JUICE, JUICE)

    give_back(shop, sale, (0, 1, "shelf"))
    give_back(shop, sale, (0, 1, "quarantine"))
    give_back(shop, sale, (0, 1, "waste"))

    assert lying(shop, juice) == [(FLOOR, "SOON", 1), (FLOOR, "LATE", 4), (QUARANTINE, "SOON", 1)]
    with shop.store.reading() as work:
        accounts = {one.lot.code: one for one in work.stock.lot_balances(juice, 10)}
        assert work.stock.worth(juice) == Worth(6, 600)
    late = accounts["LATE"]
    assert (late.received, late.sold, late.returned, late.destroyed, late.on_hand) == (5, 1, 1, 1, 4)
    assert accounts["SOON"].locations == {FLOOR: 1, QUARANTINE: 1}
    assert shop.verify() == []


def test_what_is_moved_to_the_store_room_keeps_its_lot_and_its_value(shop: DemoShop) -> None:
    juice = received(shop, ("SOON", SOON, 6, 600))
    with shop.store.begin() as work:
        [lot] = work.stock.lots_named(juice, "SOON")
        out = Movement(juice, -4, "transfer", FLOOR, lot.id)
        there = Movement(juice, 4, "transfer", STORE_ROOM, lot.id)
        work.stock.record([out, there], MONDAY, "clerk", f"M-{work.stock.next_number('M'):06d}")
        assert work.stock.worth(juice) == Worth(6, 600)
        lines = [{"code": JUICE, "lot": "SOON", "quantity": 4}]
        details = {"document": "M-000001", "kind": "transfer", "place": FLOOR, "to": STORE_ROOM, "lines": lines}
        work.journal.write(MONDAY, "T1", "clerk", "move_stock", details)
        work.commit()

    assert lying(shop, juice) == [(FLOOR, "SOON", 2), (STORE_ROOM, "SOON", 4)]
    assert shop.verify() == []


@pytest.mark.parametrize("location", [FLOOR, STORE_ROOM])
def test_nothing_leaves_a_location_where_it_does_not_lie(shop: DemoShop, location: str) -> None:
    juice = received(shop, ("SOON", SOON, 2, 200))
    with shop.store.begin() as work:
        [lot] = work.stock.lots_named(juice, "SOON")
        with pytest.raises(NotThere) as refused:
            work.stock.record([Movement(juice, -3, "waste", location, lot.id)], MONDAY, "clerk")

    there = 2 if location == FLOOR else 0
    assert (refused.value.lot, refused.value.wanted, refused.value.on_hand) == ("SOON", 3, there)


def test_what_is_held_for_a_customer_is_not_thrown_away(shop: DemoShop) -> None:
    juice = received(shop, ("", None, 3, 300))
    with shop.store.begin() as work:
        assert work.stock.hold(juice, 2)
        with pytest.raises(NotThere):
            work.stock.record([Movement(juice, -2, "waste")], MONDAY, "clerk")


def test_a_lot_has_one_last_day_and_one_customs_document_apart(shop: DemoShop) -> None:
    juice = received(shop, ("A1", SOON, 1, 100))
    with shop.store.begin() as work:
        assert work.stock.lot(juice, "A1", None, "KZ-118", MONDAY).expiry == SOON
        other = work.stock.lot(juice, "A1", LATER, "KZ-119", MONDAY)
        with pytest.raises(LotConflict) as refused:
            work.stock.lot(juice, "A1", LATER, "KZ-118", MONDAY)
        assert (refused.value.expiry, refused.value.on_file) == (LATER, SOON)
        assert [lot.id for lot in work.stock.lots_named(juice, "A1")][1] == other.id


def test_what_expires_is_listed_by_its_last_day_a_page_at_a_time(shop: DemoShop) -> None:
    received(shop, ("LATE", LATER, 1, 100), ("SOON", SOON, 1, 100), ("OLD", PAST, 1, 100), ("EVER", None, 1, 100))
    with shop.store.reading() as work:
        first = work.stock.lots_expiring(SOON, 1)
        day = first[0].lot.expiry
        assert day is not None
        rest = work.stock.lots_expiring(SOON, 100, (day, first[0].lot.id))

    mine = [one.lot.code for one in (*first, *rest) if one.code == JUICE]
    assert (first[0].lot.code, mine) == ("OLD", ["OLD", "SOON"])


def test_documents_are_numbered_without_gaps(shop: DemoShop) -> None:
    with shop.store.begin() as work:
        assert [work.stock.next_number("R"), work.stock.next_number("R"), work.stock.next_number("C")] == [1, 2, 1]
    with shop.store.begin() as work:  # the first never happened
        assert work.stock.next_number("R") == 1


@pytest.fixture(scope="module")
def never_committed(tmp_path_factory: pytest.TempPathFactory, template_shop: Path) -> Iterator[SqlUnitOfWork]:
    """One open unit of work over a shop."""
    shop = DemoShop(Path(shutil.copytree(template_shop, tmp_path_factory.mktemp("stock") / "shop")))
    with shop.store.begin() as work:
        yield work
    shop.close()


takes = st.lists(st.tuples(st.sampled_from(["in", "out", "sold"]), st.integers(1, 9), st.integers(0, 999)), max_size=12)


@settings(max_examples=40)
@given(takes)
def test_a_sale_costs_what_the_rule_says_to_the_last_unit(
    never_committed: SqlUnitOfWork, moves: Sequence[tuple[str, int, int]]
) -> None:
    work, worth = never_committed, Worth(0, 0)
    with work.trying():
        juice = a_juice(work)
        for kind, pieces, cost in moves:
            if kind == "in":
                work.stock.record([Movement(juice, pieces, "receipt", cost=cost)], MONDAY, "clerk")
                worth = worth.receiving(pieces, cost).worth
            elif pieces <= worth.pieces:
                worth, out = worth.issuing(pieces)
                if kind == "sold":
                    assert work.stock.take(StockDeduction(juice, pieces)) == [LotPart(None, pieces, out)]
                else:
                    work.stock.record([Movement(juice, -pieces, "waste")], MONDAY, "clerk")
            assert work.stock.worth(juice) == worth


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE stock SET on_hand = on_hand + 1 WHERE product_id = {juice}", "on hand 4, movements come to 3"),
        ("UPDATE stock SET owned = owned + 1 WHERE product_id = {juice}", "owned 6, movements come to 5"),
        ("UPDATE stock SET lotted = lotted - 1 WHERE product_id = {juice}", "of lots 2, movements come to 3"),
        (
            "UPDATE stock SET value_minor = value_minor - 1 WHERE product_id = {juice}",
            "worth 499, its movements",
        ),
        ("UPDATE stock_place SET on_hand = 9 WHERE product_id = {juice} AND place = 'store'", "9, movements come to 2"),
        (
            "UPDATE stock_move SET quantity = 1 WHERE product_id = {juice} AND quantity = 2",
            "owned 5, movements come to 4",
        ),
        (
            "UPDATE stock_move SET place = 'quarantine' WHERE product_id = {juice} AND quantity = 2",
            "at quarantine, lot ",
        ),
        ("UPDATE lot SET product_id = 1 WHERE product_id = {juice}", "its lot is of other goods"),
        ("UPDATE stock_move SET document = 'R-000007' WHERE product_id = {juice}", "R-000007: it was never numbered"),
    ],
)
def test_whatever_is_changed_past_the_till_verify_names_it(shop: DemoShop, statement: str, said: str) -> None:
    juice = received(shop, ("SOON", SOON, 3, 300))
    received(shop, ("SOON", SOON, 2, 200), location=STORE_ROOM)
    assert shop.verify() == []

    with shop.raw(writing=True) as store:
        store.execute(statement.format(juice=juice))

    assert any(said in line for line in shop.verify()), shop.verify()
