"""Tickets and movements of cash as JSON for the store: what was made stays as it is, whatever settings change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from pos.domain.fiscal.ticket import CashMovement, Operation, PaymentKind, Position, Ticket, TicketPayment
from pos.domain.money import CURRENCIES, Currency, Money


def ticket_text(ticket: Ticket) -> str:
    """The ticket without its number and its basis, which are given when it is sent."""
    content = {
        "operation": ticket.operation.value,
        "at": ticket.at.isoformat(),
        "receipt": ticket.receipt,
        "cashier": ticket.cashier,
        "currency": ticket.change.currency.code,
        "positions": [_position_json(one) for one in ticket.positions],
        "payments": [[one.kind.value, str(one.amount)] for one in ticket.payments],
        "change": str(ticket.change),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def undoing_text(ticket: Ticket, basis: int) -> str:
    """A ticket that undoes the deposit of the document `basis`."""
    return json.dumps({**json.loads(ticket_text(ticket)), "basis": basis}, ensure_ascii=False, separators=(",", ":"))


def basis_in(text: str) -> int:
    """The document of the deposit that a ticket undoes."""
    return int(json.loads(text)["basis"])


def read_ticket(text: str, number: str) -> Ticket:
    """The ticket with its number."""
    content: Mapping[str, Any] = json.loads(text)
    currency = _currency(content["currency"])
    return Ticket(
        number=number,
        operation=Operation(content["operation"]),
        at=datetime.fromisoformat(content["at"]),
        receipt=content["receipt"],
        cashier=content["cashier"],
        positions=tuple(_position(one, currency) for one in content["positions"]),
        payments=tuple(
            TicketPayment(PaymentKind(kind), Money.parse(amount, currency)) for kind, amount in content["payments"]
        ),
        change=Money.parse(content["change"], currency),
    )


def movement_text(movement: CashMovement) -> str:
    """The movement without its number."""
    amount = movement.amount
    content = {
        "in": movement.is_in,
        "amount": str(amount),
        "currency": amount.currency.code,
        "at": movement.at.isoformat(),
    }
    return json.dumps(content, separators=(",", ":"))


def read_movement(text: str, number: str) -> CashMovement:
    """The movement with its number."""
    content: Mapping[str, Any] = json.loads(text)
    amount = Money.parse(content["amount"], _currency(content["currency"]))
    return CashMovement(number, bool(content["in"]), amount, datetime.fromisoformat(content["at"]))


def _position_json(position: Position) -> dict[str, object]:
    content: dict[str, object] = {
        "line": position.line,
        "name": position.name,
        "count": format(position.count, "f"),
        "unit": position.unit,
        "price": str(position.price),
        "discount": str(position.discount),
        "amount": str(position.amount),
        "vat": None if position.vat is None else format(position.vat, "f"),
        "tax": str(position.tax),
    }
    return content | {name: value for name in ("mark", "gtin") if (value := getattr(position, name))}


def _position(content: Mapping[str, Any], currency: Currency) -> Position:
    vat = content["vat"]
    return Position(
        line=content["line"],
        name=content["name"],
        count=Decimal(content["count"]),
        unit=content["unit"],
        price=Money.parse(content["price"], currency),
        discount=Money.parse(content["discount"], currency),
        amount=Money.parse(content["amount"], currency),
        vat=None if vat is None else Decimal(vat),
        tax=Money.parse(content["tax"], currency),
        mark=content.get("mark", ""),
        gtin=content.get("gtin", ""),
    )


def _currency(code: str) -> Currency:
    """Also one that the border has no longer."""
    return CURRENCIES.get(code) or Currency(code)
