"""Voids and exchanges recomputed.

A void is of the whole of one sale of its own shift, and nothing else came back of that. Returned goods that paid for a
sale equal the credit of their returns.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from db.tables.sales import refund, return_line, sale, sale_line, sale_payment
from db.tables.shop import journal
from db.verify.pages import in_groups, of_receipts, streamed
from pos.domain.payment.tender import EXCHANGE
from pos.domain.receipt_number import receipt_number

_VOIDS = select(sale).where(sale.c.annuls.is_not(None)).order_by(sale.c.till, sale.c.number)
_SOLD = (
    select(sale.c.till, sale.c.number, sale.c.shift_id, sale.c.total_minor, sale_line.c.line_no, sale_line.c.quantity)
    .join(sale_line, sale_line.c.sale_id == sale.c.id)
    .where(sale.c.kind == "sale")
)


def void_mismatches(connection: Connection) -> Iterator[str]:
    """Each mismatch as one line that names the void."""
    journaled = dict(_journaled(connection))
    for group in in_groups(connection.execute(_VOIDS)):
        sold = of_receipts(connection, {row.annuls for row in group}, _SOLD)
        back = _back(connection, [row.annuls for row in group])
        for row in group:
            receipt = receipt_number(row.till, row.number)
            if row.kind != "return":
                yield f"void {receipt}: it is a {row.kind}, and names {row.annuls} as voided"
            if journaled.pop(receipt, None) != (row.annuls, row.cashier):
                yield f"void {receipt}: the journal does not say that {row.cashier} voided {row.annuls}"
            yield from _of(row, receipt, sold.get(row.annuls, ()), back.get(row.annuls, {}))
    for receipt, (voided, _) in sorted(journaled.items()):
        yield f"void {receipt}: {voided} is not voided by it, the journal says so"


def _journaled(connection: Connection) -> Iterator[tuple[str, tuple[str, str]]]:
    """For each void in the journal: its number, the receipt it voids, and the person."""
    entries = select(journal.c.person, journal.c.details).where(journal.c.act == "void_sale")
    for row in streamed(connection, entries):
        try:
            details = json.loads(row.details)
            yield str(details["receipt"]), (str(details["reverses"]), row.person)
        except (ValueError, KeyError, TypeError):
            continue  # the replay of the visits names it


def _of(row: Any, receipt: str, sold: Sequence[Any], back: Mapping[tuple[int, int], int]) -> Iterator[str]:
    if not sold:
        yield f"void {receipt}: its sale {row.annuls} is missing"
        return
    lines = {(row.id, line.line_no): line.quantity for line in sold}
    if back != lines:
        yield f"void {receipt}: what came back of {row.annuls} is not the whole of it, or came back otherwise"
    if (sold[0].shift_id, sold[0].till) != (row.shift_id, row.till):
        yield f"void {receipt}: {row.annuls} is not of its shift"
    if sold[0].total_minor != row.total_minor:
        yield f"void {receipt}: {row.total_minor} of {row.annuls}, which came to {sold[0].total_minor}"


def _back(connection: Connection, receipts: Sequence[str]) -> Mapping[str, dict[tuple[int, int], int]]:
    """What came back of each receipt, by the document and the line."""
    question: Select[Any] = (
        select(return_line.c.reverses, return_line.c.sale_id, return_line.c.of_line, func.sum(return_line.c.quantity))
        .where(return_line.c.reverses.in_(receipts))
        .group_by(return_line.c.reverses, return_line.c.sale_id, return_line.c.of_line)
    )
    back: dict[str, dict[tuple[int, int], int]] = {}
    for reverses, sale_id, line, pieces in connection.execute(question):
        back.setdefault(reverses, {})[sale_id, line] = int(pieces)
    return back


_Part = tuple[str, str, str]
"""Receipt of the sale, receipt of the return, by the tender with which the goods had been paid."""


def exchange_mismatches(connection: Connection) -> Iterator[str]:
    """Each mismatch as one line that names the sale and the return."""
    paid: Counter[_Part] = Counter()
    payments = (
        select(sale.c.till, sale.c.number, sale_payment.c.reference, sale_payment.c.origin, sale_payment.c.value_minor)
        .join(sale, sale.c.id == sale_payment.c.sale_id)
        .where(sale_payment.c.method == EXCHANGE)
    )
    for till, number, reference, origin, value in connection.execute(payments):
        paid[receipt_number(till, number), reference, str(origin)] += value
    given: Counter[_Part] = Counter()
    refunds = (
        select(sale.c.till, sale.c.number, sale.c.exchanged_in, refund.c.origin, refund.c.value_minor)
        .join(sale, sale.c.id == refund.c.sale_id)
        .where(refund.c.method == EXCHANGE)
    )
    for till, number, exchanged_in, origin, value in connection.execute(refunds):
        given[str(exchanged_in), receipt_number(till, number), str(origin)] += value
    for part in sorted(paid.keys() | given.keys()):
        if paid[part] != given[part]:
            sold, back, origin = part
            yield f"exchange {sold}: {paid[part]} paid ({origin}) by goods of {back}, the return gave {given[part]}"
    named = select(sale.c.till, sale.c.number, sale.c.exchanged_in).where(sale.c.exchanged_in.is_not(None))
    sales = select(sale.c.till, sale.c.number).where(sale.c.kind == "sale")
    for group in in_groups(connection.execute(named.order_by(sale.c.till, sale.c.number))):
        known = of_receipts(connection, {row.exchanged_in for row in group}, sales)
        for row in group:
            if row.exchanged_in not in known:
                yield f"return {receipt_number(row.till, row.number)}: its sale {row.exchanged_in} is missing"
