"""Groups the use cases of customer orders."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from pos.application.pickup.buyer_message import BuyerMessage
from pos.application.pickup.deposits import Deposits
from pos.application.pickup.find_orders import FindOrders
from pos.application.pickup.import_orders import ImportOrders
from pos.application.pickup.order_allowance import OrderAllowance
from pos.application.pickup.order_steps import BringForward
from pos.application.pickup.pickup_report import ReportOrders
from pos.application.pickup.stream import KeepStream
from pos.application.pickup.take_order import TakeOrder
from pos.application.pickup.upkeep import PickupUpkeep
from pos.application.settings.context import Context
from pos.application.tables.raw_table import RawTable


@dataclass(frozen=True, slots=True)
class Pickup:
    """The use cases from the claim to the pick-up; the pick-up itself is a sale (`Checkout.pick_up`)."""

    take: TakeOrder
    find: FindOrders
    steps: BringForward
    deposits: Deposits
    allowance: OrderAllowance
    message: BuyerMessage
    stream: KeepStream
    import_orders: ImportOrders
    report: ReportOrders
    upkeep: PickupUpkeep

    @classmethod
    def over(cls, context: Context, open_table: Callable[[Path], AbstractContextManager[RawTable]]) -> Pickup:
        """The use cases of one till over its store; `open_table` opens a CSV or a workbook."""
        return cls(
            take=TakeOrder(context),
            find=FindOrders(context),
            steps=BringForward(context),
            deposits=Deposits(context),
            allowance=OrderAllowance(context),
            message=BuyerMessage(context),
            stream=KeepStream(context),
            import_orders=ImportOrders(context, open_table),
            report=ReportOrders(context),
            upkeep=PickupUpkeep(context),
        )
