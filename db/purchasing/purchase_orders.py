"""Orders to suppliers and their lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, delete, func, insert, select, update

from db.tables.catalogue import supplier
from db.tables.receiving import order_line, purchase_order
from pos.domain.money import CURRENCIES, Money
from pos.domain.purchasing.order_totals import NO_TOTALS, OrderTotals
from pos.domain.purchasing.purchase_order import OPEN, OrderLine, OrderSummary, PurchaseOrder

_PAGE = 500
_ONE = select(purchase_order)
_LINES = select(order_line).where(order_line.c.order_id == bindparam("id")).order_by(order_line.c.line_no)
_INSERT = insert(purchase_order).returning(purchase_order.c.id)
_CHANGE = update(purchase_order).where(purchase_order.c.id == bindparam("of"))
_BRING = update(order_line).where(
    order_line.c.order_id == bindparam("of_order"), order_line.c.product_id == bindparam("of_product")
)
_OUTSTANDING = case(
    (order_line.c.closed_short, 0),
    (order_line.c.received >= order_line.c.ordered, 0),
    else_=order_line.c.ordered - order_line.c.received,
)
_MILLION = 1_000_000
_COSTS = (
    select(
        order_line.c.order_id,
        order_line.c.cost_currency,
        func.count(),
        # In two parts, because a million pieces at the dearest cost are more than 64 bits hold.
        func.sum(order_line.c.ordered * (order_line.c.cost_minor // _MILLION)),
        func.sum(order_line.c.ordered * (order_line.c.cost_minor % _MILLION)),
    )
    .where(order_line.c.order_id.in_(bindparam("ids", expanding=True)), order_line.c.ordered > 0)
    .group_by(order_line.c.order_id, order_line.c.cost_currency)
)
_EXPECTED = (
    select(order_line.c.product_id, func.sum(_OUTSTANDING).label("pieces"))
    .join(purchase_order, purchase_order.c.id == order_line.c.order_id)
    .where(purchase_order.c.state == OPEN, order_line.c.product_id.in_(bindparam("ids", expanding=True)))
    .group_by(order_line.c.product_id)
    .having(func.sum(_OUTSTANDING) > 0)
)


class SqlOrders:
    """Orders over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, order: PurchaseOrder) -> PurchaseOrder:
        values = _columns(order) | {
            "number": order.number,
            "state": order.state,
            "origin": order.origin,
            "at": order.at,
            "person": order.person,
        }
        added = replace(order, id=self._connection.execute(_INSERT, values).scalar_one())
        self._write_lines(added.id, order.lines, 1)
        return added

    def _write_lines(self, order_id: int, lines: Sequence[OrderLine], first: int) -> None:
        rows = [{"order_id": order_id, "line_no": no, **_line_columns(line)} for no, line in enumerate(lines, first)]
        if rows:
            self._connection.execute(insert(order_line), rows)

    def by_number(self, number: int) -> PurchaseOrder | None:
        return self._read_one(_ONE.where(purchase_order.c.number == number))

    def by_id(self, order_id: int) -> PurchaseOrder | None:
        return self._read_one(_ONE.where(purchase_order.c.id == order_id))

    def _read_one(self, question: Any) -> PurchaseOrder | None:
        row = self._connection.execute(question).one_or_none()
        if row is None:
            return None
        lines = tuple(_line(line) for line in self._connection.execute(_LINES, {"id": row.id}))
        return PurchaseOrder(
            id=row.id,
            number=row.number,
            state=row.state,
            origin=row.origin,
            at=row.at,
            person=row.person,
            supplier=row.supplier_id,
            expected_on=row.expected_on,
            note=row.note,
            lines=lines,
            closed_at=row.closed_at,
            closed_by=row.closed_by,
        )

    def listed(self, state: str | None, limit: int, before: int | None = None) -> list[OrderSummary]:
        page = select(purchase_order, supplier.c.name.label("from_whom")).outerjoin(
            supplier, supplier.c.id == purchase_order.c.supplier_id
        )
        if state is not None:
            page = page.where(purchase_order.c.state == state)
        if before is not None:
            page = page.where(purchase_order.c.number < before)
        rows = self._connection.execute(page.order_by(purchase_order.c.number.desc()).limit(limit)).all()
        ids = [row.id for row in rows]
        sums, totals = self._sums(ids), self._totals(ids)
        return [_summary(row, sums.get(row.id, (0, 0, 0)), totals.get(row.id, NO_TOTALS)) for row in rows]

    def _sums(self, ids: Sequence[int]) -> dict[int, tuple[int, int, int]]:
        if not ids:
            return {}
        counted = (func.count(), func.sum(order_line.c.ordered), func.sum(_OUTSTANDING))
        question = (
            select(order_line.c.order_id, *counted)
            .where(order_line.c.order_id.in_(ids))
            .group_by(order_line.c.order_id)
        )
        return {row[0]: (int(row[1]), int(row[2]), int(row[3])) for row in self._connection.execute(question)}

    def _totals(self, ids: Sequence[int]) -> dict[int, OrderTotals]:
        minor: dict[int, dict[str, int]] = {}
        without: dict[int, int] = {}
        for order, code, lines, millions, rest in self._connection.execute(_COSTS, {"ids": ids}) if ids else ():
            if code is None:
                without[order] = lines
            else:
                minor.setdefault(order, {})[code] = int(millions) * _MILLION + int(rest)
        return {key: OrderTotals.by_currency(minor.get(key, {}), without.get(key, 0)) for key in {*minor, *without}}

    def currencies(self, state: str | None) -> Sequence[str]:
        known = select(order_line.c.cost_currency).where(order_line.c.cost_currency.is_not(None)).distinct()
        if state is not None:
            orders = select(purchase_order.c.id).where(purchase_order.c.state == state)
            known = known.where(order_line.c.order_id.in_(orders))
        found = set(self._connection.execute(known).scalars())
        return [code for code in CURRENCIES if code in found]

    def set_cost(self, order_id: int, product: int, cost: Money | None) -> None:
        keys = {"of_order": order_id, "of_product": product}
        self._connection.execute(_BRING.values(_cost_columns(cost)), keys)

    def change(self, order: PurchaseOrder) -> None:
        self._connection.execute(_CHANGE.values(_columns(order)), {"of": order.id})
        self._connection.execute(delete(order_line).where(order_line.c.order_id == order.id))
        self._write_lines(order.id, order.lines, 1)

    def bring(self, order_id: int, lines: Sequence[OrderLine]) -> None:
        last = select(func.coalesce(func.max(order_line.c.line_no), 0)).where(order_line.c.order_id == order_id)
        new = []
        for line in lines:
            values = {"received": line.received, "closed_short": line.closed_short}
            keys = {"of_order": order_id, "of_product": line.product}
            if not self._connection.execute(_BRING.values(values), keys).rowcount:
                new.append(line)
        self._write_lines(order_id, new, self._connection.execute(last).scalar_one() + 1)

    def end(self, order_id: int, state: str, at: datetime, person: str) -> None:
        values = {"state": state, "closed_at": at, "closed_by": person}
        self._connection.execute(_CHANGE.values(values), {"of": order_id})

    def outstanding(self, products: Iterable[int]) -> Mapping[int, int]:
        ids = list(products)
        pieces: dict[int, int] = {}
        for start in range(0, len(ids), _PAGE):
            rows = self._connection.execute(_EXPECTED, {"ids": ids[start : start + _PAGE]})
            pieces.update((row.product_id, int(row.pieces)) for row in rows)
        return pieces


def _columns(order: PurchaseOrder) -> dict[str, Any]:
    return {"supplier_id": order.supplier, "expected_on": order.expected_on, "note": order.note}


def _line_columns(line: OrderLine) -> dict[str, Any]:
    return {
        "product_id": line.product,
        "ordered": line.ordered,
        "received": line.received,
        **_cost_columns(line.cost),
        "closed_short": line.closed_short,
        "reason": line.reason or None,
    }


def _cost_columns(cost: Money | None) -> dict[str, Any]:
    return {
        "cost_minor": None if cost is None else cost.minor,
        "cost_currency": None if cost is None else cost.currency.code,
    }


def _line(row: Row[Any]) -> OrderLine:
    cost = None if row.cost_minor is None else Money(row.cost_minor, CURRENCIES[row.cost_currency])
    return OrderLine(row.product_id, row.ordered, row.received, cost, row.closed_short, row.reason or "")


def _summary(row: Row[Any], sums: tuple[int, int, int], totals: OrderTotals) -> OrderSummary:
    return OrderSummary(
        number=row.number,
        state=row.state,
        origin=row.origin,
        supplier=row.from_whom or "",
        expected_on=row.expected_on,
        note=row.note,
        at=row.at,
        person=row.person,
        lines=sums[0],
        ordered=sums[1],
        outstanding=sums[2] if row.state == OPEN else 0,
        totals=totals,
    )
