"""Deposits on customer orders against the sales that used them, the drawers that hold them, and the journal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, and_, func, select

from db.pickup.deposits import ADDING
from db.tables.pickup import customer_order, deposit_entry
from db.tables.sales import refund, sale, sale_payment
from db.tables.shop import cash_move, journal, shift
from pos.domain.money import CURRENCIES, Money
from pos.domain.payment.tender import DEPOSIT

_E, _O = deposit_entry.c, customer_order.c
_PAGED = {"yield_per": 2_000}
_ACTS = {
    "take_deposit": ("taken",),
    "give_back_deposit": ("returned",),
    "keep_deposit": ("kept",),
    "move_deposit": ("moved_out", "moved_in"),
    "pick_up": ("used",),
    "reopen_customer_order": ("restored",),
}
"""Which entries of a deposit an act of the journal writes."""
_TERMS = ("method", "currency", "value_currency", "rate", "reference", "no_show")

Step = tuple[str, str, str, str, str, int]
"""What happened, to which order, at which till, by whom, in which currency, how much in minor units."""


def deposit_mismatches(connection: Connection) -> Iterator[str]:
    """Each mismatch as one line that names the order, the receipt or the shift."""
    yield from _entries(connection)
    yield from _used(connection)
    yield from _restored(connection)
    yield from _cash(connection)
    yield from _journaled(connection)


def _entries(connection: Connection) -> Iterator[str]:
    """Of a deposit never more goes than has come, on the terms on which it was taken, and one comes after the other."""
    code, terms, amount, value = "", None, 0, 0
    question = select(deposit_entry, _O.code).join(customer_order, _O.id == _E.order_id).order_by(_E.order_id, _E.id)
    for row in connection.execute(question, execution_options=_PAGED):
        own = tuple(getattr(row, name) for name in _TERMS)
        if row.code != code:
            code, terms, amount, value = row.code, None, 0, 0
        if row.kind in ("taken", "moved_in"):
            if amount:
                yield f"deposit of {code}: another one was taken while {amount} {row.currency} of it were left"
            terms = own
            if row.value_minor != _worth(row):
                yield f"deposit of {code}: it counts for {row.value_minor}, at its rate it comes to {_worth(row)}"
        if own != terms:
            yield f"deposit of {code}: {row.kind} on other terms than it was taken on"
        sign = 1 if row.kind in ADDING else -1
        amount, value = amount + sign * row.amount_minor, value + sign * row.value_minor
        if amount < 0 or value < 0 or (not amount and value):
            yield f"deposit of {code}: after {row.kind} {amount} {row.currency} are left, which count for {value}"


def _worth(row: Any) -> int:
    if row.currency == row.value_currency:
        return int(row.amount_minor)
    amount = Money(row.amount_minor, CURRENCIES[row.currency])
    return Money.rounded(amount.units * Fraction(row.rate), CURRENCIES[row.value_currency]).minor


def _used(connection: Connection) -> Iterator[str]:
    """What sales were paid with is what was used of deposits, in the shift of the sale."""
    paid = Counter[tuple[int, str, str, int, int, int]]()
    question = (
        select(sale_payment, sale.c.shift_id).join(sale, sale.c.id == sale_payment.c.sale_id)
    ).where(sale_payment.c.method == DEPOSIT)  # fmt: skip
    for row in connection.execute(question, execution_options=_PAGED):
        of = row.sale_id, row.reference, row.currency
        paid[*of, row.amount_minor, row.value_minor, row.shift_id] += 1
    used = _by_sale(connection, "used")
    for key in sorted((paid - used) + (used - paid)):
        yield f"sale {key[0]}: paid with {key[3]} {key[2]} of the deposit of {key[1]}, whose entries do not say so"


def _restored(connection: Connection) -> Iterator[str]:
    """What voids put back is what the voided sales had used, in the shift of the void."""
    used_by = {key[:5]: key for key in _by_sale(connection, "used")}
    for key in _by_sale(connection, "restored"):
        if key[:5] not in used_by:
            yield f"sale {key[0]}: {key[3]} {key[2]} of the deposit of {key[1]} were restored and never used"
    voids = Counter[tuple[int, str, int, int]]()
    question = (
        select(sale.c.shift_id, refund.c.currency, refund.c.amount_minor, refund.c.value_minor)
        .join(refund, refund.c.sale_id == sale.c.id)
        .where(and_(refund.c.method == DEPOSIT, sale.c.annuls.is_not(None)))
    )
    for row in connection.execute(question):
        voids[row.shift_id, row.currency, row.amount_minor, row.value_minor] += 1
    restored = Counter[tuple[int, str, int, int]]()
    for (_, _, code, amount, value, shift_id), times in _by_sale(connection, "restored").items():
        restored[shift_id, code, amount, value] += times
    for shift_id, code, amount, _ in sorted((voids - restored) + (restored - voids)):
        yield f"shift {shift_id}: a void put {amount} {code} back to a deposit, whose entries do not say so"


def _by_sale(connection: Connection, kind: str) -> Counter[tuple[int, str, str, int, int, int]]:
    question = select(deposit_entry, _O.code).join(customer_order, _O.id == _E.order_id).where(_E.kind == kind)
    found = Counter[tuple[int, str, str, int, int, int]]()
    for row in connection.execute(question, execution_options=_PAGED):
        found[row.sale_id, row.code, row.currency, row.amount_minor, row.value_minor, row.shift_id] += 1
    return found


def _cash(connection: Connection) -> Iterator[str]:
    """The deposits that came and went in cash in a shift are what moved in its drawer for them."""
    sums: dict[tuple[str, int, str, str], list[int]] = {}
    entries = (
        select(shift.c.till, shift.c.number, _E.currency, _E.kind, func.sum(_E.amount_minor))
        .join(shift, shift.c.id == _E.shift_id)
        .where(_E.method == "cash", _E.kind.in_(("taken", "returned")))
        .group_by(shift.c.till, shift.c.number, _E.currency, _E.kind)
    )
    for till, number, code, kind, minor in connection.execute(entries):
        sums.setdefault((till, number, code, kind), [0, 0])[0] = int(minor)
    moves = (
        select(shift.c.till, shift.c.number, cash_move.c.currency, cash_move.c.kind, func.sum(cash_move.c.amount_minor))
        .join(shift, shift.c.id == cash_move.c.shift_id)
        .where(cash_move.c.kind.in_(("deposit", "deposit_back")))
        .group_by(shift.c.till, shift.c.number, cash_move.c.currency, cash_move.c.kind)
    )
    for till, number, code, kind, minor in connection.execute(moves):
        is_in = kind == "deposit"
        key = till, number, code, "taken" if is_in else "returned"
        sums.setdefault(key, [0, 0])[1] = int(minor) if is_in else -int(minor)
    for (till, number, code, kind), (said, moved) in sorted(sums.items()):
        if said != moved:
            yield f"shift {number} {till}: deposits {kind} in cash {said} {code}, in the drawer {moved}"


def _journaled(connection: Connection) -> Iterator[str]:
    """The journal says of every step of a deposit how much, by whom and where."""
    said = Counter[Step]()
    for row in connection.execute(select(journal).where(journal.c.act.in_(list(_ACTS))), execution_options=_PAGED):
        try:
            said.update(_steps_of(row))
        except (ValueError, KeyError, TypeError):
            yield f"deposit: the journal entry {row.act} of {row.till} is not what a till writes"
    stands = Counter[Step]()
    question = select(deposit_entry, _O.code).join(customer_order, _O.id == _E.order_id)
    for row in connection.execute(question, execution_options=_PAGED):
        stands[row.kind, row.code, row.till, row.person, row.currency, row.amount_minor] += 1
    for step in sorted((said - stands) + (stands - said)):
        kind, order, till, person, code, minor = step
        yield (
            f"deposit of {order}: {kind} {minor} {code} at {till} by {person} stands {stands[step]} times,"
            f" in the journal {said[step]} times"
        )


def _steps_of(row: Any) -> Iterator[Step]:
    details = json.loads(row.details)
    if row.act in ("pick_up", "reopen_customer_order") and "deposit" not in details:
        return
    amount = details["deposit"] if row.act in ("pick_up", "reopen_customer_order") else details["amount"]
    minor = Money.parse(amount, CURRENCIES[details["currency"]]).minor
    orders = (details["pickup"], details.get("to_pickup", ""))
    for kind, order in zip(_ACTS[row.act], orders, strict=False):
        yield kind, order, row.till, row.person, details["currency"], minor
