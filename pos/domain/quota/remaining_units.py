"""How many more units of an article fit beside what a visitor has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos.domain.quota.allowance_position import AllowancePosition
from pos.domain.quota.assess import assess_from
from pos.domain.quota.measure import Goods, ItemOrigin
from pos.domain.quota.rule import Verdict


def verdict_on(
    position: AllowancePosition, basket: Sequence[Goods], candidate: Goods
) -> tuple[Verdict, tuple[str, ...]]:
    """The worst verdict among the rules that `candidate` counts for, and the attributes that it lacks for them.

    What else is over in the basket is no matter of the candidate's. Raises NoQuotaRate.
    """
    assessment = assess_from(position, [*basket, candidate])
    eaten = {use.rule for use in assessment.eaten[-1]}
    verdict = max((result.verdict for result in assessment.rules if result.rule.id in eaten), default=Verdict.OK)
    origin = ItemOrigin(len(basket))
    return verdict, tuple(
        dict.fromkeys(unknown.attribute for unknown in assessment.unknown if unknown.origin == origin)
    )


def room_for(position: AllowancePosition, basket: Sequence[Goods], candidate: Goods) -> int:
    """The most units of `candidate`, up to its quantity, with which the verdict on them is still `ok` or `note`.

    A further unit never improves a verdict, so the border is found by halving. Raises NoQuotaRate.
    """

    def fits(units: int) -> bool:
        part = replace(candidate, quantity=units, discount=candidate.discount * units / candidate.quantity)
        return verdict_on(position, basket, part)[0] <= Verdict.NOTE

    if not candidate.quantity or not fits(1):
        return 0
    within, beyond = 1, candidate.quantity + 1
    while beyond - within > 1:
        middle = (within + beyond) // 2
        within, beyond = (middle, beyond) if fits(middle) else (within, middle)
    return within
