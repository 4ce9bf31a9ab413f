"""The pages of whoever works with the goods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pos.ui.counting.screen import CountScreen
from pos.ui.gaps.screen import GapsScreen
from pos.ui.imports.screen import ImportScreen
from pos.ui.labels.screen import LabelsScreen
from pos.ui.orders.screen import OrdersScreen
from pos.ui.products.screen import ProductsScreen
from pos.ui.receive.screen import ReceiveScreen
from pos.ui.reprice.screen import RepriceScreen
from pos.ui.stock.screen import StockScreen

if TYPE_CHECKING:
    from pos.ui.screen import Screen
    from pos.ui.session import Session


def pages(session: Session, _built: Mapping[str, Screen]) -> Iterator[Screen]:
    """Yield them one by one."""
    yield GapsScreen(session)
    products = ProductsScreen(session)
    yield products
    labels = LabelsScreen(session)
    yield labels
    receive = ReceiveScreen(session)
    receive.product_wanted.connect(products.begin_new)
    receive.labels_wanted.connect(labels.search.receipt)
    yield receive
    orders = OrdersScreen(session)
    orders.open_orders.receive_wanted.connect(receive.begin)
    yield orders
    yield CountScreen(session)
    yield StockScreen(session)
    yield ImportScreen(session)
    yield RepriceScreen(session)
