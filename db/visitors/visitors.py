"""Visitors by keyed hash: the owner of a document, locks, and facts known beside the purchases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, case, delete, func, insert, or_, select, update

from db.engine.compiled_statement import CompiledStatement, compiled_insert
from db.engine.dialect import insert_new
from db.tables.membership import visitor_identity
from db.tables.sales import sale, sale_line
from db.tables.visitors import quota_entry, visitor, visitor_document, visitor_entry
from db.visitors.carried_out import carried_out
from db.visitors.documents_by_keys import PERSON, ByKeys, documents_by_keys, rows_by_keys
from db.visitors.quota_ledger import SqlQuotaLedger
from pos.application.ports.report_ports import CarriedLine
from pos.application.ports.visitor_ports import EntryKey, IdDocument, Keys, KnownVisitor, LedgerLine, LockedVisitor
from pos.domain.visitors.visitor import Visitor

_ROWS = ByKeys(rows_by_keys)
_DOCUMENT_ROWS = ByKeys(documents_by_keys)
_PERSON_OF = CompiledStatement(select(PERSON).where(visitor.c.id == bindparam("id")))
_NOW = bindparam("now", type_=visitor.c.last_seen.type)
_LOCK = CompiledStatement(  # a departure may be recorded later than a purchase after it
    update(visitor)
    .where(visitor.c.id == bindparam("locked"))
    .values(last_seen=case((visitor.c.last_seen < _NOW, _NOW), else_=visitor.c.last_seen))
)
_ASKED = (
    update(visitor)
    .where(visitor.c.id == bindparam("asked"))
    .values(asked_on=bindparam("on", type_=visitor.c.asked_on.type))
)
_THEIRS = or_(visitor.c.id == bindparam("person"), visitor.c.same_as == bindparam("person"))
_ROWS_OF = CompiledStatement(select(visitor).where(_THEIRS))
_DOCUMENTS_OF = CompiledStatement(
    select(visitor_document)
    .join(visitor, visitor.c.id == visitor_document.c.visitor_id)
    .where(_THEIRS)
    .order_by(visitor_document.c.visitor_id)
)
_NEW = CompiledStatement(insert(visitor).returning(visitor.c.id))
_DAYS = select(visitor_entry.c.day).distinct().order_by(visitor_entry.c.day.desc())
_ENTRIES_BY_KEYS = ByKeys(lambda count: _DAYS.where(visitor_entry.c.visitor_id.in_(documents_by_keys(count))))


class SqlVisitors:
    """Visitors over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ledger = SqlQuotaLedger(connection)

    # ── identity ─────────────────────────────────────────────────────────────────────────────────────────────

    def lock(self, visitors: Sequence[Visitor], at: datetime) -> Mapping[str, LockedVisitor]:
        """Rows are made in the order of their keys and locked in the order of their ids."""
        rows = {one.label: self._known_or_new(one, at) for one in sorted(visitors, key=lambda v: v.key)}
        for one in visitors:
            self._keep_identities(one, rows[one.label])
        persons = {row: person for shown in rows.values() for row, person in shown.items()}
        locked: set[int] = set()
        while unlocked := sorted(set(persons.values()) - locked):
            for person in unlocked:
                _LOCK.run(self._connection, {"locked": person, "now": at})
            locked.update(unlocked)
            # A document linked elsewhere while we waited for the lock leads to another row, which is then locked too.
            persons = {row: self._person_of(row) for row in persons}
        return {label: _locked([(row, persons[row]) for row in shown]) for label, shown in rows.items()}

    def adds_numbers(self, visitor: Visitor) -> bool:
        stored = self._stored(visitor.keys)
        several = len({person for _, person in stored.values()}) > 1
        return bool(stored) and (several or not stored.keys() >= set(visitor.own_keys))

    def shown(self, visitor: Visitor) -> Sequence[LockedVisitor]:
        stored = self._stored(visitor.keys)
        rows = dict(stored[key] for key in visitor.keys if key in stored)
        return [LockedVisitor(row, person) for row, person in rows.items()]

    def _person_of(self, visitor_id: int) -> int:
        return int(_PERSON_OF.tuples(self._connection, {"id": visitor_id})[0][0])

    def _stored(self, keys: Keys) -> dict[str, tuple[int, int]]:
        """The row and the person of each of these keys that is stored."""
        rows = _ROWS.tuples(self._connection, keys)
        return {key: (int(row), int(person)) for key, row, person in rows}

    def _known_or_new(self, one: Visitor, at: datetime) -> dict[int, int]:
        """The rows that the numbers of a document lead to, its own first, with their persons before any lock."""
        stored = self._stored(one.keys)
        if not stored.keys() >= set(one.own_keys):
            self._keep(one, stored, at)
            # Another till may have stored a number between our read and our insert; its row then counts too.
            stored = self._stored(one.keys)
        return dict(stored[key] for key in one.keys if key in stored)

    def _keep(self, one: Visitor, stored: Mapping[str, tuple[int, int]], at: datetime) -> None:
        """Store the missing numbers of a document, with the row of a stored one, or with a new one."""
        row = next((stored[key][0] for key in one.keys if key in stored), None)
        made = None
        if row is None:
            row = made = int(_NEW.rows(self._connection, {"first_seen": at, "last_seen": at})[0][0])
        document = {"visitor_id": row, "kind": one.kind, "country": one.country, "masked": one.masked}
        kept = [
            compiled_insert(self._connection, visitor_document).run(self._connection, {"document_key": key, **document})
            for key in sorted(set(one.own_keys) - stored.keys())
        ]
        if made is not None and not any(kept):
            self._connection.execute(delete(visitor).where(visitor.c.id == made))

    def _keep_identities(self, one: Visitor, rows: Mapping[int, int]) -> None:
        """Keep as whom the center knows them: goods may be moved to them, and back, when they are not here."""
        if one.identities:
            kept = [{"identity": identity, "visitor_id": next(iter(rows))} for identity in sorted(one.identities)]
            self._connection.execute(insert_new(self._connection, visitor_identity), kept)

    def _row_ids(self, keys: Keys) -> list[int]:
        """The rows of all documents of the person who showed this one; none for a stranger."""
        return [*{int(row_id): None for (row_id,) in _DOCUMENT_ROWS.tuples(self._connection, keys)}]

    def known(self, keys: Keys) -> KnownVisitor | None:
        keys = (keys,) if isinstance(keys, str) else keys
        stored = self._stored(keys)
        if not stored:
            return None
        shown = dict(stored[key] for key in keys if key in stored)
        persons = [{"person": person} for person in sorted(set(shown.values()))]
        rows = [row for one in persons for row in _ROWS_OF.rows(self._connection, one)]
        documents = [document for one in persons for document in _DOCUMENTS_OF.rows(self._connection, one)]
        return KnownVisitor(
            locked=_locked(list(shown.items())),
            first_seen=min(row.first_seen for row in rows),
            last_seen=max(row.last_seen for row in rows),
            id_documents=_documents_once(documents, keys),
            entries=tuple(self.entries(keys)),
            asked_on=max((row.asked_on for row in rows if row.asked_on is not None), default=None),
        )

    def link(self, document: LockedVisitor, to: LockedVisitor) -> None:
        theirs = or_(visitor.c.id == document.person, visitor.c.same_as == document.person)
        self._connection.execute(update(visitor).where(theirs).values(same_as=to.person))

    def part(self, document: LockedVisitor) -> None:
        """If the others pointed to this document, the oldest of them takes over."""
        self._connection.execute(update(visitor).where(visitor.c.id == document.visitor).values(same_as=None))
        if document.visitor != document.person:
            return
        others = select(func.min(visitor.c.id)).where(visitor.c.same_as == document.person)
        head = self._connection.execute(others).scalar_one_or_none()
        if head is not None:
            self._connection.execute(update(visitor).where(visitor.c.same_as == document.person).values(same_as=head))
            self._connection.execute(update(visitor).where(visitor.c.id == head).values(same_as=None))

    def record_entry_dates(self, visitor: int, entries: Iterable[date], asked_on: date) -> None:
        self._connection.execute(_ASKED, {"asked": visitor, "on": asked_on})
        days = [{"visitor_id": visitor, "day": day} for day in sorted(set(entries))]
        if days:
            self._connection.execute(insert_new(self._connection, visitor_entry), days)

    def withdraw_entry_dates(self, visitor: int, entries: Iterable[date], asked_on: date | None) -> None:
        self._connection.execute(_ASKED, {"asked": visitor, "on": asked_on})
        days = sorted(set(entries))
        if days:
            mine = visitor_entry.c.visitor_id == visitor, visitor_entry.c.day.in_(days)
            self._connection.execute(delete(visitor_entry).where(*mine))

    # ── purchases ────────────────────────────────────────────────────────────────────────────────────────────

    def carried_out(self, regime: str, since: datetime, until: datetime) -> Iterator[CarriedLine]:
        return carried_out(self._connection, regime, since, until)

    def entries(self, keys: Keys) -> Sequence[date]:
        return [day for (day,) in _ENTRIES_BY_KEYS.tuples(self._connection, keys)]

    def ledger(self, keys: Keys, regime: str, since: datetime, beside: datetime | None = None) -> Sequence[LedgerLine]:
        row_ids = self._row_ids(keys)
        return self._ledger.of(row_ids, since, regime, beside) if row_ids else []

    def history(self, keys: Keys, since: datetime) -> Sequence[LedgerLine]:
        row_ids = self._row_ids(keys)
        return self._ledger.of(row_ids, since) if row_ids else []

    def voided(self, keys: Keys, since: datetime) -> Sequence[LedgerLine]:
        row_ids = self._row_ids(keys)
        return self._ledger.voided(row_ids, since) if row_ids else []

    def of_sale(self, till: str, number: int, label: str) -> Sequence[LedgerLine]:
        return self._ledger.of_sale(till, number, label)

    def retax(self, entry: EntryKey, taxed: int) -> None:
        self._ledger.retax(entry, taxed)

    def give_back(self, entry: EntryKey, units: int) -> None:
        self._ledger.give_back(entry, units)

    def leave(self, person: int, regime: str, bought: tuple[datetime, datetime], at: datetime) -> Sequence[LedgerLine]:
        row_ids = [int(row.id) for row in _ROWS_OF.rows(self._connection, {"person": person})]
        return self._ledger.leave(row_ids, regime, bought, at)

    def holder(self, entry: EntryKey) -> Visitor | None:
        held = select(func.coalesce(quota_entry.c.moved_to, quota_entry.c.visitor_id)).where(
            quota_entry.c.sale_id == entry.sale, quota_entry.c.line_no == entry.line
        )
        return self._shown_by(held)

    def moved_to(self, till: str, number: int, label: str) -> Visitor | None:
        its_line = and_(sale_line.c.sale_id == quota_entry.c.sale_id, sale_line.c.line_no == quota_entry.c.line_no)
        moved = (
            select(quota_entry.c.moved_to)
            .join(sale, sale.c.id == quota_entry.c.sale_id)
            .join(sale_line, its_line)
            .where(sale.c.till == till, sale.c.number == number, sale_line.c.carrier == label)
            .where(quota_entry.c.moved_to.is_not(None))
            # What came back before a move stays where it was.
            .order_by(func.coalesce(quota_entry.c.returned, 0) - quota_entry.c.quantity, quota_entry.c.line_no)
            .limit(1)
        )
        return self._shown_by(moved)

    def _shown_by(self, row: Select[tuple[int]]) -> Visitor | None:
        """The visitor of a row, by one of its documents."""
        question = select(visitor_document).where(visitor_document.c.visitor_id == row.scalar_subquery())
        # Any of its numbers finds it again.
        document = self._connection.execute(question.order_by(visitor_document.c.document_key).limit(1)).one_or_none()
        if document is None:
            return None
        return Visitor(
            label="",
            key=document.document_key,
            kind=document.kind,
            country=document.country,
            nationality=document.country,
            masked=document.masked,
            name="",
            birth_date=None,
            residence=None,
        )

    def move(self, entries: Iterable[EntryKey], visitor: int) -> None:
        self._ledger.move(entries, visitor)


def _locked(shown: Sequence[tuple[int, int]]) -> LockedVisitor:
    """By the rows that a document leads to with their persons, its own first."""
    row, person = shown[0]
    return LockedVisitor(row, person, tuple(sorted({other for _, other in shown} - {person})))


def _documents_once(rows: Sequence[Row[Any]], keys: Sequence[str]) -> tuple[IdDocument, ...]:
    """Each document once, for any number of its stored numbers and any kind that it was taken for."""
    documents: dict[tuple[int, str, str], IdDocument] = {}
    for row in rows:
        key, own = (row.visitor_id, row.country, row.masked), row.document_key in keys
        before = documents.get(key)
        kind = row.kind if before is None or before.kind == "other" else before.kind
        documents[key] = IdDocument(
            kind, row.country, row.masked, own or (before is not None and before.own), row.visitor_id
        )
    return tuple(documents.values())
