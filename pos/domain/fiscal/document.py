"""A document for the register: a ticket, a movement of cash or the close of a shift, and how far its registering is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from pos.domain.errors import Refused
from pos.domain.fiscal.answers import SHARED, FiscalReceipt
from pos.domain.outside_partners.attempt import AttemptState, PartnerAttempt

CLOSE_AFTER = timedelta(hours=23)
"""A register's shift that is so old is closed: after a day it takes nothing more."""


class DocumentKind(Enum):
    """What a document tells the register."""

    SALE = "sale"
    RETURN = "return"
    CASH_IN = "in"
    CASH_OUT = "out"
    CLOSE = "close"
    DEPOSIT = "deposit"
    """A deposit on a customer order that was taken."""
    DEPOSIT_BACK = "deposit_back"
    """One that was given back, or has paid for the goods, whose ticket counts its money."""


TICKETS = frozenset({DocumentKind.SALE, DocumentKind.RETURN, DocumentKind.DEPOSIT, DocumentKind.DEPOSIT_BACK})
"""What is registered as a ticket."""
BASED = frozenset({DocumentKind.RETURN, DocumentKind.DEPOSIT_BACK})
"""What undoes another ticket, which has to be registered before."""


class Standing(Enum):
    """How far a document is, as people see it."""

    WAITING = "waiting"
    REGISTERED = "registered"
    REFUSED = "refused"
    GIVEN_UP = "given_up"
    AT_TERMINAL = "at_terminal"
    """The terminal at which it was paid registers it; nothing is sent to the register."""


@dataclass(eq=False)
class NoFiscalDocument(Refused):
    """Nothing of this receipt is sent to the register: it was made without one, or there is none of this number."""

    fact = "no_fiscal_document"

    receipt: str


@dataclass(eq=False)
class NotRefusedByRegister(Refused):
    """The register has not refused the document: there is nothing to try again, and nothing to give up."""

    fact = "not_refused_by_register"

    receipt: str
    standing: str


@dataclass(eq=False)
class StillNoRate(Refused):
    """The receipt cannot be counted in the register's currency: its rates have none of it."""

    fact = "still_no_rate"

    receipt: str


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Who decided that a document is not registered, when and why."""

    person: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class FiscalDocument:
    """One document. `attempt` is the last attempt to register it, `body` the ticket or the movement as JSON.

    `receipt` is the number on our paper; empty of what is no receipt. `problem` is the register's word on a refusal.
    What a terminal registers has an attempt of that terminal, done, of which nothing was sent and nothing is known.
    """

    kind: DocumentKind
    cashbox: str
    attempt: PartnerAttempt
    body: str
    at: datetime
    receipt: str = ""
    gives: FiscalReceipt | None = None
    problem: str = ""
    given_up: GivenUp | None = None
    id: int = 0
    order: str = ""
    """The code of the customer order, of a deposit."""

    @property
    def number(self) -> str:
        """Under which it is registered."""
        return self.attempt.number

    @property
    def name(self) -> str:
        """By what a person names it: the number of the receipt, or one of its own for what is none."""
        return self.receipt or f"#{self.id}"

    @property
    def is_ticket(self) -> bool:
        """Whether it is a sale, a return or a deposit."""
        return self.kind in TICKETS

    @property
    def standing(self) -> Standing:
        """How far it is."""
        if self.given_up is not None:
            return Standing.GIVEN_UP
        if self.attempt.state is AttemptState.DONE:
            return Standing.AT_TERMINAL if self.gives is None else Standing.REGISTERED
        return Standing.WAITING if self.attempt.is_open else Standing.REFUSED

    @property
    def is_unsettled(self) -> bool:
        """Whether it was sent and it is not known what became of it: nothing else may be sent before that is known."""
        return self.attempt.is_open and self.attempt.state is not AttemptState.NEW

    def back_in_queue(self) -> FiscalDocument:
        """The register has done nothing with it: it is sent as if for the first time, under the same number."""
        attempt = replace(self.attempt, state=AttemptState.NEW, next_at=None, missing=False, lost=0)
        return replace(self, attempt=attempt)

    def again(self, number: str, body: str, at: datetime) -> FiscalDocument:
        """Once more under a fresh number. Raises NotRefusedByRegister."""
        self._check_refused()
        attempt = replace(
            self.attempt, number=number, tries=self.attempt.tries + 1, begun_at=at, state=AttemptState.NEW, reason="",
            asked_at=None, next_at=None, settled_at=None, lost=0, missing=False, is_known=False,
        )  # fmt: skip
        return replace(self, attempt=attempt, body=body, problem="")

    def giving_up(self, person: str, at: datetime, why: str) -> FiscalDocument:
        """Not registered by us, by the word of a person. Raises NotRefusedByRegister."""
        self._check_refused()
        return replace(self, given_up=GivenUp(person, at, why))

    def _check_refused(self) -> None:
        if self.standing is not Standing.REFUSED:
            raise NotRefusedByRegister(self.name, self.standing.value)


@dataclass(frozen=True, slots=True)
class Cashbox:
    """A cashbox of the register, as the shop knows it. `problem` is why it takes nothing for now, empty for nothing.

    `shift_since` is when the first document of the register's shift was registered, None where none is open. `lost`
    counts the answers in a row that were no use, and before `next_at` it is not asked again.
    """

    name: str
    shift: int | None = None
    shift_since: datetime | None = None
    problem: str = ""
    detail: str = ""
    lost: int = 0
    next_at: datetime | None = None

    def must_close(self, at: datetime) -> bool:
        """Whether the register's shift is so old that it is closed before anything more is sent."""
        return self.shift_since is not None and at - self.shift_since >= CLOSE_AFTER

    def registered(self, shift: int | None, at: datetime) -> Cashbox:
        """It has taken a document."""
        is_new = self.shift_since is None or (shift is not None and shift != self.shift)
        return Cashbox(self.name, shift, at if is_new else self.shift_since)

    def closed(self) -> Cashbox:
        """Its shift is closed, and it answers."""
        return Cashbox(self.name, self.shift)

    def shared(self) -> Cashbox:
        """Its register counts tickets that this shop has not made. It takes more all the same."""
        return replace(self, problem=SHARED)

    def in_trouble(self, problem: str, detail: str, next_at: datetime) -> Cashbox:
        """It takes nothing for now."""
        return replace(self, problem=problem, detail=detail, lost=self.lost + 1, next_at=next_at)

    def well(self) -> Cashbox:
        """It has answered."""
        return replace(self, problem="", detail="", lost=0, next_at=None)
