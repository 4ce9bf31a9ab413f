"""Money taken by card or QR wallet for a sale that was refused: it belongs to the customer until it is refunded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos.domain.errors import Refused
from pos.domain.money import Money


@dataclass(eq=False)
class TenderSettled(Refused):
    """The tender is not to be given back any more: it was settled already."""

    fact = "tender_settled"


@dataclass(eq=False)
class PaymentRefunded(Refused):
    """A tender of this payment was given back, after its sale had been refused before."""

    fact = "payment_refunded"


@dataclass(frozen=True, slots=True)
class PendingRefund:
    """The tender with the id `tender`, the `no`-th that is owed of the sale with this `key`; `why` is the fact of the
    refusal.
    """

    key: str
    no: int
    tender: str
    till: str
    person: str
    method: str
    amount: Money
    reference: str
    why: str
    at: datetime
