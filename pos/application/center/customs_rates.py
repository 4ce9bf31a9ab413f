"""The customs rates of the center: set once a day, sent to the tills, and held against the rates of their sales."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from pos.application.center.ports import CenterContext, CenterWork, CustomsRate
from pos.application.center.refusals import CustomsRateExists
from pos.application.center.requests import ReservationRequest
from pos.application.center.turns import CONSOLE
from pos.domain.border import border_in_force
from pos.domain.errors import BadField
from pos.domain.money import currency
from pos.domain.pricing.rates import check_rate
from pos.domain.quota.measure import NoQuotaRate, QuotaRates

MOST_APART = Fraction(1, 100)
"""A till whose customs rate differs by more is flagged (spec of the center, § 3)."""
RATE_DIFFERS = "rate_differs"


@dataclass(frozen=True, slots=True)
class SetCustomsRate:
    """What one unit of a currency is worth in the currency of the border's rates from a day on; never written again.

    Without a `day` from today, by the clock of the border. Raises BadField, UnknownCurrency and CustomsRateExists.
    """

    context: CenterContext

    def __call__(self, code: str, per_unit: Decimal, by: str, day: date | None = None) -> CustomsRate:
        check_rate(per_unit, "customs")
        now, base = self.context.now(), border_in_force().rate_currency.code
        today = center_day(now)
        chosen = currency(code).code
        if chosen == base:
            raise BadField("currency", "is_the_base", chosen)
        if day is not None and day < today:
            raise BadField("from", "in_the_past", day.isoformat())
        rate = CustomsRate(day or today, chosen, base, per_unit, by, now)
        with self.context.store.begin() as work:
            work.members.take_turn(CONSOLE, now)
            if not work.rates.add(rate):
                raise CustomsRateExists(chosen, rate.day)
            facts = {"currency": chosen, "base": base, "rate": str(per_unit), "day": rate.day.isoformat(), "by": by}
            work.journal.write(now, CONSOLE, "set_rate", facts)
            work.commit()
        return rate


@dataclass(frozen=True, slots=True)
class ShowCustomsRates:
    """The rates of today, one for each currency that has one."""

    context: CenterContext

    def __call__(self) -> tuple[date, Sequence[CustomsRate]]:
        today = center_day(self.context.now())
        with self.context.store.reading() as work:
            return today, work.rates.in_force(today)


@dataclass(frozen=True, slots=True)
class ListCustomsRates:
    """Every rate that was ever set, and those that are to come, the newest first."""

    context: CenterContext

    def __call__(self) -> Sequence[CustomsRate]:
        with self.context.store.reading() as work:
            return work.rates.all()


def watch_rates(work: CenterWork, till: int, request: ReservationRequest, day: date, now: datetime) -> None:
    """Flag a till whose frozen rates differ from the center's, once a day. It refuses nothing."""
    frozen = [line.rates for share in request.visitors for line in share.lines]
    apart = _apart(work.rates.in_force(day), frozen)
    if apart and work.flags.add_once(now, f"{till}/{day}", RATE_DIFFERS, {"rates": apart}, till=till):
        work.journal.write(now, till, RATE_DIFFERS, {"rates": apart})


def center_day(now: datetime) -> date:
    """The day by the clock of the border."""
    return now.astimezone(ZoneInfo(border_in_force().time_zone)).date()


def are_apart(till: Fraction, center: Decimal) -> bool:
    """Whether a till's rate differs from the center's by too much."""
    return abs(till / Fraction(center) - 1) > MOST_APART


def _apart(here: Iterable[CustomsRate], frozen: Sequence[QuotaRates]) -> Mapping[str, Mapping[str, str]]:
    """The currencies whose rates differ by too much. A currency that a till does not know is no difference."""
    apart = {}
    for rate in here:
        for rates in frozen:
            try:
                there = rates.worth(rate.currency, rate.base)
            except NoQuotaRate:
                continue
            if are_apart(there, rate.per_unit):
                apart[rate.currency] = {"till": f"{float(there):.6g}", "center": str(rate.per_unit), "base": rate.base}
    return apart
