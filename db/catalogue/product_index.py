"""Keeps the search index at what the catalogue has."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from db.catalogue import search
from db.tables.catalogue import product, product_code
from pos.domain.catalogue.product import LANGUAGES

_NAMES = select(product.c.id, product.c.name, *(product.c[f"name_{language}"] for language in LANGUAGES)).where(
    product.c.id.in_(bindparam("ids", expanding=True))
)
_CODES = (
    select(product_code.c.product_id, product_code.c.code)
    .where(product_code.c.product_id.in_(bindparam("ids", expanding=True)))
    .order_by(product_code.c.product_id, product_code.c.position)
)


def index_again(connection: Connection, ids: Sequence[int]) -> None:
    """Let products be found by the names and codes they have now."""
    if not ids:
        return
    names = {row[0]: list(dict.fromkeys(filter(None, row[1:]))) for row in connection.execute(_NAMES, {"ids": ids})}
    codes: dict[int, list[str]] = {product_id: [] for product_id in names}
    for product_id, code in connection.execute(_CODES, {"ids": ids}):
        codes[product_id].append(code)
    search.index(connection, [(one, names[one], codes[one]) for one in names], new=False)
