"""What happens to the sale at hand, for those who only look on: a customer's display, a tour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from pos.application.sales.take_payment import PaymentInProgress
    from pos.domain.returns.goods_return import Refund


@dataclass(frozen=True, slots=True)
class PaymentShown:
    """The payment that its page shows; `back` is the money that goods which come back are worth beyond the basket."""

    payment: PaymentInProgress
    back: tuple[Refund, ...] = ()


class SaleNews(QObject):
    """Passes on what the pages of a sale say of it; nobody needs to know them, and nothing is asked of them."""

    presented = Signal(object)
    """A CheckoutView, newer than any before."""
    started = Signal(object)
    """The CheckoutView of a new sale."""
    paying = Signal(object)
    """A PaymentShown while the payment's page is on show."""
    payment_left = Signal()
    """The payment's page is on show no more."""
    sold = Signal(object)
    """The Sale, recorded."""
