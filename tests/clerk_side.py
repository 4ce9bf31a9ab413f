"""The steps of the stock clerk over the store of a DemoShop, whose clock the test holds."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from db.store.unit_of_work import SqlStore
from pos.application.catalogue.edit_product import EditProduct
from pos.application.ports.store import Clock
from pos.application.pricing.set_price import SetPrice
from pos.application.settings.context import Context
from pos.application.settings.settings import Settings
from pos.application.stock.count_stock import CountStock
from pos.application.stock.move_stock import MoveStock
from pos.application.stock.post_count import PostCount
from pos.application.stock.read_stock import ReadStock
from pos.devices.gs1 import read_scan


class ClerkSide:
    """One part of a DemoShop."""

    till: str
    now: Clock

    if TYPE_CHECKING:

        @cached_property
        def store(self) -> SqlStore: ...

        def settings(self) -> Settings: ...

        @property
        def context(self) -> Context: ...

    @cached_property
    def count_stock(self) -> CountStock:
        return CountStock(self.context, read_scan)

    @cached_property
    def post_count(self) -> PostCount:
        return PostCount(self.context)

    @cached_property
    def move_stock(self) -> MoveStock:
        return MoveStock(self.context, read_scan)

    @cached_property
    def read_stock(self) -> ReadStock:
        return ReadStock(self.context, read_scan)

    @cached_property
    def edit_product(self) -> EditProduct:
        return EditProduct(self.context)

    @cached_property
    def set_price(self) -> SetPrice:
        return SetPrice(self.context)
