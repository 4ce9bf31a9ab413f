"""The other pages that a cashier needs every day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from pos.ui.declarations.screen import DeclarationScreen
from pos.ui.input.actions import CHECKOUT, PAID, VISITORS
from pos.ui.returns.screen import ReturnsScreen
from pos.ui.returns.void_screen import VoidScreen
from pos.ui.sales.checkout.screen import CheckoutScreen
from pos.ui.sales.payment.paid_screen import PaidScreen
from pos.ui.sales.search.screen import SearchScreen
from pos.ui.session.rail_entries import may_enter
from pos.ui.shifts.screen import ShiftScreen
from pos.ui.visitors.screen import VisitorsScreen

if TYPE_CHECKING:
    from pos.domain.staff.staff import Person
    from pos.ui.page.screen import Screen
    from pos.ui.session.session import Session


def pages(session: Session, built: Mapping[str, Screen]) -> Iterator[Screen]:
    """Yield them one by one; the checkout is `built` already."""
    checkout, paid = built[CHECKOUT], built[PAID]
    assert isinstance(checkout, CheckoutScreen), "the checkout is built first"
    assert isinstance(paid, PaidScreen), "the pages of a sale are built before"
    returns = ReturnsScreen(session, checkout.receipts, checkout.counter)
    yield returns
    void = VoidScreen(session, checkout.receipts)
    returns.void_requested.connect(void.look_up)
    paid.void_requested.connect(void.look_up)
    yield void
    yield SearchScreen(session)
    yield ShiftScreen(session)
    declarations = DeclarationScreen(session)
    paid.declaration_requested.connect(lambda sale: declarations.show_of(sale.receipt, sale.visitors))
    visitors = VisitorsScreen(session)
    visitors.declaration_requested.connect(lambda receipt, visitor: declarations.show_of(receipt, (visitor,)))
    checkout.visitors.history_asked.connect(visitors.show_of_sale)
    offer = partial(_offer_history, checkout)
    session.person_changed.connect(offer)
    offer(session.person)
    yield visitors
    yield declarations


def _offer_history(checkout: CheckoutScreen, person: Person | None) -> None:
    """Offer the way from the card of a visitor to their page to a person who may enter it."""
    checkout.panel.offer_history(person is not None and may_enter(person, VISITORS))
