"""The allowance: assessing a basket, duty and advice for one visitor, and the split of a party."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random

from pos.application.quota.quota_scenario import read_scenario
from pos.domain.quota.allowance_position import AllowancePosition, PastSale, position_of
from pos.domain.quota.assess import assess, assess_from
from pos.domain.quota.evaluation import judge
from pos.domain.quota.measure import Goods, exact
from pos.domain.quota.party_split import Member, PartyEvaluation, best_party, evaluate_party
from pos.domain.quota.rule import Exact
from tests.benchmarks.baskets import RATES, basket
from tests.benchmarks.table import Effort, Row, side_by_side, timed
from tests.domain.quota.border import ADULT, CHILD, NOON, regime, shipped

PARTIES = Path(__file__).parents[1] / "vectors" / "parties.json"
REGIMES = ("cn-horgos", "kz-horgos")
DEARNESS = {"within": (0.1, 0.25), "over": (0.6, 1.2)}
"""How dear the goods of one visitor's 30 units are: below every allowance, and from a little to far above it."""


def measure(effort: Effort) -> Iterator[Row]:
    """Every row of the table of performance.md, T11."""
    yield from _ten_lines(effort)
    yield from _a_past(effort)
    for visitors, units, target in ((1, 30, 10), (8, 60, 100), (40, 400, 1_000)):
        if visitors > 8 and effort.quick:
            continue
        for name in REGIMES:
            for sort, dearness in DEARNESS.items():
                yield _optimised(effort, name, visitors, units, target, sort, dearness)
    yield from _great_parties(effort)


_EUROS = RATES.worth("CNY", "EUR")


def bare(basket: Sequence[Goods]) -> list[Exact]:
    """The least that any evaluator must do: value, weight and volume of the lines, exactly, and nothing else."""
    value: Exact = 0
    sums: list[Exact] = [0, 0]
    for goods in basket:
        value += goods.unit_price * goods.quantity - goods.discount
        attributes = goods.attributes
        for index, amount in enumerate((attributes.gross_kg, attributes.ml)):
            if amount is not None:
                sums[index] += exact(amount) * goods.quantity
    return [value * _EUROS, *sums]


def _ten_lines(effort: Effort) -> Iterator[Row]:
    lines = basket(Random(10), 10, 0.4, most=1)
    for name in REGIMES:
        position = position_of(regime(name), ADULT, [], NOON, RATES)

        def whole(name: str = name) -> object:
            return assess(regime(name), ADULT, [], lines, NOON, RATES)

        def known(position: AllowancePosition = position) -> object:
            return assess_from(position, lines)

        first, again, limit = side_by_side(effort.repeats, whole, known, lambda: bare(lines))
        yield Row(f"{name}: assess 10 lines", first, limit, 0.3)
        yield Row(f"{name}: … of a visitor at hand", again, limit, 0.3)


def _a_past(effort: Effort) -> Iterator[Row]:
    luck = Random(100)
    for name in REGIMES:
        past = []
        for index in range(20):
            at = NOON - timedelta(days=index % 25, hours=1)
            past.append(PastSale(at, at + timedelta(minutes=20) if index % 3 else None, tuple(basket(luck, 5, 0.1, 1))))
        lines = [goods for sale in past for goods in sale.lines]

        def weigh(name: str = name, past: Sequence[PastSale] = past) -> object:
            return position_of(regime(name), ADULT, past, NOON, RATES)

        def limit(lines: Sequence[Goods] = lines) -> object:
            return bare(lines)

        times, beside = side_by_side(max(effort.repeats // 3, 1), weigh, limit)
        yield Row(f"{name}: a past of {len(lines)} lines weighed", times, beside)


def _optimised(
    effort: Effort, name: str, visitors: int, units: int, target: float, sort: str, dearness: tuple[float, float]
) -> Row:
    """Verdict, duty and advice (and the split) of many baskets; every eighth visitor of a party is a child.

    The time of a basket is the least of three, the worst that of the slowest basket.
    """
    luck = Random(f"{name} {visitors} {units} {sort}")
    positions = [
        position_of(regime(name), CHILD if index % 8 == 7 else ADULT, [], NOON, RATES) for index in range(visitors)
    ]
    members = [Member(str(index), position) for index, position in enumerate(positions)]
    share = 30 / units * visitors  # a party has more room for each unit than one visitor has
    times, proved = [], 0
    for _ in range(effort.baskets if visitors == 1 else max(effort.baskets // (4 if visitors <= 8 else 8), 1)):
        lines = basket(luck, units, luck.uniform(*dearness) * share, most=luck.randint(1, 3))
        said: list[bool] = []
        step = _alone(positions[0], lines, said) if visitors == 1 else _together(members, lines, said)
        # The work is the same each time, so whatever a busy machine adds is no part of it.
        times.append(min(timed(step) for _ in range(1 if visitors > 8 or effort.quick else 3)))
        proved += all(said)
    return Row(f"{name}: {visitors} × {units}, {sort}", times, (), target, True, proved)


def _great_parties(effort: Effort) -> Iterator[Row]:
    """The first and the last answer for parties whose least duty is known (tests/vectors); no row asserts it."""
    known = [
        read_scenario(case["scenario"], shipped())
        for case in json.loads(PARTIES.read_text(encoding="utf-8"), parse_float=Decimal)
    ]
    for name in REGIMES:
        firsts, lasts, proved = [], [], 0
        for scenario in known[:2] if effort.quick else known:
            if scenario.regime.id != name:
                continue
            members = [
                Member(one.id, position_of(scenario.regime, one.visitor, one.history, scenario.at, scenario.rates))
                for one in scenario.people
            ]
            evaluations: list[PartyEvaluation] = []
            firsts.append(timed(partial(evaluate_party, members, scenario.basket)))
            lasts.append(timed(partial(_last, members, scenario.basket, evaluations)))
            proved += evaluations[0].proved
        if firsts:
            yield Row(f"{name}: a great party, first split", firsts, (), 100, True)
            yield Row(f"{name}: … last split", lasts, (), 2_000, True, proved)


def _last(members: Sequence[Member], lines: Sequence[Goods], evaluations: list[PartyEvaluation]) -> None:
    evaluations.append(best_party(members, lines))


def _alone(position: AllowancePosition, lines: Sequence[Goods], said: list[bool]) -> Callable[[], None]:
    def step() -> None:
        judgement = judge(position, lines)
        said.append(judgement.bill is None or judgement.bill.proved)
        said.append(judgement.advice is None or judgement.advice.proved)

    return step


def _together(members: Sequence[Member], lines: Sequence[Goods], said: list[bool]) -> Callable[[], None]:
    def step() -> None:
        judgement = evaluate_party(members, lines)
        said.append(judgement.proved)
        said.append(judgement.advice is None or judgement.advice.proved)

    return step
