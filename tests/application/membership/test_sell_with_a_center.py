"""A shop of a center sells: what the shop next door has sold uses the same allowance."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from pos.application.membership.center_answer import CenterState
from pos.application.membership.refusals import SELL_UNSEEN, CenterAway, CenterRefused, UnseenRequirement
from pos.application.sales.approved_basket import approvals_at
from pos.application.sales.check_order import QuotaExceeded
from pos.application.sales.order import SaleConditions
from pos.application.visitors.identify_visitor import visitor_of
from pos.domain.quota.rule import Verdict
from pos.domain.staff.staff import Approval, need_behind
from pos.domain.visitors.document import read_typed
from tests.application.membership.member_shops import MemberShop, join
from tests.center.shops import Center
from tests.shops import CARTON, CHOCOLATE, SWEETS, WATCH, a_ticket


def test_what_was_sold_next_door_uses_the_allowance(here: MemberShop, next_door: MemberShop) -> None:
    next_door.sell_to_zhang(CARTON)
    here.sell_to_zhang(CARTON)
    with pytest.raises(QuotaExceeded):
        here.open_payment(here.order_of(CARTON))
    assert (here.attempts(), here.waiting()) == (0, [])


def test_the_books_and_the_ledger_at_the_center_say_the_same(here: MemberShop, center: Center) -> None:
    sale = here.sell_to_zhang(CARTON, SWEETS)
    answer = here.at_center.look_up("another", here.visitor(), "cn-horgos")
    assert answer.ledger is not None
    lines = {line.id: (line.goods.category, line.goods.quantity) for line in answer.ledger.lines}
    assert lines == {(sale.key, line.line): (line.category, line.quantity) for line in sale.lines}
    assert sale.quota["A"]["center"] == {"state": "fresh", "at": here.now().isoformat()}


def test_a_sale_of_which_no_visitor_carries_anything_does_not_wait_for_the_center(here: MemberShop) -> None:
    """Goods that only come back in exchange wanted the approval of a sale that the center does not see."""
    part = here.complete_sale.center
    assert part is not None
    order = here.order_of(CARTON)
    assert part.concerns(order)
    assert not part.concerns(replace(order, cart=replace(order.cart, lines=())))


def test_a_party_waits_for_the_center_no_longer_than_one_visitor(here: MemberShop) -> None:
    together = Barrier(2, timeout=10)
    wife = read_typed("passport", "E87654321", "CHN", "1990-01-01", here.now().date())
    visitors = (here.visitor(), visitor_of(wife, "B", here.secrets))

    def ask(_step: str) -> None:
        together.wait()  # breaks where the second is asked for after the first

    here.line.before = ask
    assert here.at_center.look_up.all("party", visitors, "cn-horgos") == ""


def test_the_verdict_is_not_known_until_the_center_has_answered(here: MemberShop, next_door: MemberShop) -> None:
    next_door.sell_to_zhang(CARTON)
    checkout = here.basket(CARTON, CARTON)
    view = checkout.view()
    assert (view.quota["A"].verdict, view.shown["A"].verdict) == (Verdict.OK, Verdict.UNKNOWN)
    assert view.visitors[0].center.state is CenterState.ASKED
    here.at_center.look_up(checkout.key, view.visitors[0].visitor, "cn-horgos")
    view = checkout.hear_center()
    assert view.shown["A"].verdict > Verdict.UNKNOWN
    assert view.visitors[0].center.state is CenterState.FRESH


def test_own_goods_that_the_books_know_are_counted_once(here: MemberShop) -> None:
    here.sell_to_zhang(CARTON)
    here.sell_to_zhang(CARTON)


def test_own_goods_that_the_books_lack_count_too(here: MemberShop, next_door: MemberShop, center: Center) -> None:
    """Another store of the same shop has sold them: its till has a pass of the same member."""
    join(next_door, center, "https://center.test", "A2")
    next_door.sell_to_zhang(CARTON, CARTON)
    with pytest.raises(QuotaExceeded):
        here.open_payment(here.order_of(CARTON))


def test_of_two_shops_that_want_the_last_of_one_allowance_one_gets_it(here: MemberShop, next_door: MemberShop) -> None:
    first, second = here.order_of(CARTON, CARTON), next_door.order_of(CARTON, CARTON)
    here.at_center.look_up.all(first.key, first.visitors, first.regime)
    next_door.at_center.look_up.all(second.key, second.visitors, second.regime)
    here.open_payment(first)
    with pytest.raises(QuotaExceeded):  # the ledger has moved on; the till has judged again by the new one
        next_door.open_payment(second)
    here.take_money(first)


def test_a_ledger_that_moves_on_and_leaves_room_is_reserved_at_once(here: MemberShop, next_door: MemberShop) -> None:
    order = here.order_of(CARTON)
    here.at_center.look_up.all(order.key, order.visitors, order.regime)
    next_door.sell_to_zhang(SWEETS)
    here.open_payment(order)
    assert here.line.asked.count("reserve") == 2


def test_the_stricter_verdict_of_the_center_stops_a_sale(here: MemberShop, center: Center) -> None:
    order = here.order_of(CARTON)
    center.clock.pass_by(minutes=3)
    with pytest.raises(CenterRefused) as refused:
        here.open_payment(order)
    assert refused.value.why == "clock_differs"
    assert here.rows("SELECT count(*) FROM hold") == [(0,)]


def test_a_payment_that_is_left_frees_the_allowance_next_door(here: MemberShop, next_door: MemberShop) -> None:
    order = here.open_payment(here.order_of(CARTON, CARTON))
    with pytest.raises(QuotaExceeded):
        next_door.open_payment(next_door.order_of(CARTON))
    here.hold_sale.release(order.key)
    here.at_center.send()
    next_door.open_payment(next_door.order_of(CARTON))
    assert here.attempts() == 0


def test_a_payment_that_is_opened_again_replaces_its_first_attempt(here: MemberShop, next_door: MemberShop) -> None:
    order = here.open_payment(here.order_of(CARTON))
    here.open_payment(order)
    here.take_money(order)
    here.at_center.send()
    next_door.sell_to_zhang(CARTON)


def test_a_center_that_is_away_refuses_the_sale_where_the_shop_says_so(here: MemberShop) -> None:
    here.line.is_cut = True
    with pytest.raises(CenterAway) as away:
        here.open_payment(here.order_of(CHOCOLATE))
    assert (away.value.what, need_behind(away.value)) == ("no_connection", None)
    assert here.rows("SELECT count(*) FROM hold") == [(0,)]


def test_a_sale_that_the_center_does_not_see_needs_an_approval_and_is_told_later(
    here: MemberShop, next_door: MemberShop
) -> None:
    here.set("center_away", "approve")
    here.line.is_cut = True
    order = here.order_of(CARTON, CARTON)
    with pytest.raises(CenterAway) as away:
        here.open_payment(order)
    assert need_behind(away.value) is not None
    approval = Approval(here.person("manager"), frozenset({SELL_UNSEEN}), order.key)
    sale = here.take_money(here.open_payment(order, approval), approval)
    assert (sale.approved_by, sale.quota["A"]["verdict"]) == ("manager", "unknown")
    assert sale.quota["A"]["center"]["state"] == "away"
    assert here.at_center.send().what == "no_connection"
    here.line.is_cut = False
    assert (here.at_center.send().taken, here.waiting()) == (1, [])
    with pytest.raises(QuotaExceeded):
        next_door.open_payment(next_door.order_of(CARTON))


def test_the_approval_that_the_window_asks_for_lets_the_sale_go_on(here: MemberShop) -> None:
    here.set("center_away", "approve")
    here.line.is_cut = True
    checkout, amina = here.basket(CHOCOLATE), here.person("amina")
    with pytest.raises(CenterAway):
        here.open_payment(checkout.order(amina))
    needs = approvals_at(checkout, checkout.view(), SaleConditions(here.now(), here.settings(), amina))
    assert {need.permission for need in needs} == {SELL_UNSEEN}
    approval = Approval(here.person("manager"), frozenset({SELL_UNSEEN}), checkout.key, frozenset(needs))
    here.take_money(here.open_payment(checkout.order(amina), approval), approval)


def test_an_approval_of_another_basket_does_not_sell_unseen(here: MemberShop) -> None:
    here.set("center_away", "approve")
    here.line.is_cut = True
    order = here.order_of(CHOCOLATE)
    need = UnseenRequirement(SELL_UNSEEN, "timeout", "another")
    approval = Approval(here.person("manager"), frozenset({SELL_UNSEEN}), order.key, frozenset({need}))
    with pytest.raises(CenterAway):
        here.open_payment(order, approval)


def test_a_reservation_whose_time_is_over_is_reserved_again_before_the_sale(here: MemberShop) -> None:
    order = here.open_payment(here.order_of(CARTON))
    here.running += timedelta(hours=2)  # the computer slept
    here.take_money(order)
    assert here.line.asked.count("reserve") == 2
    assert (here.at_center.send().taken, here.attempts()) == (1, 0)


def test_a_reservation_of_yesterday_is_reserved_again_and_the_sale_is_refused_while_the_center_is_away(
    here: MemberShop, center: Center
) -> None:
    here.now.move(hours=11, minutes=58)
    center.clock.at = here.now()
    order = here.open_payment(here.order_of(CARTON))
    here.now.move(minutes=3)
    center.clock.at = here.now()
    here.line.is_cut = True
    with pytest.raises(CenterAway):
        here.take_money(order)
    here.line.is_cut = False
    here.take_money(order)


def test_a_second_send_under_one_key_does_not_begin_its_time_anew(here: MemberShop) -> None:
    order = here.order_of(CARTON)
    here.at_center.look_up.all(order.key, order.visitors, order.regime)
    here.line.lost_answers = 1

    def later(step: str) -> None:
        here.running += timedelta(seconds=1 if step == "reserve" else 0)

    here.line.before = later
    here.open_payment(order)
    here.line.before = lambda _step: None
    assert here.line.asked.count("reserve") == 2, "the answer to the first was lost"
    here.running = timedelta(seconds=900.5)  # the hold is for 15 minutes
    here.take_money(order)
    assert here.line.asked.count("reserve") == 3


def test_a_sale_goes_on_while_its_reservation_is_in_doubt(here: MemberShop, center: Center) -> None:
    order = here.open_payment(here.order_of(CARTON))
    here.running += timedelta(hours=1)
    center.clock.pass_by(hours=1)
    here.now.move(hours=1)
    here.line.is_cut = True
    here.take_money(order)
    here.line.is_cut = False
    assert (here.at_center.send().taken, here.attempts()) == (1, 0)


def test_a_sale_from_a_file_asks_the_center_and_tells_it(here: MemberShop, next_door: MemberShop) -> None:
    lines = [{"code": CARTON, "quantity": 2}]
    money = [{"method": "cash", "currency": "CNY", "amount": "520.00"}]
    sale = here.ring_sale(a_ticket(lines=lines, payments=money))
    assert (sale.quota["A"]["center"]["state"], here.waiting()) == ("fresh", [])
    assert here.ring_sale(a_ticket(lines=lines, payments=money)).receipt == sale.receipt
    with pytest.raises(QuotaExceeded):
        next_door.ring_sale(a_ticket(key="k-2", lines=lines, payments=money))
    next_door.line.is_cut = True
    with pytest.raises(CenterAway):
        next_door.ring_sale(a_ticket(key="k-3"))
    assert next_door.attempts() == 0


def test_goods_that_no_visitor_carries_are_sold_without_the_center(here: MemberShop) -> None:
    here.line.is_cut = True
    here.set("sell_without_visitor", "yes")
    here.pay(here.basket(WATCH, visitor=False))
    assert here.line.asked == []


def test_a_payment_waits_two_seconds_for_the_center_in_all(here: MemberShop, next_door: MemberShop) -> None:
    """A line that dies after the look-up cost twelve seconds; what was asked is given back when it is there again."""
    here.set("center_away", "approve")
    order = here.order_of(CARTON)
    spent = {"look_up": 0.7, "reserve": 1.2}

    def slow(step: str) -> None:
        here.running += timedelta(seconds=spent[step])

    here.line.before, here.line.lost_answers = slow, 9
    with pytest.raises(CenterAway) as away:
        here.open_payment(order)
    assert (away.value.what, need_behind(away.value) is not None) == ("timeout", True)
    assert here.line.asked == ["look_up", "reserve", "reserve"]
    assert here.line.within == [2.0, 1.3, pytest.approx(0.1)]
    assert (here.attempts(), here.rows("SELECT is_over FROM center_attempt")) == (1, [(1,)])
    here.line.before, here.line.lost_answers = lambda _step: None, 0
    here.at_center.send()
    assert here.attempts() == 0
    next_door.sell_to_zhang(CARTON, CARTON)


def test_a_reservation_that_is_made_again_before_the_sale_waits_two_seconds_too(here: MemberShop) -> None:
    order = here.open_payment(here.order_of(CARTON))
    here.running += timedelta(hours=1)
    asked = len(here.line.asked)

    def slow(_step: str) -> None:
        here.running += timedelta(seconds=2)

    here.line.before, here.line.lost_answers = slow, 1
    here.take_money(order)
    assert here.line.asked[asked:] == ["reserve"]
    assert here.line.within[asked:] == [2.0]


def test_a_payment_at_a_provider_has_more_time_at_the_center(here: MemberShop, center: Center) -> None:
    order = here.order_of(CARTON)
    here.open_payment(order)
    held = timedelta(minutes=here.settings().hold_minutes)
    here.hold_sale.extend(order.key, held / 2)
    assert "extend" not in here.line.asked  # it lasts so long already

    here.hold_sale.extend(order.key, held + timedelta(minutes=10))
    for clock in (here.now.move, center.clock.pass_by):
        clock(minutes=20)
    here.running += timedelta(minutes=20)
    sale = here.take_money(order)

    assert here.line.asked.count("reserve") == 1
    assert sale.total == order.cart.total


def test_a_payment_at_a_provider_begins_while_the_center_is_away(here: MemberShop) -> None:
    order = here.order_of(CARTON)
    here.open_payment(order)
    here.line.is_cut = True

    here.hold_sale.extend(order.key, timedelta(hours=1))

    assert here.line.asked[-1] == "extend"
