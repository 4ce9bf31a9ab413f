"""The sentences of refusals about products, their codes, prices and pieces, by the stable names of their facts."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.words import N_

GOODS: Mapping[str, str] = {
    "single_piece": N_("{code}: this row is one piece with a code or a weight of its own. Scan each further one."),
    "piece_in_basket": N_("{code}: the piece {serial} is in the basket already."),
    "piece_held": N_("{code}: the piece {serial} is in another basket, parked or being paid. Till {till}."),
    "piece_sold": N_("{code}: the piece {serial} was sold already. Receipt {receipt}, {at}."),
    "piece_back": N_("{code}: the piece {serial} came back already. Receipt {receipt}, {at}."),
    "asks_marking_code": N_("{code}: these goods are sold by the marking code. Scan the square code on the piece."),
    "code_taken": N_("{code} is the code of “{name}”. One code names one product."),
    "code_on_receipts": N_("Receipts or promotions name this product by {code}. It stays its first code."),
    "changed_meanwhile": N_("{person} has changed this product meanwhile: {fields}. Look at it, then save once more."),
    "not_a_scale_code": N_("{code} is no code of a scale in this shop. The settings say how its scales write."),
    "no_such_price": N_("{code} has no price to come from {since}."),
    "price_in_force": N_("The price of {code} from {since} is in force already. Set another one from now on."),
}
