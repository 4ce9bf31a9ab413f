"""The pages behind the sign-in, one at a time: each is imported and built in a turn of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pos.ui.screen import Screen
from pos.ui.session import Session

if TYPE_CHECKING:
    from pos.ui.checkout.screen import CheckoutScreen
    from pos.ui.returns.screen import ReturnsScreen


def screens_at_work(session: Session) -> Iterator[Screen]:
    """Yield every page, those of a sale first, so that the window answers between two of them."""
    from pos.ui.checkout.screen import CheckoutScreen
    from pos.ui.checkout.till_screens import till_screens

    checkout, *sale = till_screens(session)
    assert isinstance(checkout, CheckoutScreen), "the checkout comes first"
    yield from (checkout, *sale)
    from pos.ui.returns.screen import ReturnsScreen

    returns = ReturnsScreen(session, checkout.receipts, checkout.counter)
    yield returns
    yield from _of_the_counter(session, checkout)
    yield from _of_the_goods(session)
    yield from _of_the_manager(session, checkout, returns)


def _of_the_counter(session: Session, checkout: CheckoutScreen) -> Iterator[Screen]:
    from pos.ui.returns.blind_screen import BlindReturnScreen
    from pos.ui.search.screen import SearchScreen
    from pos.ui.shift.close_screen import CloseShiftScreen
    from pos.ui.shift.foreign_screen import ForeignShiftScreen
    from pos.ui.shift.hand_over_screen import HandOverScreen
    from pos.ui.shift.screen import ShiftScreen
    from pos.ui.visitors.screen import VisitorsScreen

    yield ForeignShiftScreen(session)
    yield BlindReturnScreen(session, checkout.receipts)
    yield SearchScreen(session)
    yield ShiftScreen(session)
    yield CloseShiftScreen(session)
    yield HandOverScreen(session)
    yield VisitorsScreen(session)


def _of_the_goods(session: Session) -> Iterator[Screen]:
    from pos.ui.gaps.screen import GapsScreen
    from pos.ui.products.screen import ProductsScreen

    yield GapsScreen(session)
    products = ProductsScreen(session)
    yield products

    from pos.ui.labels.screen import LabelsScreen
    from pos.ui.receive.screen import ReceiveScreen

    labels = LabelsScreen(session)
    yield labels
    receive = ReceiveScreen(session)
    receive.product_wanted.connect(products.begin_new)
    receive.labels_wanted.connect(labels.search.receipt)
    yield receive

    from pos.ui.orders.screen import OrdersScreen

    orders = OrdersScreen(session)
    orders.open_orders.receive_wanted.connect(receive.begin)
    yield orders

    from pos.ui.counting.screen import CountScreen
    from pos.ui.stock.screen import StockScreen

    yield CountScreen(session)
    yield StockScreen(session)

    from pos.ui.imports.screen import ImportScreen
    from pos.ui.reprice.screen import RepriceScreen

    yield ImportScreen(session)
    yield RepriceScreen(session)


def _of_the_manager(session: Session, checkout: CheckoutScreen, returns: ReturnsScreen) -> Iterator[Screen]:
    from pos.ui.customs.screen import CustomsScreen
    from pos.ui.history.screen import HistoryScreen
    from pos.ui.journal.screen import JournalScreen
    from pos.ui.promotions.screen import PromotionsScreen
    from pos.ui.rates.screen import RatesScreen
    from pos.ui.regimes.screen import RegimesScreen
    from pos.ui.reports.screen import ReportsScreen
    from pos.ui.settings.screen import SettingsScreen
    from pos.ui.staff.screen import StaffScreen
    from pos.ui.welcome.screen import WelcomeScreen

    yield PromotionsScreen(session)
    yield StaffScreen(session)
    yield RatesScreen(session)
    reports = ReportsScreen(session)
    yield reports
    history = HistoryScreen(session, checkout.receipts)
    history.return_wanted.connect(returns.look_up)
    reports.receipt_wanted.connect(history.look_up)
    yield history
    yield JournalScreen(session)
    yield CustomsScreen(session)
    yield RegimesScreen(session)
    settings = SettingsScreen(session)
    yield settings
    welcome = WelcomeScreen(session)
    welcome.setting_wanted.connect(settings.look_at)
    yield welcome
