"""What the manager should confirm before new rates are recorded: the till asks, and never blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from pos.domain.errors import Refused
from pos.domain.money import half_up
from pos.domain.pricing.official_rates import RatesOlder
from pos.domain.pricing.rates import Rate


@dataclass(eq=False)
class RateJump(Refused):
    """A rate is `off` percent from the one before, more than the `percent` that the shop lets pass unasked."""

    fact = "rate_jump"

    currency: str
    before: Decimal
    now: Decimal
    off: Decimal
    percent: int


@dataclass(eq=False)
class RatesApart(Refused):
    """Buy, sell and customs of one currency lie further apart than the shop lets pass unasked."""

    fact = "rates_apart"

    currency: str
    low: Decimal
    high: Decimal
    percent: int


@dataclass(eq=False)
class RatePassed(Refused):
    """A rate from before the one in force: no sale will ever be counted by it."""

    fact = "rate_passed"

    currency: str
    since: datetime
    newer: datetime


@dataclass(eq=False)
class ClockBehind(Refused):
    """Rates are to hold from now on, and the clock shows an earlier time than the till's last entry."""

    fact = "clock_behind"

    now: datetime
    last: datetime


RateDoubt = RateJump | RatesApart | RatePassed | ClockBehind | RatesOlder
"""What may be a slip of the finger, of the clock, or another file than was meant."""


def doubts_of(rate: Rate, before: Rate | None, current: Rate | None, percent: int) -> Iterator[RateDoubt]:
    """What to ask about `rate`: it follows `before`, and `current` is the one in force."""
    code = rate.currency.code
    if before is not None:
        pairs = ((before.buy, rate.buy), (before.sell, rate.sell), (before.customs, rate.customs))
        known = [(was, now) for was, now in pairs if was is not None and now is not None]
        was, now = max(known, key=lambda pair: abs(Fraction(pair[1]) / Fraction(pair[0]) - 1))
        if abs(now - was) * 100 > was * percent:
            yield RateJump(code, was, now, percent_off(was, now), percent)
    figures = [figure for figure in (rate.buy, rate.sell, rate.customs) if figure is not None]
    low, high = min(figures), max(figures)
    if (high - low) * 100 > low * percent:
        yield RatesApart(code, low, high, percent)
    if current is not None and rate.since < current.since:
        yield RatePassed(code, rate.since, current.since)


def percent_off(was: Decimal | Fraction, now: Decimal | Fraction) -> Decimal:
    """By how many percent, to a tenth, `now` lies above `was` (below it: negative)."""
    return Decimal(half_up((Fraction(now) / Fraction(was) - 1) * 1000)) / 10
