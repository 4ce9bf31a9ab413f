"""A till is killed between its steps, a line is cut in the middle: the allowance comes out right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pos.application.center.settle_reservation import ConfirmSale
from pos.application.membership.refusals import CenterAway
from pos.application.sales.check_order import QuotaExceeded
from pos.center_client.http_center import HttpCenter
from tests.application.membership.member_shops import MemberShop, over_http
from tests.center.shops import Center
from tests.shops import CARTON


class Killed(BaseException):
    """The till is no more."""


def killed_before(step: str) -> Callable[[str], None]:
    def before(name: str) -> None:
        if name == step:
            raise Killed

    return before


def started_again(shop: MemberShop) -> MemberShop:
    """The till after a restart: what it had in mind is gone, its store and its pass are not."""
    again = MemberShop(shop.folder, now=shop.now)
    again.connect = shop.connect
    again.at_center.send.begin()
    return again


def test_a_till_that_dies_before_it_asks_gives_nothing_away(here: MemberShop, next_door: MemberShop) -> None:
    order = here.order_of(CARTON, CARTON)
    here.at_center.look_up.all(order.key, order.visitors, order.regime)
    here.line.before = killed_before("reserve")
    with pytest.raises(Killed):
        here.hold_sale(order)
    assert here.attempts() == 1, "written down before it was sent"
    again = started_again(here)
    assert again.attempts() == 0
    next_door.sell_to_zhang(CARTON, CARTON)
    again.close()


def test_a_till_that_dies_while_it_is_paid_gives_its_reservation_back(here: MemberShop, next_door: MemberShop) -> None:
    here.open_payment(here.order_of(CARTON, CARTON))
    with pytest.raises(QuotaExceeded):
        next_door.open_payment(next_door.order_of(CARTON))
    again = started_again(here)
    assert again.attempts() == 0
    next_door.sell_to_zhang(CARTON, CARTON)
    again.close()


def test_a_till_that_dies_after_the_sale_tells_of_it_when_it_starts(here: MemberShop, next_door: MemberShop) -> None:
    here.take_money(here.open_payment(here.order_of(CARTON, CARTON)))
    again = started_again(here)
    assert (again.waiting(), again.attempts()) == ([], 0)
    with pytest.raises(QuotaExceeded):
        next_door.open_payment(next_door.order_of(CARTON))
    again.close()


def test_a_reservation_whose_answer_never_came_is_given_back(here: MemberShop, next_door: MemberShop) -> None:
    order = here.order_of(CARTON, CARTON)
    here.at_center.look_up.all(order.key, order.visitors, order.regime)
    here.line.lost_answers = 2
    with pytest.raises(CenterAway):
        here.hold_sale(order)
    with pytest.raises(QuotaExceeded):  # it arrived, and counts until the till says what became of it
        next_door.open_payment(next_door.order_of(CARTON))
    here.at_center.send()
    next_door.sell_to_zhang(CARTON, CARTON)


def test_the_service_is_stopped_between_a_request_and_its_answer(
    here: MemberShop, center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over HTTP: the sale is booked, the answer is lost with the process, and the same call again is the same sale."""
    booked: list[str] = []
    confirm = ConfirmSale.__call__

    def booked_and_gone(self, caller, sale, digest):  # type: ignore[no-untyped-def]  # the step as it is
        done = confirm(self, caller, sale, digest)
        booked.append(sale.key)
        if len(booked) == 1:
            raise SystemExit
        return done

    monkeypatch.setattr(ConfirmSale, "__call__", booked_and_gone)
    with over_http(here, center):
        here.take_money(here.open_payment(here.order_of(CARTON)))
        assert here.at_center.send().taken == 0
        assert here.waiting() == ["sale"]
        assert here.at_center.send().taken == 1
        assert booked[0] == booked[1]
        answer = here.at_center.look_up("another", here.visitor(), "cn-horgos")
        assert answer.ledger is not None
        assert [line.goods.quantity for line in answer.ledger.lines] == [1]
        assert isinstance(here.line.of, HttpCenter)


def test_a_till_that_is_on_two_versions_of_the_rules_reserves_nothing(here: MemberShop, center: Center) -> None:
    rules = dict(center.context.regimes())
    other = rules["cn-horgos"]
    rules["cn-horgos"] = replace(other, digest="0" * 64)
    object.__setattr__(center.context, "regimes", lambda: rules)
    with pytest.raises(Exception, match="rules_differ"):
        here.open_payment(here.order_of(CARTON))
    assert (here.waiting(), here.rows("SELECT count(*) FROM hold")) == ([], [(0,)])
