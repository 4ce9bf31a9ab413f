"""The texts and goods that many sales point to: each is as it was written, and every pointer leads to one.

The chain covers them word for word in each sale; here the row itself is named that no longer is what it was.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select, union

from db.engine.stored_rows import plain_rows
from db.sales.sealed_texts import GOODS, goods_digest, text_digest
from db.tables.sales import sale, sale_judgement, sale_line, sealed_text, sold_goods
from pos.domain.receipt_number import receipt_number


def text_mismatches(connection: Connection) -> Iterator[str]:
    """One line for each that was changed, that no sale points to, or that is gone."""
    texts = select(sealed_text.c.id, sealed_text.c.digest, sealed_text.c.text).order_by(sealed_text.c.id)
    for row_id, digest, text in plain_rows(connection, texts):
        if text_digest(text) != digest:
            yield f"text {row_id} of sales: it was changed"
    named = select(sold_goods.c.id, sold_goods.c.digest, *(sold_goods.c[name] for name in GOODS))
    for row_id, digest, *goods in plain_rows(connection, named.order_by(sold_goods.c.id)):
        if goods_digest(*goods) != digest:
            yield f"goods {row_id} of sales: they were changed"
    yield from _unused(connection)
    yield from _lost(connection)


def _unused(connection: Connection) -> Iterator[str]:
    pointed_to = union(select(sale.c.rates_id), select(sale_judgement.c.form_id))
    for (row_id,) in plain_rows(
        connection, select(sealed_text.c.id).where(sealed_text.c.id.not_in(pointed_to)).order_by("id")
    ):
        yield f"text {row_id} of sales: no sale has it"
    sold = select(sale_line.c.goods_id)
    for (row_id,) in plain_rows(connection, select(sold_goods.c.id).where(sold_goods.c.id.not_in(sold)).order_by("id")):
        yield f"goods {row_id} of sales: no sale has them"


def _lost(connection: Connection) -> Iterator[str]:
    texts, goods = select(sealed_text.c.id), select(sold_goods.c.id)
    for what, column, there in (
        ("rates", sale.c.rates_id, texts),
        ("judgement", sale_judgement.c.form_id, texts),
        ("goods", sale_line.c.goods_id, goods),
    ):
        rows = select(sale.c.till, sale.c.number, column).where(column.not_in(there))
        if column.table is not sale:
            rows = rows.join(sale, sale.c.id == column.table.c.sale_id)
        for till, number, row_id in plain_rows(connection, rows.order_by(sale.c.till, sale.c.number, column)):
            yield f"{what} {row_id} of sale {receipt_number(till, number)}: gone from the store"
