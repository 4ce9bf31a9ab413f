"""The price of each line, recomputed: promotions, the basket's discount, the tax, and the tax of returns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Text, func, select, type_coerce

from db.engine.stored_rows import stored_rows
from db.tables.sales import line_promotion, return_line, sale, sale_line
from db.verify.pages import Page, in_groups, of_receipts, sale_pages, streamed
from pos.domain.money import CURRENCIES, Money
from pos.domain.receipt_number import receipt_number
from pos.domain.returns.goods_return import worth_of
from pos.domain.vat import vat_in


def pricing_mismatches(connection: Connection) -> Iterator[str]:
    """Each mismatch as one line that names what and where."""
    yield from _discounts(connection)
    yield from _taxes(connection)
    yield from _returned_taxes(connection)


def _discounts(connection: Connection) -> Iterator[str]:
    for page in sale_pages(connection):
        yield from _discounts_on(connection, page)


_LINES = select(
    sale.c.till, sale.c.number, sale_line.c.sale_id, sale_line.c.line_no, sale_line.c.discount_minor,
    sale_line.c.basket_minor,
).join(sale, sale.c.id == sale_line.c.sale_id)  # fmt: skip


def _discounts_on(connection: Connection, page: Page) -> Iterator[str]:
    of_line = line_promotion.c.sale_id, line_promotion.c.line_no
    sums = select(*of_line, func.sum(line_promotion.c.amount_minor).label("amount")).group_by(*of_line)
    sums = sums.where(*page.has(line_promotion.c.sale_id))
    promoted = {(row.sale_id, row.line_no): int(row.amount) for row in connection.execute(sums)}
    shares: Counter[int] = Counter()
    taken_off = (sale_line.c.discount_minor != 0) | (func.coalesce(sale_line.c.basket_minor, 0) != 0)
    lines = _LINES.where(*page.has(sale.c.id), *page.has(sale_line.c.sale_id))
    rows = list(stored_rows(connection, lines.where(taken_off)))
    if lost := promoted.keys() - {(row.sale_id, row.line_no) for row in rows}:
        of_these = lines.where(sale_line.c.sale_id.in_({sale_id for sale_id, _ in lost}))
        rows += [row for row in stored_rows(connection, of_these) if (row.sale_id, row.line_no) in lost]
    for row in sorted(rows, key=lambda row: (row.till, row.number, row.line_no)):
        share = row.basket_minor or 0
        shares[row.sale_id] += share
        off = promoted.pop((row.sale_id, row.line_no), 0)
        by_hand = row.discount_minor - off - share
        if by_hand < 0 or (off and by_hand):
            yield (
                f"line {row.line_no} {receipt_number(row.till, row.number)}: {row.discount_minor} off,"
                f" promotions {off} and basket {share}"
            )
    for sale_id, line_no in sorted(promoted):
        yield f"promotion of line {line_no}, sale {sale_id}: there is no such line"
    of_sales = select(sale.c.id, sale.c.till, sale.c.number, sale.c.basket_minor).where(*page.has(sale.c.id))
    for sold in stored_rows(connection, of_sales.order_by(sale.c.till, sale.c.number)):
        if (sold.basket_minor or 0) != shares.get(sold.id, 0):
            receipt = receipt_number(sold.till, sold.number)
            yield f"sale {receipt}: discount on the basket {sold.basket_minor or 0}, lines have {shares[sold.id]} of it"


def _taxes(connection: Connection) -> Iterator[str]:
    question = (
        select(
            sale.c.till, sale.c.number, sale.c.currency, sale_line.c.line_no, sale_line.c.amount_minor,
            type_coerce(sale_line.c.vat, Text).label("vat"), sale_line.c.tax_minor,
        )
        .join(sale, sale.c.id == sale_line.c.sale_id)
        .where(sale_line.c.vat.is_not(None) | sale_line.c.tax_minor.is_not(None))
        .order_by(sale.c.till, sale.c.number, sale_line.c.line_no)
    )  # fmt: skip
    for row in stored_rows(connection, question, all_at_once=False):
        tax = None if row.vat is None else _tax(row.amount_minor, row.currency, row.vat)
        if tax != row.tax_minor:
            receipt = receipt_number(row.till, row.number)
            yield f"tax of line {row.line_no} {receipt}: {row.tax_minor}, it comes to {tax}"


@lru_cache(maxsize=4096)
def _tax(minor: int, currency: str, vat: str) -> int:
    return vat_in(Money(minor, CURRENCIES[currency]), Decimal(vat)).minor


def _returned_taxes(connection: Connection) -> Iterator[str]:
    """A return gives back the share of the tax of its pieces, in the order in which they came back."""
    blind = (
        select(sale.c.till, sale.c.number, sale.c.currency, *return_line.c)
        .join(sale, sale.c.id == return_line.c.sale_id)
        .where(return_line.c.reverses.is_(None))
    )
    for row in streamed(connection, blind.order_by(return_line.c.sale_id, return_line.c.no)):
        amount = Money(row.amount_minor, CURRENCIES[row.currency])
        tax = None if row.vat is None else vat_in(amount, row.vat).minor
        if tax != row.tax_minor:
            receipt = receipt_number(row.till, row.number)
            yield f"tax of return line {row.no} {receipt}: {row.tax_minor}, it comes to {tax}"
    before: Counter[tuple[str, int]] = Counter()
    reversing = select(return_line).where(return_line.c.reverses.is_not(None))
    ordered = reversing.order_by(return_line.c.sale_id, return_line.c.no)
    for group in in_groups(streamed(connection, ordered)):
        yield from _shares(connection, group, before)


def _shares(connection: Connection, group: Sequence[Row[Any]], before: Counter[tuple[str, int]]) -> Iterator[str]:
    """The tax of some returned lines; `before` counts how many of each line had come back until then."""
    of_sale = select(
        sale.c.till, sale.c.number, sale.c.currency, sale_line.c.line_no, sale_line.c.quantity, sale_line.c.tax_minor
    ).join(sale, sale.c.id == sale_line.c.sale_id)
    sold_lines = of_receipts(connection, {row.reverses for row in group}, of_sale)
    lines = {(receipt, line.line_no): line for receipt, rows in sold_lines.items() for line in rows}
    for row in group:
        key = row.reverses, row.of_line
        sold = lines.get(key)
        if sold is None:
            yield f"return of line {row.of_line} {row.reverses}: there is no such line"
            continue
        tax = None
        if sold.tax_minor is not None:
            whole = Money(sold.tax_minor, CURRENCIES[sold.currency])
            tax = worth_of(whole, sold.quantity, before[key], row.quantity).minor
        before[key] += row.quantity
        if tax != row.tax_minor:
            yield f"tax of return of line {row.of_line} {row.reverses}: {row.tax_minor}, its share is {tax}"
