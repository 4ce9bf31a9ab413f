"""Movements of the stock, the newest first, with the goods, lots and documents that they name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from db.tables.catalogue import product
from db.tables.sales import sale
from db.tables.stock import lot, stock_move
from pos.application.ports.stock_ports import MovementFilter, MovementRow
from pos.domain.catalogue.product import LANGUAGES
from pos.domain.receipt_number import receipt_number

_NAMES = [product.c[f"name_{language}"] for language in LANGUAGES]


class SqlMovements:
    """Movements over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self, filters: MovementFilter, limit: int, before: int | None = None) -> Sequence[MovementRow]:
        question = (
            select(
                stock_move,
                product.c.code,
                product.c.name,
                *_NAMES,
                lot.c.code.label("lot_code"),
                sale.c.till.label("sale_till"),
                sale.c.number.label("sale_number"),
            )
            .join(product, product.c.id == stock_move.c.product_id)
            .outerjoin(lot, lot.c.id == stock_move.c.lot_id)
            .outerjoin(sale, sale.c.id == stock_move.c.sale_id)
            .order_by(stock_move.c.id.desc())
            .limit(limit)
        )
        if filters.product is not None:
            question = question.where(stock_move.c.product_id == filters.product)
        if filters.lot is not None:
            question = question.where(stock_move.c.lot_id == filters.lot)
        if filters.reason:
            question = question.where(stock_move.c.reason == filters.reason)
        if filters.document:
            question = question.where(stock_move.c.document == filters.document)
        if filters.location:
            question = question.where(stock_move.c.place == filters.location)
        if before is not None:
            question = question.where(stock_move.c.id < before)
        rows = []
        for row in self._connection.execute(question):
            named = {language: getattr(row, f"name_{language}") for language in LANGUAGES}
            rows.append(
                MovementRow(
                    row.id,
                    row.product_id,
                    row.code,
                    row.name,
                    {language: name for language, name in named.items() if name},
                    row.quantity,
                    row.reason,
                    row.place,
                    row.lot_code or "",
                    row.cost_minor,
                    row.document or "",
                    "" if row.sale_id is None else receipt_number(row.sale_till, row.sale_number),
                    row.why or "",
                    row.note or "",
                    row.at,
                    row.person,
                )
            )
        return rows
