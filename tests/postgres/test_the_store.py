"""What is PostgreSQL's own: its tables, what it refuses, what its errors are called, and who may do what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic import command
from sqlalchemy import inspect, make_url

from db.engine.engine import database_url
from db.migrations.alembic_config import config_for
from db.store.copy_tables import copy_into_file
from db.store.prepare import NewerStore
from db.store.store import open_store
from db.tables import metadata
from db.tables.metadata import speak_postgresql
from pos.application.catalogue.quick_keys import EditQuickKeys, ShowQuickKeys
from pos.application.sales.check_order import QuotaExceeded
from pos.domain.catalogue.quick_keys import QuickKeys, QuickPage
from pos.domain.errors import BadField, Collided, NoConnectionLeft, OutcomeUnknown, StoreError, StoreUnavailable
from tests.application.shifts.test_close_shift import right_count
from tests.application.shifts.test_hand_over import hand_over
from tests.next_version import NEXT, OF_WORKSHOP, next_version
from tests.on_postgres import Databases
from tests.postgres_server import Server
from tests.shops import CARTON, CHOCOLATE, COGNAC, SWEETS, WATCH, DemoShop


def _chain(_before: str, _content: bytes) -> str:
    return "0" * 64


@pytest.fixture
def empty(server: Server) -> Iterator[str]:
    """The name of an empty database."""
    server.create("empty")
    yield "empty"
    server.sql("DROP DATABASE IF EXISTS empty WITH (FORCE)")


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_migrations_make_the_tables_that_the_program_knows(shop: DemoShop) -> None:
    speak_postgresql()
    with shop.store._engines.writing.connect() as connection:
        command.check(config_for(connection, metadata))
        assert set(metadata.tables) <= set(inspect(connection).get_table_names())


def test_the_next_version_updates_a_store_with_its_numbers_allowances_and_guards(shop: DemoShop) -> None:
    sold = shop.sell(CARTON, CARTON)
    shop.close()

    with next_version():
        newer = DemoShop(shop.folder, now=shop.now)
        assert newer.verify() == []
        with pytest.raises(QuotaExceeded):
            newer.sell(CARTON)
        assert newer.sell(SWEETS).number == sold.number + 1
        assert newer.rows("SELECT version_num, receipts FROM alembic_version, receipts_of_till") == [(NEXT, 1)]
        with newer.raw(writing=True, guarded=True) as store, pytest.raises(psycopg.errors.RestrictViolation):
            store.execute("UPDATE cash_move SET counted_by = ''")
        assert newer.verify() == []
        newer.close()

    with pytest.raises(NewerStore):
        DemoShop(shop.folder, now=shop.now).sell(SWEETS)


def test_a_store_of_the_first_version_gets_the_quick_keys_and_goes_on_numbering_their_pages(shop: DemoShop) -> None:
    shop.close()
    with shop.raw(writing=True, guarded=True) as store:
        [(guard,)] = store.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'sale_stays'"
        ).fetchall()
        for statement in (
            "DROP TABLE stream_item, deposit_entry, customer_order_word, customer_order_line, customer_order CASCADE",
            "ALTER TABLE sale_payment DROP COLUMN rate",
            "ALTER TABLE hold DROP CONSTRAINT ck_hold_of_a_shift",
            "ALTER TABLE hold ALTER COLUMN shift_id SET NOT NULL",
            *(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_has_an_origin" for table in ("refund", "sale_payment")),
            *(
                f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_origin_of_an_exchange"
                " CHECK ((method = 'exchange') = (origin IS NOT NULL))"
                for table in ("refund", "sale_payment")
            ),
            "DROP TABLE quick_key",
            "DROP TABLE quick_page",
            "DROP INDEX ix_product_hs_code",
            *(f"ALTER TABLE product DROP COLUMN {name}" for name in ("brand", "model", "origin", "hs_code", "unit")),
            "ALTER TABLE sold_goods DROP COLUMN details",
            "DROP TABLE parcel_address",
            *(
                f"DROP TABLE {name}"
                for name in (
                    *OF_WORKSHOP,
                    "visitor_identity",
                    "center_attempt",
                    "center_call",
                    "fiscal_document",
                    "fiscal_cashbox",
                    "partner_attempt",
                )
            ),
            "ALTER TABLE sale_payment DROP COLUMN provider",
            "DROP TRIGGER sale_stays ON sale",
            "DROP INDEX ix_sale_annuls",
            *(f"ALTER TABLE sale DROP COLUMN {name}" for name in ("annuls", "delivery_service", "parcel_g")),
            guard.replace(", annuls", "").replace(", delivery_service", "").replace(", parcel_g", ""),
            "UPDATE alembic_version SET version_num = 'v0002'",
        ):
            store.execute(statement)

    newer = DemoShop(shop.folder, now=shop.now)
    edit, clerk = EditQuickKeys(newer.context), newer.person("clerk")
    seen = edit.all(clerk).keys
    saved = edit.save(QuickKeys((*seen.pages, QuickPage(-1, "Second"))), seen, clerk).keys

    assert [(page.id, page.title, len(page.keys)) for page in saved.pages] == [(1, "Favourites", 5), (2, "Second", 0)]
    assert [page.title for page in ShowQuickKeys(newer.context)(newer.person("amina"))] == ["Favourites"]
    assert edit.most_sold(clerk) == []
    assert newer.verify() == []
    newer.close()


def test_goods_are_found_as_in_a_file_and_in_the_same_order(shop: DemoShop, tmp_path: Path) -> None:
    def empty_file(file: Path) -> None:
        open_store(make_url(f"sqlite:///{file}"), shop.secrets.chain).close()

    copy_into_file(shop.store._engines.reading, tmp_path / "shop.db", empty_file)
    file = open_store(make_url(f"sqlite:///{tmp_path}/shop.db"), shop.secrets.chain)
    with shop.store.reading() as work, file.reading() as there:
        for code in (SWEETS, COGNAC, CHOCOLATE, WATCH):
            product = work.products.by_code(code, shop.now())
            assert product is not None
            asked = {code, code[:8], code[-4:], code[3:9], *product.names.values()}
            asked |= {piece for name in product.names.values() for word in name.split() for piece in _pieces(word)}
            for tr in sorted(asked):
                ids = work.products.find_ids(tr, 600)
                assert ids == there.products.find_ids(tr, 600), tr
            assert product.id in work.products.find_ids(product.name[:3].upper(), 600)
        assert work.products.find_ids("hjy", 5) == there.products.find_ids("hjy", 5)
        named = work.products.find_named_ids("cognac 0.5 L", 600)
        assert named == there.products.find_named_ids("cognac 0.5 L", 600)
        assert 0 < len(named) < len(work.products.find_named_ids("cognac", 600))
    file.close()


def _pieces(word: str) -> set[str]:
    """Beginnings, middles and ends of a word."""
    return {word, word[:2], word[1:4], word[-3:], word.upper()[1:5]}


def test_what_is_gone_from_the_goods_is_found_no_more(shop: DemoShop) -> None:
    from db.catalogue import search

    with shop.store.begin() as work:
        ids = work.products.find_ids("cognac", 50)
        search.forget(work.connection, ids)
        assert work.products.find_ids("cognac", 50) == []


@pytest.mark.parametrize("words", ["'", "\\", "%", "_", "' | !'", "a & b", "()", ":*", "'a':*b", '"', "\\%_"])
def test_characters_of_the_index_are_only_characters(shop: DemoShop, words: str) -> None:
    assert len(shop.find(words)) < 600
    assert len(shop.find(f"{words}{words} cognac {words}")) < 600


# ── what it refuses ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("table", ["z_report", "hand_over", "rate"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = at", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_what_is_closed_refuses_every_change(shop: DemoShop, table: str, statement: str) -> None:
    hand_over(shop, "li")
    shop.close_shift(shop.person("li"), right_count(shop))
    before = shop.tables()
    column = "since" if table == "rate" else "at"

    with pytest.raises(psycopg.IntegrityError, match="stays as it is"), shop.raw(writing=True) as store:
        store.execute(statement.format(table).replace("at = at", f"{column} = {column}"))

    assert shop.tables() == before


def test_a_database_in_the_order_of_a_language_is_refused(server: Server) -> None:
    server.sql("CREATE DATABASE sorted TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'kk'")
    server.sql("CREATE DATABASE narrow TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")

    for name, what in (("sorted", "sorted_by_language"), ("narrow", "not_unicode")):
        with pytest.raises(StoreError, match=what):
            open_store(make_url(server.url(name)), _chain)
        assert server.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", database=name) == [(0,)]
        server.sql(f"DROP DATABASE {name}")


def test_another_persons_and_a_newer_database_are_left_alone(server: Server, empty: str) -> None:
    server.sql("CREATE TABLE customers (id INTEGER)", database=empty)
    with pytest.raises(StoreError, match="not_a_store"):
        open_store(make_url(server.url(empty)), _chain)

    server.sql("CREATE TABLE alembic_version (version_num VARCHAR(32))", database=empty)
    server.sql("INSERT INTO alembic_version VALUES ('9999')", database=empty)
    with pytest.raises(NewerStore):
        open_store(make_url(server.url(empty)), _chain)


# ── what its errors are called ───────────────────────────────────────────────────────────────────────────────────


def test_a_server_and_a_database_that_are_not_there_are_reported(server: Server, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        open_store(make_url(f"postgresql://shop@/shop?host={tmp_path}"), _chain)
    with pytest.raises(StoreError, match="no_such_database"):
        open_store(make_url(server.url("nowhere")), _chain)
    with pytest.raises(StoreError, match="login_refused"):
        open_store(make_url(server.url("postgres").replace("//shop@", "//nobody@")), _chain)


def test_a_session_is_as_a_till_needs_it_however_role_and_database_are_set(server: Server, empty: str) -> None:
    for what in ("synchronous_commit = off", "client_encoding = 'SQL_ASCII'", "statement_timeout = '1ms'"):
        server.sql(f"ALTER DATABASE {empty} SET {what}")
    store = open_store(make_url(server.url(empty)), _chain)
    asked = ("synchronous_commit", "client_encoding", "statement_timeout", "lock_timeout")
    with store.begin() as work:
        values = [work.connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in asked]
    store.close()

    assert values == ["on", "UTF8", "5s", "2500ms"]


def test_an_address_does_not_say_what_a_session_is() -> None:
    for said in ("options=-c%20statement_timeout%3D0", "client_encoding=latin1"):
        with pytest.raises(BadField):
            database_url(f"postgresql://till@127.0.0.1/shop?{said}", Path())


def test_a_server_that_has_no_connection_left_says_so_and_not_that_it_lets_no_one_in(
    server: Server, empty: str
) -> None:
    server.sql("CREATE ROLE crowded LOGIN CONNECTION LIMIT 0")
    try:
        with pytest.raises(NoConnectionLeft, match="no_connection_left"):
            open_store(make_url(server.url(empty).replace("//shop@", "//crowded@")), _chain)
    finally:
        server.sql("DROP ROLE crowded")


def test_a_deadlock_is_a_collision_and_may_be_tried_again(shop: DemoShop) -> None:
    with pytest.raises(Collided), shop.store.begin() as work:
        work.connection.exec_driver_sql("DO $$ BEGIN RAISE EXCEPTION 'tills' USING ERRCODE = '40P01'; END $$")


def _cut(databases: Databases, shop: DemoShop) -> None:
    name = databases.name_of(shop.folder)
    databases.server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", name)


def test_a_connection_lost_before_commit_has_recorded_nothing(shop: DemoShop, databases: Databases) -> None:
    before = shop.tables()

    def lose() -> None:
        with shop.store.begin() as work:
            work.settings.set("name", "lost")
            _cut(databases, shop)
            work.settings.set("name", "lost too")

    with pytest.raises(StoreUnavailable):
        lose()

    assert shop.tables() == before
    assert shop.sell(SWEETS).number == 1


def test_a_connection_lost_at_commit_is_not_known(shop: DemoShop, databases: Databases) -> None:
    def lose() -> None:
        with shop.store.begin() as work:
            work.settings.set("name", "lost")
            _cut(databases, shop)
            work.commit()

    with pytest.raises(OutcomeUnknown):
        lose()


def test_connections_that_were_cut_while_no_one_worked_are_made_again(shop: DemoShop, databases: Databases) -> None:
    shop.sell(SWEETS)
    _cut(databases, shop)
    assert shop.sell(SWEETS).number == 2


def test_a_reader_cannot_write(shop: DemoShop) -> None:
    with pytest.raises(StoreError, match="not_writable"), shop.store.reading() as work:
        work.settings.set("name", "by the way")
