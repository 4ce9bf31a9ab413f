"""Unanswered questions about a visitor, and the verdicts that depend on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pos.application.text.translator import N_
from pos.domain.quota.allowance_position import AllowancePosition
from pos.domain.quota.assess import Assessment, RuleResult
from pos.domain.quota.rule import Ban, Each, Rule, Verdict

DESTINATION, ENTRIES, BIRTH_DATE, WEIGHT, CENTER = "destination", "entries", "birth_date", "weight", "center"
QUESTIONS: Mapping[str, str] = {
    DESTINATION: N_("the destination"),
    ENTRIES: N_("the entry days"),
    BIRTH_DATE: N_("the date of birth"),
    WEIGHT: N_("the weight of the parcel"),
    CENTER: N_("the answer of the center"),
}
"""The questions on which a verdict may depend, in the order in which they are asked; the till asks the last itself."""


def frequent_entries(today: date, days: int) -> tuple[date, ...]:
    """The entries of a visitor who came on each of the last `days`: every rule that counts entries applies to them."""
    return tuple(today - timedelta(days=back) for back in range(days))


def rules_in_doubt(plain: Assessment, if_frequent: Assessment) -> tuple[Rule, ...]:
    """The rules with a worse verdict for a frequent visitor: for these goods the days of entry decide."""
    verdicts = {result.rule.id: result.verdict for result in plain.rules}
    return tuple(one.rule for one in if_frequent.rules if one.verdict > verdicts.get(one.rule.id, Verdict.OK))


def limits_of_the_frequent(plain: AllowancePosition, if_frequent: AllowancePosition) -> tuple[Rule, ...]:
    """The rules that hold for a frequent visitor only: what they cover may be left to less than `plain` says."""
    held = {position.rule.id for position in plain.rule_positions}
    return tuple(position.rule for position in if_frequent.rule_positions if position.rule.id not in held)


def with_most_left(shown: Assessment, limits: Collection[Rule]) -> Assessment:
    """The verdict with the rules marked whose remainder is the most that can be left, until `limits` are ruled out.

    Beside other goods a rule that these do not touch is not on show.
    """
    leaves = frozenset(leaf for rule in limits for leaf in rule.scope.leaves)

    def is_most(result: RuleResult) -> bool:
        is_on_show = not shown.eaten or _is_touched(result)
        return is_on_show and result.verdict < Verdict.UNKNOWN and _is_of(result.rule, leaves)

    if not any(is_most(result) for result in shown.rules):
        return shown
    return replace(
        shown, rules=tuple(result._replace(open=True) if is_most(result) else result for result in shown.rules)
    )


def as_open(plain: Assessment, about: Sequence[str], rules: Collection[Rule]) -> Assessment:
    """The verdict that may be shown while the questions `about` are open: never better than unknown.

    `rules` are those that the answer brings in: the current result for their goods is not certain. Without the answer
    of the center no sum is: another shop may have sold a part of each, and what is left is the most that can be.
    """
    if not about:
        return plain
    leaves = frozenset(leaf for rule in rules for leaf in rule.scope.leaves)
    results = tuple(_unsettled(result) if _is_about(result, leaves) else result for result in plain.rules)
    if CENTER in about:
        results = tuple(_without_others(result) for result in results)
    return replace(plain, verdict=max(plain.verdict, Verdict.UNKNOWN), rules=results, open=tuple(about))


def _is_about(result: RuleResult, leaves: frozenset[str]) -> bool:
    """Whether a rule covers only some of the goods in doubt; a rule shared by all goods does not depend on them."""
    return _is_touched(result) and _is_of(result.rule, leaves)


def _is_touched(result: RuleResult) -> bool:
    return bool(result.current) or result.fit is not None


def _is_of(rule: Rule, leaves: frozenset[str]) -> bool:
    return "*" not in rule.scope.names and not leaves.isdisjoint(rule.scope.leaves)


def _without_others(result: RuleResult) -> RuleResult:
    """A result of which the purchases in other shops are not known; what counts piece by piece does not need them."""
    if isinstance(result.rule.form, Each | Ban) or result.verdict > Verdict.UNKNOWN:
        return result
    return _unsettled(result) if _is_touched(result) else result._replace(open=True)


def _unsettled(result: RuleResult) -> RuleResult:
    return result._replace(verdict=max(result.verdict, Verdict.UNKNOWN), open=True)
