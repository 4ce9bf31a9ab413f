"""The estimate of the duty: the units exempt so that every limit holds and the duty on the rest is least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pos.domain.money import Money
from pos.domain.quota.assess import Assessment
from pos.domain.quota.knapsack import BUDGET, Item, Packing, pack
from pos.domain.quota.limits import Limits, kinds_of
from pos.domain.quota.measure import Lot, Origin
from pos.domain.quota.rule import PartAbove, Verdict, WholeUnit
from pos.domain.quota.standing import Standing


@dataclass(frozen=True, slots=True)
class Taxed:
    """Units of one line that are taxed whole, and the exact duty on them."""

    origin: Origin
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
    units: tuple[Taxed, ...] = ()
    proved: bool = True


def bill(standing: Standing, basket: Sequence[Lot], assessment: Assessment, budget: int = BUDGET) -> Bill | None:
    """The duty on pending goods and the basket; None unless the verdict is `duty`."""
    if assessment.verdict is not Verdict.DUTY:
        return None
    limits = Limits(standing, kinds_of(basket))
    present = [(index, kind.number) for index, kind in enumerate(limits.kinds)]
    currency = standing.regime.currency
    if isinstance(standing.regime.charge, PartAbove):
        exact = limits.part_duty(limits.sums(present))
        return Bill(exact, Money.rounded(exact, currency))
    if not isinstance(standing.regime.charge, WholeUnit):
        return None
    exempt, proved = exempt_most(limits, present, budget, ties=True)
    units = []
    for index, n in present:
        if taxed := n - exempt[index]:
            unit, duty = limits.kinds[index].unit, limits.duty_of_unit(index)
            taxable = Fraction(unit.value * taxed)
            units.append(Taxed(unit.origin, taxed, taxable, limits.rate(index), duty * taxed))
    units.sort(key=lambda taxed: (taxed.origin.history is not None, taxed.origin.history or 0, taxed.origin.line))
    exact = sum((taxed.duty for taxed in units), Fraction(0))
    return Bill(exact, Money.rounded(exact, currency), tuple(units), proved)


def exempt_most(
    limits: Limits, present: Sequence[tuple[int, int]], budget: int, ties: bool
) -> tuple[dict[int, int], bool]:
    """How many units of each kind go out exempt so that the duty on the rest is least, and whether that is proved.

    With `ties` the fewest units are taxed among equal duties, then the last scanned.
    """
    whole, _ = limits.whole_duties()
    duties = [whole[kind] for kind, _ in present]
    profits = ranked(duties, present_in_order(limits, present)) if ties else duties
    rooms = [(check.adds, room) for check in limits.checks if (room := check.room(Verdict.DUTY)) is not None]
    best: Packing | None = None
    bound = 0
    for banned, bounds in limits.options(Verdict.DUTY, present):
        limited = [*rooms, *bounds]
        items = [
            Item(
                profit,
                0 if limits.taxed[kind] or kind in banned else n,
                tuple([adds.get(kind, 0) for adds, _ in limited]),
            )
            for profit, (kind, n) in zip(profits, present)
        ]
        packing = pack(items, [room for _, room in limited], budget, beat=-1 if best is None else best.profit)
        bound = max(bound, packing.bound)
        if best is None or packing.profit > best.profit:
            best = packing
    counts = best.counts if best is not None else (0,) * len(present)
    return {kind: n for (kind, _), n in zip(present, counts)}, best is None or best.profit >= bound


def present_in_order(limits: Limits, present: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """For each kind its number and its place in the order of scanning: pending goods were scanned first."""
    return [(n, kind - limits.movable if kind >= limits.movable else kind + len(limits.pending)) for kind, n in present]


def ranked(worths: Sequence[int], units: Sequence[tuple[int, int]]) -> list[int]:
    """Profits of keeping one unit: first its worth, then one unit more, then the earlier scanned.

    `units` are (number, place in the order of scanning). Exact in one whole number: a place weighs more than
    all places before it together, a unit more than all places, a worth more than all units.
    """
    base = max([n for n, _ in units], default=0) + 1
    one = base ** (len(units) + 1)
    least = one * (sum(n for n, _ in units) + 1)
    return [worth * least + one - base**place for worth, (_, place) in zip(worths, units)]
