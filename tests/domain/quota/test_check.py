"""`quota check`: what is not understood is refused by the name of its field, and nothing is guessed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.application.quota.check_quota import check
from pos.domain.errors import BadInput
from tests.domain.quota.border import shipped

Scenario = dict[str, Any]


def a_scenario() -> Scenario:
    return {
        "regime": "cn-horgos",
        "at": "2026-11-20T12:00:00+08:00",
        "visitor": {"birth_date": "1986-05-01", "residence": "CN", "entries": ["2026-11-10"]},
        "rates": {"base": "KZT", "per_unit": {"CNY": "72", "EUR": "600"}},
        "history": [{"at": "2026-11-20T10:00:00+08:00", "carried_out_at": None, "lines": [a_line()]}],
        "basket": [a_line()],
    }


def a_line() -> dict[str, Any]:
    return {
        "name": "Cognac", "category": "alcohol.spirit", "quantity": 2, "unit_price": "450.00", "currency": "CNY",
        "discount": "0.00", "ml": 700, "abv": "40", "gross_kg": "1.350",
    }  # fmt: skip


def _answer(scenario: object) -> Any:
    return json.loads(check(json.dumps(scenario), shipped()))


def test_the_answer_has_the_shape_of_the_contract() -> None:
    answer = _answer(a_scenario())
    assert list(answer) == ["regime", "verdict", "proved", "rules", "duty", "advice", "unknown"]
    assert answer["rules"][0] == {
        "rule": "value", "verdict": "ok", "limit": "8000", "used": "0.00", "available": "8000.00",
        "current": "1800.00", "pending": "900.00", "over": "0.00", "left": "6200.00", "unit": "CNY",
    }  # fmt: skip
    assert answer["duty"] == {
        "amount": "450.00",
        "currency": "CNY",
        "units": [{"line": 0, "units": 2, "taxable": "900.00", "rate": "0.50", "duty": "450.00"}],
    }
    assert answer["advice"] == [{"line": 0, "units": 2}]


def test_a_pending_unit_that_is_taxed_is_named_by_its_sale() -> None:
    scenario = a_scenario()
    scenario["history"][0]["lines"][0]["unit_price"] = "10.00"
    units = _answer(scenario)["duty"]["units"]
    assert units[0]["history"] == 0
    assert units[0]["line"] == 0


def test_a_party_of_one_is_the_plain_case() -> None:
    alone = a_scenario()
    party = {key: value for key, value in alone.items() if key not in ("visitor", "history")}
    party["party"] = [{"id": "A", "visitor": alone["visitor"], "history": alone["history"]}]
    plain, answer = _answer(alone), _answer(party)
    assert answer["split"] == {"A": [{"line": 0, "units": 2}]}
    member = answer["party"][0]
    assert {"regime": "cn-horgos", **member} == {"id": "A", **plain}
    assert (answer["verdict"], answer["duty"]["amount"], answer["advice"]) == ("duty", "450.00", plain["advice"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda s: s.update(regime="atlantis"), "regime"),
        (lambda s: s.update(regime=["cn-horgos"]), "regime"),
        (lambda s: s.pop("basket"), "basket"),
        (lambda s: s.pop("visitor"), "visitor"),
        (lambda s: s.update(basket={}), "basket"),
        (lambda s: s.update(bascet=[]), "bascet"),
        (lambda s: s.update(party=[]), "party"),
        (lambda s: s.update(party=[{"id": "A", "visitor": {}}]), "visitor"),
        (lambda s: s.update(at="2026-11-20"), "at"),
        (lambda s: s.update(at="0001-01-01T00:00:00+08:00"), "at"),
        (lambda s: s["visitor"].update(birth_date="1986-02-30"), "visitor.birth_date"),
        (lambda s: s["visitor"].update(birth_date="2026-11-21"), "visitor.birth_date"),
        (lambda s: s["visitor"].update(entries=["yesterday"]), "visitor.entries[0]"),
        (lambda s: s["visitor"].update(residence="China"), "visitor.residence"),
        (lambda s: s["rates"]["per_unit"].update(CNY="0"), "rates.per_unit.CNY"),
        (lambda s: s["rates"]["per_unit"].update(CNY="-72"), "rates.per_unit.CNY"),
        (lambda s: s["rates"]["per_unit"].update(KZT="2"), "rates.per_unit.KZT"),
        (lambda s: s["rates"]["per_unit"].update(yuan="2"), "rates.per_unit.yuan"),
        (lambda s: s["history"][0].update(at="noon"), "history[0].at"),
        (lambda s: s["history"][0]["lines"][0].update(taxed_units=3), "history[0].lines[0].taxed_units"),
        (lambda s: s["basket"][0].update(taxed_units=1), "basket[0].taxed_units"),
        (lambda s: s["basket"][0].update(category="alcohol"), "basket[0].category"),
        (lambda s: s["basket"][0].update(category="vodka\n"), "basket[0].category"),
        (lambda s: s["basket"][0].update(quantity=1.5), "basket[0].quantity"),
        (lambda s: s["basket"][0].update(quantity="2"), "basket[0].quantity"),
        (lambda s: s["basket"][0].update(quantity=True), "basket[0].quantity"),
        (lambda s: s["basket"][0].update(quantity=-1), "basket[0].quantity"),
        (lambda s: s["basket"][0].update(quantity=None), "basket[0].quantity"),
        (lambda s: s["basket"][0].update(quantity=10**400), "basket[0].quantity"),
        (lambda s: s["basket"][0].update(unit_price="-1"), "basket[0].unit_price"),
        (lambda s: s["basket"][0].update(unit_price=450), "basket[0].unit_price"),
        (lambda s: s["basket"][0].update(unit_price="٤٥٠"), "basket[0].unit_price"),
        (lambda s: s["basket"][0].update(unit_price="1e9"), "basket[0].unit_price"),
        (lambda s: s["basket"][0].update(discount="900.01"), "basket[0].discount"),
        (lambda s: s["basket"][0].update(discount="-0.01"), "basket[0].discount"),
        (lambda s: s["basket"][0].update(currency="USD"), "basket[0].currency"),
        (lambda s: s["basket"][0].update(currency=None), "basket[0].currency"),
        (lambda s: s["basket"][0].update(ml=float("nan")), "basket[0].ml"),
        (lambda s: s["basket"][0].update(ml=1e300), "basket[0].ml"),
        (lambda s: s["basket"][0].update(ml=-1), "basket[0].ml"),
        (lambda s: s["basket"][0].update(abv="101"), "basket[0].abv"),
        (lambda s: s["basket"][0].update(sticks=2.5), "basket[0].sticks"),
        (lambda s: s["basket"][0].update(variant=5), "basket[0].variant"),
        (lambda s: s["basket"][0].update(milliliter=700), "basket[0].milliliter"),
    ],
)
def test_a_bad_field_is_named(change: Callable[[Scenario], object], field: str) -> None:
    scenario = a_scenario()
    change(scenario)
    with pytest.raises(BadInput) as refused:
        check(json.dumps(scenario), shipped())
    assert refused.value.facts()["field"] == field
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "{", "5", "null", '"text"', "[5]", "[" * 100_000, '{"regime": 1, "regime": 2}'])
def test_what_is_no_scenario_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        check(text, shipped())


def test_an_exact_decimal_number_is_as_good_as_its_text() -> None:
    text = json.dumps(a_scenario()).replace('"1.350"', "1.350").replace('"40"', "40")
    assert json.loads(check(text, shipped())) == _answer(a_scenario())


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.data(), _json)
@settings(max_examples=150)
def test_no_json_whatever_ends_in_a_crash(data: st.DataObject, junk: object) -> None:
    scenario: Any = a_scenario()
    node = scenario
    while True:
        key = data.draw(st.sampled_from(sorted(node) if isinstance(node, dict) else list(range(len(node)))))
        if not isinstance(node[key], dict | list) or not node[key] or data.draw(st.booleans()):
            break
        node = node[key]
    node[key] = junk
    said = _said(json.dumps(scenario))
    said.encode()
    assert said.startswith("{") or "\n" not in said


def _said(text: str) -> str:
    """The answer, or the one line of the refusal."""
    try:
        return check(text, shipped())
    except BadInput as refused:
        return str(refused)


def _a_party() -> Scenario:
    scenario = a_scenario()
    visitor = {"visitor": scenario.pop("visitor"), "history": []}
    scenario |= {"party": [{"id": "A", **visitor}, {"id": "B", **visitor}]}
    prices = ["1999.50", "3120.00", "2750.90", "640.00", "5210.00", "899.00", "4100.50", "1480.00", "333.00"]
    scenario["basket"] = [
        {"name": "Bag", "category": "bag", "quantity": 1 + index % 2, "unit_price": price, "currency": "CNY"}
        for index, price in enumerate(prices)
    ]
    del scenario["history"]
    return scenario


def test_one_visitor_and_a_party_are_shown_whether_the_answer_is_proved() -> None:
    alone, party = _answer(a_scenario()), _answer(_a_party())
    assert list(party) == ["regime", "verdict", "proved", "duty", "advice", "split", "party"]
    assert (alone["proved"], party["proved"]) == (True, True)
    assert [member["proved"] for member in party["party"]] == [True, True]


def test_the_last_answer_owes_no_more_than_the_first() -> None:
    first, last = (json.loads(check(json.dumps(_a_party()), shipped(), first=f)) for f in (True, False))
    assert float(last["duty"]["amount"]) <= float(first["duty"]["amount"])


def test_each_scenario_of_a_list_is_answered_as_if_it_were_alone() -> None:
    party, alone = _a_party(), a_scenario()
    assert _answer([party, alone, party]) == [_answer(party), _answer(alone), _answer(party)]
