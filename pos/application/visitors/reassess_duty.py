"""Reassess which of a visitor's pending units are dutiable after the ledger has changed without a sale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pos.application.ports.store import UnitOfWork
from pos.application.ports.visitor_ports import LedgerLine, Retaxed
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
) -> tuple[list[Retaxed], Evaluation]:
    """Record the dutiable units of a locked visitor; return the changes and the evaluation of all pending goods.

    Goods pending for another destination leave at the same time, so they are reassessed by their own rules too.
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
) -> tuple[list[Retaxed], Evaluation, set[str]]:
    """Reassess one regime; also return the other regimes with pending goods."""
    ledger = bought_by(work, visitor, regime, regimes, at)
    known = as_known(work, (visitor,), regime)
    retaxed: list[Retaxed] = []
    then = _as_sold(ledger)
    position = positions_of(regime, known, {visitor.label: then}, at, rates)[visitor.label]
    judgement = judge(position, ())
    for index, taxed in sorted(newly_dutiable(then, position, judgement).items()):
        retaxed.append(Retaxed(then[index], taxed))
        work.visitors.retax(retaxed[-1].key, taxed)
    if len(then) < len(ledger):
        judgement = judge(positions_of(regime, known, {visitor.label: ledger}, at, rates)[visitor.label], ())
    return retaxed, judgement, {line.regime for line in ledger if line.other_side}


def _as_sold(ledger: Sequence[LedgerLine]) -> Sequence[LedgerLine]:
    """The ledger without later purchases for another destination, which were evaluated by that destination's rules.

    With them a return could make goods dutiable that were sold free.
    """
    last = max((line.at for line in ledger if not line.other_side), default=None)
    return [line for line in ledger if not line.other_side or (last is not None and line.at < last)]
