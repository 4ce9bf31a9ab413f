"""An order is opened in the basket by its code, sold at the agreed prices, and handed out once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from pos.application.pickup.pick_up import PickUpChanged
from pos.application.pickup.take_order import ClaimLine
from pos.application.pricing.promotions import PromotionDraft
from pos.application.sales.complete_sale import Payment
from pos.domain.payment.tender import Tender
from pos.domain.pickup.customer_order import AlreadyPickedUp, CustomerOrderClosed, NoSuchCustomerOrder
from pos.domain.pickup.pickup_code import PickupCode, with_check_sign
from pos.domain.sales.parking import GoodsReserved
from tests.application.pickup.orders import (
    claim,
    on_hand,
    opened,
    order_of,
    pick_up,
    pieces,
    settle_up,
    state_of,
    steps,
    upkeep,
)
from tests.application.returns.test_return_goods import record_return
from tests.application.returns.test_void_sale import void
from tests.application.sales.test_hold_sale import held
from tests.builders import money
from tests.horgos import CNY, KZT
from tests.shops import BAG, CHOCOLATE, LAST_ONE, SWEETS, DemoShop, a_ticket, quantities


def test_an_order_is_opened_by_its_code_at_the_agreed_prices_and_handed_out_once(shop: DemoShop) -> None:
    order = pieces(shop, CHOCOLATE, 2, price=None)
    cheap = claim(shop, lines=(ClaimLine(SWEETS, 1, money("40.00")),))

    checkout = opened(shop, order, cheap)
    view = checkout.view()
    assert quantities(view) == [(CHOCOLATE, 2), (SWEETS, 1)]
    assert [str(row.line.amount) for row in view.lines] == ["25.00", "40.00"]
    assert [one.code for one in view.pickups] == [order.code, cheap.code]

    sale = settle_up(shop, checkout)

    gone = order_of(shop, order.code)
    assert (gone.state.value, gone.receipt, gone.closed_at, gone.closed_by) == (
        "picked_up",
        sale.receipt,
        sale.at,
        "amina",
    )
    assert str(sale.total) == "65.00"
    assert (held(shop, CHOCOLATE), held(shop, SWEETS)) == (0, 0)
    with pytest.raises(AlreadyPickedUp) as refused:
        opened(shop, order)
    assert (refused.value.receipt, refused.value.at) == (sale.receipt, sale.at)
    assert shop.verify() == []


def test_the_scanner_opens_an_order_by_its_square_and_nothing_else_is_taken_for_one(shop: DemoShop) -> None:
    order = claim(shop, CHOCOLATE)
    checkout = shop.basket()
    assert quantities(checkout.scan(PickupCode(order.code).qr)) == [(CHOCOLATE, 1)]
    assert quantities(checkout.scan(PickupCode(order.code).qr)) == [(CHOCOLATE, 1)]  # it is open already
    with pytest.raises(NoSuchCustomerOrder):
        checkout.pick_up(with_check_sign("2222222").signs)


def test_two_tills_hand_out_one_order_once(shop: DemoShop) -> None:
    order, other = claim(shop, CHOCOLATE), shop.other_till()
    here, there = opened(shop, order), opened(other, order)
    sale = settle_up(shop, here)
    with pytest.raises(AlreadyPickedUp) as refused:
        settle_up(other, there)
    assert refused.value.receipt == sale.receipt
    assert other.rows("SELECT count(*) FROM sale") == [(1,)]
    assert shop.verify() == []


def test_goods_of_an_order_that_changed_under_the_basket_are_not_sold_unseen(shop: DemoShop) -> None:
    order = pieces(shop, CHOCOLATE, 2)
    checkout = opened(shop, order)
    with shop.raw(writing=True) as store:
        store.execute("UPDATE customer_order_line SET quantity = 3")
    with pytest.raises(PickUpChanged):
        settle_up(shop, checkout)


def test_lines_are_left_out_changed_and_added_and_what_stays_goes_to_who_waits(shop: DemoShop) -> None:
    on_hand(shop, CHOCOLATE, 3)
    order, waiting = pieces(shop, CHOCOLATE, 3), pieces(shop, CHOCOLATE, 2)
    assert state_of(shop, waiting) == "waiting"
    checkout = opened(shop, order)
    checkout.scan(SWEETS)
    row = checkout.view().lines[0].line.id
    checkout.set_quantity(row, 1)

    sale = settle_up(shop, checkout)

    assert [(line.code, line.quantity) for line in sale.lines] == [(CHOCOLATE, 1), (SWEETS, 1)]
    gone = order_of(shop, order.code)
    assert (gone.state.value, gone.lines[0].picked) == ("picked_up", 1)
    moved = order_of(shop, waiting.code)
    assert (moved.state.value, moved.tell, held(shop, CHOCOLATE)) == ("confirmed", True, 2)
    assert shop.verify() == []


def test_a_piece_taken_out_and_scanned_again_costs_what_was_agreed_and_one_more_what_is_on_file(shop: DemoShop) -> None:
    order = claim(shop, lines=(ClaimLine(CHOCOLATE, 2, money("10.00")),))
    checkout = opened(shop, order)
    row = checkout.view().lines[0].line.id
    checkout.set_quantity(row, 1)
    checkout.scan(CHOCOLATE)
    checkout.scan(CHOCOLATE)
    view = checkout.view()
    assert [(row.line.quantity, str(row.line.amount)) for row in view.lines] == [(2, "20.00"), (1, "12.50")]
    sale = settle_up(shop, checkout)
    assert order_of(shop, order.code).lines[0].picked == 2
    assert str(sale.total) == "32.50"
    assert shop.verify() == []


def test_an_order_that_waited_is_picked_up_in_part_and_holds_nothing_more(shop: DemoShop) -> None:
    on_hand(shop, CHOCOLATE, 2)
    large, small = pieces(shop, CHOCOLATE, 3), pieces(shop, CHOCOLATE, 1, confirms=False)
    assert (state_of(shop, large), state_of(shop, small)) == ("waiting", "claimed")
    on_hand(shop, CHOCOLATE, 5)  # no step has moved it up yet
    checkout = opened(shop, large)
    checkout.set_quantity(checkout.view().lines[0].line.id, 1)

    settle_up(shop, checkout)

    assert (state_of(shop, large), held(shop, CHOCOLATE)) == ("picked_up", 0)
    assert shop.verify() == []


@pytest.mark.parametrize("step", ["hold", "park", "sell"])
def test_an_order_that_waited_gets_the_goods_of_one_that_ends_at_the_till(shop: DemoShop, step: str) -> None:
    on_hand(shop, CHOCOLATE, 2)
    before = pieces(shop, CHOCOLATE, 2)
    order = pieces(shop, CHOCOLATE, 2, hold_until=before.hold_until + timedelta(days=3))
    on_hand(shop, CHOCOLATE, 4)
    checkout = opened(shop, order)  # the shelf has two more, which no step has given to the queue
    on_hand(shop, CHOCOLATE, 2)
    shop.now.at = before.hold_until
    sale_order = checkout.order(shop.person("amina"))

    if step == "hold":
        shop.hold_sale(sale_order)
    elif step == "park":
        shop.park_sale(sale_order, "", shop.person("amina"))
    else:
        settle_up(shop, checkout)

    assert state_of(shop, order) == ("picked_up" if step == "sell" else "confirmed")
    assert held(shop, CHOCOLATE) == (0 if step == "sell" else 2)
    assert shop.verify() == []


def test_without_any_of_its_goods_an_order_stays_as_it_was(shop: DemoShop) -> None:
    order = claim(shop, CHOCOLATE)
    checkout = opened(shop, order)
    checkout.scan(SWEETS)
    checkout.void(checkout.view().lines[0].line.id, shop.person("amina"))
    settle_up(shop, checkout)
    assert (state_of(shop, order), held(shop, CHOCOLATE)) == ("confirmed", 1)
    assert shop.verify() == []


def test_a_price_that_rose_or_a_rate_that_moved_changes_nothing_and_a_promotion_only_makes_it_cheaper(
    shop: DemoShop,
) -> None:
    order = claim(shop, lines=(ClaimLine(CHOCOLATE, 1, money("1000", KZT)), ClaimLine(SWEETS, 1)))
    shop.set_rate(shop.person("manager"), CNY, Decimal(80), Decimal(90), None, None, anyway=True)
    with shop.raw(writing=True) as store:
        store.execute("UPDATE product SET price_minor = price_minor * 2")
    assert [str(row.line.amount) for row in opened(shop, order).view().lines] == ["13.74", "48.00"]
    shop.now.move(minutes=1)
    shop.promotions.add(PromotionDraft("Sale", percent=Decimal(70)), shop.person("manager"))
    assert [str(row.line.amount) for row in opened(shop, order).view().lines] == ["7.50", "28.80"]


def test_an_order_stays_open_while_its_payment_is_taken_and_survives_its_last_minute(shop: DemoShop) -> None:
    order = claim(shop, CHOCOLATE)
    checkout = opened(shop, order)
    sale_order = checkout.order(shop.person("amina"))
    shop.now.at = order.hold_until - timedelta(seconds=30)
    shop.hold_sale(sale_order)
    shop.now.move(minutes=2)
    upkeep(shop)
    assert state_of(shop, order) == "confirmed"
    settle_up(shop, checkout)
    assert state_of(shop, order) == "picked_up"
    assert shop.verify() == []


def test_who_stands_at_the_till_when_the_time_is_over_gets_the_goods_if_they_are_there(shop: DemoShop) -> None:
    on_hand(shop, CHOCOLATE, 1)
    order, late = claim(shop, CHOCOLATE), claim(shop, SWEETS)
    checkout, other = opened(shop, order), opened(shop, late)
    waiting = claim(shop, CHOCOLATE, hold_until=order.hold_until + timedelta(days=3))
    shop.now.at = order.hold_until
    upkeep(shop)
    assert (state_of(shop, order), state_of(shop, waiting)) == ("expired", "confirmed")
    with pytest.raises(GoodsReserved):
        settle_up(shop, checkout)
    settle_up(shop, other)
    assert state_of(shop, late) == "picked_up"
    assert shop.verify() == []


def test_a_closed_order_is_not_opened(shop: DemoShop) -> None:
    order = claim(shop, CHOCOLATE)
    steps(shop).cancel(order.code, "", shop.person("amina"))
    with pytest.raises(CustomerOrderClosed) as refused:
        opened(shop, order)
    assert refused.value.state == "cancelled"


def test_a_parked_basket_keeps_its_orders_and_holds_each_piece_once(shop: DemoShop) -> None:
    on_hand(shop, CHOCOLATE, 2)
    order = pieces(shop, CHOCOLATE, 2)
    checkout = opened(shop, order)
    shop.park_sale(checkout.order(shop.person("amina")), "", shop.person("amina"))
    assert (held(shop, CHOCOLATE), state_of(shop, order)) == (2, "confirmed")
    assert shop.verify() == []
    [parked] = shop.parked_sales.all()
    resumed = shop.checkout()
    resumed.resume(shop.parked_sales.resume(parked.basket.key, shop.person("amina")).basket)
    sale = settle_up(shop, resumed)
    assert order_of(shop, order.code).receipt == sale.receipt
    assert held(shop, CHOCOLATE) == 0
    assert shop.verify() == []


def test_a_voided_sale_opens_its_order_again_with_its_goods_held(shop: DemoShop) -> None:
    on_hand(shop, CHOCOLATE, 2)
    order = pieces(shop, CHOCOLATE, 2)
    steps(shop).pack(order.code, "A-7", shop.person("amina"))
    waiting = pieces(shop, CHOCOLATE, 1, hold_until=order.hold_until + timedelta(days=3))
    sale = pick_up(shop, order)
    shop.now.at = sale.at + timedelta(minutes=5)

    void(shop, sale.receipt)

    again = order_of(shop, order.code)
    assert (again.state.value, again.receipt, again.place, again.hold_until) == ("ready", "", "A-7", order.hold_until)
    assert (held(shop, CHOCOLATE), state_of(shop, waiting)) == (2, "waiting")
    assert shop.verify() == []
    pick_up(shop, order)
    assert state_of(shop, order) == "picked_up"
    assert shop.verify() == []


def test_an_order_of_a_voided_sale_waits_at_its_place_where_fewer_goods_came_back(shop: DemoShop) -> None:
    on_hand(shop, CHOCOLATE, 2)
    order, waiting = pieces(shop, CHOCOLATE, 2), claim(shop, CHOCOLATE)
    checkout = opened(shop, order)
    checkout.set_quantity(checkout.view().lines[0].line.id, 1)
    sale = settle_up(shop, checkout)
    assert state_of(shop, waiting) == "confirmed"

    void(shop, sale.receipt)

    assert (state_of(shop, order), state_of(shop, waiting), held(shop, CHOCOLATE)) == ("waiting", "confirmed", 1)
    steps(shop).cancel(waiting.code, "", shop.person("amina"))
    assert (state_of(shop, order), held(shop, CHOCOLATE)) == ("confirmed", 2)
    assert shop.verify() == []


def test_goods_that_come_back_go_to_who_waits(shop: DemoShop) -> None:
    sale = shop.sell(LAST_ONE)
    waiting = claim(shop, LAST_ONE)
    assert state_of(shop, waiting) == "waiting"
    record_return(shop, sale.receipt, (0, 1))
    assert state_of(shop, waiting) == "confirmed"
    assert shop.verify() == []


def test_a_sale_in_a_file_picks_up_orders(shop: DemoShop) -> None:
    order = pieces(shop, CHOCOLATE, 2)
    part = pieces(shop, SWEETS, 2)
    ticket = a_ticket(
        lines=[{"code": BAG, "quantity": 1}],
        pickups=[order.code, {"code": part.code, "lines": [{"line": 0, "quantity": 1}]}],
        payments=[{"method": "cash", "currency": "CNY", "amount": "74.00"}],
    )
    sale = shop.ring_sale(ticket)
    assert sorted((line.code, line.quantity) for line in sale.lines) == sorted([(BAG, 1), (CHOCOLATE, 2), (SWEETS, 1)])
    assert (order_of(shop, part.code).lines[0].picked, state_of(shop, order)) == (1, "picked_up")
    assert shop.ring_sale(ticket).receipt == sale.receipt
    with pytest.raises(AlreadyPickedUp):
        shop.ring_sale(ticket | {"key": "k-2"})
    assert shop.verify() == []


def test_the_same_payment_twice_is_one_pick_up(shop: DemoShop) -> None:
    order = claim(shop, CHOCOLATE)
    sale_order = opened(shop, order).order(shop.person("amina"))
    paid = Payment((Tender("cash", sale_order.cart.total),))
    sale = shop.complete_sale.from_counter(sale_order, paid)
    assert shop.complete_sale.from_counter(sale_order, paid).receipt == sale.receipt
    assert shop.rows("SELECT count(*) FROM sale") == [(1,)]
