"""The customer orders of a sale request: which of them it picks up, and how much of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pos.application.pickup.find_orders import order_with
from pos.application.pickup.holding import goods_of_orders
from pos.application.ports.store import UnitOfWork
from pos.application.text.json_fields import quoted, read_list, read_object, read_text
from pos.domain.errors import BadField
from pos.domain.pickup.agreed_price import OfOrder
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.pickup.pickup_code import read_pickup_code
from pos.domain.sales.cart import Cart
from pos.domain.sales.goods_for_sale import check_complete

_MOST_ORDERS = 100


@dataclass(frozen=True, slots=True)
class RequestPickUp:
    """An order to be picked up; `pieces` by line where not all of it goes. `uses_deposit`: its deposit pays."""

    code: str
    pieces: Mapping[int, int] | None = None
    uses_deposit: bool = field(default=True)


def read_pickups(sale: Mapping[str, object]) -> tuple[RequestPickUp, ...]:
    """The `pickups` of a sale: codes, or objects with a `code`, `lines` and `deposit`. Raises a BadInput."""
    pickups = tuple(
        _pickup(one, f"pickups[{index}]") for index, one in enumerate(read_list(sale, "pickups", "", _MOST_ORDERS))
    )
    codes = [one.code for one in pickups]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            raise BadField(f"pickups[{index}].code", "duplicate", code)
    return pickups


def _pickup(element: object, name: str) -> RequestPickUp:
    if isinstance(element, str):
        return RequestPickUp(read_pickup_code(element).signs)
    fields = read_object(element, name, ("code", "lines", "deposit"))
    code = read_pickup_code(read_text(fields.get("code"), f"{name}.code")).signs
    deposit = fields.get("deposit", True)
    if not isinstance(deposit, bool):
        raise BadField(f"{name}.deposit", "not_true_or_false", quoted(deposit))
    if fields.get("lines") is None:
        return RequestPickUp(code, None, deposit)
    pieces: dict[int, int] = {}
    for index, row in enumerate(read_list(fields, "lines", f"{name}.", _MOST_ORDERS)):
        line = read_object(row, f"{name}.lines[{index}]", ("line", "quantity"))
        number, quantity = line.get("line"), line.get("quantity")
        for what, value in (("line", number), ("quantity", quantity)):
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise BadField(f"{name}.lines[{index}].{what}", "not_a_whole_number", quoted(value))
        assert isinstance(number, int)
        assert isinstance(quantity, int)
        pieces[number] = quantity
    return RequestPickUp(code, pieces, deposit)


def with_orders(
    work: UnitOfWork, cart: Cart, pickups: Sequence[RequestPickUp], carrier: str | None, at: datetime
) -> tuple[Cart, tuple[CustomerOrder, ...]]:
    """The basket with the goods of the orders at the agreed prices, and the orders.

    Raises NoSuchCustomerOrder, AlreadyPickedUp, CustomerOrderClosed, IncompleteProduct, BadField.
    """
    orders = []
    for index, asked in enumerate(pickups):
        order = order_with(work, asked.code)
        order.check_can_go()
        products = goods_of_orders(work, [order], at)
        known = {line.no: line.quantity for line in order.lines}
        for number, quantity in (asked.pieces or {}).items():
            if quantity > known.get(number, -1):
                raise BadField(f"pickups[{index}].lines", "out_of_range", f"{quantity} x {number}")
        for line in order.lines:
            pieces = line.quantity if asked.pieces is None else asked.pieces.get(line.no, 0)
            if pieces:
                check_complete(products[line.product], is_open=True)
                of = OfOrder(order.code, line.no, line.agreed.in_price(cart.currency))
                cart = cart.adding_agreed(of, products[line.product], pieces, carrier)
        orders.append(order)
    return cart, tuple(order for order in orders if cart.agreed_pieces(order.code))
