"""`quota check`: the evaluator without a screen, from JSON to JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from pos.application.quota.quota_scenario import Scenario, read_scenario
from pos.application.text.json_object import parse_json
from pos.domain.money import Money
from pos.domain.quota.advice import Advice
from pos.domain.quota.allowance_position import position_of
from pos.domain.quota.assess import RuleResult
from pos.domain.quota.duty import Bill
from pos.domain.quota.evaluation import Evaluation, best, judge
from pos.domain.quota.figures import decimal_text, digits_of, figures, plain, unit
from pos.domain.quota.measure import ItemOrigin
from pos.domain.quota.party_split import Member, best_party, evaluate_party
from pos.domain.quota.rule import Regime


def check(text: str, regimes: Mapping[str, Regime], first: bool = False) -> str:
    """Evaluate the scenario, or list of scenarios, in the JSON `text`. Every error is a BadInput."""
    return json.dumps(check_quota(parse_json(text), regimes, first), ensure_ascii=False, indent=2)


def check_quota(document: object, regimes: Mapping[str, Regime], first: bool = False) -> object:
    """One result for one scenario, a list for a list; one bad scenario fails the whole list.

    Returns the last answer of each scenario, or with `first` the one computed at once. Each scenario has its own
    budget.

    `document` is parsed JSON with exact numbers (`parse_json`). Raises a BadInput that names the field.
    """
    if isinstance(document, list):
        scenarios = [read_scenario(item, regimes, f"[{index}]") for index, item in enumerate(document)]
        return [answer(scenario, first) for scenario in scenarios]
    return answer(read_scenario(document, regimes), first)


def answer(scenario: Scenario, first: bool = False) -> dict[str, object]:
    """The result of one scenario in the shape of the contract."""
    members = [
        Member(person.id, position_of(scenario.regime, person.visitor, person.history, scenario.at, scenario.rates))
        for person in scenario.people
    ]
    if not scenario.party:
        judged = judge(members[0].position, scenario.basket) if first else best(members[0].position, scenario.basket)
        return {"regime": scenario.regime.id, **result_of(judged)}
    party = evaluate_party(members, scenario.basket) if first else best_party(members, scenario.basket)
    return {
        "regime": scenario.regime.id,
        "verdict": party.verdict.word,
        "proved": party.proved,
        "duty": None if party.duty is None else {"amount": str(party.duty), "currency": party.duty.currency.code},
        "advice": advice_of(party.advice),
        "split": {name: units_of(parts) for name, parts in party.split.items()},
        "party": [{"id": name, **result_of(judgement)} for name, judgement in party.members],
    }


def advice_of(advice: Advice | None) -> list[dict[str, int]] | None:
    """Units to remove, by basket line."""
    return None if advice is None else units_of(advice.units)


def units_of(parts: Sequence[tuple[int, int]]) -> list[dict[str, int]]:
    """(basket line, units) in the form of the contract."""
    return [{"line": line, "units": units} for line, units in parts]


def result_of(judgement: Evaluation) -> dict[str, object]:
    """Verdict, figures, duty, advice and missing attributes of one visitor.

    What the regime leaves out, and what is planned by that day and not confirmed, is named where there is any.
    """
    assessment, bill, advice = judgement.assessment, judgement.bill, judgement.advice
    answer: dict[str, object] = {
        "verdict": assessment.verdict.word,
        "proved": bill is None or bill.proved,
        "rules": [rule_of(result, assessment.regime) for result in assessment.rules],
        "duty": None if bill is None else duty_of(bill),
        "advice": advice_of(advice),
        "unknown": [{**origin_json(unknown.origin), "attribute": unknown.attribute} for unknown in assessment.unknown],
    }
    regime, day = assessment.regime, assessment.at.astimezone(assessment.regime.zone).date()
    if regime.unchecked:
        answer["not_checked"] = [one.id for one in regime.unchecked]
    if planned := regime.planned_by(day):
        answer["planned"] = [{"rule": one.id, "from": str(one.since)} for one in planned]
    return answer


def duty_of(bill: Bill) -> dict[str, object]:
    """The duty estimate, and the units that are dutiable in full."""
    currency = bill.amount.currency
    return {
        "amount": str(bill.amount),
        "currency": currency.code,
        "units": [
            {
                **origin_json(taxed.origin),
                "units": taxed.units,
                "taxable": str(Money.rounded(taxed.taxable, currency)),
                "rate": decimal_text(taxed.rate, 2) if (taxed.rate * 100).denominator == 1 else plain(taxed.rate),
                "duty": str(Money.rounded(taxed.duty, currency)),
            }
            for taxed in bill.units
        ],
    }


def rule_of(result: RuleResult, regime: Regime) -> dict[str, object]:
    """One rule's verdict and figures as text; what other shops sold of them is named where there is any."""
    answer: dict[str, object] = {
        "rule": result.rule.id,
        "verdict": result.verdict.word,
        **figures(result, regime),
        "unit": unit(result.measure, regime),
    }
    if result.used_elsewhere or result.pending_elsewhere:
        digits = digits_of(result.measure, regime)
        answer["used_elsewhere"] = decimal_text(result.used_elsewhere, digits)
        answer["pending_elsewhere"] = decimal_text(result.pending_elsewhere, digits)
    return answer


def origin_json(origin: ItemOrigin) -> dict[str, int]:
    """A basket line, or a line of the history."""
    return {"line": origin.line} if origin.history is None else {"history": origin.history, "line": origin.line}
