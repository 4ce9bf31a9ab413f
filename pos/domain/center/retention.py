"""How long the center keeps what it knows: as long as any rule can ask for it, and a time for what is told late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from pos.domain.quota.rule import Regime

MORE_DAYS = 35
"""Beyond the longest window (spec of the center, § 5)."""


def kept_for(regimes: Iterable[Regime]) -> timedelta:
    """The longest span that a rule of these regimes looks back, and the days more."""
    spans = [
        max(rule.window.longest, rule.who.within_days)
        for regime in regimes
        for rule in (*regime.rules, *regime.planned)
    ]
    return timedelta(days=max(spans, default=0) + MORE_DAYS)
