"""N1: the cable is pulled around COMMIT, before it, in the answer, after it."""

from __future__ import annotations

import uuid
from collections import Counter as Counting
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from typing import Any
from unittest.mock import patch

from pos.application.sales.complete_sale import CompleteSale
from pos.domain.errors import OutcomeUnknown, StoreUnavailable
from tests.application.sales.test_two_tills_one_visitor import Counter
from tests.faults.experiment import Experiment, Figures, Trial
from tests.faults.proxy import AFTER, BEFORE, MIDST, Proxy
from tests.faults.there import a_shop_there
from tests.postgres_server import shared_server


def _run(trial: Trial) -> Figures:
    server = shared_server()
    shop = a_shop_there(server, trial.folder / "shop")
    chance, cuts = Random(3), Counting[str]()
    wanted = trial.size(24, 300)
    last = ""

    def at_commit() -> str | None:
        nonlocal last  # once in a while the next try is cut as well
        last = chance.choice((BEFORE, MIDST, AFTER)) if not last or chance.random() < 0.2 else ""
        if last:
            cuts[last] += 1
        return last or None

    violations: list[str] = []
    keys: dict[str, str] = {}
    proxy = Proxy(server.folder)
    till = shop.through(proxy.address(shop.address))
    counter = Counter.at(till, "amina")
    proxy._at_commit = at_commit
    with _broken(trial.mutant):
        while cuts.total() < wanted:
            order = counter.order((f"E{len(keys):08}", 1))
            keys[order.key] = _receipt(counter, order)
    proxy._at_commit = lambda: None
    recorded = {key: f"{at}-{number:06}" for key, at, number in shop.rows("SELECT key, till, number FROM sale")}
    for key, receipt in keys.items():
        if recorded.get(key) != receipt:
            violations.append(f"{receipt} was acknowledged, and the books have {recorded.get(key)} under its key")
    if len(recorded) != len(keys):
        violations.append(f"{len(keys)} orders came to {len(recorded)} sales")
    violations += shop.verify()
    till.close()
    shop.close()
    proxy.close()
    tried = {f"cuts {where} COMMIT": count for where, count in sorted(cuts.items())}
    return Figures({**tried, "orders": len(keys), "sales": len(recorded)}, tuple(violations))


def _receipt(counter: Counter, order: Any) -> str:
    """Sell it, and ask again where no one could say what became of it, as the window does."""
    while True:
        try:
            return counter.sell(order).receipt
        except (OutcomeUnknown, StoreUnavailable):
            continue


@contextmanager
def _broken(mutant: str) -> Iterator[None]:
    if not mutant:
        yield
        return
    record = CompleteSale._record

    def retried(steps: CompleteSale, order: Any, *rest: Any) -> Any:
        return record(steps, replace(order, key=uuid.uuid4().hex), *rest)

    once = CompleteSale._record.__wrapped__  # type: ignore[attr-defined] # what the decorator keeps

    def with_a_new_key(steps: CompleteSale, order: Any, *rest: Any) -> Any:
        try:
            return once(steps, order, *rest)
        except (OutcomeUnknown, StoreUnavailable):
            return retried(steps, order, *rest)

    with patch.object(CompleteSale, "_record", with_a_new_key):
        yield


EXPERIMENT = Experiment(
    "N1",
    "A cable that is pulled around COMMIT makes no sale twice and loses none.",
    _run,
    ("a new key for each try",),
    needs_server=True,
)
