"""What was counted and closed is never changed: not by this program, and not by a statement past it."""

from __future__ import annotations

import pysqlite3.dbapi2 as sqlite
import pytest

from tests.application.test_close_shift import right_count
from tests.application.test_hand_over import hand_over
from tests.shops import DemoShop


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

    with pytest.raises(sqlite.IntegrityError, match="stays as it is"), sealed.raw(writing=True) as store:
        store.execute(statement.format(table=table))

    assert sealed.tables() == before
    assert sealed.verify() == []
