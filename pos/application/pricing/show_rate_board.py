"""The rate board: rates in force, to come, and of the last weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pos.application.access.authorize import authorized_read
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.errors import BadField
from pos.domain.money import CURRENCIES, Currency
from pos.domain.pricing.rates import Rate, RecordedRate
from pos.domain.staff.staff import Person

SPAN = timedelta(weeks=6)
"""How far back the board goes."""


@dataclass(frozen=True, slots=True)
class CurrencyRates:
    """One currency of the board: `past` ends with the rate in force, oldest first; `coming` begins with the next."""

    currency: Currency
    current: RecordedRate | None
    stale: bool
    past: tuple[RecordedRate, ...]
    coming: tuple[RecordedRate, ...]

    def before(self, since: datetime | None) -> Rate | None:
        """The rate that new ones from an instant on follow: the last one planned until then, or the one in force."""
        planned = [one.rate for one in self.coming if since is not None and one.rate.since <= since]
        if planned:
            return planned[-1]
        return None if self.current is None else self.current.rate


@dataclass(frozen=True, slots=True)
class RateBoard:
    """The board at the instant `at`: units of `base` for one of each other currency."""

    base: Currency
    price: Currency
    at: datetime
    first: datetime
    """The start of the displayed past."""
    lines: tuple[CurrencyRates, ...]


class ShowRateBoard(UseCase):
    """Reads the board. Needs the permission `rates`."""

    def __call__(self, person: Person) -> RateBoard:
        """The board of this instant. Raises NotAllowed."""
        settings, at = self.settings(), self.now()
        first = at - SPAN
        with authorized_read(self.store, person, "rates") as work:
            recorded = work.rates.recorded(first)
        lines = (_line(one, recorded, at, settings) for one in CURRENCIES.values() if one != settings.base)
        return RateBoard(settings.base, settings.price, at, first, tuple(lines))

    def history(
        self, person: Person, currency: Currency, first: datetime | None, last: datetime | None
    ) -> tuple[RecordedRate, ...]:
        """The rates of a currency valid between two instants, the oldest first.

        Includes the rate in force at the start. The default start is six weeks back; without an end all future rates
        are included. Raises NotAllowed, BadField.
        """
        if first is not None and last is not None and last <= first:
            raise BadField("to", "before_from", last.isoformat()[:40])
        with authorized_read(self.store, person, "rates") as work:
            recorded = work.rates.recorded(self.now() - SPAN if first is None else first)
        own = (one for one in recorded if one.rate.currency == currency)
        return tuple(one for one in own if last is None or one.rate.since < last)


def _line(currency: Currency, recorded: Sequence[RecordedRate], at: datetime, settings: Settings) -> CurrencyRates:
    own = [one for one in recorded if one.rate.currency == currency]
    past = tuple(one for one in own if one.rate.since <= at)
    coming = tuple({one.rate.since: one for one in own if one.rate.since > at}.values())  # the last one holds
    current = past[-1] if past else None
    stale = current is not None and at - current.rate.since > settings.stale_after
    return CurrencyRates(currency, current, stale, past, coming)
