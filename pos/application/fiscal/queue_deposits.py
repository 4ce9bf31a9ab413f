"""Deposits on customer orders for the register: registered when they are taken, or with the sale that uses them.

A deposit that was registered is undone when its money counts in a sale, right behind that: what the drawer of the
register gives back has come in by then. It is undone, too, when it is given back. Where the setting says that only the
sale is registered, the register gets the movements of cash alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pos.application.fiscal.queue_documents import (
    attempt_at,
    made,
    names_in,
    new_number,
    queue_movement,
    refused,
    register_of,
)
from pos.application.fiscal.ticket_json import basis_in, ticket_text, undoing_text
from pos.application.ports.shift_ports import CashMove
from pos.application.ports.store import UnitOfWork
from pos.application.settings.pickup_settings import WHEN_TAKEN
from pos.application.settings.settings import Settings
from pos.application.text.translator import N_, Translator
from pos.domain.fiscal.document import DocumentKind, FiscalDocument, Standing
from pos.domain.fiscal.ticket import Operation
from pos.domain.fiscal.ticket_making import counts_for_register, ticket_of_deposit
from pos.domain.money import Money
from pos.domain.pricing.rates import RateTable

_CALLED = N_("Deposit on customer order {code}")


@dataclass(frozen=True, slots=True)
class DepositStep:
    """Money of a deposit that came or goes: `amount` of the order with this code, by `method`.

    `translators` have the words of a ticket; `rates` are asked only where the money is not that of the register.
    """

    order: str
    method: str
    amount: Money
    at: datetime
    till: str
    shift: int | None
    person: str
    translators: Mapping[str, Translator]
    rates: Callable[[], RateTable]


def queue_deposit(work: UnitOfWork, settings: Settings, step: DepositStep, *, again: bool = False) -> None:
    """A deposit was taken; `again`: the sale that used it was voided. It is registered again where it had
    been, with what its money counts for by the rates of now.
    """
    register = register_of(settings)
    if register is None:
        return
    if _documents(work, step.order) if again else settings.deposit_fiscal == WHEN_TAKEN:
        number = new_number()
        amount = made(lambda: counts_for_register(step.amount, step.rates(), register))
        _add(work, settings, step, DocumentKind.DEPOSIT, number, amount)
    else:
        _queue_cash(work, settings, step, "in")


def queue_deposit_back(work: UnitOfWork, settings: Settings, step: DepositStep, before: Money) -> None:
    """So much of a deposit is given back or has paid for goods, of which `before` was left until then.

    Cash that was not registered as a deposit leaves the register.
    """
    if register_of(settings) is None:
        return
    documents = _documents(work, step.order)
    if documents:
        _undo(work, settings, step, before, documents)
    else:
        _queue_cash(work, settings, step, "out")


def queue_deposit_moved(work: UnitOfWork, settings: Settings, step: DepositStep, to: DepositStep) -> None:
    """All that is left of a deposit pays for another order: it is undone, and registered for that one."""
    register = register_of(settings)
    documents = [] if register is None else _documents(work, step.order)
    if documents:
        part = _undo(work, settings, step, step.amount, documents)
        if part:
            _add(work, settings, to, DocumentKind.DEPOSIT, new_number(), part)


def _name(step: DepositStep) -> str:
    """What a ticket calls the deposit, in the first language of the tickets."""
    language = next(iter(names_in()), "en")
    return step.translators[language](_CALLED, code=step.order)


def _undo(
    work: UnitOfWork, settings: Settings, step: DepositStep, before: Money, documents: Sequence[FiscalDocument]
) -> Money | None:
    """Undo the documents, the oldest first; what is undone, None of nothing."""
    left = {one.id: one.attempt.amount for one in documents if one.kind is DocumentKind.DEPOSIT and one.body}
    for one in documents:
        if one.kind is DocumentKind.DEPOSIT_BACK and (basis := basis_in(one.body)) in left:
            left[basis] = left[basis] - one.attempt.amount
    registered = sum(money.minor for money in left.values())
    rest = registered if step.amount == before else registered * step.amount.minor // before.minor
    undone: Money | None = None
    for basis, money in left.items():
        part = Money(min(rest, money.minor), money.currency)
        if part.minor > 0:
            _add(work, settings, step, DocumentKind.DEPOSIT_BACK, new_number(), part, basis)
            rest -= part.minor
            undone = part if undone is None else undone + part
    return undone


def _documents(work: UnitOfWork, order: str) -> list[FiscalDocument]:
    """What the register has or will have of the deposits on an order."""
    return [one for one in work.fiscal.of_order(order) if one.standing is not Standing.GIVEN_UP]


def _add(
    work: UnitOfWork,
    settings: Settings,
    step: DepositStep,
    kind: DocumentKind,
    number: str,
    amount: Money | None,
    basis: int = 0,
) -> None:
    body = ""
    about = f"deposit/{number}"
    attempt = attempt_at(
        settings, number, step.till, about, amount or step.amount, step.at, step.person, step.shift
    )  # fmt: skip
    if amount is None:
        attempt = refused(attempt, "no_rate", step.at)
    else:
        is_back = kind is DocumentKind.DEPOSIT_BACK
        operation = Operation.RETURN if is_back else Operation.SALE
        ticket = ticket_of_deposit(
            number, operation, step.at, step.order, _name(step), step.person, step.method, amount
        )  # fmt: skip
        body = undoing_text(ticket, basis) if is_back else ticket_text(ticket)
    work.fiscal.add(FiscalDocument(kind, settings.cashbox_of(step.till), attempt, body, step.at, order=step.order))


def _queue_cash(work: UnitOfWork, settings: Settings, step: DepositStep, kind: str) -> None:
    if step.method == "cash" and step.shift is not None:
        move = CashMove(kind, step.amount, step.order, None, step.person, step.at)
        queue_movement(work, settings, step.till, step.shift, move, step.rates)
