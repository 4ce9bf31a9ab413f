"""Statements run by SQLite's driver directly read and write the same as through SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, bindparam, event, insert, select, update
from sqlalchemy.exc import IntegrityError

from db.engine.compiled_statement import CompiledStatement
from db.engine.engine import database_url, open_engines
from db.engine.types import to_microseconds
from db.tables.metadata import metadata
from db.tables.shop import rate

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
_INSERT = CompiledStatement(insert(rate))
_OF = CompiledStatement(select(rate).where(rate.c.currency == bindparam("code")).order_by(rate.c.entry))
_SELL = CompiledStatement(update(rate).where(rate.c.currency == bindparam("code")).values(sell=bindparam("to")))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engines = open_engines(database_url(None, tmp_path))
    with engines.writing.connect() as connection:
        metadata.create_all(connection, tables=[rate])
        yield connection
    engines.dispose()


def a_rate(entry: int, code: str = "USD") -> dict[str, object]:
    return {
        "currency": code, "since": NOON, "entry": entry, "buy": Decimal("501.00"), "sell": Decimal("505.5"),
        "customs": None, "person": "manager",
    }  # fmt: skip


def test_what_is_written_is_read_back_in_its_types(connection: Connection) -> None:
    _INSERT.run_each(connection, [a_rate(1), a_rate(2)])
    _INSERT.run_each(connection, [])
    first, second = _OF.rows(connection, {"code": "USD"})
    assert (first.since, first.buy, first.customs, second.entry) == (NOON, Decimal("501.00"), None, 2)
    assert [tuple(row) for row in _OF.tuples(connection, {"code": "USD"})] == [first, second]
    assert _OF.one(connection, {"code": "EUR"}) is None
    assert [tuple(row) for row in connection.execute(select(rate))] == [tuple(first), tuple(second)]


def test_it_tells_how_many_rows_were_changed(connection: Connection) -> None:
    _INSERT.run_each(connection, [a_rate(1), a_rate(2), a_rate(1, "EUR")])
    assert _SELL.run(connection, {"code": "USD", "to": Decimal(506)}) == 2
    assert _SELL.run(connection, {"code": "RUB", "to": Decimal(506)}) == 0


def test_it_stands_in_the_transaction_of_its_connection(connection: Connection) -> None:
    connection.commit()
    _INSERT.run(connection, a_rate(1))
    assert connection.in_transaction()
    connection.rollback()
    assert not _OF.rows(connection, {"code": "USD"})


def test_what_the_driver_refuses_is_reported_as_ever(connection: Connection) -> None:
    _INSERT.run(connection, a_rate(1))
    with pytest.raises(IntegrityError) as refused:
        _INSERT.run(connection, a_rate(1))
    assert "501.00" not in str(refused.value)


def test_values_that_come_as_they_lie_in_the_file_are_written_as_they_are(connection: Connection) -> None:
    as_stored = {**a_rate(1), "since": to_microseconds(NOON), "buy": "501.00", "sell": "505.5"}
    for statement in (
        CompiledStatement(insert(rate), stored=True),
        CompiledStatement(insert(rate)),
    ):  # a column takes both
        statement.run(connection, as_stored)
        (row,) = _OF.rows(connection, {"code": "USD"})
        assert (row.since, row.buy, row.sell) == (NOON, Decimal("501.00"), Decimal("505.5"))
        connection.execute(rate.delete())


def test_who_listens_hears_of_it(connection: Connection) -> None:
    heard: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda *args: heard.append(args[2]))
    _INSERT.run_each(connection, [a_rate(1), a_rate(2)])
    assert len(_OF.rows(connection, {"code": "USD"})) == 2
    assert [text.split()[0] for text in heard] == ["INSERT", "SELECT"]
