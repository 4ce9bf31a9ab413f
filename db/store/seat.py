"""A till at a server is at one computer at a time: a lock that each of its connections shares, and the server drops."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, text

from pos.application.access.till_seat import Seat, TillElsewhere

_TAKE = text("SELECT pg_advisory_lock_shared(:till, :computer), set_config('application_name', :name, false)")
_LEAVE = text("SELECT pg_advisory_unlock_shared(:till, :computer)")
_OTHERS = text(
    "SELECT activity.backend_start, activity.application_name, host(activity.client_addr) AS address"
    " FROM pg_locks LEFT JOIN pg_stat_activity AS activity ON activity.pid = pg_locks.pid"
    " WHERE pg_locks.locktype = 'advisory' AND pg_locks.objsubid = 2 AND pg_locks.granted"
    " AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND pg_locks.classid::bigint = :till AND pg_locks.objid::bigint <> :computer"
    " ORDER BY activity.backend_start LIMIT 1"
)
_TAKEN = "seat"


def sit_down(connection: Connection, seat: Seat) -> None:
    """Ensure that this connection records at the till of `seat`, once for each. Raises TillElsewhere.

    Two computers that start at one instant may both be refused: neither has sold then.
    """
    if connection.info.get(_TAKEN) == seat:
        return
    keys = {"till": _number(f"till {seat.till}"), "computer": _number(f"computer {seat.computer}")}
    signed = {name: number - 2**32 if number >= 2**31 else number for name, number in keys.items()}
    connection.execute(_TAKE, {**signed, "name": f"{seat.till} {seat.name}"[:60]})
    other = connection.execute(_OTHERS, keys).first()
    if other is not None:
        connection.execute(_LEAVE, signed)
    connection.commit()
    if other is not None:
        since: datetime | None = other.backend_start
        raise TillElsewhere(seat.till, since, _location(seat.till, other.application_name, other.address))
    connection.info[_TAKEN] = seat


def _number(text: str) -> int:
    """The 32 bits that a lock of two numbers takes."""
    return int.from_bytes(sha256(text.encode()).digest()[:4])


def _location(till: str, name: str | None, address: str | None) -> str:
    """The known facts about the other computer: its name, its address, or both."""
    called = (name or "").removeprefix(f"{till} ").strip()
    return " · ".join(part for part in (called, address or "") if part)
