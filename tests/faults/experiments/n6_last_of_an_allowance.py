"""N6: two tills in two shops want the last of one visitor's allowance; every order of their statements is tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import Any
from unittest.mock import patch

from sqlalchemy import ColumnElement, make_url, select

from db.center.store import SqlCenterStore, open_engine
from db.center.tables import visitor
from db.center.visitors import SqlCenterVisitors, visitor_of
from pos.application.center.ports import CenterContext, CenterVisitor
from pos.application.center.refusals import LedgerMoved, StricterVerdict
from pos.application.center.requests import ReservationRequest
from tests.center.shops import KEYS, Center, TillAtCenter, perfume
from tests.faults.experiment import Experiment, Figures, Trial
from tests.faults.lanes import Lane, led, orders_of
from tests.faults.new_centers import a_center
from tests.postgres_server import shared_server

_UNLOCKED = "checked without a lock"
_ANY_VERSION = "the version is not compared"
GATES = (("INSERT INTO request",), ("SELECT visitor.id, ",), ("INSERT INTO reservation ",), ("COMMIT",))
"""Where a till waits to be led on: before it claims its key, locks the visitor, reserves, and commits."""


def _run(trial: Trial) -> Figures:
    orders = orders_of(len(GATES))
    tried = orders if trial.is_long else tuple(Random(6).sample(orders, 5))
    violations: list[str] = []
    with a_center() as center, _broken(trial.mutant):
        tills, engines = zip(*(_till_of_its_own(center, name) for name in ("A1", "B1")))
        lanes = [Lane(engine, shared_server(), GATES) for engine in engines]
        for number, order in enumerate(tried):
            violations += _contest(center, tills, lanes, order, f"visitor {number}")
            if violations:
                break
        for engine in engines:
            engine.dispose()
    return Figures({"orders": len(tried)}, tuple(violations))


def _till_of_its_own(center: Center, name: str) -> tuple[TillAtCenter, Any]:
    """A till at a process of its own of the service: it has its own connections."""
    at = center.till(name)
    engine = open_engine(make_url(center.url), 1)
    store = SqlCenterStore(engine, KEYS.chained, center.clock)
    context = CenterContext(store=store, now=center.clock, regimes=center.context.regimes, keys=KEYS, evaluator="1")
    return TillAtCenter(context, at.caller, at.credential), engine


def _contest(
    center: Center, tills: Sequence[TillAtCenter], lanes: Sequence[Lane], order: Sequence[int], who: str
) -> Iterator[str]:
    center.clock.pass_by(minutes=1)  # or a till looks up too many visitors in a moment
    asked = [till.request(till.look_up(who), perfume("5000")) for till in tills]
    steps: list[Callable[[], Any]] = [partial(till.reserve, request) for till, request in zip(tills, asked)]
    outcomes = led(lanes, order, steps)
    came = sorted(type(outcome).__name__ for outcome in outcomes)
    written = "".join("AB"[index] for index in order)
    if came != ["LedgerMoved", "Reserved"]:
        yield f"{written}: {outcomes!r}"[:300]
        return
    (loser,) = (place for place, outcome in enumerate(outcomes) if isinstance(outcome, LedgerMoved))
    if _is_reserved(tills[loser], tills[loser].request(outcomes[loser].ledgers[0], perfume("5000"))):
        yield f"{written}: both tills have the last of it"
    if len(center.till("A2").look_up(who).reservations) != 1:
        yield f"{written}: not one reservation stands"


def _is_reserved(till: TillAtCenter, request: ReservationRequest) -> bool:
    try:
        till.reserve(request)
    except StricterVerdict:
        return False
    return True


@contextmanager
def _broken(mutant: str) -> Iterator[None]:
    if mutant == _UNLOCKED:
        with patch.object(SqlCenterVisitors, "_locked", _looking):
            yield
    elif mutant == _ANY_VERSION:
        with patch("pos.application.center.reserve._check_versions", lambda *_whatever: None):
            yield
    else:
        yield


def _looking(visitors: SqlCenterVisitors, persons: ColumnElement[bool]) -> dict[int, CenterVisitor]:
    found = select(visitor).where(persons).order_by(visitor.c.id)
    return {row.id: visitor_of(row) for row in visitors._connection.execute(found)}


EXPERIMENT = Experiment(
    "N6",
    "Of two tills in two shops that want the last of one visitor's allowance exactly one gets it.",
    _run,
    (_UNLOCKED, _ANY_VERSION),
    needs_server=True,
)
