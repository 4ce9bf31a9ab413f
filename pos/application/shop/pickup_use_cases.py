"""Use cases of customer orders: taken, brought forward, read, and the sheet of the stream."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pos.application.shop.use_cases import UseCases

if TYPE_CHECKING:
    from pos.application.pickup.deposits import Deposits
    from pos.application.pickup.order_steps import BringForward
    from pos.application.pickup.papers import PrintPickups
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

    @cached_property
    def print_pickups(self) -> PrintPickups:
        from pos.application.catalogue.edit_product import EditProduct
        from pos.application.catalogue.find_product import FindProduct
        from pos.application.pickup.papers import Carry, PrintPickups
        from pos.application.sales.remaining_allowance import RemainingAllowance

        find, fits = FindProduct(self.context), RemainingAllowance(self.context)

        def carry(code: str) -> list[Carry]:
            return [
                Carry(one.regime.destination, one.pieces, one.pieces == one.of > 0) for one in fits(find.show(code))
            ]

        pictures = EditProduct(self.context).pictures
        return PrintPickups(self.context, self.stream_sheet, self.adapters.pickup_paper, pictures, carry)
