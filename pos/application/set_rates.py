"""Dated exchange rates: shown, and superseded from an instant on, never edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pos.application.at_work import at_work
from pos.application.ports import Clock, Store
from pos.application.settings import Settings
from pos.domain.errors import BadField, Refused
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


@dataclass(eq=False)
class RateJump(Refused):
    """A rate is further from the one before than the shop lets pass unasked: perhaps a slip of the finger."""

    currency: str
    before: str
    now: str
    percent: int


@dataclass(frozen=True, slots=True)
class WantedRate:
    """A rate to be recorded, from now on without `since`; `where` leads the field that a mistake names."""

    currency: Currency
    buy: Decimal
    sell: Decimal
    customs: Decimal | None = None
    since: datetime | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class SetRate:
    """Record rates from an instant on."""

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
        *,
        anyway: bool = False,
    ) -> Rate:
        """Record one; see `all`."""
        return self.all(person, [WantedRate(currency, buy, sell, customs, since)], anyway=anyway)[0]

    def all(self, person: Person, wanted: Sequence[WantedRate], *, anyway: bool = False) -> Sequence[Rate]:
        """Record them in one transaction. Needs the right `rates`; raises BadField.

        Raises RateJump for one that is further from the rate before than the settings allow, unless `anyway`.
        """
        person.check("rates")
        settings, now = self.settings(), self.now()
        rates = [_checked(one, settings, now) for one in wanted]
        with self.store.begin() as work:
            person = at_work(work, person, "rates")
            for rate in rates:
                if not anyway:
                    _check_jump(rate, work.rates.at(rate.since).get(rate.currency.code), settings.rate_jump_percent)
                work.rates.set(rate, person.name)
                details = {
                    "currency": rate.currency.code,
                    "buy": format(rate.buy, "f"),
                    "sell": format(rate.sell, "f"),
                    "customs": None if rate.customs is None else format(rate.customs, "f"),
                    "since": rate.since.isoformat(),
                }
                work.journal.write(now, self.till, person.name, "set_rate", details)
            work.commit()
        return rates


def _checked(wanted: WantedRate, settings: Settings, now: datetime) -> Rate:
    if wanted.currency == settings.base:
        raise BadField(f"{wanted.where}currency", "is_the_base", wanted.currency.code)
    for field, value in (("buy", wanted.buy), ("sell", wanted.sell), ("customs", wanted.customs)):
        if value is not None and not (value.is_finite() and value > 0):
            raise BadField(f"{wanted.where}{field}", "not_a_rate", format(value, "f")[:40])
    if wanted.buy > wanted.sell:
        raise BadField(f"{wanted.where}buy", "above_sell", format(wanted.buy, "f"))
    return Rate(wanted.currency, wanted.buy, wanted.sell, wanted.customs, wanted.since or now)


def _check_jump(rate: Rate, before: Rate | None, percent: int) -> None:
    if before is None:
        return
    for was, now in ((before.buy, rate.buy), (before.sell, rate.sell)):
        if abs(now - was) * 100 > was * percent:
            raise RateJump(rate.currency.code, format(was, "f"), format(now, "f"), percent)
