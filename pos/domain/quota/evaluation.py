"""Everything the till says about one visitor's goods: verdict, duty and advice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pos.domain.quota.advice import Advice, advise
from pos.domain.quota.allowance_position import AllowancePosition
from pos.domain.quota.assess import Assessment, assess_items
from pos.domain.quota.duty import Bill, billed
from pos.domain.quota.knapsack import BUDGET
from pos.domain.quota.limits import Limits, kinds_of
from pos.domain.quota.measure import Goods, ItemOrigin, QuotaItem
from pos.domain.quota.rule import Verdict

_GREATER = (5, 25, 75)
"""How many times the usual budget is spent, one after the other, while something is not proved."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The verdict on a visitor's pending goods and basket, the duty where it is `duty`, and what to leave."""

    assessment: Assessment
    bill: Bill | None
    advice: Advice | None

    @property
    def proved(self) -> bool:
        """Whether there is no lower duty, and nothing cheaper to leave."""
        return (self.bill is None or self.bill.proved) and (self.advice is None or self.advice.proved)


def judge(position: AllowancePosition, basket: Sequence[Goods], budget: int = BUDGET) -> Evaluation:
    """Judge `basket` for a visitor whose past is weighed; `budget` bounds the search for duty and advice.

    Raises NoQuotaRate for a price in a currency without a rate.
    """
    return evaluate_items(position, _weighed(position, basket), budget)


def best(position: AllowancePosition, basket: Sequence[Goods]) -> Evaluation:
    """The last judgement: everything is proved, or the greatest budget is spent. Raises NoQuotaRate as `judge`."""
    *_, last = evaluations(position, _weighed(position, basket))
    return last


def _weighed(position: AllowancePosition, basket: Sequence[Goods]) -> list[QuotaItem]:
    return [position.scales.lot(ItemOrigin(line), goods) for line, goods in enumerate(basket)]


def evaluate_items(
    position: AllowancePosition,
    lots: Sequence[QuotaItem],
    budget: int = BUDGET,
    exempt: Mapping[ItemOrigin, int] | None = None,
    known: Advice | None = None,
) -> Evaluation:
    """Judge lots that are weighed already.

    `exempt` is a choice of units to exempt and `known` an advice that were found before: the answer is no worse.
    """
    assessment = assess_items(position, lots)
    if assessment.verdict <= Verdict.NOTE:
        return Evaluation(assessment, None, None)
    limits = Limits(position, kinds_of(lots))
    free = None
    if exempt is not None:
        free = {kind: exempt.get(held.unit.origin, 0) for kind, held in enumerate(limits.kinds)}
    owed, states = billed(limits, budget, free) if assessment.verdict is Verdict.DUTY else (None, 0)
    left = budget + max(budget - states, 0) // 2  # half of what the duty did not need serves the advice
    return Evaluation(assessment, owed, advise(assessment, limits, left, known))


def evaluations(position: AllowancePosition, lots: Sequence[QuotaItem]) -> Iterator[Evaluation]:
    """The first judgement, then better ones as greater budgets find them, until everything is proved."""
    judged = evaluate_items(position, lots)
    yield judged
    for times in _GREATER:
        if judged.proved:
            return
        exempt = None if judged.bill is None else _exempt(position, lots, judged.bill)
        judged = evaluate_items(position, lots, BUDGET * times, exempt, judged.advice)
        yield judged


def _exempt(position: AllowancePosition, lots: Sequence[QuotaItem], bill: Bill) -> Mapping[ItemOrigin, int]:
    taxed = {unit.origin: unit.units for unit in bill.units}
    return {lot.origin: lot.quantity - taxed.get(lot.origin, 0) for lot in (*lots, *position.pending)}
