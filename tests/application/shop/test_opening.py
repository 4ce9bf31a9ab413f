"""A shop is opened once, when it is first needed; a use case is built when it is first asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.application.shop.cashier_use_cases import CashierUseCases
from pos.application.shop.opening import OpenedShop, Opening
from pos.application.shop.shop import Shop
from pos.domain.errors import StoreError
from tests.builders import MONDAY
from tests.ui.fakes_shop import MORNING, a_shop, a_store


def closed(shop: Shop, opened: list[OpenedShop]) -> Shop:
    """The shop before it is open; `opened` gets what is opened, each time."""

    def open_shop() -> OpenedShop:
        opened.append(shop.opening())
        return opened[-1]

    return replace(shop, opening=Opening(open_shop))


def test_a_shop_is_opened_once_when_a_use_case_is_first_asked_for() -> None:
    opened: list[OpenedShop] = []
    shop = closed(a_shop(a_store()), opened)
    was_open = shop.is_open
    assert shop.sign_in is shop.sign_in
    assert (was_open, shop.is_open) == (False, True)
    assert shop.context is shop.sign_in.context is opened[0].context
    assert len(opened) == 1


def test_what_is_known_beforehand_is_reported_without_opening_the_shop() -> None:
    opened: list[OpenedShop] = []
    shop = replace(closed(a_shop(a_store()), opened), clock=lambda: MONDAY)
    assert (shop.till, shop.version, shop.now(), shop.demo_pins) == ("T1", "0.1.0", MONDAY, {})
    shop.close()
    assert not opened
    shop.open()
    assert shop.now() == MORNING


def test_a_shop_that_could_not_be_opened_is_not_tried_again_and_says_the_same() -> None:
    tries: list[int] = []

    def open_shop() -> OpenedShop:
        tries.append(1)
        raise StoreError("newer", "shop.db")

    shop = replace(a_shop(a_store()), opening=Opening(open_shop), folder=Path())
    for _ in range(2):
        with pytest.raises(StoreError, match="newer"):
            shop.open()
    assert len(tries) == 1
    assert not shop.is_open


def test_a_whole_group_of_use_cases_is_built_at_a_quiet_moment() -> None:
    shop = a_shop(a_store())
    assert "park_sale" not in vars(shop)
    shop.preload(CashierUseCases)
    assert vars(shop)["park_sale"] is shop.park_sale
