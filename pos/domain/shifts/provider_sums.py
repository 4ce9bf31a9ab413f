"""What a shift came to at payment providers, and what of it is open when it closes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class ProviderSum:
    """What receipts of some shifts or days say that a provider took and gives back, in one currency.

    `payments` counts the tenders. A part of what was paid by card or QR, which has the method's sum as a whole.
    """

    provider: str
    payments: int
    paid: Money
    refunded: Money


@dataclass(frozen=True, slots=True)
class UnsettledCharge:
    """Money at a provider that is in no sale and not back, or a refund that is not done, when a shift is read.

    `state` as an attempt has it; a shift is closed all the same, and the attempt is carried on.
    """

    number: str
    provider: str
    is_refund: bool
    state: str
    amount: Money
    begun_at: datetime


def together(sums: Iterable[Iterable[ProviderSum]]) -> tuple[ProviderSum, ...]:
    """The sums of several shifts, by provider and currency."""
    joined: dict[tuple[str, str], ProviderSum] = {}
    for one in (each for some in sums for each in some):
        key = one.provider, one.paid.currency.code
        before = joined.get(key)
        if before is None:
            joined[key] = one
        else:
            paid, refunded = before.paid + one.paid, before.refunded + one.refunded
            joined[key] = ProviderSum(one.provider, before.payments + one.payments, paid, refunded)
    return tuple(joined[key] for key in sorted(joined))
