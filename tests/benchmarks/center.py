"""A reservation at a center over loopback, while every COMMIT waits for a standby.

Beside it the same rows by the driver alone.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import psycopg

from pos.application.center.till_pass import TillPass
from pos.center_client.http_center import HttpCenter
from tests.benchmarks.table import Effort, Row, timed
from tests.center.serving import serving
from tests.center.shops import KEYS, Center, make_center, perfume, regimes_in_force
from tests.postgres_server import Server
from tests.standby import standby_of, wait_for_standby

_A_SECOND = 50
"""Reservations a second (spec of the center, § 8)."""
_TARGET, _MOST = 25.0, 8.0
_SETTINGS = {"max_wal_size": "256MB"}
_ROWS = (
    "UPDATE till SET last_contact = now() WHERE id = 1",
    "SELECT * FROM reservation WHERE key = %(key)s FOR UPDATE",
    "INSERT INTO request (key, digest, at) VALUES (%(key)s, 'x', now())",
    "SELECT * FROM visitor WHERE id = %(visitor)s FOR UPDATE",
    "SELECT * FROM ledger_entry WHERE visitor_id = %(visitor)s",
    "INSERT INTO reservation (key, sale, shop, till, regime, received_at, ends_at, state, effects)"
    " VALUES (%(key)s, %(key)s, 1, 1, 'cn-horgos', now(), now(), 'closed', '{}')",
    "INSERT INTO reserved_goods (key, visitor_id, lines) VALUES (%(key)s, %(visitor)s, '[]')",
    "UPDATE visitor SET version = version + 1 WHERE id = %(visitor)s",
    "INSERT INTO journal (till, entry, at, action, facts, hash) VALUES (-1, %(number)s, now(), 'reserve', '{}', 'x')",
    "UPDATE till SET entry = entry WHERE id = 1",
    "UPDATE request SET answer = '{}' WHERE key = %(key)s",
)


def measure(effort: Effort) -> Iterator[Row]:
    """Median and p99 at fifty a second; never asserted."""
    primary = Server.made(settings=_SETTINGS)
    try:
        center = make_center(primary, "center", regimes_in_force())
        standby = standby_of(primary)
        wait_for_standby(primary)
        try:
            with serving(center.context) as address:
                times, bare = _both(center, address, effort.repeats)
            center.store.close()
        finally:
            primary.stop(at_once=True)
            standby.remove()
    finally:
        primary.remove()
    yield Row("reservation at the center, 50 a second, standby on", times, bare, _TARGET, by_p99=True, most=_MOST)


def _both(center: Center, address: str, repeats: int) -> tuple[list[float], list[float]]:
    till = center.till("A1")
    line = HttpCenter(TillPass(address, till.credential, KEYS.members))
    times, bare = [], []
    with psycopg.connect(center.url) as connection:
        due = time.monotonic()
        for number in range(repeats):
            center.clock.pass_by(seconds=1)  # or the till looks up too many visitors
            asked = till.request(till.look_up(f"visitor {number}"), perfume("10"))
            due = max(due + 1 / _A_SECOND, time.monotonic())
            time.sleep(max(due - time.monotonic(), 0))
            times.append(timed(partial(line.reserve, asked)))
            bare.append(timed(partial(_write, connection, {"key": f"bare-{number}", "number": number + 1})))
    line.close()
    return times, bare


def _write(connection: psycopg.Connection[Any], values: dict[str, Any]) -> None:
    """The rows of one reservation in one transaction."""
    for statement in _ROWS:
        connection.execute(statement.encode(), {**values, "visitor": values["number"]})
    connection.commit()
