"""Bring a customer order forward: confirm, pack, cancel, hold longer, tell the buyer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pos.application.access.authorize import authorized_write
from pos.application.access.retry import retry_on_rollback
from pos.application.pickup.holding import (
    goods_of_orders,
    hold_goods,
    journaled_order,
    orders_in,
    release_goods,
    short_of,
)
from pos.application.pickup.lapsed_holds import release_lapsed
from pos.application.pickup.take_order import PERMISSION
from pos.application.pickup.waiting_queue import claimed_before, move_up, move_up_before
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.domain.pickup.customer_order import (
    LONGEST_PLACE,
    CustomerOrder,
    CustomerOrderState,
    NoSuchCustomerOrder,
    OrderState,
    check_hold,
    check_text,
)
from pos.domain.pickup.pickup_code import read_pickup_code
from pos.domain.staff.staff import Person


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A cancelled `order`; `had_goods`: it was no part of the queue. Those that `moved_up` hold its goods now.

    `parked_at`: the tills with a parked sale in which it lies, whose time is not over.
    """

    order: CustomerOrder
    had_goods: bool
    moved_up: tuple[CustomerOrder, ...] = ()
    parked_at: tuple[str, ...] = ()


class BringForward(UseCase):
    """The steps of an order, by its code. Each raises NotAllowed, BadPickupCode, NoSuchCustomerOrder, and where the
    step does not follow on its state AlreadyPickedUp, CustomerOrderClosed or CustomerOrderState.
    """

    @retry_on_rollback
    def confirm(self, code: str, person: Person) -> CustomerOrder:
        """Hold its goods; where they are not free any more, it waits at the place of its claim.

        One whose time is over comes back by `hold_until`. Raises HoldOver.
        """
        at = self.now()
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            order = locked_order(work, code)
            if order.state in (OrderState.CLAIMED, OrderState.EXPIRED):
                check_hold(order.hold_until, at)
            order = self._held_or_waiting(work, order, at, person)
            self._write(work, order, "confirm_customer_order", at, person)
            work.commit()
        return order

    @retry_on_rollback
    def pack(
        self, code: str, place: str, person: Person, marks: Mapping[int, tuple[str, ...]] | None = None
    ) -> CustomerOrder:
        """It is ready, in a shelf or bag; `marks` are the marking codes of its pieces by line. Raises BadField."""
        at = self.now()
        place = check_text(place, "place", LONGEST_PLACE)
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            order = locked_order(work, code).packed_with(marks or {}).ready(place, at)
            work.pickups.save(order)
            self._write(work, order, "pack_customer_order", at, person, {"place": place} if place else {})
            work.commit()
        return order

    @retry_on_rollback
    def cancel(self, code: str, why: str, person: Person) -> Cancelled:
        """Its goods are free, and who waits for them moves up. A deposit stays to be given back."""
        at = self.now()
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            before = locked_order(work, code)
            order = before.cancelled(why, person.name, at)
            release_goods(work, before)
            work.pickups.save(order)
            self._write(work, order, "cancel_customer_order", at, person, {"reason": order.why} if order.why else {})
            release_lapsed(work, at, self.till, person.name)
            moved = move_up(work, at, self.till, person.name, order.goods())
            beside = work.holds.parked_with(order.goods())
            parked = [hold for hold in beside if order.code in orders_in(json.loads(hold.basket)["lines"])]
            work.commit()
        tills = tuple(dict.fromkeys(hold.till for hold in parked))
        return Cancelled(order, before.state is not OrderState.WAITING, tuple(moved), tills)

    @retry_on_rollback
    def hold_until(self, code: str, until: datetime, person: Person) -> CustomerOrder:
        """Hold it until another instant. One that has expired comes back: with its goods, or into the queue.

        Raises HoldOver, BadField.
        """
        at = self.now()
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            release_lapsed(work, at, self.till, person.name)
            order = locked_order(work, code).held_until(until, at)
            if order.state is OrderState.EXPIRED:
                order = self._held_or_waiting(work, order, at, person)
            else:
                work.holds.set_until(order.hold_key, until)
                work.pickups.save(order)
            self._write(work, order, "hold_customer_order", at, person, {"until": until.isoformat()})
            work.commit()
        return order

    @retry_on_rollback
    def informed(self, code: str, person: Person) -> CustomerOrder:
        """The buyer knows that the order has moved up."""
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            order = locked_order(work, code)
            if order.tell:
                order = order.informed()
                work.pickups.save(order)
                self._write(work, order, "tell_buyer", self.now(), person)
                work.commit()
        return order

    def _held_or_waiting(self, work: UnitOfWork, order: CustomerOrder, at: datetime, person: Person) -> CustomerOrder:
        if order.state is OrderState.WAITING:
            raise CustomerOrderState(order.code, order.state.value)  # it moves up by itself
        confirmed = order.confirmed(at)
        products = goods_of_orders(work, [order], at)
        release_lapsed(work, at, self.till, person.name)
        move_up_before(work, order, products, at, self.till, person.name)
        work.pickups.lock_goods(products)
        settings = self.settings()
        taken = claimed_before(work, list(products), order)
        if short_of(work, order, products, at, settings.stock_policy(at), taken):
            confirmed = order.waiting()
        else:
            hold_goods(work, confirmed, products, at, settings)
        work.pickups.save(confirmed)
        return confirmed

    def _write(
        self,
        work: UnitOfWork,
        order: CustomerOrder,
        act: str,
        at: datetime,
        person: Person,
        details: Mapping[str, object] | None = None,
    ) -> None:
        work.journal.write(at, self.till, person.name, act, journaled_order(order) | dict(details or {}))


def locked_order(work: UnitOfWork, code: str) -> CustomerOrder:
    """The order of a typed or scanned code, locked. Raises BadPickupCode, NoSuchCustomerOrder."""
    return locked_orders(work, code)[0]


def locked_orders(work: UnitOfWork, *codes: str) -> Sequence[CustomerOrder]:
    """The orders of these codes as they come, locked in the order of all tills. Raises as `locked_order`."""
    signs = [read_pickup_code(code).signs for code in codes]
    locked = work.pickups.lock(signs)
    for code in signs:
        if code not in locked:
            raise NoSuchCustomerOrder(code)
    return [locked[code] for code in signs]
