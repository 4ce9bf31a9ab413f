"""N3: the database of a center dies in the midst of payments, and its standby takes over."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace

from sqlalchemy import make_url

from db.center.store import SqlCenterStore, open_engine
from pos.application.center.ports import CenterContext
from pos.application.center.refusals import LedgerMoved
from pos.application.center.request_keys import key_of_till
from pos.application.center.requests import ReservationRequest
from pos.application.center.verify_center import VerifyCenter
from pos.domain.center.reservation import ReservationState
from pos.domain.errors import OutcomeUnknown, StoreError
from tests.center.shops import KEYS, Center, TestClock, TillAtCenter, make_center, perfume, regimes_in_force
from tests.faults.experiment import Experiment, Figures, Trial
from tests.postgres_server import Server
from tests.standby import address_of_both, promote, standby_of, wait_for_standby

_NO_STANDBY = "no COMMIT waits for the standby"
_MOST_SECONDS = 30.0
_PROCESSES_DIE = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "64MB", "min_wal_size": "2MB"}
"""No machine dies here: what a process has written stays."""


@dataclass
class _Selling:
    """A till that sells on, whatever its center does. What has no answer is asked again with the same key."""

    till: TillAtCenter
    clock: TestClock
    over: threading.Event
    booked: list[str] = field(default_factory=list)
    unknown: int = 0
    broke: list[str] = field(default_factory=list)

    def __call__(self) -> None:
        try:
            number = 0
            while not self.over.is_set():
                number += 1
                self.clock.pass_by(seconds=2)  # or a till looks up too many visitors in a moment
                self._sell(f"{self.till.caller.shop_name}-{number}")
        except Exception as error:  # noqa: BLE001 # whatever it is, it is reported as a violation
            self.broke.append(f"{self.till.caller.shop_name}: {error!r}"[:300])

    def _sell(self, document: str) -> None:
        asked: ReservationRequest | None = None
        while not self.over.is_set():
            try:
                if asked is None:
                    asked = self.till.request(self.till.look_up(document), perfume("10"))
                self.till.reserve(asked)
                self.till.confirm(asked)
                self.booked.append(asked.key)
            except LedgerMoved as moved:
                asked = self.till.request(moved.ledgers[0], perfume("10"))
            except OutcomeUnknown:
                self.unknown += 1
            except StoreError:
                time.sleep(0.05)
            else:
                return


def _run(trial: Trial) -> Figures:
    primary = Server.made(locale=("--locale=C.UTF-8", "--wal-segsize=1"), settings=_PROCESSES_DIE)
    try:
        return _fail_over(trial, primary)
    finally:
        primary.remove()


def _fail_over(trial: Trial, primary: Server) -> Figures:
    made = make_center(primary, "center", regimes_in_force())
    made.store.close()
    standby = standby_of(primary)
    if trial.mutant != _NO_STANDBY:
        wait_for_standby(primary)
    try:
        return _sell_through(trial, made, primary, standby)
    finally:
        standby.remove()


def _sell_through(trial: Trial, made: Center, primary: Server, standby: Server) -> Figures:
    url = make_url(address_of_both(primary, standby, "center"))
    clock, violations = time.monotonic, list[str]()
    store = SqlCenterStore(open_engine(url, 8), KEYS.chained, made.clock)
    context = replace(made.context, store=store)
    over = threading.Event()
    tills = [
        _Selling(TillAtCenter(context, made.till(name).caller, made.till(name).credential), made.clock, over)
        for name in ("A1", "B1")
    ]
    with store.reading() as work:
        if trial.mutant != _NO_STANDBY and work.standby() != "synchronous":
            violations.append(f"the center says that its standby is {work.standby()}")
    threads = [threading.Thread(target=each) for each in tills]
    for thread in threads:
        thread.start()
    _until(tills, trial.size(6, 300))
    standby.stop(at_once=True)
    time.sleep(0.2)  # what was on its way is there
    before = _booked(tills)
    time.sleep(trial.size(1, 5) * 0.6)
    waited = _booked(tills) - before
    if waited:
        violations.append(f"{waited} sales were acknowledged while the standby was gone")
    primary.stop(at_once=True)
    began = clock()
    standby.start()
    promote(standby)
    _until(tills, _booked(tills) + trial.size(6, 300))
    seconds = clock() - began
    over.set()
    for thread in threads:
        thread.join()
    if seconds > _MOST_SECONDS:
        violations.append(f"the tills went on after {seconds:.1f} s only")
    violations += _lost(tills, store, context)
    noticed = trial.mutant == _NO_STANDBY or _wrongly_started(primary, store)
    if not noticed:
        violations.append("the old primary was started beside the new one, and no one noticed")
    store.close()
    violations += [line for each in tills for line in each.broke]
    tried = {
        "sales acknowledged": _booked(tills),
        "answers lost": sum(each.unknown for each in tills),
        "old primaries noticed": int(noticed),
    }
    return Figures(tried, tuple(violations))


def _until(tills: list[_Selling], count: int) -> None:
    end = time.monotonic() + 60
    while _booked(tills) < count and time.monotonic() < end and not any(each.broke for each in tills):
        time.sleep(0.02)


def _booked(tills: list[_Selling]) -> int:
    return sum(len(each.booked) for each in tills)


def _lost(tills: list[_Selling], store: SqlCenterStore, context: CenterContext) -> list[str]:
    """What was acknowledged and is not there, and what the books say of themselves."""
    lost = []
    with store.begin() as work:
        for each in tills:
            for key in each.booked:
                found = work.reservations.of(key_of_till(each.till.caller, key))
                if found is None or found.state is not ReservationState.SOLD:
                    lost.append(f"{key} was acknowledged and is lost")
    findings = VerifyCenter(context)().findings
    return [*lost, *(f"{each.kind.value} {each.where}" for each in findings)]


def _wrongly_started(primary: Server, store: SqlCenterStore) -> bool:
    """Whether the center refuses to work with the old primary, which someone started as it was."""
    primary.start()
    primary.sql("ALTER SYSTEM RESET synchronous_standby_names")  # as a person does who wants it to go on
    primary.sql("SELECT pg_reload_conf()")
    store.close()  # new connections are made: the first host of the address takes writes again
    try:
        with store.begin() as work:
            work.members.tills()
    except StoreError as error:
        return error.what == "center_old_primary"
    return False


EXPERIMENT = Experiment(
    "N3",
    "A center whose database dies in the midst of payments goes on with its standby, and no acknowledged sale is lost.",
    _run,
    (_NO_STANDBY,),
    needs_server=True,
)
