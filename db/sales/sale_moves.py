"""The movements of a sale beside its own rows: goods off the shelf, cash in the drawer, returnable pieces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from db.engine.types import to_microseconds
from db.sales.cash import notes_text
from pos.domain.sales.sale import Sale, SaleLine
from pos.domain.stock.stock import FLOOR, LotPart, shared_out


def refundable_rows(sold: Sale) -> list[dict[str, Any]]:
    """The returnable pieces of each line."""
    return [{"line_no": line.line, "sold": line.quantity, "refunded": 0} for line in sold.lines]


def cash_rows(sold: Sale) -> list[dict[str, Any]]:
    """The notes that came into the drawer and went out of it, as columns of `cash_move`."""
    taken = [("tender", paid.tender.amount, paid.tender.notes) for paid in sold.paid if paid.tender.method == "cash"]
    given = [("change", -change.amount, change.notes) for change in sold.change]
    return [
        {
            "shift_id": sold.shift,
            "kind": kind,
            "currency": money.currency.code,
            "amount_minor": money.minor,
            "at": sold.at,
            "notes": None if notes is None else notes_text(notes),
        }
        for kind, money, notes in (*taken, *given)
    ]


def move_rows(
    sold: Sale, taken: Mapping[int, Sequence[LotPart]], lots: Mapping[tuple[int, str], Sequence[int]]
) -> list[dict[str, Any]]:
    """The goods off the shelf, by line and lot, as movements; `lots` by product and the code of a lot."""
    shared = {"reason": "sale", "at": to_microseconds(sold.at), "person": sold.cashier, "place": FLOOR}
    lines: dict[int, list[SaleLine]] = {}
    for line in sold.lines:
        lines.setdefault(line.product_id, []).append(line)
    moves = [
        {"product_id": product_id, "line_no": line.line, **shared}
        | {"quantity": -part.quantity, "lot_id": part.lot, "cost_minor": None if part.cost is None else -part.cost}
        for product_id, of_product in lines.items()
        for line, parts in zip(of_product, shared_out(taken[product_id], [_taking_of(x, lots) for x in of_product]))
        for part in parts
    ]
    return sorted(moves, key=lambda move: move["line_no"])


def _taking_of(line: SaleLine, lots: Mapping[tuple[int, str], Sequence[int]]) -> tuple[int, Sequence[int]]:
    return line.quantity, () if line.lot is None else lots.get((line.product_id, line.lot), ())
