"""A till may do its work and nothing else: the role of docs/postgresql.md, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.application.maintenance.test_forget_visitors import forgetting
from tests.application.shifts.test_close_shift import right_count
from tests.faults.there import ShopThere
from tests.on_postgres import Databases
from tests.postgres_server import Server
from tests.shops import CARTON, CHOCOLATE, SWEETS, DemoShop

PAGE = Path(__file__).resolve().parents[2] / "docs" / "postgresql.md"


@pytest.fixture
def till(shop: DemoShop, server: Server, databases: Databases) -> Iterator[ShopThere]:
    """The shop as its till sees it."""
    name = databases.name_of(shop.folder)
    if not server.sql("SELECT 1 FROM pg_roles WHERE rolname = 'till'"):
        server.sql("CREATE ROLE till LOGIN")
    grants = re.search(r"```sql\n(.+?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert grants is not None
    server.sql(grants[1], database=name)
    shop.close()
    there = ShopThere(shop.folder, now=shop.now, address=server.url(name).replace("//shop@", "//till@"))
    yield there
    there.close()
    server.sql("DROP OWNED BY till", database=name)


def test_a_till_sells_takes_back_parks_closes_and_forgets(till: ShopThere) -> None:
    sale = till.sell(CARTON, SWEETS)
    till.return_by_ticket(
        {
            "key": "back-1",
            "receipt": sale.receipt,
            "lines": [{"line": 1, "quantity": 1}],
            "refund": {"currency": "CNY", "method": "cash"},
            "reason": "did not fit",
            "cashier": "amina",
        }
    )
    basket = till.basket(CHOCOLATE)
    order = basket.order(till.person("amina"))
    till.hold_sale(order)
    till.hold_sale.release(order.key)
    parked = till.park_sale(order, "back soon", till.person("amina"))
    assert parked is not None
    till.parked_sales.resume(order.key, till.person("amina"))
    till.set("shop_name", "The shop at the gate")
    till.close_shift(till.person("amina"), right_count(till))
    till.now.move(days=800)
    assert forgetting(till).all(till.person("manager")).visitors == 1
    assert till.verify() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET details = '{}'",
        "DELETE FROM sale_line",
        "UPDATE sale SET total_minor = 0",
        "TRUNCATE stock_move",
        "UPDATE cash_move SET amount_minor = 0",
        "DELETE FROM request_key",
        "DELETE FROM register",
        "ALTER TABLE journal DISABLE TRIGGER ALL",
        "DROP TABLE z_report",
        "UPDATE alembic_version SET version_num = '0001'",
        "SET session_replication_role = replica",
    ],
)
def test_a_till_changes_nothing_that_is_recorded(till: ShopThere, statement: str) -> None:
    till.sell(SWEETS)

    with pytest.raises(psycopg.errors.InsufficientPrivilege), till.raw(writing=True) as store:
        store.execute(statement)
