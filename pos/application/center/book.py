"""Write on visitors' ledgers, and flag what a person has to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pos.application.center.ledgers import LockedLedger, plain_regimes, read_ledger
from pos.application.center.ports import CenterContext, CenterVisitor, CenterWork
from pos.application.center.requests import Person
from pos.domain.quota.evaluation import judge
from pos.domain.quota.rule import PartAbove, Verdict

OVER = "over"
BEYOND = "beyond_reservation"
LATE = "late"


def exceeded(context: CenterContext, ledger: LockedLedger, regime_name: str, at: datetime) -> Verdict | None:
    """The verdict on everything that is pending and free of duty, where it is too much; None where it fits.

    What nothing is known of is no excess, and neither are dutiable goods where the part above is taxed. It is judged by
    the rules that were in force at the instant: later ones make no excess of what was sold by earlier ones.
    """
    regimes = plain_regimes(context, at)
    regime = regimes.get(regime_name)
    if regime is None:
        return None
    position = ledger.position(regime, regimes, Person(), 0, at, free_only=True)
    verdict = judge(position, ()).assessment.verdict
    allowed = Verdict.DUTY if isinstance(position.charge, PartAbove) else Verdict.UNKNOWN
    return verdict if verdict > allowed else None


def flag_excess(
    context: CenterContext, work: CenterWork, visitor: CenterVisitor, regime: str, key: str, at: datetime
) -> Sequence[str]:
    """Flag a ledger on which more stands than the allowance: nothing is exceeded silently."""
    ledger = read_ledger(context, work, visitor)
    verdict = exceeded(context, replace(ledger, reservations=()), regime, at)
    if verdict is None:
        return ()
    work.flags.add(context.now(), visitor.id, key, OVER, {"verdict": verdict.word, "regime": regime})
    return (OVER,)


def versions_of(visitors: Mapping[str, CenterVisitor], versions: Mapping[int, int]) -> Mapping[str, int]:
    """The new versions by the references that the till used."""
    return {reference: versions.get(visitor.id, visitor.version) for reference, visitor in visitors.items()}
