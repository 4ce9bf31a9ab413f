"""Money at payment providers recounted: what receipts say a provider took is what it said it has, and once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, func, select

from db.tables.outside_partners import partner_attempt
from db.tables.sales import refund, sale, sale_payment
from db.verify.pages import in_groups, of_receipts, streamed
from pos.domain.receipt_number import receipt_number

_NOT_BACK = ("refused", "undone")


def attempt_mismatches(connection: Connection) -> Iterator[str]:
    """Each mismatch as one line that names the receipt or the attempt."""
    yield from _tenders(connection)
    yield from _charges(connection)
    yield from _refunds(connection)
    yield from _returns(connection)


def _tenders(connection: Connection) -> Iterator[str]:
    attempt = partner_attempt.c
    columns = (
        sale.c.till,
        sale.c.number,
        sale.c.key,
        sale_payment.c.provider,
        sale_payment.c.amount_minor.label("paid_minor"),
        sale_payment.c.currency.label("paid_currency"),
        sale_payment.c.method.label("paid_method"),
        attempt.kind,
        attempt.partner,
        attempt.about,
        attempt.state,
        attempt.amount_minor,
        attempt.currency,
        attempt.method,
        attempt.document,
    )
    question = (
        select(*columns)
        .select_from(sale_payment)
        .join(sale, sale.c.id == sale_payment.c.sale_id)
        .outerjoin(partner_attempt, attempt.number == sale_payment.c.tender)
        .where(sale_payment.c.provider.is_not(None))
    )
    for row in streamed(connection, question):
        receipt = receipt_number(row.till, row.number)
        if row.kind is None:
            yield f"payment {receipt}: {row.provider} was never asked for it"
        elif row.document != receipt or row.about != row.key or row.kind != "charge" or row.state != "done":
            yield f"payment {receipt}: what {row.partner} was asked for is {row.kind} {row.state} of {row.document}"
        elif _money(row) != (row.provider, row.paid_currency, row.paid_minor, row.paid_method):
            yield f"payment {receipt}: {row.paid_minor} by {row.provider}, {row.partner} has {row.amount_minor}"


def _money(row: Row[Any]) -> tuple[str, str, int, str]:
    return row.partner, row.currency, row.amount_minor, row.method


def _charges(connection: Connection) -> Iterator[str]:
    """A charge that a receipt counts, and the receipt does not name it; and one that is closed without a reason."""
    attempt = partner_attempt.c
    counted = (
        select(attempt.number, attempt.partner, attempt.document)
        .outerjoin(sale_payment, sale_payment.c.tender == attempt.number)
        .where(attempt.kind == "charge", attempt.document != "", sale_payment.c.sale_id.is_(None))
    )
    for row in streamed(connection, counted):
        yield f"payment {row.document}: it does not name what {row.partner} was asked for ({row.number})"
    gone = select(attempt.number, attempt.partner, attempt.paid_minor).where(
        attempt.kind == "charge",
        attempt.state == "done",
        attempt.document == "",
        attempt.is_closed.is_(True),
        attempt.is_given_back.is_(False),
    )
    for row in streamed(connection, gone):
        yield f"attempt {row.number}: {row.partner} has {row.paid_minor}, which neither paid nor went back"


def _refunds(connection: Connection) -> Iterator[str]:
    charge, back = partner_attempt.c, partner_attempt.alias().c
    question = (
        select(charge.number, charge.partner, charge.paid_minor, func.sum(back.amount_minor).label("back"))
        .where(back.original == charge.number)
        .where(back.state.not_in(_NOT_BACK))
        .group_by(charge.number, charge.partner, charge.paid_minor)
        .having(func.sum(back.amount_minor) > func.coalesce(charge.paid_minor, 0))
    )
    for row in streamed(connection, question):
        yield f"attempt {row.number}: {row.partner} took {row.paid_minor} and gives {row.back} back"


def _returns(connection: Connection) -> Iterator[str]:
    """What a return asks a provider to give back stands among its refunds."""
    attempt = partner_attempt.c
    asked = (
        select(attempt.document, attempt.method, attempt.currency, func.sum(attempt.amount_minor).label("asked"))
        .where(attempt.kind == "refund", attempt.document != "", attempt.state.not_in(_NOT_BACK))
        .group_by(attempt.document, attempt.method, attempt.currency)
    )
    columns = select(sale.c.till, sale.c.number, sale.c.id)
    for group in in_groups(connection.execute(asked)):
        known = of_receipts(connection, {row.document for row in group}, columns)
        for row in group:
            found = known.get(row.document)
            given = 0 if found is None else _given(connection, found[0].id, row.method, row.currency)
            if row.asked > given:
                yield f"return {row.document}: {given} by {row.method}, providers are asked for {row.asked}"


def _given(connection: Connection, sale_id: int, method: str, currency: str) -> int:
    question = select(func.coalesce(func.sum(refund.c.amount_minor), 0)).where(
        refund.c.sale_id == sale_id, refund.c.method == method, refund.c.currency == currency
    )
    return int(connection.execute(question).scalar_one())
