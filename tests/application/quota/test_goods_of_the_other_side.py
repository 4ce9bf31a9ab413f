"""A visitor leaves by one side with everything: what waits to leave by the other counts there, too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.application.sales.check_order import QuotaExceeded
from pos.application.sales.checkout import Checkout
from pos.application.sales.complete_sale import Payment
from pos.application.sales.sale_json import sale_json
from pos.application.visitors.visitor_json import visitor_answer
from pos.domain.quota.rule import Verdict
from tests.application.returns.test_return_goods import record_return
from tests.application.visitors.test_record_departure import a_passport, leaves, steps
from tests.application.visitors.test_visits import approval, journaled
from tests.builders import cash_for
from tests.shops import CARTON, CHOCOLATE, SWEETS, WATCH, DemoShop, a_ticket


def to(shop: DemoShop, side: str, *codes: str) -> Checkout:
    """A basket for Zhang Wei on the way to one side."""
    checkout = shop.checkout()
    checkout.identify(shop.document())
    checkout.leave_to(side)
    for code in codes:
        checkout.scan(code)
    return checkout


def over(checkout: Checkout) -> set[str]:
    """The rules that the basket is over."""
    return {one.rule.id for one in checkout.view().quota["A"].rules if one.verdict > Verdict.UNKNOWN}


@pytest.mark.parametrize(("first", "second"), [("CN", "KZ"), ("KZ", "CN")])
def test_no_one_has_the_allowances_of_both_sides_in_one_hour(shop: DemoShop, first: str, second: str) -> None:
    """Two cartons are the allowance of China, one is that of Kazakhstan."""
    shop.pay(to(shop, first, CARTON))
    shop.now.move(minutes=20)
    basket = to(shop, second, *[CARTON] * (2 if second == "CN" else 1))

    assert over(basket) == {"tobacco"}
    with pytest.raises(QuotaExceeded) as refused:
        shop.pay(basket)
    assert refused.value.rules == ("tobacco",)
    assert shop.verify() == []


def test_the_answer_names_what_waits_for_the_other_side_and_counts_it(shop: DemoShop) -> None:
    first = shop.pay(to(shop, "CN", CARTON))
    sale = shop.pay(to(shop, "KZ", CHOCOLATE))

    answer = sale_json(sale, None)["quota"]["A"]

    [carton] = first.lines
    assert answer["also_pending"] == [
        {
            "regime": "cn-horgos",
            "receipt": "T1-000001",
            "line": 0,
            "declared": False,
            "name": carton.name,
            "quantity": 1,
        }
    ]
    [value] = [rule for rule in answer["rules"] if rule["rule"] == "value"]
    assert (value["pending"], value["current"]) == ("31.92", "33.45")  # 260 yuan, and 12.50 with it
    assert "also_pending" not in sale_json(first, None)["quota"]["A"]
    assert shop.verify() == []


def test_the_counter_knows_what_waits_for_the_other_side(shop: DemoShop) -> None:
    shop.pay(to(shop, "CN", CARTON, CARTON))
    basket = to(shop, "KZ", CHOCOLATE)

    [visitor] = basket.view().visitors
    [(side, lines)] = visitor.other_side
    assert (side, [(line.regime, line.quantity) for line in lines]) == ("CN", [("cn-horgos", 2)])
    assert lines[0].name_in("zh") != lines[0].name_in("en")
    assert visitor.pending
    [visitor] = basket.leave_to("CN").visitors
    assert (visitor.other_side, visitor.pending) == ((), True)


def test_who_has_left_with_the_goods_has_the_other_allowance_whole(shop: DemoShop) -> None:
    shop.pay(to(shop, "CN", CARTON, CARTON))
    leaves(shop)
    shop.now.move(minutes=30)

    shop.pay(to(shop, "KZ", CARTON))

    judged = visitor_answer(steps(shop).show(shop.document(), shop.person("amina")))["regimes"]
    [value] = [rule for rule in judged["kz-horgos"]["rules"] if rule["rule"] == "value"]
    assert (value["used"], value["pending"]) == ("0.00", "31.92")  # what left to China is spent there
    assert shop.verify() == []


def test_goods_are_gone_with_the_midnight_of_the_side_to_which_they_were_sold(shop: DemoShop) -> None:
    """Midnight of Beijing is nine in the evening of Almaty: what was to go there is here for three hours more."""
    shop.pay(to(shop, "KZ", CARTON))
    shop.now.at = shop.now.at.replace(hour=18, minute=59)  # UTC: 23:59 in Almaty, and tomorrow in Beijing
    assert over(to(shop, "CN", CARTON, CARTON)) == {"tobacco"}
    shop.now.move(minutes=1)
    assert over(to(shop, "CN", CARTON, CARTON)) == set()


def test_a_basket_in_hand_knows_when_the_goods_of_the_other_side_are_gone(shop: DemoShop) -> None:
    """It is nine in the evening in Almaty, whose day goes on, and midnight in Beijing."""
    shop.pay(to(shop, "CN", CARTON))
    shop.now.at = shop.now.at.replace(hour=15, minute=59)
    basket = to(shop, "KZ", CARTON)
    assert over(basket) == {"tobacco"}

    shop.now.move(minutes=1)

    assert over(basket) == set()
    assert basket.view().visitors[0].other_side == ()


def test_a_return_makes_nothing_dutiable_that_was_sold_free(shop: DemoShop) -> None:
    """Sweets to China are free; the watch that was bought later to Kazakhstan was judged there, and is dearer."""
    sweets = to(shop, "CN", CHOCOLATE)
    sweets.scan(SWEETS, 60)
    free = shop.pay(sweets)
    basket = to(shop, "KZ", WATCH)
    order = replace(basket.order(shop.person("manager")), over_quota="duty")
    shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),)))

    record_return(shop, free.receipt, (0, 1))

    assert shop.rows("SELECT taxed, taxed_now FROM quota_entry") == [(0, None)] * 3
    assert shop.verify() == []


def test_what_is_parked_for_one_side_counts_for_the_other(shop: DemoShop) -> None:
    parked = to(shop, "CN", CARTON, CARTON)
    shop.park_sale(parked.order(shop.person("amina")), "", shop.person("amina"))

    basket = to(shop, "KZ", CARTON)

    assert over(basket) == {"tobacco"}
    with pytest.raises(QuotaExceeded):
        shop.hold_sale(basket.order(shop.person("amina")))


def test_what_comes_back_from_one_side_frees_the_other(shop: DemoShop) -> None:
    sale = shop.pay(to(shop, "CN", CARTON))
    basket = to(shop, "KZ", CARTON)
    assert over(basket) == {"tobacco"}

    record_return(shop, sale.receipt, (0, 1))

    basket.read_again()
    assert over(basket) == set()
    shop.pay(basket)
    assert shop.verify() == []


def test_what_comes_back_in_exchange_makes_room_for_what_leaves_by_the_other_side(shop: DemoShop) -> None:
    sale = shop.pay(to(shop, "CN", CARTON))
    returns = [{"receipt": sale.receipt, "line": 0, "quantity": 1}]
    lines = [{"code": CARTON, "quantity": 1}]

    sold = shop.ring_sale(a_ticket(key="x", destination="KZ", lines=lines, payments=[], returns=returns))

    assert (sold.regime, sold.quota["A"].get("also_pending")) == ("kz-horgos", None)
    assert shop.verify() == []


def test_what_is_moved_to_another_person_counts_with_their_goods(shop: DemoShop) -> None:
    """The receipt of China was the wife's: her own carton to Kazakhstan is too much with it."""
    sale = shop.pay(to(shop, "CN", CARTON))
    wife = a_passport(shop)
    key = steps(shop).move_quota.key(sale.receipt)

    moved = steps(shop).move_quota(sale.receipt, "A", wife, shop.person("amina"), approval(shop, key))

    assert moved.judgement.assessment.verdict is Verdict.OK
    checkout = shop.checkout()
    checkout.identify(wife)
    checkout.leave_to("KZ")
    checkout.scan(CARTON)
    assert over(checkout) == {"tobacco"}
    assert over(to(shop, "KZ", CARTON)) == set()
    assert len(journaled(shop, "move_quota")) == 1
    assert shop.verify() == []


def test_two_documents_of_one_person_bring_what_waits_for_the_other_side(shop: DemoShop) -> None:
    shop.pay(to(shop, "CN", CARTON))
    steps(shop).link(a_passport(shop), shop.document(), shop.person("amina"))
    checkout = shop.checkout()
    checkout.identify(a_passport(shop))
    checkout.leave_to("KZ")
    checkout.scan(CARTON)
    assert over(checkout) == {"tobacco"}
