"""Money taken by card or QR wallet for a sale that was refused: it belongs to the customer until it is refunded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from pos.domain.errors import Refused
from pos.domain.money import Money


@dataclass(eq=False)
class TenderSettled(Refused):
    """The tender is not to be given back any more: it was settled already."""

    fact = "tender_settled"


@dataclass(eq=False, init=False)
class PaymentRefunded(Refused):
    """Tenders of this payment were given back, after its sale had been refused before.

    Their ids are for the window that shows the payment, and no figures of the refusal.
    """

    fact = "payment_refunded"

    def __init__(self, tenders: Collection[str] = ()) -> None:
        super().__init__()
        self.tenders = frozenset(tenders)


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
