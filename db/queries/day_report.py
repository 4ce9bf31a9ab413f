"""The figures of one or more business days, straight from the facts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from db.tables.sales import refund, return_line, sale, sale_change, sale_line, sale_payment
from db.tables.shop import cash_move, journal, shift, z_report
from db.types import Day

_TOP = 20

_ALL = select(sale).where(sale.c.business_date.between(bindparam("first", type_=Day), bindparam("last", type_=Day)))
_SALES = _ALL.where(sale.c.kind == "sale")
"""The sales of the days, which every other question narrows its rows to."""
_RETURNS = _ALL.where(sale.c.kind == "return")


def figures(
    connection: Connection, first: date, last: date, within: tuple[datetime, datetime], till: str | None
) -> Mapping[str, Any]:
    """The figures as `Reports.day` promises: minor units as integers, codes as text; keys as `report day` has them."""
    chosen = _SALES if till is None else _SALES.where(sale.c.till == till)
    days = {"first": first, "last": last}
    sales = connection.execute(chosen.order_by(sale.c.till, sale.c.number), days).all()
    ids = chosen.with_only_columns(sale.c.id).scalar_subquery()
    chosen_returns = _RETURNS if till is None else _RETURNS.where(sale.c.till == till)
    returns = connection.execute(chosen_returns, days).all()
    return_ids = chosen_returns.with_only_columns(sale.c.id).scalar_subquery()
    shifts = sorted({row.shift_id for row in (*sales, *returns)} | _shifts(connection, within, till))
    return {
        "sales": {
            "count": len(sales),
            "pieces": sum(row.pieces for row in sales),
            "amount": sum(row.total_minor for row in sales),
        },
        "discounts": sum(row.discount_minor for row in sales),
        "returns": {
            "count": len(returns),
            "pieces": sum(row.pieces for row in returns),
            "amount": sum(row.total_minor for row in returns),
        },
        "without_receipt": _without_receipt(connection, return_ids, days),
        "rounding": sum(row.rounding_minor for row in (*sales, *returns)),
        "refunds": _refunds(connection, return_ids, days),
        "payments": _payments(connection, ids, days),
        "change": _change(connection, ids, days),
        "cash": _cash(connection, shifts),
        "sales_at": [(row.at, row.total_minor, row.pieces) for row in sales],
        "by_cashier": _sums(sales, "cashier"),
        "by_destination": _sums(sales, "destination"),
        "by_nationality": _sums(sales, "nationality"),
        "by_category": _categories(connection, ids, days),
        "top_products": _products(connection, ids, days),
        "quota": _quota(sales),
        "voids": _acts(connection, "void", within, till),
        "no_sales": _acts(connection, "no_sale", within, till),
    }


def _payments(connection: Connection, ids: Any, days: Mapping[str, date]) -> list[dict[str, Any]]:
    rows = connection.execute(
        select(
            sale_payment.c.method,
            sale_payment.c.currency,
            func.sum(sale_payment.c.amount_minor).label("amount"),
            func.sum(sale_payment.c.value_minor).label("value"),
        )
        .where(sale_payment.c.sale_id.in_(ids))
        .group_by(sale_payment.c.method, sale_payment.c.currency)
        .order_by(sale_payment.c.method, sale_payment.c.currency),
        days,
    )
    return [{"method": r.method, "currency": r.currency, "amount": int(r.amount), "value": int(r.value)} for r in rows]


def _refunds(connection: Connection, ids: Any, days: Mapping[str, date]) -> list[dict[str, Any]]:
    rows = connection.execute(
        select(
            refund.c.method,
            refund.c.currency,
            func.sum(refund.c.amount_minor).label("amount"),
            func.sum(refund.c.value_minor).label("value"),
        )
        .where(refund.c.sale_id.in_(ids))
        .group_by(refund.c.method, refund.c.currency)
        .order_by(refund.c.method, refund.c.currency),
        days,
    )
    return [{"method": r.method, "currency": r.currency, "amount": int(r.amount), "value": int(r.value)} for r in rows]


def _without_receipt(connection: Connection, ids: Any, days: Mapping[str, date]) -> dict[str, int]:
    """Of the returns those for which there was no receipt."""
    row = connection.execute(
        select(
            func.count(return_line.c.sale_id.distinct()).label("receipts"),
            func.coalesce(func.sum(return_line.c.quantity), 0).label("pieces"),
            func.coalesce(func.sum(return_line.c.amount_minor), 0).label("amount"),
        ).where(return_line.c.sale_id.in_(ids), return_line.c.reverses.is_(None)),
        days,
    ).one()
    return {"count": row.receipts, "pieces": int(row.pieces), "amount": int(row.amount)}


def _change(connection: Connection, ids: Any, days: Mapping[str, date]) -> list[dict[str, Any]]:
    rows = connection.execute(
        select(
            sale_change.c.currency,
            func.sum(sale_change.c.amount_minor).label("amount"),
            func.sum(sale_change.c.value_minor).label("value"),
        )
        .where(sale_change.c.sale_id.in_(ids))
        .group_by(sale_change.c.currency)
        .order_by(sale_change.c.currency),
        days,
    )
    return [{"currency": r.currency, "amount": int(r.amount), "value": int(r.value)} for r in rows]


def _shifts(connection: Connection, within: tuple[datetime, datetime], till: str | None) -> set[int]:
    """The shifts that were opened on the days: one without a sale has a drawer too."""
    question = select(shift.c.id).where(shift.c.opened_at >= within[0], shift.c.opened_at < within[1])
    return set(connection.execute(question if till is None else question.where(shift.c.till == till)).scalars())


def _cash(connection: Connection, shifts: list[int]) -> list[dict[str, Any]]:
    """Per currency, over the days' shifts: what lay in the drawers at the start and is to be there now.

    `counted` and `difference` are those of the shifts that have a Z; None where none has.
    """
    rows = connection.execute(
        select(cash_move.c.currency, cash_move.c.kind, func.sum(cash_move.c.amount_minor).label("amount"))
        .where(cash_move.c.shift_id.in_(shifts))
        .group_by(cash_move.c.currency, cash_move.c.kind)
    )
    float_: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    for row in rows:
        expected[row.currency] += int(row.amount)
        if row.kind == "float":
            float_[row.currency] += int(row.amount)
    counted: Counter[str] = Counter()
    difference: Counter[str] = Counter()
    for text in connection.execute(select(z_report.c.content).where(z_report.c.shift_id.in_(shifts))).scalars():
        for line in json.loads(text)["cash"]:
            counted[line["currency"]] += line["counted"]
            difference[line["currency"]] += line["difference"]
    return [
        {
            "currency": code,
            "float": float_[code],
            "expected": expected[code],
            "counted": counted.get(code),
            "difference": difference.get(code),
        }
        for code in sorted(expected.keys() | counted.keys())
    ]


def _sums(sales: Any, column: str) -> list[dict[str, Any]]:
    count: Counter[str] = Counter()
    amount: Counter[str] = Counter()
    for row in sales:
        name = getattr(row, column) or ""
        count[name] += 1
        amount[name] += row.total_minor
    return [{column: name, "count": count[name], "amount": amount[name]} for name in sorted(count)]


def _categories(connection: Connection, ids: Any, days: Mapping[str, date]) -> list[dict[str, Any]]:
    rows = connection.execute(
        select(
            sale_line.c.category,
            func.sum(sale_line.c.quantity).label("pieces"),
            func.sum(sale_line.c.amount_minor).label("amount"),
        )
        .where(sale_line.c.sale_id.in_(ids))
        .group_by(sale_line.c.category)
        .order_by(sale_line.c.category),
        days,
    )
    return [{"category": r.category, "pieces": int(r.pieces), "amount": int(r.amount)} for r in rows]


def _products(connection: Connection, ids: Any, days: Mapping[str, date]) -> list[dict[str, Any]]:
    pieces = func.sum(sale_line.c.quantity).label("pieces")
    amount = func.sum(sale_line.c.amount_minor).label("amount")
    rows = connection.execute(
        select(sale_line.c.code, func.min(sale_line.c.name).label("name"), pieces, amount)
        .where(sale_line.c.sale_id.in_(ids))
        .group_by(sale_line.c.code)
        .order_by(amount.desc(), sale_line.c.code)
        .limit(_TOP),
        days,
    )
    return [{"code": r.code, "name": r.name, "pieces": int(r.pieces), "amount": int(r.amount)} for r in rows]


def _quota(sales: Any) -> dict[str, int]:
    """How the visitors' baskets were judged: carry-outs per verdict."""
    verdicts: Counter[str] = Counter()
    for row in sales:
        verdicts.update(judged["verdict"] for judged in json.loads(row.quota).values())
    return dict(sorted(verdicts.items()))


def _acts(connection: Connection, act: str, within: tuple[datetime, datetime], till: str | None) -> int:
    """How often an act stands in the journal from one instant to before another."""
    question = select(func.count()).where(journal.c.act == act, journal.c.at >= within[0], journal.c.at < within[1])
    if till is not None:
        question = question.where(journal.c.till == till)
    return int(connection.execute(question).scalar_one())
