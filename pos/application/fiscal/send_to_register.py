"""Tell the register what has happened, in its order, until it has taken all of it; and close its shift in time.

One program at a time calls a cashbox, also where two tills share it. While it is not known what became of a document,
it is asked about, and nothing else is sent to its cashbox.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Lock

from pos.application.access.authorize import SYSTEM_USER
from pos.application.fiscal.ticket_json import basis_in, read_movement, read_ticket
from pos.application.ports.fiscal_ports import FiscalRegister
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.domain.fiscal.answers import FiscalReceipt, Held, RegisterAnswer, Registered, Rejected, ShiftTooLong
from pos.domain.fiscal.document import BASED, Cashbox, DocumentKind, FiscalDocument, Standing
from pos.domain.fiscal.ticket import ReturnBasis
from pos.domain.outside_partners.answers import Declined, Done, Lost, NotFound
from pos.domain.receipt_number import read_receipt_number
from pos.domain.shifts.report_details import FiscalCounts

REFUSED_ACT = "fiscal_refused"
"""Journal act of a document that the register does not take as it is."""
SHIFT_CLOSED = "fiscal_shift_closed"
SHARED_ACT = "fiscal_shared"
"""Journal act of a shift in which the register counts more tickets than the shop has made."""
_AT_ONCE = 50
_LONGEST_STEP = timedelta(seconds=180)
"""More than the calls of one step can take: a program that died no longer has one under way."""


@dataclass(frozen=True, slots=True)
class _Waits:
    """The sale that a return reverses is not registered yet."""


def _undone(work: UnitOfWork, document: FiscalDocument) -> FiscalDocument | None:
    """The document that one undoes; None where there is none."""
    if document.kind is DocumentKind.DEPOSIT_BACK:
        return work.fiscal.with_id(basis_in(document.body))
    back = work.returns.by_number(*read_receipt_number(document.receipt))
    assert back is not None, "it is recorded"
    return None if back.reverses is None else work.fiscal.of_receipt(*read_receipt_number(back.reverses))


@dataclass(frozen=True, slots=True)
class SentToRegister:
    """What came of it: the counts of the shop's receipts, and why the till's cashbox takes nothing, if it does not."""

    counts: FiscalCounts = field(default_factory=FiscalCounts)
    problem: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SendToRegister(UseCase):
    """Fit for any thread but the window's. `register` makes the partner; None where the shop has none."""

    register: Callable[[], FiscalRegister | None]
    _sending: Lock = field(default_factory=Lock)
    _holder: str = field(default_factory=lambda: secrets.token_hex(8))

    def __call__(self, *, at_once: bool = False, stop: Callable[[], bool] = lambda: False) -> SentToRegister:
        """Send what waits, until the register does not answer. `at_once`: also what is to be asked about later only.

        `stop` is asked between two documents.
        """
        register = self.register()
        if register is None:
            return SentToRegister()
        if self._sending.acquire(blocking=False):
            try:
                for cashbox in self._cashboxes():
                    self._serve(register, cashbox, stop, at_once=at_once)
            finally:
                self._sending.release()
        return self.state()

    def state(self) -> SentToRegister:
        """How things stand; nothing is sent."""
        settings = self.settings()
        if settings.register_kind is None:
            return SentToRegister()
        with self.store.reading() as work:
            box = work.fiscal.cashbox(settings.cashbox_of(self.till))
            return SentToRegister(work.fiscal.counts(), box.problem, box.detail)

    def _cashboxes(self) -> Sequence[str]:
        """That of this till, and those for which it has written documents: the setting may have changed since."""
        own = self.settings().cashbox_of(self.till)
        with self.store.reading() as work:
            waiting = work.fiscal.cashboxes_waiting(self.till)
        return list(dict.fromkeys([own, *waiting]))

    def _serve(self, register: FiscalRegister, cashbox: str, stop: Callable[[], bool], *, at_once: bool) -> None:
        while not stop() and self._has_work(cashbox) and self._hold(cashbox):
            try:
                goes_on = self._step(register, cashbox, at_once=at_once)
            finally:
                self._let_go(cashbox)
            if not goes_on:
                return

    def _has_work(self, cashbox: str) -> bool:
        """Whether something waits, or the register's shift has to be closed: a quiet till writes nothing."""
        with self.store.reading() as work:
            return bool(work.fiscal.waiting(cashbox, 1)) or work.fiscal.cashbox(cashbox).must_close(self.now())

    def _hold(self, cashbox: str) -> bool:
        holder, now = f"{self.till}/{self._holder}", self.now()
        with self.store.begin() as work:
            is_held = work.fiscal.hold(cashbox, holder, now, now + _LONGEST_STEP)
            work.commit()
        return is_held

    def _let_go(self, cashbox: str) -> None:
        with self.store.begin() as work:
            work.fiscal.let_go(cashbox, f"{self.till}/{self._holder}")
            work.commit()

    def _step(self, register: FiscalRegister, cashbox: str, *, at_once: bool) -> bool:
        """Ask about one document, or send one, or close the shift; whether there may be more to do."""
        now = self.now()
        with self.store.reading() as work:
            waiting, box = work.fiscal.waiting(cashbox, _AT_ONCE), work.fiscal.cashbox(cashbox)
        if not at_once and box.next_at is not None and now < box.next_at:
            return False
        unsettled = next((document for document in waiting if document.is_unsettled), None)
        if unsettled is not None:
            due = unsettled.attempt.next_step(now, register.rhythm, at_start=at_once)
            return due is not None and self._ask(register, unsettled)
        if box.must_close(now):
            return self._close_shift(register, box)
        for document in waiting:
            basis = self._basis(document)
            if not isinstance(basis, _Waits):
                return self._send(register, box, document, basis)
        return False

    def _basis(self, document: FiscalDocument) -> ReturnBasis | Rejected | _Waits | None:
        """What a return, or a deposit undone, is based on; refused where that will never be registered.

        None of what is neither.
        """
        if document.kind not in BASED:
            return None
        with self.store.reading() as work:
            of = _undone(work, document)
        if of is None or of.standing is Standing.GIVEN_UP:
            return Rejected("no_basis")
        if of.gives is None:
            return _Waits()
        return ReturnBasis(of.gives.number, of.gives.at, of.gives.registration, of.attempt.amount, of.gives.is_offline)

    def _send(
        self, register: FiscalRegister, box: Cashbox, document: FiscalDocument, basis: ReturnBasis | Rejected | None
    ) -> bool:
        """Write down that it is sent, and send it; whether the next one can be sent."""
        if isinstance(basis, Rejected):
            return self._settled(register, document, basis)
        sent = replace(document, attempt=document.attempt.sending(self.now(), register.rhythm))
        with self.store.begin() as work:
            work.fiscal.put(sent)
            work.commit()
        answer = self._told(register, sent, basis)
        if isinstance(answer, ShiftTooLong):
            self._write(sent.back_in_queue(), Cashbox.well)
            return self._close_shift(register, box)
        return self._settled(register, sent, answer)

    def _ask(self, register: FiscalRegister, document: FiscalDocument) -> bool:
        """Find out what became of a document; whether that is known now."""
        if document.is_ticket:
            answer = register.find(document.cashbox, document.number, str(document.attempt.amount))
        else:
            answer = self._told(register, document)
        if isinstance(answer, NotFound | ShiftTooLong):
            self._write(document.back_in_queue(), Cashbox.well)
            return True
        return self._settled(register, document, answer)

    def _told(
        self, register: FiscalRegister, document: FiscalDocument, basis: ReturnBasis | None = None
    ) -> RegisterAnswer:
        """Send a document: under its number, so that one that was sent before is not registered a second time."""
        if document.kind is DocumentKind.CLOSE:
            return register.close(document.cashbox)
        if document.is_ticket:
            return register.register(document.cashbox, read_ticket(document.body, document.number).based_on(basis))
        return register.cash(document.cashbox, read_movement(document.body, document.number))

    def _settled(self, register: FiscalRegister, document: FiscalDocument, answer: RegisterAnswer) -> bool:
        """Write an answer down; whether it is one, so that the next document can be sent."""
        now, attempt = self.now(), document.attempt
        if isinstance(answer, Registered):
            done = Done(attempt.amount, answer.receipt.number)
            known = replace(
                document, attempt=attempt.answered(done, now, register.rhythm), gives=answer.receipt, problem=""
            )
            shift = answer.receipt.shift
            is_close = document.kind is DocumentKind.CLOSE
            if is_close:
                self._write_closed(known, answer.receipt)
            else:
                self._write(known, lambda box: box.registered(shift, now))
            return True
        if isinstance(answer, Rejected):
            gone = attempt.answered(Declined(answer.reason), now, register.rhythm)
            self._write(replace(document, attempt=gone, problem=answer.detail), Cashbox.well, refused=answer)
            return True
        if isinstance(answer, Held):
            self._write(document.back_in_queue(), self._trouble(register, answer.reason, answer.detail))
            return False
        lost = answer if isinstance(answer, Lost) else Lost("not_understood")
        open_still = replace(document, attempt=attempt.answered(lost, now, register.rhythm))
        self._write(open_still, self._trouble(register, lost.what, lost.detail))
        return False

    def _trouble(self, register: FiscalRegister, problem: str, detail: str) -> Callable[[Cashbox], Cashbox]:
        now = self.now()
        return lambda box: box.in_trouble(problem, detail, now + register.rhythm.pause(box.lost + 1))

    def _write(
        self, document: FiscalDocument, noting: Callable[[Cashbox], Cashbox], refused: Rejected | None = None
    ) -> None:
        with self.store.begin() as work:
            work.fiscal.put(document)
            work.fiscal.note(noting(work.fiscal.cashbox(document.cashbox)))
            if refused is not None:
                details = {"receipt": document.name, "problem": refused.reason, "detail": refused.detail}
                work.journal.write(self.now(), self.till, SYSTEM_USER.name, REFUSED_ACT, details)
            work.commit()

    def _write_closed(self, document: FiscalDocument, given: FiscalReceipt) -> None:
        with self.store.begin() as work:
            work.fiscal.put(document)
            work.fiscal.note(self._closed(work, work.fiscal.cashbox(document.cashbox), given))
            work.commit()

    def _closed(self, work: UnitOfWork, box: Cashbox, given: FiscalReceipt) -> Cashbox:
        """The cashbox after its shift was closed. Two shops that share one see it here: the register counts more."""
        if given.shift is None or given.tickets is None or box.shift_since is None:
            return box.closed()
        known = work.fiscal.known_in_shift(box.name, given.shift, box.shift_since)
        if given.tickets <= known:
            return box.closed()
        details = {"cashbox": box.name, "shift": given.shift, "tickets": given.tickets, "known": known}
        work.journal.write(self.now(), self.till, SYSTEM_USER.name, SHARED_ACT, details)
        return box.closed().shared()

    def _close_shift(self, register: FiscalRegister, box: Cashbox) -> bool:
        """Close the register's shift, where no document is unsettled; whether it is closed."""
        answer = register.close(box.name)
        with self.store.begin() as work:
            known = work.fiscal.cashbox(box.name)
            if isinstance(answer, Registered):
                work.fiscal.note(self._closed(work, known, answer.receipt))
                details = {"cashbox": box.name, "shift": answer.receipt.shift or box.shift}
                work.journal.write(self.now(), self.till, SYSTEM_USER.name, SHIFT_CLOSED, details)
            else:
                problem = answer.reason if isinstance(answer, Held | Rejected) else getattr(answer, "what", "busy")
                work.fiscal.note(self._trouble(register, problem, getattr(answer, "detail", ""))(known))
            work.commit()
        return isinstance(answer, Registered)
