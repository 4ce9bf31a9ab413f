"""Many new products in as few and as plain statements as the store takes: an import is a hundred thousand of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from db.catalogue.product_difference import code_row, codes_of, columns_of
from db.catalogue.product_history import as_text
from db.engine.dialect import is_sqlite
from db.engine.types import to_microseconds
from db.tables.catalogue import product, product_code
from db.tables.stock import stock
from pos.application.ports.goods_row import GoodsRow

_INSERT = insert(product).returning(product.c.id, product.c.code)
_INSERT_CODE = insert(product_code)
_INSERT_STOCK = insert(stock)
_LAST = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'product'"
"""The highest number that any product ever had: that of goods which an undo took away is not given again."""

_PLAIN_COLUMNS = (
    "id", "code", "name", "name_en", "name_zh", "name_ru", "name_kk", "category", "price_minor", "price_currency",
    "ml", "abv", "net_g", "gross_kg", "sticks", "pieces", "variant", "vat", "created_at", "supplier_id",
    "reorder_point", "shelf", "by_weight", "asks_lot", "import_id",
)  # fmt: skip


def _plain(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


_PLAIN = _plain(product.name, _PLAIN_COLUMNS)
_PLAIN_CODE = _plain(product_code.name, ("code", "product_id", "position", "kind", "quantity"))
_PLAIN_STOCK = _plain(stock.name, ("product_id", "on_hand"))


def insert_products(connection: Connection, rows: Sequence[GoodsRow], at: datetime, import_id: int | None) -> list[int]:
    """Write products, their codes and their balances of nothing; the ids in the order of `rows`."""
    if is_sqlite(connection):
        return _insert_plainly(connection, rows, at, import_id)
    found = connection.execute(_INSERT, [_values(row, at, import_id) for row in rows])
    by_code = {code: product_id for product_id, code in found}
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
    """The same for SQLite, where one writer is alone: it numbers the rows, nothing is compiled or asked back.

    The values are those that the column types would make.
    """
    first = int(connection.exec_driver_sql(_LAST).scalar_one()) + 1
    ids = list(range(first, first + len(rows)))
    instant = to_microseconds(at)
    connection.exec_driver_sql(_PLAIN, [_plain_row(i, row, instant, import_id) for i, row in zip(ids, rows)])
    connection.exec_driver_sql(_PLAIN_CODE, list(_plain_codes(ids, rows)))
    connection.exec_driver_sql(_PLAIN_STOCK, [(product_id, 0) for product_id in ids])
    return ids


def _values(row: GoodsRow, at: datetime, import_id: int | None) -> dict[str, Any]:
    told = {"code": row.code, "name": row.name, "created_at": at, "import_id": import_id}
    return columns_of(row) | told | {"by_weight": bool(row.by_weight), "asks_lot": bool(row.asks_lot)}


def _plain_row(product_id: int, row: GoodsRow, instant: int, import_id: int | None) -> tuple[Any, ...]:
    """The values of _PLAIN_COLUMNS."""
    name, told, price = row.names.get, row.attributes, row.price
    return (
        product_id,
        row.code,
        row.name,
        name("en"),
        name("zh"),
        name("ru"),
        name("kk"),
        row.category,
        None if price is None else price.minor,
        None if price is None else price.currency.code,
        as_text(told.ml),
        as_text(told.abv),
        as_text(told.net_g),
        as_text(told.gross_kg),
        told.sticks,
        told.pieces,
        told.variant,
        as_text(row.vat),
        instant,
        row.supplier,
        row.reorder_point,
        row.shelf,
        1 if row.by_weight else 0,
        1 if row.asks_lot else 0,
        import_id,
    )


def _plain_codes(ids: Sequence[int], rows: Sequence[GoodsRow]) -> Iterator[tuple[str, int, int, str, int]]:
    for product_id, row in zip(ids, rows):
        for position, (code, pieces) in enumerate(codes_of(row).items()):
            yield code, product_id, position, "unit" if pieces == 1 else "carton", pieces
