"""The parts of the search for a split: what fits, what is alike, what nothing can be under."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import inf
from random import Random

import pytest

from pos.domain.quota.advice import Advice
from pos.domain.quota.allowance_position import AllowancePosition, position_of
from pos.domain.quota.allowances import Heap, profits_of
from pos.domain.quota.evaluation import Evaluation, evaluate_items
from pos.domain.quota.filling import Allowance, AllowanceHoldings, Filling, FillingWay
from pos.domain.quota.goods_to_remove import alike
from pos.domain.quota.knapsack import pack, pack_one_of
from pos.domain.quota.limits import Limits, kinds_of
from pos.domain.quota.measure import Goods, ItemOrigin, QuotaItem
from pos.domain.quota.meet_in_the_middle import Item
from pos.domain.quota.party_split import Member, UnitsAstray, best_party, by_line, evaluate_split
from pos.domain.quota.pooling import duty_floor, most_kept, pooled, verdict_floor
from pos.domain.quota.rule import (
    Ban,
    Charge,
    DutyRate,
    PartAbove,
    Rule,
    Scope,
    Sum,
    Tier,
    Tiers,
    Verdict,
    Who,
    WholeUnit,
)
from pos.domain.quota.rule_excess import LimitUse
from pos.domain.quota.share_cost import Cost, LeftBehind, ShareCost, TravellerCost, changed, positions_alike
from pos.domain.quota.sharing import PartyTotal, total_of
from tests.domain.quota.border import ADULT, ALL, CHILD, NOON, RATES, a_regime, a_rule, goods, sold

TAXED = WholeUnit((DutyRate(ALL, Fraction(3, 5), Fraction(200)), DutyRate(ALL, Fraction(1, 5))))
VALUE = a_rule(Sum("value", Fraction(300)), over=Verdict.DUTY)
PIECES = a_rule(Sum("pieces", Fraction(3)), over=Verdict.REFUSE, id="pieces")


def position(*rules: Rule, charge: Charge | None = None, waiting: tuple[Goods, ...] = ()) -> AllowancePosition:
    past = [sold("2026-11-20T09:00:00+08:00", *waiting)] if waiting else []
    return position_of(a_regime(*rules, charge=charge), ADULT, past, NOON, RATES)


def weighed(at: AllowancePosition, *lines: Goods) -> list[QuotaItem]:
    return [at.scales.lot(ItemOrigin(index), line) for index, line in enumerate(lines)]


def limits(at: AllowancePosition, *lines: Goods) -> Limits:
    return Limits(at, kinds_of(weighed(at, *lines)))


def toy(price: str, quantity: int = 1) -> Goods:
    return goods("toy", price, quantity)


# ── packing ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_earns_nothing_or_does_not_fit_alone_stays_out() -> None:
    packing = pack([Item(0, 3, (0,)), Item(-1, 3, (0,)), Item(5, 3, (4,)), Item(9, 1, (12,)), Item(1, 2, (0,))], [11])

    assert (packing.counts, packing.profit, packing.bound, packing.proved) == ((0, 0, 2, 0, 2), 12, 12, True)
    assert packing.states == 0


def test_counts_that_are_known_are_the_answer_where_none_is_better() -> None:
    ways = [([Item(3, 2, (5,)), Item(4, 1, (7,))], [10]), ([Item(3, 0, (5,)), Item(4, 1, (7,))], [7])]

    best = pack_one_of(ways, start=[2, 0])
    assert best is not None
    assert (best.counts, best.profit, best.way) == ((2, 0), 6, 0)
    other = pack_one_of(ways, start=[0, 1])
    assert other is not None
    assert (other.counts, other.profit) == ((2, 0), 6)
    too_many = pack_one_of(ways, start=[3, 0])
    assert too_many is not None
    assert too_many.counts == (2, 0)
    beyond = pack_one_of(ways[1:], start=[0, 1])
    assert beyond is not None
    assert (beyond.counts, beyond.way) == ((0, 1), 0)


def test_of_two_ways_the_wider_room_is_searched_and_named() -> None:
    items = [Item(3, 2, (5,)), Item(4, 1, (7,))]

    best = pack_one_of([(items, [4]), (items, [12]), (items, [6])])
    assert best is not None
    assert (best.counts, best.profit, best.way) == ((1, 1), 7, 1)


# ── filling ──────────────────────────────────────────────────────────────────────────────────────────────────────


def one_sum(rooms: tuple[int, ...], weights: dict[int, int]) -> list[Allowance]:
    takes = {kind: (weight,) for kind, weight in weights.items()}
    return [Allowance((FillingWay(takes, (room,)),), 1, (frozenset(weights),)) for room in rooms]


def test_the_size_of_a_unit_is_its_part_of_an_allowance_and_its_worth_what_it_earns_for_that() -> None:
    filling = Filling(one_sum((10, 10), {0: 5, 1: 2, 3: 0}), [1, 1, 1, 1], [10, 6, 7, 8])

    assert filling.sizes == [0.5, 0.2, 0.0, 0.0]
    assert filling.worths == [20.0, 30.0, inf, inf]
    assert filling.rest == [0, 0, 1, 0]
    assert filling.profit == 24


def test_units_are_put_where_least_room_is_left_over() -> None:
    filling = Filling(one_sum((10, 6), {0: 6, 1: 3}), [1, 1], [10, 1])

    assert filling.shares == [{1: 1}, {0: 1}]
    assert [filling.room(index, 0) for index in range(2)] == [7, 0]


def test_what_was_held_is_held_again() -> None:
    filling = Filling(one_sum((10, 10), {0: 5}), [3], [10])
    before = filling.now()
    filling.move_in(0, 0, -1)
    assert filling.rest == [1]

    filling.restore(before)

    assert (filling.now(), filling.rest, before.profit) == (before, [0], 30)


def test_the_core_is_what_would_fit_if_all_allowances_were_one() -> None:
    filling = Filling(one_sum((10, 10), {0: 15, 1: 5, 2: 4}), [1, 1, 1], [30, 5, 2])

    assert filling.core() == [0, 1]


def test_an_allowance_that_holds_too_much_loses_what_earns_least() -> None:
    filling = Filling(one_sum((10,), {0: 5, 1: 4, 2: 3}), [1, 1, 2], [10, 4, 2])
    filling.restore(AllowanceHoldings(({0: 1, 1: 1, 2: 2},), (0,), 0))

    assert filling.room(0, 0) == -5
    assert filling.make_fit(0, Random(1))
    assert filling.shares[0] == {0: 1, 1: 1}
    assert filling.rest == [0, 0, 2]
    assert filling.make_fit(0, Random(1))


def test_an_allowance_that_is_full_to_the_brim_holds_no_more_than_it_may() -> None:
    filling = Filling(one_sum((10,), {0: 5}), [3], [10])
    filling.restore(AllowanceHoldings(({0: 3},), (0,), 0))

    assert filling.make_fit(0, Random(1))
    assert filling.shares[0] == {0: 2}


def test_what_takes_room_of_several_sums_is_not_taken_out_to_make_room() -> None:
    allowance = Allowance((FillingWay({0: (5, 1)}, (4, 4)),), 2, (frozenset(), frozenset()))
    filling = Filling([allowance], [1], [10])
    filling.restore(AllowanceHoldings(({0: 1},), (0,), 0))

    assert not filling.make_fit(0, Random(1))


def test_one_allowance_is_filled_as_profitably_as_can_be() -> None:
    filling = Filling(one_sum((10,), {0: 6, 1: 5}), [1, 2], [7, 6])
    filling.restore(AllowanceHoldings(({0: 1},), (0,), 7))

    filling.refill(0)

    assert (filling.shares[0], filling.rest, filling.profit) == ({1: 2}, [1, 0], 12)


# ── costs of a share ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_share_with_a_unit_more_or_fewer_stays_in_order() -> None:
    share = ((1, 2), (4, 1))

    assert changed(share, 1, 1) == ((1, 3), (4, 1))
    assert changed(share, 4, -1) == ((1, 2),)
    assert changed(share, 2, 1) == ((1, 2), (2, 1), (4, 1))
    assert changed(share, 0, 1) == ((0, 1), (1, 2), (4, 1))
    assert changed(share, 5, 2) == ((1, 2), (4, 1), (5, 2))
    assert changed((), 0, 1) == ((0, 1),)


def test_a_share_costs_its_verdict_and_the_least_duty_on_what_is_above() -> None:
    at = position(VALUE, PIECES, charge=TAXED)
    cost = TravellerCost(at, kinds_of(weighed(at, toy("100", 5), toy("250", 2))))

    assert cost.cost(((0, 3),)) == Cost(Verdict.OK, 0, 0)
    duty = cost.cost(((0, 1), (1, 1)))
    assert (duty.verdict, Fraction(duty.duty, cost.scale)) == (Verdict.DUTY, Fraction(20))
    refused = cost.cost(((0, 5),))
    assert (refused.verdict, Fraction(refused.duty, cost.scale)) == (Verdict.REFUSE, Fraction(40))
    assert refused.strain > duty.strain > 0
    cost.owes_at_most(((0, 1), (1, 1)), duty.duty + 1)
    assert cost.cost(((0, 1), (1, 1))) == duty
    cost.owes_at_most(((0, 1), (1, 1)), duty.duty - 1)
    assert cost.cost(((0, 1), (1, 1))).duty == duty.duty - 1


def test_who_may_not_owe_anything_carries_what_is_within_and_the_counter_takes_the_rest_at_its_price() -> None:
    at = position(VALUE, charge=TAXED)
    share = ShareCost(at, kinds_of(weighed(at, toy("100", 5))))

    assert share.cost(((0, 3),)) == Cost(Verdict.OK, 0, 0)
    assert share.cost(((0, 4),)).verdict is Verdict.DUTY
    assert share.cost(((0, 4),)).duty == 0
    assert share.cost(((0, 4),)).strain > 0
    noted = position(a_rule(Sum("value", Fraction(300)), over=Verdict.NOTE))
    assert ShareCost(noted, kinds_of(weighed(noted, toy("100", 5)))).cost(((0, 4),)).verdict is Verdict.OK
    left = LeftBehind([7, 5])
    assert left.cost(((0, 2), (1, 1))).duty == 19
    assert left.verdict(((0, 2),)) <= Verdict.NOTE


def test_a_party_costs_its_worst_verdict_and_the_sum_of_its_duties() -> None:
    one, other = Cost(Verdict.DUTY, 5, 2), Cost(Verdict.OK, 0, 0)

    assert total_of([one, other, one]) == PartyTotal(Verdict.DUTY, 10, 4, 10)
    assert total_of([one, Cost(Verdict.REVIEW, 1, 1)]) == PartyTotal(Verdict.REVIEW, 0, 3, 6)


def test_positions_are_alike_where_rules_and_waiting_goods_are_equal() -> None:
    at = position(VALUE)

    assert positions_alike(at, position(VALUE))
    assert not positions_alike(at, position(VALUE, waiting=(toy("1"),)))
    assert not positions_alike(at, position(PIECES))


# ── allowances of a party ────────────────────────────────────────────────────────────────────────────────────────


def test_waiting_goods_take_their_room_first() -> None:
    mine, free = position(VALUE, charge=TAXED, waiting=(toy("120", 2),)), position(VALUE, charge=TAXED)
    party = [limits(at, toy("100", 5)) for at in (mine, free)]

    heap = Heap(party, Verdict.DUTY)
    beside = Heap(party, Verdict.DUTY, pending_too=True)

    assert [one.ways[0].rooms for one in heap.allowances] == [(60,), (300,)]
    assert (heap.numbers, heap.movable, heap.first_pending) == ([5], 1, [1, 1])
    assert [one.ways[0].rooms for one in beside.allowances] == [(300,), (300,)]
    assert (beside.numbers, beside.first_pending) == ([5, 2], [1, 2])
    assert [sorted(one.ways[0].takes) for one in beside.allowances] == [[0, 1], [0]]
    held = AllowanceHoldings(({0: 1, 1: 2}, {0: 3}), (0, 0), 0)
    assert beside.held_at_hand(held) == [{0: 1}, {0: 3}]
    assert beside.held_in_all(held) == [{0: 1, 1: 2}, {0: 3}]
    assert heap.is_fillable
    assert not Heap([limits(position(VALUE, waiting=(toy("301"),)), toy("1"))], Verdict.DUTY).is_fillable
    assert Heap([limits(position(VALUE, waiting=(toy("300"),)), toy("1"))], Verdict.DUTY).is_fillable


def test_a_unit_of_worth_comes_before_all_units_of_none() -> None:
    heap = Heap([limits(position(VALUE), toy("100", 3), toy("1", 4))], Verdict.DUTY)

    assert profits_of(heap, {0: Fraction(1, 2), 1: Fraction(0)}) == ([9, 1], 16)


def test_what_is_only_noted_owes_nothing_and_nothing_need_be_left() -> None:
    at = position(a_rule(Sum("value", Fraction(300)), over=Verdict.NOTE))
    judged = evaluate_items(at, weighed(at, toy("301")))

    assert judged == Evaluation(judged.assessment, None, None)
    assert judged.assessment.verdict is Verdict.NOTE


def test_equal_units_of_several_lines_are_alike() -> None:
    lots = weighed(position(VALUE), toy("100", 3), toy("1"), toy("100", 2), toy("5", 0))

    assert alike(lots) == [[(0, 3), (2, 2)], [(1, 1)]]


# ── what nothing can be under ────────────────────────────────────────────────────────────────────────────────────


def test_a_unit_too_dear_for_one_is_taxed_whatever_else_it_fits() -> None:
    weight = a_rule(Sum("gross_kg", Fraction(10)), over=Verdict.DUTY, id="weight")
    heavy = goods("toy", "400", gross_kg="1")
    party = [limits(position(VALUE, weight, charge=TAXED), heavy)] * 2

    assert duty_floor(party, pooled(party)) == 240


def test_where_members_owe_by_other_groups_the_floor_is_under_what_any_of_them_owes() -> None:
    value = a_rule(Sum("value", Fraction(300)), over=Verdict.DUTY, id="value")
    weight = a_rule(Sum("gross_kg", Fraction(10)), over=Verdict.DUTY, id="weight")
    charge = PartAbove(Fraction(3, 10), Fraction(4))
    heavy = goods("toy", "1000", gross_kg="50")
    both = limits(position(value, weight, charge=charge), heavy)
    greater = limits(position(replace(value, group="g"), replace(weight, group="g"), charge=charge), heavy)
    least = greater.part_duty(greater.sums([(0, 1)]))

    for party in ([both, greater], [greater, both]):
        assert duty_floor(party, pooled(party)) <= least


def test_a_party_is_within_where_all_allowances_together_hold_the_goods() -> None:
    def floor(*lines: Goods) -> tuple[Verdict, Fraction]:
        party = [limits(position(VALUE, charge=TAXED), *lines) for _ in range(2)]
        return verdict_floor(party, pooled(party)), duty_floor(party, pooled(party))

    assert floor(toy("100", 6)) == (Verdict.OK, Fraction(0))
    assert floor(toy("100", 7)) == (Verdict.DUTY, Fraction(20))
    assert floor(toy("301")) == (Verdict.DUTY, Fraction(903, 5))
    assert floor(toy("300"), toy("300")) == (Verdict.OK, Fraction(0))
    assert floor(toy("0", 0)) == (Verdict.OK, Fraction(0))


def test_where_the_part_above_is_taxed_no_split_owes_less_than_what_is_above_all_allowances() -> None:
    charge = PartAbove(Fraction(1, 5), Fraction(4))

    def floor(rule: Rule, *lines: Goods) -> Fraction:
        party = [limits(position(rule, charge=charge), *lines) for _ in range(2)]
        return duty_floor(party, pooled(party))

    assert floor(VALUE, toy("100", 6)) == 0
    assert floor(VALUE, toy("100", 7)) == 20
    assert floor(VALUE, toy("400")) == 20
    assert floor(VALUE, toy("400", 2)) == 40
    weight = a_rule(Sum("gross_kg", Fraction(10)), over=Verdict.DUTY)
    assert floor(weight, goods("toy", "1", 5, gross_kg="5")) == 20
    steps = (Tier(Fraction(10)), Tier(Fraction(20), Verdict.DUTY, Fraction(2)))
    tiers = a_rule(Tiers("net_g", steps), over=Verdict.REFUSE)
    assert floor(tiers, goods("toy", "1", 5, net_g="5")) == 10
    free = a_rule(Tiers("net_g", steps[:1]), over=Verdict.REFUSE)
    assert floor(free, goods("toy", "1", 5, net_g="5")) == 0


def test_more_than_their_rooms_together_a_party_does_not_keep() -> None:
    def kept(*lines: Goods, waiting: tuple[Goods, ...] = ()) -> int:
        first = limits(position(VALUE, charge=TAXED, waiting=waiting), *lines)
        party = [first, limits(position(VALUE, charge=TAXED), *lines)]
        return most_kept(party, pooled(party), [10] * len(lines))

    assert kept(toy("100", 7)) == 60
    assert kept(toy("100", 5)) == 50
    assert kept(toy("100.5", 7)) == 50
    assert kept(toy("100", 7), waiting=(toy("100"),)) == 50


# ── whole answers ────────────────────────────────────────────────────────────────────────────────────────────────


def party(*positions: AllowancePosition) -> list[Member]:
    return [Member(chr(ord("A") + index), at) for index, at in enumerate(positions)]


def test_two_visitors_owe_only_for_what_is_above_both_allowances() -> None:
    two = party(position(VALUE, charge=TAXED), position(VALUE, charge=TAXED))

    answer = best_party(two, [toy("100", 7)])

    assert (answer.verdict, answer.proved, str(answer.duty)) == (Verdict.DUTY, True, "20.00")
    assert sorted(sum(n for _, n in part) for part in answer.split.values()) == [3, 4]
    assert answer.advice == Advice(((0, 1),))
    assert answer.within is not None
    assert [sum(n for _, n in part) for part in answer.within.values()] == [3, 3]
    assert best_party(two, [toy("100", 6)]).advice is None


def test_goods_go_to_the_visitor_who_may_carry_them() -> None:
    banned = a_rule(Ban(), Scope(("alcohol",)), who=Who(age_to=17))
    adult, child = (position_of(a_regime(banned), who, [], NOON, RATES) for who in (ADULT, CHILD))

    answer = best_party(party(child, adult), [goods("alcohol.wine", "10", 3, abv="12"), toy("1")])

    assert answer.verdict is Verdict.OK
    assert dict(answer.split["B"])[0] == 3
    assert 0 not in dict(answer.split["A"])


def test_of_equal_units_the_first_scanned_go_to_the_first_member_and_out_exempt() -> None:
    waiting = position(VALUE, charge=TAXED, waiting=(toy("7"), toy("9")))
    pending = [lot.origin for lot in waiting.pending]
    lines = [[(0, 2), (2, 3)], [(1, 2)]]

    split, exempt = by_line(
        party(waiting, position(VALUE)), [((0, 3), (1, 1)), ((0, 2), (1, 1))], [{0: 2, 2: 1}, None], lines
    )

    assert split == {"A": ((0, 2), (1, 1), (2, 1)), "B": ((1, 1), (2, 2))}
    free = {ItemOrigin(0): 2, ItemOrigin(1): 0, ItemOrigin(2): 0, pending[0]: 1, pending[1]: 0}
    assert exempt == {"A": free, "B": None}


def test_a_split_by_hand_carries_every_unit_once() -> None:
    two = party(position(VALUE, charge=TAXED), position(VALUE, charge=TAXED))
    basket = [toy("100", 4), toy("5")]

    good = evaluate_split(two, basket, {"A": [(0, 3), (1, 0)], "B": [(0, 1), (1, 1)]})
    assert (good.verdict, good.duty, good.proved, good.advice) == (Verdict.OK, None, False, None)
    owes = evaluate_split(two, basket, {"A": [(0, 2), (0, 2)], "B": [(1, 1)]})
    assert (owes.verdict, str(owes.duty), owes.proved) == (Verdict.DUTY, "20.00", False)
    alone = evaluate_split(two[:1], basket, {"A": [(0, 4), (1, 1)]})
    assert (str(alone.duty), alone.proved, alone.advice) == ("21.00", True, Advice(((0, 1), (1, 1))))
    for split, shares in (
        ({"A": [(0, 3)], "B": [(1, 1)]}, (0, 4, 3)),
        ({"A": [(0, 4)], "B": [(1, 2)]}, (1, 1, 2)),
        ({"A": [(0, 4), (1, 1)], "C": [(1, 1)]}, (1, 0, 1)),
        ({"A": [(0, 4), (2, 1)]}, (2, 0, 1)),
        ({"A": [(0, 4), (-1, 1)]}, (-1, 0, 1)),
        ({"A": [(0, 5), (1, 1)], "B": [(0, -1)]}, (0, 0, -1)),
    ):
        with pytest.raises(UnitsAstray) as refused:
            evaluate_split(two, basket, split)
        assert (refused.value.line, refused.value.quantity, refused.value.carried) == shares


def test_what_to_leave_is_the_cheapest_and_of_equals_the_last_scanned() -> None:
    at = position(VALUE, charge=TAXED)

    def advice(*lines: Goods, waiting: tuple[Goods, ...] = ()) -> Advice | None:
        mine = position(VALUE, charge=TAXED, waiting=waiting)
        return evaluate_items(mine, weighed(mine, *lines)).advice

    assert advice(toy("100", 3)) is None
    assert advice(toy("100", 2), toy("150"), toy("90")) == Advice(((1, 1),))
    assert advice(toy("100"), toy("100"), toy("100"), toy("100")) == Advice(((3, 1),))
    assert advice(toy("100", 2), waiting=(toy("200"),)) == Advice(((0, 1),))
    assert advice(toy("100"), waiting=(toy("400"),)) is None
    assert evaluate_items(at, weighed(at, toy("100", 4))).bill is not None
    assert evaluate_items(position(PIECES), weighed(at, toy("1", 4))).bill is None


def test_a_bill_names_what_is_bought_now_before_what_waits() -> None:
    mine = position(VALUE, charge=TAXED, waiting=(toy("400"), toy("301")))

    bill = evaluate_items(mine, weighed(mine, toy("500"), toy("302"))).bill

    assert bill is not None
    assert [str(unit.taxable) for unit in bill.units] == ["500", "302", "400", "301"]


def test_the_figures_of_a_limit_say_what_is_over_and_what_is_left() -> None:
    assert (LimitUse("ml", 10, 12, 3).over, LimitUse("ml", 10, 12, 3).left) == (2, 0)
    assert (LimitUse("ml", 10, 7, 3).over, LimitUse("ml", 10, 7, 3).left) == (0, 3)
