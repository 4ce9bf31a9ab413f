"""The store: made, opened again, and refused when it is not what it should be; one transaction is all or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from db.engine.db_errors import db_error_of, translate_db_errors
from db.engine.engine import LONGEST_LOG, database_url, is_mended, open_engines
from db.store.prepare import NewerStore
from db.store.store import open_store
from db.store.unit_of_work import SqlStore
from pos.domain.errors import BadField, StoreError
from tests.shops import CHOCOLATE, DemoShop

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "secure_delete": 1,
    "busy_timeout": 10000,
    "cell_size_check": 1,
}


def chain(before: str, content: bytes) -> str:
    return f"{before}{len(content)}"


def opened(folder: Path) -> SqlStore:
    return open_store(database_url(None, folder), chain)


def asked(store: SqlStore, question: str) -> Any:
    with store.reading() as work:
        return work.connection.execute(text(question)).fetchall()


# ── settings ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_connection_is_set_as_a_till_needs_it(shop: DemoShop) -> None:
    with shop.store.begin() as work:
        pragmas = {name: work.connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in PRAGMAS}
    with shop.store.reading() as work:
        reading = {name: work.connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in PRAGMAS}
        query_only = work.connection.exec_driver_sql("PRAGMA query_only").scalar_one()

    assert pragmas == reading == PRAGMAS
    assert query_only == 1


def test_settings_hold_after_the_migration_as_well(tmp_path: Path) -> None:
    store = opened(tmp_path)  # migrated with foreign keys off, on the very connection that the pool keeps

    with store.begin() as work:
        assert work.connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    store.close()


def test_who_reads_cannot_write(shop: DemoShop) -> None:
    with pytest.raises(StoreError), shop.store.reading() as work:
        work.settings.set("shop_name", "x")
    assert shop.settings().shop_name == "Silk Gate"


def test_leaving_without_a_commit_undoes_everything(shop: DemoShop) -> None:
    before = shop.tables()

    with shop.store.begin() as work:
        work.settings.set("shop_name", "x")
        work.journal.write(shop.now(), "T1", "amina", "void", {})
    with suppress(ZeroDivisionError), shop.store.begin() as work:
        work.settings.set("shop_name", "x")
        raise ZeroDivisionError

    assert shop.tables() == before


def test_an_sqlite_with_the_wal_reset_bug_is_known_by_its_version() -> None:
    assert [v for v in ((3, 46, 1), (3, 51, 2), (3, 50, 6), (3, 44, 5), (3, 45, 9), (3, 7, 0)) if is_mended(v)] == []
    assert all(is_mended(v) for v in ((3, 51, 3), (3, 53, 0), (3, 50, 7), (3, 44, 6), (4, 0, 0)))


# ── opening ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_empty_folder_becomes_a_store_and_opening_it_again_changes_nothing(tmp_path: Path) -> None:
    opened(tmp_path).close()
    first = (tmp_path / "shop.db").read_bytes()

    opened(tmp_path).close()

    assert (tmp_path / "shop.db").read_bytes() == first
    assert not (tmp_path / "shop.db-wal").exists()


def test_a_store_of_a_newer_program_is_refused_and_left_alone(shop: DemoShop) -> None:
    shop.close()
    with shop.raw(writing=True) as store:
        store.execute("UPDATE alembic_version SET version_num = '9999'")
    before = (shop.folder / "shop.db").read_bytes()

    with pytest.raises(NewerStore) as refused:
        opened(shop.folder)

    assert (refused.value.what, refused.value.detail) == ("newer", "9999")
    assert (shop.folder / "shop.db").read_bytes() == before


def _noise(file: Path) -> None:
    file.write_bytes(Random(1).randbytes(20_000))


def _torn_header(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:50])


def _half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:9_000])


def _wild_pages(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[200 : 200 + 20_000] = Random(2).randbytes(20_000)
    file.write_bytes(bytes(content))


def _text_file(file: Path) -> None:
    file.write_text("receipt;amount\nT1-000001;12.50\n" * 100)


def _letters_that_are_none(file: Path) -> None:
    """SQLite repeats an unreadable name in its error, and its driver cannot decode the sentence."""
    content = bytearray(file.read_bytes())
    content[content.index(b"CREATE INDEX") + 9] ^= 0x80
    file.write_bytes(bytes(content))


@pytest.mark.parametrize("damage", [_noise, _torn_header, _half, _wild_pages, _text_file, _letters_that_are_none])
def test_a_damaged_file_is_reported_and_left_as_it_is(shop: DemoShop, damage: Callable[[Path], None]) -> None:
    shop.close()
    file = shop.folder / "shop.db"
    damage(file)
    before = file.read_bytes()

    with pytest.raises(StoreError) as trouble:
        opened(shop.folder)

    assert (trouble.value.what, trouble.value.where) == ("damaged", str(file))
    assert file.read_bytes() == before


def test_a_text_that_is_none_is_reported_as_damage_and_not_as_a_fault_of_the_program() -> None:
    with pytest.raises(StoreError) as trouble, translate_db_errors():
        b"\xc1".decode()

    assert trouble.value.what == "damaged"


def test_another_persons_database_is_not_a_store_and_keeps_its_bytes(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "shop.db") as other:
        other.execute("CREATE TABLE customers (name TEXT)")
        other.execute("INSERT INTO customers VALUES ('Li')")
    other.close()
    before = (tmp_path / "shop.db").read_bytes()

    with pytest.raises(StoreError) as trouble:
        opened(tmp_path)

    assert trouble.value.what == "not_a_store"
    assert (tmp_path / "shop.db").read_bytes() == before


def test_a_store_with_a_table_torn_out_is_damaged(shop: DemoShop) -> None:
    shop.close()
    with shop.raw(writing=True) as store:
        store.execute("DROP TABLE journal_head")

    again = DemoShop(shop.folder)
    with pytest.raises(StoreError) as trouble:
        again.sell(CHOCOLATE)
    again.close()

    assert trouble.value.what == "damaged"


def test_a_folder_in_which_nothing_can_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file stands where the folder should be")

    with pytest.raises(StoreError) as trouble:
        opened(tmp_path / "folder")
    with pytest.raises(StoreError) as missing:
        opened(tmp_path / "no such folder")

    assert trouble.value.what == missing.value.what == "not_writable"


@pytest.mark.parametrize("url", ["nonsense", "mysql://localhost/shop", "http://x", "", "oracle://a", "sqlite:/x"])
def test_an_address_that_no_store_has_is_bad_input(tmp_path: Path, url: str) -> None:
    with pytest.raises(BadField) as refused:
        database_url(url, tmp_path)

    assert refused.value.field == "database"


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///shop\x00.db",
        "sqlite:///shop.db?mode=ro",
        "sqlite://till:secret@host/shop.db",
        "sqlite+aiosqlite:///shop.db",
        "sqlite+nosuch:///shop.db",
        "postgresql+asyncpg://till:secret@host/shop",
        "postgresql://till:secret@host/shop?surprise=1",
        "postgresql://till:secret@host/shop\x00",
        "postgresql://till:secret@host:99999999/shop",
    ],
)
def test_an_address_with_parts_that_its_engine_does_not_have_is_refused_before_anything_is_opened(
    tmp_path: Path, url: str
) -> None:
    with pytest.raises(BadField) as refused:
        database_url(url, tmp_path)

    assert "secret" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_password_in_an_address_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(BadField) as refused:
        database_url("mysql://till:secret@host/shop", tmp_path)

    assert "secret" not in str(refused.value)
    assert database_url(None, tmp_path).database == str(tmp_path / "shop.db")


def test_a_server_that_cannot_be_reached_is_reported(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as trouble:
        open_store(database_url("postgresql://till@127.0.0.1:1/shop?connect_timeout=1", tmp_path), chain)

    assert trouble.value.what in ("driver_missing", "unreachable")


@pytest.mark.parametrize(("query", "waited"), [("", 3), ("?connect_timeout=12", 12)])
def test_a_far_server_is_waited_for_as_long_as_its_address_says(
    query: str, waited: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engines = open_engines(database_url(f"postgresql://till@127.0.0.1:1/shop{query}", tmp_path))
    asked: list[object] = []

    def refuse(*_where: object, **named: object) -> None:
        asked.append(named["connect_timeout"])
        raise psycopg.OperationalError("no such server")

    monkeypatch.setattr("db.engine.timeout_connection.TimeoutConnection.connect", refuse)
    for engine in (engines.writing, engines.reading):
        with pytest.raises(OperationalError):
            engine.connect()
    engines.dispose()

    assert asked == [waited, waited]


@pytest.mark.parametrize("seconds", ["0", "-1", "x", "3.5", "61", "٣", "1&connect_timeout=2"])
def test_a_wait_for_a_server_that_would_not_end_or_is_none_is_refused(seconds: str, tmp_path: Path) -> None:
    with pytest.raises(BadField):
        database_url(f"postgresql://till@127.0.0.1:1/shop?connect_timeout={seconds}", tmp_path)


# ── what the tables forbid ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stock SET on_hand = -1",
        "UPDATE stock SET held = on_hand + 1",
        "UPDATE stock SET lotted = -1",
        "UPDATE refundable SET refunded = sold + 1",
        "UPDATE refundable SET refunded = -1",
        "UPDATE sale_line SET amount_minor = amount_minor + 1",
        "UPDATE sale_line SET quantity = 0",
        "UPDATE sale_line SET taxed = quantity + 1",
        "UPDATE sale SET total_minor = -1",
        "UPDATE sale SET kind = 'gift'",
        "UPDATE sale SET key = 'unclaimed'",
        "UPDATE sale_payment SET method = 'cheque'",
        "UPDATE sale_payment SET amount_minor = 0",
        "UPDATE quota_entry SET quantity = -1",
        "UPDATE quota_entry SET taxed = quantity + 1",
        "UPDATE outbox SET state = 'lost'",
        "UPDATE person SET role = 'owner'",
        "UPDATE product SET price_currency = NULL WHERE price_minor IS NOT NULL",
        "UPDATE product SET price_minor = -1",
        "UPDATE register SET next_no = 0",
        "UPDATE cash_move SET kind = 'gift'",
        "UPDATE stock_move SET quantity = 0",
        "UPDATE journal SET number = 1",
        "DELETE FROM sale",
        "DELETE FROM product",
        "DELETE FROM shift",
        "UPDATE sale_line SET goods_id = 999",
        "UPDATE sale SET rates_id = 999",
        "UPDATE sale_judgement SET form_id = 999",
        "INSERT INTO sealed_text (digest, text) SELECT digest, 'another' FROM sealed_text LIMIT 1",
        "DELETE FROM sold_goods",
        "INSERT INTO sale_line SELECT 99, 0, product_id, goods_id, quantity, unit_price_minor, discount_minor,"
        " amount_minor, carrier, taxed, ml, abv, net_g, gross_kg, sticks, pieces, variant,"
        " catalogue_minor, basket_minor, vat, tax_minor, note, discount_kind, serial, lot, grams, per_kg_minor"
        " FROM sale_line LIMIT 1",
    ],
)
def test_the_tables_themselves_forbid_it(shop: DemoShop, statement: str) -> None:
    shop.sell(CHOCOLATE, CHOCOLATE)
    before = shop.tables()

    with pytest.raises(IntegrityError), shop.store.begin() as work:
        work.connection.execute(text(statement))

    assert shop.tables() == before


def test_every_table_is_strict(shop: DemoShop) -> None:
    tables = asked(shop.store, "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'")

    ours = {
        name: strict
        for name, strict in tables
        if not name.startswith(("sqlite_", "alembic", "product_part", "product_word"))
    }
    assert len(ours) >= 19
    assert set(ours.values()) == {1}
    with pytest.raises(IntegrityError), shop.store.begin() as work:
        work.connection.execute(text("UPDATE stock SET on_hand = 'many'"))


def test_the_two_views_of_the_accountants_keep_their_columns(shop: DemoShop) -> None:
    shop.sell(CHOCOLATE, CHOCOLATE)

    with shop.store.reading() as work:
        sales = work.connection.execute(text("SELECT * FROM sales_facts")).mappings().all()
        lines = work.connection.execute(text("SELECT * FROM sale_line_facts")).mappings().all()

    assert [dict(row) for row in sales] == [
        {"receipt": "T1-000001", "kind": "sale", "at_utc": "2026-03-02T04:00:00Z", "till": "T1", "cashier": "amina",
         "currency": "CNY", "total_minor": 2500}
    ]  # fmt: skip
    assert [dict(row) for row in lines] == [
        {"receipt": "T1-000001", "line": 0, "code": CHOCOLATE, "quantity": 2, "currency": "CNY", "amount_minor": 2500}
    ]


# ── what a failure is called ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("database disk image is malformed", "damaged"),
        ("file is not a database", "damaged"),
        ("database or disk is full", "disk_full"),
        ("disk I/O error", "disk_failed"),
        ("attempt to write a readonly database", "not_writable"),
        ("unable to open database file", "not_writable"),
        ("database is locked", "busy"),
        ("connection to server failed", "unreachable"),
    ],
)
def test_a_failure_of_the_database_has_a_name(words: str, what: str) -> None:
    trouble = db_error_of(OperationalError("SELECT 1", {}, Exception(words)))

    assert trouble is not None
    assert (trouble.what, trouble.detail) == (what, words)


def test_a_mistake_of_the_program_is_not_dressed_up_as_trouble() -> None:
    assert db_error_of(DBAPIError("SELECT 1", {}, Exception("CHECK constraint failed: stock"))) is None


def test_a_store_that_is_held_by_another_program_is_busy(shop: DemoShop) -> None:
    engines = open_engines(database_url(None, shop.folder))
    with shop.raw() as other, engines.writing.connect() as connection:
        other.execute("BEGIN IMMEDIATE")
        connection.connection.driver_connection.execute("PRAGMA busy_timeout=20")  # type: ignore[union-attr] # open
        with pytest.raises(OperationalError) as failed:
            connection.begin()
    trouble = db_error_of(failed.value)
    assert trouble is not None
    assert trouble.what == "busy"
    engines.dispose()


def test_the_log_is_short_again_once_no_one_reads_what_was_before_it(shop: DemoShop) -> None:
    log = shop.folder / "shop.db-wal"

    def write(text: str) -> None:
        with shop.store.begin() as work:
            work.settings.set("_forgetting", text)
            work.commit()

    with shop.store.reading() as reader:
        reader.people.all()
        for letter in "abcdefghij":
            write(letter * 1_000_000)
        assert log.stat().st_size > LONGEST_LOG
    for letter in "abc":
        write(letter)

    assert log.stat().st_size <= LONGEST_LOG
