"""Parks the basket in hand, and resumes a saved one: steps of the sale at the counter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.application.sales.checkout import Checkout
from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.park_sale import Parked
from pos.application.sales.parked_sales import ResumedBasket
from pos.domain.staff.staff import Person
from pos.ui.input.actions import CHECKOUT
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.session.session import Session


class ParkingController(QObject):
    """`parked` carries the Parked when a new sale has begun, `resumed` the ResumedBasket in hand now and its total.

    The checkout controller reports refusals.
    """

    parked = Signal(object)
    resumed = Signal(object, object)

    def __init__(self, session: Session, counter: CheckoutController) -> None:
        super().__init__(counter)
        self._session = session
        self._counter = counter
        self.is_paid_in_part: Callable[[], bool] = lambda: False
        """Whether money was received for the basket in hand; it is asked about then."""

    def park(self, note: str, person: Person) -> None:
        """Park the basket and begin a new sale."""
        park_sale = self._session.shop.park_sale

        def call(checkout: Checkout) -> tuple[Parked, CheckoutView]:
            parked = park_sale(checkout.order(person), note, person)
            return parked, checkout.start_new()

        def done(parked: Parked, view: CheckoutView) -> None:
            self._counter.started.emit(view)
            self.parked.emit(parked)

        self._counter.exchange(call, done)

    def resume(self, find: Callable[[], ResumedBasket], then: Callable[[], None] = lambda: None) -> None:
        """Go on with the basket that `find` fetches; refused before that where another one is in hand.

        Money of an emptied basket must have gone back before, also where it was kept for the customer: with another
        basket in hand it would be forgotten.
        """
        if self.is_paid_in_part():
            self._session.go(CHECKOUT)
            return

        def call(checkout: Checkout) -> tuple[ResumedBasket, CheckoutView]:
            checkout.check_free()
            resumed = find()
            return resumed, checkout.resume(resumed.basket, resumed.back)

        def done(resumed: ResumedBasket, view: CheckoutView) -> None:
            then()
            self.resumed.emit(resumed, view.total)

        self._counter.exchange(call, done)
