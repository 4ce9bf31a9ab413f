"""Slips in a regime file that is otherwise well formed: none of them may quietly be another rule, or no limit."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from tests.regimes.test_bad_regime_files import FOLDER, Way, at, fault_in, file_of

RULES: Mapping[str, Mapping[str, Any]] = {
    "for nobody: from an age above the last": {"who": {"age_from": 30, "age_to": 20}},
    "for nobody: an age that nobody has": {"who": {"age_from": 1800}},
    "for nobody: a country in small letters": {"who": {"residence": ["kz"]}},
    "for nobody: a country that is none": {"who": {"residence": ["Kazakhstan"]}},
    "for nobody: a country without a name": {"who": {"residence": [""]}},
    "never: unless itself": {"unless": "first"},
    "never: each unless the other": {"unless": "second"},
    "never: unless a rule that is unless no rule": {"unless": "second"},
    "of no goods: a strength that nothing has": {"scope": ["alcohol"], "where": {"abv_from": "40", "abv_to": "20"}},
    "of no goods: above and up to the same strength": {
        "scope": ["alcohol"],
        "where": {"abv_above": "20", "abv_to": "20"},
    },
    "of no goods: stronger than pure": {"scope": ["alcohol"], "where": {"abv_from": "101"}},
    "without the condition that was meant": {"scope": ["alcohol"], "where": {}},
    "longer than the store remembers": {"window": "rolling:9999d"},
    "of frequent visitors longer than the store remembers": {"who": {"crossings_above": 1, "within_days": 100_000}},
    "half a crossing": {"measure": None, "limit": None, "carry_outs": "1.5", "window": "year"},
    "milder above": {
        "limit": None,
        "measure": "pieces",
        "window": None,
        "tiers": [{"up_to": "1"}, {"up_to": "2", "over": "refuse"}, {"up_to": "3", "over": "note"}],
        "over": "refuse",
    },
    "milder beyond the last step": {
        "limit": None,
        "measure": "pieces",
        "window": None,
        "tiers": [{"up_to": "1"}, {"up_to": "2", "over": "review"}],
        "over": "note",
    },
    "a duty that nobody charges": {
        "limit": None,
        "measure": "pieces",
        "window": None,
        "tiers": [{"up_to": "1"}, {"up_to": "2", "over": "duty"}],
        "over": "refuse",
    },
    "one kind in two parts of a pool": {
        "limit": None,
        "measure": None,
        "scope": None,
        "parts": [
            {"scope": ["tobacco"], "measure": "sticks", "per": "400"},
            {"scope": ["tobacco.cigar"], "measure": "sticks", "per": "20"},
        ],
    },
    "an alternative for other goods": {
        "limit": None,
        "measure": None,
        "window": None,
        "scope": ["tobacco"],
        "any_of": [{"only": ["alcohol"], "measure": "ml", "limit": "5"}],
    },
    "a bound on other goods": {
        "limit": None,
        "measure": None,
        "window": None,
        "scope": ["tobacco"],
        "any_of": [
            {
                "only": ["tobacco"],
                "measure": "sticks",
                "limit": "200",
                "within": [{"scope": ["alcohol"], "measure": "ml", "limit": "5"}],
            }
        ],
    },
    "one allowance over two spans": {"group": "general", "window": "month", "uses": 1},
    "one allowance used once and twice": {"group": "general", "uses": 2, "window": "year"},
}
"""Rules with a slip: each is read as a rule, and holds for no one, for nothing, or not as it was meant."""


UNLESS = {"never: each unless the other": "first", "never: unless a rule that is unless no rule": "nowhere"}
"""What the second rule says beside."""


@pytest.mark.parametrize("slip", RULES)
def test_a_rule_that_would_quietly_be_no_limit_is_a_fault(slip: str) -> None:
    first: dict[str, Any] = {"id": "first", "title": {"en": "First"}, "source": "made up", "confidence": "low"}
    first |= {"measure": "value", "limit": "500", "scope": ["*"], "window": "year", "over": "refuse"}
    second = {**first, "id": "second", "unless": UNLESS.get(slip)}
    second |= {"group": "general", "uses": 1} if "one allowance" in slip else {}
    first |= RULES[slip]
    rules = [{name: value for name, value in rule.items() if value is not None} for rule in (first, second)]
    town: dict[str, Any] = {"id": "town", "title": {"en": "Town"}, "destination": "XX", "time_zone": "Asia/Almaty"}
    town |= {"currency": "EUR", "rate_kind": "customs", "rule": rules}

    fault = fault_in(file_of(town))

    assert fault is not None, "accepted"
    assert fault.rule in ("first", "second")
    assert fault.field


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (("title", "kz"), "Қалаға", "title.kz"),  # kk was meant: kz is the country
        (("title", "EN"), "To town", "title.EN"),
        (("title", "en"), "x" * 1_000_000, "title.en"),
        (("title", "en"), "To\ntown", "title.en"),
        (("title", "en"), "\u202eTo town", "title.en"),
        (("title", "en"), "   ", "title.en"),
        (("destination",), "Uzbekistan", "destination"),
        (("destination",), "uz", "destination"),
        (("rule", 0, "source"), "x" * 1_000_000, "source"),
        (("rule", 0, "source"), "  ", "source"),
        (("rule", 0, "group"), "x" * 1_000_000, "group"),
        (("duty", "rates", 2), {"scope": ["*"], "except": ["alcohol"], "rate": "0.15"}, "duty.rates"),
        (("duty", "rates", 2), {"scope": ["*"], "where": {"abv_from": "12"}, "rate": "0.15"}, "duty.rates"),
        (("duty", "rates", 2, "rate"), "20", "duty.rates[2].rate"),  # 0.20 was meant
        (("rule", 4, "mixed"), "duty", "mixed"),
        (("rule", 4, "mixed"), "refuse", "mixed"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_slip_of_the_pen_is_a_fault(field: Way, value: object, expected: str) -> None:
    changed = deepcopy(tomllib.loads((FOLDER / "uz-demo.toml").read_text(encoding="utf-8")))
    at(changed, field[:-1])[field[-1]] = value

    fault = fault_in(file_of(changed))

    assert fault is not None, "accepted"
    assert fault.field.startswith(expected)
