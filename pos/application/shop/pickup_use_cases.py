"""Use cases of customer orders: taken, brought forward, read, and the sheet of the stream."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pos.application.shop.use_cases import UseCases

if TYPE_CHECKING:
    from pos.application.pickup.deposits import Deposits
    from pos.application.pickup.order_steps import BringForward
    from pos.application.pickup.pickup_board import PickupBoard
    from pos.application.pickup.stream_sheet import StreamSheet
    from pos.application.pickup.take_order import TakeOrder


class PickupUseCases(UseCases):
    """The part of a Shop for customer orders."""

    @cached_property
    def take_order(self) -> TakeOrder:
        from pos.application.pickup.take_order import TakeOrder

        return TakeOrder(self.context)

    @cached_property
    def bring_forward(self) -> BringForward:
        from pos.application.pickup.order_steps import BringForward

        return BringForward(self.context)

    @cached_property
    def deposits(self) -> Deposits:
        from pos.application.pickup.deposits import Deposits

        return Deposits(self.context)

    @cached_property
    def pickup_board(self) -> PickupBoard:
        from pos.application.pickup.pickup_board import PickupBoard

        return PickupBoard(self.context)

    @cached_property
    def stream_sheet(self) -> StreamSheet:
        from pos.application.pickup.stream_sheet import StreamSheet

        return StreamSheet(self.context)
