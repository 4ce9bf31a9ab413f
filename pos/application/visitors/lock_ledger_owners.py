"""Lock the visitors whose allowance a sale used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pos.application.ports.store import UnitOfWork
from pos.application.ports.visitor_ports import LockedVisitor
from pos.domain.sales.sale import Sale
from pos.domain.visitors.visitor import Visitor

Holders = Mapping[str, Visitor]
"""By label in the sale. Visitors whose lines all came back, who never had a ledger or were erased are absent."""


def locked_holders(
    work: UnitOfWork, sale: Sale, labels: Sequence[str], at: datetime, *others: Visitor
) -> tuple[Holders, Mapping[str, LockedVisitor]]:
    """The visitors who now own these labels' lines of a sale, and the locks of them and of `others`, by label.

    All are locked in one call, so that two tills lock in one order; if a line was moved meanwhile, locking is repeated.
    """
    while True:
        held = holders_of(work, sale, labels)
        locked = work.visitors.lock((*held.values(), *others), at) if held or others else {}
        if _keys(holders_of(work, sale, labels)) == _keys(held):
            return held, locked


def holders_of(work: UnitOfWork, sale: Sale, labels: Sequence[str]) -> Holders:
    """The current owners, without a lock."""
    held = {}
    for label in labels:
        lines = work.visitors.of_sale(sale.till, sale.number, label)
        holder = work.visitors.holder(lines[0].key) if lines and lines[0].key is not None else None
        if holder is not None:
            held[label] = replace(holder, label=label)
    return held


def _keys(held: Holders) -> dict[str, str]:
    return {label: visitor.key for label, visitor in held.items()}
