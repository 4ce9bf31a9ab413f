"""The look of a till at its center: whether it answers, by which rules it judges, and which customs rates it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos.application.membership.compare_rates import CompareRates, RateApart
from pos.application.membership.membership import Membership
from pos.application.membership.refusals import CenterAway
from pos.application.membership.take_rules import TakeRules
from pos.domain.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Looked:
    """Why the center does not answer, empty where it does; the customs rates that differ; and the regimes whose files
    this program cannot read, with their digests.
    """

    what: str = ""
    rates: Sequence[RateApart] = ()
    unreadable: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class LookAtCenter:
    """Changes nothing at the center, and nothing by which a sale in hand is judged. Fit for any thread."""

    membership: Membership
    rules: TakeRules
    compare_rates: CompareRates

    def __call__(self) -> Looked:
        """Look once. A till that takes part in no center has only files of one that it has left to look at."""
        what, rates = "", tuple[RateApart, ...]()
        try:
            self.rules.look()
            if self.membership.is_member:
                rates = tuple(self.compare_rates())
        except CenterAway as away:
            what = away.what
        except RuleBroken as refused:
            what = refused.fact
        return Looked(what, rates, self.rules.unreadable())
