"""The lines on the sheets of a stock-take, and its goods on no sheet."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, case, func, select, tuple_

from db.tables.catalogue import product
from db.tables.counting import count_entry, count_line
from db.tables.stock import lot
from pos.application.ports.count_ports import NotCounted, SheetRow
from pos.domain.catalogue.product import LANGUAGES

_NAMES = [product.c.code, product.c.name, *(product.c[f"name_{language}"] for language in LANGUAGES)]


def rows_of(connection: Connection, count_id: int, sheet: int, limit: int, offset: int = 0) -> list[SheetRow]:
    """A sheet as it is shown, the newest entry first."""
    outside = (
        select(func.max(case((count_line.c.outside, 1), else_=0)))
        .where(count_line.c.count_id == count_id, count_line.c.product_id == count_entry.c.product_id)
        .scalar_subquery()
    )
    question = (
        select(count_entry, *_NAMES, product.c.category, lot.c.code.label("lot_code"), outside.label("outside"))
        .join(product, product.c.id == count_entry.c.product_id)
        .outerjoin(lot, lot.c.id == count_entry.c.lot_id)
        .where(count_entry.c.count_id == count_id, count_entry.c.sheet == sheet)
        .order_by(count_entry.c.at.desc(), count_entry.c.product_id, count_entry.c.lot_id)
        .limit(limit)
        .offset(offset)
    )
    return [
        SheetRow(
            row.product_id,
            row.code,
            row.name,
            _names(row),
            row.category or "",
            row.lot_code or "",
            row.counted,
            row.at,
            bool(row.outside),
        )
        for row in connection.execute(question)
    ]


def not_counted(connection: Connection, count_id: int, limit: int, after: tuple[int, int] = (0, 0)) -> list[NotCounted]:
    """Lines of goods that are on no sheet, by (product, lot)."""
    question = (
        select(count_line, *_NAMES, lot.c.code.label("lot_code"))
        .join(product, product.c.id == count_line.c.product_id)
        .outerjoin(lot, lot.c.id == count_line.c.lot_id)
        .where(count_line.c.count_id == count_id, ~count_line.c.outside, ~is_on_sheet())
        .where(tuple_(count_line.c.product_id, count_line.c.lot_id) > after)
        .order_by(count_line.c.product_id, count_line.c.lot_id)
        .limit(limit)
    )
    return [
        NotCounted(row.product_id, row.lot_id, row.code, row.name, _names(row), row.lot_code or "", row.expected)
        for row in connection.execute(question)
    ]


def is_on_sheet() -> Any:
    """True if the product of a line is on a sheet."""
    entry = count_entry.alias("found")
    return (
        select(entry.c.product_id)
        .where(entry.c.count_id == count_line.c.count_id, entry.c.product_id == count_line.c.product_id)
        .exists()
    )


def _names(row: Row[Any]) -> dict[str, str]:
    named = {language: getattr(row, f"name_{language}") for language in LANGUAGES}
    return {language: name for language, name in named.items() if name}
