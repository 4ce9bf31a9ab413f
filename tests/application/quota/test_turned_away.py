"""Baskets that were stopped for the allowance: written down once and of no one, counted by what became of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pos.application.ports.journal_ports import JournalEntry, JournalFilter
from pos.application.reports.day_share_tables import _quota
from pos.application.sales.check_order import QuotaExceeded
from pos.application.sales.checkout import Checkout
from pos.application.sales.complete_sale import Payment
from pos.application.sales.order import SaleOrder
from pos.application.text.translator import Translator
from pos.domain.staff.staff import Approval, NotAllowed
from tests.builders import cash_for
from tests.shops import CARTON, CHOCOLATE, DemoShop


def stop(shop: DemoShop, order: SaleOrder) -> None:
    """As the window does when the payment is not opened."""
    with pytest.raises((NotAllowed, QuotaExceeded)) as refused:
        shop.hold_sale(order)
    assert isinstance(refused.value, (NotAllowed, QuotaExceeded))
    shop.hold_sale.stopped(order, refused.value)


def over(shop: DemoShop) -> Checkout:
    return shop.basket(CARTON, CARTON, CARTON)


def order_of(shop: DemoShop, basket: Checkout, over_quota: str = "refuse") -> SaleOrder:
    return replace(basket.order(shop.person("amina")), over_quota=over_quota)


def stopped(shop: DemoShop) -> list[JournalEntry]:
    return list(shop.read_journal(JournalFilter(events=("stop_basket",)), shop.person("manager")).entries)


def blocked_counts(shop: DemoShop) -> tuple[int, int]:
    blocked = shop.report_day()["turned_away"]
    return blocked["baskets"], blocked["left_behind"]


def test_a_basket_is_written_down_once_however_often_its_payment_is_asked_for_and_names_no_one(shop: DemoShop) -> None:
    basket = over(shop)
    order = order_of(shop, basket)
    for _ in range(3):
        stop(shop, order)
    [entry] = stopped(shop)
    assert entry.details["rules"]
    assert entry.details["destination"] == order.destination
    assert set(entry.details) == {"basket", "destination", "regime", "verdict", "rules"}
    masked = order.visitors[0].masked
    assert masked not in str(entry.details)
    assert blocked_counts(shop) == (1, 0)
    assert shop.verify() == []


def test_one_that_is_sold_by_approval_was_not_turned_away(shop: DemoShop) -> None:
    basket = over(shop)
    stop(shop, order_of(shop, basket, "duty"))
    assert blocked_counts(shop) == (1, 0)
    order = order_of(shop, basket, "duty")
    approval = Approval(shop.person("manager"), None, order.key)
    shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),)), approval)
    assert blocked_counts(shop) == (0, 0)


def test_one_that_is_sold_after_goods_were_left_behind_is_reported_as_that(shop: DemoShop) -> None:
    basket = over(shop)
    stop(shop, order_of(shop, basket))
    row = basket.view().lines[0].line
    basket.set_quantity(row.id, 1)
    shop.pay(basket)
    stop(shop, order_of(shop, shop.basket(CARTON, CARTON, CARTON)))
    assert blocked_counts(shop) == (2, 1)


def test_only_the_days_the_till_and_the_person_that_are_asked_for_are_counted(shop: DemoShop) -> None:
    stop(shop, order_of(shop, over(shop)))
    today = shop.now().date()
    assert blocked_counts(shop) == (1, 0)
    with shop.store.begin() as work:
        work.journal.write(shop.now(), "T9", "amina", "sign_in", {})
        work.commit()
    assert shop.report_day(till="T9")["turned_away"]["baskets"] == 0
    assert shop.report_day(today - timedelta(days=1))["turned_away"]["baskets"] == 0
    shop.sell(CHOCOLATE)
    assert shop.report_day()["turned_away"] == {"baskets": 1, "left_behind": 0}


def test_the_files_of_the_report_have_what_became_of_them(shop: DemoShop) -> None:
    stop(shop, order_of(shop, over(shop)))
    report = shop.read_day(shop.person("manager"))
    tables = {one.key: one for one in _quota(report, Translator.english())}
    assert list(tables["turned-away"].rows) == [("Not sold", 1), ("Sold after goods were removed", 0)]
