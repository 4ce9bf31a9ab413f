"""Ask a payment provider for the money of an open payment, while its goods and its allowance stay reserved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from pos.application.outside_partners.charge_customer import BeginCharge, ChargeRequest
from pos.application.sales.reserve_for_payment import ReserveForPayment
from pos.application.settings.context import UseCase
from pos.domain.outside_partners.attempt import PartnerAttempt
from pos.domain.outside_partners.rhythm import PartnerRhythm

_SPARE = 60.0
"""Seconds for the calls, and for the cashier to finish the sale."""


@dataclass(frozen=True, slots=True)
class ChargeAtProvider(UseCase):
    """The step of the payment page. The reservations outlast the provider's time, so that money is not taken for goods
    that another one has bought meanwhile.
    """

    begin: BeginCharge
    hold: ReserveForPayment

    def __call__(self, request: ChargeRequest) -> PartnerAttempt:
        """Begin it; `PartnerWorker.send` sends it. Raises as BeginCharge, and CenterAway, CenterRefused."""
        provider = self.begin.provider(request)
        self.hold.extend(request.sale, outlasting(provider.rhythm))
        return self.begin(request)


def outlasting(rhythm: PartnerRhythm) -> timedelta:
    """Longer than any answer of the provider is waited for: the customer's time, as long again for an undo."""
    return timedelta(seconds=2 * rhythm.time_over + rhythm.undo_after + 2 * rhythm.call + _SPARE)
