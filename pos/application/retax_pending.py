"""Which of a visitor's pending units go out as dutiable, found anew when the ledger has changed without a sale."""

from __future__ import annotations

from datetime import datetime

from pos.application.judge_quota import HISTORY, newly_taxed, standings_of
from pos.application.ports import UnitOfWork
from pos.application.show_visitor import knowing_entries
from pos.domain.quota.judge import Judgement, judge
from pos.domain.quota.rule import Regime
from pos.domain.rates import RateTable
from pos.domain.visitor import Visitor


def retax_pending(
    work: UnitOfWork, visitor: Visitor, regime: Regime, at: datetime, rates: RateTable
) -> tuple[list[dict[str, object]], Judgement]:
    """Record it for a visitor who is locked: what changed, for the journal, and the verdict on what is pending."""
    ledger = work.visitors.ledger(visitor.keys, regime.id, at - HISTORY)
    told = knowing_entries(visitor, work.visitors.known(visitor.keys))
    standing = standings_of(regime, (told,), {told.label: ledger}, at, rates)[told.label]
    judgement = judge(standing, ())
    retaxed: list[dict[str, object]] = []
    for place, taxed in sorted(newly_taxed(ledger, standing, judgement).items()):
        key = ledger[place].key
        assert key is not None, "it was read from the store"
        work.visitors.retax(key, taxed)
        retaxed.append({**ledger[place].journaled(), "taxed": taxed})
    return retaxed, judgement
