"""What the payment page begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pos.application.checkout_view import CheckoutView
from pos.application.exchange import Coming, paid_by
from pos.domain.banknotes import Drawer
from pos.domain.goods_return import Refund
from pos.domain.money import Money
from pos.domain.rates import RateTable
from pos.domain.tender import EXCHANGE, CashRules


@dataclass(frozen=True, slots=True)
class Opening:
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

    @property
    def due(self) -> Money:
        """What is to be paid beside the goods that come back; what no coin makes is nobody's to pay."""
        total = self.view.total
        for one in self.coming:
            total = total - paid_by(one.refunds, total)
        return total if not self.coming or self.cash.asked(total.units, total.currency) else Money.zero(total.currency)

    @property
    def money_back(self) -> tuple[Refund, ...]:
        """The money that the goods are worth beyond the basket."""
        return tuple(refund for one in self.coming for refund in one.refunds if refund.method != EXCHANGE)
