"""The workshop on PostgreSQL, by the tests that it passes in a file."""

# ruff: noqa: F401

from __future__ import annotations

import pytest

from pos.application.workshop.goods_lines import GoodsLine
from tests.application.workshop.test_random_days import Days
from tests.application.workshop.test_two_tills import (
    other,
    test_a_batch_that_two_tills_start_at_once_takes_its_goods_once,
    test_a_request_that_is_sent_twice_at_once_is_one_batch,
    test_the_last_bars_go_into_one_of_two_batches,
)
from tests.shops import DemoShop
from tests.workshops import BAR, AtTheWorkshop


@pytest.fixture
def clerk(shop: DemoShop) -> AtTheWorkshop:
    """The stock clerk, with bars, bags and no boxes."""
    clerk = AtTheWorkshop(shop)
    clerk.stocked()
    return clerk


def test_what_a_batch_has_lost_is_written_off_and_the_rest_is_back(clerk: AtTheWorkshop) -> None:
    clerk.recipe()
    clerk.started(10)
    clerk.gives_up(1, GoodsLine(25, BAR, reason="spoiled"))
    assert clerk.lies(BAR) == ["floor | B2 | 75"]
    assert clerk.workshop.ledger(clerk.by, "GJ-1")[0].account.whole.wasted == 20
    assert clerk.mismatches() == []


def test_random_days_are_those_of_the_model(clerk: AtTheWorkshop) -> None:
    days = Days(clerk, 3)
    for _ in range(25):
        days.step()
    days.check()
