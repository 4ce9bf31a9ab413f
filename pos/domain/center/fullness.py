"""How full a visitor's allowances are."""

from __future__ import annotations

from pos.domain.quota.assess import Assessment

_CARRY_OUTS = "carry_outs"
_MOST = 999


def per_cent_used(assessment: Assessment) -> int | None:
    """What is used of the fullest allowance of goods, in whole per cent, rounded down; None where no rule is one sum.

    How often a visitor leaves fills none. What lies above an allowance is more than 100, and 999 at most.
    """
    shares = [
        100 * ((result.used or 0) + (result.pending or 0) + (result.current or 0)) // result.limit
        for result in assessment.rules
        if result.limit and result.measure != _CARRY_OUTS
    ]
    return min(int(max(shares)), _MOST) if shares else None
