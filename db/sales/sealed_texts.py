"""Texts that many sales repeat, written once: rates, forms of judgements, and goods as they were called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import BindParameter, Connection, Table, bindparam, insert, select

from db.engine.canonical import dumps
from db.engine.compiled_statement import CompiledStatement
from db.engine.dialect import insert_new, is_sqlite
from db.tables.sales import sealed_text, sold_goods

GOODS = ("code", "name", "names", "category", "details")
"""The columns of `sold_goods` that a line has in the chain."""

_DIGEST: BindParameter[str] = bindparam("digest")
_DIGESTS: BindParameter[Sequence[str]] = bindparam("digests", expanding=True)
_OF = {
    table: CompiledStatement(select(table.c.id).where(table.c.digest == _DIGEST)) for table in (sealed_text, sold_goods)
}
_AMONG = {
    table: select(table.c.digest, table.c.id).where(table.c.digest.in_(_DIGESTS)) for table in (sealed_text, sold_goods)
}
_NEW = {
    table: CompiledStatement(insert(table).returning(table.c.id), stored=True) for table in (sealed_text, sold_goods)
}

SealedRow = Mapping[str, Any]
Sealed = Mapping[str, SealedRow]
"""Rows of one of the tables by their digest."""


@lru_cache(maxsize=1024)
def text_digest(text: str) -> str:
    """The digest of a row of `sealed_text`."""
    return sha256(text.encode()).hexdigest()


@lru_cache(maxsize=4096)
def goods_digest(code: str, name: str, names: str, category: str, details: str | None = None) -> str:
    """The digest of a row of `sold_goods`; without details it is that of older rows, which never had any."""
    said = [code, name, names, category] if details is None else [code, name, names, category, details]
    return sha256(dumps(said).encode()).hexdigest()


def text_row(text: str) -> dict[str, str]:
    """A row of `sealed_text`."""
    return {"digest": text_digest(text), "text": text}


def goods_row(line: Mapping[str, Any]) -> dict[str, Any]:
    """The row of `sold_goods` of a line in its chained columns."""
    goods = {name: line[name] for name in GOODS}
    return {"digest": goods_digest(**goods), **goods}


def sealed_ids(connection: Connection, table: Table, rows: Sequence[SealedRow]) -> dict[str, int]:
    """The id of each row by its digest; what is not there yet is written.

    The ids hold in this transaction only: another one may take back what it wrote.
    """
    sealed = {row["digest"]: row for row in rows}
    if is_sqlite(connection):
        return {digest: _id_in_file(connection, table, row) for digest, row in sorted(sealed.items())}
    ids = _ids_there(connection, table, sealed)
    # Two tills that seal the same texts wait for each other: in the order of the digests neither waits in a circle.
    missing = [sealed[digest] for digest in sorted(sealed.keys() - ids.keys())]
    if missing:
        connection.execute(insert_new(connection, table), missing)
        ids |= _ids_there(connection, table, {row["digest"]: row for row in missing})
    return ids


def _id_in_file(connection: Connection, table: Table, row: SealedRow) -> int:
    # No other transaction writes meanwhile.
    rows = _OF[table].tuples(connection, row) or _NEW[table].tuples(connection, row)
    return int(rows[0][0])


def _ids_there(connection: Connection, table: Table, sealed: Sealed) -> dict[str, int]:
    rows = connection.execute(_AMONG[table], {"digests": list(sealed)})
    return {row.digest: row.id for row in rows}
