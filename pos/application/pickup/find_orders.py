"""Customer orders at hand: the board by state, one by its code, and those that a few signs find."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pos.application.access.authorize import authorized_read
from pos.application.pickup.take_order import PERMISSION
from pos.application.ports.pickup_ports import OrderFilter
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.domain.pickup.customer_order import CustomerOrder, NoSuchCustomerOrder, OrderState
from pos.domain.pickup.pickup_code import ALPHABET, LENGTH, is_pickup_scan, read_pickup_code
from pos.domain.staff.staff import Person

BOARD = (OrderState.WAITING, OrderState.CLAIMED, OrderState.CONFIRMED, OrderState.READY)
"""The states of the board, in the order of the way."""
_BLANKS = re.compile(r"[\s\u00a0-]+")
_LEAST_DIGITS, _MOST_DIGITS = 2, 8
"""Of a phone the last digits are sought: with the number of a country or without."""


@dataclass(frozen=True, slots=True)
class OrderBoard:
    """The open orders by state, those whose time ends first in front; `counts` of all of them, also of those that are
    not shown, and under `tell` of how many the buyer does not know yet that they moved up.
    """

    columns: Mapping[OrderState, Sequence[CustomerOrder]]
    counts: Mapping[str, int]


class FindOrders(UseCase):
    """Reads; nothing is changed. Every reading needs the permission to take orders."""

    def board(self, person: Person, limit: int = 200) -> OrderBoard:
        """What is to be done, at most `limit` orders of each state. Raises NotAllowed."""
        with authorized_read(self.store, person, PERMISSION) as work:
            columns = {state: work.pickups.next_of(state, limit) for state in BOARD}
            return OrderBoard(columns, work.pickups.counts())

    def counts(self, person: Person) -> Mapping[str, int]:
        """How many orders are open, by state, and `tell`. Raises NotAllowed."""
        with authorized_read(self.store, person, PERMISSION) as work:
            return work.pickups.counts()

    def show(self, code: str, person: Person) -> CustomerOrder:
        """The order of a typed or scanned code. Raises NotAllowed, BadPickupCode, NoSuchCustomerOrder."""
        with authorized_read(self.store, person, PERMISSION) as work:
            return order_with(work, code)

    def with_codes(self, codes: Collection[str], person: Person) -> Mapping[str, CustomerOrder]:
        """These orders as they are now, by code; at most some hundred. Raises NotAllowed."""
        with authorized_read(self.store, person, PERMISSION) as work:
            return {order.code: order for order in work.pickups.with_codes(codes)}

    def search(self, text: str, person: Person, limit: int = 20) -> Sequence[CustomerOrder]:
        """Orders that a text finds: the begin of a code, the last digits of a phone, a word of a name; open ones first.

        Raises NotAllowed.
        """
        text = " ".join(text.split())
        if is_pickup_scan(text):
            text = text.split(":", 1)[-1].split("：", 1)[-1]
        with authorized_read(self.store, person, PERMISSION) as work:
            found = {order.id: order for order in _found(work, text, limit)} if text else {}
        return sorted(found.values(), key=lambda order: not order.is_open)[:limit]

    def listed(
        self, person: Person, which: OrderFilter, limit: int, before: int | None = None
    ) -> Sequence[CustomerOrder]:
        """Orders newest first, below the id `before`. Raises NotAllowed."""
        with authorized_read(self.store, person, PERMISSION) as work:
            return work.pickups.listed(which, limit, before)


def order_with(work: UnitOfWork, code: str) -> CustomerOrder:
    """The order of a typed or scanned code. Raises BadPickupCode, NoSuchCustomerOrder."""
    signs = read_pickup_code(code).signs
    order = work.pickups.by_code(signs)
    if order is None:
        raise NoSuchCustomerOrder(signs)
    return order


def _found(work: UnitOfWork, text: str, limit: int) -> Iterator[CustomerOrder]:
    signs = _BLANKS.sub("", text).upper()
    if len(signs) <= LENGTH and all(sign in ALPHABET for sign in signs):
        yield from work.pickups.by_code_begun(signs, limit)
    digits = re.sub(r"\D", "", text)
    if len(digits) >= _LEAST_DIGITS and not re.search(r"[^\W\d_]", text):
        yield from work.pickups.by_phone(digits[-_MOST_DIGITS:], limit)
    yield from work.pickups.by_name(text.casefold(), limit)
