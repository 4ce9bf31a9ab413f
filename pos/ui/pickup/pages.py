"""The pages of customer orders, wired with the checkout that hands them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pos.domain.pickup.pickup_code import PickupCode
from pos.ui.input.actions import CHECKOUT
from pos.ui.pickup.opening import OrderOpening
from pos.ui.pickup.screen import PickupScreen
from pos.ui.pickup.take_screen import TakeOrdersScreen
from pos.ui.sales.checkout.screen import CheckoutScreen

if TYPE_CHECKING:
    from pos.ui.page.screen import Screen
    from pos.ui.session.session import Session


def pages(session: Session, built: Mapping[str, Screen]) -> Iterator[Screen]:
    """Yield them one by one; the checkout is `built` already."""
    checkout = built[CHECKOUT]
    assert isinstance(checkout, CheckoutScreen), "the checkout is built first"
    board = PickupScreen(session)
    opening = OrderOpening(session, checkout)
    opening.found.connect(board.show_order)
    board.hand_out_requested.connect(lambda code: opening.take(PickupCode(code).qr))
    yield board
    yield TakeOrdersScreen(session)
