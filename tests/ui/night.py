"""A clock that can be moved over midnight while the window is open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import main
from tests.ui.at_the_counter import NOON


class Night:
    """A clock that runs from 23:50 in the shop, and can be moved over midnight."""

    def __init__(self) -> None:
        self._ahead = datetime(2026, 11, 24, 15, 50, tzinfo=UTC) - datetime.now(UTC)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def pass_some_minutes(self) -> None:
        """Until 23:56."""
        self._ahead += timedelta(minutes=6)

    def pass_midnight(self) -> None:
        self._ahead += timedelta(minutes=15)


def at_night(monkeypatch: pytest.MonkeyPatch) -> Night:
    """The clock of every shop that is opened from now on; the demo shop itself is made by day."""
    night, by_day = Night(), main._clock
    monkeypatch.setattr(main, "_clock", lambda at: night if at == NOON else by_day(at))
    return night
