"""Customer orders against what is held for them, the sales that picked them up, and the journal."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from db.tables.holds import hold, hold_line
from db.tables.pickup import customer_order, customer_order_line, customer_order_word
from db.tables.sales import sale, sale_line
from db.tables.shop import journal
from pos.domain.pickup.buyer import words_of
from pos.domain.pickup.customer_order import HELD, hold_key
from pos.domain.receipt_number import receipt_number
from pos.domain.sales.parking import PICKUP

_O, _L = customer_order.c, customer_order_line.c
_HELD = {state.value for state in HELD}
_PAGED = {"yield_per": 2_000}
_STEPS = (
    "take_customer_order", "confirm_customer_order", "pack_customer_order", "cancel_customer_order",
    "hold_customer_order", "expire_customer_order", "move_up_customer_order", "tell_buyer", "pick_up",
    "reopen_customer_order",
)  # fmt: skip


def order_mismatches(connection: Connection) -> Iterator[str]:
    """Each mismatch as one line that names the order."""
    yield from _held(connection)
    yield from _found(connection)
    yield from _journaled(connection)
    yield from _picked_up(connection)


def _held(connection: Connection) -> Iterator[str]:
    """An order that is confirmed or ready holds its goods until its time is over, and no other order holds any."""
    holds = {
        row.key: row.until for row in connection.execute(select(hold.c.key, hold.c.until).where(hold.c.kind == PICKUP))
    }
    wanted: dict[str, dict[int, int]] = {}
    question = (
        select(_O.code, _O.hold_until, _L.product_id, _L.quantity)
        .join(customer_order_line, _L.order_id == _O.id)
        .where(_O.state.in_(sorted(_HELD)))
        .order_by(_O.code)
    )
    until = {}
    for row in connection.execute(question):
        pieces = wanted.setdefault(row.code, {})
        pieces[row.product_id] = pieces.get(row.product_id, 0) + row.quantity
        until[row.code] = row.hold_until
    held: dict[str, dict[int, int]] = {}
    lines = (
        select(hold_line.c.key, hold_line.c.product_id, func.sum(hold_line.c.quantity - hold_line.c.coming).label("n"))
        .join(hold, hold.c.key == hold_line.c.key)
        .where(hold.c.kind == PICKUP)
        .group_by(hold_line.c.key, hold_line.c.product_id)
    )
    for key, product_id, n in connection.execute(lines):
        held.setdefault(key, {})[product_id] = int(n)
    for code, pieces in wanted.items():
        key = hold_key(code)
        if held.pop(key, {}) != pieces:
            yield f"customer order {code}: what is held for it is not what was ordered"
        if holds.pop(key, None) != until[code]:
            yield f"customer order {code}: it is held until another instant"
    for key in sorted(holds.keys() | held.keys()):
        yield f"hold {key}: no customer order has its goods held by it"


def _found(connection: Connection) -> Iterator[str]:
    """The words and the digits by which an order is found are those of its buyer."""
    words: dict[int, set[str]] = {}
    for row in connection.execute(select(customer_order_word), execution_options=_PAGED):
        words.setdefault(row.order_id, set()).add(row.word)
    question = select(_O.id, _O.code, _O.buyer, _O.phone, _O.phone_tail, _O.phone_back).order_by(_O.id)
    for row in connection.execute(question, execution_options=_PAGED):
        whole = row.phone or row.phone_tail
        if words.pop(row.id, set()) != set(words_of(row.buyer)):
            yield f"customer order {row.code}: it is found by other words than its buyer's name"
        if row.phone_back != whole[::-1] or not whole.endswith(row.phone_tail):
            yield f"customer order {row.code}: it is found by other digits than its buyer's phone"


def _journaled(connection: Connection) -> Iterator[str]:
    """The state of each order is that of its last step in the journal, and so is the receipt of its pick-up."""
    said: dict[str, tuple[str, str]] = {}
    steps = select(journal.c.act, journal.c.details).where(journal.c.act.in_(_STEPS)).order_by(journal.c.id)
    for act, text in connection.execute(steps, execution_options=_PAGED):
        try:
            details = json.loads(text)
            said[details["pickup"]] = details["pickup_state"], details["receipt"] if act == "pick_up" else ""
        except (ValueError, KeyError, TypeError):
            continue  # the walk of the journal names it
    question = select(_O.code, _O.state, sale.c.till, sale.c.number).outerjoin(sale, sale.c.id == _O.sale_id)
    for row in connection.execute(question.order_by(_O.code), execution_options=_PAGED):
        receipt = "" if row.till is None else receipt_number(row.till, row.number)
        if said.pop(row.code, None) != (row.state, receipt):
            yield f"customer order {row.code}: it is {row.state} {receipt}, the journal says otherwise"
    for code in sorted(said):
        yield f"customer order {code}: it is gone, the journal has it"


def _picked_up(connection: Connection) -> Iterator[str]:
    """What orders say was picked up is in the sales that picked them up."""
    picked = (
        select(_O.sale_id, _L.product_id, func.sum(_L.picked).label("picked"))
        .join(customer_order_line, _L.order_id == _O.id)
        .where(_O.sale_id.is_not(None))
        .group_by(_O.sale_id, _L.product_id)
        .subquery()
    )
    sold = (
        select(sale_line.c.sale_id, sale_line.c.product_id, func.sum(sale_line.c.quantity).label("sold"))
        .where(sale_line.c.sale_id.in_(select(_O.sale_id)))
        .group_by(sale_line.c.sale_id, sale_line.c.product_id)
        .subquery()
    )
    more = (
        select(sale.c.till, sale.c.number)
        .select_from(picked)
        .join(sale, sale.c.id == picked.c.sale_id)
        .outerjoin(sold, (sold.c.sale_id == picked.c.sale_id) & (sold.c.product_id == picked.c.product_id))
        .where(picked.c.picked > func.coalesce(sold.c.sold, 0))
        .distinct()
    )
    for row in connection.execute(more):
        yield f"sale {row.till}-{row.number:06d}: customer orders say that more of their goods were handed out"
    open_with_pieces = (
        select(_O.code)
        .join(customer_order_line, _L.order_id == _O.id)
        .where(_O.sale_id.is_(None), _L.picked > 0)
        .distinct()
    )
    for code in connection.execute(open_with_pieces).scalars():
        yield f"customer order {code}: pieces were handed out, and no sale says so"
