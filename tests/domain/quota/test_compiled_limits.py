"""Rules compiled to whole numbers say what the rules say; members who may not carry goods do not add room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from pos.domain.quota.allowance_position import AllowancePosition, Traveller, position_of
from pos.domain.quota.allowances import Heap
from pos.domain.quota.assess import assess_from
from pos.domain.quota.limits import Limits, kinds_of
from pos.domain.quota.measure import Goods, ItemOrigin
from pos.domain.quota.party_split import Member, best_party, evaluate_party
from pos.domain.quota.pooling import duty_floor, most_kept, pooled, verdict_floor
from pos.domain.quota.rule import (
    Alternative,
    Ban,
    Bound,
    Charge,
    Choice,
    DutyRate,
    Each,
    MostVisits,
    PartAbove,
    PerVariant,
    Pool,
    PoolPart,
    Rule,
    Scope,
    Strength,
    Sum,
    Tier,
    Tiers,
    Verdict,
    Who,
    WholeUnit,
)
from pos.domain.quota.share_cost import TravellerCost
from pos.domain.quota.sharing import Floor, Sharing
from tests.domain.quota.border import ADULT, ALL, CHILD, NOON, RATES, a_regime, a_rule, goods, sold

TAXED = WholeUnit((DutyRate(ALL, Fraction(1, 5)),))
TEN = Fraction(10)
ALCOHOL, SPIRIT = Scope(("alcohol",)), Scope(("alcohol.spirit",))


def position(
    *rules: Rule, who: Traveller = ADULT, charge: Charge | None = None, waiting: Sequence[Goods] = ()
) -> AllowancePosition:
    past = [sold("2026-11-20T09:00:00+08:00", *waiting)] if waiting else []
    return position_of(a_regime(*rules, charge=charge), who, past, NOON, RATES)


def limits(at: AllowancePosition, *lines: Goods) -> Limits:
    return Limits(at, kinds_of([at.scales.lot(ItemOrigin(index), line) for index, line in enumerate(lines)]))


def toy(price: str = "10", quantity: int = 1, **attributes: object) -> Goods:
    return goods("toy", price, quantity, **attributes)  # type: ignore[arg-type] # attributes of any kind


def drink(kind: str, ml: str | None, quantity: int = 1, abv: str | None = "40") -> Goods:
    attributes = {name: value for name, value in (("ml", ml), ("abv", abv)) if value is not None}
    return goods(f"alcohol.{kind}", "1", quantity, **attributes)


STEPS = Tiers("net_g", (Tier(TEN), Tier(Fraction(20), Verdict.NOTE), Tier(Fraction(30), Verdict.DUTY, Fraction(1, 3))))
STRONG = Scope(("alcohol",), strength=Strength(above=Fraction(22)))
ONE_OF = Choice(
    (
        Alternative(Scope(("alcohol.wine",)), "ml", Fraction(2000)),
        Alternative(ALCOHOL, "ml", Fraction(1500), None, (Bound(SPIRIT, "ml", Fraction(500)),)),
    )
)
POOL = Pool((PoolPart(SPIRIT, "ml", Fraction(1000)), PoolPart(Scope(("toy",)), "pieces", TEN)), Verdict.NOTE)
RULES = [
    a_rule(Sum("value", Fraction("30.5")), id="sum"),
    a_rule(Sum("net_g", TEN), id="weight", over=Verdict.DUTY),
    a_rule(STEPS, id="steps"),
    a_rule(POOL, id="pool", over=Verdict.DUTY),
    a_rule(Ban(), SPIRIT, id="ban", over=Verdict.REVIEW),
    a_rule(Ban(), STRONG, id="strong", over=Verdict.REVIEW),
    a_rule(Each("ml", Fraction(700)), id="each", over=Verdict.DUTY),
    a_rule(PerVariant("pieces", Fraction(2)), id="variant"),
    a_rule(MostVisits(Fraction(1)), id="visits"),
    a_rule(MostVisits(Fraction(0)), id="no visits"),
    a_rule(ONE_OF, ALCOHOL, id="choice"),
    a_rule(Sum("pieces", TEN), who=Who(age_from=18), under_age=Verdict.REVIEW, id="adults"),
    a_rule(Each("ml", Fraction(700)), who=Who(age_from=18), under_age=Verdict.DUTY, id="adult pieces"),
]
BASKETS = [
    (), (toy(),), (toy("30.5"),), (toy("30.51"),), (toy(quantity=3),), (toy(quantity=4),), (toy("1", 11),),
    (toy("1", net_g="10"),), (toy("1", net_g="10.1"),), (toy("1", 2, net_g="10"),), (toy("1", 3, net_g="10"),),
    (toy("1", 4, net_g="10"),), (drink("spirit", "500"),), (drink("spirit", "500", 2), toy("1")),
    (drink("spirit", "500"), toy("1", 5)), (drink("spirit", "500"), toy("1", 6)), (drink("spirit", None),),
    (drink("wine", "2000", abv="12"),), (drink("wine", "2001", abv="12"),), (drink("wine", "700", abv=None),),
    (drink("wine", "1000", abv="12"), drink("spirit", "500")),
    (drink("wine", "1000", abv="12"), drink("spirit", "501")),
    (drink("wine", "1001", abv="12"), drink("spirit", "500")), (drink("wine", None, abv="12"),),
    (toy("1", 2, variant="mink"), toy("1", 2, variant="fox")), (toy("1", 3, variant="mink"),),
    (toy("1", variant="mink"), toy("2", 2, variant="mink")), (drink("wine", "700", abv="22"),),
    (drink("wine", "701", abv="22.1"),),
]  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("who", [ADULT, CHILD, Traveller()], ids=["adult", "child", "of unknown age"])
def test_the_compiled_rule_gives_the_verdict_of_the_rule(rule: Rule, who: Traveller) -> None:
    for charge in (None, TAXED, PartAbove(Fraction(1, 5), Fraction(4))):
        for waiting in ((), (toy("5", net_g="3", ml="100", variant="mink"),), (drink("wine", "300", abv="12"),)):
            at = position(rule, who=who, charge=charge, waiting=waiting)
            for basket in BASKETS:
                compiled = limits(at, *basket)
                present = [(index, kind.number) for index, kind in enumerate(compiled.kinds)]
                said = assess_from(at, basket).verdict
                assert compiled.verdict(present, compiled.sums(present)) == said, (rule.id, basket, waiting)


def test_the_room_of_a_check_ends_where_its_verdict_begins() -> None:
    (check,) = limits(position(a_rule(STEPS)), toy("1", net_g="0.5")).checks

    assert check.scale == 2
    assert [check.room(verdict) for verdict in (Verdict.NOTE, Verdict.UNKNOWN, Verdict.DUTY, Verdict.REVIEW)] == [
        20, 40, 40, 60,
    ]  # fmt: skip
    assert limits(position(a_rule(Sum("value", TEN), over=Verdict.NOTE)), toy()).checks[0].room(Verdict.DUTY) is None


def test_units_are_taxed_at_the_first_rate_that_matches_them() -> None:
    rates = (
        DutyRate(SPIRIT, Fraction(1, 2)),
        DutyRate(ALL, Fraction(3, 5), Fraction(20)),
        DutyRate(ALL, Fraction(1, 7)),
    )
    compiled = limits(position(charge=WholeUnit(rates)), drink("spirit", "1"), toy("20", 3), toy("19"))

    assert [compiled.rate(kind) for kind in range(3)] == [Fraction(1, 2), Fraction(3, 5), Fraction(1, 7)]
    assert [compiled.duty_of_unit(kind) for kind in range(3)] == [Fraction(1, 2), 12, Fraction(19, 7)]
    assert compiled.whole_duties() == ([7, 168, 38], 14)
    assert limits(position(), toy()).rate(0) == 0
    missing = limits(position(charge=WholeUnit(rates[1:2])), toy("19"))
    assert missing.rate(0) == 0


def test_the_greatest_duty_of_a_group_counts() -> None:
    charge = PartAbove(Fraction(1, 5), Fraction(4))
    value = a_rule(Sum("value", Fraction(30)), over=Verdict.DUTY, id="value", group="g")
    weight = a_rule(Sum("gross_kg", TEN), over=Verdict.DUTY, id="weight", group="g")

    def owed(*rules: Rule) -> Fraction:
        compiled = limits(position(*rules, charge=charge), toy("50", gross_kg="12.5"))
        return compiled.part_duty(compiled.sums([(0, 1)]))

    assert owed(value, weight) == 10
    assert owed(value, replace(weight, group=None)) == 14
    assert owed(value) == 4
    assert owed(replace(value, over=Verdict.NOTE)) == 0
    assert owed(value, replace(weight, form=Sum("gross_kg", Fraction(20)))) == 4


def test_who_is_too_young_owes_for_all_of_it() -> None:
    rule = a_rule(
        Sum("value", Fraction(30)), who=Who(age_from=18), under_age=Verdict.DUTY, over=Verdict.DUTY, id="value"
    )

    def owed(who: Traveller) -> Fraction:
        compiled = limits(position(rule, who=who, charge=PartAbove(Fraction(1, 5))), toy("50"))
        return compiled.part_duty(compiled.sums([(0, 1)]))

    assert owed(ADULT) == 4
    assert owed(CHILD) == 10


# ── parties ──────────────────────────────────────────────────────────────────────────────────────────────────────

VALUE = a_rule(Sum("value", Fraction(300)), over=Verdict.DUTY, id="value")
ADULTS = a_rule(
    Sum("ml", Fraction(1000)), ALCOHOL, who=Who(age_from=18), under_age=Verdict.REFUSE, over=Verdict.DUTY, id="drink"
)


def two(*lines: Goods, second: Traveller = CHILD, rule: Rule = ADULTS) -> list[Limits]:
    return [limits(position(rule, who=who, charge=TAXED), *lines) for who in (ADULT, second)]


def test_a_child_adds_no_room_for_what_they_may_not_carry() -> None:
    within, over = two(drink("wine", "500", 2, "12")), two(drink("wine", "500", 3, "12"))

    assert verdict_floor(within, pooled(within)) is Verdict.OK
    assert verdict_floor(over, pooled(over)) is Verdict.DUTY
    assert duty_floor(over, pooled(over)) == Fraction(1, 5)
    assert duty_floor(within, pooled(within)) == 0
    adults = two(drink("wine", "500", 4, "12"), second=ADULT)
    assert verdict_floor(adults, pooled(adults)) is Verdict.OK
    owing = two(drink("wine", "500", 3, "12"), rule=replace(ADULTS, under_age=Verdict.DUTY))
    assert verdict_floor(owing, pooled(owing)) is Verdict.DUTY
    lenient = two(drink("wine", "500", 3, "12"), rule=replace(ADULTS, under_age=None))
    assert verdict_floor(lenient, pooled(lenient)) is Verdict.OK
    banned = two(drink("wine", "500", abv="12"), second=CHILD, rule=a_rule(Ban(), over=Verdict.REVIEW))
    assert verdict_floor(banned, pooled(banned)) is Verdict.REVIEW


@pytest.mark.parametrize(("under_age", "least"), [(Verdict.REFUSE, 20), (None, 0)])
def test_only_who_may_not_carry_goods_leaves_the_tiers_to_the_others(under_age: Verdict | None, least: int) -> None:
    steps = Tiers("net_g", (Tier(TEN), Tier(Fraction(20), Verdict.DUTY, Fraction(2))))
    rule = a_rule(steps, who=Who(age_from=18), under_age=under_age)
    charge = PartAbove(Fraction(1, 5), Fraction(4))
    party = [limits(position(rule, who=who, charge=charge), toy("1", 2, net_g="10")) for who in (ADULT, CHILD)]

    assert duty_floor(party, pooled(party)) == least


def test_goods_beside_a_full_limit_go_out_exempt() -> None:
    none = a_rule(Sum("ml", Fraction(0)), ALCOHOL, over=Verdict.DUTY)
    party = [limits(position(none, charge=TAXED, waiting=[toy("7")]), drink("wine", "1"), toy("10"))] * 2

    assert duty_floor(party, pooled(party)) == Fraction(1, 5)


def test_goods_of_which_a_unit_is_over_alone_go_into_no_ones_allowance() -> None:
    each = a_rule(Each("ml", Fraction(700)), over=Verdict.DUTY)
    party = [
        limits(position(each, VALUE, charge=TAXED), drink("wine", "700", 2, "12"), drink("wine", "701", 2, "12"))
    ] * 2

    assert [sorted(one.ways[0].takes) for one in Heap(party, Verdict.DUTY).allowances] == [[0], [0]]
    assert [sorted(one.ways[0].takes) for one in Heap(party, Verdict.REVIEW).allowances] == [[0, 1], [0, 1]]
    assert duty_floor(party, pooled(party)) == Fraction(2, 5)
    assert most_kept(party, pooled(party), [10, 10]) == 20


def test_children_carry_what_adults_need_not() -> None:
    members = [
        Member(name, position(ADULTS, VALUE, who=who, charge=TAXED)) for name, who in (("A", CHILD), ("B", ADULT))
    ]

    answer = best_party(members, [drink("wine", "500", 2, "12"), toy("300"), toy("290")])

    assert (answer.verdict, answer.duty, answer.proved) == (Verdict.OK, None, True)
    assert dict(answer.split["B"])[0] == 2
    assert {line for line, _ in answer.split["A"]} & {1, 2}
    first = evaluate_party(members, [drink("wine", "500", 3, "12")])
    assert (first.verdict, str(first.duty)) == (Verdict.DUTY, "0.20")
    assert first.advice is not None
    assert first.advice.units == ((0, 1),)


def test_every_sharing_of_few_units_is_tried() -> None:
    at = position(VALUE, charge=TAXED)
    lots = [
        at.scales.lot(ItemOrigin(index), line) for index, line in enumerate((toy("200", 2), toy("100", 2), toy("50")))
    ]
    carriers = [TravellerCost(at, kinds_of(lots))] * 2
    sharing = Sharing(carriers, [2, 2, 1], [Fraction(2, 3), Fraction(1, 3), Fraction(1, 6)], Floor(Verdict.OK, 0))

    steps = sharing.exact(10_000)
    try:
        while True:
            next(steps)
    except StopIteration as end:
        is_whole = end.value

    assert is_whole
    assert sharing.least.verdict is Verdict.DUTY
    assert Fraction(sharing.least.duty, carriers[0].scale) == 10
    assert sorted(sum(n for _, n in share) for share in sharing.best) == [2, 3]
    carried = [sum(dict(share).get(kind, 0) for share in sharing.best) for kind in range(3)]
    assert carried == [2, 2, 1]
