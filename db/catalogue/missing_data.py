"""Which products lack what: pages and counts by id. No index covers this, so nothing is read twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, false, func, not_, or_, select

from db.catalogue.price_in_force import CURRENCY, GOODS, MINOR, UNPRICED, UNSELLABLE
from db.tables.catalogue import product
from db.tables.stock import stock
from pos.application.ports.catalogue_ports import MissingData, StoredMissingData
from pos.domain.catalogue.paper_needs import WANTED, Alternatives, Paper
from pos.domain.quota.required_attributes import Needs, together

_WITHOUT = {"category": product.c.category.is_(None), "price": UNPRICED}


def unsellable(connection: Connection, at: datetime, limit: int, after: int) -> Sequence[Row[Any]]:
    """The columns of the product, its price in force and `on_hand`."""
    return _page(connection, UNSELLABLE, at, limit, after)


def lacking(
    connection: Connection, needs: Needs, at: datetime, limit: int, after: int, *, sellable: bool
) -> Sequence[Row[Any]]:
    """The columns of the product, its price in force and `on_hand`."""
    condition = lacks_any(needs)
    return _page(connection, and_(condition, not_(UNSELLABLE)) if sellable else condition, at, limit, after)


def lacking_for(connection: Connection, paper: Paper, at: datetime, limit: int, after: int) -> Sequence[Row[Any]]:
    """The columns of the product, its price in force and `on_hand`."""
    return _page(connection, or_(*map(_lacks_all, WANTED[paper])), at, limit, after)


def count(
    connection: Connection, needs: Mapping[str, Needs], at: datetime, limit: int, after: int
) -> StoredMissingData:
    ids = select(product.c.id).where(product.c.id > after).order_by(product.c.id).limit(limit).subquery()
    products, last = connection.execute(select(func.count(), func.max(ids.c.id))).one()
    figures = {"unsellable": _number(UNSELLABLE), **{name: _number(lacks) for name, lacks in _WITHOUT.items()}}
    for index, asked in enumerate(needs.values()):
        figures[f"{index}"] = _number(lacks_any(asked))
        figures[f"{index} both"] = _number(and_(lacks_any(asked), UNSELLABLE))
        figures |= {f"{index} {name}": _number(_lacks(name, categories)) for name, categories in asked.items()}
    incomplete = or_(UNSELLABLE, lacks_any(together(needs.values())))
    question = select(*(figure.label(name) for name, figure in figures.items()))
    within = question.where(product.c.id > after, product.c.id <= (last or 0), incomplete)
    counted = connection.execute(within, {"at": at}).one()
    n = counted._mapping
    return StoredMissingData(
        products,
        last if products == limit else None,
        MissingData(n["unsellable"], {name: n[name] for name in _WITHOUT}),
        {
            key: MissingData(n[f"{index}"], {name: n[f"{index} {name}"] for name in asked})
            for index, (key, asked) in enumerate(needs.items())
        },
        {key: n[f"{index} both"] for index, key in enumerate(needs)},
        _count_of_papers(connection, after, last or 0),
    )


def _count_of_papers(connection: Connection, after: int, last: int) -> Mapping[Paper, MissingData]:
    """One reading of the same products: most of a catalogue may lack something for a paper."""
    figures = {
        paper: {"": or_(*map(_lacks_all, wanted)), **{fields[0]: _lacks_all(fields) for fields in wanted}}
        for paper, wanted in WANTED.items()
    }
    labelled = [
        _number(lacks).label(f"{paper} {name}") for paper, lacking in figures.items() for name, lacks in lacking.items()
    ]
    n = connection.execute(select(*labelled).where(product.c.id > after, product.c.id <= last)).one()._mapping
    return {
        paper: MissingData(n[f"{paper} "], {name: n[f"{paper} {name}"] for name in lacking if name})
        for paper, lacking in figures.items()
    }


def _page(
    connection: Connection, condition: ColumnElement[bool], at: datetime, limit: int, after: int
) -> Sequence[Row[Any]]:
    """By id, the order on the disk: reading ends where the page is full."""
    question = (
        select(product, MINOR, CURRENCY, func.coalesce(stock.c.on_hand, 0).label("on_hand"))
        .select_from(GOODS.outerjoin(stock, stock.c.product_id == product.c.id))
        .where(product.c.id > after, condition)
        .order_by(product.c.id)
        .limit(limit)
    )
    return connection.execute(question, {"at": at}).all()


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def lacks_any(needs: Needs) -> ColumnElement[bool]:
    """Products without an attribute that their category needs."""
    return or_(false(), *(_lacks(name, categories) for name, categories in needs.items()))


def _lacks_all(fields: Alternatives) -> ColumnElement[bool]:
    """None of the fields is on file."""
    return and_(*(product.c[name].is_(None) for name in fields))


def _lacks(attribute: str, categories: frozenset[str]) -> ColumnElement[bool]:
    """The attribute first: most goods have it, and then their category is not even looked at."""
    return and_(product.c[attribute].is_(None), product.c.category.in_(sorted(categories)))
