"""W1: days of the shop in every zone, and a clock that is set back in the midst of trade."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo, available_timezones

from db.engine.types import from_microseconds, to_microseconds
from pos.application.access.steady_clock import steady
from pos.application.settings.settings import Settings
from pos.application.visitors.record_departure import RecordDeparture
from pos.domain.errors import BadField, Refused
from tests.faults.apart import apart
from tests.faults.customers import a_small_shop
from tests.faults.experiment import Experiment, Figures, Trial
from tests.shops import BAG, CARTON, DemoShop, FakeClock, a_ticket

_NAIVE, _AS_SET = "naive local time", "the clock as it is set"
_FIRST, _LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2037, 12, 31, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_BACK = (
    timedelta(seconds=1), timedelta(minutes=1), timedelta(minutes=59), timedelta(hours=2), timedelta(days=1),
    timedelta(days=40), timedelta(days=3650),
)  # fmt: skip


def _run(trial: Trial) -> Figures:
    return apart(_both, a_small_shop(trial.folder / "shop"), trial.size(3_000, 100_000), trial.mutant)


def _both(folder: Path, instants: int, mutant: str) -> Figures:
    zones = _zones()
    with _broken(mutant):
        violations = [line for zone in zones for line in _days_of(zone, instants // len(zones))]
        violations += _set_back(folder, mutant)
    tried = {"zones": len(zones), "instants": instants, "set back": len(_BACK)}
    return Figures(tried, tuple(violations))


def _zones() -> list[str]:
    """Every zone that the setting of the shop takes."""
    return [name for name in sorted(available_timezones()) if _is_taken(name)]


def _is_taken(name: str) -> bool:
    try:
        return Settings.read({"time_zone": name}).time_zone == name
    except BadField:
        return False


def _days_of(name: str, instants: int) -> Iterator[str]:
    """The day of the shop is there for every instant and never goes back, also where summer time ends at midnight."""
    zone, chance = ZoneInfo(name), Random(name)
    span = (_LAST - _FIRST) // _SECOND
    wanted = {_FIRST + chance.randrange(span) * _SECOND for _ in range(instants // 2)}
    changes = list(_changes(zone))
    for change in chance.sample(changes, min(len(changes), max(1, instants // 16))):
        wanted |= {change + minutes * timedelta(minutes=1) for minutes in (-61, -59, -31, -1, 0, 1, 29, 59, 61)}
    before = None
    for at in sorted(wanted):
        stored = from_microseconds(to_microseconds(at))
        day = stored.astimezone(zone).date()
        if before is not None and (stored <= before[0] or day < before[1]):
            yield f"{name}: {at} is {day}, after {before[1]}"
        before = stored, day


def _changes(zone: ZoneInfo) -> Iterator[datetime]:
    """When the clocks of a zone are changed, to the second."""
    start = _FIRST
    while start < _LAST:
        end = start + timedelta(days=30)
        if start.astimezone(zone).utcoffset() != end.astimezone(zone).utcoffset():
            low, high = start, end
            while high - low > _SECOND:
                middle = low + (high - low) // 2 // _SECOND * _SECOND
                same = middle.astimezone(zone).utcoffset() == start.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield high
        start = end


def _set_back(folder: Path, mutant: str) -> list[str]:
    """Buy the allowance of a day right after midnight, set the clock back, and ask for the same again.

    The person who sets the clock starts the till again. A later day, with the clock put right, has its own allowance.
    """
    violations: list[str] = []
    midnight = datetime(2026, 3, 1, 16, tzinfo=UTC)  # at the shop
    for number, back in enumerate(_BACK):
        midnight += timedelta(days=2)
        computer = FakeClock(midnight + timedelta(seconds=0.5))
        if not _buys(folder, computer, f"first-{number}", mutant):
            violations.append(f"{back} back: the day after has no allowance of its own")
        computer.move(seconds=-back.total_seconds())
        if _buys(folder, computer, f"second-{number}", mutant):
            violations.append(f"{back} back: a second allowance")
    shop = DemoShop(folder)
    instants = [at for (at,) in shop.rows("SELECT at FROM sale ORDER BY till, number")]
    entries = [at for (at,) in shop.rows("SELECT at FROM journal ORDER BY till, number")]
    violations += [f"the order of {what} was lost" for what, found in (("receipts", instants), ("entries", entries))
                   if found != sorted(found)]  # fmt: skip
    violations += shop.verify()
    shop.close()
    return violations


def _buys(folder: Path, computer: FakeClock, key: str, mutant: str) -> bool:
    """Whether the till sells a bag, and two cartons, all that one visitor may carry in a day; they leave with them."""
    shop = DemoShop(folder, now=computer)
    clock: Any = computer if mutant == _AS_SET else steady(computer, shop.store, shop.till)
    shop.now = clock
    try:
        for code, tenders in ((BAG, "2.00"), (CARTON, "520.00")):
            lines = [{"code": code, "quantity": 2}]
            payments = [{"method": "cash", "currency": "CNY", "amount": tenders}]
            shop.ring_sale(a_ticket(key=f"{key}-{code}", lines=lines, payments=payments))
        leave = RecordDeparture(shop.context)
        leave(shop.document(), shop.person("amina"))
    except Refused:
        return False
    finally:
        shop.close()
    return True


def _broken(mutant: str) -> AbstractContextManager[object]:
    if mutant != _NAIVE:
        return nullcontext()
    zone = ZoneInfo("Asia/Almaty")  # whose clocks were set back in 2024

    real = to_microseconds

    def naive(instant: datetime) -> int:
        return real(instant.astimezone(zone).replace(tzinfo=UTC))

    return patch.object(sys.modules[__name__], "to_microseconds", naive)


EXPERIMENT = Experiment(
    "W1",
    "Every instant has its day in every zone, and a clock that is set back gives no second day and no other order.",
    _run,
    (_NAIVE, _AS_SET),
)
