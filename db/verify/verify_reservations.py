"""Holds recomputed from their lines, and owed tenders by the journal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Text, cast, func, literal, select

from db.engine.types import as_stored
from db.tables.catalogue import product
from db.tables.holds import hold, hold_line, owed_tender
from db.tables.shop import journal, shift
from db.tables.stock import stock
from pos.domain.errors import RuleBroken
from pos.domain.money import CURRENCIES, Money

Owed = tuple[str, str, str | None, str, int, str, str | None, str, str, int]
"""Id of the tender, till, its shift, person, when, why it is owed, reference, method, currency, minor units.

The shift is the one that was open by the order of writing: a clock can be set back. An older entry has no reference.
"""

_EVENTS = ("open_shift", "close_shift", "owe_tender", "settle_tender")
_ENTRIES = select(*as_stored(journal)).where(journal.c.act.in_(_EVENTS)).order_by(journal.c.till, journal.c.number)
_THERE = select(
    *as_stored(owed_tender), (shift.c.till + literal(" ") + cast(shift.c.number, Text)).label("of_shift")
).outerjoin(shift, shift.c.id == owed_tender.c.shift_id)


def reservation_mismatches(connection: Connection) -> Iterator[str]:
    """Each mismatch as one line that names what and where."""
    yield from _stock(connection)
    yield from _baskets(connection)
    yield from _owed(connection)


def _stock(connection: Connection) -> Iterator[str]:
    lines = (
        select(hold_line.c.product_id, func.sum(hold_line.c.quantity - hold_line.c.coming).label("pieces"))
        .group_by(hold_line.c.product_id)
        .subquery()
    )
    pieces = func.coalesce(lines.c.pieces, 0)
    held = func.coalesce(stock.c.held, 0)
    question = (
        select(product.c.code, held.label("held"), pieces.label("pieces"))
        .outerjoin(stock, stock.c.product_id == product.c.id)
        .outerjoin(lines, lines.c.product_id == product.c.id)
        .where(held != pieces)
        .order_by(product.c.code)
    )
    for row in connection.execute(question):
        yield f"stock {row.code}: {row.held} held, the holds come to {row.pieces}"


def _baskets(connection: Connection) -> Iterator[str]:
    """The reserved pieces of a hold equal its basket; a lapsed one reserves nothing."""
    lines: dict[str, dict[int, int]] = {}
    for row in connection.execute(select(hold_line.c.key, hold_line.c.product_id, hold_line.c.quantity)):
        pieces = lines.setdefault(row.key, {})
        pieces[row.product_id] = pieces.get(row.product_id, 0) + row.quantity
    for row in connection.execute(select(hold.c.key, hold.c.basket, hold.c.lapsed).order_by(hold.c.key)):
        expected = {} if row.lapsed else _pieces_in(row.basket)
        if expected is None or lines.pop(row.key, {}) != expected:
            yield f"hold {row.key}: its lines are not its basket"
    for key in sorted(lines):
        yield f"hold {key}: lines without a hold"


def _pieces_in(basket: str) -> dict[int, int] | None:
    try:
        pieces: dict[int, int] = {}
        for row in json.loads(basket)["lines"]:
            pieces[row["product"]] = pieces.get(row["product"], 0) + row["quantity"]
        return pieces
    except (ValueError, KeyError, TypeError):
        return None  # no longer what a till wrote


def _owed(connection: Connection) -> Iterator[str]:
    """Every tender to be given back is in the journal as it was taken, and is settled where the journal settles it."""
    journaled: dict[tuple[str, int], Owed] = {}
    settled: dict[tuple[str, int], tuple[str, int]] = {}
    open_at: dict[str, str | None] = {}
    for row in connection.execute(_ENTRIES):
        try:
            details = json.loads(row.details)
            if row.act in ("open_shift", "close_shift"):
                open_at[row.till] = f"{row.till} {details['number']}" if row.act == "open_shift" else None
                continue
            tender, money = _tender_of(details)
            if row.act == "settle_tender":
                settled[tender] = (row.person, row.at)
                continue
            facts = (details["tender"], row.till, open_at.get(row.till), row.person, row.at, details["why"])
            journaled[tender] = (*facts, details.get("reference"), *money)
        except (ValueError, KeyError, TypeError, RuleBroken):
            yield f"owed tender of till {row.till}: the journal does not say what a till writes"
            continue
    there: dict[tuple[str, int], Owed] = {}
    done: dict[tuple[str, int], tuple[str, int]] = {}
    for row in connection.execute(_THERE):
        tender = (row.sale_key, row.no)
        known = journaled.get(tender)
        reference = None if known is not None and known[6] is None else row.reference
        facts = (row.tender, row.till, row.of_shift, row.person, row.at, row.why)
        there[tender] = (*facts, reference, row.method, row.currency, row.amount_minor)
        if row.settled_at is not None:
            done[tender] = (row.settled_by, row.settled_at)
    for tender in sorted(journaled.keys() | there.keys()):
        key, no = tender
        if journaled.get(tender) != there.get(tender):
            yield f"owed tender {no} of {key}: {there.get(tender)}, the journal says {journaled.get(tender)}"
        elif done.get(tender) != settled.get(tender):
            yield f"owed tender {no} of {key}: settled or not, the journal says otherwise"


def _tender_of(details: dict[str, Any]) -> tuple[tuple[str, int], tuple[str, str, int]]:
    amount = Money.parse(details["amount"], CURRENCIES[details["currency"]])
    return (details["key"], details["no"]), (details["method"], details["currency"], amount.minor)
