"""Two tills at the workshop at once: one of them starts, finishes or gives up a batch, and no input is taken twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from pos.application.workshop.batch_view import BatchView
from pos.domain.errors import Refused
from pos.domain.workshop.batch import BatchFinished, BatchGivenUp, BatchStarted, NotEnoughInput
from tests.shops import DemoShop
from tests.workshops import BAR, AtTheWorkshop

Outcome = BatchView | Refused


@pytest.fixture
def other(clerk: AtTheWorkshop) -> Iterator[AtTheWorkshop]:
    """The clerk at another till of the shop, with connections of its own."""
    clerk.recipe()
    other = AtTheWorkshop(DemoShop(clerk.shop.folder, "T2", clerk.shop.now))
    yield other
    other.shop.close()


def at_once(*steps: Callable[[], BatchView]) -> list[Outcome]:
    """What came of steps that begin together."""
    together = Barrier(len(steps))

    def run(step: Callable[[], BatchView]) -> Outcome:
        together.wait()
        try:
            return step()
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(len(steps)) as pool:
        return [one.result(timeout=20) for one in [pool.submit(run, step) for step in steps]]


def test_a_batch_that_two_tills_start_at_once_takes_its_goods_once(clerk: AtTheWorkshop, other: AtTheWorkshop) -> None:
    clerk.planned(10)
    outcomes = at_once(
        lambda: clerk.workshop.start(clerk.by, 1, "here"), lambda: other.workshop.start(other.by, 1, "there")
    )
    assert {type(one) for one in outcomes} == {BatchView, BatchStarted}
    assert (
        sum(pieces for (pieces,) in clerk.shop.rows("SELECT quantity FROM stock_move WHERE reason = 'processed'"))
        == -70
    )
    assert clerk.mismatches() == []


def test_the_last_bars_go_into_one_of_two_batches(clerk: AtTheWorkshop, other: AtTheWorkshop) -> None:
    clerk.planned(9)
    clerk.planned(8)
    outcomes = at_once(lambda: clerk.workshop.start(clerk.by, 1), lambda: other.workshop.start(other.by, 2))
    assert {type(one) for one in outcomes} == {BatchView, NotEnoughInput}
    assert sum(int(row.split(" | ")[2]) for row in clerk.lies(BAR)) in (100 - 54, 100 - 48)
    assert clerk.mismatches() == []


def test_a_batch_is_finished_or_given_up_and_not_both(clerk: AtTheWorkshop, other: AtTheWorkshop) -> None:
    clerk.started(10)
    outcomes = at_once(lambda: clerk.finishes_batch(1, 10, key="f"), lambda: other.finishes_batch(1, 9, key="g"))
    assert {type(one) for one in outcomes} == {BatchView, BatchFinished}
    gone = at_once(lambda: clerk.gives_up(1), lambda: other.gives_up(1))
    assert {type(one) for one in gone} == {BatchView, BatchGivenUp}
    assert clerk.mismatches() == []


def test_a_request_that_is_sent_twice_at_once_is_one_batch(clerk: AtTheWorkshop, other: AtTheWorkshop) -> None:
    first, second = at_once(lambda: clerk.planned(3, key="p"), lambda: other.planned(3, key="p"))
    assert first == second
    assert clerk.shop.rows("SELECT count(*) FROM batch") == [(1,)]
