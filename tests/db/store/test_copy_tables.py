"""A store carried over row by row is the same shop: every table, every number, and the books still verify."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.engine.engine import database_url
from db.store.copy_tables import copy_into_file, tables_in_order
from db.store.store import open_store
from pos.domain.errors import StoreError
from tests.shops import COGNAC, SWEETS, DemoShop


def _empty(shop: DemoShop, file: Path) -> None:
    open_store(database_url(f"sqlite:///{file}", file.parent), shop.secrets.chain).close()


def _copied(shop: DemoShop, folder: Path) -> DemoShop:
    folder.mkdir()
    copy_into_file(shop.store._engines.reading, folder / "shop.db", lambda file: _empty(shop, file))
    (folder / "keys.json").write_bytes((shop.folder / "keys.json").read_bytes())
    return DemoShop(folder)


def test_every_row_of_every_table_arrives_and_the_books_agree(shop: DemoShop, tmp_path: Path) -> None:
    shop.sell(SWEETS, COGNAC)
    copy = _copied(shop, tmp_path / "copy")

    before, after = shop.tables(), copy.tables()
    for table in tables_in_order():
        assert sorted(map(repr, after[table.name])) == sorted(map(repr, before[table.name])), table.name
    assert copy.verify() == []
    assert copy.find("cogn") == shop.find("cogn") != []
    assert copy.sell(SWEETS).number == shop.sell(SWEETS).number
    copy.close()


def test_a_number_of_goods_that_are_gone_is_not_given_again_in_the_copy(shop: DemoShop, tmp_path: Path) -> None:
    with shop.raw(writing=True) as store:
        store.execute("UPDATE sqlite_sequence SET seq = 900000 WHERE name = 'product'")
    copy = _copied(shop, tmp_path / "copy")
    assert copy.rows("SELECT seq FROM sqlite_sequence WHERE name = 'product'") == [(900000,)]
    copy.close()


def test_a_store_that_has_rows_is_not_written_into(shop: DemoShop, tmp_path: Path) -> None:
    copy = _copied(shop, tmp_path / "copy")
    with pytest.raises(StoreError, match="target_not_empty"):
        copy_into_file(shop.store._engines.reading, copy.folder / "shop.db", lambda file: _empty(shop, file))
    copy.close()
