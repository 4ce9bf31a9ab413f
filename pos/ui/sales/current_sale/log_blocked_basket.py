"""Logs a basket that was stopped by the allowance before payment: no other step counts it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pos.application.sales.check_order import QuotaExceeded
from pos.application.sales.order import SaleOrder
from pos.application.sales.required_approvals import PERMISSIONS_OVER
from pos.application.shop.shop import Shop
from pos.domain.staff.staff import Approvable


@contextmanager
def noting_stopped(shop: Shop, order: Callable[[], SaleOrder]) -> Iterator[None]:
    """Log a refusal by the allowance and raise it again; on the store's thread."""
    try:
        yield
    except Approvable as refused:
        need = refused.need
        if isinstance(refused, QuotaExceeded) or (need is not None and need.permission in PERMISSIONS_OVER.values()):
            shop.hold_sale.stopped(order(), refused)
        raise
