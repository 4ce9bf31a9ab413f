"""The regimes by which the center judges: those of its program, and over them the files that its people approved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import lru_cache
from threading import Lock

from pos.application.center.ports import Clock, ProposedRegime, RegimeInForce
from pos.domain.quota.rule import Regime

ReadContent = Callable[[bytes, str], Regime]
REFRESHED_AFTER = timedelta(seconds=5)
"""A process of the service knows an approval at most so long after it."""


class RegimesInForce:
    """The regimes at an instant, without one those of now. Approved files are read again every few seconds."""

    def __init__(
        self,
        shipped: Callable[[], Mapping[str, RegimeInForce]],
        files: Callable[[], Sequence[ProposedRegime]],
        read: ReadContent,
        now: Clock,
    ) -> None:
        self._shipped = shipped
        self._files = files
        self._now = now
        self._read = lru_cache(maxsize=256)(read)
        self._approved: Sequence[tuple[datetime, RegimeInForce]] = ()
        self._read_at: datetime | None = None
        self._lock = Lock()

    def __call__(self, at: datetime | None = None) -> Mapping[str, RegimeInForce]:
        now = self._now()
        if self._is_old(now):
            with self._lock:
                if self._is_old(now):  # another thread may have read them meanwhile
                    self._approved = self._begun()
                    self._read_at = now
        instant = at or now
        return {
            **self._shipped(),
            **{file.regime.id: file for begins_at, file in self._approved if begins_at <= instant},
        }

    def _is_old(self, now: datetime) -> bool:
        return self._read_at is None or abs(now - self._read_at) > REFRESHED_AFTER

    def _begun(self) -> Sequence[tuple[datetime, RegimeInForce]]:
        """Approved files by the instant at which each is in force, the first one first."""
        files = []
        for file in self._files():
            if file.approved_at is None:
                continue
            regime = self._read(file.content, file.regime)
            begins_at = max(begin_of(regime, file), file.approved_at)
            files.append((begins_at, file.id, RegimeInForce(regime, file.digest, file.content, file.starts_on)))
        files.sort(key=lambda each: each[:2])
        return [(begins_at, file) for begins_at, _, file in files]


def begin_of(regime: Regime, file: ProposedRegime) -> datetime:
    """The midnight of the regime's own clock with which its first day begins."""
    return datetime.combine(file.starts_on, time(0), regime.zone)
