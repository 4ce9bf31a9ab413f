"""The pages of managers: books and office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pos.domain.money import CURRENCIES
from pos.ui.declarations.screen import DeclarationScreen
from pos.ui.input.actions import CHECKOUT, DECLARATION, RETURNS, VOID_SALE
from pos.ui.pricing.promotions.screen import PromotionsScreen
from pos.ui.pricing.rates.no_rates import NoRatesScreen
from pos.ui.pricing.rates.screen import RatesScreen
from pos.ui.quota.regimes.screen import RegimesScreen
from pos.ui.receipts.screen import HistoryScreen
from pos.ui.reports.customer_orders.screen import OrderReportScreen
from pos.ui.reports.customs.screen import CustomsScreen
from pos.ui.reports.journal.screen import JournalScreen
from pos.ui.reports.reconciliation.screen import ReconciliationScreen
from pos.ui.reports.screen import ReportsScreen
from pos.ui.returns.screen import ReturnsScreen
from pos.ui.returns.void_screen import VoidScreen
from pos.ui.sales.checkout.screen import CheckoutScreen
from pos.ui.settings.screen import SettingsScreen
from pos.ui.settings.welcome.screen import WelcomeScreen
from pos.ui.staff.screen import StaffScreen

if TYPE_CHECKING:
    from pos.ui.page.screen import Screen
    from pos.ui.session.session import Session


def pages(session: Session, built: Mapping[str, Screen]) -> Iterator[Screen]:
    """Yield them one by one; the checkout and the page of returns are `built` already."""
    checkout, returns, void, declarations = built[CHECKOUT], built[RETURNS], built[VOID_SALE], built[DECLARATION]
    assert isinstance(checkout, CheckoutScreen), "the pages of cashiers are built first"
    assert isinstance(returns, ReturnsScreen), "the pages of cashiers are built first"
    assert isinstance(void, VoidScreen), "the pages of cashiers are built first"
    assert isinstance(declarations, DeclarationScreen), "the pages of cashiers are built first"
    yield PromotionsScreen(session)
    staff = StaffScreen(session)
    yield staff
    yield RatesScreen(session) if len(CURRENCIES) > 1 else NoRatesScreen(session)
    reports = ReportsScreen(session)
    yield reports
    history = HistoryScreen(session, checkout.receipts)
    history.return_requested.connect(returns.look_up)
    history.void_requested.connect(void.look_up)
    history.declaration_requested.connect(declarations.show_of)
    reports.receipt_requested.connect(history.look_up)
    yield history
    yield OrderReportScreen(session)
    yield JournalScreen(session)
    yield CustomsScreen(session)
    reconciliation = ReconciliationScreen(session)
    reconciliation.receipt_requested.connect(history.look_up)
    yield reconciliation
    yield RegimesScreen(session)
    settings = SettingsScreen(session)
    yield settings
    welcome = WelcomeScreen(session)
    welcome.setting_requested.connect(settings.look_at)
    welcome.person_requested.connect(staff.want_new)
    yield welcome
