"""The person who changes the books on the server past the till is named by `verify`, or refused by
the server itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy import BigInteger, Boolean, Connection, Integer, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeDecorator

from db.migrations.written_once import WRITTEN_ONCE
from db.store.unit_of_work import SqlUnitOfWork
from db.tables import metadata
from pos.application.pricing.promotions import PromotionDraft
from tests.builders import cash
from tests.db.verify.test_verify import CHAINED, COLUMNS, a_declaring_ticket
from tests.shops import BAG, CARTON, CHOCOLATE, SWEETS, DemoShop

SOME = [pair for number, pair in enumerate(COLUMNS) if number % 9 == 0]
"""All of them take a minute; SQLite's tests try each."""


@pytest.fixture
def books(shop: DemoShop) -> Iterator[tuple[DemoShop, Connection]]:
    """A shop with sales of every kind, and a connection that changes nothing for good."""
    shop.sell(CARTON, CHOCOLATE, tenders=(cash("900"),))
    shop.promotions.add(PromotionDraft("Spring", percent=Decimal(10), code=BAG), shop.person("manager"))
    shop.sell(BAG, SWEETS)
    shop.ring_sale(a_declaring_ticket())
    with shop.store._engines.writing.connect() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        yield shop, connection
        connection.rollback()


def without_guards(connection: Connection) -> None:
    """Put those to sleep that would refuse it, as the owner of the tables can; `verify` reports that, too."""
    for table in WRITTEN_ONCE:
        connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER {table}_stays"))


def _changed(table: str, column: str) -> str:
    kind = metadata.tables[table].columns[column].type
    kind = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    if isinstance(kind, Boolean):
        return f"NOT {column}"
    if isinstance(kind, BigInteger | Integer):
        return f"coalesce({column}, 0) + 1000"
    return f"CASE coalesce({column}, '') WHEN '' THEN '1' ELSE '~' || substr({column}, 2) END"


def test_what_someone_changed_on_the_server_is_named(books: tuple[DemoShop, Connection]) -> None:
    shop, connection = books
    work = SqlUnitOfWork(connection, shop.secrets.chain)
    assert list(work.reports.mismatches()) == []
    without_guards(connection)
    refused = 0
    for table, column in SOME:
        place = connection.begin_nested()
        keys = ", ".join(key.name for key in metadata.tables[table].primary_key.columns)
        one = f"({keys}) = (SELECT {keys} FROM {table} ORDER BY {keys} LIMIT 1)"
        try:
            done = connection.execute(text(f"UPDATE {table} SET {column} = {_changed(table, column)} WHERE {one}"))
        except DBAPIError:
            refused += 1  # a rule of the table forbids it
        else:
            assert done.rowcount == 1, table
            named = [line for line in work.reports.mismatches() if line.startswith(("chain of sales", "journal"))]
            assert named, f"{table}.{column} is not covered by the chain"
        place.rollback()
    assert refused < len(SOME) / 3


def test_what_someone_deleted_on_the_server_is_missed(books: tuple[DemoShop, Connection]) -> None:
    shop, connection = books
    work = SqlUnitOfWork(connection, shop.secrets.chain)
    without_guards(connection)
    for table in CHAINED:
        place = connection.begin_nested()
        keys = ", ".join(key.name for key in metadata.tables[table].primary_key.columns)
        one = f"({keys}) = (SELECT {keys} FROM {table} ORDER BY {keys} DESC LIMIT 1)"
        gone = connection.execute(text(f"DELETE FROM {table} WHERE {one}")).rowcount
        missed = [line for line in work.reports.mismatches() if not line.startswith("trigger ")]
        assert not gone or missed, table
        place.rollback()
