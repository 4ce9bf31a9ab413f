"""In whose ledgers lines of a sale stand, locked so that nobody moves them meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pos.application.ports.store import UnitOfWork
from pos.application.ports.visitor_ports import LockedVisitor
from pos.domain.sales.sale import Sale
from pos.domain.visitors.visitor import Visitor

Holders = Mapping[str, Visitor]
"""By the label in the sale; one whose lines all came back, that never had a ledger or is forgotten is not named."""


def locked_holders(
    work: UnitOfWork, sale: Sale, labels: Sequence[str], at: datetime, *others: Visitor
) -> tuple[Holders, Mapping[str, LockedVisitor]]:
    """Who holds the lines of these visitors of a sale now, and the locks of them and of `others` by their labels.

    All are locked in one call, so that two tills lock in one order; whoever was moved while we waited is locked anew.
    """
    while True:
        held = holders_of(work, sale, labels)
        locked = work.visitors.lock((*held.values(), *others), at) if held or others else {}
        if _keys(holders_of(work, sale, labels)) == _keys(held):
            return held, locked


def holders_of(work: UnitOfWork, sale: Sale, labels: Sequence[str]) -> Holders:
    """The same, without a lock."""
    held = {}
    for label in labels:
        lines = work.visitors.of_sale(sale.till, sale.number, label)
        holder = work.visitors.holder(lines[0].key) if lines and lines[0].key is not None else None
        if holder is not None:
            held[label] = replace(holder, label=label)
    return held


def _keys(held: Holders) -> dict[str, str]:
    return {label: visitor.key for label, visitor in held.items()}
