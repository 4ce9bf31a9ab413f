"""What a regime must know of goods follows from its rules, not from a list that someone keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from pos.domain.catalogue.category import LEAVES, covers
from pos.domain.quota.allowance_position import position_of
from pos.domain.quota.evaluation import judge
from pos.domain.quota.required_attributes import ORDER, needed_of, needs_on, together
from pos.domain.quota.rule import (
    Alternative,
    Ban,
    Choice,
    DutyRate,
    Form,
    MostVisits,
    Regime,
    Rule,
    Scope,
    Strength,
    Sum,
    Verdict,
    WholeUnit,
)
from pos.domain.quota.window import Window
from tests.domain.quota.border import ADULT, NOON, RATES, goods, regime, shipped

TODAY = date(2026, 11, 24)
_VALUES = {"ml": "700", "abv": "40", "net_g": "250", "gross_kg": "1.2", "sticks": 200, "pieces": 1, "variant": "mink"}


def needed(name: str, category: str, day: date = TODAY) -> tuple[str, ...]:
    return needed_of(category, needs_on(regime(name), day))


def a_regime(*rules: Rule) -> Regime:
    return replace(regime("kr-jeju"), rules=rules)


def a_rule(scope: Scope, form: Form) -> Rule:
    return Rule("rule", {}, scope, form, Window("carry_out"), Verdict.REFUSE)


def test_kazakhstan_weighs_everything_but_alcohol() -> None:
    needs = needs_on(regime("kz-horgos"), TODAY)

    assert needs["gross_kg"] == {leaf for leaf in LEAVES if not covers("alcohol", leaf)}


@pytest.mark.parametrize(
    ("category", "attributes"),
    [
        ("alcohol.spirit", ("ml", "abv")),
        ("alcohol.beer", ("ml", "abv")),
        ("tobacco.cigarette", ("sticks", "net_g", "gross_kg")),
        ("tobacco.loose", ("net_g", "gross_kg")),
        ("fur", ("variant", "gross_kg")),
        ("electronics.phone", ("gross_kg",)),
    ],
)
def test_kazakhstan_asks_for_what_its_limits_count(category: str, attributes: tuple[str, ...]) -> None:
    assert needed("kz-horgos", category) == attributes


@pytest.mark.parametrize(
    ("category", "attributes"),
    [
        ("alcohol.spirit", ("ml", "abv")),
        ("tobacco.heated", ("sticks",)),
        ("tobacco.loose", ("net_g",)),
        ("vape.device", ("ml",)),
        ("watch", ()),
        ("food.dairy", ()),
    ],
)
def test_china_asks_for_what_its_limits_count(category: str, attributes: tuple[str, ...]) -> None:
    assert needed("cn-horgos", category) == attributes


def test_a_rule_that_no_longer_holds_asks_for_nothing() -> None:
    assert needed("cn-horgos", "tobacco.heated", date(2024, 11, 30)) == ()
    assert needed("cn-horgos", "tobacco.heated", date(2024, 12, 1)) == ("sticks",)


def test_a_way_out_of_a_choice_asks_only_from_its_own_day() -> None:
    tobacco = Scope(("tobacco",))
    heated = Alternative(Scope(("tobacco.heated",)), "sticks", Fraction(200), since=date(2022, 10, 8))
    loose = Alternative(Scope(("tobacco.loose",)), "net_g", Fraction(250))
    choosing = a_regime(a_rule(tobacco, Choice((heated, loose))))

    def of(day: date) -> tuple[str, ...]:
        return needed_of("tobacco.heated", needs_on(choosing, day))

    assert of(date(2022, 10, 7)) == ()
    assert of(date(2022, 10, 8)) == ("sticks",)


def test_pieces_and_price_are_never_missing() -> None:
    scope = Scope(("*",))
    rules = (a_rule(scope, Sum("pieces", Fraction(3))), a_rule(scope, Sum("value", Fraction(800))))

    assert needs_on(a_regime(*rules), TODAY) == {}


def test_a_ban_on_strong_drink_must_know_how_strong_it_is() -> None:
    strong = Scope(("alcohol",), strength=Strength(above=Fraction(60)))
    needs = needs_on(a_regime(a_rule(strong, Ban()), a_rule(Scope(("*",)), MostVisits(Fraction(6)))), TODAY)

    assert {leaf for leaf in LEAVES if needed_of(leaf, needs) == ("abv",)} == {
        leaf for leaf in LEAVES if covers("alcohol", leaf)
    }


def test_a_duty_that_depends_on_the_strength_asks_for_it() -> None:
    wine = Scope(("alcohol.wine",), strength=Strength(above=Fraction(15)))
    taxing = replace(
        a_regime(), charge=WholeUnit((DutyRate(wine, Fraction(1, 2)), DutyRate(Scope(("*",)), Fraction(1))))
    )

    assert needs_on(taxing, TODAY) == {"abv": {"alcohol.wine"}}


def test_several_regimes_need_what_any_of_them_needs() -> None:
    both = together(needs_on(regime(name), TODAY) for name in ("cn-horgos", "kz-horgos"))

    assert needed_of("vape.pod", both) == ("ml", "gross_kg")
    assert needed_of("alcohol.spirit", both) == ("ml", "abv")
    assert together([]) == {}


def missed_of(name: str, category: str, **attributes: Any) -> set[str]:
    """What the evaluator itself misses of one unit."""
    position = position_of(regime(name), ADULT, [], NOON, RATES)
    unknown = judge(position, [goods(category, "10", **attributes)]).assessment.unknown
    return {gap.attribute for gap in unknown if gap.attribute in ORDER}


@pytest.mark.parametrize("name", sorted(shipped()))
def test_of_goods_that_tell_what_is_needed_the_till_misses_nothing(name: str) -> None:
    needs = needs_on(regime(name), TODAY)
    for category in LEAVES:
        attributes: dict[str, Any] = {attribute: _VALUES[attribute] for attribute in needed_of(category, needs)}
        assert missed_of(name, category, **attributes) == set(), category


@pytest.mark.parametrize("name", sorted(shipped()))
def test_nothing_is_asked_for_that_the_till_would_not_miss(name: str) -> None:
    needs = needs_on(regime(name), TODAY)
    for category in LEAVES:
        assert missed_of(name, category) == set(needed_of(category, needs)), category
