"""Claim a till of a server: refused at once if another computer records at that till."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos.application.shop.opening import OpenedShop


def claim_till(opened: OpenedShop) -> None:
    """Record nothing once, which only the seat of the till may; close the store if that is refused.

    Raises TillElsewhere, Trouble.
    """
    try:
        with opened.context.store.begin():
            pass
    except BaseException:
        opened.close()
        raise
