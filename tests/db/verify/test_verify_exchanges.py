"""Exchanges and returns without a receipt are recounted and chained."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

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
    ("statement", "finding"),
    [
        ("UPDATE sale_payment SET value_minor = 1 WHERE method = 'exchange'", "exchange T1-000003: 1 paid (card)"),
        ("DELETE FROM refund WHERE method = 'exchange'", "exchange T1-000003: 1250 paid (card) by goods of"),
        ("UPDATE sale SET exchanged_in = 'T1-000009' WHERE exchanged_in IS NOT NULL", "its sale T1-000009 is missing"),
        ("UPDATE sale_payment SET origin = 'cash' WHERE method = 'exchange'", "exchange T1-000003: 1250 paid (cash)"),
    ],
)
def test_an_exchange_that_drifted_is_named(books: DemoShop, statement: str, finding: str) -> None:
    tamper(books, statement)

    assert any(finding in line for line in books.verify()), books.verify()


@pytest.mark.parametrize("table", ["return_line", "refund"])
def test_what_came_back_in_no_return_is_named(books: DemoShop, table: str) -> None:
    columns = [column.name for column in metadata.tables[table].columns if column.name != "sale_id"]
    copied = ", ".join(f'"{name}"' for name in columns)

    tamper(books, f"INSERT INTO {table} (sale_id, {copied}) SELECT 4000, {copied} FROM {table} LIMIT 1")

    assert f"{table}: rows of sale 4000 of the store, and there is no such sale" in books.verify()
