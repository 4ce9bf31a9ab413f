"""Keeps the search index equal to the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from db.catalogue import search
from db.catalogue.product_columns import search_texts
from db.tables.catalogue import product, product_code
from pos.domain.catalogue.product_fields import SEARCHED

_TEXTS = select(product.c.id, *(product.c[name] for name in SEARCHED)).where(
    product.c.id.in_(bindparam("ids", expanding=True))
)
_CODES = (
    select(product_code.c.product_id, product_code.c.code)
    .where(product_code.c.product_id.in_(bindparam("ids", expanding=True)))
    .order_by(product_code.c.product_id, product_code.c.position)
)


def index_again(connection: Connection, ids: Sequence[int]) -> None:
    """Update the search index of products after their texts and codes changed."""
    if not ids:
        return
    texts = {row[0]: search_texts(row[1:]) for row in connection.execute(_TEXTS, {"ids": ids})}
    codes: dict[int, list[str]] = {product_id: [] for product_id in texts}
    for product_id, code in connection.execute(_CODES, {"ids": ids}):
        codes[product_id].append(code)
    search.index(connection, [(one, texts[one], codes[one]) for one in texts], new=False)
