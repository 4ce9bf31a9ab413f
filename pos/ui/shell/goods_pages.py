"""The pages of users who work with the goods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pos.ui.catalogue.imports.screen import ImportScreen
from pos.ui.catalogue.missing_data.screen import MissingDataScreen
from pos.ui.catalogue.products.screen import ProductsScreen
from pos.ui.catalogue.quick_keys.screen import QuickKeysScreen
from pos.ui.pricing.labels.screen import LabelsScreen
from pos.ui.pricing.reprice.screen import RepriceScreen
from pos.ui.purchasing.orders.screen import OrdersScreen
from pos.ui.purchasing.receive.screen import ReceiveScreen
from pos.ui.stock.counting.screen import StockTakeScreen
from pos.ui.stock.screen import StockScreen
from pos.ui.workshop.screen import WorkshopScreen

if TYPE_CHECKING:
    from pos.ui.page.screen import Screen
    from pos.ui.session.session import Session


def pages(session: Session, _built: Mapping[str, Screen]) -> Iterator[Screen]:
    """Yield them one by one."""
    yield MissingDataScreen(session)
    products = ProductsScreen(session)
    yield products
    labels = LabelsScreen(session)
    yield labels
    receive = ReceiveScreen(session)
    receive.product_requested.connect(products.begin_new)
    receive.labels_requested.connect(labels.search.receipt)
    yield receive
    orders = OrdersScreen(session)
    orders.open_orders.receive_requested.connect(receive.begin)
    yield orders
    yield StockTakeScreen(session)
    yield StockScreen(session)
    workshop = WorkshopScreen(session)
    workshop.labels_requested.connect(labels.add_batch)
    orders.batch_requested.connect(workshop.plan)
    yield workshop
    yield ImportScreen(session)
    yield RepriceScreen(session)
    yield QuickKeysScreen(session)
