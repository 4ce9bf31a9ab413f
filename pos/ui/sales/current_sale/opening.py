"""What the payment page begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pos.application.pickup.pick_up import deposit_tenders
from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.exchange import Coming, left_to_pay
from pos.application.sales.take_payment import PaymentInProgress
from pos.application.settings.settings import Settings
from pos.application.shop.shop import Shop
from pos.domain.money import Money
from pos.domain.outside_partners.attempt import PartnerAttempt
from pos.domain.payment.banknotes import Drawer
from pos.domain.payment.cash_withdrawal import more_than_held
from pos.domain.payment.tender import CashRules
from pos.domain.pricing.rates import RateTable
from pos.domain.returns.goods_return import Refund, RefundByProvider, cash_of
from pos.ui.sales.current_sale.received_money import Given


@dataclass(frozen=True, slots=True)
class PaymentOpening:
    """What the payment screen needs to know, read together on the store's thread."""

    view: CheckoutView
    rates: RateTable
    cash: CashRules
    at: datetime
    stale_after: timedelta
    zone: ZoneInfo
    drawer: Drawer | None = None
    """The notes from which change is proposed."""
    coming: tuple[Coming, ...] = ()
    """What comes back in exchange, and how its worth goes back."""
    refunded: frozenset[str] = frozenset()
    """The ids of the tenders of this sale that were given back, after it had been refused before."""
    offered: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """The payment providers that take money here, by method and code of the currency."""
    charges: tuple[PartnerAttempt, ...] = ()
    """What they were asked for this sale before."""
    terminals: frozenset[str] = frozenset()
    """Those of them that register the fiscal receipt themselves."""

    @classmethod
    def of(cls, view: CheckoutView, rates: RateTable, shop: Shop, settings: Settings) -> PaymentOpening:
        """What it begins with now; on the store's thread."""
        exchange = view.back.order()
        return cls(
            view,
            rates,
            settings.cash(),
            shop.now(),
            settings.stale_after,
            settings.zone,
            shop.read_shift.drawer(),
            () if exchange is None else shop.propose_exchange(exchange, view.total),
            shop.owed_money.refunded(view.key),
            shop.offered_providers.everywhere(),
            tuple(shop.open_attempts.of_sale(view.key)),
            settings.registering_terminals(),
        )

    def payment(self, before: PaymentInProgress | None, given: Given | None = None) -> PaymentInProgress:
        """The payment that begins, with what was given and chosen `before` for the same sale.

        `given` is what was given for a sale before the till stopped, perhaps for this one.
        """
        begun = PaymentInProgress.of(self.due, self.rates, self.cash, self.at, self.stale_after, self.drawer)
        begun = replace(begun, terminals=self.terminals, is_exchange=bool(self.coming))
        if before is not None:
            begun = replace(
                begun,
                currency=before.currency,
                method=before.method,
                tenders=before.tenders,
                approved=before.approved,
                change_currency=before.change_currency,
            )
        elif given is not None and given.key == self.view.key:
            begun = replace(begun, tenders=given.tenders, approved=given.approved)
        begun = begun.with_deposits(deposit_tenders(self.view.pickups, self.due, self.cash))
        for charge in self.charges:
            if charge.is_offered:
                begun = begun.charging(charge)
        return begun

    def only_goes_back(self, payment: PaymentInProgress | None) -> Refund | None:
        """The first part of the money that goes back, where nothing is taken; its way may be another than the chosen
        one.
        """
        return None if payment is None or payment.tenders else next(iter(self.money_back), None)

    @property
    def due(self) -> Money:
        """What is to be paid beside the goods that come back."""
        return left_to_pay(self.coming, self.view.total, self.cash)

    @property
    def money_back(self) -> tuple[Refund, ...]:
        """The money that the goods are worth beyond the basket."""
        return tuple(refund for one in self.coming for refund, _ in one.money_back)

    @property
    def by_provider(self) -> tuple[tuple[RefundByProvider, ...], ...]:
        """What of each part of `money_back` goes back by itself: of its own receipt alone."""
        return tuple(parts for one in self.coming for _, parts in one.money_back)

    @property
    def beyond(self) -> tuple[Money, ...]:
        """The cash of that money of which the drawer should hold less."""
        return () if self.drawer is None else more_than_held(cash_of(self.money_back), self.drawer)
