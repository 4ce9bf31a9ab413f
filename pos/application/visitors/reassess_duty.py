"""Which of a visitor's pending units go out as dutiable, found anew when the ledger has changed without a sale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pos.application.ports.store import UnitOfWork
from pos.application.ports.visitor_ports import LedgerLine
from pos.application.quota.evaluate_quota import bought_by, newly_dutiable, positions_of
from pos.application.visitors.known_entries import as_known
from pos.domain.pricing.rates import RateTable
from pos.domain.quota.evaluation import Evaluation, judge
from pos.domain.quota.rule import Regime
from pos.domain.visitors.visitor import Visitor


def retax_pending(
    work: UnitOfWork,
    visitor: Visitor,
    regime: Regime,
    regimes: Mapping[str, Regime],
    at: datetime,
    rates: RateTable,
) -> tuple[list[dict[str, object]], Evaluation]:
    """Record it for a visitor who is locked: what changed, for the journal, and the verdict on all that is pending.

    What is pending to leave by another way out is in the same carry-out, so it is looked at by its own rules, too.
    """
    retaxed, judgement, others = _retax_under(work, visitor, regime, regimes, at, rates)
    for name in sorted(others & regimes.keys()):
        retaxed += _retax_under(work, visitor, regimes[name], regimes, at, rates)[0]
    return retaxed, judgement


def _retax_under(
    work: UnitOfWork,
    visitor: Visitor,
    regime: Regime,
    regimes: Mapping[str, Regime],
    at: datetime,
    rates: RateTable,
) -> tuple[list[dict[str, object]], Evaluation, set[str]]:
    """The same under one regime, and the others under which something is pending."""
    ledger = bought_by(work, visitor, regime, regimes, at)
    known = as_known(work, (visitor,), regime)
    retaxed: list[dict[str, object]] = []
    then = _as_sold(ledger)
    standing = positions_of(regime, known, {visitor.label: then}, at, rates)[visitor.label]
    judgement = judge(standing, ())
    for place, taxed in sorted(newly_dutiable(then, standing, judgement).items()):
        key = then[place].key
        assert key is not None, "it was read from the store"
        work.visitors.retax(key, taxed)
        retaxed.append({**then[place].journaled(), "taxed": taxed})
    if len(then) < len(ledger):
        judgement = judge(positions_of(regime, known, {visitor.label: ledger}, at, rates)[visitor.label], ())
    return retaxed, judgement, {line.regime for line in ledger if line.other_side}


def _as_sold(ledger: Sequence[LedgerLine]) -> Sequence[LedgerLine]:
    """The ledger without what was bought later to leave by another way out: that was judged by the rules of there.

    With it a return could make goods dutiable that were sold free.
    """
    last = max((line.at for line in ledger if not line.other_side), default=None)
    return [line for line in ledger if not line.other_side or (last is not None and line.at < last)]
