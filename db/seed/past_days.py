"""The times of made-up trade: how many baskets on which day at which till, at what time, and at what rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from pos.domain.pricing.rates import Rate

_WEEK = (0.82, 0.74, 0.80, 0.88, 1.10, 1.42, 1.26)
"""The weights of the days from Monday to Sunday."""

_FRIDAY = 4
_OPENS = 9
_HOURS = (4, 7, 10, 12, 11, 9, 10, 12, 13, 9, 5)
"""The weights of the hours from nine."""

_TILLS = (1.0, 0.82, 0.63, 0.5)
"""The weights of the tills; the last figure is that of all further ones."""

_WEEK_OF_CUSTOMS = 7
_STEP = 0.003
"""The usual change of a rate from one day to the next."""


def baskets_a_day(
    last: date, days: int, baskets: int, tills: Sequence[str], at_weekends: int, random: Random
) -> list[tuple[date, Mapping[str, int]]]:
    """`days` days that end with `last`, with exactly `baskets` baskets spread over them, by till.

    The last `at_weekends` of the tills open from Friday to Sunday only.
    """
    daily = len(tills) - at_weekends
    whole = [last - timedelta(days=days - 1 - number) for number in range(days)]
    busy = [
        _WEEK[day.weekday()]
        * _TILLS[min(index, len(_TILLS) - 1)]
        * random.uniform(0.85, 1.15)
        * (index < daily or day.weekday() >= _FRIDAY)
        for day in whole
        for index in range(len(tills))
    ]
    counts = _shared(baskets, busy)
    return [
        (day, dict(zip(tills, counts[index * len(tills) : (index + 1) * len(tills)], strict=True)))
        for index, day in enumerate(whole)
    ]


def instants(day: date, count: int, zone: tzinfo, random: Random) -> list[datetime]:
    """The times at which the baskets of a day are paid: by the shop's clock, in order."""
    hours = random.choices(range(_OPENS, _OPENS + len(_HOURS)), weights=_HOURS, k=count)
    first = datetime.combine(day, time(), zone)
    return sorted(first + timedelta(hours=hour, microseconds=random.randrange(3_600_000_000)) for hour in hours)


def rates_before(now: Sequence[Rate], days: int, hold: int, random: Random) -> list[list[Rate]]:
    """The rates of each of the days before the current ones, oldest first: they wander a little.

    Each holds for `hold` days, and that of customs for a week.
    """
    by_day: list[list[Rate]] = []
    moved = {rate.currency.code: 1.0 for rate in now}
    shop, customs = dict(moved), dict(moved)
    for day in range(days):
        for code in moved:
            moved[code] *= 1 + random.gauss(0, _STEP) + (1 - moved[code]) * 0.05
        shop = dict(moved) if day % hold == 0 else shop
        customs = dict(moved) if day % _WEEK_OF_CUSTOMS == 0 else customs
        by_day.append([_moved(rate, shop[rate.currency.code], customs[rate.currency.code]) for rate in now])
    return by_day[::-1]


def _moved(rate: Rate, by: float, customs: float) -> Rate:
    def to(value: Decimal, by: float = by) -> Decimal:
        return (value * Decimal(by)).quantize(value, ROUND_HALF_UP)

    return replace(
        rate, buy=to(rate.buy), sell=to(rate.sell), customs=None if rate.customs is None else to(rate.customs, customs)
    )


def _shared(whole: int, parts: Sequence[float]) -> list[int]:
    """A count distributed over parts in proportion, without a rest."""
    of, shares, before = sum(parts), [], 0.0
    for part in parts:
        after = before + part
        shares.append(round(whole * after / of) - round(whole * before / of))
        before = after
    return shares
