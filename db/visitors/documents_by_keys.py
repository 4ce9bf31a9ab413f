"""Statements that find a person by the keys of the document that they show.

Each is compiled once for each number of keys: nearly every document has one to three, and every further key of a list
costs as much as the rest of the statement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, or_, select

from db.engine.compiled_statement import CompiledStatement
from db.tables.visitors import visitor, visitor_document
from pos.application.ports.visitor_ports import Keys

PERSON = func.coalesce(visitor.c.same_as, visitor.c.id)
_THEIRS = visitor.alias()


class ByKeys:
    """A query about the person who showed a document; `question` builds it for a number of keys."""

    def __init__(self, question: Callable[[int], Select[Any]]) -> None:
        self._question = question
        self._ready: dict[int, CompiledStatement] = {}

    def rows(self, connection: Connection, keys: Keys, **values: object) -> Sequence[Any]:
        """All rows; see CompiledStatement.rows."""
        named = key_values(keys)
        return self._ready_for(len(named)).rows(connection, {**named, **values})

    def tuples(self, connection: Connection, keys: Keys) -> Sequence[Any]:
        """The same without names; see CompiledStatement.tuples."""
        named = key_values(keys)
        return self._ready_for(len(named)).tuples(connection, named)

    def _ready_for(self, count: int) -> CompiledStatement:
        ready = self._ready.get(count)
        if ready is None:
            ready = self._ready[count] = CompiledStatement(self._question(count))
        return ready


def rows_by_keys(count: int) -> Select[Any]:
    """The row and the person of each of the keys that is stored."""
    return (
        select(visitor_document.c.document_key, visitor.c.id, PERSON.label("person"))
        .join(visitor_document, visitor_document.c.visitor_id == visitor.c.id)
        .where(_any_of(count))
    )


def documents_by_keys(count: int) -> Select[Any]:
    """The rows of all documents of the person; of several persons those of each, and a row once for each key."""
    return (
        select(_THEIRS.c.id)
        .select_from(visitor_document)
        .join(visitor, visitor.c.id == visitor_document.c.visitor_id)
        .join(_THEIRS, or_(_THEIRS.c.id == PERSON, _THEIRS.c.same_as == PERSON))
        .where(_any_of(count))
    )


def key_values(keys: Keys) -> Mapping[str, str]:
    """The keys of a document as the values of a statement for that many."""
    several = (keys,) if isinstance(keys, str) else keys
    return {f"key{index}": key for index, key in enumerate(several)}


def _any_of(count: int) -> ColumnElement[bool]:
    assert count >= 1, "a document has a number"
    return visitor_document.c.document_key.in_([bindparam(f"key{index}") for index in range(count)])
