"""Posted receipts for display: the frozen content, later charges, and the state of the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos.application.access.authorize import authorized_read
from pos.application.ports.purchasing_ports import GoodsReceiptSummary
from pos.application.purchasing.delivery_view import delivery_numbered, order_of
from pos.application.purchasing.posted_goods_receipt import PostedReceipt, posted_from
from pos.application.purchasing.suppliers import ACT
from pos.application.settings.context import UseCase
from pos.domain.purchasing.goods_receipt import POSTED, Charge, DeliveryOver
from pos.domain.purchasing.purchase_order import OPEN
from pos.domain.staff.staff import Person


@dataclass(frozen=True, slots=True)
class PostedView:
    """A receipt as posted. `late` are charges added afterwards; `order_open`: more of its order may come."""

    posted: PostedReceipt
    late: tuple[Charge, ...] = ()
    order_open: bool = False


class ReadPosted(UseCase):
    """Reads posted receipts. Needs the permission `stock`."""

    def listed(self, person: Person, limit: int = 50, before: int | None = None) -> Sequence[GoodsReceiptSummary]:
        """Posted receipts, newest first, those with a number below `before`."""
        with authorized_read(self.store, person, ACT) as work:
            return work.receipts.listed(POSTED, limit, before)

    def __call__(self, number: int, person: Person) -> PostedView:
        """One posted receipt. Raises NoSuchDelivery, DeliveryOver for a delivery never posted, NotAllowed."""
        with authorized_read(self.store, person, ACT) as work:
            receipt = delivery_numbered(work, number)
            if receipt.state != POSTED:
                raise DeliveryOver(receipt.name, receipt.state)
            order = order_of(work, receipt)
            late = tuple(charge for charge in receipt.charges if charge.late)
            return PostedView(posted_from(receipt), late, order is not None and order.state == OPEN)
