"""Ports of partners outside the shop that take money: payment providers and card terminals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from pos.domain.money import Currency, Money
from pos.domain.outside_partners.answers import Answer, Declined, Lost
from pos.domain.outside_partners.attempt import PartnerAttempt
from pos.domain.outside_partners.rhythm import PartnerRhythm


@dataclass(frozen=True, slots=True)
class ChargeOrder:
    """What is asked of a provider: its number of 26 characters, the sum, and what the customer reads.

    `code` is the payment code that was scanned; it is a secret for a minute, and stands in no repr.
    """

    number: str
    amount: Money
    text: str
    code: str = ""

    def __repr__(self) -> str:
        """Without the code: a repr ends in logs."""
        return f"ChargeOrder({self.number}, {self.amount}, …)"


@dataclass(frozen=True, slots=True)
class ChargeMade:
    """What is known of a charge that was sent: its number and sum, and the partner's own number, empty if unknown.

    `reference` is that of the last answer that had one, Waiting or Done. `refund_reference` is the same of the refund
    that is asked about, where this is the original of one.
    """

    number: str
    amount: Money
    reference: str = ""
    detail: tuple[tuple[str, str], ...] = ()
    refund_reference: str = ""


class PaymentProvider(Protocol):
    """A partner that takes money from a customer.

    No method raises for what the partner or the line does: each says it by its Answer. All block for at most
    `rhythm.call` seconds and are called off the window's thread; several threads may call at once.
    """

    name: str
    """As tenders, reports and settings name it: `wechat`, `alipay`, `kaspi`, `terminal`, `practice`."""
    rhythm: PartnerRhythm

    def takes(self, currency: Currency) -> bool:
        """Whether it takes money of this currency."""

    def payable(self, amount: Money) -> Money:
        """The most of an amount that it can take: whole tenge of tenge, for one that knows no tiyn."""

    def charge(self, order: ChargeOrder) -> Answer:
        """Ask for the money. Done, Waiting, Declined or Lost."""

    def ask(self, charge: ChargeMade) -> Answer:
        """What became of a charge. Done, Waiting, Declined, NotFound, Undone or Lost."""

    def undo(self, charge: ChargeMade) -> Answer:
        """Ask that it does not happen, and that what was paid goes back. Undone, Done (refund it), Waiting or Lost."""

    def refund(self, number: str, amount: Money, original: ChargeMade) -> Answer:
        """Give back a part or all of a charge, under a number of its own; the same number again is the same refund."""

    def ask_refund(self, number: str, amount: Money, original: ChargeMade) -> Answer:
        """What became of a refund."""

    def check(self) -> Declined | Lost | None:
        """Try the line and the credential, and change nothing; None where both are good, else why not."""


class PracticeOutcome(Enum):
    """What the customer of a training does."""

    PAYS = "pays"
    WAITS = "waits"
    REFUSES = "refuses"
    LINE_LOST = "line_lost"


class PracticeButtons(Protocol):
    """The buttons of a training: what happens to the payment that is asked for, and to those after it."""

    outcome: PracticeOutcome

    def choose(self, outcome: PracticeOutcome) -> None:
        """From now on this happens."""


class ProviderCredentials(Protocol):
    """What the providers of a till need to sign in, kept apart from the store and the shop's keys."""

    def provider(self, name: str) -> Mapping[str, str]:
        """The fields of a provider, empty where it has none. Raises KeyFileError."""

    def keep_provider(self, name: str, fields: Mapping[str, str]) -> None:
        """Keep them; empty ones forget the provider. Raises KeyFileError."""


class TerminalPairing(Protocol):
    """The way to pair with a terminal of the shop's network."""

    def certificate_shown(self, address: str) -> str | Lost:
        """The SHA-256 of the certificate that it shows, in hex; nothing is sent to it."""

    def pair(self, address: str, certificate: str, till_name: str) -> Mapping[str, str] | Declined | Lost:
        """The credentials of a terminal that has allowed this till. Blocks until a person answered on its screen."""


class PaymentProviders(Protocol):
    """The payment providers of a till, each made when it is first asked for."""

    @property
    def is_practice(self) -> bool:
        """Whether there is the PracticeProvider alone: in a training, a demo and a simulation."""

    def named(self, name: str) -> PaymentProvider | None:
        """The provider with this name; None where it is not set up at this till."""


class StoredAttempts(Protocol):
    """Attempts at partners outside the shop. Each is written before the call, and never deleted."""

    def add(self, attempt: PartnerAttempt) -> bool:
        """Write one down; False while another one holds its money."""

    def put(self, attempt: PartnerAttempt) -> None:
        """Write what is known of one by now."""

    def locked(self, number: str) -> PartnerAttempt | None:
        """The attempt with this number, which no other transaction changes before this one is over."""

    def with_number(self, number: str) -> PartnerAttempt | None: ...

    def about(self, key: str) -> Sequence[PartnerAttempt]:
        """All that were made for a sale or a return, by its key, oldest first."""

    def refunds_of(self, number: str) -> Sequence[PartnerAttempt]:
        """The refunds of a charge, oldest first."""

    def of_document(self, receipt: str) -> Sequence[PartnerAttempt]:
        """Those that a receipt counts, oldest first."""

    def asked_between(self, partner: str, since: datetime, until: datetime) -> Sequence[PartnerAttempt]:
        """Charges and refunds of a partner that were begun or settled at an instant from `since` to before `until`, and
        those begun before that are open, oldest first.
        """

    def unclosed(self, till: str | None = None) -> Sequence[PartnerAttempt]:
        """Those about which something is to be done, oldest first; of one till or of the shop."""
