"""The pages of customer orders; the checkout opens the baskets of those that are handed out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pos.domain.pickup.pickup_code import PickupCode
from pos.ui.pickup.screen import PickupScreen
from pos.ui.pickup.take_screen import TakeOrdersScreen

if TYPE_CHECKING:
    from pos.ui.page.screen import Screen
    from pos.ui.session.session import Session


def pages(session: Session, _built: Mapping[str, Screen]) -> Iterator[Screen]:
    """Yield them one by one."""
    board = PickupScreen(session)
    session.order_found.connect(board.show_order)
    board.hand_out_requested.connect(lambda code: session.open_order(PickupCode(code).qr))
    yield board
    yield TakeOrdersScreen(session)
