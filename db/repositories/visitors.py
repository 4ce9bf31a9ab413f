"""Visitors by keyed hash: whose paper it is, who is locked, what is known of him beside his purchases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, case, delete, func, insert, or_, select, update

from db.dialect import insert_new
from db.queries.carried_out import carried_out
from db.ready import Ready, ready_new
from db.repositories.quota_ledger import SqlQuotaLedger
from db.tables.visitors import quota_entry, visitor, visitor_document, visitor_entry
from pos.application.customs_ports import CarriedLine
from pos.application.visitor_ports import EntryKey, KnownVisitor, LedgerLine, LockedVisitor, Paper
from pos.domain.visitor import Visitor

_HIS = visitor.alias()
_PERSON = func.coalesce(visitor.c.same_as, visitor.c.id)
_BY_KEY = Ready(
    select(visitor.c.id, _PERSON.label("person"))
    .join(visitor_document, visitor_document.c.visitor_id == visitor.c.id)
    .where(visitor_document.c.document_key == bindparam("key"))
)
_PERSON_OF = Ready(select(_PERSON).where(visitor.c.id == bindparam("id")))
_NOW = bindparam("now", type_=visitor.c.last_seen.type)
_LOCK = Ready(  # a departure may be told later than a purchase after it
    update(visitor)
    .where(visitor.c.id == bindparam("locked"))
    .values(last_seen=case((visitor.c.last_seen < _NOW, _NOW), else_=visitor.c.last_seen))
)
_ASKED = (
    update(visitor)
    .where(visitor.c.id == bindparam("asked"))
    .values(asked_on=bindparam("on", type_=visitor.c.asked_on.type))
)
_PAPERS_OF = select(visitor).where(or_(visitor.c.id == bindparam("person"), visitor.c.same_as == bindparam("person")))
_PERSON_BY_KEY = (
    select(_PERSON)
    .join(visitor_document, visitor_document.c.visitor_id == visitor.c.id)
    .where(visitor_document.c.document_key == bindparam("key"))
    .scalar_subquery()
)
PAPERS_BY_KEY = select(_HIS.c.id).where(or_(_HIS.c.id == _PERSON_BY_KEY, _HIS.c.same_as == _PERSON_BY_KEY))
"""The rows of all papers of the person who showed the paper `key`."""
_PAPERS = Ready(PAPERS_BY_KEY)
_NEW = Ready(insert(visitor).returning(visitor.c.id))
_DOCUMENTS = select(visitor_document).where(visitor_document.c.visitor_id.in_(bindparam("ids", expanding=True)))
_ENTRIES = (
    select(visitor_entry.c.day)
    .where(visitor_entry.c.visitor_id.in_(bindparam("ids", expanding=True)))
    .distinct()
    .order_by(visitor_entry.c.day.desc())
)


class SqlVisitors:
    """Visitors over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ledger = SqlQuotaLedger(connection)

    # ── who it is ────────────────────────────────────────────────────────────────────────────────────────────

    def lock(self, visitors: Sequence[Visitor], at: datetime) -> Mapping[str, LockedVisitor]:
        """See Visitors.lock: rows are made in the order of their keys and locked in the order of their ids."""
        ids: dict[str, int] = {}
        persons: dict[int, int] = {}
        for visitor_ in sorted(visitors, key=lambda v: v.key):
            ids[visitor_.label], person = self._known_or_new(visitor_, at)
            persons[ids[visitor_.label]] = person
        locked: set[int] = set()
        while wanted := sorted(set(persons.values()) - locked):
            for person in wanted:
                _LOCK.run(self._connection, {"locked": person, "now": at})
            locked.update(wanted)
            # A paper linked elsewhere while we waited for the lock leads to another row, which is then locked too.
            persons = {visitor_id: self._person_of(visitor_id) for visitor_id in persons}
        return {label: LockedVisitor(visitor_id, persons[visitor_id]) for label, visitor_id in ids.items()}

    def _person_of(self, visitor_id: int) -> int:
        return int(_PERSON_OF.tuples(self._connection, {"id": visitor_id})[0][0])

    def _known_or_new(self, person: Visitor, at: datetime) -> tuple[int, int]:
        """The row of a paper and that of the person, as they stand before anything is locked."""
        known = _BY_KEY.one(self._connection, {"key": person.key})
        if known is not None:
            return int(known.id), int(known.person)
        values = {"first_seen": at, "last_seen": at}
        made = _NEW.rows(self._connection, values)[0][0]
        document = {
            "document_key": person.key,
            "visitor_id": made,
            "kind": person.kind,
            "country": person.country,
            "masked": person.masked,
        }
        if ready_new(self._connection, visitor_document).run(self._connection, document) == 1:
            return int(made), int(made)
        # Another till made the visitor between our look and our insert; its row is the one to lock.
        self._connection.execute(delete(visitor).where(visitor.c.id == made))
        theirs = _BY_KEY.rows(self._connection, {"key": person.key})[0]
        return int(theirs.id), int(theirs.person)

    def _papers(self, visitor_key: str) -> list[int]:
        """The rows of all papers of the person who showed this one; none for a stranger."""
        return [int(found) for (found,) in _PAPERS.tuples(self._connection, {"key": visitor_key})]

    def known(self, visitor_key: str) -> KnownVisitor | None:
        """See Visitors.known."""
        found = _BY_KEY.one(self._connection, {"key": visitor_key})
        if found is None:
            return None
        rows = self._connection.execute(_PAPERS_OF, {"person": found.person}).all()
        ids = {"ids": [row.id for row in rows]}
        papers = self._connection.execute(_DOCUMENTS.order_by(visitor_document.c.visitor_id), ids)
        return KnownVisitor(
            locked=LockedVisitor(int(found.id), int(found.person)),
            first_seen=min(row.first_seen for row in rows),
            last_seen=max(row.last_seen for row in rows),
            papers=tuple(Paper(p.kind, p.country, p.masked, p.document_key == visitor_key) for p in papers),
            entries=tuple(self._connection.execute(_ENTRIES, ids).scalars()),
            asked_on=max((row.asked_on for row in rows if row.asked_on is not None), default=None),
        )

    def link(self, paper: LockedVisitor, to: LockedVisitor) -> None:
        """See Visitors.link."""
        theirs = or_(visitor.c.id == paper.person, visitor.c.same_as == paper.person)
        self._connection.execute(update(visitor).where(theirs).values(same_as=to.person))

    def part(self, paper: LockedVisitor) -> None:
        """See Visitors.part: where the paper was the one that all others pointed to, the oldest of them takes over."""
        self._connection.execute(update(visitor).where(visitor.c.id == paper.visitor).values(same_as=None))
        if paper.visitor != paper.person:
            return
        others = select(func.min(visitor.c.id)).where(visitor.c.same_as == paper.person)
        head = self._connection.execute(others).scalar_one_or_none()
        if head is not None:
            self._connection.execute(update(visitor).where(visitor.c.same_as == paper.person).values(same_as=head))
            self._connection.execute(update(visitor).where(visitor.c.id == head).values(same_as=None))

    def tell_entries(self, visitor: int, entries: Iterable[date], asked_on: date) -> None:
        """See Visitors.tell_entries."""
        self._connection.execute(_ASKED, {"asked": visitor, "on": asked_on})
        days = [{"visitor_id": visitor, "day": day} for day in sorted(set(entries))]
        if days:
            self._connection.execute(insert_new(self._connection, visitor_entry), days)

    def take_back_entries(self, visitor: int, entries: Iterable[date], asked_on: date | None) -> None:
        """See Visitors.take_back_entries."""
        self._connection.execute(_ASKED, {"asked": visitor, "on": asked_on})
        days = sorted(set(entries))
        if days:
            mine = visitor_entry.c.visitor_id == visitor, visitor_entry.c.day.in_(days)
            self._connection.execute(delete(visitor_entry).where(*mine))

    # ── what he bought ───────────────────────────────────────────────────────────────────────────────────────

    def carried_out(self, regime: str, since: datetime, until: datetime) -> Iterator[CarriedLine]:
        """See Visitors.carried_out."""
        return carried_out(self._connection, regime, since, until)

    def ledger(self, visitor_key: str, regime: str, since: datetime) -> Sequence[LedgerLine]:
        """See Visitors.ledger."""
        papers = self._papers(visitor_key)
        return self._ledger.of(papers, since, regime) if papers else []

    def history(self, visitor_key: str, since: datetime) -> Sequence[LedgerLine]:
        """See Visitors.history."""
        papers = self._papers(visitor_key)
        return self._ledger.of(papers, since) if papers else []

    def of_sale(self, till: str, number: int, label: str) -> Sequence[LedgerLine]:
        """See Visitors.of_sale."""
        return self._ledger.of_sale(till, number, label)

    def retax(self, entry: EntryKey, taxed: int) -> None:
        """See Visitors.retax."""
        self._ledger.retax(entry, taxed)

    def give_back(self, entry: EntryKey, units: int) -> None:
        """See Visitors.give_back."""
        self._ledger.give_back(entry, units)

    def leave(self, person: int, regime: str, bought: tuple[datetime, datetime], at: datetime) -> Sequence[LedgerLine]:
        """See Visitors.leave."""
        papers = [int(row.id) for row in self._connection.execute(_PAPERS_OF, {"person": person})]
        return self._ledger.leave(papers, regime, bought, at)

    def holder(self, entry: EntryKey) -> Visitor | None:
        """See Visitors.holder."""
        held = select(func.coalesce(quota_entry.c.moved_to, quota_entry.c.visitor_id)).where(
            quota_entry.c.sale_id == entry.sale, quota_entry.c.line_no == entry.line
        )
        question = select(visitor_document).where(visitor_document.c.visitor_id == held.scalar_subquery())
        paper = self._connection.execute(question).one_or_none()
        if paper is None:
            return None
        return Visitor(
            label="",
            key=paper.document_key,
            kind=paper.kind,
            country=paper.country,
            nationality=paper.country,
            masked=paper.masked,
            name="",
            birth_date=None,
            residence=None,
        )

    def move(self, entries: Iterable[EntryKey], visitor: int) -> None:
        """See Visitors.move."""
        self._ledger.move(entries, visitor)
