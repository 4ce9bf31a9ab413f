"""Sentences of refusals about customer orders and deposits, by the names of their facts."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_

PICKUPS: Mapping[str, str] = {
    "bad_pickup_code": N_("{code} is not the code of a customer order: {reason}."),
    "no_such_customer_order": N_("There is no customer order {code}."),
    "already_picked_up": N_("The customer order {code} was picked up already: receipt {receipt}, {at}."),
    "customer_order_closed": N_("The customer order {code} is {state} since {at}."),
    "customer_order_state": N_("The customer order {code} is {state}. This step does not follow."),
    "channel_ref_taken": N_("The number {channel_ref} of {channel} is the customer order {code} already."),
    "hold_over": N_("The customer order cannot be held until {hold_until}: that time has passed."),
    "ambiguous_goods": N_("Several products end in {text}: {codes}. Type more of the code."),
    "several_sheet_numbers": N_("{code} is on the sheet as {numbers}, at different prices. Type the number."),
    "sheet_number_taken": N_("Number {number} of the sheet has other goods: {code}. Choose another number."),
    "deposit_taken": N_("The customer order {code} has a deposit already: {amount}."),
    "no_deposit": N_("The customer order {code} has no deposit."),
    "deposit_above_order": N_("The deposit on {code} is more than the order comes to. At most: {most}."),
    "deposit_changed": N_("The deposit on {code} has changed since. Open the customer order again."),
    "nothing_to_print": N_("There is nothing to print."),
    "pick_up_changed": N_("The customer order {code} has changed since. Open it again."),
}
ORDER_CODES = frozenset(PICKUPS) - {"bad_pickup_code", "several_sheet_numbers", "sheet_number_taken"}
"""The refusals whose `code` is that of a customer order, which people read in two halves."""
PICKUP_FIELDS: Mapping[str, str] = {
    "buyer": N_("Buyer"),
    "phone": N_("Phone"),
    "channel": N_("Channel"),
    "channel_ref": N_("Number of the channel"),
    "goods": N_("Goods"),
    "goods.quantity": N_("Pieces"),
    "hold_until": N_("Held until"),
    "language": N_("Language"),
    "method": N_("Payment method"),
    "notes": N_("Banknotes"),
    "place": N_("Place"),
    "why": N_("Reason"),
    "stream": N_("Sheet of the stream"),
    "marks": N_("Marking codes"),
    "deposit": N_("Deposit"),
}
PICKUP_REASONS: Mapping[str, str] = {
    "length": N_("a code has eight signs"),
    "too_many": N_("there are too many"),
    "check": N_("a sign was misread or misplaced"),
    "not_a_phone": N_("it is not a phone number"),
    "differs": N_("it differs from the first row of this order"),
    "by_weight": N_("goods by weight cannot be ordered"),
}
