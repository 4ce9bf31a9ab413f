"""Papers and stock-takes as files tell them, and the stock as the command line tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pos.application.ports.movement_ports import MovementRow
from pos.application.stock.count_stock import CountDraft
from pos.application.stock.move_stock import StockDocument, StockDocumentDraft, StockDocumentLine
from pos.application.stock.read_stock import ExpiringLot, ProductStock
from pos.application.text.json_amounts import amount
from pos.application.text.json_fields import read_list, read_object, read_text
from pos.application.text.stock_fields import read_line_text, read_whole
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money
from pos.domain.stock.stock import FLOOR, LotBalance
from pos.domain.stock.stock_paper import ADJUSTMENT, TRANSFER

_MOST_LINES, _MOST_ENTRIES = 2_000, 100_000


@dataclass(frozen=True, slots=True)
class WholeCount:
    """A stock-take that a file tells from its begin to its posting; `reason` is that of every difference."""

    wanted: CountDraft
    entries: Sequence[StockDocumentLine]
    none_left: bool
    reason: str
    note: str


def read_adjustment(found: object) -> StockDocumentDraft:
    """Read the file of `stock adjust`: an adjustment, waste or a sample. Raises a BadInput that names the field."""
    told = read_object(found, "adjustment", ("kind", "place", "reason", "note", "lines"))
    kind = read_line_text(told.get("kind"), "kind") or ADJUSTMENT
    if kind == TRANSFER:
        raise BadField("kind", "not_with_this_form", kind)
    place = read_line_text(told.get("place"), "place") or FLOOR
    reason, note = read_line_text(told.get("reason"), "reason"), read_line_text(told.get("note"), "note")
    return StockDocumentDraft(kind, _lines(told, "lines", _MOST_LINES), place, "", reason, note)


def read_transfer(found: object) -> StockDocumentDraft:
    """Read the file of `stock move`. Raises a BadInput that names the field."""
    told = read_object(found, "move", ("from", "to", "note", "lines"))
    lines, note = _lines(told, "lines", _MOST_LINES), read_line_text(told.get("note"), "note")
    return StockDocumentDraft(
        TRANSFER, lines, read_text(told.get("from"), "from"), read_text(told.get("to"), "to"), "", note
    )


def read_count(found: object) -> WholeCount:
    """Read the file of `stock count`. Raises a BadInput that names the field."""
    fields = ("place", "category", "shelf", "products", "entries", "none_left", "reason", "note")
    told = read_object(found, "count", fields)
    scopes = [name for name in ("category", "shelf", "products") if name in told]
    if len(scopes) > 1:
        raise BadField(scopes[1], "not_with_this_form", scopes[0])
    scope = scopes[0] if scopes else "all"
    value = "" if scope in ("all", "products") else read_text(told[scope], scope)
    codes = tuple(
        read_text(code, f"products[{at}]") for at, code in enumerate(read_list(told, "products", "", _MOST_LINES))
    )
    none_left = told.get("none_left", False)
    if not isinstance(none_left, bool):
        raise BadField("none_left", "not_true_or_false", str(none_left)[:20])
    place = read_line_text(told.get("place"), "place") or FLOOR
    reason = read_line_text(told.get("reason"), "reason") or "unknown"
    wanted = CountDraft(place, scope, value, codes, blind=True)
    entries = _lines(told, "entries", _MOST_ENTRIES)
    return WholeCount(wanted, entries, none_left, reason, read_line_text(told.get("note"), "note"))


def _lines(told: Mapping[str, Any], name: str, most: int) -> list[StockDocumentLine]:
    lines = []
    for at, found in enumerate(read_list(told, name, "", most)):
        where = f"{name}[{at}]"
        line = read_object(found, where, ("code", "quantity", "lot"))
        quantity = read_whole(line.get("quantity"), f"{where}.quantity")
        code = read_text(line.get("code"), f"{where}.code")
        lines.append(StockDocumentLine(quantity, code, lot=read_line_text(line.get("lot"), f"{where}.lot")))
    return lines


def stock_document_json(paper: StockDocument) -> dict[str, Any]:
    """A paper as the command line tells it."""
    return {
        "document": paper.document,
        "kind": paper.kind,
        "place": paper.place,
        "to": paper.to or None,
        "reason": paper.reason or None,
        "lines": [
            {
                "code": line.product.code,
                "lot": None if line.lot is None else line.lot.code,
                "quantity": line.quantity,
                "value": None if line.value is None else amount(line.value),
            }
            for line in paper.lines
        ],
    }


def stock_json(found: ProductStock, moves: Sequence[MovementRow], price: Currency) -> dict[str, Any]:
    """What lies where of a product, and what moved last."""
    return {
        "code": found.product.code,
        "name": found.product.name,
        "on_hand": found.on_floor,
        "held": found.held,
        "owned": found.owned,
        "value": None if found.value is None else amount(found.value),
        "places": [
            {
                "place": at.place,
                "lot": None if at.lot is None else at.lot.code,
                "expiry": None if at.lot is None or at.lot.expiry is None else at.lot.expiry.isoformat(),
                "entry": None if at.lot is None else at.lot.entry or None,
                "quantity": at.on_hand,
            }
            for at in found.places
        ],
        "movements": [
            {
                "at": row.at.isoformat(),
                "person": row.person,
                "reason": row.reason,
                "why": row.why or None,
                "place": row.place,
                "lot": row.lot or None,
                "quantity": row.quantity,
                "cost": None if row.cost is None else amount(Money(row.cost, price)),
                "document": row.document or row.receipt or None,
                "note": row.note or None,
            }
            for row in moves
        ],
    }


def lot_json(one: LotBalance) -> dict[str, Any]:
    """The account of a lot: on_hand = received − sold + returned − destroyed + counted."""
    return {
        "entry": one.lot.entry or None,
        "code": one.code,
        "name": one.name,
        "lot": one.lot.code,
        "expiry": None if one.lot.expiry is None else one.lot.expiry.isoformat(),
        "received": one.received,
        "sold": one.sold,
        "returned": one.returned,
        "destroyed": one.destroyed,
        "counted": one.other,
        "on_hand": one.on_hand,
        "places": dict(one.places),
    }


def expiring_json(one: ExpiringLot) -> dict[str, Any]:
    """A lot that ends soon: `days` from today, negative since it ended."""
    return {**lot_json(one.balance), "days": one.days, "state": one.urgency}
