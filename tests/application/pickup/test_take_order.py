"""Orders are taken as they are called out; what is not free waits, and nothing is promised twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from pos.application.pickup import upkeep as upkeep_at_till
from pos.application.pickup.claimed_goods import AmbiguousGoods
from pos.application.pickup.take_order import ClaimLine, TakeOrder
from pos.application.pickup.upkeep import PickupUpkeep
from pos.application.ports.pickup_ports import StreamItem
from pos.domain.errors import BadField
from pos.domain.pickup.customer_order import (
    AlreadyPickedUp,
    ChannelRefTaken,
    CustomerOrderClosed,
    CustomerOrderState,
    HoldOver,
    NoSuchCustomerOrder,
)
from pos.domain.pickup.pickup_code import with_check_sign
from pos.domain.request_key import KeyReused
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.sales.parking import GoodsReserved
from pos.domain.staff.staff import NotAllowed
from tests.application.pickup.orders import a_draft, claim, on_hand, order_of, pieces, state_of, steps, upkeep
from tests.application.sales.test_hold_sale import held
from tests.builders import money
from tests.horgos import CNY, KZT
from tests.shops import CHOCOLATE, COGNAC, LAST_ONE, SWEETS, DemoShop


def test_an_order_holds_its_goods_and_remembers_what_was_agreed(shop: DemoShop) -> None:
    order = claim(shop, CHOCOLATE, SWEETS)

    assert (order.state.value, order.buyer.name, order.buyer.shown) == ("confirmed", "小雨", "…4567")
    assert (held(shop, CHOCOLATE), held(shop, SWEETS)) == (1, 1)
    assert str(order.total(shop.settings().price)) == "60.50"
    assert order_of(shop, order.code) == order
    assert shop.verify() == []


def test_a_price_in_another_currency_counts_at_the_selling_rates_of_its_day(shop: DemoShop) -> None:
    order = claim(shop, CHOCOLATE, price=money("1000", KZT))
    shop.now.move(minutes=1)
    shop.set_rate(shop.person("manager"), CNY, Decimal(80), Decimal(90), None, None, anyway=True)
    assert str(order_of(shop, order.code).total(shop.settings().price)) == "13.74"  # 1000 ÷ 72.80
    assert str(claim(shop, CHOCOLATE, price=money("1000", KZT)).total(shop.settings().price)) == "11.11"


def test_while_a_stream_runs_two_fields_are_enough(shop: DemoShop) -> None:
    with shop.store.begin() as work:
        product = work.products.by_code(COGNAC, shop.now())
        assert product is not None
        work.pickups.put_stream([StreamItem(7, product.id, money("399.00"))])
        work.commit()
    take, amina = TakeOrder(shop.context), shop.person("amina")

    by_number = take.called("7x2", "小雨 138 0013 8000", "douyin", "zh", amina, "k1")
    by_last_digits = take.called(COGNAC[-5:], "4567", "douyin", "zh", amina, "k2")

    assert [(line.code, line.quantity, str(line.agreed.amount)) for line in by_number.lines] == [(COGNAC, 2, "399.00")]
    assert (by_number.buyer.phone, by_last_digits.buyer.phone, by_last_digits.buyer.tail) == (
        "13800138000",
        None,
        "4567",
    )
    assert str(by_last_digits.lines[0].agreed.amount) == "399.00"


def test_the_same_request_is_one_order(shop: DemoShop) -> None:
    first = claim(shop, CHOCOLATE, key="k-1")
    assert claim(shop, CHOCOLATE, key="k-1") == first
    with pytest.raises(KeyReused):
        claim(shop, SWEETS, key="k-1")
    assert held(shop, CHOCOLATE) == 1


def test_a_number_of_the_channel_is_one_order(shop: DemoShop) -> None:
    first = claim(shop, CHOCOLATE, channel_ref="D-1")
    with pytest.raises(ChannelRefTaken) as refused:
        claim(shop, CHOCOLATE, channel_ref="D-1")
    assert refused.value.code == first.code
    claim(shop, CHOCOLATE, channel_ref="D-1", channel="wechat")


def test_of_the_last_piece_the_second_waits_and_moves_up_when_the_first_goes(shop: DemoShop) -> None:
    first, second, third = claim(shop, LAST_ONE), claim(shop, LAST_ONE), claim(shop, LAST_ONE)
    assert [state_of(shop, one) for one in (first, second, third)] == ["confirmed", "waiting", "waiting"]
    with pytest.raises(GoodsReserved):
        shop.basket(LAST_ONE)

    steps(shop).cancel(first.code, "changed his mind", shop.person("amina"))

    moved = order_of(shop, second.code)
    assert (moved.state.value, moved.tell) == ("confirmed", True)
    assert not steps(shop).informed(second.code, shop.person("amina")).tell
    assert state_of(shop, third) == "waiting"
    assert shop.verify() == []


def test_an_order_that_wants_more_does_not_stop_those_behind_it(shop: DemoShop) -> None:
    on_hand(shop, CHOCOLATE, 3)
    first = pieces(shop, CHOCOLATE, 3)
    large, small = pieces(shop, CHOCOLATE, 5), pieces(shop, CHOCOLATE, 2)
    steps(shop).cancel(first.code, "", shop.person("amina"))
    assert (state_of(shop, large), state_of(shop, small)) == ("waiting", "confirmed")
    on_hand(shop, CHOCOLATE, 7)
    upkeep(shop)
    assert (state_of(shop, large), held(shop, CHOCOLATE)) == ("confirmed", 7)


def test_what_a_delivery_brought_goes_to_who_waits_before_a_later_claim(shop: DemoShop) -> None:
    on_hand(shop, CHOCOLATE, 1)
    first, second = claim(shop, CHOCOLATE), claim(shop, CHOCOLATE)
    on_hand(shop, CHOCOLATE, 2)

    third = claim(shop, CHOCOLATE)

    assert [state_of(shop, one) for one in (first, second, third)] == ["confirmed", "confirmed", "waiting"]
    assert shop.verify() == []


def test_one_that_comes_back_does_not_pass_who_waits(shop: DemoShop) -> None:
    on_hand(shop, CHOCOLATE, 1)
    late = claim(shop, CHOCOLATE)
    longer = late.hold_until + timedelta(days=5)
    shop.now.at = late.hold_until
    upkeep(shop)
    second, third = (claim(shop, CHOCOLATE, hold_until=longer) for _ in range(2))
    on_hand(shop, CHOCOLATE, 2)

    again = steps(shop).hold_until(late.code, longer, shop.person("amina"))

    assert (again.state.value, state_of(shop, second), state_of(shop, third)) == ("waiting", "confirmed", "confirmed")
    assert shop.verify() == []


def test_claims_that_are_not_confirmed_hold_nothing_and_come_before_the_queue(shop: DemoShop) -> None:
    shop.set("pickup_confirms", "no")
    on_hand(shop, CHOCOLATE, 2)
    first, second, third = (claim(shop, CHOCOLATE) for _ in range(3))
    assert [state_of(shop, one) for one in (first, second, third)] == ["claimed", "claimed", "waiting"]
    assert held(shop, CHOCOLATE) == 0

    assert steps(shop).confirm(first.code, shop.person("amina")).state.value == "confirmed"
    shop.sell(CHOCOLATE)  # the shelf does not wait for what is only claimed
    assert steps(shop).confirm(second.code, shop.person("amina")).state.value == "waiting"

    on_hand(shop, CHOCOLATE, 2)
    upkeep(shop)
    assert (state_of(shop, second), state_of(shop, third)) == ("confirmed", "waiting")
    assert shop.verify() == []


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Asia/Almaty"])
def test_it_expires_at_midnight_of_the_shops_zone_and_the_next_one_moves_up(shop: DemoShop, zone: str) -> None:
    shop.set("time_zone", zone)
    shop.set("pickup_hold_days", "0")
    order = claim(shop, LAST_ONE)
    shop.set("pickup_hold_days", "3")
    behind = claim(shop, LAST_ONE)
    midnight = order.hold_until.astimezone(shop.settings().zone)
    assert (midnight.hour, midnight.minute, midnight - shop.now() <= timedelta(days=1)) == (0, 0, True)

    shop.now.at = midnight - timedelta(microseconds=1)
    upkeep(shop)
    assert state_of(shop, order) == "confirmed"
    shop.now.at = midnight
    upkeep(shop)

    assert (state_of(shop, order), state_of(shop, behind)) == ("expired", "confirmed")
    assert order_of(shop, order.code).closed_at == midnight
    assert shop.verify() == []


def test_who_ends_what_is_over_sees_how_many_orders_it_were(shop: DemoShop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep_at_till, "_AT_ONCE", 2)
    orders = [claim(shop, CHOCOLATE, confirms=number < 4) for number in range(5)]
    shop.now.at = orders[0].hold_until
    assert PickupUpkeep(shop.context).now_by(shop.person("amina")) == 5
    assert PickupUpkeep(shop.context).now_by(shop.person("amina")) == 0


def test_a_sale_that_needs_the_goods_ends_what_is_over_by_itself(shop: DemoShop) -> None:
    order = claim(shop, LAST_ONE)
    shop.now.at = order.hold_until
    shop.sell(LAST_ONE)
    assert state_of(shop, order) == "expired"
    assert shop.verify() == []


def test_one_that_has_expired_comes_back_by_another_day(shop: DemoShop) -> None:
    order = claim(shop, LAST_ONE)
    amina, step = shop.person("amina"), steps(shop)
    shop.now.at = order.hold_until
    upkeep(shop)
    with pytest.raises(CustomerOrderClosed):
        step.pack(order.code, "A-1", amina)
    with pytest.raises(HoldOver):
        step.hold_until(order.code, shop.now(), amina)
    with pytest.raises(HoldOver):
        step.confirm(order.code, amina)

    again = step.hold_until(order.code, shop.now() + timedelta(days=1), amina)

    assert (again.state.value, held(shop, LAST_ONE)) == ("confirmed", 1)
    longer = step.hold_until(order.code, shop.now() + timedelta(days=2), amina)
    shop.now.at = again.hold_until
    upkeep(shop)
    assert order_of(shop, order.code) == longer
    assert shop.verify() == []


def test_a_claim_whose_time_is_over_is_not_confirmed(shop: DemoShop) -> None:
    shop.set("pickup_confirms", "no")
    order = claim(shop, CHOCOLATE)
    shop.now.at = order.hold_until
    with pytest.raises(HoldOver):
        steps(shop).confirm(order.code, shop.person("amina"))
    assert (state_of(shop, order), held(shop, CHOCOLATE)) == ("claimed", 0)


def test_one_that_comes_back_lies_in_no_bag_any_more(shop: DemoShop) -> None:
    order, amina = claim(shop, CHOCOLATE), shop.person("amina")
    steps(shop).pack(order.code, "A-3", amina, {0: ("0104600439931256215aBcD",)})
    shop.now.at = order.hold_until
    upkeep(shop)
    assert order_of(shop, order.code).place == "A-3"  # where its goods are to be taken from

    again = steps(shop).hold_until(order.code, shop.now() + timedelta(days=1), amina)

    assert (again.state.value, again.place, again.ready_at, again.lines[0].marks) == ("confirmed", "", None, ())
    assert order_of(shop, order.code) == again
    assert shop.verify() == []


def test_it_is_packed_into_a_shelf_or_a_bag(shop: DemoShop) -> None:
    order, amina = claim(shop, CHOCOLATE), shop.person("amina")
    packed = steps(shop).pack(order.code.lower(), " A-3 ", amina)
    assert (packed.state.value, packed.place) == ("ready", "A-3")
    assert steps(shop).pack(order.code, "B-1", amina).place == "B-1"
    with pytest.raises(CustomerOrderState):
        steps(shop).confirm(order.code, amina)


def test_what_makes_no_order_is_refused_and_nothing_is_recorded(shop: DemoShop) -> None:
    before = shop.tables()
    for draft, fault in (
        (a_draft("404040404"), UnknownCode),
        (a_draft(), BadField),
        (a_draft(CHOCOLATE, channel="smoke"), BadField),
        (a_draft(CHOCOLATE, hold_until=shop.now()), HoldOver),
        (a_draft(CHOCOLATE, lines=(ClaimLine(CHOCOLATE, 0),)), BadField),
        (a_draft("48702"), UnknownCode),
        (a_draft("0"), UnknownCode),
    ):
        with pytest.raises(fault):
            TakeOrder(shop.context)(draft, shop.person("amina"), "k")
    assert shop.tables() == before


def test_the_last_signs_of_several_products_are_asked_about(shop: DemoShop) -> None:
    with pytest.raises((AmbiguousGoods, UnknownCode)):
        claim(shop, "000")


def test_no_one_without_the_right_takes_or_changes_one(shop: DemoShop) -> None:
    order = claim(shop, CHOCOLATE)
    shop.set("cashier_permissions", "sell")
    amina = shop.person("amina")
    attempts: list[Callable[[], object]] = [
        lambda: claim(shop, CHOCOLATE),
        lambda: steps(shop).cancel(order.code, "", amina),
        lambda: steps(shop).pack(order.code, "A", amina),
        lambda: steps(shop).hold_until(order.code, shop.now(), amina),
    ]
    for step in attempts:
        with pytest.raises(NotAllowed):
            step()


def test_an_unknown_code_is_refused(shop: DemoShop) -> None:
    with pytest.raises(NoSuchCustomerOrder):
        steps(shop).cancel(with_check_sign("2222222").signs, "", shop.person("amina"))
    assert AlreadyPickedUp.fact == "already_picked_up"


def test_a_whole_phone_is_kept_only_for_a_time_after_the_order_is_closed(shop: DemoShop) -> None:
    order = claim(shop, CHOCOLATE, buyer="Айгүл +7 701 123 45 67")
    steps(shop).cancel(order.code, "", shop.person("amina"))
    shop.now.move(days=29)
    upkeep(shop)
    assert order_of(shop, order.code).buyer.phone == "77011234567"
    shop.now.move(days=1, seconds=1)
    upkeep(shop)

    kept = order_of(shop, order.code).buyer
    assert (kept.phone, kept.shown) == (None, "…4567")
    with shop.store.reading() as work:
        assert [one.code for one in work.pickups.by_phone("4567", 5)] == [order.code]
        assert work.pickups.by_phone("34567", 5) == []
    assert "77011234567" not in str(shop.tables())
