"""Reads endless tables in parts: the memory that `verify` needs does not grow with the shop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, select, tuple_

from db.tables.sales import sale
from pos.domain.errors import RuleBroken
from pos.domain.receipt_number import read_receipt_number, receipt_number

T = TypeVar("T")
_SALES = 2_000
_ROWS = 2_000
_AT_ONCE = 500
"""Values of one query: SQLite and PostgreSQL take tens of thousands, and gain nothing from them."""


@dataclass(frozen=True, slots=True)
class Page:
    """Sales whose number in the store is above `after` and at most `last`; None is no bound."""

    after: int | None
    last: int | None

    def has(self, column: Any) -> Sequence[ColumnElement[bool]]:
        """The condition on the rows of a query for this page."""
        bounds = [] if self.after is None else [column > self.after]
        return bounds if self.last is None else [*bounds, column <= self.last]


EVERYTHING = Page(None, None)


def sale_pages(connection: Connection, part: Page = EVERYTHING) -> Iterator[Page]:
    """All sales of a part, and all rows before the first, between and behind the last: also rows of no sale."""
    after = part.after
    while True:
        left = Page(after, part.last)
        question = select(sale.c.id).where(*left.has(sale.c.id)).order_by(sale.c.id).limit(_SALES)
        ids = connection.execute(question).scalars().all()
        if len(ids) < _SALES:
            yield left
            return
        yield Page(after, ids[-1])
        after = ids[-1]


def streamed(connection: Connection, question: Any) -> Iterator[Row[Any]]:
    """The rows of a query, streamed: PostgreSQL would send all of them at once otherwise."""
    return iter(connection.execute(question, execution_options={"yield_per": _ROWS}))


def in_groups(values: Iterable[T], most: int = _AT_ONCE) -> Iterator[list[T]]:
    """The values in chunks."""
    left = iter(values)
    while group := list(islice(left, most)):
        yield group


def receipts_of(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """The receipts of these sales, as many as there are."""
    names: dict[int, str] = {}
    for group in in_groups(sorted(set(ids))):
        question = select(sale.c.id, sale.c.till, sale.c.number).where(sale.c.id.in_(group))
        names |= {row.id: receipt_number(row.till, row.number) for row in connection.execute(question)}
    return names


def of_receipts(connection: Connection, names: Iterable[str], question: Select[Any]) -> dict[str, list[Row[Any]]]:
    """The rows of `question`, which has `sale` with its `till` and `number`, by the receipts with these names."""
    numbers: dict[tuple[str, int], str] = {}
    for name in names:
        try:
            numbers[read_receipt_number(name)] = name
        except RuleBroken:
            continue  # no receipt is called so
    by_receipt: dict[str, list[Row[Any]]] = {}
    for group in in_groups(sorted(numbers)):
        for row in connection.execute(question.where(tuple_(sale.c.till, sale.c.number).in_(group))):
            by_receipt.setdefault(numbers[row.till, row.number], []).append(row)
    return by_receipt
