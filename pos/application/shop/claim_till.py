"""Open the shop of a till of a server: refused at once where another computer records at that till."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos.application.shop.shop import Shop


def seated(shop: Shop, *, is_server: bool) -> Shop:
    """The shop: closed again where another computer of its server records at the till, which is told at once.

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
