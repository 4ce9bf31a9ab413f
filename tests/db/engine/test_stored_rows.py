"""Rows past SQLAlchemy's objects: all of them, whatever was asked of the connection before."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, Table, create_engine, insert, select

from db.engine.stored_rows import plain_rows, read_all, stored_rows

_NUMBER = Table("number", MetaData(), Column("x", Integer, primary_key=True))
_NUMBERS = select(_NUMBER).order_by(_NUMBER.c.x)


def _read(connection: Connection) -> list[list[int]]:
    read_all(connection, _NUMBERS)
    plain = [row[0] for row in plain_rows(connection, _NUMBERS)]
    named = [row.x for row in stored_rows(connection, _NUMBERS)]
    return [plain, named]


@pytest.mark.parametrize("options", [{}, {"yield_per": 500}, {"stream_results": True, "max_row_buffer": 7}])
def test_every_row_is_read_also_on_a_connection_that_streams(tmp_path: Path, options: dict[str, int]) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'rows.db'}")
    with engine.connect() as connection:
        _NUMBER.metadata.create_all(connection)
        connection.execute(insert(_NUMBER), [{"x": x} for x in range(1, 5001)])
        connection.execution_options(**options)
        assert _read(connection) == [list(range(1, 5001))] * 2
    engine.dispose()
