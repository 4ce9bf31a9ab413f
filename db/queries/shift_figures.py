"""The figures of one shift, straight from the facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from db.tables.sales import refund, return_line, sale, sale_change, sale_payment
from db.tables.shop import cash_move, drawer, journal, register
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.sale import receipt_number
from pos.domain.shift import Shift
from pos.domain.shift_report import CashLine, PaymentSum, ShiftReport, Turnover
from pos.domain.tender import EVERY_METHOD

_IN_SHIFT = sale.c.shift_id == bindparam("shift")
_SALES = (
    select(
        sale.c.kind,
        func.count().label("receipts"),
        func.sum(sale.c.pieces).label("pieces"),
        func.sum(sale.c.total_minor).label("amount"),
        func.sum(sale.c.discount_minor).label("discounts"),
        func.sum(sale.c.rounding_minor).label("rounding"),
        func.min(sale.c.number).label("first"),
        func.max(sale.c.number).label("last"),
    )
    .where(_IN_SHIFT)
    .group_by(sale.c.kind)
)
_PAYMENTS = (
    select(
        sale_payment.c.method,
        sale_payment.c.currency,
        func.sum(sale_payment.c.amount_minor).label("amount"),
        func.sum(sale_payment.c.value_minor).label("value"),
    )
    .join(sale, sale.c.id == sale_payment.c.sale_id)
    .where(_IN_SHIFT, sale.c.kind == "sale")
    .group_by(sale_payment.c.method, sale_payment.c.currency)
)
_CHANGE = (
    select(
        sale_change.c.currency,
        func.sum(sale_change.c.amount_minor).label("amount"),
        func.sum(sale_change.c.value_minor).label("value"),
    )
    .join(sale, sale.c.id == sale_change.c.sale_id)
    .where(_IN_SHIFT)
    .group_by(sale_change.c.currency)
)
_REFUNDS = (
    select(
        refund.c.method,
        refund.c.currency,
        func.sum(refund.c.amount_minor).label("amount"),
        func.sum(refund.c.value_minor).label("value"),
    )
    .join(sale, sale.c.id == refund.c.sale_id)
    .where(_IN_SHIFT)
    .group_by(refund.c.method, refund.c.currency)
)
_WITHOUT_RECEIPT = (
    select(
        func.count(sale.c.id.distinct()).label("receipts"),
        func.sum(return_line.c.quantity).label("pieces"),
        func.sum(return_line.c.amount_minor).label("amount"),
    )
    .join(sale, sale.c.id == return_line.c.sale_id)
    .where(_IN_SHIFT, return_line.c.reverses.is_(None))
)
_CASH = (
    select(cash_move.c.currency, cash_move.c.kind, func.sum(cash_move.c.amount_minor).label("amount"))
    .where(cash_move.c.shift_id == bindparam("shift"))
    .group_by(cash_move.c.currency, cash_move.c.kind)
)
_ESTIMATED = select(drawer.c.currency).where(drawer.c.shift_id == bindparam("shift"), drawer.c.guessed > 0).distinct()
_OPENED = (
    select(func.coalesce(func.max(journal.c.number), 0))
    .where(journal.c.till == bindparam("till"), journal.c.act == "open_shift")
    .scalar_subquery()
)
_ACTS = (
    select(journal.c.act, func.count().label("times"))
    .where(
        journal.c.till == bindparam("till"),
        journal.c.number > _OPENED,  # by the order of writing: a clock can be set back
        journal.c.act.in_(("void", "no_sale", "approve")),
    )
    .group_by(journal.c.act)
)
_GRAND_TOTAL = select(register.c.grand_total_minor).where(register.c.till == bindparam("till"))


def figures(connection: Connection, shift: Shift, price: Currency, at: datetime) -> ShiftReport:
    """What an open shift has come to."""
    key = {"shift": shift.id}
    kinds = {row.kind: row for row in connection.execute(_SALES, key)}
    acts = {row.act: int(row.times) for row in connection.execute(_ACTS, {"till": shift.till})}
    paid = [(r.method, r.currency, r.amount, r.value) for r in connection.execute(_PAYMENTS, key)]
    given = [("cash", r.currency, r.amount, r.value) for r in connection.execute(_CHANGE, key)]
    back = [(r.method, r.currency, r.amount, r.value) for r in connection.execute(_REFUNDS, key)]
    blind = connection.execute(_WITHOUT_RECEIPT, key).one()
    receipts = [number for row in kinds.values() for number in (row.first, row.last)]
    grand_total = connection.execute(_GRAND_TOTAL, {"till": shift.till}).scalar_one_or_none()

    def money(name: str) -> Money:
        return Money(sum(int(getattr(row, name)) for row in kinds.values()), price)

    return ShiftReport(
        till=shift.till,
        number=shift.number,
        cashier=shift.cashier,
        opened_at=shift.opened_at,
        at=at,
        sales=_turnover(kinds.get("sale"), price),
        returns=_turnover(kinds.get("return"), price),
        discounts=money("discounts"),
        rounding=money("rounding"),
        payments=_sums(paid, price),
        change=_sums(given, price),
        cash=cash_of(connection, shift.id),
        voids=acts.get("void", 0),
        no_sales=acts.get("no_sale", 0),
        approvals=acts.get("approve", 0),
        first_receipt=receipt_number(shift.till, min(receipts)) if receipts else None,
        last_receipt=receipt_number(shift.till, max(receipts)) if receipts else None,
        grand_total=Money(grand_total or 0, price),
        refunds=_sums(back, price),
        without_receipt=_turnover(blind, price) if blind.receipts else None,
    )


def cash_of(connection: Connection, shift_id: int) -> tuple[CashLine, ...]:
    """A line for each currency that has moved, in the order of the currencies."""
    moved: dict[str, dict[str, int]] = {}
    for row in connection.execute(_CASH, {"shift": shift_id}):
        moved.setdefault(row.currency, {})[row.kind] = int(row.amount)
    guessed = set(connection.execute(_ESTIMATED, {"shift": shift_id}).scalars())
    return tuple(
        CashLine.of(currency, moved[code], estimated=code in guessed)
        for code, currency in CURRENCIES.items()
        if code in moved
    )


def _turnover(row: Any, price: Currency) -> Turnover:
    return Turnover(
        row.receipts if row else 0, int(row.pieces) if row else 0, Money(int(row.amount) if row else 0, price)
    )


def _sums(rows: list[tuple[str, str, int, int]], price: Currency) -> tuple[PaymentSum, ...]:
    order: Mapping[str, int] = {code: place for place, code in enumerate(CURRENCIES)}
    return tuple(
        PaymentSum(method, Money(int(amount), CURRENCIES[code]), Money(int(value), price))
        for method, code, amount, value in sorted(rows, key=lambda r: (EVERY_METHOD.index(r[0]), order[r[1]]))
    )
