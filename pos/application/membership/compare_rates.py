"""Hold the customs rates of this till against those of the center's day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from pos.application.access.authorize import SYSTEM_USER
from pos.application.center.customs_rates import are_apart
from pos.application.membership.membership import Membership
from pos.application.membership.offered import OfferedRate
from pos.application.ports.journal_ports import JournalFilter
from pos.application.ports.store import UnitOfWork
from pos.application.pricing.rates_in_force import rates_of
from pos.application.settings.context import UseCase
from pos.domain.border import border_in_force
from pos.domain.pricing.rates import to_rate
from pos.domain.quota.measure import NoQuotaRate, QuotaRates

RATE_APART = "customs_rate_apart"
"""Journal act of a till whose customs rate differs from the center's."""
_MOST = 200


@dataclass(frozen=True, slots=True)
class RateApart:
    """A customs rate of this till that differs from the center's by over 1 %: both in `base`."""

    currency: str
    base: str
    here: Decimal
    center: Decimal
    day: date


@dataclass(frozen=True, slots=True)
class CompareRates(UseCase):
    """Nothing is refused for it; the center flags the till when it reserves, and both journals name it once a day."""

    membership: Membership

    def __call__(self) -> Sequence[RateApart]:
        """The rates that differ now. Fit for any thread. Raises CenterAway and the center's refusals."""
        offered = self.membership.center.rates()
        at, settings = self.now(), self.settings()
        with self.store.reading() as work:
            rates = rates_of(work, settings, at)
        frozen = QuotaRates(rates.base.code, rates.of_kind("customs"))
        apart = [found for one in offered if (found := _apart(one, frozen)) is not None]
        if apart:
            self._journal(apart, at)
        return apart

    def _journal(self, apart: Sequence[RateApart], at: datetime) -> None:
        """Once a day and rate, whichever of its programs finds it."""
        zone = ZoneInfo(border_in_force().time_zone)
        begin = datetime.combine(at.astimezone(zone).date(), time(0), zone)
        with self.store.begin() as work:
            known = _named_since(work, self.till, begin)
            new = [one for one in apart if (one.currency, str(one.here), str(one.center)) not in known]
            for one in new:
                details = {
                    "currency": one.currency,
                    "base": one.base,
                    "here": str(one.here),
                    "there": str(one.center),
                    "day": one.day.isoformat(),
                }
                work.journal.write(at, self.till, SYSTEM_USER.name, RATE_APART, details)
            if new:
                work.commit()


def _apart(one: OfferedRate, frozen: QuotaRates) -> RateApart | None:
    """A currency that this till has no rate for is no difference."""
    try:
        here = frozen.worth(one.currency, one.base)
    except NoQuotaRate:
        return None
    if not are_apart(here, one.per_unit):
        return None
    return RateApart(one.currency, one.base, to_rate(here), one.per_unit, one.day)


def _named_since(work: UnitOfWork, till: str, begin: datetime) -> set[tuple[str, str, str]]:
    """The differences that the journal has of this till since the day began."""
    asked = JournalFilter(events=(RATE_APART,), till=till, since=begin)
    entries = work.journal.find(asked, _MOST, None).entries
    facts = [one.details for one in entries]
    return {(str(each.get("currency")), str(each.get("here")), str(each.get("there"))) for each in facts}
