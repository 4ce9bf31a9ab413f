"""Lock the visitors of a step, and link persons whom one document shows to be the same: they then share
an allowance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from pos.application.ports.store import Store, UnitOfWork
from pos.application.ports.visitor_ports import LockedVisitor
from pos.domain.sales.sale import Sale
from pos.domain.visitors.visitor import Visitor

LINK = "link"


def lock_visitors(
    work: UnitOfWork, visitors: Sequence[Visitor], at: datetime, till: str, by: str
) -> Mapping[str, LockedVisitor]:
    """Each visitor's row and person by label, with no others; every link gets an entry in the journal.

    A typed number and a scanned document are two persons until a document carries both numbers; then their purchases
    are in one ledger.
    """
    locked = work.visitors.lock(visitors, at)
    links = _Links()
    for one in locked.values():
        for other in one.others:
            _link(work, links, one.person, other, at, till, by)
    return {label: replace(one, person=links.head(one.person), others=()) for label, one in locked.items()}


def with_new_numbers(work: UnitOfWork, visitors: Sequence[Visitor]) -> Sequence[Visitor]:
    """The visitors whose documents add data about known persons, to be recorded after this transaction."""
    return [visitor for visitor in visitors if work.visitors.adds_numbers(visitor)]


def record_new_numbers(store: Store, visitors: Sequence[Visitor], at: datetime, till: str, by: str) -> None:
    """Record what the documents of these visitors add about known persons."""
    with store.reading() as work:
        unrecorded = with_new_numbers(work, visitors)
    record_documents(store, unrecorded, at, till, by)


def record_documents(store: Store, visitors: Sequence[Visitor], at: datetime, till: str, by: str) -> None:
    """Store all numbers of the scanned documents, one after another, regardless of a sale.

    Otherwise a refused sale would drop the document, and its other number would belong to an unknown person.
    """
    if not visitors:
        return
    with store.begin() as work:
        for visitor in visitors:
            lock_visitors(work, (visitor,), at, till, by)
        work.commit()


@dataclass(slots=True)
class _Links:
    """The persons that were linked in this step, each with the person it now belongs to."""

    to: dict[int, int] = field(default_factory=dict)

    def head(self, person: int) -> int:
        while person in self.to:
            person = self.to[person]
        return person


def _link(work: UnitOfWork, links: _Links, one: int, other: int, at: datetime, till: str, by: str) -> None:
    head, joined = sorted((links.head(one), links.head(other)))
    if head == joined:
        return
    work.visitors.link(LockedVisitor(joined, joined), LockedVisitor(head, head))
    links.to[joined] = head
    work.journal.write(at, till, by, LINK, {"paper": joined, "to": head})


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
