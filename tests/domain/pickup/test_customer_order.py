"""What may become of a customer order, and what it refuses with facts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.pickup.agreed_price import AgreedPrice
from pos.domain.pickup.buyer import Buyer
from pos.domain.pickup.customer_order import (
    AlreadyPickedUp,
    CustomerOrder,
    CustomerOrderClosed,
    CustomerOrderLine,
    CustomerOrderState,
    HoldOver,
    OrderState,
    closing_of,
)
from tests.builders import MONDAY
from tests.horgos import CNY, KZT

EVENING = MONDAY + timedelta(hours=10)


def an_order(**changed: object) -> CustomerOrder:
    line = CustomerOrderLine(0, 7, 2, AgreedPrice(Money(1000_00, KZT), Fraction(1, 75), date(2026, 3, 2)))
    fields: dict[str, object] = {
        "id": 1, "code": "K7QM2N9X", "channel": "douyin", "channel_ref": "", "buyer": Buyer("小雨"), "lines": (line,),
        "state": OrderState.CLAIMED, "claimed_at": MONDAY, "hold_until": EVENING, "person": "amina", "till": "T1",
    }  # fmt: skip
    return CustomerOrder(**(fields | changed))  # type: ignore[arg-type] # of a test


def test_it_is_confirmed_packed_and_picked_up() -> None:
    order = an_order().confirmed(MONDAY).ready("A-3", MONDAY)
    assert (order.state, order.place, order.is_held) == (OrderState.READY, "A-3", True)

    gone = order.picked_up({0: 1}, "T1-000007", MONDAY, "amina")

    assert (gone.state, gone.lines[0].picked, gone.is_held) == (OrderState.PICKED_UP, 1, False)
    with pytest.raises(AlreadyPickedUp) as twice:
        gone.picked_up({0: 2}, "T1-000008", MONDAY, "amina")
    assert (twice.value.receipt, twice.value.at) == ("T1-000007", MONDAY)


def test_what_is_over_says_so() -> None:
    for closed in (an_order().cancelled("no answer", "amina", MONDAY), an_order().expired("program")):
        with pytest.raises(CustomerOrderClosed) as refused:
            closed.ready("A-3", MONDAY)
        assert refused.value.state == closed.state.value


def test_no_step_is_left_out() -> None:
    with pytest.raises(CustomerOrderState):
        an_order().ready("A-3", MONDAY)
    with pytest.raises(CustomerOrderState):
        an_order().confirmed(MONDAY).confirmed(MONDAY)
    with pytest.raises(CustomerOrderState):
        an_order().waiting().waiting()


def test_one_that_moves_up_is_to_be_told() -> None:
    moved = an_order().waiting().confirmed(MONDAY, moved_up=True)
    assert moved.tell
    assert not moved.informed().tell
    assert not an_order().confirmed(MONDAY).tell


def test_an_expired_one_comes_back_by_another_time() -> None:
    over = an_order(hold_until=MONDAY).expired("program")
    assert over.closed_at == MONDAY
    again = over.held_until(EVENING, MONDAY).confirmed(MONDAY)
    assert (again.state, again.closed_at) == (OrderState.CONFIRMED, None)
    with pytest.raises(HoldOver):
        an_order().held_until(MONDAY, MONDAY)
    with pytest.raises(BadField):
        an_order().held_until(MONDAY + timedelta(days=400), MONDAY)


def test_after_a_void_it_is_as_before() -> None:
    order = an_order().confirmed(MONDAY).ready("A-3", MONDAY)
    assert order.picked_up({0: 2}, "T1-000007", MONDAY, "amina").reopened(EVENING) == order


def test_what_it_comes_to() -> None:
    order = an_order()
    assert order.agreed_sums() == (Money(2000_00, KZT),)
    assert order.total(CNY) == Money(26_66, CNY)  # 13.33 a piece
    assert order.goods() == {7: 2}


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Asia/Almaty"])
def test_it_is_held_until_the_shop_closes_on_the_agreed_day_in_its_zone(zone: str) -> None:
    day, own = date(2026, 3, 2), ZoneInfo(zone)
    assert closing_of(day, time(20), own).astimezone(own) == datetime(2026, 3, 2, 20, tzinfo=own)
    assert closing_of(day, None, own).astimezone(own) == datetime(2026, 3, 3, 0, tzinfo=own)
