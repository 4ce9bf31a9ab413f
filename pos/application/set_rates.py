"""Dated exchange rates: shown, and superseded from an instant on, never edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pos.application.ports import Clock, Store
from pos.application.settings import Settings
from pos.domain.errors import BadField
from pos.domain.money import Currency
from pos.domain.rates import Rate, RateTable
from pos.domain.staff import Person


@dataclass(frozen=True, slots=True)
class ShowRates:
    """The rates in force."""

    store: Store
    now: Clock
    settings: Callable[[], Settings]

    def __call__(self) -> RateTable:
        """The rates of this instant."""
        settings = self.settings()
        with self.store.reading() as work:
            return RateTable(settings.base, settings.price, work.rates.at(self.now()))


@dataclass(frozen=True, slots=True)
class SetRate:
    """Record a rate from an instant on."""

    store: Store
    now: Clock
    settings: Callable[[], Settings]
    till: str

    def __call__(
        self,
        person: Person,
        currency: Currency,
        buy: Decimal,
        sell: Decimal,
        customs: Decimal | None,
        since: datetime | None,
    ) -> Rate:
        """Record it (from now on, without `since`). Needs the right `rates`; raises BadField."""
        person.check("rates")
        if currency == self.settings().base:
            raise BadField("currency", "is_the_base", currency.code)
        for field, value in (("buy", buy), ("sell", sell), ("customs", customs)):
            if value is not None and not (value.is_finite() and value > 0):
                raise BadField(field, "not_a_rate", format(value, "f")[:40])
        if buy > sell:
            raise BadField("buy", "above_sell", format(buy, "f"))
        now = self.now()
        rate = Rate(currency, buy, sell, customs, since or now)
        with self.store.begin() as work:
            work.rates.set(rate, person.name)
            details = {
                "currency": currency.code,
                "buy": format(buy, "f"),
                "sell": format(sell, "f"),
                "customs": None if customs is None else format(customs, "f"),
                "since": rate.since.isoformat(),
            }
            work.journal.write(now, self.till, person.name, "set_rate", details)
            work.commit()
        return rate
