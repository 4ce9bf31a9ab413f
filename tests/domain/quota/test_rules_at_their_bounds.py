"""Rules made by hand, each form at its bound: what still fits, what is one too many, and what the verdict says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.quota.advice import Advice
from pos.domain.quota.allowance_position import PastSale, Traveller, position_of, rules_met
from pos.domain.quota.assess import Assessment, RuleResult, assess
from pos.domain.quota.duty import billed, ranked
from pos.domain.quota.evaluation import judge
from pos.domain.quota.figures import decimal_text, digits_of, figures, plain, unit
from pos.domain.quota.filling import lots_of, to_the_brim
from pos.domain.quota.limits import Limits, kinds_of
from pos.domain.quota.measure import Goods, ItemOrigin, NoQuotaRate, QuotaRates, Scales, UnknownAttribute
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
from pos.domain.quota.rule_excess import LimitUse
from pos.domain.quota.window import Window
from tests.domain.quota.border import ALL, NOON, ONCE, RATES, a_regime, a_rule, goods, sold

SPIRIT = Scope(("alcohol.spirit",))
DAY = NOON.date()
ADULT = Traveller(date(1986, 5, 1), "KZ")
TEN = Fraction(10)


def judged(
    rule: Rule, *basket: Goods, past: Sequence[PastSale] = (), who: Traveller = ADULT, at: datetime = NOON
) -> RuleResult:
    result = whole(rule, *basket, past=past, who=who, at=at).rule(rule.id)
    assert result is not None
    return result


def whole(
    *parts: Rule | Goods, past: Sequence[PastSale] = (), who: Traveller = ADULT, at: datetime = NOON
) -> Assessment:
    rules = [one for one in parts if isinstance(one, Rule)]
    return assess(a_regime(*rules), who, past, [one for one in parts if isinstance(one, Goods)], at, RATES)


def toy(price: str = "10", quantity: int = 1, **attributes: Any) -> Goods:
    return goods("toy", price, quantity, **attributes)


# ── forms ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_sum_is_full_at_its_limit_and_over_above_it() -> None:
    rule = a_rule(Sum("value", Fraction(30)))

    full, over = judged(rule, toy(quantity=3)), judged(rule, toy(quantity=4))

    assert (full.verdict, full.current, full.left, full.over) == (Verdict.OK, 30, 0, 0)
    assert (over.verdict, over.current, over.left, over.over) == (Verdict.REFUSE, 40, 0, 10)
    one = judged(rule, toy())
    assert (one.limit, one.used, one.available, one.left, one.over, one.pending) == (30, 0, 30, 20, 0, 0)


def test_a_sum_of_a_missing_figure_is_not_known_unless_it_is_over_anyway() -> None:
    rule = a_rule(Sum("net_g", Fraction(30)))

    assert judged(rule, toy(), toy(net_g="30")).verdict is Verdict.UNKNOWN
    assert judged(rule, toy(), toy(net_g="31")).verdict is Verdict.REFUSE
    assert whole(rule, toy(net_g="1"), toy()).unknown == (UnknownAttribute(ItemOrigin(1), "net_g"),)


def test_a_pool_is_shared_by_kinds_each_by_its_own_measure() -> None:
    parts = (PoolPart(Scope(("tobacco.cigarette",)), "sticks", Fraction(200)), PoolPart(SPIRIT, "ml", Fraction(1000)))
    rule = a_rule(Pool(parts, Verdict.NOTE))
    sticks, bottle = goods("tobacco.cigarette", "1", 5, sticks=20), goods("alcohol.spirit", "1", ml="500", abv="40")

    both, too_many = judged(rule, sticks, bottle), judged(rule, sticks, replace(bottle, quantity=2))

    assert (both.verdict, both.current, both.left, both.parts) == (Verdict.NOTE, 1, 0, (0, 1))
    assert (too_many.verdict, too_many.over) == (Verdict.REFUSE, Fraction(1, 2))
    alone = judged(rule, bottle)
    assert (alone.verdict, alone.parts, alone.measure) == (Verdict.OK, (1,), "pool")


def test_each_piece_is_measured_for_itself() -> None:
    rule = a_rule(Each("ml", Fraction(500)))

    assert judged(rule, toy(ml="500", quantity=3)).verdict is Verdict.OK
    assert judged(rule, toy(ml="501")).verdict is Verdict.REFUSE
    assert judged(rule, toy(ml="500"), toy(ml="501", quantity=2)).verdict is Verdict.REFUSE
    assert judged(rule, toy()).verdict is Verdict.UNKNOWN
    assert judged(rule, toy(), toy(ml="501")).verdict is Verdict.REFUSE


def test_every_variant_has_a_limit_of_its_own() -> None:
    rule = a_rule(PerVariant("pieces", Fraction(2)))
    mink, fox = toy(quantity=2, variant="mink"), toy(quantity=2, variant="fox")

    assert judged(rule, mink, fox).verdict is Verdict.OK
    over = judged(rule, mink, replace(mink, quantity=1), fox)
    assert (over.verdict, over.fit) == (Verdict.REFUSE, LimitUse("pieces", Fraction(2), 3, 0))
    assert judged(rule, mink, toy()).verdict is Verdict.UNKNOWN
    assert judged(a_rule(PerVariant("net_g", Fraction(2))), mink).verdict is Verdict.UNKNOWN


def test_what_is_banned_is_banned_from_the_first_piece() -> None:
    rule = a_rule(Ban(), Scope(("toy",)))

    banned = judged(rule, toy())
    assert (banned.verdict, banned.spent, banned.barred, banned.open) == (Verdict.REFUSE, False, False, False)
    assert judged(rule, goods("book", "1")).verdict is Verdict.OK


def test_so_many_carry_outs_are_free_and_one_more_is_not() -> None:
    rule = a_rule(MostVisits(Fraction(2)), window=Window("day"))
    past = [sold(f"2026-11-20T0{hour}:00:00+08:00", toy(), left=f"2026-11-20T0{hour}:30:00+08:00") for hour in (8, 9)]

    second, third = judged(rule, toy(), past=past[:1]), judged(rule, toy(), past=past)

    assert (second.verdict, second.used, second.current, second.left, second.measure) == (
        Verdict.OK, 1, 1, 0, "carry_outs",
    )  # fmt: skip
    assert (third.verdict, third.used, third.current, third.over) == (Verdict.REFUSE, 2, 1, 1)
    assert judged(rule, past=past).verdict is Verdict.OK
    waiting = sold("2026-11-20T10:00:00+08:00", toy())
    assert [judged(rule, toy(), past=[*past, *more]).pending for more in ((), (waiting,))] == [0, 1]


def a_choice(*, since: date | None = None) -> Rule:
    wine = Alternative(Scope(("alcohol.wine",)), "ml", Fraction(2000))
    beer = Alternative(Scope(("alcohol",)), "ml", Fraction(1500), since, (Bound(SPIRIT, "ml", Fraction(500)),))
    return a_rule(Choice((wine, beer)), Scope(("alcohol",)))


def bottles(kind: str, ml: str, quantity: int = 1) -> Goods:
    return goods(f"alcohol.{kind}", "1", quantity, ml=ml, abv="12")


def test_a_choice_is_kept_where_one_of_its_sets_holds_all_the_goods() -> None:
    rule = a_choice()

    assert judged(rule, bottles("wine", "1000", 2)).verdict is Verdict.OK
    assert judged(rule, bottles("wine", "1000"), bottles("spirit", "500")).verdict is Verdict.OK
    assert judged(rule, bottles("wine", "1000"), bottles("spirit", "501")).verdict is Verdict.REFUSE
    over = judged(rule, bottles("wine", "2001"))
    assert (over.verdict, over.fit) == (Verdict.REFUSE, LimitUse("ml", Fraction(2000), 2001, 0))
    assert judged(rule, goods("alcohol.wine", "1", abv="12")).verdict is Verdict.UNKNOWN
    assert judged(rule, toy()).verdict is Verdict.OK


def test_what_has_no_figure_for_a_choice_is_what_to_leave() -> None:
    known, unknown = bottles("wine", "1000"), goods("alcohol.wine", "1", abv="12")
    said = judge(position_of(a_regime(a_choice()), ADULT, [], NOON, RATES), [known, unknown])

    assert said.assessment.verdict is Verdict.UNKNOWN
    assert said.advice == Advice(((1, 1),))


def test_a_set_of_a_choice_counts_from_its_own_day() -> None:
    mixed = (bottles("wine", "500"), bottles("spirit", "500"))

    assert judged(a_choice(since=DAY), *mixed).verdict is Verdict.OK
    assert judged(a_choice(since=DAY + timedelta(days=1)), *mixed).verdict is Verdict.REFUSE


STEPS = (Tier(TEN), Tier(Fraction(20), Verdict.DUTY, Fraction(2)), Tier(Fraction(30), Verdict.DUTY, Fraction(5)))
TIERS = Tiers("net_g", STEPS)


@pytest.mark.parametrize(
    ("grams", "verdict", "duty"),
    [("10", Verdict.OK, 0), ("11", Verdict.DUTY, 2), ("20", Verdict.DUTY, 20), ("21", Verdict.DUTY, 25),
     ("30", Verdict.DUTY, 70), ("31", Verdict.REFUSE, 70)],
)  # fmt: skip
def test_each_step_has_its_verdict_and_its_duty(grams: str, verdict: Verdict, duty: int) -> None:
    assert judged(a_rule(TIERS), toy(net_g=grams)).verdict is verdict
    assert TIERS.duty(Fraction(grams)) == duty
    assert TIERS.limit == 10


# ── who and when ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("years", "met"), [(17, False), (18, True), (60, True), (61, False)])
def test_ages_of_a_rule_include_both_ends(years: int, met: bool) -> None:
    rule = a_rule(Ban(), who=Who(age_from=18, age_to=60))
    visitor = Traveller(date(DAY.year - years, DAY.month, DAY.day))

    assert [one.id for one, _ in rules_met(a_regime(rule), visitor, DAY)] == (["r"] if met else [])


def test_who_is_too_young_is_barred_where_the_rule_says_so() -> None:
    rule = a_rule(Sum("pieces", TEN), who=Who(age_from=18), under_age=Verdict.REVIEW, over=Verdict.DUTY)
    child = Traveller(date(2010, 1, 1))

    barred = judged(rule, toy(), who=child)

    assert (barred.verdict, barred.barred, barred.limit, barred.available) == (Verdict.REVIEW, True, 0, 0)
    assert judged(rule, who=child).verdict is Verdict.OK
    assert judged(rule, toy(quantity=11)).verdict is Verdict.DUTY
    assert judged(replace(rule, form=Each("pieces", TEN)), toy(), who=child).verdict is Verdict.REVIEW


def test_an_unknown_age_or_side_is_a_doubt() -> None:
    rule = a_rule(Sum("pieces", TEN), who=Who(age_from=18, residence=frozenset({"KZ"})), under_age=Verdict.REFUSE)

    assert {gap.attribute for gap in whole(rule, toy(), who=Traveller()).unknown} == {"birth_date", "residence"}
    assert whole(rule, toy(), who=replace(ADULT, residence="CN")).rules == ()
    half = Traveller(born_from=date(2009, 1, 1), residence="KZ")
    assert judged(rule, toy(), who=half).barred
    older = Traveller(born_from=date(2008, 1, 1), residence="KZ")
    assert judged(rule, toy(), who=older).verdict is Verdict.UNKNOWN
    adult = Traveller(born_from=date(2005, 1, 1), residence="KZ")
    assert judged(rule, toy(), who=adult).verdict is Verdict.OK


def test_a_frequent_traveller_has_entered_more_often_than_the_rule_says() -> None:
    rule = a_rule(Ban(), who=Who(crossings_above=1, within_days=15))

    def met(*back: int) -> bool:
        entries = tuple(DAY - timedelta(days=days) for days in back)
        return bool(rules_met(a_regime(rule), Traveller(entries=entries), DAY))

    assert not met(0)
    assert met(0, 14)
    assert not met(0, 15)
    assert met(0, 1, 2)


def test_of_versions_that_only_an_unknown_age_tells_apart_the_most_generous_counts() -> None:
    young = a_rule(Sum("pieces", TEN), who=Who(age_to=17))
    old = a_rule(Sum("pieces", Fraction(20)), who=Who(age_from=18))

    for order in ((young, old), (old, young)):
        result = assess(a_regime(*order), Traveller(), [], [toy()], NOON, RATES).rule("r")
        assert result is not None
        assert result.limit == 20


def test_a_ban_is_less_generous_than_the_smallest_limit() -> None:
    young = a_rule(Ban(), who=Who(age_to=17))
    old = a_rule(Sum("gross_kg", Fraction(1, 2)), who=Who(age_from=18))

    for order in ((young, old), (old, young)):
        result = assess(a_regime(*order), Traveller(), [], [toy()], NOON, RATES).rule("r")
        assert result is not None
        assert result.limit == Fraction(1, 2)


def test_a_rule_stands_back_where_another_is_met() -> None:
    special, usual = a_rule(Ban(), id="special", who=Who(age_from=18)), a_rule(Ban(), id="usual", unless="special")

    assert [rule.id for rule, _ in rules_met(a_regime(special, usual), ADULT, DAY)] == ["special"]
    child = Traveller(date(2016, 1, 1))
    assert [rule.id for rule, _ in rules_met(a_regime(special, usual), child, DAY)] == ["usual"]


def test_a_rule_holds_from_its_first_day_until_before_its_end() -> None:
    rule = a_rule(Ban(), since=DAY, until=DAY + timedelta(days=2))

    assert [rule.in_force(DAY + timedelta(days=days)) for days in (-1, 0, 1, 2)] == [False, True, True, False]
    assert a_rule(Ban()).in_force(DAY)
    assert (rule.title_in("kk"), replace(rule, title={}).title_in("kk")) == ("A rule", "r")


def test_a_strength_is_at_least_above_or_at_most() -> None:
    assert [Strength(at_least=TEN).admits(abv) for abv in (9, 10, 11)] == [False, True, True]
    assert [Strength(above=TEN).admits(abv) for abv in (9, 10, 11)] == [False, False, True]
    assert [Strength(at_most=TEN).admits(abv) for abv in (9, 10, 11)] == [True, True, False]
    assert Strength().admits(0)


# ── the past ─────────────────────────────────────────────────────────────────────────────────────────────────────


def left(day: str, *lines: Goods) -> PastSale:
    return sold(f"{day}T09:00:00+08:00", *lines, left=f"{day}T10:00:00+08:00")


def test_what_went_out_in_the_window_is_used_and_returns_when_it_is_over() -> None:
    rule = a_rule(Sum("pieces", TEN), window=Window("rolling", 7))

    part = judged(rule, toy(), past=[left("2026-11-14", toy(quantity=4)), left("2026-11-13", toy(quantity=9))])
    full = judged(rule, past=[left("2026-11-15", toy(quantity=8)), left("2026-11-16", toy(quantity=3))])

    assert (part.used, part.available, part.left, part.returns_on) == (4, 6, 5, None)
    assert (full.used, full.available, full.returns_on) == (11, 0, date(2026, 11, 22))
    assert full.returns_at == datetime.fromisoformat("2026-11-22T00:00:00+08:00")
    assert judged(replace(rule, window=ONCE), past=[left("2026-11-20", toy(quantity=8))]).used == 0


def test_a_missing_figure_of_what_went_out_matters_to_more_of_these_goods_only() -> None:
    rule = a_rule(Sum("ml", Fraction(1000)), SPIRIT, Window("day"))
    past = [left("2026-11-20", goods("alcohol.spirit", "1", abv="40"))]

    assert judged(rule, toy(), past=past).verdict is Verdict.OK
    assert judged(rule, bottles("spirit", "500"), past=past).verdict is Verdict.UNKNOWN


def test_units_that_went_out_with_duty_paid_are_not_used() -> None:
    rule = a_rule(Sum("pieces", TEN), window=Window("day"))

    assert judged(rule, past=[left("2026-11-20", toy(quantity=4, taxed_units=3))]).used == 1


def test_an_allowance_with_one_use_is_spent_by_any_carry_out() -> None:
    rule = a_rule(Sum("pieces", TEN), window=Window("month"), uses=1)
    twice = replace(rule, uses=2)
    past = [left("2026-11-03", toy()), left("2026-11-05", toy())]

    spent = judged(rule, toy(), past=past[:1])

    assert (spent.spent, spent.available, spent.used, spent.verdict) == (True, 0, 1, Verdict.REFUSE)
    assert spent.returns_on == date(2026, 12, 1)
    assert not judged(twice, toy(), past=past[:1]).spent
    assert judged(twice, toy(), past=past).spent
    rolling = replace(twice, window=Window("rolling", 30))
    assert judged(rolling, past=past).returns_on == date(2026, 12, 3)
    assert judged(rolling, past=[*past, left("2026-11-10", toy())]).returns_on == date(2026, 12, 5)
    assert not judged(replace(rule, scope=SPIRIT), past=past).spent


def test_rules_of_one_group_spend_their_uses_together() -> None:
    one = a_rule(Sum("pieces", TEN), Scope(("toy",)), Window("day"), id="one", uses=1, group="g")
    other = a_rule(Sum("pieces", TEN), Scope(("book",)), Window("day"), id="other", uses=1, group="g")

    assessment = whole(one, other, past=[left("2026-11-20", toy())])

    assert [result.spent for result in assessment.rules] == [True, True]


def test_goods_that_have_not_left_count_with_the_basket() -> None:
    rule = a_rule(Sum("pieces", TEN), window=Window("day"))
    waiting = sold("2026-11-20T09:00:00+08:00", toy(quantity=6))

    both = judged(rule, toy(quantity=5), past=[waiting])

    assert (both.used, both.pending, both.current, both.over, both.verdict) == (0, 6, 11, 1, Verdict.REFUSE)


def test_of_yesterday_goods_are_taken_to_have_left_where_the_regime_says_so() -> None:
    rule = a_rule(Sum("pieces", TEN), window=Window("month"))
    regime = a_regime(rule, assume_left=True)

    def pending(at: str, *, not_departed: bool = False) -> int:
        sale = replace(sold(at, toy(quantity=6)), not_departed=not_departed)
        return sum(lot.quantity for lot in position_of(regime, ADULT, [sale], NOON, RATES).pending)

    assert pending("2026-11-20T00:00:00+08:00") == 6
    assert pending("2026-11-19T23:59:00+08:00") == 0
    assert pending("2026-11-19T23:59:00+08:00", not_departed=True) == 6


# ── measures and figures ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_line_is_worth_its_price_less_its_discount_in_the_currency_of_the_regime() -> None:
    scales = Scales(RATES, "CNY")

    lot = scales.lot(ItemOrigin(0), goods("toy", "10", 3, "EUR", discount="6"))

    assert lot.value == 24 * Fraction(600, 72)
    assert scales.lot(ItemOrigin(0), toy(quantity=3, taxed_units=2), exempt_only=True).value == 10
    assert scales.lot(ItemOrigin(0), toy(quantity=3, taxed_units=3), exempt_only=True).quantity == 0
    assert scales.in_currency(Fraction(600), "EUR") == 72
    assert RATES.worth("KZT", "CNY") == Fraction(1, 72)
    assert RATES.worth("GBP", "GBP") == 1
    with pytest.raises(NoQuotaRate):
        QuotaRates("KZT").worth("EUR", "KZT")


@pytest.mark.parametrize(("abv", "category"), [("0.5", "drink"), ("0.51", "alcohol.beer"), (None, "alcohol.beer")])
def test_up_to_half_a_per_cent_a_drink_is_no_alcohol(abv: str | None, category: str) -> None:
    attributes: dict[str, Any] = {} if abv is None else {"abv": abv}

    assert Scales(RATES, "CNY").lot(ItemOrigin(0), goods("alcohol.beer", "1", **attributes)).category == category


def test_a_figure_has_the_places_of_its_measure_rounded_half_up() -> None:
    regime = a_regime()

    assert [digits_of(measure, regime) for measure in ("value", "gross_kg", "pool", "ml")] == [2, 3, 4, 0]
    assert [unit(measure, regime) for measure in ("value", "gross_kg", "carry_outs", "x")] == [
        "CNY", "kg", "carry_outs", None,
    ]  # fmt: skip
    assert [decimal_text(Fraction(*number), 2) for number in ((1, 200), (-1, 200), (1, 201), (-1, 201), (25, 2))] == [
        "0.01", "-0.01", "0.00", "0.00", "12.50",
    ]  # fmt: skip
    assert [decimal_text(Fraction(number, 2), 0) for number in (1, 3, -3)] == ["1", "2", "-2"]
    assert [plain(number) for number in (8000, Fraction(1, 2), 0, Fraction(1, 3), -3)] == [
        "8000", "0.5", "0", "0.333333333", "-3",
    ]  # fmt: skip
    texts = figures(judged(a_rule(Sum("value", Fraction("30.50"))), toy()), regime)
    assert (texts["limit"], texts["left"], texts["current"]) == ("30.5", "20.50", "10.00")
    assert figures(judged(a_rule(Ban()), toy()), regime)["limit"] is None


# ── duty ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def duty(rule: Rule, charge: Charge, *basket: Goods) -> Fraction:
    position = position_of(a_regime(rule, charge=charge), ADULT, [], NOON, RATES)
    scales = position.scales
    limits = Limits(position, kinds_of([scales.lot(ItemOrigin(index), line) for index, line in enumerate(basket)]))
    bill, _ = billed(limits, 10_000)
    assert bill is not None
    return bill.exact


def test_of_goods_taxed_by_the_part_only_what_is_above_costs() -> None:
    value = a_rule(Sum("value", Fraction(30)), over=Verdict.DUTY)
    weight = a_rule(Sum("gross_kg", TEN), over=Verdict.DUTY)
    charge = PartAbove(Fraction(1, 5), Fraction(4))

    assert duty(value, charge, toy(quantity=5)) == 4
    assert duty(weight, charge, toy(gross_kg="12.5")) == 10
    assert duty(a_rule(TIERS, over=Verdict.DUTY), charge, toy(net_g="21")) == 25


def test_of_goods_taxed_whole_the_cheapest_choice_is_taxed_at_the_first_rate_that_matches() -> None:
    rule = a_rule(Sum("value", Fraction(30)), over=Verdict.DUTY)
    charge = WholeUnit((DutyRate(ALL, Fraction(3, 5), Fraction(20)), DutyRate(ALL, Fraction(1, 5))))

    assert duty(rule, charge, toy(), toy("20"), toy("5")) == 1
    assert duty(rule, charge, toy("20"), toy("20")) == 12
    assert duty(rule, charge, toy("19"), toy("19")) == Fraction(19, 5)


def test_a_unit_that_is_over_alone_is_taxed_even_if_others_have_room() -> None:
    each = a_rule(Each("ml", Fraction(700)), over=Verdict.DUTY)
    charge = WholeUnit((DutyRate(ALL, Fraction(1, 5)),))

    assert duty(each, charge, toy("10", ml="701"), toy("10", ml="700")) == 2
    assert duty(each, charge, toy("10", 3, ml="701")) == 6


def test_first_the_worth_counts_then_one_unit_more_and_then_the_earlier_scan() -> None:
    profits, one = ranked([3, 3, 2], [(2, 0), (1, 1), (4, 2)])

    assert profits[0] > profits[1] > profits[2]
    assert 3 * one < profits[1] < 4 * one
    assert 2 * profits[2] > profits[0]
    assert ranked([], [])[0] == []
    assert profits[0] - profits[1] < profits[1] - profits[2]


@given(st.data())
def test_goods_are_ranked_by_worth_then_by_how_many_and_then_by_who_was_scanned_first(data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(0, 4), min_size=1, max_size=4))
    worths = data.draw(st.lists(st.integers(0, 3), min_size=len(numbers), max_size=len(numbers)))
    places = data.draw(st.permutations(range(len(numbers))))
    profits, one = ranked(worths, list(zip(numbers, places)))

    def kept() -> tuple[int, tuple[int, int, list[int]]]:
        """What some of the goods earn, and the same figure by figure; of equal sets that of the earlier scans."""
        counts = [data.draw(st.integers(0, number)) for number in numbers]
        last_first = [-counts[places.index(place)] for place in reversed(range(len(places)))]
        earned = sum(profit * n for profit, n in zip(profits, counts))
        return earned, (sum(worth * n for worth, n in zip(worths, counts)), sum(counts), last_first)

    (one_earned, one_rank), (other_earned, other_rank) = kept(), kept()
    assert (one_earned > other_earned) is (one_rank > other_rank)
    assert one_earned // one == one_rank[0]


def test_a_room_is_filled_to_the_brim_where_lots_add_up_to_it() -> None:
    chosen, work = to_the_brim([5, 4, 3], 8)

    assert chosen == {0, 2}
    assert work > 0
    assert to_the_brim([], 8) == (set(), 0)
    assert to_the_brim([9], 8)[0] == set()
    assert to_the_brim([8], 8)[0] == {0}
    assert to_the_brim([6, 6], 13)[0] == {0, 1}
    assert to_the_brim([6, 6], 11)[0] == {1}
    large = 1 << 40
    assert to_the_brim([3 * large + 1, 2 * large, large], 5 * large)[0] == {0, 2}


@pytest.mark.parametrize(("units", "lots"), [(0, []), (1, [1]), (2, [1, 1]), (3, [1, 2]), (10, [1, 2, 4, 3])])
def test_lots_of_doubling_size_add_up_to_every_number(units: int, lots: list[int]) -> None:
    assert lots_of(units) == lots


# ── figures where there is no one sum ────────────────────────────────────────────────────────────────────────────


def test_the_figures_of_a_choice_tell_what_was_pending_and_the_tightest_limit() -> None:
    waiting = sold("2026-11-20T09:00:00+08:00", bottles("spirit", "300"))

    result = judged(a_choice(), bottles("spirit", "250"), bottles("wine", "100"), past=[waiting])

    assert (result.verdict, result.fit) == (Verdict.REFUSE, LimitUse("ml", Fraction(500), 550, 300))
    within = judged(a_choice(), bottles("wine", "500"), bottles("spirit", "100"))
    assert within.fit == LimitUse("ml", Fraction(1500), 600, 0)
    assert judged(a_choice(), bottles("wine", "500")).fit == LimitUse("ml", Fraction(2000), 500, 0)


def test_the_figures_of_variants_and_pieces_are_those_of_the_greatest() -> None:
    variants, each = a_rule(PerVariant("pieces", Fraction(2))), a_rule(Each("ml", Fraction(500)))
    waiting = sold("2026-11-20T09:00:00+08:00", toy(variant="fox"))

    both = judged(variants, toy(variant="mink"), toy(variant="fox"), past=[waiting])
    assert (both.verdict, both.fit) == (Verdict.OK, LimitUse("pieces", Fraction(2), 2, 1))
    over = judged(variants, toy(quantity=2, variant="fox"), past=[waiting])
    assert over.fit == LimitUse("pieces", Fraction(2), 3, 1)
    assert judged(each, toy(ml="600", quantity=2), toy(ml="100")).fit == LimitUse("ml", Fraction(500), 600, 0)
    assert judged(each, toy(ml="400", quantity=2)).fit is None
    assert judged(each, toy(ml="600"), toy()).fit is None
    assert judged(variants, toy(quantity=3, variant="mink"), toy()).fit is None


def test_goods_of_unknown_strength_are_not_known_where_it_decides() -> None:
    strong = Scope(("alcohol",), strength=Strength(above=Fraction(22)))
    rule = a_rule(Sum("ml", Fraction(1000)), strong)

    weak, unknown = goods("alcohol.wine", "1", ml="2000", abv="12"), goods("alcohol.wine", "1", ml="500")
    assert judged(rule, weak).current == 0
    assert judged(rule, unknown).verdict is Verdict.UNKNOWN
    assert [gap.attribute for gap in whole(rule, goods("alcohol.wine", "1")).unknown] == ["abv", "ml"]
    assert judged(a_rule(Ban(), strong), unknown).verdict is Verdict.UNKNOWN
    assert judged(a_rule(Ban(), strong), goods("alcohol.spirit", "1", abv="22.1")).verdict is Verdict.REFUSE
    weaker = Scope(("alcohol",), strength=Strength(at_most=Fraction(22)))
    pool = a_rule(Pool((PoolPart(strong, "ml", Fraction(1000)), PoolPart(weaker, "ml", Fraction(2000)))))
    assert judged(pool, weak).current == 1
    assert judged(pool, goods("alcohol.spirit", "1", ml="500", abv="40")).current == Fraction(1, 2)
    assert judged(pool, unknown).verdict is Verdict.UNKNOWN
    choice = a_rule(Choice((Alternative(strong, "ml", Fraction(1000)),)), Scope(("alcohol",)))
    assert judged(choice, unknown).verdict is Verdict.UNKNOWN
    assert judged(choice, weak).verdict is Verdict.REFUSE


def test_a_line_tells_what_it_uses_of_each_rule() -> None:
    rule, other = a_rule(Sum("pieces", TEN), Scope(("toy",))), a_rule(Ban(), SPIRIT, id="ban")

    assessment = whole(rule, other, toy(quantity=2), goods("alcohol.spirit", "1", abv="40"), goods("book", "1"))

    assert [[(use.rule, use.measure, use.amount) for use in line] for line in assessment.eaten] == [
        [("r", "pieces", 2)], [("ban", "", None)], [],
    ]  # fmt: skip
    assert (assessment.verdict, assessment.rule("nothing")) == (Verdict.REFUSE, None)
