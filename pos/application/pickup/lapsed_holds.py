"""Reservations whose time is over: goods go back to the shelf, and a customer order that lost them has expired."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pos.application.pickup.holding import journaled_order
from pos.application.pickup.waiting_queue import move_up
from pos.application.ports.sale_ports import Hold
from pos.application.ports.store import UnitOfWork
from pos.domain.money import CURRENCIES, Money
from pos.domain.sales.parking import PICKUP

EXPIRED = "expire_customer_order"
"""Journal act of an order whose time is over."""


@dataclass(frozen=True, slots=True)
class Lapsed:
    """How many reservations were released, and how many customer orders have expired by it."""

    holds: int
    orders: int


def release_lapsed(work: UnitOfWork, at: datetime, till: str, person: str) -> Lapsed:
    """Release the reservations of every kind that are over at `at`, each with a journal entry.

    Orders that expire by it let those behind them move up, in the same transaction.
    """
    lapsed = work.holds.lapse(at)
    orders = [hold.key.removeprefix("pickup-") for hold in lapsed if hold.kind == PICKUP]
    for hold in lapsed:
        if hold.kind != PICKUP:
            work.journal.write(at, till, person, "lapse", journaled(hold))
    return Lapsed(len(lapsed), expire(work, orders, at, till, person) if orders else 0)


def expire(work: UnitOfWork, codes: Sequence[str], at: datetime, till: str, person: str) -> int:
    """Close orders whose time is over; what they held is free already. Return how many were still open."""
    gone = []
    for order in work.pickups.lock(codes).values():
        if not order.is_over(at):
            continue
        over = order.expired(person)
        work.pickups.save(over)
        work.journal.write(at, till, person, EXPIRED, journaled_order(over))
        gone.append(over)
    if gone:
        move_up(work, at, till, person, {product for order in gone for product in order.goods()})
    return len(gone)


def journaled(hold: Hold) -> dict[str, object]:
    """The journal entry of a reservation for a sale."""
    basket: dict[str, Any] = json.loads(hold.basket)
    total = Money(basket["total"], CURRENCIES[basket["currency"]])
    return {
        "key": hold.key,
        "till": hold.till,
        "kind": hold.kind,
        "note": hold.note,
        "pieces": sum(row["quantity"] for row in basket["lines"]),
        "total": str(total),
        "currency": total.currency.code,
    }
