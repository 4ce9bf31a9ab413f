"""Copies every row of a store into an empty one, across engines; and copies a store into one file of SQLite."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Boolean, Connection, Engine, Table, column, func, insert, select, table, text
from sqlalchemy.sql.expression import TableClause
from sqlalchemy.types import TypeDecorator

from db.catalogue import search
from db.engine.dialect import is_sqlite, no_statement_timeout
from db.engine.engine import file_url, open_engines
from db.tables import metadata
from pos.domain.errors import StoreError

_PAGE = 5_000
_LAST = ("label_print",)
"""Tables that a trigger of another table would change: they are copied when the others are there."""
_INDEX = ("product_lookup",)
"""The search index is rebuilt, as the other engine needs it."""
_NEVER_TWICE = ("center_call", "fiscal_document", "product", "quick_page", "stock_move")
"""Tables whose numbers are never given again, not even those of deleted rows."""

TableProgress = Callable[[str, int], None]
"""Called with the name of a table and the number of its rows copied so far, page by page."""


def _no_progress(_table: str, _rows: int) -> None:
    """No progress is reported."""


def tables_in_order() -> list[Table]:
    """Every table that is carried over, none before one that it points to."""
    ordered = sorted(metadata.sorted_tables, key=lambda one: one.name in _LAST)
    return [one for one in ordered if one.name not in _INDEX]


def copy_tables(source: Connection, target: Connection, progress: TableProgress = _no_progress) -> Mapping[str, int]:
    """Copy every row of `source` into the empty tables of `target`; returns the rows of each table by its name.

    Values are copied as they are stored, valid or not. Both have the newest tables; the transaction of `source` must
    see one state for as long as it takes, and that of `target` is committed by the caller. Raises StoreError where the
    target has rows already, or where fewer arrived than were sent.
    """
    ordered = tables_in_order()
    for one in ordered:
        if target.execute(select(func.count()).select_from(one)).scalar_one():
            raise StoreError("target_not_empty", one.name)
    if is_sqlite(target):
        target.execute(text("PRAGMA defer_foreign_keys=ON"))  # a document may point to one that comes later
    counts = {one.name: _copy(source, target, one, progress) for one in ordered}
    for one in ordered:
        arrived = target.execute(select(func.count()).select_from(one)).scalar_one()
        if arrived != counts[one.name]:
            raise StoreError("copy_incomplete", one.name, f"{arrived} of {counts[one.name]}")
    _go_on_numbering(source, target, ordered)
    search.rebuild_index(target)
    return counts


def copy_into_file(
    source: Engine, file: Path, make: Callable[[Path], None], progress: TableProgress = _no_progress
) -> Mapping[str, int]:
    """Copy a store into a new SQLite file, which `make` makes with empty tables.

    `source` is the engine that reads, and sees one instant for as long as it takes.
    """
    make(file)
    engines = open_engines(file_url(file))
    try:
        with (
            source.connect() as reading,
            no_statement_timeout(reading),
            engines.writing.connect() as writing,
            writing.begin(),
        ):
            return copy_tables(reading, writing, progress)
    finally:
        engines.dispose()


def _plain(one: Table) -> TableClause:
    """The table with the integers and texts that lie in the file."""
    return table(one.name, *(column(known.name, _stored_as(known.type)) for known in one.columns))


def _stored_as(kind: Any) -> Any:
    if isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    return kind if isinstance(kind, Boolean) else kind.as_generic()


def _copy(source: Connection, target: Connection, one: Table, progress: TableProgress) -> int:
    plain = _plain(one)
    keys = [plain.c[key.name] for key in one.primary_key.columns]
    # A visitor linked to another one comes after it.
    first = [plain.c.same_as.is_not(None)] if "same_as" in plain.c else []
    question = select(plain).order_by(*first, *keys)
    adding, done = insert(plain), 0
    rows = source.execute(question, execution_options={"yield_per": _PAGE})
    for page in rows.mappings().partitions():
        target.execute(adding, [dict(row) for row in page])
        done += len(page)
        progress(one.name, done)
    return done


def _go_on_numbering(source: Connection, target: Connection, ordered: list[Table]) -> None:
    """The next row of each table gets a number that was never used."""
    for one in ordered:
        key = one.autoincrement_column
        if key is None or not isinstance(key.type, BigInteger):
            continue
        last = int(target.execute(select(func.coalesce(func.max(key), 0))).scalar_one())
        if one.name in _NEVER_TWICE:
            last = max(last, _last_given(source, one.name))
        if is_sqlite(target):
            if one.name in _NEVER_TWICE:
                target.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": one.name})
                target.execute(
                    text("INSERT INTO sqlite_sequence VALUES (:name, :last)"), {"name": one.name, "last": last}
                )
        elif last:
            target.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, :key), :last)"),
                {"name": one.name, "key": key.name, "last": last},
            )


def _last_given(source: Connection, name: str) -> int:
    if is_sqlite(source):
        question = text("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = :name")
        return int(source.execute(question, {"name": name}).scalar_one())
    asked = "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence(:name, 'id')::regclass), 0)"
    return int(source.execute(text(asked), {"name": name}).scalar_one())
