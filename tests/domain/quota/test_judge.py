"""One visitor's duty and advice: what was found before is never lost, and greater budgets prove more."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from pos.domain.quota.allowance_position import AllowancePosition, position_of
from pos.domain.quota.evaluation import best, evaluate_items, evaluations, judge
from pos.domain.quota.knapsack import BUDGET
from pos.domain.quota.measure import Goods, ItemOrigin, QuotaItem
from tests.domain.quota.border import ADULT, NOON, RATES, goods, regime


def _position() -> AllowancePosition:
    return position_of(regime("cn-horgos"), ADULT, [], NOON, RATES)


def _lots(basket: list[Goods]) -> list[QuotaItem]:
    return [_position().scales.lot(ItemOrigin(line), one) for line, one in enumerate(basket)]


def _many(seed: int) -> list[Goods]:
    luck = Random(seed)
    kinds = ("perfume", "toy", "watch", "cosmetics.premium", "food.sweets", "alcohol.spirit")
    return [
        goods(luck.choice(kinds), f"{luck.randint(90, 2_500)}.{luck.choice(['00', '50', '90'])}", ml=500, abv="40")
        for _ in range(45)
    ]


def _greedy(basket: list[Goods]) -> Fraction:
    """The dearest duty for its value goes out first, while it fits."""
    rates = {"cosmetics.premium": 50, "alcohol.spirit": 50, "toy": 13, "food.sweets": 13}
    room, bottles, owed = Fraction(8_000), 3, Fraction(0)
    for one in sorted(basket, key=lambda one: (-rates.get(one.category, 20), -one.unit_price)):
        bottle = one.category == "alcohol.spirit"
        if one.unit_price <= room and (not bottle or bottles):
            room -= one.unit_price
            bottles -= bottle
        else:
            owed += one.unit_price * rates.get(one.category, 20) / 100
    return owed


def test_no_later_judgement_owes_more_or_leaves_more_and_none_is_worse_than_greedy() -> None:
    for seed in (5, 14):
        basket = _many(seed)
        worths = [one.unit_price for one in basket]
        results = []
        for judged in evaluations(_position(), _lots(basket)):
            assert judged.bill is not None
            assert judged.advice is not None
            results.append((judged.bill.exact, sum(worths[line] * n for line, n in judged.advice.units)))
        assert [owed for owed, _ in results] == sorted((owed for owed, _ in results), reverse=True)
        assert [left for _, left in results] == sorted((left for _, left in results), reverse=True)
        assert results[0][0] <= _greedy(basket)


def test_a_greater_budget_proves_what_the_first_look_could_not() -> None:
    basket = _many(14)
    first, last = judge(_position(), basket), best(_position(), basket)
    assert first.bill is not None
    assert last.bill is not None
    assert (first.proved, last.proved) == (False, True)


def test_a_choice_that_was_found_elsewhere_counts_only_where_it_fits() -> None:
    basket = [goods("perfume", "5000"), goods("toy", "4000"), goods("bag", "3900")]
    lots, position = _lots(basket), _position()
    known = evaluate_items(position, lots, 1, {ItemOrigin(0): 0, ItemOrigin(1): 1, ItemOrigin(2): 1})
    astray = evaluate_items(position, lots, BUDGET, {ItemOrigin(0): 1, ItemOrigin(1): 1, ItemOrigin(2): 1})
    assert known.bill is not None
    assert astray.bill is not None
    assert known.bill.exact == Fraction(1_000)  # the perfume taxed at 20 per cent
    assert astray.bill.exact == Fraction(1_000)
