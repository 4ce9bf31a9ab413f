"""Questions about a visitor that are not answered, and what a verdict that hangs on one looks like."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pos.application.text.words import N_
from pos.domain.quota.assess import Assessment, RuleResult
from pos.domain.quota.rule import Rule, Verdict

DESTINATION, ENTRIES, BIRTH_DATE = "destination", "entries", "birth_date"
QUESTIONS: Mapping[str, str] = {
    DESTINATION: N_("the destination"),
    ENTRIES: N_("the entry days"),
    BIRTH_DATE: N_("the date of birth"),
}
"""What a verdict may hang on, in the order in which it is asked."""


def often(today: date, days: int) -> tuple[date, ...]:
    """The entries of a visitor who came on each of the last days, for any rule that counts them."""
    return tuple(today - timedelta(days=back) for back in range(days))


def hanging(plain: Assessment, if_often: Assessment) -> tuple[Rule, ...]:
    """The rules that are worse for a visitor who crosses often: about these goods the days of entry decide."""
    found = {result.rule.id: result.verdict for result in plain.rules}
    return tuple(one.rule for one in if_often.rules if one.verdict > found.get(one.rule.id, Verdict.OK))


def as_open(plain: Assessment, about: Sequence[str], rules: Collection[Rule]) -> Assessment:
    """The verdict as it may be shown while the questions `about` are open: never better than not known.

    `rules` are those that the answer brings in: what stands for their goods now is not certain.
    """
    if not about:
        return plain
    leaves = frozenset(leaf for rule in rules for leaf in rule.scope.leaves)
    results = tuple(_unsettled(result) if _is_about(result, leaves) else result for result in plain.rules)
    return replace(plain, verdict=max(plain.verdict, Verdict.UNKNOWN), rules=results, open=tuple(about))


def _is_about(result: RuleResult, leaves: frozenset[str]) -> bool:
    """A rule for some of the goods in doubt, that they touch; what all goods share does not hang on it."""
    scope = result.rule.scope
    touched = bool(result.current) or result.fit is not None
    return touched and "*" not in scope.names and not leaves.isdisjoint(scope.leaves)


def _unsettled(result: RuleResult) -> RuleResult:
    return replace(result, verdict=max(result.verdict, Verdict.UNKNOWN), open=True)
