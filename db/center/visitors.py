"""Visitors at the center and what is written on their ledgers."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from db.center.tables import identity, ledger_entry, line_place, visitor
from pos.application.center.ledger_json import change_from_json, change_to_json
from pos.application.center.ports import CenterVisitor
from pos.domain.center.ledger import LedgerEntry, LineId, MovedHere, Sold

_PERSON: ColumnElement[int] = func.coalesce(visitor.c.alias_of, visitor.c.id)
_SECRET_BYTES = 32


class SqlCenterVisitors:
    """Visitors over one connection. Of documents that were linked, `alias_of` is the person, in one step."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._now = now

    def locked(self, hidden: Sequence[bytes], at: datetime) -> Sequence[CenterVisitor]:
        """The oldest person first. Two tills that show the same new document at once get the same person."""
        added = False
        while True:
            known = self._persons_of(hidden)
            if not known:
                added = self._add(hidden[0], at)
                continue
            persons = self._lock(known)
            if set(self._persons_of(hidden)) == set(persons):
                return [replace(persons[person], is_new=added) for person in sorted(persons)]

    def lock(self, references: Collection[str]) -> Mapping[str, CenterVisitor]:
        asked = sorted(set(references))
        named = visitor.c.id.in_(select(_PERSON).where(visitor.c.reference.in_(asked)))
        while True:
            persons = self._locked(named & visitor.c.alias_of.is_(None))
            own = {each.reference: each for each in persons.values()}
            if set(asked) <= set(own):  # the references that tills were given last: most of all
                return own
            heads = self._heads(asked)
            if set(heads.values()) == set(persons):  # no one was linked while the lock was waited for
                return {reference: persons[head] for reference, head in heads.items()}

    def add_identities(self, person: int, hidden: Sequence[bytes], at: datetime) -> None:
        rows = [{"hidden": each, "visitor_id": person, "added_at": at} for each in dict.fromkeys(hidden)]
        self._connection.execute(insert_or(identity).on_conflict_do_nothing(), rows)

    def link(self, head: CenterVisitor, joined: CenterVisitor) -> CenterVisitor:
        version = max(head.version, joined.version) + 1
        moved = (visitor.c.id == joined.id) | (visitor.c.alias_of == joined.id)
        self._connection.execute(update(visitor).where(moved).values(alias_of=head.id, version=version))
        self._connection.execute(update(visitor).where(visitor.c.id == head.id).values(version=version))
        return replace(head, version=version, is_new=False)

    def aliases(self) -> Sequence[tuple[CenterVisitor, CenterVisitor]]:
        head = visitor.alias()
        columns = [head.c[name].label(f"head_{name}") for name in ("id", "reference", "version", "secret", "person")]
        found = select(visitor, *columns).join(head, head.c.id == visitor.c.alias_of).order_by(visitor.c.id.desc())
        return [
            (
                visitor_of(row),
                _visitor(row.head_id, row.head_reference, row.head_version, row.head_secret, row.head_person),
            )
            for row in self._connection.execute(found)
        ]

    def unlink(self, head: CenterVisitor, alias: CenterVisitor) -> tuple[CenterVisitor, CenterVisitor]:
        version = max(head.version, alias.version) + 1
        both = visitor.c.id.in_((head.id, alias.id))
        self._connection.execute(update(visitor).where(visitor.c.id == alias.id).values(alias_of=None))
        self._connection.execute(update(visitor).where(both).values(version=version))
        return replace(head, version=version), replace(alias, version=version)

    def keep_person(self, person: CenterVisitor, sealed: bytes) -> CenterVisitor:
        self._connection.execute(update(visitor).where(visitor.c.id == person.id).values(person=sealed))
        return replace(person, sealed=sealed)

    def entries(self, person: int) -> Sequence[LedgerEntry]:
        found = (
            select(ledger_entry.c.at, ledger_entry.c.shop, ledger_entry.c.kind, ledger_entry.c.content)
            .join(visitor, visitor.c.id == ledger_entry.c.visitor_id)
            .where(is_of(person))
            .order_by(ledger_entry.c.id)
        )
        rows = self._connection.execute(found)
        return [LedgerEntry(row.at, row.shop, change_from_json(row.kind, row.content)) for row in rows]

    def write(self, person: int, entries: Sequence[LedgerEntry], key: str, till: int) -> int:
        version = self.raise_version(person)
        for place, entry in enumerate(entries):
            if place:
                version = self.raise_version(person)
            kind, content = change_to_json(entry.change)
            row = {
                "visitor_id": person,
                "version": version,
                "at": entry.at,
                "written_at": self._now(),
                "shop": entry.shop,
                "till": till,
                "key": key,
                "kind": kind,
                "content": content,
            }
            self._connection.execute(insert(ledger_entry).values(row))
            self._place(person, entry)
        return version

    def raise_version(self, person: int) -> int:
        raised = update(visitor).where(visitor.c.id == person).values(version=visitor.c.version + 1)
        return int(self._connection.execute(raised.returning(visitor.c.version)).scalar_one())

    def holder(self, line: LineId, shop: int) -> str | None:
        found = (
            select(visitor.c.reference)
            .join(line_place, line_place.c.visitor_id == visitor.c.id)
            .where(line_place.c.shop == shop, line_place.c.sale == line.sale, line_place.c.line == line.line)
        )
        return self._connection.execute(found).scalar_one_or_none()

    def _place(self, person: int, entry: LedgerEntry) -> None:
        """Remember on whose ledger the lines stand."""
        change = entry.change
        if isinstance(change, Sold) and not change.is_declared:
            places = [(entry.shop, change.sale, line.line) for line in change.lines]
        elif isinstance(change, MovedHere):
            places = [(change.shop, change.sale, change.line.line)]
        else:
            return
        for shop, sale, line in places:
            placed = insert_or(line_place).values(shop=shop, sale=sale, line=line, visitor_id=person)
            columns = [line_place.c.shop, line_place.c.sale, line_place.c.line]
            self._connection.execute(placed.on_conflict_do_update(index_elements=columns, set_={"visitor_id": person}))

    def _persons_of(self, hidden: Sequence[bytes]) -> set[int]:
        found = select(_PERSON).join(identity, identity.c.visitor_id == visitor.c.id)
        return set(self._connection.execute(found.where(identity.c.hidden.in_(set(hidden)))).scalars())

    def _heads(self, references: Sequence[str]) -> dict[str, int]:
        found = select(visitor.c.reference, _PERSON.label("person")).where(visitor.c.reference.in_(references))
        return {row.reference: row.person for row in self._connection.execute(found)}

    def _lock(self, persons: Collection[int]) -> dict[int, CenterVisitor]:
        return self._locked(visitor.c.id.in_(persons))

    def _locked(self, persons: ColumnElement[bool]) -> dict[int, CenterVisitor]:
        """In the order of their numbers, for all tills."""
        found = select(visitor).where(persons).order_by(visitor.c.id).with_for_update()
        return {row.id: visitor_of(row) for row in self._connection.execute(found)}

    def _add(self, hidden: bytes, at: datetime) -> bool:
        """A new person; of two who add the same document at once the second finds the first one's: False."""
        person = {"reference": uuid4().hex, "version": 0, "secret": secrets.token_bytes(_SECRET_BYTES), "added_at": at}
        added = self._connection.execute(insert(visitor).values(person).returning(visitor.c.id)).scalar_one()
        row = {"hidden": hidden, "visitor_id": added, "added_at": at}
        claimed = insert_or(identity).values(row).on_conflict_do_nothing().returning(identity.c.hidden)
        if self._connection.execute(claimed).one_or_none() is not None:
            return True
        self._connection.execute(delete(visitor).where(visitor.c.id == added))
        return False


def is_of(person: int) -> ColumnElement[bool]:
    """Rows of visitors that are this person."""
    head = _PERSON
    return head == person


def visitor_of(row: Row[Any]) -> CenterVisitor:
    """A row of a person."""
    return _visitor(row.id, row.reference, row.version, row.secret, row.person)


def _visitor(number: int, reference: str, version: int, secret: bytes, sealed: bytes | None) -> CenterVisitor:
    return CenterVisitor(number, reference, version, bytes(secret), None if sealed is None else bytes(sealed))
