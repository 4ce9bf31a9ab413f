"""The pages behind the sign-in: the modules of a group are read beside the window, each page is built in a turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos.ui.screen import Screen
    from pos.ui.session import Session


@dataclass(frozen=True)
class Reading:
    """What follows is built from this module, which takes too long to be read in a turn of the window."""

    module: str


def screens_at_work(session: Session) -> Iterator[Screen | Reading]:
    """Yield every page, those of a sale first, so that the window answers between two of them."""
    yield Reading("pos.ui.checkout.till_screens")
    from pos.ui.checkout.screen import CheckoutScreen
    from pos.ui.checkout.till_screens import till_screens

    checkout, *sale = till_screens(session)
    assert isinstance(checkout, CheckoutScreen), "the checkout comes first"
    yield from (checkout, *sale)

    yield Reading("pos.ui.counter_pages")
    from pos.ui.counter_pages import counter_pages
    from pos.ui.returns.screen import ReturnsScreen

    returns = ReturnsScreen(session, checkout.receipts, checkout.counter)
    yield returns
    yield from counter_pages(session, checkout)

    yield Reading("pos.ui.goods_pages")
    from pos.ui.goods_pages import goods_pages

    yield from goods_pages(session)

    yield Reading("pos.ui.manager_pages")
    from pos.ui.manager_pages import manager_pages

    yield from manager_pages(session, checkout, returns)
