"""Unanswered questions about a visitor, and the verdicts that depend on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pos.application.text.translator import N_
from pos.domain.quota.assess import Assessment, RuleResult
from pos.domain.quota.rule import Rule, Verdict

DESTINATION, ENTRIES, BIRTH_DATE = "destination", "entries", "birth_date"
QUESTIONS: Mapping[str, str] = {
    DESTINATION: N_("the destination"),
    ENTRIES: N_("the entry days"),
    BIRTH_DATE: N_("the date of birth"),
}
"""The questions on which a verdict may depend, in the order in which they are asked."""


def frequent_entries(today: date, days: int) -> tuple[date, ...]:
    """The entries of a visitor who came on each of the last `days`: every rule that counts entries applies to them."""
    return tuple(today - timedelta(days=back) for back in range(days))


def rules_in_doubt(plain: Assessment, if_frequent: Assessment) -> tuple[Rule, ...]:
    """The rules with a worse verdict for a frequent visitor: for these goods the days of entry decide."""
    verdicts = {result.rule.id: result.verdict for result in plain.rules}
    return tuple(one.rule for one in if_frequent.rules if one.verdict > verdicts.get(one.rule.id, Verdict.OK))


def as_open(plain: Assessment, about: Sequence[str], rules: Collection[Rule]) -> Assessment:
    """The verdict that may be shown while the questions `about` are open: never better than unknown.

    `rules` are those that the answer brings in: the current result for their goods is not certain.
    """
    if not about:
        return plain
    leaves = frozenset(leaf for rule in rules for leaf in rule.scope.leaves)
    results = tuple(_unsettled(result) if _is_about(result, leaves) else result for result in plain.rules)
    return replace(plain, verdict=max(plain.verdict, Verdict.UNKNOWN), rules=results, open=tuple(about))


def _is_about(result: RuleResult, leaves: frozenset[str]) -> bool:
    """Whether a rule covers only some of the goods in doubt; a rule shared by all goods does not depend on them."""
    scope = result.rule.scope
    touched = bool(result.current) or result.fit is not None
    return touched and "*" not in scope.names and not leaves.isdisjoint(scope.leaves)


def _unsettled(result: RuleResult) -> RuleResult:
    return result._replace(verdict=max(result.verdict, Verdict.UNKNOWN), open=True)
