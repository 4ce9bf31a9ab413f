"""Events of the current sale for watchers only: a customer's display, a tour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from pos.application.sales.take_payment import PaymentInProgress
    from pos.domain.outside_partners.attempt import PartnerAttempt
    from pos.domain.returns.goods_return import Refund


@dataclass(frozen=True, slots=True)
class PaymentShown:
    """The payment shown on its page; `back` is the money that returned goods are worth beyond the basket.

    `charge` is what a payment provider is asked for.
    """

    payment: PaymentInProgress
    back: tuple[Refund, ...] = ()
    charge: PartnerAttempt | None = None


class SaleNews(QObject):
    """Passes on events of the pages of a sale; the pages do not know the watchers, and the watchers are never asked."""

    presented = Signal(object)
    """A CheckoutView, newer than any before."""
    started = Signal(object)
    """The CheckoutView of a new sale."""
    paying = Signal(object)
    """A PaymentShown while the payment page is shown."""
    payment_left = Signal()
    """The payment page is no longer shown."""
    sold = Signal(object)
    """The Sale, recorded."""
    center_heard = Signal()
    """The center has answered about a visitor of the sale in progress."""
    voided = Signal(str)
    """The receipt of a sale that was voided."""
