"""Which goods of a file lack data after its import, for their sale or an allowance, and what they lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pos.application.ports.catalogue_ports import GoodsRow
from pos.domain.catalogue.product import Product
from pos.domain.quota.required_attributes import Needs, needed_of


class IncompleteRow(NamedTuple):
    """A product that lacks something after the import: `lacks` are its fields, `category` and `price` first."""

    line: int
    code: str
    name: str
    lacks: tuple[str, ...]


def lacks_alone(goods: GoodsRow, needs: Needs) -> bool:
    """Whether the row alone does not complete a product: then what is stored of it has to be read."""
    return goods.category is None or goods.price is None or bool(_attributes(goods, None, goods.category, needs))


def lacking_of(goods: GoodsRow, stored: Product | None, needs: Needs) -> tuple[str, ...]:
    """What the product lacks once the row is imported; `stored` is the product as it is, None for a new one."""
    category = goods.category or (stored.category if stored is not None else None)
    has_price = goods.price is not None or (stored is not None and stored.price is not None)
    missing = (("category",) if category is None else ()) + (() if has_price else ("price",))
    return (*missing, *_attributes(goods, stored, category, needs))


def _attributes(goods: GoodsRow, stored: Product | None, category: str | None, needs: Needs) -> Sequence[str]:
    if category is None:
        return ()
    return [
        name
        for name in needed_of(category, needs)
        if getattr(goods.attributes, name) is None and (stored is None or getattr(stored.attributes, name) is None)
    ]


def incomplete_rows(
    rows: Sequence[tuple[int, GoodsRow, int | None]], stored: Mapping[int, Product], needs: Needs
) -> list[IncompleteRow]:
    """Those of the rows (line, goods, id of the stored product) whose product lacks something, in their order."""
    found = []
    for line, goods, owner in rows:
        product = stored.get(owner) if owner is not None else None
        if lacks := lacking_of(goods, product, needs):
            name = goods.name or next(iter(goods.names.values()), "") or (product.name if product is not None else "")
            found.append(IncompleteRow(line, goods.code, name, lacks))
    return found
