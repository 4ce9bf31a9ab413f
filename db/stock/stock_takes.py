"""Stock-takes: the book quantities, and the lines of each counter's sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, insert, literal, or_, select, union_all, update

from db.engine.dialect import insert_new, insert_or_set
from db.stock.stock_take_sheets import is_on_sheet, not_counted, rows_of
from db.tables.catalogue import product
from db.tables.counting import count_entry, count_line, count_sheet, stock_count
from db.tables.stock import lot, stock, stock_move, stock_place
from pos.application.ports.count_ports import CountEntry, CountLine, NotCounted, SheetRow
from pos.domain.stock.stock import FLOOR, Lot
from pos.domain.stock.stock_count import COUNTING, RECOUNT, StockCount, StockTakeSheet

_OPEN = stock_count.c.state.in_((COUNTING, RECOUNT))


class SqlCounts:
    """Stock-takes over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # ── stock-takes ──────────────────────────────────────────────────────────────────────────────────────────

    def add(self, count: StockCount) -> StockCount:
        values = {
            "number": count.number,
            "state": count.state,
            "place": count.location,
            "scope": count.scope,
            "scope_value": count.scope_value,
            "blind": count.blind,
            "at": count.at,
            "person": count.person,
            "last_move": count.last_move,
        }
        row = self._connection.execute(insert(stock_count).values(values).returning(*stock_count.c)).one()
        return _count(row)

    def take_lines(self, count: StockCount, products: Sequence[int]) -> int:
        for first in range(0, len(products), 500):  # a statement takes a limited number of values
            self._take(count, product.c.id.in_(products[first : first + 500]))
        if count.scope == "all":
            self._take(count, literal(True))
        elif count.scope == "category":
            branch = count.scope_value
            self._take(count, or_(product.c.category == branch, product.c.category.startswith(f"{branch}.")))
        elif count.scope == "shelf":
            self._take(count, product.c.shelf == count.scope_value)
        for product_id in products:
            if not self.lines_of(count.id, product_id):
                self.add_line(count.id, CountLine(product_id, 0, 0))
        counted = select(func.count()).select_from(count_line).where(count_line.c.count_id == count.id)
        return int(self._connection.execute(counted).scalar_one())

    def _take(self, count: StockCount, condition: Any) -> None:
        of_lots = (
            select(stock_place.c.product_id, stock_place.c.lot_id, stock_place.c.on_hand.label("pieces"))
            .join(product, product.c.id == stock_place.c.product_id)
            .where(stock_place.c.place == count.location, stock_place.c.on_hand != 0, condition)
        )
        there: Any = of_lots
        if count.location == FLOOR:
            rest = stock.c.on_hand - stock.c.lotted
            of_none = (
                select(stock.c.product_id, literal(0).label("lot_id"), rest.label("pieces"))
                .join(product, product.c.id == stock.c.product_id)
                .where(rest != 0, condition)
            )
            there = union_all(of_lots, of_none)
        lines = there.subquery()
        columns = ["count_id", "product_id", "lot_id", "expected", "recount", "outside"]
        chosen = select(
            literal(count.id), lines.c.product_id, lines.c.lot_id, lines.c.pieces, literal(False), literal(False)
        )
        self._connection.execute(insert(count_line).from_select(columns, chosen))

    def also_counted(self, count: StockCount) -> tuple[str, int] | None:
        mine, other = count_line.alias("mine"), count_line.alias("other")
        question = (
            select(product.c.code, stock_count.c.number)
            .select_from(mine)
            .join(other, and_(other.c.product_id == mine.c.product_id, other.c.count_id != mine.c.count_id))
            .join(stock_count, stock_count.c.id == other.c.count_id)
            .join(product, product.c.id == mine.c.product_id)
            .where(mine.c.count_id == count.id, ~other.c.outside, _OPEN, stock_count.c.place == count.location)
            .limit(1)
        )
        row = self._connection.execute(question).one_or_none()
        return None if row is None else (row.code, row.number)

    def counted_by(self, product_id: int, location: str, but: int) -> int | None:
        question = (
            select(stock_count.c.number)
            .join(count_line, count_line.c.count_id == stock_count.c.id)
            .where(_OPEN, stock_count.c.place == location, stock_count.c.id != but)
            .where(count_line.c.product_id == product_id, ~count_line.c.outside)
            .limit(1)
        )
        return self._connection.execute(question).scalar_one_or_none()

    def by_number(self, number: int) -> StockCount | None:
        row = self._connection.execute(select(stock_count).where(stock_count.c.number == number)).one_or_none()
        return None if row is None else _count(row)

    def all(self, limit: int, before: int | None = None) -> list[StockCount]:
        question = select(stock_count).order_by(stock_count.c.number.desc()).limit(limit)
        if before is not None:
            question = question.where(stock_count.c.number < before)
        return [_count(row) for row in self._connection.execute(question)]

    def set_state(self, count_id: int, state: str) -> None:
        self._connection.execute(update(stock_count).where(stock_count.c.id == count_id).values(state=state))

    def post(self, count_id: int, at: datetime, person: str, content: str) -> None:
        posted = {"state": "posted", "posted_at": at, "posted_by": person, "content": content}
        self._connection.execute(update(stock_count).where(stock_count.c.id == count_id).values(posted))

    def content(self, count_id: int) -> str | None:
        return self._connection.execute(
            select(stock_count.c.content).where(stock_count.c.id == count_id)
        ).scalar_one_or_none()

    # ── sheets ───────────────────────────────────────────────────────────────────────────────────────────────

    def add_sheet(self, count: StockCount, person: str, at: datetime) -> StockTakeSheet:
        taken = select(func.coalesce(func.max(count_sheet.c.sheet), 0)).where(count_sheet.c.count_id == count.id)
        number = self._connection.execute(taken).scalar_one() + 1
        row = {"count_id": count.id, "sheet": number, "round": count.round, "person": person, "at": at}
        self._connection.execute(insert(count_sheet).values(row))
        return StockTakeSheet(count.id, number, count.round, person, at)

    def sheets(self, count_id: int) -> list[StockTakeSheet]:
        question = select(count_sheet).where(count_sheet.c.count_id == count_id).order_by(count_sheet.c.sheet)
        return [
            StockTakeSheet(row.count_id, row.sheet, row.round, row.person, row.at, row.done_at)
            for row in self._connection.execute(question)
        ]

    def finish_sheet(self, sheet: StockTakeSheet, at: datetime) -> None:
        self._connection.execute(
            update(count_sheet)
            .where(count_sheet.c.count_id == sheet.count, count_sheet.c.sheet == sheet.number)
            .values(done_at=at)
        )

    # ── lines ────────────────────────────────────────────────────────────────────────────────────────────────

    def lines_of(self, count_id: int, product_id: int) -> list[CountLine]:
        return self._lines(count_line.c.count_id == count_id, count_line.c.product_id == product_id)

    def lines_found(self, count_id: int) -> list[CountLine]:
        return self._lines(count_line.c.count_id == count_id, is_on_sheet())

    def _lines(self, *conditions: Any) -> list[CountLine]:
        question = select(count_line).where(*conditions).order_by(count_line.c.product_id, count_line.c.lot_id)
        return [
            CountLine(
                row.product_id, row.lot_id, row.expected, row.recount, row.outside, row.reason or "", row.note or ""
            )
            for row in self._connection.execute(question)
        ]

    def is_found(self, count_id: int, product_id: int) -> bool:
        question = select(count_entry.c.sheet).where(count_entry.c.count_id == count_id).limit(1)
        return self._connection.execute(question.where(count_entry.c.product_id == product_id)).first() is not None

    def add_line(self, count_id: int, line: CountLine) -> None:
        row = {
            "count_id": count_id,
            "product_id": line.product,
            "lot_id": line.lot,
            "expected": line.expected,
            "recount": line.recount,
            "outside": line.outside,
        }
        self._connection.execute(insert_new(self._connection, count_line), row)

    def mark_recount(self, count_id: int, lines: Sequence[tuple[int, int]]) -> None:
        for product_id, lot_id in lines:
            self._connection.execute(
                update(count_line).where(*_line(count_id, product_id, lot_id)).values(recount=True)
            )

    def explain(self, count_id: int, product_id: int, lot: int, reason: str, note: str) -> bool:
        said = {"reason": reason, "note": note or None}
        changed = update(count_line).where(*_line(count_id, product_id, lot)).values(said)
        return self._connection.execute(changed).rowcount == 1

    def explain_rest(self, count_id: int, lines: Sequence[tuple[int, int]], reason: str) -> None:
        line = _line(count_id, bindparam("of_product"), bindparam("of_lot"))
        changed = update(count_line).where(*line, count_line.c.reason.is_(None)).values(reason=reason)
        if lines:
            self._connection.execute(changed, [{"of_product": one, "of_lot": lot} for one, lot in lines])

    # ── entries ──────────────────────────────────────────────────────────────────────────────────────────────

    def entry(self, count_id: int, sheet: int, product_id: int, lot: int) -> CountEntry | None:
        key = (count_entry.c.sheet == sheet, count_entry.c.product_id == product_id, count_entry.c.lot_id == lot)
        return next(iter(self._entries(count_id, *key)), None)

    def write_entry(self, count_id: int, entry: CountEntry, at: datetime) -> None:
        row = {
            "count_id": count_id,
            "sheet": entry.sheet,
            "product_id": entry.product,
            "lot_id": entry.lot,
            "counted": entry.counted,
            "first_move": entry.first_move,
            "last_move": entry.last_move,
            "at": at,
        }
        keys = ["count_id", "sheet", "product_id", "lot_id"]
        self._connection.execute(insert_or_set(self._connection, count_entry, keys, row))

    def strike(self, count_id: int, sheet: int, product_id: int, lot: int | None = None) -> int:
        mine = [
            count_entry.c.count_id == count_id,
            count_entry.c.sheet == sheet,
            count_entry.c.product_id == product_id,
        ]
        if lot is not None:
            mine.append(count_entry.c.lot_id == lot)
        return self._connection.execute(count_entry.delete().where(*mine)).rowcount

    def entries(self, count_id: int) -> list[CountEntry]:
        return self._entries(count_id)

    def _entries(self, count_id: int, *conditions: Any) -> list[CountEntry]:
        question = (
            select(count_entry, count_sheet.c.round)
            .join(
                count_sheet,
                and_(count_sheet.c.count_id == count_entry.c.count_id, count_sheet.c.sheet == count_entry.c.sheet),
            )
            .where(count_entry.c.count_id == count_id, *conditions)
            .order_by(count_entry.c.product_id, count_entry.c.lot_id, count_entry.c.sheet)
        )
        return [
            CountEntry(row.sheet, row.product_id, row.lot_id, row.counted, row.first_move, row.last_move, row.round)
            for row in self._connection.execute(question)
        ]

    def pieces_on(self, count_id: int, sheet: int) -> tuple[int, int]:
        question = select(
            func.count(func.distinct(count_entry.c.product_id)), func.coalesce(func.sum(count_entry.c.counted), 0)
        ).where(count_entry.c.count_id == count_id, count_entry.c.sheet == sheet)
        row = self._connection.execute(question).one()
        return int(row[0]), int(row[1])

    def rows(self, count_id: int, sheet: int, limit: int, offset: int = 0) -> list[SheetRow]:
        return rows_of(self._connection, count_id, sheet, limit, offset)

    def moves(self, count: StockCount) -> list[tuple[int, int, int | None, int]]:
        counted = select(count_entry.c.product_id).where(count_entry.c.count_id == count.id).distinct()
        question = (
            select(stock_move.c.id, stock_move.c.product_id, stock_move.c.lot_id, stock_move.c.quantity)
            .where(stock_move.c.product_id.in_(counted), stock_move.c.place == count.location)
            .where(stock_move.c.id > count.last_move)
            .order_by(stock_move.c.id)
        )
        return [(row.id, row.product_id, row.lot_id, row.quantity) for row in self._connection.execute(question)]

    def moved_between(self, product_id: int, location: str, after: int, until: int) -> bool:
        question = (
            select(stock_move.c.id)
            .where(stock_move.c.product_id == product_id, stock_move.c.place == location)
            .where(stock_move.c.id > after, stock_move.c.id <= until)
            .limit(1)
        )
        return self._connection.execute(question).scalar_one_or_none() is not None

    # ── uncounted lines ──────────────────────────────────────────────────────────────────────────────────────

    def not_counted(self, count_id: int, limit: int, after: tuple[int, int] = (0, 0)) -> list[NotCounted]:
        return not_counted(self._connection, count_id, limit, after)

    def how_many_not_counted(self, count_id: int) -> int:
        question = select(func.count()).select_from(count_line)
        mine = question.where(count_line.c.count_id == count_id, ~count_line.c.outside, ~is_on_sheet())
        return int(self._connection.execute(mine).scalar_one())

    def none_there(self, count_id: int, sheet: int, move: int, at: datetime) -> int:
        chosen: Select[Any] = select(
            count_line.c.count_id,
            literal(sheet),
            count_line.c.product_id,
            count_line.c.lot_id,
            literal(0),
            literal(move),
            literal(move),
            literal(at, count_entry.c.at.type),
        ).where(count_line.c.count_id == count_id, ~count_line.c.outside, ~is_on_sheet())
        columns = ["count_id", "sheet", "product_id", "lot_id", "counted", "first_move", "last_move", "at"]
        entries = insert(count_entry).from_select(columns, chosen).execution_options(preserve_rowcount=True)
        return self._connection.execute(entries).rowcount

    # ── other ────────────────────────────────────────────────────────────────────────────────────────────────

    def lots(self, ids: Sequence[int]) -> dict[int, Lot]:
        by_id: dict[int, Lot] = {}
        for first in range(0, len(ids), 500):
            question = select(lot).where(lot.c.id.in_(ids[first : first + 500]))
            for row in self._connection.execute(question):
                by_id[row.id] = Lot(row.id, row.product_id, row.code, row.expiry, row.entry)
        return by_id

    def posted(self, document: str) -> list[tuple[int, int | None, int, int | None]]:
        question = (
            select(stock_move.c.product_id, stock_move.c.lot_id, stock_move.c.quantity, stock_move.c.cost_minor)
            .where(stock_move.c.document == document)
            .order_by(stock_move.c.id)
        )
        return [
            (row.product_id, row.lot_id, row.quantity, row.cost_minor) for row in self._connection.execute(question)
        ]


def _line(count_id: int, product_id: Any, lot_id: Any) -> tuple[Any, ...]:
    return (
        count_line.c.count_id == count_id,
        count_line.c.product_id == product_id,
        count_line.c.lot_id == lot_id,
    )


def _count(row: Row[Any]) -> StockCount:
    return StockCount(
        row.id,
        row.number,
        row.state,
        row.place,
        row.scope,
        row.scope_value,
        row.blind,
        row.at,
        row.person,
        row.last_move,
        row.posted_at,
        row.posted_by,
    )
