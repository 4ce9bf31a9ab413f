"""Which products lack what: pages and counts by id. No index could tell, so nothing is read twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, false, func, or_, select

from db.tables.catalogue import product
from db.tables.stock import stock
from pos.application.gap_ports import Lacking, StoredGaps
from pos.domain.quota.needs import Needs, together

_SELLABLE = and_(product.c.category.is_not(None), product.c.price_minor.is_not(None))
_UNSELLABLE = or_(product.c.category.is_(None), product.c.price_minor.is_(None))
_WITHOUT = {"category": product.c.category.is_(None), "price": product.c.price_minor.is_(None)}


def unsellable(connection: Connection, limit: int, after: int) -> Sequence[Row[Any]]:
    """See Products.unsellable: the columns of the product, and `on_hand`."""
    return _page(connection, _UNSELLABLE, limit, after)


def lacking(connection: Connection, needs: Needs, limit: int, after: int, *, sellable: bool) -> Sequence[Row[Any]]:
    """See Products.lacking: the columns of the product, and `on_hand`."""
    wanted = _lacks_any(needs)
    return _page(connection, and_(wanted, _SELLABLE) if sellable else wanted, limit, after)


def count(connection: Connection, needs: Mapping[str, Needs], limit: int, after: int) -> StoredGaps:
    """See Products.count_gaps."""
    ids = select(product.c.id).where(product.c.id > after).order_by(product.c.id).limit(limit).subquery()
    products, last = connection.execute(select(func.count(), func.max(ids.c.id))).one()
    figures = {"unsellable": _number(_UNSELLABLE), **{name: _number(lacks) for name, lacks in _WITHOUT.items()}}
    for place, asked in enumerate(needs.values()):
        figures[f"{place}"] = _number(_lacks_any(asked))
        figures[f"{place} both"] = _number(and_(_lacks_any(asked), _UNSELLABLE))
        figures |= {f"{place} {name}": _number(_lacks(name, categories)) for name, categories in asked.items()}
    incomplete = or_(_UNSELLABLE, _lacks_any(together(needs.values())))
    question = select(*(figure.label(name) for name, figure in figures.items()))
    counted = connection.execute(question.where(product.c.id > after, product.c.id <= (last or 0), incomplete)).one()
    n = counted._mapping
    return StoredGaps(
        products,
        last if products == limit else None,
        Lacking(n["unsellable"], {name: n[name] for name in _WITHOUT}),
        {
            key: Lacking(n[f"{place}"], {name: n[f"{place} {name}"] for name in asked})
            for place, (key, asked) in enumerate(needs.items())
        },
        {key: n[f"{place} both"] for place, key in enumerate(needs)},
    )


def _page(connection: Connection, wanted: ColumnElement[bool], limit: int, after: int) -> Sequence[Row[Any]]:
    """By id, the order in which they lie on the disk: reading ends where the page is full."""
    question = (
        select(product, func.coalesce(stock.c.on_hand, 0).label("on_hand"))
        .outerjoin(stock, stock.c.product_id == product.c.id)
        .where(product.c.id > after, wanted)
        .order_by(product.c.id)
        .limit(limit)
    )
    return connection.execute(question).all()


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def _lacks_any(needs: Needs) -> ColumnElement[bool]:
    return or_(false(), *(_lacks(name, categories) for name, categories in needs.items()))


def _lacks(attribute: str, categories: frozenset[str]) -> ColumnElement[bool]:
    """The attribute first: most goods have it, and then their category is not even looked at."""
    return and_(product.c[attribute].is_(None), product.c.category.in_(sorted(categories)))
