"""The page on which a sale begins; those of its payment come after it (pos/ui/shell/payment_pages.py)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pos.ui.pickup.opening import OrderOpening
from pos.ui.receipts.receipts import ReceiptPrinting
from pos.ui.sales.checkout.screen import CheckoutScreen
from pos.ui.sales.current_sale.checkout_controller import CheckoutController

if TYPE_CHECKING:
    from pos.ui.page.screen import Screen
    from pos.ui.session.session import Session


def pages(session: Session, _built: Mapping[str, Screen]) -> Iterator[Screen]:
    """Yield the checkout, which owns the CheckoutController and the Receipts that all pages of a sale share. It opens
    customer orders also where their own pages are not built.
    """
    counter, news = CheckoutController(session), session.sale_news
    counter.presented.connect(news.presented)
    counter.started.connect(news.started)
    news.center_heard.connect(counter.judge_again)
    checkout = CheckoutScreen(session, counter, ReceiptPrinting(session))
    OrderOpening(session, checkout)
    yield checkout
