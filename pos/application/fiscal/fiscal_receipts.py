"""Fiscal receipts as people see them: which wait or were refused, once more, given up; and the wait for one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.access.retry import retry_on_rollback
from pos.application.fiscal.queue_documents import made, new_number, order_close, return_ticket
from pos.application.fiscal.send_to_register import SendToRegister
from pos.application.fiscal.ticket_json import ticket_text
from pos.application.ports.fiscal_ports import FiscalRegister
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.domain.border import border_in_force
from pos.domain.errors import StoreError
from pos.domain.fiscal.answers import RegisterAnswer
from pos.domain.fiscal.document import (
    DocumentKind,
    FiscalDocument,
    NoFiscalDocument,
    Standing,
    StillNoRate,
)
from pos.domain.fiscal.ticket_making import ticket_of_sale
from pos.domain.receipt_number import read_receipt_number
from pos.domain.shifts.shift import check_reason
from pos.domain.staff.staff import Person

AGAIN, GIVEN_UP = "fiscal_again", "fiscal_given_up"
"""Journal acts of a person who has looked at what the register refused."""
RIGHT = "reports"
_OPEN_ONES = (Standing.WAITING, Standing.REFUSED)
_MOST = 500
_LOOK_EVERY = 0.1


@dataclass(frozen=True, slots=True)
class FiscalReceipts(UseCase):
    """The documents for the register: `send` tells it, `register` makes the partner. No one sets `running`."""

    send: SendToRegister
    register: Callable[[], FiscalRegister | None]
    running: Callable[[], timedelta]

    def listed(self, person: Person, standings: Collection[Standing] = _OPEN_ONES) -> Sequence[FiscalDocument]:
        """The documents that stand so, oldest first. Raises NotAllowed."""
        with authorized_read(self.store, person, RIGHT) as work:
            return work.fiscal.listed(standings, _MOST)

    def of(self, receipt: str) -> FiscalDocument | None:
        """What is known of the fiscal receipt of a receipt; None where the register receives nothing of it."""
        with self.store.reading() as work:
            return work.fiscal.of_receipt(*read_receipt_number(receipt))

    def wait(self, receipt: str) -> FiscalDocument | None:
        """The document of a new receipt, once it is settled or the shop's patience is over. It blocks so long."""
        settings = self.settings()
        document = self.of(receipt) if settings.register_kind is not None else None
        if document is None or settings.fiscal_wait_seconds == 0:
            return document
        end = self.running() + timedelta(seconds=settings.fiscal_wait_seconds)
        while document is not None and document.standing is Standing.WAITING and self.running() < end:
            self.send(stop=lambda: self.running() >= end)
            document = self.of(receipt)
            if document is not None and document.standing is Standing.WAITING:
                Event().wait(_LOOK_EVERY)
        return document

    @retry_on_rollback
    def again(self, receipt: str, person: Person) -> FiscalDocument:
        """Register a refused receipt under a fresh number, after a person has put right what was wrong.

        Raises NoFiscalDocument, NotRefusedByRegister, StillNoRate, NotAllowed.
        """
        at = self.now()
        with authorized_write(self.store, person, RIGHT) as (work, person):
            document = _document(work, receipt)
            number = new_number()
            body = self._body(work, document, number)
            again = document.again(number, body, at)
            if not body and document.kind is not DocumentKind.CLOSE:
                raise StillNoRate(receipt)
            work.fiscal.again(again)
            details = {"receipt": receipt, "problem": document.attempt.reason}
            work.journal.write(at, self.till, person.name, AGAIN, details)
            work.commit()
        return again

    @retry_on_rollback
    def give_up(self, receipt: str, why: str, person: Person) -> FiscalDocument:
        """Note that a refused receipt is not registered by the program: who says so, and why.

        Raises BadField, NoFiscalDocument, NotRefusedByRegister, NotAllowed.
        """
        at = self.now()
        with authorized_write(self.store, person, RIGHT) as (work, person):
            why = check_reason(why)
            document = _document(work, receipt).giving_up(person.name, at, why)
            work.fiscal.put(document)
            details = {"receipt": receipt, "problem": document.attempt.reason, "reason": why}
            work.journal.write(at, self.till, person.name, GIVEN_UP, details)
            work.commit()
        return document

    def check(self, person: Person) -> RegisterAnswer | None:
        """Try the register's line, its credential and the cashbox, and change nothing; None where all are good.

        Raises NotAllowed. None, too, in a shop without a register.
        """
        with authorized_read(self.store, person, "settings"):
            register = self.register()
        return None if register is None else register.check(self.settings().cashbox_of(self.till))

    def close_line(self) -> None:
        """Close the connections to the register."""
        with suppress(StoreError):  # a till closes also where its store is lost
            if (register := self.register()) is not None:
                register.close_line()

    @retry_on_rollback
    def close_shift(self, person: Person) -> None:
        """Let the register close the shift of this till's cashbox, behind what waits. Raises NotAllowed."""
        with authorized_write(self.store, person, "close_shift") as (work, person):
            order_close(work, self.settings(), self.till, self.now(), person.name)
            work.commit()

    def _body(self, work: UnitOfWork, document: FiscalDocument, number: str) -> str:
        """The ticket as it was made, or made now if a rate was missing."""
        if document.body or not document.receipt:
            return document.body
        amount = document.attempt.amount.currency
        till, of = read_receipt_number(document.receipt)
        kind = self.settings().register_kind
        currency = border_in_force().currencies.get("" if kind is None else kind.currency, amount)
        languages = border_in_force().fiscal_mark.languages
        if document.kind is DocumentKind.SALE:
            sale = work.sales.by_number(till, of)
            ticket = None if sale is None else made(lambda: ticket_of_sale(sale, number, currency, languages))
        else:
            back = work.returns.by_number(till, of)
            ticket = None if back is None else made(lambda: return_ticket(work, back, number, currency))
        return "" if ticket is None else ticket_text(ticket)


def _document(work: UnitOfWork, name: str) -> FiscalDocument:
    if name.startswith("#") and name[1:].isascii() and name[1:].isdigit():
        found = work.fiscal.with_id(int(name[1:10]))
    else:
        found = work.fiscal.of_receipt(*read_receipt_number(name))
    if found is None:
        raise NoFiscalDocument(name)
    return found
