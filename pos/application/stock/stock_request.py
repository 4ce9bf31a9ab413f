"""Stock documents and stock-takes read from JSON files, and the stock as JSON for the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pos.application.ports.stock_ports import MovementRow
from pos.application.stock.count_stock import CountDraft, CountStock
from pos.application.stock.move_stock import StockDocument, StockDocumentDraft, StockDocumentLine
from pos.application.stock.post_count import PostCount
from pos.application.stock.read_stock import ExpiringLot, ProductStock
from pos.application.text.json_amounts import amount
from pos.application.text.json_fields import read_line_text, read_list, read_object, read_text, read_whole
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import FLOOR, LotBalance
from pos.domain.stock.stock_count import COUNT_REASONS, check_note, check_pieces, check_reason
from pos.domain.stock.stock_document import ADJUSTMENT, TRANSFER

_MOST_LINES, _MOST_ENTRIES = 2_000, 100_000


@dataclass(frozen=True, slots=True)
class WholeCount:
    """A whole stock-take from a file, from begin to posting; `reason` is that of every difference."""

    draft: CountDraft
    entries: Sequence[StockDocumentLine]
    none_left: bool
    reason: str
    note: str


def read_adjustment(value: object) -> StockDocumentDraft:
    """Read the file of `stock adjust`: an adjustment, waste or a sample. Raises a BadInput naming the field."""
    fields = read_object(value, "adjustment", ("kind", "place", "reason", "note", "lines"))
    kind = read_line_text(fields.get("kind"), "kind") or ADJUSTMENT
    if kind == TRANSFER:
        raise BadField("kind", "not_with_this_form", kind)
    location = read_line_text(fields.get("place"), "place") or FLOOR
    reason, note = read_line_text(fields.get("reason"), "reason"), read_line_text(fields.get("note"), "note")
    return StockDocumentDraft(kind, _lines(fields, "lines", _MOST_LINES), location, "", reason, note)


def read_transfer(value: object) -> StockDocumentDraft:
    """Read the file of `stock move`. Raises a BadInput naming the field."""
    fields = read_object(value, "move", ("from", "to", "note", "lines"))
    lines, note = _lines(fields, "lines", _MOST_LINES), read_line_text(fields.get("note"), "note")
    return StockDocumentDraft(
        TRANSFER, lines, read_text(fields.get("from"), "from"), read_text(fields.get("to"), "to"), "", note
    )


def read_count(data: object) -> WholeCount:
    """Read the file of `stock count`. Raises a BadInput naming the field."""
    fields = ("place", "category", "shelf", "products", "entries", "none_left", "reason", "note")
    request = read_object(data, "count", fields)
    scopes = [name for name in ("category", "shelf", "products") if name in request]
    if len(scopes) > 1:
        raise BadField(scopes[1], "not_with_this_form", scopes[0])
    scope = scopes[0] if scopes else "all"
    value = "" if scope in ("all", "products") else read_text(request[scope], scope)
    codes = tuple(
        read_text(code, f"products[{at}]") for at, code in enumerate(read_list(request, "products", "", _MOST_LINES))
    )
    none_left = request.get("none_left", False)
    if not isinstance(none_left, bool):
        raise BadField("none_left", "not_true_or_false", str(none_left)[:20])
    location = read_line_text(request.get("place"), "place") or FLOOR
    reason = read_line_text(request.get("reason"), "reason") or "unknown"
    draft = CountDraft(location, scope, value, codes, blind=True)
    entries = _lines(request, "entries", _MOST_ENTRIES)
    return WholeCount(draft, entries, none_left, reason, read_line_text(request.get("note"), "note"))


def _lines(request: Mapping[str, Any], name: str, most: int) -> list[StockDocumentLine]:
    lines = []
    for at, item in enumerate(read_list(request, name, "", most)):
        where = f"{name}[{at}]"
        line = read_object(item, where, ("code", "quantity", "lot"))
        quantity = read_whole(line.get("quantity"), f"{where}.quantity")
        code = read_text(line.get("code"), f"{where}.code")
        lines.append(StockDocumentLine(quantity, code, lot=read_line_text(line.get("lot"), f"{where}.lot")))
    return lines


def stock_document_json(document: StockDocument) -> dict[str, Any]:
    """A stock document as JSON for the command line."""
    return {
        "document": document.document,
        "kind": document.kind,
        "place": document.location,
        "to": document.to or None,
        "reason": document.reason or None,
        "lines": [
            {
                "code": line.product.code,
                "lot": None if line.lot is None else line.lot.code,
                "quantity": line.quantity,
                "value": None if line.value is None else amount(line.value),
            }
            for line in document.lines
        ],
    }


def stock_json(stock: ProductStock, moves: Sequence[MovementRow], price: Currency) -> dict[str, Any]:
    """The stock of a product by location, and its last movements."""
    return {
        "code": stock.product.code,
        "name": stock.product.name,
        "on_hand": stock.on_floor,
        "held": stock.held,
        "owned": stock.owned,
        "value": None if stock.value is None else amount(stock.value),
        "places": [
            {
                "place": at.location,
                "lot": None if at.lot is None else at.lot.code,
                "expiry": None if at.lot is None or at.lot.expiry is None else at.lot.expiry.isoformat(),
                "entry": None if at.lot is None else at.lot.entry or None,
                "quantity": at.on_hand,
            }
            for at in stock.locations
        ],
        "movements": [
            {
                "at": row.at.isoformat(),
                "person": row.person,
                "reason": row.reason,
                "why": row.why or None,
                "place": row.location,
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
    """A lot account: on_hand = received − sold + returned − destroyed + workshop + counted."""
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
        "workshop": one.workshop,
        "counted": one.other,
        "on_hand": one.on_hand,
        "places": dict(one.locations),
    }


def expiring_json(one: ExpiringLot) -> dict[str, Any]:
    """A lot that expires soon: `days` from today, negative after the last day."""
    return {**lot_json(one.balance), "days": one.days, "state": one.urgency}


@dataclass(frozen=True, slots=True)
class CountFromFile:
    """Runs the steps of the counting pages one after another."""

    count_stock: CountStock
    post_count: PostCount

    def __call__(self, person: Person, request: WholeCount) -> Mapping[str, Any]:
        """Post the stock-take; returns what was posted.

        Raises what the steps raise; then it is cancelled and nothing is posted.
        """
        check_reason(request.reason, COUNT_REASONS)
        check_note(request.note)
        if not request.entries and not request.none_left:
            raise BadField("entries", "missing")
        for index, entry in enumerate(request.entries):
            check_pieces(entry.quantity, f"entries[{index}].quantity")
        number = self.count_stock.begin(person, request.draft).number
        try:
            self._count(person, number, request)
            self.post_count(person, number)
        except BaseException:
            self.count_stock.drop(person, number)
            raise
        posted = self.post_count.posted(person, number)
        assert posted is not None, "it was posted just now"
        return posted

    def _count(self, person: Person, number: int, request: WholeCount) -> None:
        sheet = self.count_stock.take_sheet(person, number).sheet.number
        for index, entry in enumerate(request.entries):
            field = f"entries[{index}].code"
            self.count_stock.scan(person, number, sheet, entry.code, entry.quantity, entry.lot, field)
        self.count_stock.finish_sheet(person, number, sheet)
        if request.none_left:
            self.post_count.none_left(person, number)
        for one in self.post_count.review(person, number).differences:
            self.post_count.explain(person, number, one.product.id, one.line, request.reason, request.note)
