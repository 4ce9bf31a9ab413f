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
    """A tender of a sale that was refused was given back since its payment was opened again."""

    fact = "payment_refunded"


@dataclass(frozen=True, slots=True)
class PendingRefund:
    """A tender of the sale with this `key`, the `no`-th that is owed of it; `why` is the fact of the refusal."""

    key: str
    no: int
    till: str
    person: str
    method: str
    amount: Money
    reference: str
    why: str
    at: datetime
