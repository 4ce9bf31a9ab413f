"""A shop on a server: the server's clock is the measure of the tills'."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pos.application.access.steady_clock import AcceptClock, ClockOffServer, steady
from pos.application.maintenance.startup_checks import StartupChecks
from tests.application.access.test_steady_clock import Empty
from tests.contexts import a_context
from tests.shops import CHOCOLATE, DemoShop, FakeClock


def a_till(shop: DemoShop, till: str, **off: float) -> DemoShop:
    """A till whose computer's clock is off that of the server by so much."""
    other = DemoShop(shop.folder, till)
    clock: Any = steady(FakeClock(datetime.now(UTC) + timedelta(**off)), shop.store, till)
    other.now = clock
    return other


def test_a_till_hours_off_the_server_sells_nothing_until_a_manager_says_which_is_right(shop: DemoShop) -> None:
    for name, hours in (("T2", 8), ("T3", -8)):
        wrong = a_till(shop, name, hours=hours)
        with pytest.raises(ClockOffServer):
            wrong.open_shift(wrong.person("li"), {})
        clock = StartupChecks(a_context(shop.store, now=wrong.now, till=name), Empty())().clock
        assert clock is not None
        assert isinstance(clock.refused, ClockOffServer)

    accepted = AcceptClock(shop.store, wrong.now, "T3")(wrong.person("manager"))

    assert timedelta(hours=8) <= accepted < timedelta(hours=8, minutes=10)
    wrong.open_shift(wrong.person("li"), {})
    wrong.sell(CHOCOLATE)


def test_a_till_that_agrees_with_the_server_sells_on_beside_one_that_runs_ahead(shop: DemoShop) -> None:
    ahead = a_till(shop, "T2", hours=8)
    ahead.sign_in("li", "135790")
    right = a_till(shop, "T3", minutes=5)

    right.open_shift(right.person("yerlan"), {})
    right.sell(CHOCOLATE)

    with pytest.raises(ClockOffServer):
        ahead.open_shift(ahead.person("li"), {})
