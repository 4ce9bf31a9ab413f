"""Goods that come back stand with the basket before payment: their worth, their allowance and their pieces count."""

from __future__ import annotations

import pytest

from pos.application.returns.return_draft import ReturnDraft
from pos.application.sales.checkout import Checkout
from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.complete_sale import Payment
from pos.application.sales.exchange import paid_by
from pos.domain.quota.rule import Verdict
from pos.domain.sales.sale import Sale
from pos.domain.stock.stock import OutOfStock
from tests.application.sales.test_exchange import money_of
from tests.builders import cash
from tests.shops import CARTON, CHOCOLATE, LAST_ONE, SWEETS, DemoShop


def in_hand(shop: DemoShop, sale: Sale, *pieces: tuple[int, int]) -> ReturnDraft:
    hand = ReturnDraft.of(shop.return_goods.look(sale.receipt), {})
    for line, quantity in pieces:
        hand = hand.taking(line, quantity)
    return hand


def bring_back(checkout: Checkout, hand: ReturnDraft) -> CheckoutView:
    return checkout.exchange(lambda back: back.with_goods(hand, "wrong size"))


def test_the_basket_costs_the_difference(shop: DemoShop) -> None:
    first = shop.sell(SWEETS, CHOCOLATE)
    checkout = shop.basket(CARTON)
    view = bring_back(checkout, in_hand(shop, first, (0, 1)))
    assert (str(view.total), str(view.due), view.back.pieces) == ("260.00", "212.00", 1)
    view = bring_back(checkout, in_hand(shop, first, (0, 1), (1, 1)))
    assert (str(view.due), view.back.pieces) == ("199.50", 2)


def test_the_gauges_see_the_allowance_that_comes_back(shop: DemoShop) -> None:
    first = shop.sell(CARTON, CARTON)
    checkout = shop.basket(CARTON)
    assert checkout.view().verdict is Verdict.DUTY
    assert bring_back(checkout, in_hand(shop, first, (0, 1))).verdict <= Verdict.NOTE
    assert checkout.undo().verdict is Verdict.DUTY


def test_what_has_left_frees_nothing(shop: DemoShop) -> None:
    first = shop.sell(CARTON, CARTON)
    shop.now.move(days=1)
    shop.set("regime_cn", "cn-horgos")
    shop.sell(CARTON, CARTON)
    checkout = shop.basket(CARTON)
    verdict = checkout.view().verdict
    with shop.raw(writing=True) as store:
        store.execute("UPDATE quota_entry SET carried_out_at = at WHERE sale_id = 1")
    checkout.read_again()
    assert bring_back(checkout, in_hand(shop, first, (0, 2))).verdict is verdict


def test_the_last_piece_can_be_sold_again_because_it_comes_back(shop: DemoShop) -> None:
    first = shop.sell(LAST_ONE)
    checkout = shop.basket()
    with pytest.raises(OutOfStock):
        checkout.scan(LAST_ONE)
    bring_back(checkout, in_hand(shop, first, (0, 1)).going_to(0, "waste"))
    with pytest.raises(OutOfStock):
        checkout.scan(LAST_ONE)
    bring_back(checkout, in_hand(shop, first, (0, 1)))
    assert checkout.scan(LAST_ONE).pieces == 1


def test_a_row_that_comes_back_is_taken_out_again_and_undone(shop: DemoShop) -> None:
    first, second = shop.sell(SWEETS, CHOCOLATE), shop.sell(SWEETS)
    checkout = shop.basket(CARTON)
    bring_back(checkout, in_hand(shop, first, (0, 1), (1, 1)))
    bring_back(checkout, in_hand(shop, second, (0, 1)))
    view = checkout.exchange(lambda back: back.without(first.receipt, 1))
    assert [(one.receipt, str(line.amount)) for one, line in view.back.rows()] == [
        (first.receipt, "48.00"),
        (second.receipt, "48.00"),
    ]
    assert checkout.undo().back.pieces == 3
    assert checkout.start_new().back.pieces == 0


def test_the_window_records_what_was_proposed(shop: DemoShop) -> None:
    first = shop.sell(SWEETS)
    checkout = shop.basket(CHOCOLATE)
    bring_back(checkout, in_hand(shop, first, (0, 1)))
    order = checkout.order(shop.person("amina"))
    assert order.exchange is not None
    [coming] = shop.propose_exchange(order.exchange, order.cart.total)

    sale = shop.complete_sale.from_counter(order, Payment(()))

    assert coming.refunds == sale.returns[0].refunds
    assert str(paid_by(coming.refunds, sale.total)) == "12.50"
    assert money_of(sale) == ["exchange 12.50", "-exchange 12.50", "-cash 35.50"]
    assert shop.verify() == []
    assert shop.complete_sale.from_counter(order, Payment(())).receipt == sale.receipt


def test_the_difference_is_paid_as_ever(shop: DemoShop) -> None:
    first = shop.sell(SWEETS)
    checkout = shop.basket(CARTON)
    bring_back(checkout, in_hand(shop, first, (0, 1)))
    sale = shop.complete_sale.from_counter(checkout.order(shop.person("amina")), Payment((cash("300"),)))
    assert [str(change.amount) for change in sale.change] == ["88.00"]
    assert shop.verify() == []


def test_a_visitor_who_brings_back_all_that_was_bought_today_did_buy_today(shop: DemoShop) -> None:
    first = shop.sell(SWEETS)
    checkout = shop.basket(CARTON)
    before = checkout.view().visitors[0].visits_today
    view = bring_back(checkout, in_hand(shop, first, (0, 1)))

    assert (before, view.visitors[0].visits_today) == (1, 1)
