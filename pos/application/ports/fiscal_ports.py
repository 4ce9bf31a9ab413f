"""Ports of the fiscal register: the partner that registers, and what the shop keeps of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from pos.domain.fiscal.answers import RegisterAnswer
from pos.domain.fiscal.document import Cashbox, FiscalDocument, Standing
from pos.domain.fiscal.ticket import CashMovement, Ticket
from pos.domain.outside_partners.rhythm import PartnerRhythm
from pos.domain.shifts.report_details import FiscalCounts


class FiscalRegister(Protocol):
    """A partner that registers what is sold, returned and moved in cash. `cashbox` is its own name of a cash desk.

    No method raises for what the partner or the line does: each says it by its answer. All block for at most some
    `rhythm.call` seconds and are called off the window's thread, one at a time for a cashbox.
    """

    name: str
    """As settings name it."""
    rhythm: PartnerRhythm

    def register(self, cashbox: str, ticket: Ticket) -> RegisterAnswer:
        """Register a ticket; the same number again is the same ticket, and is answered as it was the first time."""

    def find(self, cashbox: str, number: str, total: str) -> RegisterAnswer:
        """What became of the ticket of this number. Registered, NotFound, Held or Lost.

        `total` is the decimal text of what it comes to: another sum under the number is Lost.
        """

    def cash(self, cashbox: str, movement: CashMovement) -> RegisterAnswer:
        """Register cash that moved without a sale; the same number again is the same movement: it is asked about so."""

    def x(self, cashbox: str) -> RegisterAnswer:
        """The figures of the register's shift, which goes on. Registered where there is one; NotFound for none."""

    def close(self, cashbox: str) -> RegisterAnswer:
        """Close the register's shift. Registered, also where none was open."""

    def check(self, cashbox: str) -> RegisterAnswer | None:
        """Try the line, the credential and the cashbox, and change nothing; None where all are good, else why not."""

    def close_line(self) -> None:
        """Close the connections."""


class StoredFiscal(Protocol):
    """Documents for the register, and its cashboxes. A document is never deleted."""

    def add(self, document: FiscalDocument) -> None:
        """Write one in this transaction, with its attempt; of a receipt that is recorded already."""

    def put(self, document: FiscalDocument) -> None:
        """Write what is known of one by now, with its attempt."""

    def again(self, document: FiscalDocument) -> None:
        """Write a document that has a new attempt."""

    def waiting(self, cashbox: str, limit: int) -> Sequence[FiscalDocument]:
        """The documents of a cashbox of which nothing has become yet, in the order in which they happened."""

    def cashboxes_waiting(self, till: str) -> Sequence[str]:
        """The cashboxes for which documents of a till wait."""

    def of_receipt(self, till: str, number: int) -> FiscalDocument | None:
        """The document of a receipt."""

    def of_order(self, code: str) -> Sequence[FiscalDocument]:
        """The deposits on the customer order with this code, taken and undone, in their order."""

    def with_id(self, number: int) -> FiscalDocument | None: ...

    def listed(self, standings: Collection[Standing], limit: int) -> Sequence[FiscalDocument]:
        """The documents that stand so, oldest first."""

    def counts(self, shift: tuple[str, int] | None = None) -> FiscalCounts:
        """How many receipts of a shift (till and number), or of the shop, stand how."""

    def known_in_shift(self, cashbox: str, shift: int, since: datetime) -> int:
        """How many tickets of a shift of the register are ours: registered ones, and those given up since an instant,
        which a person may have registered by hand.
        """

    def hold(self, cashbox: str, holder: str, now: datetime, until: datetime) -> bool:
        """Let this program alone call a cashbox until an instant; False while another one does."""

    def let_go(self, cashbox: str, holder: str) -> None:
        """Another program may call it."""

    def cashbox(self, name: str) -> Cashbox:
        """A cashbox as the shop knows it."""

    def note(self, cashbox: Cashbox) -> None:
        """Write what is known of a cashbox."""

    def has_other_shift_open(self, till: str, cashboxes: Mapping[str, str], usual: str) -> bool:
        """Whether a shift is open at another till of the cashbox of this one.

        `cashboxes` are those of single tills, `usual` that of all others.
        """
