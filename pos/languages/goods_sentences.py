"""Sentences of refusals about products, codes, prices and pieces, by the stable names of their facts."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_

GOODS: Mapping[str, str] = {
    "single_piece": N_("{code}: this line is a single item with its own code or weight. Scan each further item."),
    "piece_in_basket": N_("{code}: item {serial} is already in the basket."),
    "piece_held": N_("{code}: item {serial} is in another sale, parked or in payment. Till {till}."),
    "piece_sold": N_("{code}: item {serial} is already sold. Receipt {receipt}, {at}."),
    "piece_back": N_("{code}: item {serial} is already returned. Receipt {receipt}, {at}."),
    "asks_marking_code": N_("{code}: this product needs its marking code. Scan the square code on the item."),
    "code_taken": N_("{code} already belongs to “{name}”. Use another code."),
    "code_on_receipts": N_("Receipts or promotions use {code}. It must stay the main code."),
    "changed_meanwhile": N_("{person} changed this product in the meantime: {fields}. Check it and save again."),
    "not_a_scale_code": N_("{code} does not match the scale barcode formats in the settings."),
    "no_such_price": N_("{code} has no price scheduled from {since}."),
    "price_in_force": N_("The price of {code} from {since} is already in force. Set a new price instead."),
}
