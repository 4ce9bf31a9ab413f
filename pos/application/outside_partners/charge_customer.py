"""Begin a charge: written down and on disk before the provider hears of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from pos.application.access.authorize import active_cashier
from pos.application.access.retry import retry_idempotent
from pos.application.access.shift_at_till import shift_for
from pos.application.outside_partners.follow_up import new_number
from pos.application.outside_partners.refusals import (
    ChargeStillOpen,
    ProviderNotSetUp,
    ProviderTakesNot,
    ProviderTakesWhole,
)
from pos.application.ports.partner_ports import PaymentProvider, PaymentProviders
from pos.application.settings.context import UseCase
from pos.domain.money import Money
from pos.domain.outside_partners.attempt import AttemptKind, PartnerAttempt
from pos.domain.outside_partners.payment_code import PaymentCode
from pos.domain.request_key import KeyReused


class ChargesAtHand:
    """The charges that this program is about to send, with the codes that were scanned for them, in memory alone.

    After a restart they are gone: an attempt is asked about then, and never sent again.
    """

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._lock = Lock()

    def keep(self, number: str, code: PaymentCode | None) -> None:
        """Note a charge that was written down."""
        with self._lock:
            self._codes[number] = "" if code is None else code.digits

    def code_of(self, number: str) -> str:
        """The digits, empty where there are none."""
        with self._lock:
            return self._codes.get(number, "")

    def sent(self, number: str) -> None:
        """Its call is over."""
        with self._lock:
            self._codes.pop(number, None)

    def __contains__(self, number: str) -> bool:
        with self._lock:
            return number in self._codes


@dataclass(frozen=True, slots=True)
class ChargeRequest:
    """What is asked for: `amount` for the sale with this key, booked as `method` (`card` or `qr`) of a provider.

    `code` is what the customer shows; None where they act at the device.
    """

    sale: str
    provider: str
    method: str
    amount: Money
    cashier: str
    code: PaymentCode | None = None


@dataclass(frozen=True, slots=True)
class BeginCharge(UseCase):
    """Write a charge down, so that it is asked about whatever happens after; `CarryOn` sends it."""

    providers: PaymentProviders
    at_hand: ChargesAtHand

    def provider(self, request: ChargeRequest) -> PaymentProvider:
        """The provider that may take it. Raises ProviderNotSetUp, ProviderTakesNot, ProviderTakesWhole."""
        provider, amount = self.providers.named(request.provider), request.amount
        if provider is None:
            raise ProviderNotSetUp(request.provider)
        if not provider.takes(amount.currency):
            raise ProviderTakesNot(request.provider, amount.currency)
        payable = provider.payable(amount)
        if payable != amount:
            raise ProviderTakesWhole(request.provider, amount, payable)
        return provider

    def __call__(self, request: ChargeRequest) -> PartnerAttempt:
        """The attempt, committed. Raises as `provider`, and ChargeStillOpen, KeyReused where the sale is recorded,
        NoOpenShift, NotAllowed.
        """
        provider, number = self.provider(request), new_number()
        attempt = self._written(request, provider, number, self.now())
        self.at_hand.keep(number, request.code)
        return attempt

    @retry_idempotent
    def _written(self, request: ChargeRequest, provider: PaymentProvider, number: str, at: datetime) -> PartnerAttempt:
        with self.store.begin() as work:
            written = work.attempts.with_number(number)
            if written is not None:
                return written
            cashier = active_cashier(work, request.cashier)
            cashier.check("sell")
            shift = shift_for(work, self.till, cashier)
            if work.sales.with_key(request.sale) is not None:
                raise KeyReused(request.sale)
            new = PartnerAttempt(
                number=number,
                kind=AttemptKind.CHARGE,
                partner=provider.name,
                till=self.till,
                about=request.sale,
                tries=len(work.attempts.about(request.sale)) + 1,
                amount=request.amount,
                begun_at=at,
                method=request.method,
                cashier=cashier.name,
                shift=shift.id,
                code_tail="" if request.code is None else request.code.digits[-4:],
            )
            attempt = new.sending(at, provider.rhythm)
            if not work.attempts.add(attempt):
                raise ChargeStillOpen(provider.name, request.amount)
            work.commit()
        return attempt
