"""Sums over some receipts, of a shift or of days, straight from the facts: the same code for X, Z and day report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal, select

from db.engine.stored_rows import stored_rows
from db.sales.frozen_rates import worth_at
from db.sales.sales_with_rates import RATES, RATES_OF_SALE
from db.shifts.day_pricing import discounted, promoted, taxes
from db.tables.sales import refund, return_line, sale, sale_change, sale_payment, sealed_text
from db.visitors.voided_sales import standing
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.payment.tender import DEPOSIT, EVERY_METHOD
from pos.domain.pricing.spread import Spread, joined
from pos.domain.shifts.report_details import DiscountSum, PromotionSum, ReturnSum, TaxSum
from pos.domain.shifts.shift_report import PaymentSum, Turnover

_METHODS: Mapping[str, int] = {method: index for index, method in enumerate(EVERY_METHOD)}


@dataclass(frozen=True, slots=True)
class Turnovers:
    """The sums of sales and returns; `receipts` are the numbers of the first and the last, of one till."""

    sales: Turnover
    returns: Turnover
    discounts: Money
    rounding: Money
    receipts: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class ReceiptSums:
    """Queries over one connection; `which` is a condition on `sale`."""

    connection: Connection
    which: ColumnElement[bool]
    price: Currency

    def turnovers(self) -> Turnovers:
        question = (
            select(
                sale.c.kind,
                func.count().label("receipts"),
                func.sum(sale.c.pieces).label("pieces"),
                func.sum(sale.c.total_minor).label("amount"),
                func.sum(sale.c.rounding_minor).label("rounding"),
                func.min(sale.c.number).label("first"),
                func.max(sale.c.number).label("last"),
            )
            .where(self.which)
            .group_by(sale.c.kind)
        )
        off = select(func.coalesce(func.sum(sale.c.discount_minor), 0)).where(self.which, self._standing)
        kinds = {row.kind: row for row in self.connection.execute(question)}
        numbers = [number for row in kinds.values() for number in (row.first, row.last)]
        return Turnovers(
            sales=self._turnover(kinds.get("sale")),
            returns=self._turnover(kinds.get("return")),
            discounts=self._money(self.connection.execute(off).scalar_one()),
            rounding=self._money(sum(int(row.rounding) for row in kinds.values())),
            receipts=(min(numbers), max(numbers)) if numbers else None,
        )

    def payments(self) -> tuple[PaymentSum, ...]:
        """The payments, by method and currency."""
        return self._paid(sale_payment, sale_payment.c.method)

    def change(self) -> tuple[PaymentSum, ...]:
        """The change given, by currency."""
        return self._paid(sale_change, literal("cash"))

    def refunds(self) -> tuple[PaymentSum, ...]:
        """The refunds for goods, by method and currency."""
        return self._paid(refund, refund.c.method)

    def spread(self) -> tuple[Spread, ...]:
        """The shop's gain by its rates, by foreign currency."""
        return joined(part for table, sign in _MONEY for part in self._spreads(table, sign))

    def discounts(self) -> tuple[DiscountSum, ...]:
        """The discounts, by kind and seller."""
        return tuple(discounted(self.connection, self.which & self._standing, self.price))

    def promotions(self) -> tuple[PromotionSum, ...]:
        """The deductions of each promotion."""
        return promoted(self.connection, self.which & self._standing, self.price)

    def taxes(self) -> tuple[TaxSum, ...]:
        """The tax in what was sold less that in what came back, by rate."""
        return taxes(self.connection, self.which, self.price)

    def voided_sales(self) -> Turnover | None:
        """The voids of whole sales, which are among the returns; None where there are none."""
        question = select(
            func.count().label("receipts"),
            func.sum(sale.c.pieces).label("pieces"),
            func.sum(sale.c.total_minor).label("amount"),
        ).where(self.which, sale.c.annuls.is_not(None))
        row = self.connection.execute(question).one()
        return self._turnover(row) if row.receipts else None

    def without_receipt(self) -> Turnover | None:
        """The returns without a receipt; None where there are none."""
        question = (
            select(
                func.count(sale.c.id.distinct()).label("receipts"),
                func.sum(return_line.c.quantity).label("pieces"),
                func.sum(return_line.c.amount_minor).label("amount"),
            )
            .join(sale, sale.c.id == return_line.c.sale_id)
            .where(self.which, return_line.c.reverses.is_(None))
        )
        row = self.connection.execute(question).one()
        return self._turnover(row) if row.receipts else None

    def returns(self) -> tuple[ReturnSum, ...]:
        """The returned goods, by reason."""
        question = (
            select(
                return_line.c.reason,
                func.count(func.distinct(return_line.c.sale_id)).label("receipts"),
                func.sum(return_line.c.quantity).label("pieces"),
                func.sum(return_line.c.amount_minor).label("amount"),
            )
            .join(sale, sale.c.id == return_line.c.sale_id)
            .where(self.which)
            .group_by(return_line.c.reason)
            .order_by(return_line.c.reason)
        )
        return tuple(
            ReturnSum(row.reason, row.receipts, int(row.pieces), self._money(row.amount))
            for row in self.connection.execute(question)
        )

    @property
    def _standing(self) -> ColumnElement[bool]:
        """The sales that were not voided: discounts of a voided sale do not count."""
        return standing(self.connection, self.which)

    def _turnover(self, row: Any) -> Turnover:
        if row is None:
            return Turnover(0, 0, Money.zero(self.price))
        return Turnover(row.receipts, int(row.pieces), self._money(row.amount))

    def _money(self, minor: Any) -> Money:
        return Money(int(minor), self.price)

    def _paid(self, table: Any, method: Any) -> tuple[PaymentSum, ...]:
        amount, value = (func.sum(table.c[name]).label(name) for name in ("amount_minor", "value_minor"))
        question = (
            select(method.label("method"), table.c.currency, amount, value)
            .join(sale, sale.c.id == table.c.sale_id)
            .where(self.which)
            .group_by(method, table.c.currency)
        )
        rows = sorted(self.connection.execute(question), key=_order_key)
        return tuple(
            PaymentSum(row.method, Money(int(row.amount_minor), CURRENCIES[row.currency]), self._money(row.value_minor))
            for row in rows
        )

    def _spreads(self, table: Any, sign: int) -> Iterator[Spread]:
        """One of each foreign currency; each amount is rounded alone."""
        question = (
            select(table.c.currency, table.c.amount_minor, table.c.value_minor, RATES)
            .select_from(table.join(sale, sale.c.id == table.c.sale_id).join(sealed_text, RATES_OF_SALE))
            .where(self.which, table.c.currency != sale.c.currency)
        )
        if table is not sale_change:  # a deposit counts for what it was taken at
            question = question.where(table.c.method != DEPOSIT)
        sums: dict[str, list[int]] = {}
        for row in stored_rows(self.connection, question):
            totals = sums.setdefault(row.currency, [0, 0, 0])
            totals[0] += sign * row.amount_minor
            totals[1] += sign * row.value_minor
            totals[2] += worth_at(sign * row.amount_minor, row.currency, row.rates).minor
        for code, (amount, counted, worth) in sums.items():
            yield Spread(Money(amount, CURRENCIES[code]), self._money(counted), self._money(worth))


_MONEY: Iterable[tuple[Any, int]] = ((sale_payment, 1), (sale_change, -1), (refund, -1))
"""Money in and out by receipt, with the sign with which it counts."""


def _order_key(row: Any) -> tuple[int, int]:
    return _METHODS.get(row.method, len(_METHODS)), CURRENCIES[row.currency].place
