"""`quota check`: the evaluator without a screen, from JSON to JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pos.application.quota_scenario import Scenario, parse_json, read_scenario
from pos.domain.quota.assess import Assessment, RuleResult, assess
from pos.domain.quota.figures import figures, unit
from pos.domain.quota.measure import Origin
from pos.domain.quota.rule import Regime


def check(text: str, regimes: Mapping[str, Regime]) -> str:
    """Answer the scenario, or the list of them, that the JSON `text` holds. Whatever is wrong is a BadInput."""
    return json.dumps(check_quota(parse_json(text), regimes), ensure_ascii=False, indent=2)


def check_quota(document: object, regimes: Mapping[str, Regime]) -> object:
    """One result for one scenario, a list for a list; one bad scenario fails the whole list.

    `document` is parsed JSON with exact numbers (`parse_json`). Raises a BadInput that names the field.
    """
    if isinstance(document, list):
        scenarios = [read_scenario(item, regimes, f"[{index}]") for index, item in enumerate(document)]
        return [answer(scenario) for scenario in scenarios]
    return answer(read_scenario(document, regimes))


def answer(scenario: Scenario) -> dict[str, object]:
    """The result of one scenario in the shape of the contract."""
    person = scenario.people[0]
    assessment = assess(scenario.regime, person.visitor, person.history, scenario.basket, scenario.at, scenario.rates)
    return {"regime": scenario.regime.id, **result_of(assessment)}


def result_of(assessment: Assessment) -> dict[str, object]:
    """Verdict, figures and gaps of one visitor."""
    return {
        "verdict": assessment.verdict.word,
        "rules": [rule_of(result, assessment.regime) for result in assessment.rules],
        "unknown": [{**place_of(gap.origin), "attribute": gap.attribute} for gap in assessment.unknown],
    }


def rule_of(result: RuleResult, regime: Regime) -> dict[str, object]:
    """One rule's verdict and figures as text."""
    return {
        "rule": result.rule.id,
        "verdict": result.verdict.word,
        **figures(result, regime),
        "unit": unit(result.measure, regime),
    }


def place_of(origin: Origin) -> dict[str, int]:
    """A basket line, or a line of the history."""
    return {"line": origin.line} if origin.history is None else {"history": origin.history, "line": origin.line}
