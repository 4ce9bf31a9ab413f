"""Which of a visitor's pending units go out as dutiable, found anew when the ledger has changed without a sale."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pos.application.judge_quota import bought_by, newly_taxed, standings_of
from pos.application.known_entries import as_known
from pos.application.ports import UnitOfWork
from pos.domain.quota.judge import Judgement, judge
from pos.domain.quota.rule import Regime
from pos.domain.rates import RateTable
from pos.domain.visitor import Visitor


def retax_pending(
    work: UnitOfWork,
    visitor: Visitor,
    regime: Regime,
    regimes: Mapping[str, Regime],
    at: datetime,
    rates: RateTable,
) -> tuple[list[dict[str, object]], Judgement]:
    """Record it for a visitor who is locked: what changed, for the journal, and the verdict on what is pending.

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
) -> tuple[list[dict[str, object]], Judgement, set[str]]:
    """The same under one regime, and the others under which something is pending."""
    ledger = bought_by(work, visitor, regime, regimes, at)
    known = as_known(work, (visitor,), regime)
    standing = standings_of(regime, known, {visitor.label: ledger}, at, rates)[visitor.label]
    judgement = judge(standing, ())
    retaxed: list[dict[str, object]] = []
    for place, taxed in sorted(newly_taxed(ledger, standing, judgement).items()):
        key = ledger[place].key
        assert key is not None, "it was read from the store"
        work.visitors.retax(key, taxed)
        retaxed.append({**ledger[place].journaled(), "taxed": taxed})
    return retaxed, judgement, {line.regime for line in ledger if line.other_side}
