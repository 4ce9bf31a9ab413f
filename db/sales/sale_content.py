"""The bytes of recorded sales in the chain, read back page by page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, Table, bindparam, select

from db.engine.stored_rows import plain_rows
from db.engine.types import as_stored
from db.sales.judgements import form_of, judged_text
from db.sales.sale_rows import ChainedColumns, stored_content
from db.sales.sealed_texts import GOODS
from db.tables.sales import (
    line_promotion,
    refund,
    return_line,
    sale,
    sale_change,
    sale_judgement,
    sale_line,
    sale_payment,
    sealed_text,
    sold_goods,
)
from db.tables.visitors import declared_line, quota_entry

_IDS: BindParameter[Sequence[int]] = bindparam("ids", expanding=True)
_AT_ONCE = 500
_KEPT = 20_000
"""Texts and goods that are kept while sales are read: those of years of trade."""


def _stored(table: Table, *order: str) -> tuple[ChainedColumns, Select[Any]]:
    lie = {column.name: column for column in as_stored(table)}
    columns = ChainedColumns(lie.keys() - {"goods_id"})
    first = [lie["sale_id"], *([lie["goods_id"]] if "goods_id" in lie else [])]
    question = (
        select(*first, *(lie[name] for name in columns.names))
        .where(table.c.sale_id.in_(_IDS))
        .order_by(table.c.sale_id, *(table.c[name] for name in order))
    )
    return columns, question


_PARTS = (
    _stored(sale_change, "no"),
    _stored(declared_line, "no"),
    _stored(sale_line, "line_no"),
    _stored(sale_payment, "no"),
    _stored(line_promotion, "line_no", "promotion_id"),
    _stored(quota_entry, "line_no"),
    _stored(refund, "no"),
    _stored(return_line, "no"),
)
"""The rows of some sales as they lie in the file, in the order of PARTS."""

_LINES = 2
_JUDGED = select(
    sale_judgement.c.sale_id, sale_judgement.c.visitor, sale_judgement.c.form_id, sale_judgement.c.figures
).where(sale_judgement.c.sale_id.in_(_IDS))
_TEXTS = select(sealed_text.c.id, sealed_text.c.text).where(sealed_text.c.id.in_(_IDS))
_GOODS = select(sold_goods.c.id, *(sold_goods.c[name] for name in GOODS)).where(sold_goods.c.id.in_(_IDS))
_NOT_THERE: dict[str, Any] = dict.fromkeys(GOODS)
"""The goods of a line that leads nowhere: no till has hashed that."""

_HEAD = sorted({column.name for column in sale.columns} - {"rates_id"} | {"rates", "quota"})


class SaleContents:
    """Sales of one connection in the chain. What their rows point to is kept between the pages: it never changes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._texts: dict[int, str] = {}
        self._goods: dict[int, dict[str, Any]] = {}

    def of(self, rows: Sequence[Any]) -> list[SaleContent]:
        """The content of each sale, given as its row `as_stored`."""
        ids = [row.id for row in rows]
        parts: dict[int, tuple[list[dict[str, Any]], ...]] = {one: tuple([] for _ in _PARTS) for one in ids}
        for index, (columns, question) in enumerate(_PARTS):
            found = plain_rows(self._connection, question, {"ids": ids})
            if index == _LINES:
                self._add_lines(columns, list(found), parts)
                continue
            for row in found:
                parts[row[0]][index].append(columns.chained(row[1:]))
        judged = self._judged(ids)
        self._know_texts({row.rates_id for row in rows})
        return [
            SaleContent(
                {**row._asdict(), "rates": self._texts.get(row.rates_id), "quota": judged_text(judged.get(row.id, ()))},
                parts[row.id],
            )
            for row in rows
        ]

    def _add_lines(
        self, columns: ChainedColumns, lines: Sequence[Any], parts: Mapping[int, Sequence[list[dict[str, Any]]]]
    ) -> None:
        unknown = {line[1] for line in lines} - self._goods.keys()
        if unknown:
            if len(self._goods) > _KEPT:
                self._goods.clear()
                unknown = {line[1] for line in lines}
            for row in self._found(_GOODS, unknown):
                self._goods[row[0]] = dict(zip(GOODS, row[1:]))
        for line in lines:
            row = columns.chained(line[2:]) | self._goods.get(line[1], _NOT_THERE)
            parts[line[0]][_LINES].append(dict(sorted(row.items())))

    def _judged(self, ids: Sequence[int]) -> Mapping[int, Sequence[tuple[str, str]]]:
        """The judgements of each sale as visitor and text."""
        rows = list(plain_rows(self._connection, _JUDGED, {"ids": ids}))
        self._know_texts({row[2] for row in rows})
        judged: dict[int, list[tuple[str, str]]] = {}
        for sale_id, visitor, form, figures in rows:
            text = form_of(self._texts.get(form, "")).filled(figures)
            judged.setdefault(sale_id, []).append((visitor, text))
        return judged

    def _know_texts(self, ids: set[int]) -> None:
        if len(self._texts) > _KEPT:
            self._texts.clear()
        self._texts.update(self._found(_TEXTS, ids - self._texts.keys()))

    def _found(self, question: Select[Any], ids: Iterable[int]) -> Iterable[Any]:
        some = sorted(ids)
        for start in range(0, len(some), _AT_ONCE):
            yield from plain_rows(self._connection, question, {"ids": some[start : start + _AT_ONCE]})


class SaleContent:
    """What the hash of a sale covers."""

    __slots__ = ("_head", "_parts")

    def __init__(self, head: Mapping[str, Any], parts: Sequence[Sequence[dict[str, Any]]]) -> None:
        self._head = {name: head[name] for name in _HEAD}
        self._parts = parts

    def with_visitors(self, visitors: str) -> bytes:
        """Its bytes with these visitors in place of its own: with the rest of them once they are erased."""
        return stored_content({**self._head, "visitors": visitors}, self._parts)
