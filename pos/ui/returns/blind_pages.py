"""The page of a return without a receipt, which few tills ever need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pos.ui.input.actions import CHECKOUT
from pos.ui.returns.blind_screen import BlindReturnScreen
from pos.ui.sales.checkout.screen import CheckoutScreen

if TYPE_CHECKING:
    from pos.ui.page.screen import Screen
    from pos.ui.session.session import Session


def pages(session: Session, built: Mapping[str, Screen]) -> Iterator[Screen]:
    """Yield it; the checkout is `built` already."""
    checkout = built[CHECKOUT]
    assert isinstance(checkout, CheckoutScreen), "the checkout is built first"
    yield BlindReturnScreen(session, checkout.receipts)
