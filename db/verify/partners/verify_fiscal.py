"""Fiscal documents against the books: each receipt of a shop with a register has one, and it comes to what was sold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, select

from db.tables.fiscal import fiscal_document
from db.tables.outside_partners import partner_attempt
from db.tables.pickup import customer_order
from db.tables.sales import return_line, sale, sale_payment
from db.tables.shop import journal
from pos.domain.fiscal.document import Standing
from pos.domain.fiscal.registers import NO_REGISTER
from pos.domain.outside_partners.providers import CARD_PROVIDERS
from pos.domain.receipt_number import receipt_number

_D, _A = fiscal_document.c, partner_attempt.c
_DOCUMENTS = (
    select(
        fiscal_document,
        _A.kind.label("of_kind"),
        _A.state,
        _A.partner,
        _A.currency,
        _A.amount_minor,
        sale.c.kind.label("sale_kind"),
        sale.c.till.label("sale_till"),
        sale.c.number.label("sale_number"),
        customer_order.c.code.label("order_code"),
    )
    .join(partner_attempt, _A.number == _D.number)
    .outerjoin(sale, sale.c.id == _D.sale_id)
    .outerjoin(customer_order, customer_order.c.id == _D.order_id)
    .order_by(_D.id)
)
_REVERSED = select(return_line.c.sale_id, return_line.c.reverses).where(return_line.c.reverses.is_not(None)).distinct()
_AT_PROVIDERS = (
    select(sale_payment.c.sale_id, sale_payment.c.provider)
    .join(fiscal_document, _D.sale_id == sale_payment.c.sale_id)
    .where(_D.standing == Standing.AT_TERMINAL.value)
)
_TWICE = (
    select(_D.cashbox, _D.fiscal_number)
    .where(_D.fiscal_number.is_not(None), _D.fiscal_number != "")
    .group_by(_D.cashbox, _D.fiscal_number)
    .having(func.count() > 1)
)
_SWITCHES = select(journal.c.at, journal.c.details).where(journal.c.act == "set_setting").order_by(journal.c.at)
_GIVEN_UP = select(journal.c.person, journal.c.details).where(journal.c.act == "fiscal_given_up")

_PAGED = {"yield_per": 2_000}


def fiscal_mismatches(connection: Connection) -> Iterator[str]:
    """Each mismatch as one line that names the receipt."""
    documents = list(connection.execute(_DOCUMENTS))
    for cashbox, number in connection.execute(_TWICE):
        yield f"fiscal {number}: two documents of the cashbox {cashbox} have this number"
    if documents:
        journaled = set(_journaled(connection))
        for row in documents:
            yield from (f"fiscal {_name(row)}: {what}" for what in _wrong(row, journaled))
        reversed_by = {row.sale_id: row.reverses for row in connection.execute(_REVERSED)}
        yield from _returns(documents, reversed_by)
        yield from _deposits(documents)
        yield from _at_terminals(connection, documents, reversed_by)
    yield from _without(connection, {row.sale_id for row in documents})


def _wrong(row: Any, journaled: set[tuple[str, str]]) -> Iterator[str]:
    if row.of_kind != "fiscal":
        yield f"its attempt is a {row.of_kind}"
    if row.sale_id is not None and (row.sale_kind != row.kind or row.sale_till != row.till):
        yield f"it is a {row.kind} of {row.till}, the receipt is a {row.sale_kind} of {row.sale_till}"
    is_done = row.state == "done"
    if row.standing != _standing(row):
        yield f"it is noted as {row.standing}, and is {_standing(row)}"
    if is_done and row.partner in CARD_PROVIDERS:
        if row.sale_id is None or row.fiscal_number is not None:
            yield f"{row.partner} registers it, and it has a number of the register, or is no receipt"
    elif is_done != (row.fiscal_number is not None):
        yield f"its attempt is {row.state}, and its fiscal number is {row.fiscal_number}"
    elif is_done and row.sale_id is not None and not row.fiscal_number:
        yield "it is registered without a number"
    if row.given_up_by is not None and (is_done or (_name(row), row.given_up_by) not in journaled):
        yield f"given up by {row.given_up_by}, which the journal does not say, or although it is registered"
    if row.body and (row.sale_id is not None or row.order_id is not None):
        yield from _ticket(row)


def _standing(row: Any) -> str:
    if row.given_up_at is not None:
        return Standing.GIVEN_UP.value
    if row.state == "done":
        return Standing.AT_TERMINAL.value if row.partner in CARD_PROVIDERS else Standing.REGISTERED.value
    return Standing.REFUSED.value if row.state in ("refused", "undone") else Standing.WAITING.value


def _ticket(row: Any) -> Iterator[str]:
    """What a ticket comes to, added up once more."""
    try:
        content = json.loads(row.body)
        goods = sum((Decimal(one["amount"]) for one in content["positions"]), Decimal(0))
        paid = sum((Decimal(amount) for _, amount in content["payments"]), Decimal(0)) - Decimal(content["change"])
        said = str(content["receipt"]), str(content["currency"])
    except (ValueError, KeyError, TypeError, ArithmeticError):
        yield "its ticket cannot be read"
        return
    if goods != paid:
        yield f"its goods come to {goods}, its payments to {paid}"
    if said != (row.order_code or _name(row), row.currency):
        yield f"its ticket is of {said[0]} in {said[1]}"
    digits = -int(goods.as_tuple().exponent) if isinstance(goods.as_tuple().exponent, int) else 0
    if int(goods.scaleb(digits)) != row.amount_minor and goods:
        yield f"its ticket comes to {goods}, its attempt to {row.amount_minor}"


def _at_terminals(connection: Connection, documents: Sequence[Any], reversed_by: Mapping[int, str]) -> Iterator[str]:
    """What a terminal registers was paid there, and comes back there."""
    paid_at: dict[int, set[str]] = {}
    for sale_id, provider in connection.execute(_AT_PROVIDERS, execution_options=_PAGED):
        paid_at.setdefault(sale_id, set()).add(provider)
    terminals = {_name(row): row.partner for row in documents if row.standing == Standing.AT_TERMINAL.value}
    for row in documents:
        said = terminals.get(_name(row), "")
        if row.kind == "sale" and said and said not in paid_at.get(row.sale_id, ()):
            yield f"fiscal {_name(row)}: {said} registers it, and nothing was paid there"
        elif row.kind == "return" and said != terminals.get(reversed_by.get(row.sale_id, ""), ""):
            yield f"fiscal {_name(row)}: its sale is registered elsewhere"


def _returns(documents: Sequence[Any], reversed_by: Mapping[int, str]) -> Iterator[str]:
    """A registered return is of a registered sale, and all returns of it come to no more."""
    by_receipt = {_name(row): row for row in documents if row.sale_id is not None}
    back: dict[str, int] = {}
    for row in documents:
        if row.kind != "return" or row.standing != Standing.REGISTERED.value:
            continue
        of = by_receipt.get(reversed_by.get(row.sale_id, ""))
        if of is None or of.state != "done":
            yield f"fiscal {_name(row)}: it is registered, and the sale that it reverses is not"
            continue
        name = _name(of)
        back[name] = back.get(name, 0) + row.amount_minor
        if back[name] > of.amount_minor:
            yield f"fiscal {_name(row)}: {back[name]} came back of {name}, which comes to {of.amount_minor}"


def _deposits(documents: Sequence[Any]) -> Iterator[str]:
    """A deposit that is undone is one of the same order, and no more of it is undone than was registered."""
    left: dict[int, int] = {row.id: row.amount_minor for row in documents if row.kind == "deposit"}
    orders = {row.id: row.order_id for row in documents if row.kind == "deposit"}
    for row in documents:
        if row.kind != "deposit_back":
            continue
        basis = _details(row.body).get("basis")
        if basis not in left or orders[basis] != row.order_id:
            yield f"fiscal {_name(row)}: it undoes a deposit that the register does not have"
            continue
        left[basis] -= row.amount_minor if row.standing != Standing.GIVEN_UP.value else 0
        if left[basis] < 0:
            yield f"fiscal {_name(row)}: more is undone of the deposit #{basis} than was registered"


def _without(connection: Connection, reported: set[int | None]) -> Iterator[str]:
    """Receipts that were made while a register was chosen, and of which it receives nothing."""
    since: datetime | None = None
    spans: list[tuple[datetime, datetime | None]] = []
    for at, register in _switches(connection):
        if register != NO_REGISTER and since is None:
            since = at
        elif register == NO_REGISTER and since is not None:
            spans.append((since, at))
            since = None
    if since is not None:
        spans.append((since, None))
    for first, last in spans:
        of = select(sale.c.id, sale.c.till, sale.c.number).where(sale.c.at > first)
        for key, till, number in connection.execute(of if last is None else of.where(sale.c.at < last)):
            if key not in reported:
                yield f"fiscal {receipt_number(till, number)}: the register receives nothing of this receipt"


def _switches(connection: Connection) -> Iterator[tuple[datetime, str]]:
    for row in connection.execute(_SWITCHES, execution_options=_PAGED):
        details = _details(row.details)
        if details.get("name") == "fiscal_register":
            yield row.at, str(details.get("after"))


def _journaled(connection: Connection) -> Iterator[tuple[str, str]]:
    for row in connection.execute(_GIVEN_UP, execution_options=_PAGED):
        yield str(_details(row.details).get("receipt")), row.person


def _details(text: str) -> Mapping[str, Any]:
    try:
        content = json.loads(text)
    except ValueError:
        return {}  # the walk of the journal names it
    return content if isinstance(content, dict) else {}


def _name(row: Any) -> str:
    if row.sale_id is None or row.sale_till is None:
        return f"#{row.id}"
    return receipt_number(row.sale_till, row.sale_number)
