"""What was traded is written once on a server too, and a guard that sleeps is named."""

from __future__ import annotations

import psycopg
import pytest

from db.migrations.written_once import CHANGES, WRITTEN_ONCE
from db.tables import metadata
from tests.shops import SWEETS, DemoShop


def test_every_change_of_what_was_traded_is_refused_and_a_sleeping_guard_is_named(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    before = shop.tables()
    for table in WRITTEN_ONCE:
        columns = [one.name for one in metadata.tables[table].columns if one.name not in CHANGES.get(table, ())]
        changed = f'UPDATE {table} SET "{columns[0]}" = "{columns[0]}"'
        for statement in (changed, f"DELETE FROM {table}") if before[table] else ():
            with pytest.raises(psycopg.errors.RestrictViolation), shop.raw(writing=True, guarded=True) as store:
                store.execute(statement)
        with pytest.raises(psycopg.errors.RestrictViolation), shop.raw(writing=True, guarded=True) as store:
            store.execute(f"TRUNCATE {table} CASCADE")
    assert shop.tables() == before
    assert shop.verify() == []

    with shop.raw(writing=True, guarded=True) as store:
        store.execute("UPDATE sale SET visitors = visitors")
        store.execute("ALTER TABLE journal DISABLE TRIGGER journal_stays")
    assert shop.verify() == ["trigger journal_stays: it is gone from the store, or asleep"]
