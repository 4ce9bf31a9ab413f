"""Claim a till of a server: refused at once if another computer records at that till."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos.application.shop.shop import Shop


def seated(shop: Shop, *, is_server: bool) -> Shop:
    """The shop, or TillElsewhere at once, with the shop closed, if another computer of its server records at the till.

    Raises TillElsewhere, Trouble.
    """
    try:
        if is_server:
            with shop.complete_sale.store.begin():
                pass
    except BaseException:
        shop.close()
        raise
    return shop
