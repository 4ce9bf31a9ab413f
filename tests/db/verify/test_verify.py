"""Every change of the books is detected: every column of every chained row, and every ledger beside them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from db.tables import metadata
from pos.application.pricing.promotions import PromotionDraft
from pos.domain.errors import RuleBroken
from pos.domain.visitors.document import read_typed
from tests.builders import cash
from tests.horgos import KZT, USD
from tests.shops import BAG, CARTON, CHOCOLATE, COGNAC, FEW_GOODS, SWEETS, DemoShop, a_ticket, made_in

CHAINED = (
    "sale", "sale_line", "sale_judgement", "line_promotion", "sale_payment", "sale_change", "quota_entry",
    "declared_line", "journal",
)  # fmt: skip
LATER = {  # facts about a sale that are not known when it is made: test_verify_visits.py
    ("quota_entry", "carried_out_at"),
    ("quota_entry", "moved_to"),
    ("quota_entry", "taxed_now"),
    ("quota_entry", "returned"),
    ("declared_line", "carried_out_at"),
    ("declared_line", "taxed_now"),
}
ROW_NUMBERS = {("sale", "id"), ("journal", "id")}
COLUMNS = [
    (name, column.name)
    for name in CHAINED
    for column in metadata.tables[name].columns
    if (name, column.name) not in LATER | ROW_NUMBERS
]


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed shop after a few sales, at two tills, with change, foreign money, a promotion and something declared."""
    folder = tmp_path_factory.mktemp("sold") / "shop"
    made_in(folder, FEW_GOODS)
    shop = DemoShop(folder)
    shop.sell(CARTON, COGNAC, tenders=(cash("100000", KZT),))
    shop.now.move(minutes=7)
    shop.sell(CHOCOLATE, CHOCOLATE, SWEETS, tenders=(cash("20", USD),))
    other = shop.other_till()
    other.sell(BAG)
    shop.now.move(minutes=7)
    shop.promotions.add(PromotionDraft("Spring", percent=Decimal(10), code=BAG), shop.person("manager"))
    shop.sell(BAG, SWEETS)
    shop.ring_sale(a_declaring_ticket())
    other.close()
    shop.close()
    return folder


def a_declaring_ticket() -> dict[str, Any]:
    """A bar of chocolate for a visitor who bought perfume elsewhere."""
    bought = {"category": "perfume", "quantity": 2, "unit_price": "90.00", "currency": "CNY", "ml": 50, "abv": "80"}
    item = {"at": "2026-03-02T10:00:00+08:00", "lines": [{**bought, "name": "Perfume", "variant": "set"}]}
    document = {"kind": "passport", "number": "E87654321", "country": "CHN", "birth_date": "1990-01-01"}
    return a_ticket(visitors=[{"id": "A", "document": document, "declared": [item]}])


@pytest.fixture
def books(sold: Path, tmp_path: Path) -> Iterator[DemoShop]:
    """A copy of that shop, to be tampered with."""
    shutil.copytree(sold, tmp_path / "books")
    shop = DemoShop(tmp_path / "books")
    yield shop
    shop.close()


def tamper(shop: DemoShop, statement: str, *values: object) -> None:
    with shop.raw(writing=True) as store:
        store.execute("PRAGMA ignore_check_constraints=ON")
        assert store.execute(statement, values).rowcount != 0


def named(shop: DemoShop) -> list[str]:
    return shop.verify()


def test_untouched_books_are_clean(books: DemoShop) -> None:
    assert named(books) == []


def test_the_books_of_a_random_day_are_clean(shop: DemoShop) -> None:
    dice, goods, sales = Random(7), (BAG, CHOCOLATE, SWEETS, CARTON, COGNAC), 0
    for number in range(40):
        checkout = shop.checkout()
        document = read_typed("passport", f"E8{number % 9:07d}", "CHN", "1990-01-01", shop.now().date())
        checkout.identify(document, "CN")
        for _ in range(dice.randint(1, 4)):
            checkout.scan(dice.choice(goods), dice.randint(1, 2))
        if dice.random() < 0.3:
            checkout.leave_to("KZ")
        tenders = dice.choice([(), (cash("200000", KZT),), (cash("900"),), (cash("200", USD),)])
        try:
            shop.pay(checkout, *tenders)
            sales += 1
        except RuleBroken:
            pass
        shop.now.move(minutes=dice.randint(0, 40))

    assert sales > 15
    assert shop.verify() == []


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[f"{table}.{column}" for table, column in COLUMNS])
def test_a_change_in_any_column_of_a_chained_row_is_named(books: DemoShop, table: str, column: str) -> None:
    [kind] = [row[2] for row in books.rows(f"PRAGMA table_info({table})") if row[1] == column]
    order = "ORDER BY rowid" if table in ("sale", "journal") else ""
    where = f"({', '.join(_key(table))}) = (SELECT {', '.join(_key(table))} FROM {table} {order} LIMIT 1)"
    changed = f"coalesce({column}, 0) + 1000" if kind == "INTEGER" else f"coalesce({column}, '') || '1'"

    tamper(books, f"UPDATE {table} SET {column} = {changed} WHERE {where}")

    chains = [line for line in named(books) if line.startswith(("chain of sales", "journal"))]
    assert chains != [], f"{table}.{column} is not covered by the chain"


def _key(table: str) -> list[str]:
    return [column.name for column in metadata.tables[table].primary_key.columns]


@pytest.mark.parametrize("table", CHAINED)
@pytest.mark.parametrize("which", ["first", "middle", "last"])
def test_a_row_that_was_deleted_is_missed(books: DemoShop, table: str, which: str) -> None:
    key = ", ".join(_key(table))
    index = {"first": 0, "middle": books.rows(f"SELECT count(*) FROM {table}")[0][0] // 2, "last": -1}[which]
    row = books.rows(f"SELECT {key} FROM {table} ORDER BY {key}")[index]
    where = " AND ".join(f"{name} = ?" for name in _key(table))

    tamper(books, f"DELETE FROM {table} WHERE {where}", *row)

    assert named(books) != []


def test_a_sale_cut_off_the_end_with_everything_that_belongs_to_it_is_missed(books: DemoShop) -> None:
    with books.raw(writing=True) as store:
        [(last,)] = store.execute("SELECT max(id) FROM sale WHERE till = 'T1'").fetchall()
        for table in (*CHAINED[1:-1], "refundable", "outbox"):
            store.execute(f"DELETE FROM {table} WHERE sale_id = ?", (last,))
        for table in ("stock_move", "cash_move"):
            store.execute(f"DELETE FROM {table} WHERE sale_id = ?", (last,))
        store.execute("DELETE FROM request_key WHERE key = (SELECT key FROM sale WHERE id = ?)", (last,))
        store.execute("DELETE FROM sale WHERE id = ?", (last,))

    assert any("register T1" in line for line in named(books))


def test_a_sale_that_was_written_in_by_hand_is_found(books: DemoShop) -> None:
    columns = [c.name for c in metadata.tables["sale"].columns if c.name not in ("id", "number", "key")]
    tamper(
        books,
        f"INSERT INTO sale (number, key, {', '.join(columns)})"
        f" SELECT 5, 'forged', {', '.join(columns)} FROM sale LIMIT 1",
    )

    assert any("T1-000005" in line for line in named(books))


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE stock SET on_hand = on_hand + 1 WHERE product_id = 1", "stock 4870204320060"),
        ("DELETE FROM stock WHERE product_id = 1", "stock 4870204320060"),
        ("UPDATE stock_move SET quantity = quantity - 1 WHERE sale_id IS NOT NULL AND line_no = 0", "stock "),
        ("DELETE FROM stock_move WHERE sale_id = 1 AND line_no = 0", "stock "),
        ("UPDATE register SET next_no = next_no + 1 WHERE till = 'T1'", "register T1"),
        ("UPDATE register SET grand_total_minor = 0 WHERE till = 'T1'", "register T1"),
        ("UPDATE register SET chain = 'x' WHERE till = 'T1'", "chain of sales T1"),
        ("DELETE FROM register WHERE till = 'T1'", "T1"),
        ("UPDATE journal_head SET entries = 1 WHERE till = 'T1'", "journal T1"),
        ("UPDATE journal_head SET mac = 'x' WHERE till = 'T2'", "journal T2"),
        ("DELETE FROM journal_head WHERE till = 'T1'", "journal T1"),
        ("UPDATE cash_move SET amount_minor = amount_minor - 1 WHERE kind = 'tender'", "cash "),
        ("UPDATE cash_move SET currency = 'EUR' WHERE kind = 'change'", "cash "),
        ("UPDATE cash_move SET kind = 'in', sale_id = NULL WHERE kind = 'tender'", "cash "),
        ("DELETE FROM cash_move WHERE kind = 'change'", "cash "),
        ("UPDATE cash_move SET shift_id = 2 WHERE sale_id = 1", "cash "),
        ("UPDATE refundable SET sold = sold + 1", "refundable"),
        ("DELETE FROM refundable", "refundable"),
        ("DELETE FROM quota_entry WHERE sale_id = 1", "quota of line"),
        ("UPDATE visitor_document SET visitor_id = visitor_id + 1", "leads to another person"),
        ("DELETE FROM visitor_document WHERE visitor_id = 2", "visitor A of T1-000004"),
        ("DELETE FROM visitor_document", "leads to another person"),
        ("UPDATE request_key SET key = key || 'x'", "request key"),
        ("DELETE FROM request_key", "request key"),
        ("INSERT INTO request_key VALUES ('forged', 'x', 0)", "request key forged"),
    ],
)
def test_a_ledger_that_drifted_from_the_facts_is_named(books: DemoShop, statement: str, finding: str) -> None:
    tamper(books, statement)

    assert any(finding in line for line in named(books)), named(books)


def test_a_chain_computed_again_without_the_key_does_not_hold(books: DemoShop) -> None:
    with books.raw(writing=True) as store:
        store.execute("UPDATE sale SET mac = ? WHERE till = 'T2'", ("0" * 64,))
        store.execute("UPDATE register SET chain = ? WHERE till = 'T2'", ("0" * 64,))

    assert any("T2-000001: its content was changed" in line for line in named(books))


def test_books_under_other_keys_do_not_hold(books: DemoShop) -> None:
    (books.folder / "keys.json").unlink()

    lines = named(books)

    assert sum("content was changed" in line for line in lines) >= 4


@pytest.mark.parametrize("page", [1, 2, 3, 2_000])
@pytest.mark.parametrize("number", [-5, 0, 4_000_000])
def test_what_lies_on_no_page_of_sales_is_named_too(
    shop: DemoShop, monkeypatch: pytest.MonkeyPatch, page: int, number: int
) -> None:
    for _ in range(3):
        shop.sell(BAG)
    monkeypatch.setattr("db.verify.pages._SALES", page)
    assert shop.verify() == []
    with shop.raw(writing=True) as store:
        store.execute("INSERT INTO refundable VALUES (?, 0, 1, 0)", (number,))
        store.execute(
            "INSERT INTO quota_entry (sale_id, line_no, visitor_id, regime, at, quantity, taxed)"
            " VALUES (?, 0, 1, 'cn-horgos', 0, 2, 0)",
            (number,),
        )
        store.execute(
            "INSERT INTO cash_move (shift_id, kind, currency, amount_minor, sale_id, at)"
            " VALUES (1, 'tender', 'CNY', 100, ?, 0)",
            (number,),
        )
    faults = shop.verify()
    for line in (
        "refundable of line 0 of no sale: sale says 0, ledger 1",
        "quota of line 0 of no sale: sale says 0, ledger 2",
        "cash CNY of shift 1 of no sale: sale says 0, ledger 100",
    ):
        assert faults.count(line) == 1, faults


@pytest.mark.parametrize("table", [name for name in CHAINED if name not in ("sale", "journal")])
def test_rows_of_no_sale_are_named(books: DemoShop, table: str) -> None:
    columns = [column.name for column in metadata.tables[table].columns if column.name != "sale_id"]
    copied = ", ".join(f'"{name}"' for name in columns)
    [last] = books.rows(f"SELECT max(sale_id) FROM {table}")

    tamper(
        books, f"INSERT INTO {table} (sale_id, {copied}) SELECT 4000, {copied} FROM {table} WHERE sale_id = {last[0]}"
    )

    assert f"{table}: rows of sale 4000 of the store, and there is no such sale" in books.verify()
