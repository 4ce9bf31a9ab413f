"""The receipts of some shifts folded into sums, straight from the facts: the content of the summaries of closed shifts.

One implementation for the Z that writes summaries, for reports over shifts without any, and for their verification.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Connection, Text, case, func, literal, null, select, type_coerce

from db.engine.stored_rows import stored_rows
from db.sales.frozen_rates import worth_at
from db.sales.judgements import gauges_of
from db.sales.sales_with_rates import RATES, RATES_OF_SALE
from db.tables.sales import (
    line_promotion,
    refund,
    return_line,
    sale,
    sale_change,
    sale_line,
    sale_payment,
    sealed_text,
    sold_goods,
)
from db.tables.stock import stock_move
from db.visitors.voided_sales import voided_in
from pos.domain.payment.tender import DEPOSIT
from pos.domain.reports.quota_use import beyond, bucket_of

QUARTER = 15 * 60 * 1_000_000
"""Microseconds of a quarter-hour."""


class TotalsPart(NamedTuple):
    """The till, shift or person whose receipts are folded together."""

    shift: int
    till: str
    day: date
    cashier: str


Row = list[int]
"""Figures for addition, in the order of their columns."""


@dataclass(slots=True)
class Sums:
    """The sums of the receipts of one part, in minor units.

    `shares` by kind and name are count, pieces, amount. Kinds: `turnover` of sale, return, blind (a return without a
    receipt), void (of a whole sale), discount and rounding; `destination` and `nationality`; by destination `visitors`
    (carry-outs); carry-outs by `use` of the fullest gauge and by `verdict`; `beyond` (over: sales over an allowance;
    dutiable: those with pieces that go out as dutiable); what was taken off by `discount` and `promotion`; `tax` by
    rate; returns by `reason`.
    `quarters` are count, pieces, amount of sales; `money` by kind, method and currency is amount, value, worth;
    `goods` by kind, product, code and category are pieces, amount, tax, what the cost is known of, and this cost.
    """

    shares: dict[tuple[str, str], Row] = field(default_factory=dict)
    quarters: dict[int, Row] = field(default_factory=dict)
    money: dict[tuple[str, str, str], Row] = field(default_factory=dict)
    goods: dict[tuple[str, int, str, str], Row] = field(default_factory=dict)

    def share(self, kind: str, name: str, count: int, pieces: int, amount: int) -> None:
        """Add to a share."""
        _add(self.shares, (kind, name), (count, pieces, amount))


def _add(table: dict[Any, Row], key: Any, more: Iterable[int]) -> None:
    row = table.get(key)
    if row is None:
        table[key] = list(more)
        return
    for index, number in enumerate(more):
        row[index] += number


def folded(connection: Connection, which: ColumnElement[bool]) -> dict[TotalsPart, Sums]:
    """The receipts that meet the condition `which` on `sale`; of no more than a few shifts at once."""
    sums: dict[TotalsPart, Sums] = {}
    of: dict[int, Sums] = {}
    sales = {row.id: row for row in stored_rows(connection, select(*_SALE).where(which))}
    for row in sales.values():
        part = TotalsPart(row.shift_id, row.till, _day(row.business_date), row.cashier)
        part_sums = sums.setdefault(part, Sums())
        of[row.id] = part_sums
    if not of:
        return sums
    voided = voided_in(connection, {row.shift_id for row in sales.values()})
    for row in sales.values():
        _receipt(of[row.id], row, is_voided=row.id in voided)
    ids = select(sale.c.id).where(which)
    promoted = _promotions(connection, ids, of, voided)
    _judgements(connection, ids, of, sales)
    _lines(connection, ids, of, promoted, voided)
    _returned(connection, ids, of)
    for table, kind, method in _MONEY:
        _money(connection, ids, of, (table, kind, method))
    return sums


_SALE: Sequence[ColumnElement[Any]] = (
    *(
        sale.c[name]
        for name in (
            "id", "shift_id", "till", "cashier", "kind", "destination", "nationality", "total_minor",
            "discount_minor", "rounding_minor", "pieces", "annuls",
        )
    ),
    type_coerce(sale.c.at, BigInteger).label("at"),
    type_coerce(sale.c.business_date, Text).label("business_date"),
)  # fmt: skip


_day = lru_cache(maxsize=64)(date.fromisoformat)


def _receipt(sums: Sums, row: Any, *, is_voided: bool) -> None:
    total, pieces = row.total_minor, row.pieces
    sums.share("turnover", row.kind, 1, pieces, total)
    if row.annuls is not None:
        sums.share("turnover", "void", 1, pieces, total)
    if row.discount_minor and not is_voided:
        sums.share("turnover", "discount", 1, 0, row.discount_minor)
    if row.rounding_minor:
        sums.share("turnover", "rounding", 1, 0, row.rounding_minor)
    if row.kind != "sale":
        return
    sums.share("destination", row.destination, 1, pieces, total)
    sums.share("nationality", row.nationality or "", 1, pieces, total)
    _add(sums.quarters, int(row.at) // QUARTER, (1, pieces, total))


def _judgements(connection: Connection, ids: Any, of: Mapping[int, Sums], sales: Mapping[int, Any]) -> None:
    over: set[int] = set()
    alike: dict[tuple[int, str, str, str | None], list[int]] = {}
    for sale_id, judged in gauges_of(connection, ids):
        key = id(of[sale_id]), sales[sale_id].destination, judged["verdict"], bucket_of(judged)
        alike.setdefault(key, []).append(sale_id)
        if beyond(judged):
            over.add(sale_id)
    for (_, destination, verdict, bucket), carried_out in alike.items():
        sums, count = of[carried_out[0]], len(carried_out)
        sums.share("visitors", destination, count, 0, 0)
        sums.share("verdict", verdict, count, 0, 0)
        if bucket is not None:
            sums.share("use", bucket, count, 0, 0)
    for sale_id in sorted(over):
        of[sale_id].share("beyond", "over", 1, sales[sale_id].pieces, sales[sale_id].total_minor)


def _promotions(
    connection: Connection, ids: Any, of: Mapping[int, Sums], voided: Collection[int]
) -> Mapping[tuple[int, int], int]:
    """The deductions of promotions on each line."""
    off: dict[tuple[int, int], int] = {}
    question = select(
        *(line_promotion.c[name] for name in ("sale_id", "line_no", "promotion_id", "pieces", "amount_minor"))
    )
    for row in stored_rows(connection, question.where(line_promotion.c.sale_id.in_(ids))):
        if row.sale_id in voided:
            continue
        of[row.sale_id].share("promotion", str(row.promotion_id), 0, row.pieces, row.amount_minor)
        of[row.sale_id].share("discount", "promotion", 1, 0, row.amount_minor)
        line = row.sale_id, row.line_no
        off[line] = off.get(line, 0) + row.amount_minor
    return off


def _moved(line: Any, number: Any, reason: str) -> Any:
    """The cost of the pieces of a line, sold or returned; NULL where it is not known of all of them."""
    pieces, sign = func.sum(stock_move.c.quantity), -1 if reason == "sale" else 1
    known = (func.count() == func.count(stock_move.c.cost_minor)) & (sign * pieces == line.c.quantity)
    return (
        select(case((known, sign * func.sum(stock_move.c.cost_minor)), else_=null()))
        .where(stock_move.c.sale_id == line.c.sale_id, stock_move.c.line_no == number, stock_move.c.reason == reason)
        .scalar_subquery()
        .label("cost")
    )


def _plain(column: Any) -> Any:
    return type_coerce(column, Text).label(column.name)


_LINE = select(
    *(sale_line.c[name] for name in (
        "sale_id", "line_no", "product_id", "quantity", "amount_minor", "discount_minor",
        "basket_minor", "discount_kind", "taxed", "tax_minor",
    )),
    sold_goods.c.code,
    sold_goods.c.category,
    _plain(sale_line.c.vat),
    _moved(sale_line, sale_line.c.line_no, "sale"),
).select_from(sale_line.join(sold_goods, sold_goods.c.id == sale_line.c.goods_id))  # fmt: skip
_RETURNED = select(
    *(return_line.c[name] for name in (
        "sale_id", "reverses", "product_id", "code", "category", "quantity", "amount_minor", "reason", "tax_minor",
    )),
    _plain(return_line.c.vat),
    _moved(return_line, return_line.c.no, "return"),
)  # fmt: skip


def _goods(sums: Sums, kind: str, row: Any) -> None:
    tax = row.tax_minor or 0
    if row.vat is not None:
        sums.share("tax", row.vat, 0, 0, tax if kind == "sale" else -tax)
    known = (0, 0) if row.cost is None else (row.amount_minor - tax, int(row.cost))
    key = kind, row.product_id, row.code, row.category
    _add(sums.goods, key, (row.quantity, row.amount_minor, tax, *known))


def _lines(
    connection: Connection,
    ids: Any,
    of: Mapping[int, Sums],
    promoted: Mapping[tuple[int, int], int],
    voided: Collection[int],
) -> None:
    dutiable: dict[int, int] = {}
    for row in stored_rows(connection, _LINE.where(sale_line.c.sale_id.in_(ids))):
        sums = of[row.sale_id]
        _goods(sums, "sale", row)
        if row.taxed:
            dutiable[row.sale_id] = dutiable.get(row.sale_id, 0) + row.taxed
        if not row.discount_minor or row.sale_id in voided:
            continue
        basket = row.basket_minor or 0
        by_hand = row.discount_minor - basket - promoted.get((row.sale_id, row.line_no), 0)
        if by_hand > 0:
            sums.share("discount", row.discount_kind or "", 1, 0, by_hand)
        if basket > 0:
            sums.share("discount", "basket", 1, 0, basket)
    for sale_id, pieces in dutiable.items():
        of[sale_id].share("beyond", "dutiable", 1, pieces, 0)


def _returned(connection: Connection, ids: Any, of: Mapping[int, Sums]) -> None:
    receipts: dict[tuple[int, str, str], Row] = {}
    for row in stored_rows(connection, _RETURNED.where(return_line.c.sale_id.in_(ids))):
        _goods(of[row.sale_id], "return", row)
        _add(receipts, (row.sale_id, "reason", row.reason), (row.quantity, row.amount_minor))
        if row.reverses is None:
            _add(receipts, (row.sale_id, "turnover", "blind"), (row.quantity, row.amount_minor))
    for (sale_id, kind, name), (pieces, amount) in receipts.items():
        of[sale_id].share(kind, name, 1, pieces, amount)


_MONEY: tuple[tuple[Any, str, Any], ...] = (
    (sale_payment, "payment", sale_payment.c.method),
    (sale_change, "change", literal("cash")),
    (refund, "refund", refund.c.method),
)


def _money(connection: Connection, ids: Any, of: Mapping[int, Sums], what: tuple[Any, str, Any]) -> None:
    """Of foreign money each amount is valued at the rates of its receipt, rounded alone as the receipt does."""
    table, kind, method = what
    foreign = case((table.c.currency != sale.c.currency, RATES.element), else_=null()).label("rates")
    columns = table.c.sale_id, method.label("method"), table.c.currency, table.c.amount_minor, table.c.value_minor
    with_rates = table.join(sale, sale.c.id == table.c.sale_id).join(sealed_text, RATES_OF_SALE)
    question = select(*columns, foreign).select_from(with_rates).where(table.c.sale_id.in_(ids))
    sign = 1 if kind == "payment" else -1
    for row in stored_rows(connection, question):
        worth = 0
        if row.rates is not None and row.method != DEPOSIT:
            worth = sign * worth_at(sign * row.amount_minor, row.currency, row.rates).minor
        _add(of[row.sale_id].money, (kind, row.method, row.currency), (row.amount_minor, row.value_minor, worth))


def shifts_folded(connection: Connection, shifts: Iterable[int]) -> Iterator[tuple[int, dict[TotalsPart, Sums]]]:
    """Each of the shifts alone, so that years need no more room than a day."""
    for shift in shifts:
        yield shift, folded(connection, sale.c.shift_id == shift)
