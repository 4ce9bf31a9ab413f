"""Several visitors who shop together: who carries what, by the till or by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pos.domain.quota.allowance_position import Traveller, position_of
from pos.domain.quota.measure import Goods
from pos.domain.quota.party_split import Member, UnitsAstray, evaluate_party, evaluate_split
from pos.domain.quota.rule import Verdict
from tests.domain.quota.border import ADULT, CHILD, NOON, RATES, goods, regime, sold


def _party(name: str, *visitors: Traveller) -> list[Member]:
    return [
        Member("ABCDEFGH"[index], position_of(regime(name), visitor, [], NOON, RATES))
        for index, visitor in enumerate(visitors)
    ]


def _many(units: int) -> list[Goods]:
    """A family's day: dear and cheap, bottles and cartons, all different."""
    kinds = ("perfume", "bag", "alcohol.spirit", "tobacco.cigarette", "toy", "cosmetics.premium", "clothing")
    return [
        goods(kinds[i % 7], f"{300 + 137 * i % 2900}.50", ml="700", abv="40", sticks=200, gross_kg="1.5", net_g="150")
        for i in range(units)
    ]


def test_the_same_basket_gives_the_same_split() -> None:
    members = _party("cn-horgos", *[ADULT] * 6, CHILD, CHILD)
    first, second = evaluate_party(members, _many(40)), evaluate_party(members, _many(40))
    assert (first.split, first.duty, first.advice) == (second.split, second.duty, second.advice)


def test_no_unit_is_lost_and_no_child_carries_a_bottle() -> None:
    basket = _many(30)
    split = evaluate_party(_party("cn-horgos", ADULT, CHILD, ADULT, ADULT), basket).split
    carried = sorted(line for parts in split.values() for line, units in parts for _ in range(units))
    assert carried == list(range(30))
    assert not {basket[line].category for line, _ in split["B"]} & {"alcohol.spirit", "tobacco.cigarette"}


def test_overloading_one_companion_can_cost_less_than_sharing_evenly() -> None:
    basket = [
        goods("appliance", "10", currency="EUR", gross_kg="35"),
        goods("bag", "600", currency="EUR", gross_kg="1"),
    ]
    members = _party("kz-horgos", ADULT, ADULT)
    shared = evaluate_split(members, basket, {"A": [(0, 1)], "B": [(1, 1)]})
    best = evaluate_party(members, basket)
    assert best.proved
    assert str(shared.duty) == "70.00"  # 4 x 10 kg, and 30 % of 100 EUR
    assert str(best.duty) == "44.00"  # one carries both: max(30 % of 110 EUR, 4 x 11 kg)


def test_a_unit_moved_by_hand_is_judged_at_once() -> None:
    members = _party("cn-horgos", ADULT, ADULT)
    basket = [goods("perfume", "4000", 4)]
    assert evaluate_party(members, basket).verdict is Verdict.OK
    moved = evaluate_split(members, basket, {"A": [(0, 3)], "B": [(0, 1)]})
    assert moved.verdict is Verdict.DUTY
    assert [judgement.assessment.verdict for _, judgement in moved.members] == [Verdict.DUTY, Verdict.OK]
    assert str(moved.duty) == "800.00"
    assert moved.advice is None  # a better split needs nothing left behind


@pytest.mark.parametrize(
    "split",
    [{"A": [(0, 3)]}, {"A": [(0, 4)], "B": [(0, 1)]}, {"Z": [(0, 4)]}, {"A": [(1, 4)]}, {"A": [(0, -1), (0, 5)]}],
)
def test_a_split_by_hand_that_loses_or_doubles_a_unit_is_refused(split: dict[str, list[tuple[int, int]]]) -> None:
    with pytest.raises(UnitsAstray):
        evaluate_split(_party("cn-horgos", ADULT, ADULT), [goods("perfume", "4000", 4)], split)


def test_a_party_leaves_only_what_no_one_can_carry() -> None:
    party = evaluate_party(_party("cn-horgos", ADULT, ADULT), [goods("perfume", "5000", 2), goods("toy", "3000", 3)])
    assert party.verdict is Verdict.DUTY
    assert party.advice is not None
    assert party.advice.units == ((1, 1),)
    assert party.advice.proved


def test_goods_that_are_pending_stay_with_the_one_who_bought_them() -> None:
    history = [sold("2026-11-20T08:00:00+08:00", goods("perfume", "9000"))]
    members = [
        Member("A", position_of(regime("cn-horgos"), ADULT, history, NOON, RATES)),
        Member("B", position_of(regime("cn-horgos"), ADULT, [], NOON, RATES)),
    ]
    party = evaluate_party(members, [goods("toy", "100")])
    assert party.verdict is Verdict.DUTY
    assert str(party.duty) == "1800.00"
    assert party.advice is None


def test_a_great_party_is_split_within_its_budget_and_says_so() -> None:
    members = _party("cn-horgos", *[ADULT] * 8)
    party = evaluate_party(members, _many(60), budget=300)
    bills = [judgement.bill.exact for _, judgement in party.members if judgement.bill is not None]
    assert party.verdict is Verdict.DUTY
    assert party.duty is not None
    assert party.duty.units == sum(bills, Fraction(0))
    assert not party.proved
