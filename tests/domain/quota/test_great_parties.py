"""Eight visitors with sixty pieces: the first split, better ones, and the last, against what is known of their duty.

`tests/vectors/parties.json` holds parties to China and to Kazakhstan with the least duty that is known for them:
found by this search with other seeds and greater budgets, or by the solver CP-SAT.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from pos.application.quota.quota_scenario import Scenario, read_scenario
from pos.application.text.json_object import parse_json
from pos.domain.money import Money
from pos.domain.quota import party_split
from pos.domain.quota.allowance_position import position_of
from pos.domain.quota.limits import Limits, kinds_of
from pos.domain.quota.measure import Goods, ItemOrigin
from pos.domain.quota.party_split import Member, PartyEvaluation, evaluate_party, party_answers
from pos.domain.quota.rule import PartAbove, Rule, Sum, Verdict
from pos.domain.quota.share_cost import TravellerCost
from pos.domain.quota.sharing import Floor, Sharing
from tests.domain.quota.border import ADULT, NOON, RATES, a_regime, a_rule, goods, shipped

OWN = Path(__file__).parents[2] / "vectors" / "parties.json"
SHARED = Path(__file__).parents[4] / "shared" / "vectors" / "parties.json"


def _cases() -> Iterator[object]:
    for path in (OWN, SHARED):
        if path.exists():
            for index, case in enumerate(parse_json(path.read_text(encoding="utf-8"))):  # type: ignore[arg-type, var-annotated]  # a list
                scenario = read_scenario(case["scenario"], shipped())
                yield pytest.param(scenario, Decimal(str(case["least_known"])), id=f"{path.parts[-3]}-{index}")


PARTIES = list(_cases())


def _members(scenario: Scenario) -> list[Member]:
    return [
        Member(person.id, position_of(scenario.regime, person.visitor, person.history, scenario.at, scenario.rates))
        for person in scenario.people
    ]


def _duty(party: PartyEvaluation) -> Decimal:
    assert party.verdict <= Verdict.DUTY
    return Decimal(0) if party.duty is None else Decimal(str(party.duty))


def _answers(scenario: Scenario) -> Iterator[PartyEvaluation]:
    return (answer for answer in party_answers(_members(scenario), scenario.basket) if answer is not None)


def _greedy(scenario: Scenario) -> Decimal:
    """A plain split: the dearest unit first, each to whom it adds least duty, else to the one with least value."""
    members = _members(scenario)
    lots = [members[0].position.scales.lot(ItemOrigin(line), goods) for line, goods in enumerate(scenario.basket)]
    units = sorted((lot.units(1) for lot in lots for _ in range(lot.quantity)), key=lambda lot: -lot.value)
    limits = [Limits(member.position, kinds_of(units)) for member in members]
    carried: list[list[tuple[int, int]]] = [[] for _ in members]
    owed = Fraction(0)
    for kind in range(len(units)):
        choices = []
        for index, one in enumerate(limits):
            more = [*carried[index], (kind, 1)]
            verdict = one.verdict(more, one.sums(more))
            added = one.duty_of_unit(kind) if verdict is Verdict.DUTY else Fraction(0)
            if scenario.regime.id == "kz-horgos":
                added = one.part_duty(one.sums(more)) - one.part_duty(one.sums(carried[index]))
            value = sum(Fraction(units[k].value) for k, _ in carried[index])
            choices.append((verdict > Verdict.DUTY, added, value, index))
        _, added, _, index = min(choices)
        owed += added
        if scenario.regime.id == "kz-horgos" or not added:
            carried[index].append((kind, 1))
    return Decimal(str(Money.rounded(owed, scenario.regime.currency)))


@pytest.mark.parametrize(("scenario", "least"), PARTIES)
def test_the_first_split_is_near_the_least_known_and_never_worse_than_a_greedy_one(
    scenario: Scenario, least: Decimal
) -> None:
    first = evaluate_party(_members(scenario), scenario.basket)
    assert _duty(first) <= max(least * Decimal("1.05"), least + Decimal("0.05"))
    assert _duty(first) <= _greedy(scenario)


@pytest.mark.parametrize(("scenario", "least"), PARTIES)
def test_a_later_split_is_as_good_as_the_best_known(scenario: Scenario, least: Decimal) -> None:
    good_enough = max(least * Decimal("1.003"), least + Decimal("0.05"))
    assert any(_duty(party) <= good_enough for party in _answers(scenario))


@pytest.mark.parametrize(("scenario", "least"), [PARTIES[0], PARTIES[2]])
def test_no_later_answer_is_worse_and_the_same_party_has_the_same_answers(scenario: Scenario, least: Decimal) -> None:
    def some() -> list[tuple[Verdict, Decimal, object, object]]:
        return [(one.verdict, _duty(one), one.split, one.advice) for one in islice(_answers(scenario), 3)]

    once = some()
    assert once == some()
    assert [duty for _, duty, _, _ in once] == sorted((duty for _, duty, _, _ in once), reverse=True)


@pytest.mark.parametrize(("scenario", "least"), [PARTIES[0], PARTIES[3]])
def test_what_is_left_behind_leaves_a_split_within_every_allowance(scenario: Scenario, least: Decimal) -> None:
    first = evaluate_party(_members(scenario), scenario.basket)
    assert first.advice is not None
    assert first.within is not None
    left = dict(first.advice.units)
    carried = [0] * len(scenario.basket)
    for member in _members(scenario):
        mine = dict(first.within[member.id])
        lots = [
            member.position.scales.lot(ItemOrigin(line), goods).units(mine[line])
            for line, goods in enumerate(scenario.basket)
            if line in mine
        ]
        limits = Limits(member.position, kinds_of(lots))
        present = [(kind, held.number) for kind, held in enumerate(limits.kinds)]
        assert limits.verdict(present, limits.sums(present)) <= Verdict.NOTE
        for line, units in mine.items():
            carried[line] += units
    assert [n + left.get(line, 0) for line, n in enumerate(carried)] == [goods.quantity for goods in scenario.basket]


def test_children_are_no_room_for_bottles_in_the_bound() -> None:
    """Of two grown-ups and six children only two carry cognac: what they cannot take is known to be taxed."""
    party = {
        "regime": "cn-horgos",
        "at": "2026-11-20T12:00:00+08:00",
        "rates": {"base": "KZT", "per_unit": {"CNY": "72"}},
        "party": [
            {"id": letter, "visitor": {"birth_date": day}, "history": []}
            for letter, day in zip("ABCDEFGH", ["1980-01-01"] * 2 + ["2015-01-01"] * 6)
        ],
        "basket": [
            {"name": "Cognac", "category": "alcohol.spirit", "quantity": 1, "unit_price": f"{100 + 7 * n}.00",
             "currency": "CNY", "ml": 750, "abv": "40"} for n in range(30)
        ],
    }  # fmt: skip
    scenario = read_scenario(parse_json(json.dumps(party)), shipped())
    first = evaluate_party(_members(scenario), scenario.basket)
    assert first.proved
    dearest_four = sum(100 + 7 * n for n in range(26, 30))
    assert _duty(first) == Decimal(sum(100 + 7 * n for n in range(30)) - dearest_four) / 2


def test_units_that_no_one_can_take_free_of_duty_go_to_those_whom_they_cost_least() -> None:
    """Beside 400 euros a piece of 250 is 150 above the allowance, beside 300 euros 50."""
    position = position_of(shipped()["kz-horgos"], ADULT, [], NOON, RATES)
    basket = [goods("bag", price, currency="EUR", gross_kg="1") for price in ("400", "300", "250")]
    carrier = TravellerCost(
        position, kinds_of([position.scales.lot(ItemOrigin(line), bag) for line, bag in enumerate(basket)])
    )
    all_to_one = [((0, 1), (1, 1), (2, 1)), ()]
    nothing = Floor(Verdict.OK, 0)
    sharing = Sharing([carrier, carrier], [1, 1, 1], [Fraction(3), Fraction(2), Fraction(1)], nothing, all_to_one)
    assert sharing.complete([((0, 1),), ((1, 1),)])
    assert sharing.best == [((0, 1),), ((1, 1), (2, 1))]


def test_advice_has_the_budget_that_a_proved_split_has_left(monkeypatch: pytest.MonkeyPatch) -> None:
    case = parse_json(OWN.read_text(encoding="utf-8"))[5]  # type: ignore[index]  # a list
    scenario = read_scenario(case["scenario"], shipped())

    def least_left() -> Fraction:
        *_, last = _answers(scenario)
        assert last.proved
        assert last.advice is not None
        return sum((scenario.basket[line].unit_price * n for line, n in last.advice.units), Fraction(0))

    monkeypatch.setattr(party_split, "_LAST", 800_000)
    with_all = least_left()
    monkeypatch.setattr(party_split, "_LAST", 200_000)
    assert with_all < least_left()


def test_a_line_of_thousands_is_shared_at_once() -> None:
    toys = Goods("toy", "toy", 4_000, Fraction(11), "CNY")
    members = _members_of("cn-horgos", 8)
    party = evaluate_party(members, [toys, Goods("bag", "bag", 3, Fraction(7_999), "CNY")])
    assert party.verdict is Verdict.DUTY
    assert sum(n for parts in party.split.values() for _, n in parts) == 4_003


def _members_of(name: str, count: int) -> list[Member]:
    return [Member(str(i), position_of(shipped()[name], ADULT, [], NOON, RATES)) for i in range(count)]


NOTHING_FREE = a_rule(Sum("value", Fraction(0)), over=Verdict.DUTY, id="nothing is free")


@pytest.mark.parametrize(
    ("over", "others", "least"), [(Verdict.DUTY, (), Verdict.OK), (Verdict.REVIEW, (NOTHING_FREE,), Verdict.DUTY)]
)
@pytest.mark.parametrize("seed", range(3))
def test_goods_that_just_fill_all_allowances_are_above_none(
    seed: int, over: Verdict, others: tuple[Rule, ...], least: Verdict
) -> None:
    luck = Random(seed)
    parts = [[luck.randint(1_000, 9_999) for _ in range(8)] for _ in range(4)]
    room = max(sum(prices) for prices in parts)
    prices = [price for part in parts for price in (*part, room - sum(part)) if price]
    luck.shuffle(prices)
    rule = a_rule(Sum("value", Fraction(room, 100)), over=over)
    at = position_of(a_regime(rule, *others, charge=PartAbove(Fraction(1, 5))), ADULT, [], NOON, RATES)

    answer = evaluate_party(
        [Member(name, at) for name in "ABCD"], [goods("toy", f"{price / 100:.2f}") for price in prices]
    )

    assert answer.verdict is least
