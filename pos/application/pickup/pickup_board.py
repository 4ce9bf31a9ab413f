"""What the counter sees of customer orders: lists by state, a search, one order, how many wait for a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.application.access.authorize import authorized_read
from pos.application.pickup.take_order import PERMISSION
from pos.application.ports.pickup_ports import OrderFilter
from pos.application.settings.context import UseCase
from pos.domain.pickup.customer_order import CustomerOrder, NoSuchCustomerOrder
from pos.domain.pickup.pickup_code import ALPHABET, LENGTH, is_pickup_scan, read_pickup_code
from pos.domain.staff.staff import Person

TELL = "tell"
"""The figure of orders that have moved up and whose buyers do not know yet."""
_FEWEST_DIGITS = 2
_BLANKS = str.maketrans("", "", " -\u00a0")


class PickupBoard(UseCase):
    """Reads orders. Each needs the permission `pickup`."""

    def page(
        self, which: OrderFilter, person: Person, limit: int, before: int | None = None
    ) -> Sequence[CustomerOrder]:
        """Orders of a list, newest first, below the id `before`."""
        with authorized_read(self.store, person, PERMISSION) as work:
            return work.pickups.listed(which, limit, before)

    def counts(self, person: Person) -> Mapping[str, int]:
        """How many orders are open, by state; and `tell`."""
        with authorized_read(self.store, person, PERMISSION) as work:
            return work.pickups.counts()

    def find(self, text: str, person: Person, limit: int) -> Sequence[CustomerOrder]:
        """Orders by the beginning of a code, the last digits of a phone or the beginning of a name; by a scanned QR the
        one. Each read goes by an index, and what is found by several of them stands once.
        """
        sought = " ".join(text.split())
        with authorized_read(self.store, person, PERMISSION) as work:
            pickups = work.pickups
            if is_pickup_scan(sought):
                one = pickups.by_code(read_pickup_code(sought).signs)
                return () if one is None else (one,)
            found: dict[int, CustomerOrder] = {}
            signs = sought.upper().translate(_BLANKS)
            if signs.isascii() and signs.isdigit() and len(signs) >= _FEWEST_DIGITS:
                found |= {order.id: order for order in pickups.by_phone(signs, limit)}
            if 0 < len(signs) <= LENGTH and all(sign in ALPHABET for sign in signs):
                found |= {order.id: order for order in pickups.by_code_begun(signs, limit) if order.id not in found}
            if sought:
                found |= {
                    order.id: order for order in pickups.by_name(sought.casefold(), limit) if order.id not in found
                }
        return tuple(found.values())[:limit]

    def show(self, code: str, person: Person) -> CustomerOrder:
        """The order of a typed or scanned code. Raises BadPickupCode, NoSuchCustomerOrder."""
        signs = read_pickup_code(code).signs
        with authorized_read(self.store, person, PERMISSION) as work:
            order = work.pickups.by_code(signs)
        if order is None:
            raise NoSuchCustomerOrder(signs)
        return order

    def recent(self, person: Person, limit: int) -> Sequence[CustomerOrder]:
        """The orders taken last, of whatever state."""
        return self.page(OrderFilter(), person, limit)
