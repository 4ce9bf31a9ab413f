"""Simulate the shops of a center: made-up visitors buy in all of them, and the books are held against the tills'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from pos.application.center.ledgers import plain_regimes, regime_of
from pos.application.center.list_flags import ListFlags
from pos.application.center.manage_members import AddMember, AddTill
from pos.application.center.members_key import MembersKeys
from pos.application.center.ports import CenterContext
from pos.application.center.till_pass import TillPass
from pos.application.center.verify_center import FindingKind, VerifyCenter
from pos.application.membership.center_ledger import CenterLedger
from pos.application.membership.refusals import NotForPractice
from pos.application.membership.simulated_center_till import Event, SimulatedCenterTill
from pos.application.membership.simulated_visitors import CenterPlan
from pos.domain.border import border_in_force
from pos.domain.quota.rule import Regime

PRACTICE = "Practice {}"
"""The names of made-up members. A center with any other one is never simulated at."""
_BY = "simulate"
_SECONDS = (1, 2, 4, 20, 60)
"""Between two steps of any tills; what lingers runs out of its time."""


@dataclass
class SteppedClock:
    """A time that goes on from step to step, and never beyond an end."""

    at: datetime
    end: datetime | None = None

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, seconds: float) -> None:
        """Later by so much."""
        later = self.at + timedelta(seconds=seconds)
        self.at = later if self.end is None else min(later, self.end)


@dataclass(frozen=True, slots=True)
class CenterSimulation:
    """How much is simulated: shops with their tills, visitors, and customers of each till; and the seed of chance."""

    shops: int
    tills: int
    visitors: int
    sales: int
    seed: int


@dataclass(frozen=True, slots=True)
class CenterSimulated:
    """What happened, by name; the flags by kind; what tills and center disagree in; and what `verify` finds."""

    happened: Mapping[str, int]
    flags: Mapping[str, int]
    exceeded_without_flag: int
    broken: Sequence[str]
    findings: Sequence[str]


Connect = Callable[[TillPass], CenterLedger]


def serve_in_turn(
    tills: Sequence[SimulatedCenterTill],
    dice: Random,
    killed: float = 0.0,
    after_each: Callable[[], None] = lambda: None,
) -> Counter[str]:
    """Let one till after the other do a step, in an order of chance, until all is sent; what happened.

    With the chance `killed` a till dies after a step, and begins again with what its store has.
    """
    happened: Counter[str] = Counter()
    serving: list[tuple[SimulatedCenterTill, Iterator[Event]]] = [(till, till.serve()) for till in tills]
    while serving:
        place = dice.randrange(len(serving))
        till, steps = serving[place]
        event = next(steps, None)
        after_each()
        happened.update(event.keys() if event is not None else ())
        if event is None:
            serving[place] = serving[-1]
            serving.pop()
        elif dice.random() < killed:
            happened["killed"] += 1
            serving[place] = (till, replace(till).serve())
    return happened


def regime_to_practise(regimes: Mapping[str, Regime]) -> str:
    """The carried goods of the first side of the border."""
    first = border_in_force().destinations[0]
    usual = [first.regime] if first.regime in regimes else []
    others = (name for name, each in sorted(regimes.items()) if each.destination == first.country and not each.parcels)
    return next(iter((*usual, *others)))


@dataclass(frozen=True, slots=True)
class SimulateCenter:
    """Adds shops for practice to a center that has no others, and lets them trade. Raises NotForPractice.

    `connect` is a till's line to the service at `address`; time passes by `clock`, which is the center's, too.
    """

    context: CenterContext
    keys: MembersKeys
    connect: Connect
    address: str
    clock: SteppedClock

    def __call__(self, simulation: CenterSimulation) -> CenterSimulated:
        before = self._practised()
        names = [PRACTICE.format(before + number) for number in range(1, simulation.shops + 1)]
        passes = self._join(names, simulation.tills)
        return self.trade(simulation, names, passes, run=f"practice{before}")

    def trade(
        self,
        simulation: CenterSimulation,
        names: Sequence[str],
        passes: Mapping[tuple[int, str], TillPass],
        run: str,
        step: Sequence[float] = _SECONDS,
    ) -> CenterSimulated:
        """Let the tills with these passes, by shop and name, trade; what became of it."""
        began, dice = self.clock(), Random(f"{simulation.seed} order")
        regimes = plain_regimes(self.context)
        in_force = regime_of(self.context, regime_to_practise(regimes))
        plan = CenterPlan(
            simulation.sales, simulation.visitors, simulation.shops, simulation.seed, in_force.regime,
            in_force.digest, run,
        )  # fmt: skip
        tills = [
            SimulatedCenterTill(f"{shop}-{name}", shop, self.connect(given), given.identity, plan, regimes, self.clock)
            for (shop, name), given in passes.items()
        ]
        try:
            happened = serve_in_turn(tills, dice, after_each=lambda: self.clock.pass_by(dice.choice(step)))
        finally:
            for till in tills:
                till.center.close()
        return self._told(names, tills, happened, began)

    def _practised(self) -> int:
        """How many shops for practice there are already. Raises NotForPractice where there is any other one."""
        with self.context.store.reading() as work:
            shops = work.members.names()
        if any(not name.startswith(PRACTICE.format("")) for name in shops):
            raise NotForPractice
        return len(shops)

    def _join(self, names: Sequence[str], tills: int) -> Mapping[tuple[int, str], TillPass]:
        add_member, add_till = AddMember(self.context), AddTill(self.context, self.keys)
        passes = {}
        for shop, name in enumerate(names):
            add_member(name, _BY)
            for number in range(1, tills + 1):
                passes[shop, f"T{number}"] = add_till(name, f"T{number}", self.address, _BY)
        return passes

    def _told(
        self, names: Sequence[str], tills: Sequence[SimulatedCenterTill], happened: Counter[str], began: datetime
    ) -> CenterSimulated:
        findings = VerifyCenter(self.context)().findings
        flags = Counter(flag.kind for flag in ListFlags(self.context)(began.date()))
        exceeded = sum(each.kind is FindingKind.EXCESS_NOT_FLAGGED for each in findings)
        broken = [line for shop, name in enumerate(names) for line in self._unlike(name, shop, tills, began)]
        return CenterSimulated(
            happened, flags, exceeded, broken, [f"{each.kind.value} {each.where}" for each in findings]
        )

    def _unlike(self, name: str, shop: int, tills: Sequence[SimulatedCenterTill], began: datetime) -> Iterator[str]:
        """What the tills of a shop sold and the center has not, or otherwise."""
        span = timedelta(days=1)
        with self.context.store.reading() as work:
            found = work.audit.shop(name, began - span, self.clock() + span)
        there = {} if found is None else dict(found.lines)
        late = () if found is None else found.returned_after_departure
        for till in (each for each in tills if each.shop == shop):
            yield from till.store.refused
            for sale in till.store.sales:
                for line in sale.lines:
                    booked = there.pop((sale.key, line.line), None)  # type: ignore[call-overload]  # a LineId is a pair
                    if booked is None:
                        yield f"line {line.line} of {sale.key} was sold and is lost"
                    elif booked.units - booked.returned != line.goods.quantity and (sale.key, line.line) not in late:
                        yield f"line {line.line} of {sale.key} has other units"
        yield from (f"line {number} of {sale} was never sold" for sale, number in there)
