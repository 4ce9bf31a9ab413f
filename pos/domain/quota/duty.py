"""The estimate of the duty: the units exempt so that every limit holds and the duty on the rest is least."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from pos.domain.money import Money
from pos.domain.quota.allowance_position import AllowancePosition
from pos.domain.quota.assess import Assessment
from pos.domain.quota.knapsack import BUDGET, pack_one_of
from pos.domain.quota.limits import Limits, kinds_of
from pos.domain.quota.measure import ItemOrigin, QuotaItem
from pos.domain.quota.meet_in_the_middle import Item
from pos.domain.quota.rule import PartAbove, Verdict, WholeUnit


@dataclass(frozen=True, slots=True)
class Dutiable:
    """Units of one line that are taxed whole, and the exact duty on them."""

    origin: ItemOrigin
    units: int
    taxable: Fraction
    rate: Fraction
    duty: Fraction


@dataclass(frozen=True, slots=True)
class Bill:
    """The estimate: `exact` is the sum, `amount` is rounded once. `proved`: nothing cheaper exists.

    `units` is empty where the part above the limit is taxed and not the unit.
    """

    exact: Fraction
    amount: Money
    units: tuple[Dutiable, ...] = ()
    proved: bool = True


class Exemption(NamedTuple):
    """How many units of each kind go out exempt; whether no other choice taxes less; the states that it took."""

    units: dict[int, int]
    proved: bool
    states: int


def bill(
    position: AllowancePosition, basket: Sequence[QuotaItem], assessment: Assessment, budget: int = BUDGET
) -> Bill | None:
    """The duty on pending goods and the basket; None unless the verdict is `duty`."""
    if assessment.verdict is not Verdict.DUTY:
        return None
    return billed(Limits(position, kinds_of(basket)), budget)[0]


def billed(limits: Limits, budget: int, known: Mapping[int, int] | None = None) -> tuple[Bill | None, int]:
    """The duty on all goods of `limits`, whose verdict is `duty`, and the states of the search for it.

    `known` is a choice of units to exempt, by kind, that was found elsewhere.
    """
    regime, charge = limits.position.regime, limits.position.charge
    present = [(index, kind.number) for index, kind in enumerate(limits.kinds)]
    if isinstance(charge, PartAbove):
        exact = limits.part_duty(limits.sums(present))
        return Bill(exact, Money.rounded(exact, regime.currency)), 0
    if not isinstance(charge, WholeUnit):
        return None, 0
    exempt, proved, states = exempt_most(limits, present, budget, ties=True, known=known)
    units = []
    for index, n in present:
        if taxed := n - exempt.get(index, 0):
            unit, duty = limits.kinds[index].unit, limits.duty_of_unit(index)
            taxable = Fraction(unit.value * taxed)
            units.append(Dutiable(unit.origin, taxed, taxable, limits.rate(index), duty * taxed))
    units.sort(key=lambda taxed: (taxed.origin.history is not None, taxed.origin.history or 0, taxed.origin.line))
    exact = sum((taxed.duty for taxed in units), Fraction(0))
    return Bill(exact, Money.rounded(exact, regime.currency), tuple(units), proved), states


def exempt_most(
    limits: Limits,
    present: Sequence[tuple[int, int]],
    budget: int,
    ties: bool,
    known: Mapping[int, int] | None = None,
) -> Exemption:
    """The units of `present` to exempt so that the duty on the rest is least.

    With `ties` the fewest units are taxed among equal duties, then the last scanned. The choice that is `known` is
    taken where it can be and the search finds no better one.
    """
    whole, _ = limits.whole_duties()
    duties = [whole[kind] for kind, _ in present]
    profits, one = ranked(duties, present_in_order(limits, present)) if ties else (duties, 1)
    rooms, takes = limits.rooms(Verdict.DUTY)
    ways = []
    for banned, bounds in limits.options(Verdict.DUTY, present):
        items = [
            Item(
                profit,
                0 if limits.taxed[kind] or kind in banned else n,
                (*takes[kind], *[adds.get(kind, 0) for adds, _ in bounds]),
            )
            for profit, (kind, n) in zip(profits, present)
        ]
        ways.append((items, [*rooms, *[room for _, room in bounds]]))
    best = pack_one_of(ways, budget, None if known is None else [known.get(kind, 0) for kind, _ in present])
    if best is None:
        return Exemption({}, True, 0)
    units = {kind: n for (kind, _), n in zip(present, best.counts)}
    return Exemption(units, best.profit // one >= best.bound // one, best.states)


def present_in_order(limits: Limits, present: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """For each kind its number and its place in the order of scanning: pending goods were scanned first."""
    return [(n, kind - limits.movable if kind >= limits.movable else kind + len(limits.pending)) for kind, n in present]


def ranked(worths: Sequence[int], units: Sequence[tuple[int, int]]) -> tuple[list[int], int]:
    """Profits of keeping one unit: first its worth, then one unit more, then the earlier scanned.

    `units` are (number, place in the order of scanning). Exact in one whole number: a place weighs more than
    all places before it together, a unit more than all places, a worth of 1 more than all units: this last
    figure comes second.
    """
    base = max([n for n, _ in units], default=0) + 1
    one = base ** (len(units) + 1)
    least = one * (sum(n for n, _ in units) + 1)
    return [worth * least + one - base**index for worth, (_, index) in zip(worths, units)], least
