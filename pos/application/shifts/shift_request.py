"""Read a float, a count or a move of cash from a request file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.application.text.json_fields import RequestApproval, read_approval, read_notes
from pos.application.text.json_object import JsonObject, shown
from pos.domain.errors import BadField
from pos.domain.money import Money, currency
from pos.domain.payment.banknotes import Drawer, Notes
from pos.domain.shifts.shift import KINDS

NO_SALE = "no_sale"


@dataclass(frozen=True, slots=True)
class FloatRequest:
    """The cashier who opens a shift, and their float: notes, or totals if the notes are not given."""

    cashier: str
    float_: Mapping[str, Money | Notes]


@dataclass(frozen=True, slots=True)
class CountRequest:
    """The cashier who closes a shift, and the notes they counted."""

    cashier: str
    count: Drawer
    approval: RequestApproval | None


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """Cash that moves without a sale; `no_sale` opens the drawer, and nothing moves."""

    cashier: str
    kind: str
    amount: Money | None
    reason: str
    notes: Notes | None
    approval: RequestApproval | None


@dataclass(frozen=True, slots=True)
class HandOverRequest:
    """Giver and taker of a shift, the notes counted, and the PIN of the other of the two, or of a manager."""

    giver: str
    taker: str
    count: Drawer
    approval: RequestApproval | None


def read_float(element: object) -> FloatRequest:
    """Read `{"cashier", "float": {"CNY": {"100": 5}, "KZT": "20000"}}`; raises a BadField."""
    table = JsonObject(element, "")
    cashier, float_table = table.text("cashier"), table.table("float")
    table.done()
    float_: dict[str, Money | Notes] = {}
    for code in float_table.names():
        field = float_table.path(shown(code))
        money = currency(code, field)
        value = float_table.take(code)
        float_[code] = Money.parse(value, money, field) if isinstance(value, str) else read_notes(value, money, field)
    return FloatRequest(cashier, float_)


def read_count(element: object) -> CountRequest:
    """Read `{"cashier", "count": {"CNY": {"100": 5}}[, "approve"]}`; raises a BadField."""
    table = JsonObject(element, "")
    cashier, count, approve = table.text("cashier"), _count(table), table.optional("approve")
    table.done()
    return CountRequest(cashier, count, None if approve is None else read_approval(approve))


def read_hand_over(element: object) -> HandOverRequest:
    """Read `{"from", "to", "count": {"CNY": {"100": 5}}, "approve"}`; raises a BadField."""
    table = JsonObject(element, "")
    giver, taker = table.text("from"), table.text("to")
    count, approve = _count(table), table.optional("approve")
    table.done()
    return HandOverRequest(giver, taker, count, None if approve is None else read_approval(approve))


def _count(table: JsonObject) -> Drawer:
    count_table = table.table("count")
    count = {}
    for code in count_table.names():
        field = count_table.path(shown(code))
        count[code] = read_notes(count_table.take(code), currency(code, field), field)
    return count


def read_move(element: object) -> MoveRequest:
    """Read `{"cashier", "kind", "currency", "amount", "reason"[, "notes"][, "approve"]}`; raises a BadField."""
    table = JsonObject(element, "")
    cashier, kind, reason = table.text("cashier"), table.text("kind"), table.text("reason")
    approve, notes = table.optional("approve"), table.optional("notes")
    if kind not in (*KINDS, NO_SALE):
        raise BadField("kind", "unknown", shown(kind))
    amount, named = None, None
    if kind == NO_SALE:
        for field in ("currency", "amount"):
            table.optional(field)
    else:
        money = currency(table.take("currency"))
        amount = Money.parse(table.take("amount"), money)
        named = None if notes is None else read_notes(notes, money, "notes")
    table.done()
    return MoveRequest(cashier, kind, amount, reason, named, None if approve is None else read_approval(approve))
