"""Every worked case of the shop's quota book, through the same door as `quota check`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pos.application.quota.check_quota import check
from pos.domain.errors import BadInput
from tests.domain.quota.border import shipped

CASES: dict[str, dict[str, Any]] = {
    case["id"]: case
    for case in json.loads((Path(__file__).parents[2] / "vectors" / "quota.json").read_text(encoding="utf-8"))
}
BAD = [name for name, case in CASES.items() if "exit" in case["expect"]]
GOOD = [name for name in CASES if name not in BAD]
DISPUTED: dict[str, str] = {}
"""Cases believed wrong, each with the proof from the rules; the answer must still differ from them."""


@pytest.mark.parametrize("name", GOOD)
def test_the_till_answers_a_worked_case_as_the_book_does(name: str) -> None:
    case = CASES[name]
    answer = json.loads(check(json.dumps(case["scenario"]), shipped()))
    differences = list(_differences(case["expect"], answer, ""))
    assert bool(differences) is (name in DISPUTED), (case["why"], differences)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_case_is_refused_by_the_name_of_its_field(name: str) -> None:
    with pytest.raises(BadInput) as refused:
        check(json.dumps(CASES[name]["scenario"]), shipped())
    assert CASES[name]["expect"]["names"] in str(refused.value)
    assert "\n" not in str(refused.value)


def test_one_bad_case_fails_the_whole_list() -> None:
    scenarios = [CASES[GOOD[0]]["scenario"], CASES[BAD[0]]["scenario"]]
    with pytest.raises(BadInput, match=r"\[1\]\."):
        check(json.dumps(scenarios), shipped())


def test_a_list_is_answered_in_its_order() -> None:
    scenarios = [CASES[name]["scenario"] for name in GOOD]
    answers = json.loads(check(json.dumps(scenarios), shipped()))
    assert [answer["regime"] for answer in answers] == [scenario["regime"] for scenario in scenarios]


def test_in_every_party_each_unit_is_carried_exactly_once() -> None:
    for name in GOOD:
        scenario = CASES[name]["scenario"]
        if "party" not in scenario:
            continue
        answer = json.loads(check(json.dumps(scenario), shipped()))
        carried = [0] * len(scenario["basket"])
        for units in answer["split"].values():
            for part in units:
                carried[part["line"]] += part["units"]
        assert carried == [line["quantity"] for line in scenario["basket"]], name


def _differences(expect: Mapping[str, Any], answer: Mapping[str, Any], where: str) -> Any:
    """What the answer says otherwise than `expect`, which names only what is judged."""
    if "verdict" in expect and expect["verdict"] != answer["verdict"]:
        yield where, expect["verdict"], answer["verdict"]
    rules = {rule["rule"]: rule for rule in answer["rules"]} if "rules" in expect else {}
    for rule, figures in expect.get("rules", {}).items():
        for figure, value in figures.items():
            given = rules[rule][figure]
            if given != value if figure == "verdict" else Decimal(given) != Decimal(value):
                yield where, rule, figure, value, given
    for gap in expect.get("unknown", ()):
        if gap not in answer["unknown"]:
            yield where, gap, answer["unknown"]
    if "duty" in expect and not _same_duty(expect["duty"], answer["duty"]):
        yield where, expect["duty"], answer["duty"]
    if "advice" in expect and _units(expect["advice"]) != _units(answer["advice"]):
        yield where, expect["advice"], answer["advice"]
    for person, units in expect.get("split", {}).items():
        if _units(units) != _units(answer["split"][person]):
            yield where, person, units, answer["split"]
    people = {person["id"]: person for person in answer.get("party", ())}
    for person, wanted in expect.get("party", {}).items():
        yield from _differences(wanted, people[person], f"{where}{person}.")


def _same_duty(expect: Mapping[str, Any] | None, duty: Mapping[str, Any] | None) -> bool:
    if expect is None:
        return duty is None or Decimal(duty["amount"]) == 0
    return (
        duty is not None
        and Decimal(duty["amount"]) == Decimal(expect["amount"])
        and duty["currency"] == expect["currency"]
    )


def _units(units: list[dict[str, int]] | None) -> dict[int, int]:
    return {part["line"]: part["units"] for part in units or ()}
