"""The rules that ship, by id, first day, source and confidence, at their limits and one piece above."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from pos.domain.catalogue.product import Attributes
from pos.domain.quota.allowance_position import Traveller
from pos.domain.quota.assess import assess
from pos.domain.quota.measure import Goods
from tests.domain.quota.border import NOON, RATES, regime

ADULT = date(1986, 5, 1)
IDS = {
    "kr-jeju": {
        "value", "visits", "alcohol_volume", "alcohol_value", "cigarettes", "heated", "cigars", "loose", "vape_liquid",
        "tobacco_kinds",
    },
    "kz-horgos": {"value", "weight", "alcohol", "tobacco", "phones", "tablets", "laptops", "jewellery", "fur", "heavy",
                  "vape"},
    "eu-land": {"value", "tobacco", "spirits", "wine", "beer"},
    "cn-hainan": {"value", "cosmetics", "phones", "alcohol"},
    "cn-horgos": {"value", "tobacco", "alcohol", "vape_devices", "vape_pods", "vape_liquid", "quarantine", "dairy"},
}  # fmt: skip
"""What an adult meets today who does not come often."""


def said(
    name: str, category: str, quantity: int, born: date = ADULT, at: datetime = NOON, **values: Any
) -> dict[str, str]:
    attributes = Attributes(**{"gross_kg": Decimal("0.01"), **values})
    goods = Goods(category, category, quantity, Fraction(1), "EUR", attributes=attributes)
    answer = assess(regime(name), Traveller(born, "CN"), (), (goods,), at, RATES)
    return {result.rule.id: result.verdict.word for result in answer.rules}


@pytest.mark.parametrize("name", sorted(IDS))
def test_an_adult_meets_the_rules_of_these_names_and_no_others(name: str) -> None:
    assert set(said(name, "toy", 1)) == IDS[name]


@pytest.mark.parametrize(
    ("name", "rule", "category", "most", "above", "values"),
    [
        ("kr-jeju", "cigarettes", "tobacco.cigarette", 200, "refuse", {"sticks": 1}),
        ("kr-jeju", "heated", "tobacco.heated", 200, "refuse", {"sticks": 1}),
        ("kr-jeju", "cigars", "tobacco.cigar", 50, "refuse", {"sticks": 1}),
        ("kr-jeju", "cigars", "tobacco.cigarillo", 50, "refuse", {"sticks": 1}),
        ("kr-jeju", "loose", "tobacco.loose", 250, "refuse", {"net_g": Decimal(1)}),
        ("kr-jeju", "vape_liquid", "vape.pod", 20, "refuse", {"ml": Decimal(1)}),
        ("kr-jeju", "tobacco_kinds", "tobacco.cigar", 50, "refuse", {"sticks": 1}),
        ("kz-horgos", "tablets", "electronics.tablet", 2, "review", {}),
        ("kz-horgos", "laptops", "electronics.laptop", 1, "review", {}),
        ("kz-horgos", "jewellery", "jewellery", 5, "review", {}),
        ("eu-land", "tobacco", "tobacco.heated", 200, "duty", {"sticks": 1}),
    ],
)
def test_a_limit_is_inclusive_and_one_piece_more_is_too_much(
    name: str, rule: str, category: str, most: int, above: str, values: dict[str, Any]
) -> None:
    assert said(name, category, most, **values)[rule] == "ok"
    assert said(name, category, most + 1, **values)[rule] == above


@pytest.mark.parametrize("category", ["tobacco.heated", "tobacco.cigar", "tobacco.loose", "vape.pod"])
def test_to_the_korean_mainland_tobacco_is_from_the_nineteenth_birthday(category: str) -> None:
    values: dict[str, Any] = {"sticks": 1, "net_g": Decimal(1), "ml": Decimal(1)}
    assert "refuse" in said("kr-jeju", category, 1, date(2007, 11, 21), **values).values()
    assert "refuse" not in said("kr-jeju", category, 1, date(2007, 11, 20), **values).values()


def test_from_jeju_one_kind_of_tobacco_only() -> None:
    both = [
        Goods(category, category, 1, Fraction(1), "EUR", attributes=Attributes(sticks=20))
        for category in ("tobacco.cigarette", "tobacco.heated")
    ]
    answer = assess(regime("kr-jeju"), Traveller(ADULT), (), both, NOON, RATES)
    assert {one.rule.id for one in answer.rules if one.verdict.word == "refuse"} == {"tobacco_kinds"}


def test_the_list_of_kazakhstan_holds_from_its_day() -> None:
    for day, verdicts in (("2017-02-19", None), ("2017-02-20", "review")):
        at = datetime.fromisoformat(f"{day}T12:00:00+05:00")
        assert said("kz-horgos", "electronics.laptop", 2, at=at).get("laptops") == verdicts


@pytest.mark.parametrize(
    ("name", "rule", "confidence", "words"),
    [
        ("kr-jeju", "heated", "medium", "Guide pages"),
        ("kr-jeju", "tobacco_kinds", "medium", "Guide pages"),
        ("kr-jeju", "cigarettes", "high", "article 121-13"),
        ("kz-horgos", "laptops", "medium", "2024–2025"),
        ("cn-hainan", "value", "medium", "2025 年第 9 号"),
        ("cn-hainan", "alcohol", "medium", "2025 年第 9 号"),
        ("cn-horgos", "value", "high", "GACC order 276"),
        ("eu-land", "tobacco", "high", "heated tobacco"),
    ],
)
def test_a_rule_tells_where_it_is_written_and_how_sure_that_is(
    name: str, rule: str, confidence: str, words: str
) -> None:
    rules = regime(name)
    [in_force] = [one for one in rules.in_force(NOON.date()) if one.id == rule and one.who.age_to is None]
    assert in_force.confidence == confidence
    assert words in in_force.source


def test_the_announcement_for_hainan_holds_from_its_day() -> None:
    for day, words in ((date(2025, 10, 31), "33/2020"), (date(2025, 11, 1), "2025 年第 9 号")):
        rules = regime("cn-hainan").in_force(day)
        assert len(rules) == 4
        assert all(words in rule.source for rule in rules)
