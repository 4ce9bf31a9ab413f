"""The shop's exchange rates at an instant."""

from __future__ import annotations

from datetime import datetime

from pos.application.ports.store import UnitOfWork
from pos.application.settings.settings import Settings
from pos.domain.pricing.rates import RateTable


def rates_of(work: UnitOfWork, settings: Settings, at: datetime) -> RateTable:
    """The rate of each currency at `at`, with the shop's base currency and price currency."""
    return RateTable(settings.base, settings.price, work.rates.at(at))
