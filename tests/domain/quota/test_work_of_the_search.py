"""How far the searches come with so much work: as far as they came when this was written, or further.

Work is counted, never timed, so that the figures are the same on every machine. A search that is changed for the better
may need less of it or find more.
"""

from __future__ import annotations

from collections.abc import Generator
from fractions import Fraction
from itertools import islice
from random import Random

import pytest

from pos.domain.quota.allowance_position import position_of
from pos.domain.quota.evaluation import evaluate_items
from pos.domain.quota.filling import Allowance, FillingWay
from pos.domain.quota.goods_to_remove import RemovalSearch
from pos.domain.quota.knapsack import pack
from pos.domain.quota.limits import kinds_of
from pos.domain.quota.measure import Goods, ItemOrigin
from pos.domain.quota.meet_in_the_middle import Item
from pos.domain.quota.refilling import Refilling
from pos.domain.quota.rule import DutyRate, PartAbove, Scope, Sum, Verdict, WholeUnit
from pos.domain.quota.share_cost import ShareCost, TravellerCost
from pos.domain.quota.sharing import Floor, Sharing
from pos.domain.quota.splitting import Splitting
from tests.domain.quota.border import ADULT, ALL, NOON, RATES, a_regime, a_rule, goods


def some_items(seed: int, number: int, most: int, rooms: int, part: int) -> tuple[list[Item], list[int]]:
    """Items that earn about what they weigh, of which a part fits; the weights of a last room are often nothing."""
    luck = Random(seed)
    items = []
    for _ in range(number):
        others = [luck.choice((0, luck.randint(5, 400))) for _ in range(rooms - 1)]
        weights = (luck.randint(50, 900), *others)
        items.append(Item(sum(weights) * luck.randint(80, 120) // 100, luck.randint(1, most), weights))
    return items, [sum(item.weights[j] * item.number for item in items) // part for j in range(rooms)]


PACKED: list[tuple[tuple[int, int, int, int, int], int, int, int, int, int]] = [
    ((2, 12, 2, 3, 4), 4736, 935, 4715, 5270, 299),
    ((4, 13, 2, 2, 2), 4983, 342, 4983, 5039, 294),
    ((6, 13, 1, 3, 2), 4782, 1178, 4782, 5087, 260),
    ((7, 10, 3, 4, 2), 8126, 1427, 8039, 8717, 226),
    ((8, 6, 4, 3, 4), 2590, 57, 2590, 2590, 57),
    ((10, 13, 3, 4, 3), 6609, 2769, 6609, 7042, 495),
    ((11, 22, 3, 2, 2), 12271, 5182, 12260, 12382, 707),
    ((13, 11, 2, 2, 3), 4269, 200, 4269, 4269, 200),
    ((15, 28, 1, 1, 3), 4385, 1934, 4385, 4402, 500),
    ((18, 9, 4, 2, 4), 5200, 316, 5200, 5200, 316),
    ((23, 39, 2, 2, 2), 17459, 1277, 17459, 17513, 640),
    ((25, 34, 2, 1, 4), 7031, 2132, 7031, 7048, 502),
    ((27, 36, 3, 2, 4), 11445, 4193, 11392, 11489, 1027),
    ((28, 38, 1, 2, 3), 8236, 3427, 8236, 8276, 942),
    ((29, 11, 1, 4, 4), 2072, 46, 2072, 2072, 46),
    ((31, 24, 2, 2, 3), 6495, 6415, 6493, 6652, 540),
    ((32, 10, 2, 4, 2), 4674, 1618, 4586, 5132, 199),
    ((33, 7, 2, 4, 3), 2696, 46, 2696, 2696, 46),
    ((36, 7, 3, 2, 2), 2986, 66, 2986, 2986, 66),
    ((38, 10, 1, 4, 4), 1501, 41, 1501, 1501, 41),
    ((39, 18, 2, 3, 4), 4566, 3901, 4520, 4733, 492),
    ((40, 25, 4, 1, 4), 7417, 1052, 7417, 7431, 497),
    ((42, 17, 1, 4, 2), 7308, 2076, 7308, 7606, 497),
    ((44, 17, 2, 4, 3), 6718, 3627, 6520, 7072, 479),
    ((46, 32, 2, 1, 2), 11449, 2626, 11449, 11477, 762),
    ((51, 17, 3, 1, 2), 9389, 995, 9389, 9414, 498),
    ((54, 7, 3, 4, 4), 3311, 76, 3311, 3311, 76),
    ((55, 10, 4, 4, 4), 5580, 530, 5455, 6103, 225),
    ((59, 35, 2, 1, 4), 7657, 2628, 7657, 7696, 541),
    ((62, 29, 1, 2, 3), 5443, 4483, 5419, 5506, 580),
    ((63, 17, 4, 2, 3), 6627, 3200, 6626, 6776, 511),
    ((64, 23, 2, 1, 3), 5720, 47, 5720, 5720, 47),
    ((65, 7, 4, 2, 4), 2530, 78, 2530, 2530, 78),
    ((66, 10, 4, 2, 2), 9857, 1277, 9857, 10072, 438),
    ((68, 37, 3, 3, 4), 13284, 7758, 13277, 13370, 1264),
    ((70, 36, 4, 1, 4), 10002, 417, 10002, 10002, 417),
    ((72, 35, 3, 1, 2), 15570, 2779, 15569, 15581, 714),
    ((73, 12, 4, 1, 2), 9714, 843, 9714, 9766, 497),
    ((76, 19, 2, 1, 3), 5288, 51, 5288, 5288, 51),
    ((77, 24, 2, 1, 2), 8099, 226, 8099, 8099, 226),
    ((78, 6, 3, 4, 3), 2617, 43, 2617, 2617, 43),
    ((80, 8, 4, 4, 2), 6112, 529, 6112, 6454, 192),
    ((87, 25, 1, 2, 4), 3913, 1093, 3913, 4023, 498),
    ((88, 7, 4, 2, 3), 1710, 46, 1710, 1710, 46),
    ((89, 8, 4, 2, 2), 3680, 199, 3680, 3680, 199),
]  # fmt: skip
"""What to pack; the most that it can earn and the states of the proof; with few states what is found, and the bound."""


@pytest.mark.parametrize(("problem", "most", "states", "least", "bound", "few"), PACKED)
def test_a_proof_needs_no_more_states_and_few_states_find_no_less(
    problem: tuple[int, int, int, int, int], most: int, states: int, least: int, bound: int, few: int
) -> None:
    items, rooms = some_items(*problem)

    whole, brief = pack(items, rooms, 20_000), pack(items, rooms, 500)

    assert (whole.profit, whole.proved) == (most, True)
    assert whole.states <= states
    assert least <= brief.profit <= most <= brief.bound <= bound
    assert brief.states <= few


def some_allowances(seed: int, visitors: int, number: int) -> tuple[list[Allowance], list[int], list[int]]:
    """Goods of two sums, of which about two thirds fit; some visitors may not carry some of them."""
    luck = Random(seed)
    weights = {kind: luck.choice(((luck.randint(20, 90), 0), (luck.randint(20, 60), luck.randint(1, 5)), (0, 3)))
               for kind in range(number)}  # fmt: skip
    numbers = [luck.randint(1, 3) for _ in weights]
    rooms = tuple(sum(w[j] * n for w, n in zip(weights.values(), numbers)) * 2 // (3 * visitors) for j in range(2))
    allowances = []
    for index in range(visitors):
        takes = {kind: each for kind, each in weights.items() if (kind + index) % 7}
        plain = tuple(frozenset(k for k, w in takes.items() if w[j] and not w[1 - j]) for j in range(2))
        allowances.append(Allowance((FillingWay(takes, rooms),), 2, plain))
    return allowances, numbers, [sum(w) * luck.randint(8, 12) for w in weights.values()]


FILLED: list[tuple[tuple[int, int, int], int, int, int]] = [
    ((1, 2, 8), 2158, 2170, 2170),
    ((2, 3, 12), 4713, 4989, 5019),
    ((3, 4, 16), 7268, 7923, 7923),
    ((4, 6, 24), 10627, 11267, 11473),
    ((5, 8, 40), 17893, 19014, 19053),
    ((6, 1, 9), 2826, 2826, 2826),
    ((7, 5, 30), 10696, 12819, 12862),
]  # fmt: skip
"""Allowances and goods; what the first filling earns, and what it earns with some work and with more."""


@pytest.mark.parametrize(("problem", "first", "soon", "later"), FILLED)
def test_allowances_are_filled_no_worse_with_the_same_work(
    problem: tuple[int, int, int], first: int, soon: int, later: int
) -> None:
    search = Refilling(*some_allowances(*problem))
    earned = [search.best.profit]
    for work in (15_000, 60_000):
        for _ in search.steps(work, search.all):
            pass
        earned.append(search.best.profit)

    assert earned[0] >= first
    assert earned[1] >= soon
    assert earned[2] >= later


VALUE = a_rule(Sum("value", Fraction(300)), over=Verdict.DUTY, id="value")
WINE = a_rule(Sum("ml", Fraction(1500)), Scope(("alcohol",)), over=Verdict.DUTY, id="wine", group="wine")
WEIGHT = a_rule(Sum("gross_kg", Fraction(10)), over=Verdict.DUTY, id="weight", group="value")
WHOLE = WholeUnit((DutyRate(ALL, Fraction(3, 5), Fraction(200)), DutyRate(ALL, Fraction(1, 5))))
PART = PartAbove(Fraction(3, 10), Fraction(4))


def some_goods(seed: int, number: int) -> list[Goods]:
    luck = Random(seed)
    basket = []
    for _ in range(number):
        price, kg = str(luck.randint(20, 260)), f"{luck.randint(2, 60) / 10:.1f}"
        if luck.random() < 0.4:
            wine = goods("alcohol.wine", price, ml=str(luck.choice((375, 500, 700))), abv="12", gross_kg=kg)
            basket.append(wine)
        else:
            basket.append(goods("toy", price, luck.randint(1, 2), gross_kg=kg))
    return basket


def some_carriers(seed: int, number: int, charge: WholeUnit | PartAbove, people: int) -> list[TravellerCost]:
    at = position_of(a_regime(VALUE, WINE, WEIGHT, charge=charge), ADULT, [], NOON, RATES)
    lots = [at.scales.lot(ItemOrigin(line), one) for line, one in enumerate(some_goods(seed, number))]
    return [TravellerCost(at, kinds_of(lots))] * people


def sizes_of(carrier: TravellerCost) -> list[Fraction]:
    kinds = carrier.limits.kinds
    return [Fraction(kind.unit.value) / 300 for kind in kinds]


def sharing_of(carriers: list[TravellerCost]) -> Sharing:
    numbers = [kind.number for kind in carriers[0].limits.kinds]
    return Sharing(carriers, numbers, sizes_of(carriers[0]), Floor(Verdict.OK, 0))


SHARED: list[tuple[tuple[int, int, int], bool, str, str, int, str]] = [
    ((1, 6, 2), True, "183/5", "174/5", 751, "174/5"),
    ((2, 7, 2), True, "1999/5", "1999/5", 2897, "1999/5"),
    ((3, 7, 3), True, "831/5", "157", 79222, "157"),
    ((4, 6, 2), False, "723/5", "723/5", 836, "723/5"),
    ((5, 7, 3), False, "165", "165", 3142, "165"),
    ((6, 8, 2), False, "471", "471", 6082, "471"),
]  # fmt: skip
"""Goods and people, and whether units are taxed whole; the duty of the first sharing, the least that there is, the work
that proves it, and the duty after some steps of ruin and recreate.
"""


@pytest.mark.parametrize(("problem", "whole", "first", "least", "work", "recreated"), SHARED)
def test_the_least_duty_of_few_units_is_found_with_no_more_work(
    problem: tuple[int, int, int], whole: bool, first: str, least: str, work: int, recreated: str
) -> None:
    seed, number, people = problem
    carriers = some_carriers(seed, number, WHOLE if whole else PART, people)
    scale = carriers[0].scale
    exact, ruined = sharing_of(carriers), sharing_of(carriers)

    assert Fraction(exact.least.duty, scale) <= Fraction(first)
    for _ in exact.exact(10**9):
        pass
    for _ in islice(ruined.ruin_and_recreate(), 12):
        pass
    assert Fraction(exact.least.duty, scale) == Fraction(least)
    assert exact.work <= work
    assert Fraction(ruined.least.duty, scale) <= Fraction(recreated)


def test_a_search_through_all_sharings_ends_with_its_work_also_where_nothing_is_owed() -> None:
    pieces = a_rule(Sum("pieces", Fraction(2)), id="pieces")
    at = position_of(a_regime(pieces), ADULT, [], NOON, RATES)
    lots = [at.scales.lot(ItemOrigin(line), goods("toy", str(10 + line))) for line in range(9)]
    carriers = [TravellerCost(at, kinds_of(lots))] * 3
    brief, whole = sharing_of(carriers), sharing_of(carriers)

    assert ended(brief.exact(100)) is False
    assert ended(whole.exact(10**6)) is True
    assert brief.work < whole.work


def ended(search: Generator[bool, None, bool]) -> bool:
    """What a search says at its end."""
    while True:
        try:
            next(search)
        except StopIteration as end:
            return bool(end.value)


SPLIT: list[tuple[tuple[int, int, int], bool, str, bool, int]] = [
    ((11, 8, 2), True, "477/5", True, 20384),
    ((12, 24, 4), True, "3441/5", False, 120562),
    ((13, 30, 6), True, "3608/5", False, 120043),
    ((14, 8, 2), False, "1389/10", True, 5720),
    ((15, 20, 4), False, "681", True, 1650),
    ((16, 24, 3), True, "3816/5", False, 121298),
]  # fmt: skip
"""Goods and people, and whether units are taxed whole; the duty after some work, whether it is proved, and the work."""


@pytest.mark.parametrize(("problem", "whole", "duty", "proved", "work"), SPLIT)
def test_a_split_of_some_work_owes_no_more(
    problem: tuple[int, int, int], whole: bool, duty: str, proved: bool, work: int
) -> None:
    seed, number, people = problem
    carriers = some_carriers(seed, number, WHOLE if whole else PART, people)
    splitting = Splitting(carriers, sizes_of(carriers[0]))
    for _ in splitting.steps(120_000):
        pass

    owed = sum(carriers[0].cost(share).duty for share in splitting.best)
    assert Fraction(owed, carriers[0].scale) <= Fraction(duty)
    assert splitting.proved or not proved
    assert splitting.work <= work


LEFT: list[tuple[tuple[int, int, int], str, bool, int]] = [
    ((21, 8, 2), "1051", True, 2470),
    ((22, 20, 3), "3398", True, 1755),
    ((23, 26, 4), "3480", False, 60290),
    ((24, 7, 3), "528", True, 860),
]  # fmt: skip
"""Goods and people; the worth of what is to be left, whether nothing cheaper helps, and the work."""


@pytest.mark.parametrize(("problem", "worth", "proved", "work"), LEFT)
def test_what_is_left_behind_after_some_work_is_worth_no_more(
    problem: tuple[int, int, int], worth: str, proved: bool, work: int
) -> None:
    seed, number, people = problem
    at = position_of(a_regime(VALUE, WINE, WEIGHT, charge=WHOLE), ADULT, [], NOON, RATES)
    lots = [at.scales.lot(ItemOrigin(line), one) for line, one in enumerate(some_goods(seed, number))]
    packers = [ShareCost(at, kinds_of(lots))] * people
    advice = evaluate_items(at, lots).advice
    assert advice is not None
    left = dict(advice.units)
    carried = [{lot.origin.line: lot.quantity - left.get(lot.origin.line, 0) for lot in lots}]
    carried += [{} for _ in packers[1:]]
    search = RemovalSearch(packers, lots, sizes_of(packers[0]), [*carried, left])
    for _ in search.steps(60_000):
        pass

    best = search.best
    gone = [] if best is None else [Fraction(lots[line].value) / lots[line].quantity * n for line, n in best.units]
    assert sum(gone, Fraction(0)) <= Fraction(worth)
    assert search.proved or not proved
    assert search.work <= work
    mine = [sum(share.get(lot.origin.line, 0) for share in search.carried) for lot in lots]
    assert mine == [lot.quantity - (dict(best.units).get(lot.origin.line, 0) if best else 0) for lot in lots]
