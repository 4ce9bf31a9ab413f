"""Exchanges and returns without a receipt are recounted, chained, and survive in a store of before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from db.engine.engine import database_url, open_engines
from db.migrations.alembic_config import config_for
from db.store.store import open_store
from db.tables import metadata
from tests.application.returns.test_blind_return import without_receipt
from tests.application.sales.test_exchange import coming, exchange
from tests.builders import card
from tests.db.verify.test_verify import tamper
from tests.shops import CHOCOLATE, SWEETS, DemoShop, made_in

TABLES = ("sale_payment", "return_line", "refund")
COLUMNS = [(name, column.name) for name in TABLES for column in metadata.tables[name].columns]


@pytest.fixture(scope="module")
def exchanged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed shop with an exchange (T1-000002 in T1-000003) and a return without a receipt."""
    folder = tmp_path_factory.mktemp("exchanged") / "shop"
    made_in(folder)
    shop = DemoShop(folder)
    first = shop.sell(SWEETS, tenders=(card("48.00"),))
    exchange(shop, "x", [coming(first.receipt)], CHOCOLATE)
    without_receipt(shop, (CHOCOLATE, 1, "10.00"))
    assert shop.verify() == []
    shop.close()
    return folder


@pytest.fixture
def books(exchanged: Path, tmp_path: Path) -> Iterator[DemoShop]:
    """A copy of that shop, to be tampered with."""
    shutil.copytree(exchanged, tmp_path / "books")
    shop = DemoShop(tmp_path / "books")
    yield shop
    shop.close()


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[f"{table}.{column}" for table, column in COLUMNS])
def test_a_change_in_any_column_of_a_return_is_named(books: DemoShop, table: str, column: str) -> None:
    [kind] = [row[2] for row in books.rows(f"PRAGMA table_info({table})") if row[1] == column]
    changed = f"coalesce({column}, 0) + 1000" if kind == "INTEGER" else f"coalesce({column}, '') || '1'"
    [last] = books.rows(f"SELECT max(sale_id) FROM {table}")

    tamper(books, f"UPDATE {table} SET {column} = {changed} WHERE sale_id = {last[0]}")

    assert [line for line in books.verify() if line.startswith("chain of sales")] != []


@pytest.mark.parametrize(
    ("statement", "sign"),
    [
        ("UPDATE sale_payment SET value_minor = 1 WHERE method = 'exchange'", "exchange T1-000003: 1 paid (card)"),
        ("DELETE FROM refund WHERE method = 'exchange'", "exchange T1-000003: 1250 paid (card) by goods of"),
        ("UPDATE sale SET exchanged_in = 'T1-000009' WHERE exchanged_in IS NOT NULL", "its sale T1-000009 is missing"),
        ("UPDATE sale_payment SET origin = 'cash' WHERE method = 'exchange'", "exchange T1-000003: 1250 paid (cash)"),
    ],
)
def test_an_exchange_that_drifted_is_named(books: DemoShop, statement: str, sign: str) -> None:
    tamper(books, statement)

    assert any(sign in line for line in books.verify()), books.verify()


def test_a_store_of_before_exchanges_keeps_its_payments_and_returns(tmp_path: Path) -> None:
    url = database_url(None, tmp_path)
    engines = open_engines(url)
    made = (
        "INSERT INTO shift (id, till, number, person, opened_at) VALUES (1, 'T1', 1, 'amina', 0)",
        "INSERT INTO product (id, code, name, created_at) VALUES (1, '4870204320145', 'Chocolate', 0)",
        "INSERT INTO request_key VALUES ('a', 'f', 0), ('b', 'f', 0)",
        *(
            "INSERT INTO sale (id, till, number, key, kind, at, business_date, cashier, shift_id, destination,"
            " currency, total_minor, discount_minor, rounding_minor, pieces, rates, visitors, quota, before, mac)"
            f" VALUES ({number}, 'T1', {number}, '{key}', '{kind}', 0, '2026-03-02', 'amina', 1, '', 'CNY', 1250,"
            " 0, 0, 1, '{}', '[]', '{}', '', 'm')"
            for number, key, kind in ((1, "a", "sale"), (2, "b", "return"))
        ),
        "INSERT INTO sale_payment VALUES (1, 0, 'card', 'CNY', 1250, 1250, 'slip', NULL)",
        "INSERT INTO return_line VALUES (2, 0, 'T1-000001', 0, 1, 'c', 'n', '{}', 'food', 1, 1250, 'shelf', 'why')",
        "INSERT INTO refund VALUES (2, 0, 'card', 'CNY', 1250, 1250, '1', NULL)",
    )
    with engines.writing.connect() as connection, connection.begin():
        command.upgrade(config_for(connection), "0004")
        for statement in made:
            connection.execute(text(statement.replace(":", "\\:")))
    engines.dispose()

    store = open_store(url, lambda before, _: before)
    with store.reading() as work:
        rows = {name: work.connection.execute(text(f"SELECT * FROM {name}")).all() for name in TABLES}
    store.close()

    assert rows["sale_payment"] == [(1, 0, "card", "CNY", 1250, 1250, "slip", None, None)]
    assert rows["refund"] == [(2, 0, "card", "CNY", 1250, 1250, "1", None, None)]
    assert rows["return_line"][0][2:4] == ("T1-000001", 0)
