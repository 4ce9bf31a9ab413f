"""A float, a count or a move of cash as a file tells it."""

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
    """Who opens a shift, and what lies in the drawer: notes, or totals where nobody told the notes."""

    cashier: str
    float_: Mapping[str, Money | Notes]


@dataclass(frozen=True, slots=True)
class CountRequest:
    """Who closes a shift, and the notes that he counted."""

    cashier: str
    count: Drawer
    approval: RequestApproval | None


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """Cash that moves without a sale; of `no_sale`, the drawer opened without one, nothing moves."""

    cashier: str
    kind: str
    amount: Money | None
    reason: str
    notes: Notes | None
    approval: RequestApproval | None


@dataclass(frozen=True, slots=True)
class HandOverRequest:
    """From whom to whom a shift goes, the notes counted, and the PIN of the other of the two, or of a manager."""

    giver: str
    taker: str
    count: Drawer
    approval: RequestApproval | None


def read_float(found: object) -> FloatRequest:
    """`{"cashier", "float": {"CNY": {"100": 5}, "KZT": "20000"}}`; raises a BadField."""
    table = JsonObject(found, "")
    cashier, told = table.text("cashier"), table.table("float")
    table.done()
    float_: dict[str, Money | Notes] = {}
    for code in told.names():
        field = told.path(shown(code))
        money = currency(code, field)
        value = told.take(code)
        float_[code] = Money.parse(value, money, field) if isinstance(value, str) else read_notes(value, money, field)
    return FloatRequest(cashier, float_)


def read_count(found: object) -> CountRequest:
    """`{"cashier", "count": {"CNY": {"100": 5}}[, "approve"]}`; raises a BadField."""
    table = JsonObject(found, "")
    cashier, count, approve = table.text("cashier"), _count(table), table.optional("approve")
    table.done()
    return CountRequest(cashier, count, None if approve is None else read_approval(approve))


def read_hand_over(found: object) -> HandOverRequest:
    """`{"from", "to", "count": {"CNY": {"100": 5}}, "approve"}`; raises a BadField."""
    table = JsonObject(found, "")
    giver, taker = table.text("from"), table.text("to")
    count, approve = _count(table), table.optional("approve")
    table.done()
    return HandOverRequest(giver, taker, count, None if approve is None else read_approval(approve))


def _count(table: JsonObject) -> Drawer:
    told = table.table("count")
    count = {}
    for code in told.names():
        field = told.path(shown(code))
        count[code] = read_notes(told.take(code), currency(code, field), field)
    return count


def read_move(found: object) -> MoveRequest:
    """`{"cashier", "kind", "currency", "amount", "reason"[, "notes"][, "approve"]}`; raises a BadField."""
    table = JsonObject(found, "")
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
