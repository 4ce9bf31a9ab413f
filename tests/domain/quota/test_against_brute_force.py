"""The optimiser says what a plain search over everything says."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.quota.allowance_position import PastSale, Traveller, position_of
from pos.domain.quota.evaluation import judge
from pos.domain.quota.measure import Goods
from pos.domain.quota.party_split import Member, evaluate_party
from pos.domain.quota.rule import Verdict
from tests.domain.quota.border import NOON, RATES, regime
from tests.domain.quota.brute_force import Plain, party_advice, split
from tests.domain.quota.strategies import pasts, regimes, small_baskets, visitors

People = list[tuple[Traveller, list[PastSale]]]


@given(regimes, visitors, pasts(), small_baskets(7))
@settings(max_examples=4 * settings().max_examples)
def test_one_visitor(name: str, visitor: Traveller, history: list[PastSale], basket: list[Goods]) -> None:
    plain = Plain(regime(name), visitor, history, NOON, RATES)
    pieces = [piece for line, goods in enumerate(basket) for piece in plain.pieces(goods, line)]
    said = judge(position_of(regime(name), visitor, history, NOON, RATES), basket)
    assert said.assessment.verdict == plain.verdict([*plain.pending, *pieces])
    assert (None if said.bill is None else said.bill.exact) == plain.duty([*plain.pending, *pieces])
    assert said.bill is None or said.bill.proved
    advised = None if said.advice is None else dict(said.advice.units)
    wanted = plain.advice(pieces)
    assert advised == (None if wanted is None else {line: units for line, units in enumerate(wanted) if units})


@given(regimes, st.lists(st.tuples(visitors, pasts(most=1)), min_size=2, max_size=3), small_baskets(4))
@settings(max_examples=2 * settings().max_examples)
def test_a_party(name: str, people: People, basket: list[Goods]) -> None:
    plain = [Plain(regime(name), visitor, history, NOON, RATES) for visitor, history in people]
    pieces = [piece for line, goods in enumerate(basket) for piece in plain[0].pieces(goods, line)]
    members = [
        Member(str(index), position_of(regime(name), visitor, history, NOON, RATES))
        for index, (visitor, history) in enumerate(people)
    ]
    said = evaluate_party(members, basket)
    verdict, duty = split(plain, pieces)
    assert said.verdict == verdict
    assert said.proved
    bills = [judgement.bill for _, judgement in said.members if judgement.bill is not None]
    if verdict is Verdict.DUTY:
        assert sum((bill.exact for bill in bills), Fraction(0)) == duty
    advised = None if said.advice is None else dict(said.advice.units)
    wanted = party_advice(plain, pieces)
    assert advised == (None if wanted is None else {line: units for line, units in enumerate(wanted) if units})
    carried = [0] * len(basket)
    for parts in said.split.values():
        for line, units in parts:
            carried[line] += units
    assert carried == [line.quantity for line in basket]
