"""How full an allowance was, in the steps that a manager looks at."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

OVER = "over"
BUCKETS = ("0-20", "20-40", "40-60", "60-85", "85-100", OVER)
"""Per cent of the limit; a bucket begins with its lower bound, and only 100 ends one."""

_BOUNDS = tuple((Decimal(bound), bucket) for bound, bucket in zip((20, 40, 60, 85), BUCKETS))
BEYOND = frozenset({"duty", "review", "refuse"})
"""The verdicts that more goes out than is allowed."""


def beyond(judged: Mapping[str, Any]) -> bool:
    """Whether a judgement, as a sale keeps it, is that more goes out than is allowed."""
    return judged["verdict"] in BEYOND


@lru_cache(maxsize=4096)
def _filled(left: str, limit: str) -> Decimal | None:
    """Per cent of a limit that is filled; of a limit of nothing none."""
    most = Decimal(limit)
    return None if most <= 0 else 100 - 100 * Decimal(left) / most


def bucket_of(judged: Mapping[str, Any]) -> str | None:
    """The bucket of the fullest gauge of a judgement as a sale keeps it; None where no rule with a limit met the goods.

    A gauge is filled by what was bought before in the window and by this basket.
    """
    if beyond(judged):
        return OVER
    gauges = {
        (rule["left"], rule["limit"])
        for rule in judged.get("rules", ())
        if rule.get("limit") is not None and rule.get("left") is not None
    }
    filled = [share for left, limit in gauges if (share := _filled(left, limit)) is not None]
    if not filled:
        return None
    fullest = max(filled)
    return next((bucket for bound, bucket in _BOUNDS if fullest < bound), BUCKETS[-2])
