"""N2: from COMMIT on nothing passes any more, and nothing says so."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

from db.engine.timeout_connection import TimeoutConnection
from pos.application.sales.complete_sale import ResolveUnknownCommit
from pos.domain.errors import OutcomeUnknown, StoreError
from tests.application.sales.test_two_tills_one_visitor import Counter
from tests.faults.experiment import Experiment, Figures, Trial
from tests.faults.proxy import Proxy
from tests.faults.there import a_shop_there
from tests.postgres_server import shared_server

_PATIENCE = 6.0
"""Seconds within which the window says that the outcome is not known."""
_TRUTH = 5.0
"""Seconds within which it is known, once the server can be reached again."""
_GIVEN_UP = 9.0


def _run(trial: Trial) -> Figures:
    server = shared_server()
    shop = a_shop_there(server, trial.folder / "shop")
    violations: list[str] = []
    longest = slowest = 0.0
    times = trial.size(1, 12)
    with _broken(trial.mutant):
        for number in range(times):
            proxy = Proxy(server.folder)
            till = shop.through(proxy.address(shop.address))
            counter = Counter.at(till, "amina")
            order = counter.order((f"E{number:08}", 1))
            proxy.stop_up_at_commit()
            waited, outcome = _timed(counter, order, proxy)
            longest = max(longest, waited)
            if not isinstance(outcome, OutcomeUnknown) or waited > _PATIENCE:
                violations.append(f"after {waited:.1f} s: {outcome!r}"[:200])
            proxy.clear()
            settled, truth = _settled(till.store, shop, order.key)
            slowest = max(slowest, settled)
            known = bool(shop.rows("SELECT 1 FROM sale WHERE key = %s", order.key))
            if truth != known or settled > _TRUTH:
                violations.append(f"after {settled:.1f} s the till says {truth}, the books {known}")
            till.close()
            proxy.close()
    violations += shop.verify()
    shop.close()
    tried = {"black holes": times, "ms until reported": round(longest * 1000), "ms until known": round(slowest * 1000)}
    return Figures(tried, tuple(violations))


def _timed(counter: Counter, order: object, proxy: Proxy) -> tuple[float, object]:
    """How long a sale takes and what comes of it. Who waits too long is let go, for the sake of the next trial."""
    too_long = threading.Timer(_GIVEN_UP, proxy.clear)
    too_long.start()
    began = time.monotonic()
    try:
        outcome: object = counter.sell(order)  # type: ignore[arg-type] # an order
    except StoreError as trouble:
        outcome = trouble
    waited = time.monotonic() - began
    too_long.cancel()
    too_long.join()
    return waited, outcome


def _settled(store: object, shop: object, key: str) -> tuple[float, bool]:
    """How long it takes until the truth is known, and whether it is a sale."""
    settle = ResolveUnknownCommit(replace(shop.context, store=store))  # type: ignore[attr-defined] # of a DemoShop
    began = time.monotonic()
    while True:
        try:
            sale = settle(key)
        except StoreError:
            time.sleep(0.1)
        else:
            return time.monotonic() - began, sale is not None


@contextmanager
def _broken(mutant: str) -> Iterator[None]:
    if not mutant:
        yield
        return
    with patch.object(TimeoutConnection, "patience", None):
        yield


EXPERIMENT = Experiment(
    "N2",
    "Where a COMMIT vanishes without a word, the till says so within six seconds and knows the truth soon after.",
    _run,
    ("waits for ever",),
    needs_server=True,
)
