"""Inserts many new products in few, plain statements: an import has a hundred thousand of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from db.catalogue.product_columns import NAME_COLUMNS, OWN_COLUMNS, attribute_values, own_values
from db.catalogue.product_difference import code_row, codes_of, columns_of
from db.catalogue.product_history import as_text
from db.engine.dialect import is_sqlite
from db.engine.types import to_microseconds
from db.tables.catalogue import product, product_code
from db.tables.stock import stock
from pos.application.ports.catalogue_ports import GoodsRow
from pos.domain.catalogue.product import LANGUAGES
from pos.domain.catalogue.product_fields import BY_NAME, CUSTOMS_ATTRIBUTES, OWN, Kind

_INSERT = insert(product).returning(product.c.id, product.c.code)
_INSERT_CODE = insert(product_code)
_INSERT_STOCK = insert(stock)
_LAST = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'product'"
"""The highest number that any product ever had: the number of goods removed by an undo is never given again."""

_PLAIN_COLUMNS = (
    "id", "code", "name", "created_at", "import_id", *NAME_COLUMNS, "category", "price_minor", "price_currency",
    *CUSTOMS_ATTRIBUTES, *OWN_COLUMNS,
)  # fmt: skip
_PLAINLY: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.MEASURE: as_text,
    Kind.VAT: as_text,
    Kind.YES_NO: lambda value: 1 if value else 0,
}
"""Types that SQLite stores otherwise than Python."""
_ATTRIBUTES, _OWN = (tuple(_PLAINLY.get(BY_NAME[name].kind) for name in names) for names in (CUSTOMS_ATTRIBUTES, OWN))
_SAID = tuple(name for name in OWN if BY_NAME[name].kind is Kind.YES_NO)


def _plain(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


_PLAIN = _plain(product.name, _PLAIN_COLUMNS)
_PLAIN_CODE = _plain(product_code.name, ("code", "product_id", "position", "kind", "quantity"))
_PLAIN_STOCK = _plain(stock.name, ("product_id", "on_hand"))


def insert_products(connection: Connection, rows: Sequence[GoodsRow], at: datetime, import_id: int | None) -> list[int]:
    """Write products, their codes and their empty balances; returns the ids in the order of `rows`."""
    if is_sqlite(connection):
        return _insert_plainly(connection, rows, at, import_id)
    inserted = connection.execute(_INSERT, [_values(row, at, import_id) for row in rows])
    by_code = {code: product_id for product_id, code in inserted}
    ids = [by_code[row.code] for row in rows]
    codes = [
        code_row(product_id, code, position, pieces)
        for product_id, row in zip(ids, rows)
        for position, (code, pieces) in enumerate(codes_of(row).items())
    ]
    connection.execute(_INSERT_CODE, codes)
    connection.execute(_INSERT_STOCK, [{"product_id": product_id, "on_hand": 0} for product_id in ids])
    return ids


def _insert_plainly(connection: Connection, rows: Sequence[GoodsRow], at: datetime, import_id: int | None) -> list[int]:
    """The same for SQLite, where there is one writer: it assigns the ids itself, nothing is compiled or read back.

    The values equal those that the column types would make.
    """
    first = int(connection.exec_driver_sql(_LAST).scalar_one()) + 1
    ids = list(range(first, first + len(rows)))
    instant = to_microseconds(at)
    connection.exec_driver_sql(_PLAIN, [_plain_row(i, row, instant, import_id) for i, row in zip(ids, rows)])
    connection.exec_driver_sql(_PLAIN_CODE, list(_plain_codes(ids, rows)))
    connection.exec_driver_sql(_PLAIN_STOCK, [(product_id, 0) for product_id in ids])
    return ids


def _values(row: GoodsRow, at: datetime, import_id: int | None) -> dict[str, Any]:
    values = {"code": row.code, "name": row.name, "created_at": at, "import_id": import_id}
    return columns_of(row) | values | {name: bool(getattr(row, name)) for name in _SAID}


def _plain_row(product_id: int, row: GoodsRow, instant: int, import_id: int | None) -> tuple[Any, ...]:
    """The values of _PLAIN_COLUMNS."""
    name, price = row.names.get, row.price
    return (
        product_id,
        row.code,
        row.name,
        instant,
        import_id,
        *map(name, LANGUAGES),
        row.category,
        None if price is None else price.minor,
        None if price is None else price.currency.code,
        *_plain_values(_ATTRIBUTES, attribute_values(row.attributes)),
        *_plain_values(_OWN, own_values(row)),
    )


def _plain_values(plainly: Sequence[Callable[[Any], Any] | None], values: Sequence[Any]) -> list[Any]:
    return [value if plain is None else plain(value) for plain, value in zip(plainly, values)]


def _plain_codes(ids: Sequence[int], rows: Sequence[GoodsRow]) -> Iterator[tuple[str, int, int, str, int]]:
    for product_id, row in zip(ids, rows):
        for position, (code, pieces) in enumerate(codes_of(row).items()):
            yield code, product_id, position, "unit" if pieces == 1 else "carton", pieces
