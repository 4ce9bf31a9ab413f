"""Lock the visitors of a step, and link the persons whom one paper shows to be one: with one allowance from then on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from pos.application.ports.store import Store, UnitOfWork
from pos.application.ports.visitor_ports import LockedVisitor
from pos.domain.visitors.visitor import Visitor

LINK = "link"


def lock_visitors(
    work: UnitOfWork, visitors: Sequence[Visitor], at: datetime, till: str, by: str
) -> Mapping[str, LockedVisitor]:
    """Each visitor's row and person by label, with no others; every link has its entry in the journal.

    A number typed and a paper scanned were two persons until a paper bears both numbers: what each of them bought is
    in one ledger then.
    """
    locked = work.visitors.lock(visitors, at)
    links = _Links()
    for one in locked.values():
        for other in one.others:
            _link(work, links, one.person, other, at, till, by)
    return {label: replace(one, person=links.head(one.person), others=()) for label, one in locked.items()}


def news_of(work: UnitOfWork, visitors: Sequence[Visitor]) -> Sequence[Visitor]:
    """Those whose papers say something of persons who are known: to be learnt when this transaction is over."""
    return [visitor for visitor in visitors if work.visitors.is_news(visitor)]


def learn_news(store: Store, visitors: Sequence[Visitor], at: datetime, till: str, by: str) -> None:
    """Learn what the papers of these visitors say of persons who are known."""
    with store.reading() as work:
        news = news_of(work, visitors)
    learn_papers(store, news, at, till, by)


def learn_papers(store: Store, visitors: Sequence[Visitor], at: datetime, till: str, by: str) -> None:
    """Keep all numbers of papers just shown, one after another, whether anything is sold or not.

    Without that a refused sale would be forgotten with its paper, and its other number be a stranger's.
    """
    if not visitors:
        return
    with store.begin() as work:
        for visitor in visitors:
            lock_visitors(work, (visitor,), at, till, by)
        work.commit()


@dataclass(slots=True)
class _Links:
    """The persons that were linked in this step, each with the one it belongs to."""

    to: dict[int, int] = field(default_factory=dict)

    def head(self, person: int) -> int:
        while person in self.to:
            person = self.to[person]
        return person


def _link(work: UnitOfWork, links: _Links, one: int, other: int, at: datetime, till: str, by: str) -> None:
    head, paper = sorted((links.head(one), links.head(other)))
    if head == paper:
        return
    work.visitors.link(LockedVisitor(paper, paper), LockedVisitor(head, head))
    links.to[paper] = head
    work.journal.write(at, till, by, LINK, {"paper": paper, "to": head})
