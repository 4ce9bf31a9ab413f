"""Autosaves the basket in hand within a second of each change, and finds one that was open at a stop."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta, tzinfo
from functools import partial
from threading import Lock

from PySide6.QtCore import QObject, QTimer, Signal

from pos.application.sales.basket_json import basket_json
from pos.application.sales.checkout import Checkout
from pos.application.sales.order import SaleOrder
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Person
from pos.ui.look.event_loop import call_soon
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.sales.current_sale.received_money import Given
from pos.ui.sales.parked.basket_file import AutosavedBasket, BasketFile
from pos.ui.sales.parked.parking_controller import ParkingController
from pos.ui.session.session import Session

_AFTER = 500
"""Milliseconds from a change to the file: a burst of scans is written once."""


class BasketAutosave(QObject):
    """Listens to the counter; the file in hand is written on the store's thread, and money on the window's.

    `changed`: there are others than before in `baskets`, `resumed` the AutosavedBasket that is in hand again and
    `discarded` one that is not resumed. `given` says what was taken for the basket in hand.
    """

    changed = Signal()
    resumed = Signal(object)
    discarded = Signal(object)

    def __init__(self, session: Session, counter: CheckoutController, controller: ParkingController) -> None:
        super().__init__(counter)
        self._session = session
        self._counter = counter
        self._controller = controller
        self.given: Callable[[], Given | None] = lambda: None
        self._file = BasketFile(session.shop.folder, session.shop.till)
        self.baskets: tuple[AutosavedBasket, ...] = ()
        """Undecided baskets, oldest first."""
        self._writing = Lock()  # the file is written from two threads: what follows is read and changed under it
        self._kept: AutosavedBasket | None = None  # what is in the file
        self._is_written = True  # and not refused by the disk
        self._money: Given | None = None  # what was given by now, for the basket in hand
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER)
        self._timer.timeout.connect(self._write)
        counter.presented.connect(lambda _view: self.write_soon())
        counter.sold.connect(self._sold)
        counter.unsold.connect(lambda _error: self._write())
        counter.before_payment = self._keep_before_payment
        session.closed.connect(self._file.end)
        session.came_back.connect(self._look_at_left)
        self._left: Sequence[AutosavedBasket] = ()  # by the files, until the store has said which were sold
        session.keep_file(self._begin, self._passed_over)
        self._look_at_left()

    def resume(self, basket: AutosavedBasket) -> None:
        """It is the basket in hand from now on; the controller reports what has changed."""
        person, sales = self._session.person, self._session.shop.parked_sales
        if person is not None:
            self.look_at_money(basket)
            self._controller.resume(partial(sales.resume_left, basket.text, person), partial(self._in_hand, basket))

    def discard(self, basket: AutosavedBasket) -> None:
        """It is discarded."""
        person, sales = self._session.person, self._session.shop.parked_sales
        if person is not None:
            self.look_at_money(basket)
            discard = partial(sales.discard_left, basket.text, person)
            self._session.run(discard, lambda _done: self._gone(basket))

    def take_off(self, refunded: Collection[str]) -> None:
        """The tenders with these ids were given back: they pay for no basket that was left."""
        rest = tuple(basket.without(refunded) for basket in self.baskets)
        if rest != self.baskets:
            self.baskets = rest
            self.changed.emit()

    def empty(self) -> None:
        """The till is closed: the basket in hand is discarded, but not with money that is in no book yet."""
        if self.given() is None:
            self._timer.stop()
            self._forget_file()
        else:
            self._write()

    def look_at_money(self, basket: AutosavedBasket) -> None:
        """Another till may have given it back since."""
        if basket.given is not None:
            refunded = self._session.shop.owed_money.refunded
            self._session.run(partial(refunded, basket.summary.key), self.take_off, self._passed_over)

    def _sold(self, _sale: Sale) -> None:
        """The file goes once the change is painted; one that stays by mischance is known to be sold."""
        self._timer.stop()
        call_soon(self, self._forget_file)

    def _forget_file(self) -> None:
        self._session.keep_file(self._forget_kept, self._passed_over)

    # ── on the store's thread ────────────────────────────────────────────────────────────────────────────────

    def _begin(self) -> None:
        """Also while the database is away: what is in hand from now on comes into the same file."""
        self._left = self._file.begin()

    def _unsold(self) -> Sequence[AutosavedBasket]:
        """Those that were left, but for one that was sold before the till could note it."""
        shop, unsold = self._session.shop, []
        before = shop.now() - timedelta(days=shop.settings().parcel_address_days)
        with self._writing:
            self._file.forget_addresses(before)
        for basket in (one.addressed_since(before) for one in self._left):
            key = basket.summary.key
            if shop.parked_sales.sold_as(key) is None:
                unsold.append(basket.without(shop.owed_money.refunded(key)))
            else:
                self._forget_left(key)
        self._left = ()
        return unsold

    def _keep(self, person: Person | None, zone: tzinfo, checkout: Checkout) -> None:
        self._keep_order(checkout.unchecked_order("" if person is None else person.name), zone)

    def _keep_before_payment(self, order: SaleOrder, zone: tzinfo) -> None:
        """The basket is in the file before there is money for it."""
        with suppress(OSError):  # as `_passed_over`
            self._keep_order(order, zone)

    def _keep_order(self, order: SaleOrder, zone: tzinfo) -> None:
        """With what was given for it by the time at which it is written: a write that waits knows no later money."""
        at = self._session.shop.now()
        text = basket_json(order, at.astimezone(zone).date())
        with self._writing:
            given = self._money if self._money is not None and self._money.key == order.key else None
            is_empty = not order.cart.lines and order.exchange is None and given is None
            basket = None if is_empty else AutosavedBasket(text, order.cashier, at, given)
            is_known = basket is not None and self._kept is not None and replace(basket, at=self._kept.at) == self._kept
            if not is_known or not self._is_written:
                self._keep_in_file(basket)

    def _forget_left(self, key: str) -> None:
        with self._writing:
            self._file.forget(key)

    def _forget_kept(self) -> None:
        with self._writing:
            self._keep_in_file(None)

    def _keep_in_file(self, basket: AutosavedBasket | None) -> None:
        """Under the lock."""
        self._kept = basket
        self._is_written = self._file.keep(basket)

    # ── on the window's ──────────────────────────────────────────────────────────────────────────────────────

    def write_soon(self) -> None:
        """The basket or what was given for it is another one than before."""
        if not self._timer.isActive() and not self._counter.is_sold:
            self._timer.start()

    def write_money(self) -> None:
        """Other money is received than before: it is in the file before the window paints it.

        Not on the store's thread, which may be waiting for the store or recording the sale.
        """
        with self._writing:
            kept, money = self._kept, self.given()
            self._money = money
            is_its = kept is not None and (money is None or kept.summary.key == money.key)
            if kept is not None and is_its and kept.given != money and not self._counter.is_sold:
                self._keep_in_file(replace(kept, given=money))
        self.write_soon()

    def _write(self) -> None:
        if not self._counter.is_sold:
            with self._writing:
                self._money = self.given()
            person, zone = self._session.person, self._session.settings.zone
            self._counter.look(partial(self._keep, person, zone), self._passed_over)

    def _look_at_left(self) -> None:
        """At the start, and when the database answers again that did not answer then."""
        self._session.run(self._unsold, self._take_autosaved, self._passed_over)

    def _take_autosaved(self, left: Sequence[AutosavedBasket]) -> None:
        if left:
            self.baskets = (*left, *self.baskets)
            self.changed.emit()

    def _in_hand(self, basket: AutosavedBasket) -> None:
        """It is written down as the basket in hand before it is no longer one that was left."""
        basket = self._kept_now(basket)
        self.resumed.emit(basket)
        self._write()
        self._session.keep_file(partial(self._forget_left, basket.summary.key), self._passed_over)
        self._decided(basket)

    def _gone(self, basket: AutosavedBasket) -> None:
        """It is in no file before its money is called back; where it was resumed just before, that stays with it."""
        basket = self._kept_now(basket)
        with suppress(OSError):  # as `_passed_over`
            self._forget_left(basket.summary.key)
        self._decided(basket)
        self.discarded.emit(basket)

    def _kept_now(self, basket: AutosavedBasket) -> AutosavedBasket:
        """Without what was refunded since it was chosen; without any money where it was decided about since."""
        key = basket.summary.key
        return next((one for one in self.baskets if one.summary.key == key), replace(basket, given=None))

    def _decided(self, basket: AutosavedBasket) -> None:
        self.baskets = tuple(one for one in self.baskets if one is not basket)
        self.changed.emit()

    def _passed_over(self, _error: Exception) -> None:
        """A basket that cannot be autosaved is sold all the same."""
