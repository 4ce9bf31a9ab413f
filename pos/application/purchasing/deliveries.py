"""Groups the use cases of suppliers, orders and deliveries."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from pos.application.ports.catalogue_ports import ReadScan
from pos.application.purchasing.book_delivery import BookDelivery
from pos.application.purchasing.issue_goods_receipt import GoodsReceiptPrinter, IssueGoodsReceipt
from pos.application.purchasing.landed_cost_adjustments import AdjustLandedCost
from pos.application.purchasing.order_text import OrderFromFile
from pos.application.purchasing.post_receipt import PostReceipt
from pos.application.purchasing.posted_goods_receipt import ReadPosted
from pos.application.purchasing.purchase_orders import PurchaseOrders
from pos.application.purchasing.receive_goods import ReceiveGoods
from pos.application.purchasing.suppliers import ManageSuppliers
from pos.application.settings.context import Context
from pos.application.tables.raw_table import RawTable


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The use cases from the order to the goods on the shelf."""

    suppliers: ManageSuppliers
    orders: PurchaseOrders
    order_from_file: OrderFromFile
    receive: ReceiveGoods
    post: PostReceipt
    posted: ReadPosted
    book: BookDelivery
    late_charge: AdjustLandedCost
    issue: IssueGoodsReceipt

    @classmethod
    def over(
        cls,
        context: Context,
        order_file: Callable[[Path], AbstractContextManager[RawTable]],
        read: ReadScan,
        printer: GoodsReceiptPrinter,
    ) -> Deliveries:
        """The use cases of one till over its store; `order_file` opens a table of order lines, `read` reads scans,
        `printer` draws goods receipts.
        """
        orders = PurchaseOrders(context)
        return cls(
            suppliers=ManageSuppliers(context),
            orders=orders,
            order_from_file=OrderFromFile(orders, order_file, lambda: context.settings().price),
            receive=ReceiveGoods(context, read),
            post=PostReceipt(context),
            posted=ReadPosted(context),
            book=BookDelivery(context),
            late_charge=AdjustLandedCost(context),
            issue=IssueGoodsReceipt(context, printer),
        )
