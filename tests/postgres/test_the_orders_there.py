"""Customer orders on PostgreSQL, by the tests that they pass in a file."""

# ruff: noqa: F401

from __future__ import annotations

from tests.application.pickup.test_orders_at_hand import (
    test_orders_are_found_by_code_phone_and_name_open_ones_first,
    test_the_report_counts_by_channel_and_hour_who_came_and_who_did_not,
)
from tests.application.pickup.test_random_days import Days
from tests.application.pickup.test_two_tills import (
    test_a_deposit_is_taken_and_given_back_once,
    test_an_order_that_two_tills_hand_out_at_once_is_sold_once,
    test_of_two_claims_for_the_last_piece_one_is_held_and_the_other_waits,
)
from tests.shops import DemoShop


def test_random_days_are_those_of_the_model(shop: DemoShop) -> None:
    days = Days(shop, 3)
    for _ in range(20):
        days.step()
    days.check()
