"""N5: the same with lost, repeated and delayed requests, cut lines, killed tills, and a database that dies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from unittest.mock import patch

from db.center.reservations import SqlCenterReservations
from pos.application.center.answer_once import reserved_once
from pos.application.center.ports import CenterWork
from pos.application.center.requests import Booked, Reserved
from tests.faults.center_bad_luck import OF_TIME, tried
from tests.faults.center_crowd import Size, sold_at_once, sold_in_turn
from tests.faults.center_line import DENSE, SPECIFIED
from tests.faults.experiment import Experiment, Figures, Trial
from tests.faults.experiments.n4_whole_center import LONG
from tests.faults.new_centers import a_center
from tests.faults.two_servers import TwoServers

_LAPSES = "what is over is free"
_NO_TOMBSTONE = "what is given back before it came leaves no tombstone"
_NEW_TIME = "a second send begins the time anew"
_TWICE = "a confirmation that comes twice is booked twice"
SHORT = Size(2, 2, 5, 10)
_PROCESSES, _DEATHS, _SECONDS = 8, 10, 60.0


def _run(trial: Trial) -> Figures:
    with _broken(trial.mutant), a_center() as center:
        violations = tried(center, OF_TIME)
    if violations:
        return Figures({"sequences": len(OF_TIME)}, tuple(violations))
    if not trial.is_long:
        with a_center() as center:
            return sold_in_turn(center, SHORT, DENSE, seed=5)
    with TwoServers.made() as both:
        dying = partial(both.die, _DEATHS, _SECONDS)
        return sold_at_once(both, LONG, SPECIFIED, _PROCESSES, seed=5, meanwhile=dying)


@contextmanager
def _broken(mutant: str) -> Iterator[None]:
    if mutant == _LAPSES:
        with patch.object(SqlCenterReservations, "open_of", _only_live):
            yield
    elif mutant == _NO_TOMBSTONE:
        with patch.object(SqlCenterReservations, "close_unknown", lambda *_whatever: None):
            yield
    elif mutant == _NEW_TIME:
        with patch("pos.application.center.reserve.reserved_once", _with_new_time):
            yield
    elif mutant == _TWICE:
        with patch("pos.application.center.settle_reservation.booked_once", _booked_anew):
            yield
    else:
        yield


_open_of = SqlCenterReservations.open_of


def _only_live(reservations: SqlCenterReservations, person: int) -> Any:
    found = _open_of(reservations, person)
    newest = max((each.received_at for each in found), default=None)
    return [each for each in found if newest is None or each.ends_at > newest + timedelta(seconds=30)]


def _with_new_time(
    work: CenterWork, key: str, digest: bytes, now: datetime, reserve: Callable[[], Reserved]
) -> Reserved:
    reserved = reserved_once(work, key, digest, now, reserve)
    longer = max(reserved.ends_at, now + timedelta(seconds=60))
    work.reservations.extend(key, longer)
    return replace(reserved, ends_at=longer)


def _booked_anew(_work: CenterWork, _key: str, _digest: bytes, _now: datetime, book: Callable[[], Booked]) -> Booked:
    return book()


EXPERIMENT = Experiment(
    "N5",
    "Whatever lines, tills and the database of a center do, no sale is lost or doubled, and no excess is silent.",
    _run,
    (_LAPSES, _NO_TOMBSTONE, _NEW_TIME, _TWICE),
    needs_server=True,
)
