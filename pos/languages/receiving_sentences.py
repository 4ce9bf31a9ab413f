"""Sentences of refusals about stock, suppliers, orders and deliveries, by the stable names of their facts."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.names import CHARGE_KINDS
from pos.application.text.translator import N_

RECEIVING: Mapping[str, str] = {
    "out_of_stock": N_("{code}: {wanted} needed, only {on_hand} on the floor."),
    "expired_goods": N_("{code}: {wanted} needed, only {sellable} not expired. The oldest lot expired on {expiry}."),
    "not_there": N_("{code}: {wanted} needed, only {on_hand} free. Place: {place}."),
    "lot_conflict": N_("{code}: lot {lot} has expiry date {on_file} on file, not {expiry}."),
    "no_such_supplier": N_("There is no supplier “{supplier}”."),
    "supplier_known": N_("Supplier “{supplier}” already exists."),
    "no_such_order": N_("There is no order {order}."),
    "order_over": N_("Order {order} cannot be changed any more ({state})."),
    "order_being_received": N_("Order {order} is being received ({receipt}). Post or discard that delivery first."),
    "came_already": N_("{code}: {received} already received. The order cannot be reduced to {ordered}."),
    "no_such_delivery": N_("There is no goods receipt {receipt}."),
    "delivery_over": N_("{receipt} cannot be edited ({state}). Correct mistakes with an adjustment."),
    "delivery_held": N_("{person} is counting {receipt} at till {till}. Take it over only if they have stopped."),
    "nothing_counted": N_("{receipt}: nothing counted yet."),
    "nothing_left_to_undo": N_("{receipt}: no scan to undo."),
    "missing_lot": N_("{code}: enter the lot. Pieces: {pieces}."),
    "too_many_counted": N_("{code}: {counted} is not a valid count."),
    "not_on_this_order": N_("{code} is not on the order of this delivery."),
    "no_such_delivery_line": N_("Line {line} of this delivery no longer exists."),
}

RECEIVING_FIELDS: Mapping[str, str] = {
    "contact": N_("Contact"),
    "cost": N_("Cost"),
    "delivery_note": N_("Delivery note"),
    "entry": N_("Customs document"),
    "expected_on": N_("Expected on"),
    "supplier": N_("Supplier"),
    **CHARGE_KINDS,
}
"""Fields of orders and deliveries by name."""
