"""The sentences of refusals about the stock, suppliers, orders and deliveries, by the stable names of their facts."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.words import N_

RECEIVING: Mapping[str, str] = {
    "out_of_stock": N_("{code}: {wanted} wanted, only {on_hand} on hand."),
    "expired_goods": N_("{code}: {wanted} wanted, {sellable} not expired. The oldest lot expired on {expiry}."),
    "not_there": N_("{code}: {wanted} wanted, only {on_hand} are there. Place: {place}."),
    "lot_conflict": N_("{code}: lot {lot} is on file with the last day {on_file}, not {expiry}."),
    "no_such_supplier": N_("The shop knows no supplier “{supplier}”."),
    "supplier_known": N_("There is a supplier “{supplier}” already."),
    "no_such_order": N_("There is no order {order}."),
    "order_over": N_("Order {order} is over ({state}): it is not changed any more."),
    "order_being_received": N_("Order {order} is being received ({receipt}): post or discard that delivery first."),
    "came_already": N_("{code}: {received} have come already, so the order cannot say {ordered}."),
    "no_such_delivery": N_("There is no goods receipt {receipt}."),
    "delivery_over": N_("{receipt} is over ({state}) and never edited. Put a mistake right by an adjustment."),
    "delivery_held": N_("{person} is counting {receipt} at till {till}. Take it over only if nobody is."),
    "nothing_counted": N_("{receipt}: nothing has been counted yet."),
    "nothing_left_to_undo": N_("{receipt}: no scan is left to undo."),
    "missing_lot": N_("{code}: say of which lot the {pieces} pieces are."),
    "too_many_counted": N_("{code}: {counted} pieces cannot be counted."),
    "not_on_this_order": N_("{code} is not on the order of this delivery."),
    "no_such_delivery_line": N_("Line {line} of this delivery is not there any more."),
}

RECEIVING_FIELDS: Mapping[str, str] = {
    "contact": N_("Contact"),
    "cost": N_("Cost"),
    "delivery_note": N_("Delivery note"),
    "entry": N_("Customs document"),
    "expected_on": N_("Expected on"),
    "supplier": N_("Supplier"),
}
"""Fields of orders and deliveries by name."""
