"""The bytes of recorded sales in the chain, read back page by page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, Table, bindparam, select

from db.engine.canonical import dumps
from db.engine.stored_rows import plain_rows
from db.engine.types import as_stored
from db.engine.value_chunks import value_chunks
from db.sales.judgements import form_of
from db.sales.row_texts import RowTexts
from db.sales.sale_rows import ALWAYS_PRESENT, PARTS, is_chained
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
_FIRST: BindParameter[int] = bindparam("first")
_LAST: BindParameter[int] = bindparam("last")
_KEPT = 20_000
"""Texts and goods that are kept while sales are read: those of years of trade."""

_MONEY = ("amount_minor", "no", "value_minor")
_TABLES: Sequence[tuple[Table, Sequence[str], Sequence[str], Sequence[str]]] = (
    (sale_change, ("no",), _MONEY, ("notes", "rate")),
    (declared_line, ("no",), ("at", "no", "quantity", "taxed", "visitor_id"), ()),
    (sale_line, ("line_no",), ("amount_minor", "line_no", "quantity"), ()),
    (sale_payment, ("no",), _MONEY, ("notes", "reference", "tender")),
    (line_promotion, ("line_no", "promotion_id"), ("amount_minor", "line_no", "pieces"), ()),
    (quota_entry, ("line_no",), ("at", "line_no", "quantity", "taxed", "visitor_id"), ()),
    (refund, ("no",), _MONEY, ("notes", "rate")),
    (return_line, ("no",), ("amount_minor", "no", "quantity"), ("reason", "reverses")),
)
"""The tables of PARTS: the order of their rows, and what differs in most of them: numbers, and words."""

_LINES = PARTS.index("lines")
_HEAD_NUMBERS = ("at", "discount_minor", "number", "pieces", "rounding_minor", "total_minor")
_HEAD = {column.name for column in sale.columns} - {"rates_id", "visitors", "id", "mac"}


class _Part:
    """The rows of one table."""

    def __init__(self, table: Table, order: Sequence[str], numbers: Sequence[str], words: Sequence[str]) -> None:
        lie = {column.name: column for column in as_stored(table)}
        columns = {name for name in lie if is_chained(name) or name == "goods_id"}
        self.rows = RowTexts(columns, numbers, words)
        query: Select[Any] = select(lie["sale_id"], *(lie[name] for name in self.rows.names))
        ordered = query.order_by(table.c.sale_id, *(table.c[name] for name in order))
        self.between = ordered.where(table.c.sale_id.between(_FIRST, _LAST))
        self.among = ordered.where(table.c.sale_id.in_(_IDS))
        self.goods = self.rows.names.index("goods_id") + 1 if "goods_id" in lie else 0


_JUDGED = select(
    sale_judgement.c.sale_id, sale_judgement.c.visitor, sale_judgement.c.form_id, sale_judgement.c.figures
).order_by(sale_judgement.c.sale_id, sale_judgement.c.visitor)
_TEXTS = select(sealed_text.c.id, sealed_text.c.text).where(sealed_text.c.id.in_(_IDS))
_GOODS = select(sold_goods.c.id, *(sold_goods.c[name] for name in GOODS)).where(sold_goods.c.id.in_(_IDS))
_NOT_THERE: dict[str, Any] = dict.fromkeys(GOODS)
"""The goods of a line that leads nowhere: no till has hashed that."""


class SaleContents:
    """Sales of one connection in the chain. What their rows point to is kept between the pages: it never changes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._parts = [_Part(*one) for one in _TABLES]
        self._head = RowTexts({*_HEAD, "quota", "rates"}, _HEAD_NUMBERS, ("before", "key"), ("quota", "rates"))
        self._of_head = attrgetter(*(name for name in self._head.names if name not in ("quota", "rates")))
        self._quota = self._head.names.index("quota")
        self._texts: dict[int, str] = {}
        self._rates: dict[int, str] = {}
        self._goods: dict[int, dict[str, Any]] = {}

    def of(self, rows: Sequence[Any]) -> list[SaleContent]:
        """The content of each sale, given as its row `as_stored`."""
        ids = [row.id for row in rows]
        part_texts = [self._rows(part, ids, index == _LINES) for index, part in enumerate(self._parts)]
        judged = self._judged(ids)
        self._know_rates({row.rates_id for row in rows})
        heads = self._head.of_sales(self._head_of(row, judged.get(row.id, "")) for row in rows)
        return [SaleContent(_text(row.id, heads[row.id], part_texts)) for row in rows]

    def _head_of(self, row: Any, judged: str) -> tuple[Any, ...]:
        values, quota = self._of_head(row), self._quota
        rates = self._rates.get(row.rates_id, "null")
        return (row.id, *values[:quota], f'"{{{judged}}}"', rates, *values[quota:])

    def _rows(self, part: _Part, ids: Sequence[int], are_lines: bool) -> Mapping[int, str]:
        rows = self._near(part.between, part.among, ids)
        if not are_lines:
            return part.rows.of_sales(rows)
        lines, index, goods = list(rows), part.goods, self._goods
        self._know_goods({line[index] for line in lines})
        return part.rows.of_sales(lines, lambda line: goods.get(line[index], _NOT_THERE))

    def _near(self, between: Select[Any], among: Select[Any], ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        """The rows of these sales, by a long list of numbers only where they lie apart."""
        first, last = min(ids, default=0), max(ids, default=0)
        if last - first < 2 * len(ids):
            return plain_rows(self._connection, between, {"first": first, "last": last})
        return plain_rows(self._connection, among, {"ids": list(ids)})

    def _judged(self, ids: Sequence[int]) -> Mapping[int, str]:
        """The judgements of each sale, as they are within a JSON string within braces."""
        of_sale = sale_judgement.c.sale_id
        rows = list(self._near(_JUDGED.where(of_sale.between(_FIRST, _LAST)), _JUDGED.where(of_sale.in_(_IDS)), ids))
        self._know_texts({row[2] for row in rows})
        judged: dict[int, str] = {}
        for sale_id, visitor, form, figures in rows:
            label = encode_basestring(dumps(visitor))[1:-1]
            text = f"{label}:{form_of(self._texts.get(form, '')).escaped(figures)}"
            judged[sale_id] = f"{judged[sale_id]},{text}" if sale_id in judged else text
        return judged

    def _know_goods(self, ids: set[int]) -> None:
        if len(self._goods) > _KEPT:
            self._goods.clear()
        for row_id, *goods in self._read(_GOODS, ids - self._goods.keys()):
            self._goods[row_id] = dict(zip(GOODS, goods))

    def _know_texts(self, ids: set[int]) -> None:
        if len(self._texts) > _KEPT:
            self._texts.clear()
        self._texts.update(self._read(_TEXTS, ids - self._texts.keys()))

    def _know_rates(self, ids: set[int]) -> None:
        if len(self._rates) > _KEPT:
            self._rates.clear()
        for row_id, text in self._read(_TEXTS, ids - self._rates.keys()):
            self._rates[row_id] = encode_basestring(text)

    def _read(self, question: Select[Any], ids: Iterable[int]) -> Iterator[Any]:
        some = sorted(ids)
        for part in value_chunks(some):
            yield from plain_rows(self._connection, question, {"ids": part})


def _text(sale_id: int, head: str, part_texts: Sequence[Mapping[int, str]]) -> str:
    parts = []
    for name, of_sale in zip(PARTS, part_texts, strict=True):
        text = of_sale.get(sale_id)
        if text is not None:
            parts.append(f'"{name}":[{text}]')
        elif name in ALWAYS_PRESENT:
            parts.append(f'"{name}":[]')
    return f'{{{",".join(parts)},"sale":{head[:-1]}'


class SaleContent:
    """What the hash of a sale covers."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def with_visitors(self, visitors: str) -> bytes:
        """Its bytes with these visitors in place of its own: with the rest of them once they are erased."""
        last = f',"visitors":{encode_basestring(visitors)}' if is_chained("visitors") else ""
        return f"{self._text}{last}}}}}".encode()
