"""The papers that visitors showed, held against those that the books keep: one line for each that leads elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from db.tables.sales import sale, sale_line
from db.tables.shop import journal
from db.tables.visitors import declared_line, quota_entry, visitor_document
from db.verify.pages import Page, in_groups, sale_pages, streamed
from db.visitors.erased_visitors import seal_of
from pos.domain.receipt_number import receipt_number


def document_mismatches(connection: Connection) -> Iterator[str]:
    """The paper that a visitor showed must still lead to them: one led elsewhere would have a fresh allowance."""
    linked = _Linked(connection)
    for page in sale_pages(connection):
        yield from _on(connection, page, linked)


class _Linked:
    """The rows of visitors that were one person's at any time, by the journal.

    A paper with two numbers may have been typed by each of them before it was scanned. Its numbers then stand in two
    rows, and what is sold by it in one of these; so they do when the rows are parted later.
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
    sold = (
        select(sale.c.till, sale.c.number, sale.c.visitors, sale_line.c.carrier, quota_entry.c.visitor_id)
        .join(quota_entry, quota_entry.c.sale_id == sale.c.id)
        .join(
            sale_line,
            (sale_line.c.sale_id == quota_entry.c.sale_id) & (sale_line.c.line_no == quota_entry.c.line_no),
        )
        .where(*page.has(sale.c.id), *page.has(quota_entry.c.sale_id))
    )
    declared = (
        select(sale.c.till, sale.c.number, sale.c.visitors, declared_line.c.carrier, declared_line.c.visitor_id)
        .join(declared_line, declared_line.c.sale_id == sale.c.id)
        .where(*page.has(sale.c.id), *page.has(declared_line.c.sale_id))
    )
    rows = connection.execute(sold.union(declared).order_by("till", "number", "carrier")).all()
    # Of those that are forgotten no window needs to know any more who it was.
    shown = [(row, _document_of(row.visitors, row.carrier)) for row in rows if seal_of(row.visitors) is None]
    known: dict[str, int] = {}
    papers: set[tuple[int, str, str, str]] = set()
    of = visitor_document.c
    for keys in in_groups({str(paper.get("key")) for _, paper in shown}):
        asked = select(of.document_key, of.visitor_id).where(of.document_key.in_(keys))
        known |= {row.document_key: row.visitor_id for row in connection.execute(asked)}
    theirs = {one for row in set(known.values()) for one in linked.of(row)}
    for rows_of in in_groups(sorted(theirs)):
        kept_papers = select(of.visitor_id, of.kind, of.country, of.masked).where(of.visitor_id.in_(rows_of))
        papers |= {tuple(row) for row in connection.execute(kept_papers)}
    for row, paper in shown:
        name = f"visitor {row.carrier} of {receipt_number(row.till, row.number)}"
        facts = paper.get("kind"), paper.get("country"), paper.get("masked")
        if known.get(str(paper.get("key"))) != row.visitor_id:
            yield f"{name}: the document shown leads to somebody else"
        # Several papers bear the number of one person: it is one of those that the person showed.
        elif not any((one, *facts) in papers for one in linked.of(row.visitor_id)):
            yield f"{name}: the document shown is another one"


def _document_of(visitors: str, label: str) -> Mapping[str, Any]:
    try:
        return next(dict(shown) for shown in json.loads(visitors) if shown["label"] == label)
    except (ValueError, KeyError, TypeError, StopIteration):
        return {}  # no longer what a till wrote
