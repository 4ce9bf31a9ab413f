"""The part of a unit of work for orders and deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.application.ports.goods_receipt_ports import GoodsReceipts
    from pos.application.ports.order_ports import Orders
    from pos.application.ports.supplier_ports import Suppliers


class DeliveryWork(Protocol):
    """Suppliers, orders and deliveries in one transaction."""

    @property
    def suppliers(self) -> Suppliers: ...
    @property
    def orders(self) -> Orders: ...
    @property
    def receipts(self) -> GoodsReceipts: ...
