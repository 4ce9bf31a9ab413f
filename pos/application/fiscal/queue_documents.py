"""Write down what has to be registered, in the transaction in which it happened; it is sent afterwards.

Nothing here refuses a sale: what cannot be registered is written down as refused, with its reason. What a terminal
registers itself is written down as that, and sent to no register.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from pos.application.fiscal.ticket_json import movement_text, read_ticket, ticket_text
from pos.application.ports.shift_ports import CashMove
from pos.application.ports.store import UnitOfWork
from pos.application.settings.settings import Settings
from pos.domain.border import border_in_force
from pos.domain.fiscal.document import DocumentKind, FiscalDocument, Standing
from pos.domain.fiscal.terminals import terminal_of
from pos.domain.fiscal.ticket import CashMovement, Ticket
from pos.domain.fiscal.ticket_making import (
    counts_for_register,
    ticket_of_return,
    ticket_of_sale,
    ticket_without_receipt,
)
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.outside_partners.attempt import (
    NUMBER_BYTES,
    AttemptKind,
    AttemptState,
    PartnerAttempt,
    attempt_number,
)
from pos.domain.pricing.rates import NoRate, RateTable
from pos.domain.receipt_number import read_receipt_number
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.sale import Sale
from pos.domain.shifts.shift import Shift

T = TypeVar("T")


def queue_sale(work: UnitOfWork, settings: Settings, sale: Sale) -> None:
    """The register has to hear of a sale that this transaction has recorded."""
    register = register_of(settings)
    if register is None:
        return
    number = new_number()
    ticket = made(lambda: ticket_of_sale(sale, number, register, names_in()))
    terminal = terminal_of(sale.total, sale.paid, settings.registering_terminals())
    _queue(work, settings, DocumentKind.SALE, number, sale, ticket, terminal=terminal)


def queue_return(work: UnitOfWork, settings: Settings, back: GoodsReturn) -> None:
    """The same of a return, of a void, and of goods that came back without a receipt, which no register takes."""
    register = register_of(settings)
    if register is None:
        return
    number = new_number()
    ticket = made(lambda: return_ticket(work, back, number, register))
    of = None if back.reverses is None else _basis_of(work, back)
    terminal = of.attempt.partner if of is not None and of.standing is Standing.AT_TERMINAL else ""
    reason = "no_basis" if of is None else ""
    _queue(work, settings, DocumentKind.RETURN, number, back, ticket, reason, terminal)


def queue_cash(
    work: UnitOfWork, settings: Settings, till: str, shift: Shift, move: CashMove, rates: Callable[[], RateTable]
) -> None:
    """Cash came into a drawer or left it without a sale."""
    queue_movement(work, settings, till, shift.id, move, rates)


def queue_movement(
    work: UnitOfWork, settings: Settings, till: str, shift: int, move: CashMove, rates: Callable[[], RateTable]
) -> None:
    """The same in the shift with this id; whatever the kind of the movement, `in` is what came in."""
    register = register_of(settings)
    if register is None:
        return
    number, is_in = new_number(), move.kind == "in"
    amount = made(lambda: counts_for_register(move.amount, rates(), register))
    kind = DocumentKind.CASH_IN if is_in else DocumentKind.CASH_OUT
    attempt = attempt_at(settings, number, till, f"cash/{number}", amount or move.amount, move.at, move.person, shift)
    if amount is None or not amount:
        attempt = refused(attempt, "no_rate", move.at)
    body = "" if amount is None else movement_text(CashMovement(number, is_in, amount, move.at))
    work.fiscal.add(FiscalDocument(kind, settings.cashbox_of(till), attempt, body, move.at))


def queue_close(work: UnitOfWork, settings: Settings, till: str, shift: Shift, at: datetime, person: str) -> None:
    """A till has closed its shift: the last one of a cashbox asks the register to close its own, and waits for nothing.

    Where the register has no shift open and nothing waits, there is nothing to close.
    """
    register = register_of(settings)
    if register is None:
        return
    name = settings.cashbox_of(till)
    if work.fiscal.has_other_shift_open(till, settings.cashboxes_of_tills, settings.fiscal_cashbox):
        return
    if work.fiscal.cashbox(name).shift_since is None and not work.fiscal.waiting(name, 1):
        return
    order_close(work, settings, till, at, person, shift.id)


def order_close(
    work: UnitOfWork, settings: Settings, till: str, at: datetime, person: str, shift: int | None = None
) -> None:
    """The register has to close the shift of a till's cashbox, behind everything that waits."""
    register = register_of(settings)
    if register is None:
        return
    number = new_number()
    attempt = attempt_at(settings, number, till, f"close/{number}", Money.zero(register), at, person, shift)
    work.fiscal.add(FiscalDocument(DocumentKind.CLOSE, settings.cashbox_of(till), attempt, "", at))


def return_ticket(work: UnitOfWork, back: GoodsReturn, number: str, register: Currency) -> Ticket:
    """The ticket of a recorded return, by that of the sale where there is one. Raises NoRate."""
    if back.reverses is None:
        return ticket_without_receipt(back, number, register, names_in())
    till, of = read_receipt_number(back.reverses)
    document = work.fiscal.of_receipt(till, of)
    if document is not None and document.body:
        sold = read_ticket(document.body, document.number)
    else:
        sale = work.sales.by_number(till, of)
        assert sale is not None, "its goods came back"
        sold = ticket_of_sale(sale, "", register, names_in())
    return ticket_of_return(back, number, sold, _before(work, back, till, of))


def new_number() -> str:
    """A number that is never used again."""
    return attempt_number(secrets.token_bytes(NUMBER_BYTES))


def names_in() -> tuple[str, ...]:
    """The languages of the names on a ticket: those in which the border words its fiscal mark."""
    return border_in_force().fiscal_mark.languages


def refused(attempt: PartnerAttempt, reason: str, at: datetime) -> PartnerAttempt:
    """The attempt as refused before anything was sent."""
    return replace(attempt, state=AttemptState.REFUSED, reason=reason, settled_at=at)


def made(make: Callable[[], T]) -> T | None:
    """What is made, or None where a rate is missing."""
    try:
        return make()
    except NoRate:
        return None


def register_of(settings: Settings) -> Currency | None:
    """The currency of the shop's register; None without one."""
    kind = settings.register_kind
    return None if kind is None else CURRENCIES.get(kind.currency) or Currency(kind.currency)


def _basis_of(work: UnitOfWork, back: GoodsReturn) -> FiscalDocument | None:
    """The document of the sale that a return reverses, which the register has or will have."""
    assert back.reverses is not None
    found = work.fiscal.of_receipt(*read_receipt_number(back.reverses))
    return None if found is None or found.standing is Standing.GIVEN_UP else found


def _before(work: UnitOfWork, back: GoodsReturn, till: str, number: int) -> Mapping[int, int]:
    """The pieces by line that had come back before this return, which is counted already."""
    own: dict[int, int] = {}
    for line, quantity in back.by_line():
        own[line] = own.get(line, 0) + quantity
    return {one.line: one.refunded - own.get(one.line, 0) for one in work.returns.refundable(till, number)}


def _queue(
    work: UnitOfWork,
    settings: Settings,
    kind: DocumentKind,
    number: str,
    record: Sale | GoodsReturn,
    ticket: Ticket | None,
    reason: str = "",
    terminal: str = "",
) -> None:
    amount = record.total if ticket is None else ticket.total
    attempt = attempt_at(settings, number, record.till, record.receipt, amount, record.at, record.cashier, record.shift)
    if terminal:
        attempt = replace(attempt, partner=terminal, state=AttemptState.DONE, paid=amount, settled_at=record.at)
    elif ticket is None or reason:
        attempt = refused(attempt, reason or "no_rate", record.at)
    body = "" if ticket is None else ticket_text(ticket)
    work.fiscal.add(
        FiscalDocument(kind, settings.cashbox_of(record.till), attempt, body, record.at, receipt=record.receipt)
    )


def attempt_at(
    settings: Settings, number: str, till: str, about: str, amount: Money, at: datetime, person: str, shift: int | None
) -> PartnerAttempt:
    """The first attempt to register a document."""
    return PartnerAttempt(
        number=number,
        kind=AttemptKind.FISCAL,
        partner=settings.fiscal_register,
        till=till,
        about=about,
        tries=1,
        amount=amount,
        begun_at=at,
        cashier=person,
        shift=shift,
    )
