"""Sales and returns found by remembered details, newest first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, literal, or_, select, union

from db.catalogue.names_on_receipts import names_returned, names_sold
from db.tables.sales import refundable, return_line, sale, sale_line, sale_payment
from db.tables.shop import register
from db.tables.visitors import quota_entry
from db.visitors.documents_by_keys import documents_by_keys, key_values
from db.visitors.voided_sales import voids_of
from pos.application.ports.return_ports import (
    ANY,
    DISCOUNT,
    EXCHANGE,
    RETURN,
    SALE,
    VOID,
    FoundReceipt,
    FoundReceiptPage,
    ReceiptFilter,
    Sought,
)
from pos.application.ports.visitor_ports import Keys
from pos.domain.money import CURRENCIES, Money
from pos.domain.period import Period
from pos.domain.receipt_number import receipt_number

_SHOWN: tuple[Any, ...] = (
    sale.c.id, sale.c.till, sale.c.number, sale.c.kind, sale.c.at, sale.c.cashier, sale.c.currency, sale.c.total_minor,
    sale.c.pieces, sale.c.annuls,
)  # fmt: skip
"""The columns of a list; rates, visitors and allowances are stored on other pages, which a list does not read."""
_NAMED = 3
_DIGITS = 6
_FEW_GOODS = 12
"""Up to this many products: the newest sales of each by index; above: first a count of how often they sold."""
_SELDOM = 5_000
"""Lines of rarely sold goods: up to this many are read at once, which is faster than reading every sale."""
_MOST_NUMBERS = 2_000


def receipts_found(
    connection: Connection,
    sought: Sequence[Sought],
    visitor: Keys | None,
    limit: int,
    before: int | None,
    criteria: ReceiptFilter,
) -> FoundReceiptPage:
    """A page begins below the row of the one before."""
    fits = [*_kept(connection, criteria)]
    alone = len(fits) == _is_of_kind(criteria) and visitor is None and len(sought) == 1
    if before is not None:
        fits.append(sale.c.id < before)
    if visitor is not None:
        fits.append(sale.c.id.in_(_bought_by(visitor)))
    came_back = criteria.kind in (RETURN, EXCHANGE, VOID)
    fits += [_fits(connection, one, (limit + 1, before) if alone else None, came_back=came_back) for one in sought]
    # The numbers of one till rise as its rows do, and have an index.
    order = sale.c.number if criteria.till else sale.c.id
    rows = connection.execute(select(*_SHOWN).where(*fits).order_by(order.desc()).limit(limit + 1)).all()
    shown = rows[:limit]
    ids = [row.id for row in shown]
    back, goods, voids = _came_back(connection, ids), _goods(connection, ids), _voids(connection, shown)
    return FoundReceiptPage(
        tuple(_receipt_from(row, back.get(row.id, 0), goods.get(row.id, []), voids) for row in shown),
        ids[-1] if len(rows) > limit else None,
    )


def _is_of_kind(criteria: ReceiptFilter) -> int:
    """The number of conditions that nearly every row meets."""
    return 1 if criteria.kind == SALE else 0


def _kept(connection: Connection, criteria: ReceiptFilter) -> Iterator[ColumnElement[bool]]:
    if criteria.kind == EXCHANGE:
        exchanged = sale.alias()
        yield sale.c.id.in_(select(exchanged.c.id).where(exchanged.c.exchanged_in > ""))  # by its index alone
    elif criteria.kind == VOID:
        void = sale.alias()
        yield sale.c.id.in_(select(void.c.id).where(void.c.annuls > ""))  # by its index alone
    elif criteria.kind == RETURN:
        yield sale.c.id.in_(select(return_line.c.sale_id))
    elif criteria.kind == DISCOUNT:
        yield sale.c.discount_minor > 0
    elif criteria.kind != ANY:
        yield sale.c.kind == criteria.kind
    if criteria.cashier:
        yield sale.c.cashier == criteria.cashier
    if criteria.till:
        yield sale.c.till == criteria.till
    if criteria.days is not None:
        yield from _on(connection, criteria.days)
    if criteria.within:
        yield or_(*(and_(sale.c.at >= first, sale.c.at < last) for first, last in criteria.within))


def _on(connection: Connection, days: Period) -> Iterator[ColumnElement[bool]]:
    """The days, and the rows between which they lie: the index of days gives them without reading a sale."""
    there = sale.c.business_date.between(days.first, days.last)
    first, last = connection.execute(select(func.min(sale.c.id), func.max(sale.c.id)).where(there)).one()
    yield sale.c.id.between(first or 0, last or 0)
    # Not by the index of days any more: all of its rows would have to be sorted.
    yield func.coalesce(sale.c.business_date, literal(days.first, sale.c.business_date.type)).between(
        days.first, days.last
    )


def _fits(
    connection: Connection, sought: Sought, alone: tuple[int, int | None] | None, *, came_back: bool
) -> ColumnElement[bool]:
    """A condition on receipts; `alone`: the only condition, so many rows match, below that row.

    `came_back`: only of returned goods.
    """
    ways: list[Select[Any]] = list(_by_number(connection, sought))
    often: ColumnElement[bool] | None = None
    ids = select(sale.c.id)
    if sought.days:
        ways.append(ids.where(sale.c.business_date.in_(sought.days)))
    if sought.amount is not None:
        ways += _with_amount(sought.amount)
    if sought.products:
        ways.append(select(return_line.c.sale_id).where(return_line.c.product_id.in_(sought.products)))
        if came_back:
            pass
        elif alone is not None and len(sought.products) <= _FEW_GOODS:
            ways += [_newest_with(product, *alone) for product in sought.products]
        elif _is_sold_often(connection, sought.products):
            of_it = sale_line.c.product_id.in_(sought.products)
            often = exists().where(sale_line.c.sale_id == sale.c.id, of_it)
        else:
            ways.append(select(sale_line.c.sale_id).where(sale_line.c.product_id.in_(sought.products)))
    condition = sale.c.id.in_(union(*ways) if len(ways) > 1 else ways[0]) if ways else sale.c.id.in_(())
    return condition if often is None else or_(condition, often)


def _with_amount(amount: Decimal) -> Iterator[Select[Any]]:
    """The sales of this total, and those for which so much was tendered; currencies differ in their decimals."""
    for digits in {one.digits for one in CURRENCIES.values()}:
        minor = amount.scaleb(digits)
        if minor == int(minor):
            codes = [code for code, one in CURRENCIES.items() if one.digits == digits]
            yield select(sale.c.id).where(sale.c.total_minor == int(minor), sale.c.currency.in_(codes))
            tendered = sale_payment.c.amount_minor == int(minor)
            yield select(sale_payment.c.sale_id).where(tendered, sale_payment.c.currency.in_(codes))


def _newest_with(product: int, limit: int, before: int | None) -> Select[Any]:
    below = [] if before is None else [sale_line.c.sale_id < before]
    newest = (
        select(sale_line.c.sale_id)
        .where(sale_line.c.product_id == product, *below)
        .distinct()
        .order_by(sale_line.c.sale_id.desc())
        .limit(limit)
        .subquery()
    )
    return select(newest.c.sale_id)


def _is_sold_often(connection: Connection, products: Sequence[int]) -> bool:
    some = select(sale_line.c.sale_id).where(sale_line.c.product_id.in_(products)).limit(_SELDOM + 1).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar_one() > _SELDOM


def _by_number(connection: Connection, sought: Sought) -> Iterator[Select[Any]]:
    ids = select(sale.c.id)
    if sought.receipt is not None:
        yield ids.where(sale.c.till == sought.receipt[0], sale.c.number == sought.receipt[1])
    if sought.number is not None:
        yield ids.where(sale.c.till.in_(select(register.c.till)), sale.c.number == sought.number)
    if sought.beginning is not None:
        till, digits = sought.beginning
        step = 10 ** (_DIGITS - len(digits))
        first = int(digits) * step
        yield ids.where(sale.c.till == till, sale.c.number.between(first, first + step - 1))
    if sought.ending:
        step, rest = 10 ** len(sought.ending), int(sought.ending)
        for row in connection.execute(select(register.c.till, register.c.next_no)):
            numbers = list(range(rest, row.next_no, step))[-_MOST_NUMBERS:]
            if numbers:
                yield ids.where(sale.c.till == row.till, sale.c.number.in_(numbers))


def _bought_by(keys: Keys) -> ColumnElement[int]:
    """The sales with a line that is or was in the ledger of any document of the person who shows this one."""
    values = key_values(keys)
    document_rows = documents_by_keys(len(values)).params(values)
    held = or_(quota_entry.c.visitor_id.in_(document_rows), quota_entry.c.moved_to.in_(document_rows))
    return select(quota_entry.c.sale_id).where(held).scalar_subquery()


# ── what a list shows ────────────────────────────────────────────────────────────────────────────────────────────


def _came_back(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    counted = select(refundable.c.sale_id, func.sum(refundable.c.refunded).label("pieces"))
    rows = connection.execute(counted.where(refundable.c.sale_id.in_(ids)).group_by(refundable.c.sale_id))
    return {row.sale_id: int(row.pieces) for row in rows}


def _voids(connection: Connection, rows: Sequence[Row[Any]]) -> dict[str, str]:
    """The numbers of the voids of these receipts, by what they void."""
    return voids_of(connection, {receipt_number(row.till, row.number) for row in rows if row.kind == SALE})


def _goods(connection: Connection, ids: Sequence[int]) -> dict[int, list[tuple[dict[str, str], str]]]:
    """The names of the goods of each row by language, and the receipt that they reverse."""
    by_sale: dict[int, list[tuple[dict[str, str], str]]] = {}
    for line in connection.execute(names_sold(ids)):
        by_sale.setdefault(line.sale_id, []).append(({"": line.name, **json.loads(line.names)}, ""))
    for line in connection.execute(names_returned(ids)):
        names = {"": line.name, **json.loads(line.names)}
        by_sale.setdefault(line.sale_id, []).append((names, line.reverses or ""))
    return by_sale


def _receipt_from(
    row: Row[Any], came_back: int, goods: Sequence[tuple[dict[str, str], str]], voids: Mapping[str, str]
) -> FoundReceipt:
    receipt = receipt_number(row.till, row.number)
    return FoundReceipt(
        receipt=receipt,
        at=row.at,
        cashier=row.cashier,
        total=Money(row.total_minor, CURRENCIES[row.currency]),
        pieces=int(row.pieces),
        came_back=came_back,
        goods=tuple(names for names, _ in goods[:_NAMED]),
        lines=len(goods),
        kind=row.kind,
        reverses=goods[0][1] if goods else "",
        voided_by=voids.get(receipt, ""),
        is_void=row.annuls is not None,
    )
