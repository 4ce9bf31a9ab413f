"""Ports of the fiscal register: the partner that registers, and what the shop keeps of it."""

from __future__ import annotations

from typing import Protocol

from pos.domain.fiscal.answers import RegisterAnswer
from pos.domain.fiscal.ticket import CashMovement, Ticket
from pos.domain.outside_partners.rhythm import PartnerRhythm


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
