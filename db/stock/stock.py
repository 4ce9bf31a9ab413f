"""The stock on hand by location and lot, and the movements behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, insert, or_, select, update

from db.engine.compiled_statement import CompiledStatement
from db.engine.dialect import insert_new, insert_or_add
from db.engine.types import Instant
from db.engine.value_chunks import value_chunks
from db.stock.lots import balances, expiring
from db.stock.stock_deduction import BELOW, FLOOR_LOTS, PIECES, deduct_at_once, deduct_from_floor, deduct_from_location
from db.tables.catalogue import product
from db.tables.holds import hold, hold_line
from db.tables.stock import lot, stock, stock_document, stock_move, stock_place, stock_valuation
from pos.application.ports.stock_ports import AtLocation, OnFloor, StockDeduction
from pos.domain.stock.stock import FLOOR, LOCATIONS, Lot, LotBalance, LotConflict, LotPart, Movement, NotThere, Worth

_ON_HAND = CompiledStatement(select(stock.c.on_hand).where(stock.c.product_id == bindparam("id")))
_ON_HAND_OF = select(stock.c.product_id, stock.c.on_hand).where(
    stock.c.product_id.in_(bindparam("ids", expanding=True))
)
_FLOOR = CompiledStatement(
    select(stock.c.on_hand, stock.c.held, stock.c.lotted).where(stock.c.product_id == bindparam("id"))
)
_BALANCE = select(stock).where(stock.c.product_id == bindparam("id"))
_BALANCES = select(stock.c.product_id, stock.c.on_hand, stock.c.held, stock.c.lotted).where(
    stock.c.product_id.in_(bindparam("ids", expanding=True))
)
_LIVE = CompiledStatement(
    select(func.coalesce(func.sum(hold_line.c.quantity - hold_line.c.coming), 0))
    .join(hold, hold.c.key == hold_line.c.key)
    .where(hold_line.c.product_id == bindparam("id"), hold.c.until > bindparam("now", type_=Instant()))
)
_LIVE_OF = (
    select(hold_line.c.product_id, func.sum(hold_line.c.quantity - hold_line.c.coming).label("pieces"))
    .join(hold, hold.c.key == hold_line.c.key)
    .where(
        hold_line.c.product_id.in_(bindparam("ids", expanding=True)), hold.c.until > bindparam("now", type_=Instant())
    )
    .group_by(hold_line.c.product_id)
)
_HOLD = CompiledStatement(
    update(stock)
    .where(stock.c.product_id == bindparam("id"), or_(stock.c.on_hand - stock.c.held >= PIECES, BELOW))
    .values(held=stock.c.held + PIECES, below=and_(BELOW, stock.c.on_hand < stock.c.held + PIECES))
)
_FIRST = (
    update(stock)
    .where(stock.c.product_id == bindparam("id"))
    .values(on_hand=stock.c.on_hand + PIECES, owned=stock.c.owned + PIECES, value_minor=bindparam("cost"))
)
_LOCKED = (
    update(stock)
    .where(stock.c.product_id == bindparam("id"))
    .values(last_cost_minor=stock.c.last_cost_minor)
    .returning(*stock.c)
)
"""Reads a balance with a lock, so that it cannot change before this transaction has changed it."""

_SET = (
    update(stock)
    .where(stock.c.product_id == bindparam("id"))
    .values(
        on_hand=stock.c.on_hand + bindparam("floor"),
        lotted=stock.c.lotted + bindparam("lots"),
        owned=bindparam("pieces"),
        value_minor=bindparam("value"),
        below=and_(stock.c.below, stock.c.on_hand + bindparam("floor") < stock.c.held),
    )
)
_THERE = select(stock_place.c.on_hand).where(
    stock_place.c.product_id == bindparam("id"),
    stock_place.c.place == bindparam("at_place"),
    stock_place.c.lot_id == bindparam("of_lot"),
)
_LOCATIONS = (
    select(stock_place.c.product_id.label("of_product"), stock_place.c.place, stock_place.c.on_hand, lot)
    .outerjoin(lot, lot.c.id == stock_place.c.lot_id)
    .where(stock_place.c.product_id.in_(bindparam("ids", expanding=True)), stock_place.c.on_hand > 0)
    .order_by(stock_place.c.place, lot.c.expiry.is_(None), lot.c.expiry, lot.c.id)
)
_LOT_NAMED = (
    select(lot).where(lot.c.product_id == bindparam("id"), lot.c.code == bindparam("of_code")).order_by(lot.c.id)
)
_CODE = select(product.c.code).where(product.c.id == bindparam("id"))
_MOVE = insert(stock_move)
_VALUATION = insert(stock_valuation)


class SqlStock:
    """Stock over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def on_hand(self, product_id: int) -> int:
        row = _ON_HAND.one(self._connection, {"id": product_id})
        return 0 if row is None else int(row.on_hand)

    def on_hand_of(self, product_ids: Sequence[int]) -> Mapping[int, int]:
        rows = self._connection.execute(_ON_HAND_OF, {"ids": list(product_ids)})
        return {row.product_id: row.on_hand for row in rows}

    def free(self, product_id: int, at: datetime) -> int:
        row = _FLOOR.one(self._connection, {"id": product_id})
        return 0 if row is None else self._free(product_id, row, at)

    def _free(self, product_id: int, row: Any, at: datetime) -> int:
        if not row.held:  # nearly always
            return int(row.on_hand)
        return int(row.on_hand - _LIVE.rows(self._connection, {"id": product_id, "now": at})[0][0])

    def floor(self, product_id: int, at: datetime) -> OnFloor:
        row = _FLOOR.one(self._connection, {"id": product_id})
        if row is None:
            return OnFloor(0, 0)
        lots: Sequence[tuple[Lot, int]] = ()
        if row.lotted:  # nearly never
            rows = self._connection.execute(FLOOR_LOTS, {"id": product_id})
            lots = [(_lot(one), one.on_hand) for one in rows]
        return OnFloor(row.on_hand, self._free(product_id, row, at), lots)

    def everywhere(self, product_id: int) -> list[AtLocation]:
        return self.everywhere_of([product_id]).get(product_id, [])

    def everywhere_of(self, product_ids: Sequence[int]) -> dict[int, list[AtLocation]]:
        found: dict[int, list[AtLocation]] = {}
        for some in value_chunks(product_ids):
            for row in self._connection.execute(_BALANCES, {"ids": some}):
                unlotted = row.on_hand - row.lotted
                found[row.product_id] = [AtLocation(FLOOR, None, unlotted)] if unlotted else []
            for at in self._connection.execute(_LOCATIONS, {"ids": some}):
                here = AtLocation(at.place, None if at.id is None else _lot(at), at.on_hand)
                found[at.of_product].append(here)
        for locations in found.values():
            locations.sort(key=lambda one: LOCATIONS.index(one.location))
        return found

    def free_of(self, product_ids: Sequence[int], at: datetime) -> dict[int, int]:
        found: dict[int, int] = {}
        for some in value_chunks(product_ids):
            rows = self._connection.execute(_BALANCES, {"ids": some}).all()
            found |= {row.product_id: row.on_hand for row in rows}
            held = [row.product_id for row in rows if row.held]
            for live in self._connection.execute(_LIVE_OF, {"ids": held, "now": at}) if held else ():
                found[live.product_id] -= int(live.pieces)
        return found

    def worth(self, product_id: int) -> Worth:
        row = self._connection.execute(_BALANCE, {"id": product_id}).one_or_none()
        return Worth(0, 0) if row is None else Worth(row.owned, row.value_minor)

    def take(self, taking: StockDeduction) -> list[LotPart] | None:
        return deduct_from_floor(self._connection, taking)

    def deduct_at_once(self, takings: Sequence[StockDeduction]) -> Mapping[int, Sequence[LotPart]]:
        return deduct_at_once(self._connection, takings)

    def hold(self, product_id: int, quantity: int, *, below: bool = False) -> bool:
        """One conditional UPDATE, so that two tills cannot hold one last bottle."""
        return _HOLD.run(self._connection, {"id": product_id, "n": quantity, "below": below}) == 1

    def move(self, product_id: int, quantity: int, reason: str, at: datetime, person: str) -> None:
        self.record([Movement(product_id, quantity, reason)], at, person)

    def move_many(self, moves: Sequence[tuple[int, int, int | None]], reason: str, at: datetime, person: str) -> None:
        if not moves:
            return
        self._connection.execute(_FIRST, [{"id": i, "n": pieces, "cost": cost} for i, pieces, cost in moves])
        shared = _move_row(Movement(0, 0, reason), None, at, person, None)
        rows = [
            shared | {"product_id": product_id, "quantity": pieces, "cost_minor": cost}
            for product_id, pieces, cost in moves
        ]
        self._connection.execute(_MOVE, rows)

    def lock(self, product_ids: Iterable[int]) -> None:
        for product_id in sorted(product_ids):  # one order for all tills
            self._connection.execute(_LOCKED, {"id": product_id})

    def record(
        self, moves: Sequence[Movement], at: datetime, person: str, document: str | None = None
    ) -> list[int | None]:
        return self.record_of([(move, None, None) for move in moves], at, person, document)

    def record_of(
        self,
        moves: Sequence[tuple[Movement, int | None, int | None]],
        at: datetime,
        person: str,
        document: str | None = None,
    ) -> list[int | None]:
        """Record movements with the row of the sale or return and its line that they belong to."""
        rows = []
        costs: list[int | None] = [None] * len(moves)
        for place in sorted(range(len(moves)), key=lambda at: moves[at][0].product):  # one order for all tills
            move, sale_id, line_no = moves[place]
            costs[place] = cost = self._record_one(move, at, person, document)
            rows.append(_move_row(move, cost, at, person, document) | {"sale_id": sale_id, "line_no": line_no})
        if rows:
            self._connection.execute(_MOVE, rows)
        return costs

    def _record_one(self, move: Movement, at: datetime, person: str, document: str | None) -> int | None:
        """Change the balances by one movement; returns its signed cost."""
        before = self._connection.execute(_LOCKED, {"id": move.product}).one()
        worth = Worth(before.owned, before.value_minor)
        cost: int | None
        if move.quantity < 0:
            self._check_there(move, before)
        if move.reason == "transfer":  # between two locations: the cost of the goods does not change
            worth, cost = Worth(worth.pieces + move.quantity, worth.value), 0
        elif move.quantity > 0:
            received = worth.receiving(move.quantity, move.cost)
            worth, cost = received.worth, received.cost
            if received.revaluation:
                reason = "unknown" if worth.value is None else "learnt"
                self._write_valuation(move.product, received.revaluation, reason, at, person, document)
        else:
            worth, out = worth.issuing(-move.quantity, move.cost)
            cost = None if out is None else -out
        on_floor = move.location == FLOOR
        values = {
            "id": move.product,
            "floor": move.quantity if on_floor else 0,
            "lots": move.quantity if on_floor and move.lot is not None else 0,
            "pieces": worth.pieces,
            "value": worth.value,
        }
        self._connection.execute(_SET, values)
        if not on_floor or move.lot is not None:
            self._at_location(move)
        return cost

    def _check_there(self, move: Movement, before: Row[Any]) -> None:
        """Refuse to take more from a location than is there and not reserved."""
        quantity = -move.quantity
        if move.location == FLOOR and move.lot is None:
            there = min(before.on_hand - before.held, before.on_hand - before.lotted)
        else:
            values = {"id": move.product, "at_place": move.location, "of_lot": move.lot or 0}
            there = self._connection.execute(_THERE, values).scalar_one_or_none() or 0
            if move.location == FLOOR:
                there = min(there, before.on_hand - before.held)
        if quantity > there:
            code = self._connection.execute(_CODE, {"id": move.product}).scalar_one()
            named = select(lot.c.code).where(lot.c.id == (move.lot or 0))
            of_lot = self._connection.execute(named).scalar_one_or_none() or ""
            raise NotThere(code, move.location, of_lot, quantity, max(there, 0))

    def _at_location(self, move: Movement) -> None:
        if move.quantity < 0:
            deduct_from_location(self._connection, move.product, move.location, move.lot or 0, -move.quantity)
            return
        keys = {"product_id": move.product, "place": move.location, "lot_id": move.lot or 0}
        self._connection.execute(
            insert_or_add(self._connection, stock_place, list(keys), ["on_hand"]), keys | {"on_hand": move.quantity}
        )

    def revalue(self, product_id: int, by: int, reason: str, at: datetime, person: str, document: str | None) -> bool:
        before = self._connection.execute(_LOCKED, {"id": product_id}).one()
        worth = Worth(before.owned, before.value_minor)
        if worth.value is None or worth.pieces <= 0 or not by:
            return False
        after = {"floor": 0, "lots": 0, "pieces": worth.pieces, "value": worth.revalued(by).value}
        self._connection.execute(_SET, {"id": product_id, **after})
        self._write_valuation(product_id, by, reason, at, person, document)
        return True

    def _write_valuation(
        self, product_id: int, by: int, reason: str, at: datetime, person: str, document: str | None
    ) -> None:
        row = {"product_id": product_id, "cost_minor": by, "reason": reason}
        self._connection.execute(_VALUATION, row | {"document": document, "at": at, "person": person})

    def lot(self, product_id: int, code: str, expiry: date | None, entry: str, at: datetime) -> Lot:
        for known in self.lots_named(product_id, code):
            if known.entry != entry:
                continue
            if expiry is not None and known.expiry is not None and known.expiry != expiry:
                goods = self._connection.execute(_CODE, {"id": product_id}).scalar_one()
                raise LotConflict(goods, code, expiry, known.expiry)
            if expiry is not None and known.expiry is None:
                self._connection.execute(update(lot).where(lot.c.id == known.id).values(expiry=expiry))
                return Lot(known.id, product_id, code, expiry, entry)
            return known
        row = {"product_id": product_id, "code": code, "expiry": expiry, "entry": entry, "at": at}
        made = self._connection.execute(insert(lot).returning(lot.c.id), row).scalar_one()
        return Lot(made, product_id, code, expiry, entry)

    def lots_named(self, product_id: int, code: str) -> list[Lot]:
        rows = self._connection.execute(_LOT_NAMED, {"id": product_id, "of_code": code})
        return [_lot(row) for row in rows]

    def lots_expiring(self, until: date, limit: int, after: tuple[date, int] | None = None) -> list[LotBalance]:
        return expiring(self._connection, until, limit, after)

    def lot_balances(
        self, product_id: int | None, limit: int, after: int = 0, entry: str = "", *, on_hand: bool = False
    ) -> list[LotBalance]:
        return balances(self._connection, product_id, limit, after, entry, on_hand=on_hand)

    def next_number(self, kind: str) -> int:
        return next_number(self._connection, kind)

    def last_move(self) -> int:
        return int(self._connection.execute(select(func.coalesce(func.max(stock_move.c.id), 0))).scalar_one())

    def moved_since(
        self, product_id: int, move: int, until: int | None = None, location: str = FLOOR
    ) -> dict[int | None, int]:
        mine = [stock_move.c.product_id == product_id, stock_move.c.place == location, stock_move.c.id > move]
        if until is not None:
            mine.append(stock_move.c.id <= until)
        summed = select(stock_move.c.lot_id, func.sum(stock_move.c.quantity).label("pieces")).where(*mine)
        return {row.lot_id: int(row.pieces) for row in self._connection.execute(summed.group_by(stock_move.c.lot_id))}


def _lot(row: Row[Any]) -> Lot:
    return Lot(row.id, row.product_id, row.code, row.expiry, row.entry)


def _move_row(move: Movement, cost: int | None, at: datetime, person: str, document: str | None) -> dict[str, Any]:
    return {
        "product_id": move.product,
        "quantity": move.quantity,
        "reason": move.reason,
        "sale_id": None,
        "line_no": None,
        "at": at,
        "person": person,
        "place": move.location,
        "lot_id": move.lot,
        "cost_minor": cost,
        "document": document,
        "note": move.note or None,
        "why": move.why or None,
    }


_TAKE = (
    update(stock_document)
    .where(stock_document.c.kind == bindparam("of_kind"))
    .values(next_no=stock_document.c.next_no + 1)
    .returning(stock_document.c.next_no)
)


def next_number(connection: Connection, kind: str) -> int:
    """The next number of a kind of document; a rollback takes it back."""
    connection.execute(insert_new(connection, stock_document), {"kind": kind, "next_no": 1})
    return int(connection.execute(_TAKE, {"of_kind": kind}).scalar_one()) - 1
