"""What the till shows beside the verdict: rows, gauges, and when an allowance returns."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest

from pos.domain.money import Money
from pos.domain.quota.allowance_position import Traveller, position_of
from pos.domain.quota.assess import assess, assess_from
from pos.domain.quota.figures import decimal_text, figures, plain, unit
from pos.domain.quota.measure import Goods, ItemOrigin, NoQuotaRate, QuotaRates, UnknownAttribute
from pos.domain.quota.rule import Verdict
from pos.domain.quota.tally import Usage
from tests.domain.quota.border import ADULT, CHILD, NOON, RATES, goods, regime, sold
from tests.horgos import CNY


def test_a_row_shows_what_it_eats_of_each_allowance() -> None:
    basket = [goods("alcohol.spirit", "450", 2, ml="700", abv="40"), goods("perfume", "99.50")]
    eaten = assess(regime("cn-horgos"), ADULT, [], basket, NOON, RATES).eaten
    assert eaten == (
        (Usage("value", "value", 900), Usage("alcohol", "ml", 1400)),
        (Usage("value", "value", Fraction("99.5")),),
    )


def test_a_spent_day_returns_at_the_next_midnight_of_the_regime() -> None:
    history = [sold("2026-11-20T08:00:00+08:00", goods("perfume", "100"), left="2026-11-20T09:00:00+08:00")]
    value = assess(regime("cn-horgos"), ADULT, history, [], NOON, RATES).rule("value")
    assert value is not None
    assert value.spent
    assert value.returns_on == date(2026, 11, 21)
    assert value.returns_at == datetime.fromisoformat("2026-11-21T00:00:00+08:00")


def test_a_spent_december_returns_in_january() -> None:
    at = datetime.fromisoformat("2026-12-20T12:00:00+05:00")
    history = [sold("2026-12-01T08:00:00+05:00", goods("toy", "9", gross_kg="1"), left="2026-12-01T09:00:00+05:00")]
    weight = assess(regime("kz-horgos"), ADULT, history, [], at, RATES).rule("weight")
    assert weight is not None
    assert weight.returns_on == date(2027, 1, 1)


def test_a_carry_out_taxed_whole_spends_no_use() -> None:
    taxed = goods("watch", "9500", taxed_units=1)
    history = [sold("2026-11-20T08:00:00+08:00", taxed, left="2026-11-20T09:00:00+08:00")]
    value = assess(regime("cn-horgos"), ADULT, history, [goods("toy", "8000")], NOON, RATES).rule("value")
    assert value is not None
    assert (value.verdict, value.used, value.spent, value.returns_at) == (Verdict.OK, 0, False, None)


def test_a_return_before_leaving_gives_the_quota_back() -> None:
    earlier = sold("2026-11-20T08:00:00+08:00", goods("perfume", "8000", 0))
    assert assess(regime("cn-horgos"), ADULT, [earlier], [goods("toy", "8000")], NOON, RATES).verdict is Verdict.OK


def test_a_visitor_of_unknown_age_is_asked_for_the_birth_date() -> None:
    basket = [goods("toy", "10"), goods("tobacco.cigarette", "300", sticks=200)]
    answer = assess(regime("cn-horgos"), Traveller(), [], basket, NOON, RATES)
    assert answer.verdict is Verdict.UNKNOWN
    assert answer.unknown == (UnknownAttribute(ItemOrigin(1), "birth_date"),)


def test_known_goods_above_the_limit_outrank_a_missing_figure_and_it_is_still_named() -> None:
    basket = [goods("alcohol.spirit", "450", 3, ml="700", abv="40"), goods("alcohol.wine", "90", ml="750")]
    answer = assess(regime("cn-horgos"), ADULT, [], basket, NOON, RATES)
    alcohol = answer.rule("alcohol")
    assert alcohol is not None
    assert (alcohol.verdict, alcohol.current) == (Verdict.DUTY, 2100)
    assert answer.unknown == (UnknownAttribute(ItemOrigin(1), "abv"),)


def test_a_minor_with_a_bottle_is_refused_and_their_limit_is_nothing() -> None:
    answer = assess(regime("kz-horgos"), CHILD, [], [goods("alcohol.beer", "1", ml="500", abv="5")], NOON, RATES)
    alcohol = answer.rule("alcohol")
    assert alcohol is not None
    assert figures(alcohol, answer.regime) == {
        "limit": "0", "used": "0", "available": "0", "current": "500", "pending": "0", "over": "500", "left": "0",
    }  # fmt: skip


def test_a_rule_that_is_not_one_sum_shows_no_figures() -> None:
    answer = assess(regime("kz-horgos"), ADULT, [], [goods("fur", "9", gross_kg="1", variant="fox")], NOON, RATES)
    for name in ("tobacco", "fur", "heavy", "vape"):
        result = answer.rule(name)
        assert result is not None
        assert set(figures(result, answer.regime).values()) == {None}


def test_cigarettes_need_no_weight_where_the_count_alone_decides() -> None:
    basket = [goods("tobacco.cigarette", "9", sticks=200, gross_kg="1")]
    assert assess(regime("kz-horgos"), ADULT, [], basket, NOON, RATES).verdict is Verdict.OK


def test_mixed_tobacco_without_weights_is_unknown_by_its_weights() -> None:
    basket = [
        goods("tobacco.cigarette", "9", sticks=20, gross_kg="1"),
        goods("tobacco.heated", "9", sticks=20, gross_kg="1"),
    ]
    answer = assess(regime("kz-horgos"), ADULT, [], basket, NOON, RATES)
    assert answer.verdict is Verdict.UNKNOWN
    assert answer.unknown == (UnknownAttribute(ItemOrigin(0), "net_g"), UnknownAttribute(ItemOrigin(1), "net_g"))


def test_the_past_is_weighed_once_and_every_basket_after_it() -> None:
    history = [sold("2026-11-20T08:00:00+08:00", goods("perfume", "5000"))]
    position = position_of(regime("cn-horgos"), ADULT, history, NOON, RATES)
    for basket in ([goods("toy", "3000")], [goods("toy", "3000.01")], []):
        assert assess_from(position, basket) == assess(regime("cn-horgos"), ADULT, history, basket, NOON, RATES)


def test_a_price_without_a_rate_is_refused() -> None:
    with pytest.raises(NoQuotaRate) as refused:
        assess(regime("kz-horgos"), ADULT, [], [goods("toy", "1", currency="JPY", gross_kg="1")], NOON, RATES)
    assert refused.value.currency == "JPY"


def test_the_regimes_own_money_needs_no_rate() -> None:
    basket = [goods("toy", "8000")]
    assert assess(regime("cn-horgos"), ADULT, [], basket, NOON, QuotaRates("KZT")).verdict is Verdict.OK


def test_a_sold_line_brings_its_money() -> None:
    line = Goods.sold("Honey", "food.honey", 3, Money(1250, CNY), Money(50, CNY))
    assert (line.unit_price, line.discount, line.currency) == (Fraction("12.5"), Fraction("0.5"), "CNY")


def test_figures_round_half_up_in_the_places_of_their_measure() -> None:
    assert decimal_text(Fraction("0.005"), 2) == "0.01"
    assert decimal_text(Fraction("2.4995"), 3) == "2.500"
    assert decimal_text(Fraction(5, 2), 0) == "3"
    assert decimal_text(Fraction("-0.005"), 2) == "-0.01"
    assert plain(Fraction(8000)) == "8000"
    assert plain(Fraction("0.50")) == "0.5"
    assert unit("value", regime("kz-horgos")) == "EUR"
    assert unit("gross_kg", regime("kz-horgos")) == "kg"
