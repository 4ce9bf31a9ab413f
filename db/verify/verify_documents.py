"""The documents that visitors showed, against those in the books: one line for each that leads elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from db.engine.stored_rows import plain_rows, stored_rows
from db.tables.sales import sale, sale_line
from db.tables.shop import journal
from db.tables.visitors import declared_line, quota_entry, visitor_document
from db.verify.pages import Page, in_groups, sale_pages, streamed
from db.visitors.erased_visitors import seal_of
from pos.domain.receipt_number import receipt_number

_OF = visitor_document.c
_KEPT = select(_OF.visitor_id, _OF.document_key, _OF.kind, _OF.country, _OF.masked).where(
    _OF.visitor_id.in_(bindparam("persons", expanding=True))
)
"""The documents of some persons."""


class _Carried(NamedTuple):
    """The lines that a visitor carries out of a sale, and their owner by the ledger."""

    till: str
    number: int
    carrier: str
    visitor_id: int


def document_mismatches(connection: Connection) -> Iterator[str]:
    """The document that a visitor showed must still lead to them: one led elsewhere would have a fresh allowance."""
    linked = _Linked(connection)
    for page in sale_pages(connection):
        yield from _on(connection, page, linked)


class _Linked:
    """The rows of visitors that were one person's at any time, by the journal.

    A document with two numbers may have been typed by each of them before it was scanned. Its numbers are then in two
    rows, and its sales in one of these; the same holds when the rows are parted later.
    """

    def __init__(self, connection: Connection) -> None:
        self._rows: dict[int, set[int]] = {}
        for row in streamed(connection, select(journal.c.details).where(journal.c.act == "link")):
            try:
                details = json.loads(row.details)
                self._join(int(details["paper"]), int(details["to"]))
            except (ValueError, KeyError, TypeError):
                continue  # the replay of the visits names it

    def _join(self, one: int, other: int) -> None:
        rows = self.of(one) | self.of(other)
        self._rows.update(dict.fromkeys(rows, rows))

    def of(self, row: int) -> set[int]:
        """The rows that were ever one person's with this one, itself among them."""
        return self._rows.get(row, {row})


def _on(connection: Connection, page: Page, linked: _Linked) -> Iterator[str]:
    carried = (
        select(quota_entry.c.sale_id, sale_line.c.carrier, quota_entry.c.visitor_id)
        .join(
            sale_line,
            (sale_line.c.sale_id == quota_entry.c.sale_id) & (sale_line.c.line_no == quota_entry.c.line_no),
        )
        .where(*page.has(quota_entry.c.sale_id))
        .distinct()
    )
    declared = select(declared_line.c.sale_id, declared_line.c.carrier, declared_line.c.visitor_id).where(
        *page.has(declared_line.c.sale_id)
    )
    theirs_of: dict[int, set[tuple[str, int]]] = {}
    for question in (carried, declared):
        for sale_id, carrier, visitor_id in plain_rows(connection, question):
            theirs_of.setdefault(sale_id, set()).add((carrier, visitor_id))
    sales = select(sale.c.id, sale.c.till, sale.c.number, sale.c.visitors).where(*page.has(sale.c.id))
    shown: list[tuple[_Carried, Mapping[str, Any]]] = []
    for row in stored_rows(connection, sales.order_by(sale.c.till, sale.c.number)):
        theirs = theirs_of.get(row.id)
        # Of those that are forgotten no window needs to know any more who it was.
        if theirs is None or seal_of(row.visitors) is not None:
            continue
        shown_of = _documents_of(row.visitors)
        for carrier, visitor_id in sorted(theirs, key=str):
            shown.append((_Carried(row.till, row.number, carrier, visitor_id), shown_of.get(carrier, {})))
    keys: set[tuple[int, str]] = set()
    documents: set[tuple[int, str, str, str]] = set()
    persons = {one for row, _ in shown for one in linked.of(row.visitor_id)}
    for ids in in_groups(sorted(persons)):
        for visitor_id, key, *kept in plain_rows(connection, _KEPT, {"persons": ids}):
            keys.add((visitor_id, key))
            documents.add((visitor_id, *kept))
    for row, document in shown:
        identity = document.get("kind"), document.get("country"), document.get("masked")
        if (row.visitor_id, str(document.get("key"))) not in keys:
            yield f"{_name(row)}: the document shown leads to another person"
        # Several documents have the number of one person: it is one of those that the person showed.
        elif not any((one, *identity) in documents for one in linked.of(row.visitor_id)):
            yield f"{_name(row)}: the document shown is another one"


def _name(row: _Carried) -> str:
    return f"visitor {row.carrier} of {receipt_number(row.till, row.number)}"


def _documents_of(visitors: str) -> Mapping[str, Mapping[str, Any]]:
    """The documents of a sale by the labels of their visitors."""
    try:
        return {shown["label"]: dict(shown) for shown in reversed(json.loads(visitors))}
    except (ValueError, KeyError, TypeError):
        return {}  # no longer what a till wrote
