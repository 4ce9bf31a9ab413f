"""Write on visitors' ledgers, and flag what a person has to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pos.application.center.ledgers import LockedLedger, plain_regimes, read_ledger
from pos.application.center.ports import CenterContext, CenterVisitor, CenterWork
from pos.application.center.requests import Person
from pos.domain.quota.evaluation import judge
from pos.domain.quota.rule import PartAbove, Verdict

OVER = "over"
APPROVED_OVER = "approved_over"
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


def exceeded_since(
    context: CenterContext, ledger: LockedLedger, regime: str, since: datetime | None = None
) -> Verdict | None:
    """The same at each instant since then at which something was bought: what was too much on a day stays so."""
    instants = {line.at for line in ledger.lines if line.regime == regime and (since is None or line.at >= since)}
    verdicts = (exceeded(context, ledger.until(at), regime, at) for at in sorted(instants))
    return next((verdict for verdict in verdicts if verdict is not None), None)


def flag_excess(
    context: CenterContext, work: CenterWork, visitor: CenterVisitor, regime: str, key: str, since: datetime
) -> Sequence[str]:
    """Flag a ledger on which more stands than the allowance: nothing is exceeded silently.

    Something changed on it as of `since`: what was bought later was judged without that.
    """
    verdict = exceeded_since(context, read_ledger(context, work, visitor), regime, since)
    if verdict is None:
        return ()
    work.flags.add(context.now(), visitor.id, key, OVER, {"verdict": verdict.word, "regime": regime})
    return (OVER,)


def versions_of(visitors: Mapping[str, CenterVisitor], versions: Mapping[int, int]) -> Mapping[str, int]:
    """The new versions by the references that the till used."""
    return {reference: versions.get(visitor.id, visitor.version) for reference, visitor in visitors.items()}


def flag_learned(context: CenterContext, work: CenterWork, visitor: CenterVisitor) -> Sequence[str]:
    """Flag what turns out to be too much by what was learned of a visitor after they had bought, each instant once."""
    ledger = read_ledger(context, work, visitor)
    flags: list[str] = []
    for name in dict.fromkeys(line.regime for line in ledger.lines):
        for at in sorted({line.at for line in ledger.lines if line.regime == name}):
            verdict = exceeded(context, ledger.until(at), name, at)
            if verdict is not None:
                facts = {"verdict": verdict.word, "regime": name}
                work.flags.add_once(context.now(), f"{visitor.id}/{name}/{at}", OVER, facts, visitor=visitor.id)
                flags.append(OVER)
    return tuple(dict.fromkeys(flags))
