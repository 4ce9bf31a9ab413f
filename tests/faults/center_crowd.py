"""Many made-up tills at one center: served in one program step by step, or in several at once."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Protocol

from sqlalchemy import make_url

from db.center.store import SqlCenterStore, open_engine
from pos.application.center.manage_members import AddMember, AddTill
from pos.application.center.ports import CenterContext, Clock, RegimeInForce
from pos.application.center.till_pass import TillPass
from pos.application.center.verify_center import VerifyCenter
from pos.application.membership.simulate_center import PRACTICE, serve_in_turn
from pos.application.membership.simulated_center_till import SimulatedCenterTill
from pos.application.membership.simulated_visitors import CenterPlan
from tests.application.membership.center_beside import CenterBeside
from tests.center.shops import KEYS, NOON, Center, TestKeys, make_center, regimes_in_force
from tests.faults.apart import apart
from tests.faults.center_line import Faults, Watched
from tests.faults.center_recount import Recount, TillBooks, recount
from tests.faults.experiment import Figures
from tests.faults.forked import Say, all_at_once


@dataclass(frozen=True, slots=True)
class Size:
    """Shops with their tills, visitors, and customers of each till."""

    shops: int
    tills: int
    visitors: int
    customers: int

    def plan(self, seed: int) -> CenterPlan:
        """On the way to China."""
        regime = regimes_in_force()["cn-horgos"]
        return CenterPlan(self.customers, self.visitors, self.shops, seed, regime.regime, regime.digest)


Passes = Mapping[tuple[int, int], TillPass]


def let_take_part(context: CenterContext, size: Size) -> Passes:
    """The passes of all tills, by shop and number."""
    add_till, passes = AddTill(context, TestKeys()), {}
    for shop in range(size.shops):
        name = PRACTICE.format(shop)
        AddMember(context)(name, "owner")
        for till in range(size.tills):
            passes[shop, till] = add_till(name, str(till), "https://center.test", "owner")
    return passes


def context_at(url: str, now: Clock, regimes: Mapping[str, RegimeInForce]) -> CenterContext:
    """A center's database, opened by one program."""
    store = SqlCenterStore(open_engine(make_url(url), 4, 10), KEYS.chained, now)
    return CenterContext(store=store, now=now, regimes=lambda _at=None: regimes, keys=KEYS, evaluator="1")


@dataclass
class Crowd:
    """Some of the tills of a center, each over a line of its own."""

    tills: list[SimulatedCenterTill]
    lines: list[Watched]
    events: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, context: CenterContext, passes: Passes, plan: CenterPlan, faults: Faults, now: Clock) -> Crowd:
        """The tills with these passes."""
        regimes = {name: each.regime for name, each in context.regimes().items()}
        tills, lines = [], []
        for (shop, number), given in passes.items():
            beside = CenterBeside(_Opened(context), given)  # type: ignore[arg-type]  # it asks for nothing else
            line = Watched(beside, shop, now, Random(f"{plan.seed} line {shop} {number}"), faults)
            lines.append(line)
            tills.append(SimulatedCenterTill(f"{shop}-{number}", shop, line, given.identity, plan, regimes, now))
        return cls(tills, lines)

    def serve(self, dice: Random, killed: float = 0.0, after_each: Callable[[], None] = lambda: None) -> None:
        """Let one till after the other do a step, in an order of chance, until all is told and all has arrived."""
        self.events = serve_in_turn(self.tills, dice, killed, after_each)
        for line in self.lines:
            line.close()

    def books(self) -> list[TillBooks]:
        """What each till has, as the recount reads it."""
        return [_books_of(till) for till in self.tills]

    def figures(self) -> dict[str, Any]:
        """What the tills have, what was wrong in the answers, and how often what happened: for another process, too."""
        counts = {name: sum(line.counts[name] for line in self.lines) for name in self.lines[0].counts}
        violations = [line for each in self.lines for line in each.violations]
        return {"books": self.books(), "violations": violations, "counts": counts, "events": self.events}


def _books_of(till: SimulatedCenterTill) -> dict[str, Any]:
    store = till.store
    sales = [
        {
            "key": sale.key,
            "document": sale.document,
            "reservation": sale.reservation,
            "lines": [[line.line, line.goods.quantity, line.goods.taxed_units] for line in sale.lines],
        }
        for sale in store.sales
    ]
    return {"sales": sales, "given_back": store.given_back, "refused": store.refused}


def identities(plan: CenterPlan, given: TillPass) -> dict[str, bytes]:
    """What the center's database has of each visitor's document."""
    documents = [plan.document(person) for person in range(plan.people)]
    return {document: KEYS.hidden(given.identity(document)) for document in documents}


def checked(center: Center, plan: CenterPlan, passes: Passes, tills: Sequence[TillBooks], now: datetime) -> Recount:
    """The recount, with what the center finds in its own books."""
    given = next(iter(passes.values()))
    counted = recount(center.url, tills, identities(plan, given), now)
    findings = [f"verify: {each.kind.value} {each.where}" for each in VerifyCenter(center.context)().findings]
    return Recount(counted.figures, [*counted.violations, *findings])


@dataclass(frozen=True, slots=True)
class _Opened:
    """What a till beside a center asks of it."""

    context: CenterContext


@dataclass(frozen=True, slots=True)
class FastClock:
    """The center's time, the same in all programs of this computer: it begins in the evening and runs faster."""

    began: float
    times: float = 20.0

    def __call__(self) -> datetime:
        return NOON + timedelta(hours=9) + timedelta(seconds=(time.monotonic() - self.began) * self.times)


def sold_in_turn(center: Center, size: Size, faults: Faults, seed: int) -> Figures:
    """Everything in this program, in an order that the seed decides."""
    dice, plan = Random(seed), size.plan(seed)
    passes = let_take_part(center.context, size)
    crowd = Crowd.of(center.context, passes, plan, faults, center.clock)
    crowd.serve(dice, faults.killed, lambda: center.clock.pass_by(seconds=dice.choice(_STEPS)))
    center.clock.pass_by(hours=2)  # whatever is open is in doubt by then
    counted = checked(center, plan, passes, crowd.books(), center.clock())
    return _figures(size, [crowd.figures()], counted)


_STEPS = (1, 2, 4, 20, 60, 300)
"""Seconds between two steps of any tills."""


class OneServer(Protocol):
    """Where a center's database is."""

    def create(self, database: str) -> str: ...


def sold_at_once(
    server: OneServer,
    size: Size,
    faults: Faults,
    processes: int,
    seed: int,
    meanwhile: Callable[[threading.Event], Mapping[str, int]] = lambda _over: {},
) -> Figures:
    """Each process serves its share of the tills against the database, as a process of the service does for them.

    `meanwhile` is done here until its event is set; it returns what it has done.
    """
    clock = FastClock(time.monotonic())
    made = make_center(server, "center", regimes_in_force())  # type: ignore[arg-type]  # it asks for nothing else
    made.store.close()
    url, regimes = made.url, regimes_in_force()
    context = context_at(url, clock, regimes)
    passes = let_take_part(context, size)
    context.store.close()  # type: ignore[attr-defined]
    over = threading.Event()
    with ThreadPoolExecutor(1) as beside:
        serving = beside.submit(apart, serve_at_once, url, clock, passes, size, faults, processes, seed)
        serving.add_done_callback(lambda _done: over.set())
        done = meanwhile(over)  # here: a server that a thread has started ends with that thread
        answers = serving.result()
    context = context_at(url, lambda: clock() + timedelta(hours=2), regimes)
    center = replace(made, context=context)
    books = [till for each in answers for till in each["books"]]
    counted = checked(center, size.plan(seed), passes, books, context.now())
    context.store.close()  # type: ignore[attr-defined]
    figures = _figures(size, answers, counted)
    return Figures({**figures.tried, **done}, figures.violations)


def serve_at_once(
    url: str, clock: FastClock, passes: Passes, size: Size, faults: Faults, processes: int, seed: int
) -> list[dict[str, Any]]:
    """What each process tells of its tills; each shop's tills are in different ones."""

    def process(number: int) -> Callable[[Say], None]:
        mine = {till: given for place, (till, given) in enumerate(passes.items()) if place % processes == number}

        def serve(say: Say) -> None:
            context = context_at(url, clock, regimes_in_force())
            crowd = Crowd.of(context, mine, size.plan(seed), faults, clock)
            crowd.serve(Random(f"{seed} process {number}"), faults.killed)
            say(crowd.figures())

        return serve

    said = all_at_once([process(number) for number in range(processes)])
    return [each[-1] if isinstance(each[-1], dict) else _broke(each[-1]) for each in said]


def _broke(said: Sequence[str]) -> dict[str, Any]:
    return {"books": [], "violations": [f"a process broke: {said[1]}"], "counts": {}, "events": {}}


def _figures(size: Size, answers: Sequence[Mapping[str, Any]], counted: Recount) -> Figures:
    happened: Counter[str] = Counter()
    violations = [line for each in answers for line in each["violations"]]
    for each in answers:
        happened.update({**each["counts"], **each["events"]})
    figures = {**counted.figures, **{name: happened[name] for name in _TOLD}}
    tried = {name: count for name, count in figures.items() if count or name == "sales"}
    return Figures({"tills": size.shops * size.tills, **tried}, (*violations, *counted.violations))


_TOLD = ("calls", "moved_on", "over", "lingers", "returned", "moved", "departed", "given_back", "sold_unseen",
         "lost", "twice", "late", "cuts", "killed")  # fmt: skip
