"""Reservations at the center."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from db.center.tables import reservation, reserved_goods, visitor
from pos.application.center.ledger_json import goods_from_json, goods_to_json
from pos.domain.center.ledger import LedgerGoods
from pos.domain.center.reservation import Reservation, ReservationState

_PERSON = func.coalesce(visitor.c.alias_of, visitor.c.id).label("person")
_GOODS: Select[Any] = select(reserved_goods.c.key, reserved_goods.c.lines, _PERSON).join(
    visitor, visitor.c.id == reserved_goods.c.visitor_id
)


class SqlCenterReservations:
    """Reservations over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, key: str) -> Reservation | None:
        found = select(reservation).where(reservation.c.key == key).with_for_update()
        row = self._connection.execute(found).one_or_none()
        return None if row is None else self._whole([row])[0]

    def visitors_of(self, key: str) -> Sequence[str]:
        rows = self._connection.execute(
            select(visitor.c.reference)
            .join(reserved_goods, reserved_goods.c.visitor_id == visitor.c.id)
            .where(reserved_goods.c.key == key)
        )
        return [row.reference for row in rows]

    def open_of(self, person: int) -> Sequence[Reservation]:
        mine = (
            select(reserved_goods.c.key)
            .join(visitor, visitor.c.id == reserved_goods.c.visitor_id)
            .where(func.coalesce(visitor.c.alias_of, visitor.c.id) == person)
        )
        counting = reservation.c.state == ReservationState.OPEN.value
        found = select(reservation).where(counting, reservation.c.key.in_(mine)).order_by(reservation.c.received_at)
        return self._whole(self._connection.execute(found).all())

    def in_doubt(self, now: datetime) -> Sequence[Reservation]:
        is_over = reservation.c.ends_at <= now
        found = select(reservation).where(reservation.c.state == ReservationState.OPEN.value, is_over)
        return self._whole(self._connection.execute(found.order_by(reservation.c.ends_at)).all())

    def add(self, reserved: Reservation, effects: str, filled: Mapping[int, int | None]) -> None:
        row = {
            "key": reserved.key,
            "sale": reserved.sale,
            "shop": reserved.shop,
            "till": reserved.till,
            "regime": reserved.regime,
            "received_at": reserved.received_at,
            "ends_at": reserved.ends_at,
            "state": reserved.state.value,
            "effects": effects,
        }
        self._connection.execute(insert(reservation).values(row))
        goods = [
            {
                "key": reserved.key,
                "visitor_id": person,
                "lines": json.dumps([goods_to_json(line) for line in lines]),
                "filled": filled.get(person),
            }
            for person, lines in reserved.lines.items()
        ]
        if goods:
            self._connection.execute(insert(reserved_goods), goods)

    def effects(self, key: str) -> str:
        found = select(reservation.c.effects).where(reservation.c.key == key)
        return str(self._connection.execute(found).scalar_one())

    def set_state(self, key: str, state: ReservationState, at: datetime) -> None:
        settled = update(reservation).where(reservation.c.key == key).values(state=state.value, settled_at=at)
        self._connection.execute(settled)

    def extend(self, key: str, ends_at: datetime) -> None:
        self._connection.execute(update(reservation).where(reservation.c.key == key).values(ends_at=ends_at))

    def close_unknown(self, key: str, sale: str, at: datetime, shop: int, till: int) -> None:
        row = {
            "key": key,
            "sale": sale,
            "shop": shop,
            "till": till,
            "regime": "",
            "received_at": at,
            "ends_at": at,
            "state": ReservationState.CLOSED.value,
            "settled_at": at,
            "effects": "",
        }
        self._connection.execute(insert(reservation).values(row))

    def _whole(self, rows: Sequence[Row[Any]]) -> list[Reservation]:
        """The reservations with their lines by person: who was linked since is the one they were linked to."""
        lines: dict[str, dict[int, list[LedgerGoods]]] = {row.key: {} for row in rows}
        if rows:
            for goods in self._connection.execute(_GOODS.where(reserved_goods.c.key.in_(lines))):
                mine = lines[goods.key].setdefault(goods.person, [])
                mine += [goods_from_json(each) for each in json.loads(goods.lines)]
        return [
            Reservation(
                row.key,
                row.sale,
                row.shop,
                row.till,
                row.regime,
                row.received_at,
                row.ends_at,
                ReservationState(row.state),
                lines[row.key],
            )
            for row in rows
        ]
