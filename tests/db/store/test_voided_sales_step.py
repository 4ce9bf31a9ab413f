"""A store of the version before voids: it is updated in place, and nothing that it held has changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
import pytest

from db.migrations import HEAD
from db.migrations.written_once import CHANGES
from tests.application.returns.test_void_sale import void
from tests.next_version import forget_papers, set_back
from tests.shops import CHOCOLATE, SWEETS, DemoShop

_TABLE = "SELECT * FROM sale ORDER BY id"


def rows(folder: Path, question: str) -> list[Any]:
    connection = sqlite.connect(folder / "shop.db")
    try:
        return list(connection.execute(question))
    finally:
        connection.close()


def test_a_store_of_before_is_brought_up_to_date_and_voids_what_it_had_sold(shop: DemoShop) -> None:
    forget_papers(shop.folder)
    sale = shop.sell(SWEETS)
    shop.sell(CHOCOLATE)
    shop.close()
    set_back(shop.folder)
    before = rows(shop.folder, _TABLE)

    newer = DemoShop(shop.folder, now=shop.now)
    assert newer.store is not None

    assert newer.rows("SELECT version_num FROM alembic_version") == [(HEAD,)]
    kept = len(before[0])
    assert [row[:kept] for row in newer.rows(_TABLE)] == before
    assert {column for row in newer.rows(_TABLE) for column in row[kept:]} == {None}
    assert newer.verify() == []
    assert void(newer, sale.receipt).receipt == "T1-000003"
    assert newer.verify() == []
    newer.close()


@pytest.mark.parametrize("column", ["annuls", "total_minor"])
def test_what_is_recorded_stays_as_it_is_after_the_update_too(shop: DemoShop, column: str) -> None:
    void(shop, shop.sell(SWEETS).receipt)
    shop.close()

    with shop.raw(writing=True, guarded=True) as store, pytest.raises(sqlite.DatabaseError, match="stays as it is"):
        store.execute(f"UPDATE sale SET {column} = NULL")
    assert column not in CHANGES["sale"]
