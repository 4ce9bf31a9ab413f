"""The allowance of someone of whom nothing is known but the side: an adult without purchases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from pos.application.quota.evaluate_quota import quota_rates
from pos.domain.border import border_in_force
from pos.domain.pricing.rates import RateTable
from pos.domain.quota.allowance_position import AllowancePosition, Traveller, position_of
from pos.domain.quota.rule import Regime

_YEARS = 40


def strangers(
    regime_for: Callable[[str], str], regimes: Mapping[str, Regime], rates: RateTable, now: datetime
) -> Mapping[str, AllowancePosition]:
    """By side an adult resident there, without purchases and with one entry; only sides whose rules the shop has."""
    found = {}
    for side in border_in_force().sides:
        regime = regimes.get(regime_for(side))
        if regime is not None:
            born = date(now.astimezone(regime.zone).year - _YEARS, 1, 1)
            found[side] = position_of(regime, Traveller(born, side), (), now, quota_rates(rates, regime))
    return found
