"""Counted and closed records never change: not by this program, and not by a statement past it."""

from __future__ import annotations

from decimal import Decimal

import pysqlite3.dbapi2 as sqlite
import pytest

from db.migrations.written_once import CHANGES, WRITTEN_ONCE
from db.tables import metadata
from pos.application.pricing.promotions import PromotionDraft
from tests.application.shifts.test_close_shift import right_count
from tests.application.shifts.test_hand_over import hand_over
from tests.builders import cash
from tests.faults.customers import a_return
from tests.shops import BAG, SWEETS, DemoShop


@pytest.fixture
def sealed(shop: DemoShop) -> DemoShop:
    """A shop with a shift that was handed over and closed."""
    hand_over(shop, "li")
    shop.close_shift(shop.person("li"), right_count(shop))
    return shop


@pytest.mark.parametrize("table", ["z_report", "hand_over"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET content = '{{}}'",
        "UPDATE {table} SET at = at",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT DO UPDATE SET content = '{{}}'",
        "INSERT OR IGNORE INTO {table} SELECT * FROM {table}",
    ],
)
def test_a_z_and_a_hand_over_refuse_every_change(sealed: DemoShop, table: str, statement: str) -> None:
    before = sealed.tables()

    with pytest.raises(sqlite.IntegrityError, match="stays as it is"), sealed.raw(writing=True, guarded=True) as store:
        store.execute(statement.format(table=table))

    assert sealed.tables() == before
    assert sealed.verify() == []


BOOKS = sorted(WRITTEN_ONCE)


@pytest.fixture
def traded(shop: DemoShop) -> DemoShop:
    """A sale with a promotion, change and a return of a part of it, goods written off, a cost learnt late."""
    shop.promotions.add(PromotionDraft("Spring", percent=Decimal(10), code=BAG), shop.person("manager"))
    sold = shop.sell(BAG, SWEETS, tenders=(cash("500"),))
    shop.return_by_ticket(a_return("back", sold.receipt))
    with shop.raw(writing=True) as store:
        store.execute(
            "INSERT INTO stock_valuation (product_id, cost_minor, reason, at, person) VALUES (3, 1, 'late', 0, 'clerk')"
        )
        store.execute(
            "INSERT INTO deposit_entry (order_id, kind, method, currency, amount_minor, value_minor, value_currency,"
            " rate, reference, no_show, at, business_date, till, person, shift_id)"
            " VALUES (1, 'taken', 'qr', 'CNY', 1, 1, 'CNY', '1', '', 'keep', 0, '2026-03-02', 'T1', 'amina', 1)"
        )
    return shop


@pytest.mark.parametrize("table", BOOKS)
def test_what_was_traded_is_never_changed_deleted_or_replaced(traded: DemoShop, table: str) -> None:
    columns = [column.name for column in metadata.tables[table].columns if column.name not in CHANGES.get(table, ())]
    before = traded.tables()
    assert before[table]
    statements = [f'UPDATE {table} SET "{column}" = "{column}"' for column in columns]
    statements.append(f"DELETE FROM {table}")
    if WRITTEN_ONCE[table]:
        statements.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    for statement in statements:
        with (
            pytest.raises(sqlite.IntegrityError, match="stays as it is"),
            traded.raw(writing=True, guarded=True) as store,
        ):
            store.execute(statement)
    assert traded.tables() == before


def test_who_the_visitors_were_may_be_forgotten_and_nothing_else(traded: DemoShop) -> None:
    with traded.raw(writing=True, guarded=True) as store:
        store.execute("UPDATE sale SET visitors = '[]'")
        with pytest.raises(sqlite.IntegrityError):
            store.execute("UPDATE sale SET visitors = '[]', total_minor = 0")


@pytest.mark.parametrize("guard", ["journal_no_delete", "sale_no_update", "seal_no_replace"])
def test_a_guard_that_is_gone_is_named(sealed: DemoShop, guard: str) -> None:
    with sealed.raw(writing=True, guarded=True) as store:
        store.execute(f"DROP TRIGGER {guard}")
    assert sealed.verify() == [f"trigger {guard}: it is gone from the store"]


def test_the_stock_that_goods_were_opened_with_goes_with_them_and_not_past_the_till(traded: DemoShop) -> None:
    with traded.raw(writing=True, guarded=True) as store:
        store.execute("DELETE FROM stock_move WHERE reason = 'opening' AND id = (SELECT min(id) FROM stock_move)")
    assert any("movements come to" in line for line in traded.verify())
