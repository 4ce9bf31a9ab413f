"""The books of a closed shift for the accountant, straight from its receipts and the movements of its drawer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, func, literal, select

from db.engine.stored_rows import stored_rows
from db.sales.frozen_rates import rate_at, worth_at
from db.sales.sales_with_rates import RATES, RATES_OF_SALE
from db.tables.pickup import customer_order, deposit_entry
from db.tables.sales import (
    refund,
    return_line,
    sale,
    sale_change,
    sale_line,
    sale_payment,
    sealed_text,
    sold_goods,
)
from db.tables.shop import cash_move, z_report
from pos.domain.money import Currency, Money, currency
from pos.domain.payment.tender import DEPOSIT
from pos.domain.reports.shift_books import (
    CashMovement,
    DepositMovement,
    Flow,
    GoodsKind,
    GoodsSum,
    MoneySum,
    ShiftBooks,
    SoldGoods,
)

_MOVES = ("float", "in", "out", "drop", "hand_over")
_KINDS: Mapping[tuple[str, bool], GoodsKind] = {
    ("sale", False): "sale", ("return", False): "return", ("return", True): "void",
}  # fmt: skip


def closed_shifts(connection: Connection, first: date, last: date) -> Sequence[tuple[str, int]]:
    """Till and number of the Zs of some business days, in the order of their closing."""
    question = (
        select(z_report.c.till, z_report.c.number)
        .where(z_report.c.business_date.between(first, last))
        .order_by(z_report.c.at, z_report.c.till, z_report.c.number)
    )
    return [(row.till, row.number) for row in connection.execute(question)]


def shift_books(connection: Connection, shift: int, price: Currency) -> ShiftBooks:
    """The sums of a closed shift."""
    day = connection.execute(select(z_report.c.business_date).where(z_report.c.shift_id == shift)).scalar_one()
    rounded = select(func.coalesce(func.sum(sale.c.rounding_minor), 0)).where(sale.c.shift_id == shift)
    return ShiftBooks(
        day=day,
        goods=tuple(_goods(connection, shift, price)),
        money=tuple(_money(connection, shift, price)),
        moves=tuple(_moves(connection, shift)),
        rounding=Money(int(connection.execute(rounded).scalar_one()), price),
        deposits=tuple(_deposits(connection, shift, price)),
    )


def goods_of_shift(connection: Connection, shift: int, price: Currency) -> Sequence[SoldGoods]:
    """The goods of a closed shift: those sold by code, then those that came back."""
    return [*_sold(connection, shift, price), *_returned(connection, shift, price)]


def _goods(connection: Connection, shift: int, price: Currency) -> Iterator[GoodsSum]:
    for table in (sale_line, return_line):
        question = (
            select(
                sale.c.kind,
                sale.c.annuls.is_not(None).label("voids"),
                table.c.vat,
                func.sum(table.c.amount_minor).label("amount"),
                func.coalesce(func.sum(table.c.tax_minor), 0).label("tax"),
            )
            .join(sale, sale.c.id == table.c.sale_id)
            .where(sale.c.shift_id == shift)
            .group_by(sale.c.kind, sale.c.annuls.is_not(None), table.c.vat)
        )
        rows = sorted(connection.execute(question), key=lambda row: (row.voids, row.vat is not None, row.vat or 0))
        for row in rows:
            kind = _KINDS[row.kind, bool(row.voids)]
            yield GoodsSum(kind, row.vat, Money(int(row.amount), price), Money(int(row.tax), price))


def _money(connection: Connection, shift: int, price: Currency) -> Iterator[MoneySum]:
    """By flow, method, currency and rate, in the order in which they came first."""
    for table, flow in _FLOWS:
        method = literal("cash").label("method") if table is sale_change else table.c.method
        question = (
            select(method, table.c.currency, table.c.amount_minor, table.c.value_minor, table.c.rate, RATES)
            .select_from(table.join(sale, sale.c.id == table.c.sale_id).join(sealed_text, RATES_OF_SALE))
            .where(sale.c.shift_id == shift)
            .order_by(sale.c.id, table.c.no)
        )
        sums: dict[tuple[str, str, Fraction], list[int]] = {}
        for row in stored_rows(connection, question):
            at = _rate(row, is_payment=table is sale_payment)
            totals = sums.setdefault((row.method, row.currency, at), [0, 0, 0])
            totals[0] += row.amount_minor
            totals[1] += row.value_minor
            as_counted = row.currency == price.code or row.method == DEPOSIT
            totals[2] += row.value_minor if as_counted else worth_at(row.amount_minor, row.currency, row.rates).minor
        for (by, code, at), (amount, value, worth) in sorted(sums.items(), key=lambda one: one[0][:2]):
            yield MoneySum(flow, by, at, Money(amount, currency(code)), Money(value, price), Money(worth, price))


def _rate(row: Any, *, is_payment: bool) -> Fraction:
    """Units of the price currency for one of the money; of a payment only a deposit has a rate of its own."""
    if not is_payment:
        return 1 / Fraction(row.rate)
    return Fraction(row.rate) if row.rate else rate_at(row.currency, row.rates)


def _deposits(connection: Connection, shift: int, price: Currency) -> Iterator[DepositMovement]:
    question = (
        select(deposit_entry, customer_order.c.code)
        .join(customer_order, customer_order.c.id == deposit_entry.c.order_id)
        .where(deposit_entry.c.shift_id == shift, deposit_entry.c.kind.in_(("taken", "returned", "kept")))
        .order_by(deposit_entry.c.id)
    )
    for row in connection.execute(question):
        amount = Money(row.amount_minor, currency(row.currency))
        value = Money(row.value_minor, price)
        yield DepositMovement(row.kind, row.method, amount, value, Fraction(row.rate), row.at, row.code)


_FLOWS: Sequence[tuple[Any, Flow]] = ((sale_payment, "payment"), (sale_change, "change"), (refund, "refund"))


def _moves(connection: Connection, shift: int) -> Iterator[CashMovement]:
    question = (
        select(cash_move).where(cash_move.c.shift_id == shift, cash_move.c.kind.in_(_MOVES)).order_by(cash_move.c.id)
    )
    for row in connection.execute(question):
        yield CashMovement(row.kind, Money(row.amount_minor, currency(row.currency)), row.at, row.reason or "")


def _sold(connection: Connection, shift: int, price: Currency) -> Iterator[SoldGoods]:
    question = (
        select(
            sold_goods.c.code,
            sold_goods.c.name,
            sold_goods.c.names,
            sale_line.c.vat,
            sale_line.c.unit_price_minor,
            func.sum(sale_line.c.quantity).label("quantity"),
            func.sum(sale_line.c.amount_minor).label("amount"),
            func.sum(sale_line.c.discount_minor).label("discount"),
            func.coalesce(func.sum(sale_line.c.tax_minor), 0).label("tax"),
        )
        .select_from(
            sale_line.join(sale, sale.c.id == sale_line.c.sale_id).join(
                sold_goods, sold_goods.c.id == sale_line.c.goods_id
            )
        )
        .where(sale.c.shift_id == shift)
        .group_by(
            sold_goods.c.id, sold_goods.c.code, sold_goods.c.name, sold_goods.c.names, sale_line.c.vat,
            sale_line.c.unit_price_minor,
        )
        .order_by(sold_goods.c.code, sold_goods.c.id, sale_line.c.unit_price_minor, sale_line.c.vat)
    )  # fmt: skip
    for row in connection.execute(question):
        quantity, amount, discount, tax = (int(row[name]) for name in range(5, 9))
        unit = Money(row.unit_price_minor, price).units
        yield _line("sale", row, unit, quantity, Money(amount, price), Money(discount, price), Money(tax, price))


def _returned(connection: Connection, shift: int, price: Currency) -> Iterator[SoldGoods]:
    """Pieces that came back, by what was paid for one of them."""
    question = (
        select(return_line, sale.c.annuls)
        .join(sale, sale.c.id == return_line.c.sale_id)
        .where(sale.c.shift_id == shift)
        .order_by(return_line.c.code, return_line.c.sale_id, return_line.c.no)
    )
    sums: dict[tuple[GoodsKind, str, str, Decimal | None, Fraction], tuple[Any, list[int]]] = {}
    for row in connection.execute(question):
        kind: GoodsKind = "return" if row.annuls is None else "void"
        each = Money(row.amount_minor, price).units / row.quantity
        _, totals = sums.setdefault((kind, row.code, row.names, row.vat, each), (row, [0, 0, 0]))
        for index, figure in enumerate((row.quantity, row.amount_minor, row.tax_minor or 0)):
            totals[index] += figure
    for (kind, _, _, _, each), (row, (quantity, amount, tax)) in sums.items():
        yield _line(kind, row, each, quantity, Money(amount, price), Money.zero(price), Money(tax, price))


def _line(
    kind: GoodsKind, row: Any, each: Fraction, quantity: int, amount: Money, discount: Money, tax: Money
) -> SoldGoods:
    names = json.loads(row.names)
    return SoldGoods(kind, row.code, row.name, row.vat, each, quantity, amount, discount, tax, names)
