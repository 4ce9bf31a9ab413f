"""The tables are exactly what the migrations make, step by step, and a step that fails leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from db.engine.engine import database_url, open_engines
from db.migrations import HEAD
from db.migrations.alembic_config import config_for
from db.store.store import open_store
from db.tables import metadata
from pos.domain.errors import StoreError
from pos.languages.catalogue import load_translators
from pos.languages.refusals import sentence_for
from tests.next_version import NEXT, forget_papers, next_version, set_back
from tests.shops import BAG, SWEETS, DemoShop
from tools.messages import FOLDER


def chain(before: str, content: bytes) -> str:
    return before


def test_the_migrations_make_the_tables_that_the_program_knows(tmp_path: Path) -> None:
    url = database_url(None, tmp_path)
    open_store(url, chain).close()
    engines = open_engines(url)

    with engines.writing.connect() as connection:
        command.check(config_for(connection, metadata))
        made = set(inspect(connection).get_table_names())

    assert set(metadata.tables) <= made
    engines.dispose()


def test_there_is_one_newest_version_and_the_program_knows_which(tmp_path: Path) -> None:
    engines = open_engines(database_url(None, tmp_path))
    with engines.writing.connect() as connection:
        heads = ScriptDirectory.from_config(config_for(connection)).get_heads()
    engines.dispose()

    assert heads == [HEAD]


def test_a_new_store_bears_the_newest_version(tmp_path: Path) -> None:
    store = open_store(database_url(None, tmp_path), chain)
    with store.reading() as work:
        assert work.connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == HEAD
    store.close()


def test_a_migration_that_fails_in_the_middle_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = database_url(None, tmp_path)
    upgrade = command.upgrade

    def broken_off(config: Config, revision: str) -> None:
        upgrade(config, revision)
        config.attributes["connection"].execute(
            text("CREATE TABLE half_made (id INTEGER, no_such_type_in STRICT) STRICT")
        )

    with monkeypatch.context() as broken:
        broken.setattr(command, "upgrade", broken_off)
        with pytest.raises(StoreError):
            open_store(url, chain)

    engines = open_engines(url)
    with engines.writing.connect() as connection:
        assert inspect(connection).get_table_names() == []
    engines.dispose()
    open_store(url, chain).close()


def test_rates_cannot_be_edited_past_the_program_either(tmp_path: Path) -> None:
    store = open_store(database_url(None, tmp_path), chain)
    with store.begin() as work:
        work.connection.execute(text("INSERT INTO rate VALUES ('USD', 1, 1, '501.00', '505.00', NULL, 'dana')"))
        for statement in ("UPDATE rate SET buy = '1'", "DELETE FROM rate", "REPLACE INTO rate SELECT * FROM rate"):
            with pytest.raises(DBAPIError, match="superseded, never"):
                work.connection.execute(text(statement))
    store.close()


def test_the_next_version_updates_a_store_in_place_and_its_books_verify(shop: DemoShop) -> None:
    sold = shop.sell(SWEETS)
    moves = shop.rows("SELECT id, currency FROM cash_move ORDER BY id")
    shop.close()

    with next_version():
        newer = DemoShop(shop.folder, now=shop.now)
        newer.sell(SWEETS)
        assert newer.verify() == []
        assert newer.rows("SELECT version_num FROM alembic_version") == [(NEXT,)]
        assert newer.rows("SELECT id, counted_by FROM cash_move ORDER BY id")[: len(moves)] == [
            (number, f"of {currency}") for number, currency in moves
        ]
        assert newer.rows("SELECT till, receipts FROM receipts_of_till") == [("T1", 1)]
        with newer.store.reading() as work:
            assert work.sales.by_number("T1", sold.number) is not None
        newer.close()

    assert "is from a newer version" in _refused(shop)


def test_a_store_of_the_first_version_is_updated_in_place_and_a_demo_keeps_its_quick_keys(shop: DemoShop) -> None:
    forget_papers(shop.folder)
    sold = shop.sell(SWEETS)
    shop.close()
    set_back(shop.folder)

    newer = DemoShop(shop.folder, now=shop.now)
    newer.sell(SWEETS)

    assert newer.verify() == []
    assert newer.rows("SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert newer.rows("SELECT id, title FROM quick_page") == [(1, "Favourites")]
    codes = newer.rows("SELECT code FROM quick_key JOIN product ON product.id = product_id ORDER BY place")
    assert (codes[0], codes[-1], len(codes)) == ((SWEETS,), (BAG,), 5)
    assert (shop.folder / "backups" / "shop_of-version-v0002.db").exists()
    with newer.store.reading() as work:
        assert work.sales.by_number("T1", sold.number) is not None
    newer.close()


def test_a_shop_of_the_first_version_that_is_no_demo_has_no_quick_keys(shop: DemoShop) -> None:
    shop.close()
    set_back(shop.folder)
    with shop.raw(writing=True) as store:
        store.execute("DELETE FROM setting WHERE name = '_demo'")

    newer = DemoShop(shop.folder, now=shop.now)
    with newer.store.reading() as work:
        assert work.quick_keys.all().pages == ()
    newer.close()


@pytest.mark.parametrize("version", ["0001", "0014", "0023", "v0001"])
def test_a_store_of_a_trial_version_is_refused_and_left_alone(shop: DemoShop, version: str) -> None:
    shop.close()
    with shop.raw(writing=True) as store:
        store.execute(f"UPDATE alembic_version SET version_num = '{version}'")
    before = (shop.folder / "shop.db").read_bytes()

    said = _refused(shop)

    assert said.startswith(f"The database {shop.folder / 'shop.db'} is from a trial version ({version})")
    assert (shop.folder / "shop.db").read_bytes() == before


def _refused(shop: DemoShop) -> str:
    with pytest.raises(StoreError) as refused:
        open_store(database_url(None, shop.folder), chain)
    return sentence_for(refused.value, load_translators(FOLDER)["en"])
