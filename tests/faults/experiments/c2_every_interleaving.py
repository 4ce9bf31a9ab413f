"""C2: two tills want the last of something; each order in which their statements can come is tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import Any
from unittest.mock import patch

from sqlalchemy import bindparam, select

from db.engine.compiled_statement import CompiledStatement
from db.tables.visitors import visitor
from db.visitors import visitors
from pos.application.returns.return_order import ReturnLine, ReturnOrder
from pos.domain.stock.stock import Movement
from tests.application.sales.test_two_tills_one_visitor import Counter
from tests.faults.experiment import Experiment, Figures, Trial
from tests.faults.lanes import GATES, Lane, led, orders_of
from tests.faults.there import a_shop_there
from tests.horgos import CNY
from tests.postgres_server import shared_server
from tests.shops import CARTON, DemoShop
from tests.stock_documents import under_a_document

ORDERS = orders_of(len(GATES))

Steps = Sequence[Callable[[], Any]]


def _run(trial: Trial) -> Figures:
    server = shared_server()
    shop = a_shop_there(server, trial.folder / "shop", tills=2)
    other = shop.through(shop.address, "T2")
    lanes = [Lane(each.store._engines.writing, server) for each in (shop, other)]
    counters = [Counter.at(shop, "amina"), Counter.at(other, "amina")]
    orders = ORDERS if trial.is_long else tuple(Random(7).sample(ORDERS, 9))
    violations: list[str] = []
    tried: dict[str, int] = {}
    with _broken(trial.mutant):
        for name, (contest, expected) in _CONTESTS.items():
            for number, order in enumerate(orders):
                outcomes = led(lanes, order, contest(counters, number))
                came = sorted(type(outcome).__name__ for outcome in outcomes)
                receipts = {outcome.receipt for outcome in outcomes if not isinstance(outcome, Exception)}
                if came != expected or len(receipts) != 1:
                    violations.append(f"{name}, {_written(order)}: {outcomes!r}"[:300])
            tried[f"orders for {name}"] = len(orders)
            if violations:
                break
    violations += shop.verify()
    shop.close()
    other.close()
    return Figures(tried, tuple(violations))


def _written(order: Sequence[int]) -> str:
    return "".join("AB"[index] for index in order)


def _last_of_an_allowance(counters: Sequence[Counter], number: int) -> Steps:
    """A visitor with one carton left."""
    _lay_on_the_shelf(counters[0].till, 9)
    who = f"E1{number:07}"
    counters[0].sell(counters[0].order((who, 1)))
    return [partial(counter.sell, counter.order((who, 1))) for counter in counters]


def _last_piece(counters: Sequence[Counter], number: int) -> Steps:
    """One piece on the shelf, and two visitors who may have it."""
    _lay_on_the_shelf(counters[0].till, 1)
    return [partial(c.sell, c.order((f"E{who}{number:07}", 1))) for who, c in zip("45", counters)]


def _lay_on_the_shelf(shop: DemoShop, pieces: int) -> None:
    with shop.store.begin() as work:
        product = work.products.by_code(CARTON, shop.now())
        assert product is not None
        missing = pieces - work.stock.on_hand(product.id)
        if missing:
            under_a_document(work, [Movement(product.id, missing, "adjustment")], CARTON, shop.now(), shop.till)
            work.commit()


def _last_to_come_back(counters: Sequence[Counter], number: int) -> Steps:
    """A receipt with one piece that has not come back."""
    _lay_on_the_shelf(counters[0].till, 9)
    sale = counters[0].sell(counters[0].order((f"E2{number:07}", 1)))
    lines = (ReturnLine(0, 1),)
    orders = [
        ReturnOrder(f"back-{number}-{till}", sale.receipt, lines, "cash", CNY, "did not fit", "amina") for till in "AB"
    ]
    return [partial(c.till.return_by_ticket.from_counter, order) for c, order in zip(counters, orders)]


def _one_order_twice(counters: Sequence[Counter], number: int) -> Steps:
    _lay_on_the_shelf(counters[0].till, 9)
    order = counters[0].order((f"E3{number:07}", 1))
    return [partial(counter.sell, order) for counter in counters]


_CONTESTS: dict[str, tuple[Callable[[Sequence[Counter], int], Steps], list[str]]] = {
    "the last of an allowance": (_last_of_an_allowance, ["QuotaExceeded", "Sale"]),
    "the last piece": (_last_piece, ["OutOfStock", "Sale"]),
    "the last to come back": (_last_to_come_back, ["GoodsReturn", "NothingLeftToReturn"]),
    "one order twice": (_one_order_twice, ["Sale", "Sale"]),
}


@contextmanager
def _broken(mutant: str) -> Iterator[None]:
    if mutant != "check, then insert":
        yield
        return
    looking = select(visitor.c.id).where(visitor.c.id == bindparam("locked"))
    with patch.object(visitors, "_LOCK", CompiledStatement(looking)):
        yield


EXPERIMENT = Experiment(
    "C2",
    "Two tills that want the last of an allowance, a piece, a refund: one gets it, whichever statement comes first.",
    _run,
    ("check, then insert",),
    needs_server=True,
)
