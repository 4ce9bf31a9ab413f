"""Tickets that tests ask a register to register."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from decimal import Decimal

from pos.domain.fiscal.answers import FiscalReceipt, RegisterAnswer, Registered
from pos.domain.fiscal.ticket import PIECES, Operation, PaymentKind, Position, ReturnBasis, Ticket, TicketPayment
from pos.domain.money import CURRENCIES, Money
from pos.domain.outside_partners.attempt import attempt_number
from pos.domain.vat import vat_in

AT = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


def tenge(amount: str) -> Money:
    """So many."""
    return Money.parse(amount, CURRENCIES["KZT"])


def a_ticket(amount: str = "1500", number: str = "", operation: Operation = Operation.SALE) -> Ticket:
    """One bottle, paid in cash."""
    money, vat = tenge(amount), Decimal(16)
    bottle = Position(0, "Коньяк", Decimal(1), PIECES, money, tenge("0"), money, vat, vat_in(money, vat))
    return Ticket(
        number or attempt_number(secrets.token_bytes(16)), operation, AT, "T1-000007", "aigul", (bottle,),
        (TicketPayment(PaymentKind.CASH, money),), tenge("0"),
    )  # fmt: skip


def basis_of(ticket: Ticket, receipt: FiscalReceipt) -> ReturnBasis:
    """The registered sale as the basis of its return."""
    return ReturnBasis(receipt.number, receipt.at, receipt.registration, ticket.total, receipt.is_offline)


def receipt_in(answer: RegisterAnswer | None) -> FiscalReceipt:
    """What was registered."""
    assert isinstance(answer, Registered), answer
    return answer.receipt
