"""What a visitor bought in other shops of the center lies in the same carry-out, and stays as it was sold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.quota.allowance_position import PastSale, Traveller, position_of
from pos.domain.quota.evaluation import judge
from pos.domain.quota.measure import Goods, ItemOrigin
from pos.domain.quota.party_split import Member, evaluate_party
from pos.domain.quota.rule import Regime, Verdict
from tests.domain.quota import strategies, test_any_rules
from tests.domain.quota.border import NOON, RATES, regime
from tests.domain.quota.brute_force import Piece, party_advice, split
from tests.domain.quota.brute_force_of_shops import PlainShop
from tests.domain.quota.test_any_rules import advised, assert_nothing_is_under_the_floor


@st.composite
def histories(draw: st.DrawFn, lines: st.SearchStrategy[Goods], most: int = 3) -> list[PastSale]:
    """Sales here and in other shops: waiting, or carried out this month; each at an instant of its own."""
    sales = []
    for index in range(draw(st.integers(1, most))):
        at = NOON - timedelta(hours=draw(st.sampled_from([1, 1, 1, 2, 26])), minutes=index + 1)
        left = at + timedelta(minutes=30) if draw(st.integers(0, 3)) == 0 else None
        sold = draw(st.lists(lines, min_size=1, max_size=2))
        sold = [replace(line, taxed_units=draw(st.integers(0, line.quantity))) for line in sold]
        sales.append(PastSale(at, left, tuple(sold), fixed=draw(st.integers(0, 3)) > 0))
    return sales


past_of_any_rules = histories(test_any_rules.lines())
past_of_shipped = histories(strategies.lines(most=2))


def pieces_of(plain: PlainShop, basket: Sequence[Goods]) -> list[Piece]:
    return [piece for line, goods in enumerate(basket) for piece in plain.pieces(goods, line)]


def assert_one_visitor(rules: Regime, visitor: Traveller, history: list[PastSale], basket: list[Goods]) -> None:
    plain = PlainShop(rules, visitor, history, NOON, RATES)
    pieces = pieces_of(plain, basket)
    position = position_of(rules, visitor, history, NOON, RATES)

    said = judge(position, basket)

    everything = [*plain.pending, *pieces]
    assert said.assessment.verdict == plain.verdict(everything)
    assert (None if said.bill is None else said.bill.exact) == plain.duty(everything)
    assert said.bill is None or said.bill.proved
    wanted = plain.advice(pieces)
    assert advised(None if said.advice is None else said.advice.units, len(basket)) == wanted
    fixed = {item.lot.origin for item in position.fixed}
    assert said.bill is None or fixed.isdisjoint(unit.origin for unit in said.bill.units)
    assert fixed.isdisjoint(ItemOrigin(line) for line in range(len(basket)))


@given(test_any_rules.regimes(), test_any_rules.visitors, past_of_any_rules, test_any_rules.baskets(3))
@settings(max_examples=2 * settings().max_examples)
def test_one_visitor_under_any_rules(
    rules: Regime, visitor: Traveller, history: list[PastSale], basket: list[Goods]
) -> None:
    assert_one_visitor(rules, visitor, history, basket)


@given(strategies.regimes, strategies.visitors, past_of_shipped, strategies.small_baskets(5))
@settings(max_examples=2 * settings().max_examples)
def test_one_visitor_under_the_shipped_rules(
    name: str, visitor: Traveller, history: list[PastSale], basket: list[Goods]
) -> None:
    assert_one_visitor(regime(name), visitor, history, basket)


@given(
    test_any_rules.regimes(),
    st.lists(st.tuples(test_any_rules.visitors, histories(test_any_rules.lines(), 2)), min_size=2, max_size=3),
    test_any_rules.baskets(2),
)
def test_a_party_shares_out_what_is_sold_here_and_nothing_else(
    rules: Regime, people: list[tuple[Traveller, list[PastSale]]], basket: list[Goods]
) -> None:
    plain = [PlainShop(rules, visitor, history, NOON, RATES) for visitor, history in people]
    pieces = pieces_of(plain[0], basket)
    positions = [position_of(rules, visitor, history, NOON, RATES) for visitor, history in people]

    said = evaluate_party([Member(str(index), at) for index, at in enumerate(positions)], basket)

    verdict, duty = split(plain, pieces)
    bills = [judgement.bill for _, judgement in said.members if judgement.bill is not None]
    owed = sum((bill.exact for bill in bills), Fraction(0)) if verdict is Verdict.DUTY else None
    assert (said.verdict, owed) == (verdict, duty)
    wanted = party_advice(plain, pieces)
    assert advised(None if said.advice is None else said.advice.units, len(basket)) == wanted
    assert_nothing_is_under_the_floor(positions, basket, verdict, duty)
    carried = [0] * len(basket)
    for parts in said.split.values():
        for line, units in parts:
            carried[line] += units
    assert carried == [line.quantity for line in basket]
