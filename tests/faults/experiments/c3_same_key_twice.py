"""C3: one order is sent by two tills at the same instant, or twice by one that got no answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Any
from unittest.mock import patch

from sqlalchemy import insert, select

from db.settings.shop import SqlRequestKeys
from db.tables.sales import request_key
from pos.domain.errors import RuleBroken
from pos.domain.sales.sale import Sale
from tests.application.sales.test_complete_sale import at_once
from tests.application.sales.test_two_tills_one_visitor import Counter
from tests.faults.experiment import Experiment, Figures, Trial
from tests.faults.there import a_shop_there
from tests.postgres_server import shared_server


def _run(trial: Trial) -> Figures:
    shop = a_shop_there(shared_server(), trial.folder / "shop")
    one, other = Counter.at(shop, "amina"), Counter.at(shop.through(shop.address), "amina")
    times = trial.size(15, 400)
    violations: list[str] = []
    with _looked_up_first() if trial.mutant else nullcontext():
        for number in range(times):
            order = one.order((f"E{number:08}", 1))
            came = at_once([partial(_sold, counter, order) for counter in (one, other)])
            receipts = {outcome.receipt if isinstance(outcome, Sale) else repr(outcome) for outcome in came}
            if len(receipts) != 1:
                violations.append(f"one order came to {sorted(receipts)}")
    sales = shop.rows("SELECT count(*) FROM sale")[0][0]
    if sales != times:
        violations.append(f"{times} orders came to {sales} sales")
    violations += shop.verify()
    one.till.close()
    other.till.close()
    return Figures({"orders sent twice": times, "sales": sales}, tuple(violations))


def _sold(counter: Counter, order: Any) -> Sale:
    try:
        return counter.sell(order)
    except Exception as error:
        raise _Failed(type(error).__name__) from error


class _Failed(RuleBroken):
    """Whatever kept a till from reporting the sale."""

    fact = "failed"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __repr__(self) -> str:
        return self.why


@contextmanager
def _looked_up_first() -> Iterator[None]:
    """Break it: look whether the key is there, and write it if it is not."""

    def claim(keys: SqlRequestKeys, key: str, fingerprint: str, at: Any) -> bool:
        there = select(request_key.c.key).where(request_key.c.key == key)
        if keys._connection.execute(there).one_or_none() is not None:
            return False
        keys._connection.execute(insert(request_key), {"key": key, "fingerprint": fingerprint, "at": at})
        return True

    with patch.object(SqlRequestKeys, "claim", claim):
        yield


EXPERIMENT = Experiment(
    "C3",
    "One order that is sent twice at once is sold once, and both are given the same receipt.",
    _run,
    ("looked up first",),
    needs_server=True,
)
