"""A parked basket keeps its goods and its allowance for a time, and no one closes a shift over it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from pos.application.sales.basket_json import basket_json
from pos.application.sales.check_order import QuotaExceeded
from pos.application.sales.checkout import Checkout
from pos.application.sales.complete_sale import Payment
from pos.application.sales.parked_sales import ResumedBasket
from pos.domain.errors import BadField, RuleBroken
from pos.domain.pricing.discount import Discount
from pos.domain.quota.rule import Verdict
from pos.domain.sales.parking import BasketNotEmpty, GoodsReserved, NoSuchParkedSale, ParkedSalesOpen
from pos.domain.shifts.shift import NoOpenShift
from pos.domain.staff.staff import NotAllowed, Person, PersonDisabled
from tests.application.sales.test_complete_sale import at_once
from tests.application.sales.test_hold_sale import an_order, basket_of_another, held, holds
from tests.builders import cash, money
from tests.shops import (
    BAG,
    CARTON,
    CHOCOLATE,
    COGNAC,
    LAST_ONE,
    MANAGERS_PIN,
    ZHANG_WEIS_NUMBER,
    DemoShop,
    quantities,
)

RACES = 30


def park(shop: DemoShop, *codes: str, note: str = "", cashier: str = "amina") -> str:
    order = an_order(shop, *codes, cashier=cashier)
    shop.park_sale(order, note, shop.person(cashier))
    return order.key


def holder(shop: DemoShop) -> Person:
    """The person who has the open shift of the till."""
    shift = shop.open_shift.current()
    assert shift is not None
    return shop.person(shift.holder)


def price(shop: DemoShop, code: str, minor: int) -> None:
    with shop.raw(writing=True) as store:
        store.execute("UPDATE product SET price_minor = ? WHERE code = ?", (minor, code))


def test_a_parked_basket_is_listed_with_note_visitor_and_time(shop: DemoShop) -> None:
    park(shop, CHOCOLATE, CHOCOLATE, COGNAC, note="  fetches his wife ")

    [parked] = shop.parked_sales.all()

    assert (parked.till, parked.person, parked.note, parked.lapsed) == ("T1", "amina", "fetches his wife", False)
    assert (parked.until - parked.at).total_seconds() == 120 * 60
    assert [visitor.masked for visitor in parked.basket.visitors] == ["E••••••01"]
    assert (parked.basket.pieces, str(parked.basket.total)) == (3, "475.00")
    assert (held(shop, CHOCOLATE), held(shop, COGNAC)) == (2, 1)
    assert shop.verify() == []


def test_no_ones_number_is_kept_with_it(shop: DemoShop) -> None:
    park(shop, CHOCOLATE)

    everything = str(shop.tables())
    assert ZHANG_WEIS_NUMBER not in everything
    basket = str(shop.rows("SELECT basket FROM hold"))
    assert not [date for date in ("1985-05", "850505") if date in basket]  # four figures alone may stand in a hash


def test_it_is_resumed_at_another_till_as_it_was(shop: DemoShop) -> None:
    checkout = shop.basket(CHOCOLATE, CHOCOLATE, CARTON)
    before = checkout.view()
    shop.park_sale(checkout.order(shop.person("amina")), "", shop.person("amina"))
    other = shop.other_till()

    resumed = other.parked_sales.resume(before.key, other.person("li"))
    there = other.checkout()
    view = there.resume(resumed.basket)

    assert quantities(view) == quantities(before)
    assert (view.key, view.total, view.destination, view.can_undo) == (before.key, before.total, "CN", False)
    assert [(v.visitor.masked, v.age) for v in view.visitors] == [(v.visitor.masked, v.age) for v in before.visitors]
    assert view.quota["A"].verdict is before.quota["A"].verdict
    assert (holds(shop), held(shop, CARTON)) == (0, 0)
    other.pay(there)
    assert shop.rows("SELECT act, person FROM journal WHERE act IN ('park', 'take_up', 'sale') ORDER BY at, id") == [
        ("park", "amina"),
        ("take_up", "li"),
        ("sale", "amina"),
    ]
    assert shop.verify() == []
    other.close()


def test_a_visitor_who_shows_their_document_again_after_it_has_the_birth_date_of_before(shop: DemoShop) -> None:
    document = shop.document()
    assert document.birth_date is not None
    key = park(shop, CHOCOLATE)
    checkout = shop.checkout()
    checkout.resume(shop.parked_sales.resume(key, holder(shop)).basket)

    same = checkout.identify(document)
    child = checkout.identify(replace(document, birth_date=document.birth_date.replace(year=2015)))

    assert (same.again, same.is_born_otherwise, same.can_undo) == ("A", False, False)
    assert child.is_born_otherwise


def test_it_is_resumed_once(shop: DemoShop) -> None:
    key = park(shop, CHOCOLATE)
    other = shop.other_till()
    calls = [partial(till.parked_sales.resume, key, holder(till)) for till in (shop, other)]

    came = at_once(calls)  # type: ignore[arg-type] # baskets instead of sales

    assert sorted(type(outcome).__name__ for outcome in came) == ["NoSuchParkedSale", "ResumedBasket"]
    with pytest.raises(NoSuchParkedSale):
        shop.parked_sales.discard(key, shop.person("amina"))
    other.close()


def test_it_is_repriced_and_what_changed_is_reported(shop: DemoShop) -> None:
    checkout = shop.basket(CHOCOLATE, CHOCOLATE, LAST_ONE)
    checkout.discount(1, Discount(percent=Decimal(10)), shop.person("amina"))
    key = checkout.view().key
    shop.park_sale(checkout.order(shop.person("amina")), "", shop.person("amina"))
    price(shop, CHOCOLATE, 2_000)
    shop.now.move(hours=2)
    other = shop.other_till()
    basket_of_another(other, LAST_ONE)
    other.pay(basket_of_another(other, LAST_ONE))

    resumed = shop.parked_sales.resume(key, shop.person("amina"))

    assert [(one.product.code, str(one.before), str(one.now)) for one in resumed.repriced] == [
        (CHOCOLATE, "12.50", "20.00")
    ]
    assert [(one.product.code, one.wanted, one.free) for one in resumed.short] == [(LAST_ONE, 1, 0)]
    assert str(resumed.basket.cart.lines[0].amount) == "36.00"
    other.close()


def test_goods_that_can_no_longer_be_sold_are_left_out_by_name(shop: DemoShop) -> None:
    key = park(shop, CHOCOLATE, COGNAC)
    with shop.raw(writing=True) as store:
        store.execute("UPDATE product SET category = NULL WHERE code = ?", (CHOCOLATE,))

    resumed = shop.parked_sales.resume(key, shop.person("amina"))

    assert [line.product.code for line in resumed.basket.cart.lines] == [COGNAC]
    assert len(resumed.basket.gone) == 1


def test_a_basket_in_hand_is_not_thrown_away(shop: DemoShop) -> None:
    key = park(shop, CHOCOLATE)
    checkout = shop.basket(COGNAC)
    with pytest.raises(BasketNotEmpty):
        checkout.check_free()
    resumed = shop.parked_sales.resume(key, shop.person("amina"))
    with pytest.raises(BasketNotEmpty):
        checkout.resume(resumed.basket)
    assert quantities(checkout.view()) == [(COGNAC, 1)]


def test_parked_goods_and_allowance_are_no_one_elses(shop: DemoShop) -> None:
    other = shop.other_till()
    theirs = other.basket(CARTON)
    park(shop, CARTON, CARTON, LAST_ONE)

    with pytest.raises(GoodsReserved):
        basket_of_another(other, LAST_ONE)
    with pytest.raises(QuotaExceeded):
        other.hold_sale(theirs.order(holder(other)))
    other.close()


def test_of_two_baskets_parked_for_the_last_of_an_allowance_one_holds_it(shop: DemoShop) -> None:
    shop.sell(CARTON)
    other = shop.other_till()
    orders = [till.basket(CARTON).order(holder(till)) for till in (shop, other)]

    first, second = (till.park_sale(order, "", holder(till)) for till, order in zip((shop, other), orders))

    assert first.unheld == ()
    assert [visitor.label for visitor in second.unheld] == ["A"]
    assert held(shop, CARTON) == 2  # the goods of both are
    for till, order, verdict in zip((shop, other), orders, (Verdict.OK, Verdict.DUTY)):
        resumed = till.parked_sales.resume(order.key, holder(till))
        assert till.checkout().resume(resumed.basket).quota["A"].verdict is verdict
        till.park_sale(order, "", holder(till))
    assert shop.verify() == []
    other.close()


def test_of_two_tills_that_park_the_last_one_one_parks_it(shop: DemoShop) -> None:
    other = shop.other_till()
    for number in range(RACES):
        orders = [
            basket_of_another(till, LAST_ONE, number=2 * number + index).order(holder(till))
            for index, till in enumerate((shop, other))
        ]
        calls = [partial(till.park_sale, order, "", holder(till)) for till, order in zip((shop, other), orders)]
        came = at_once(calls)  # type: ignore[arg-type] # a Parked instead of a Sale
        assert sorted(type(outcome).__name__ for outcome in came) == ["GoodsReserved", "Parked"]
        [parked] = shop.parked_sales.all()
        shop.parked_sales.discard(parked.basket.key, shop.person("amina"))
    assert held(shop, LAST_ONE) == 0
    assert shop.verify() == []
    other.close()


def test_after_its_time_the_goods_are_free_and_the_basket_is_still_there(shop: DemoShop) -> None:
    key = park(shop, LAST_ONE, CHOCOLATE)
    shop.now.move(hours=2)
    [parked] = shop.parked_sales.all()
    assert parked.lapsed
    other = shop.other_till()
    other.pay(basket_of_another(other, LAST_ONE))

    assert (held(shop, LAST_ONE), held(shop, CHOCOLATE)) == (0, 0)
    assert [parked.lapsed for parked in shop.parked_sales.all()] == [True]
    assert shop.verify() == []
    resumed = shop.parked_sales.resume(key, shop.person("amina"))
    assert [short.product.code for short in resumed.short] == [LAST_ONE]
    other.close()


def test_a_discarded_one_is_journaled_row_by_row(shop: DemoShop) -> None:
    key = park(shop, CHOCOLATE, CHOCOLATE, COGNAC, note="never came")
    shop.parked_sales.discard(key, shop.person("amina"))

    [(person, details)] = shop.rows("SELECT person, details FROM journal WHERE act = 'discard'")
    assert person == "amina"
    assert f'{{"code":"{CHOCOLATE}","price":"12.50","quantity":2}}' in details
    assert '"note":"never came"' in details
    assert (holds(shop), held(shop, CHOCOLATE)) == (0, 0)
    assert shop.verify() == []


def test_parking_asks_for_goods_a_shift_and_the_right_to_sell(shop: DemoShop) -> None:
    amina, order = shop.person("amina"), an_order(shop, CHOCOLATE)
    with pytest.raises(RuleBroken):
        shop.checkout().order(amina)
    with pytest.raises(NotAllowed):
        shop.park_sale(order, "", shop.person("clerk"))
    with pytest.raises(BadField):
        shop.park_sale(order, "x" * 81, amina)
    with pytest.raises(NoOpenShift):
        DemoShop(shop.folder, "T9", shop.now).park_sale(order, "", amina)
    assert holds(shop) == 0


# ── the close of the shift ───────────────────────────────────────────────────────────────────────────────────────


def count(shop: DemoShop) -> dict[str, dict[int, int]]:
    return {line.currency.code: {} for line in shop.read_shift(shop.person("manager")).cash}


def test_a_shift_is_not_closed_over_parked_sales(shop: DemoShop) -> None:
    manager = shop.person("manager")
    keys = [park(shop, CHOCOLATE), park(shop, COGNAC)]

    with pytest.raises(ParkedSalesOpen) as refused:
        shop.close_shift.differs(manager, count(shop))
    assert refused.value.count == 2
    with pytest.raises(ParkedSalesOpen):
        shop.close_shift(manager, count(shop))
    shop.parked_sales.discard(keys[0], manager)
    resumed = shop.parked_sales.resume(keys[1], manager)
    checkout = shop.checkout()
    checkout.resume(resumed.basket)
    shop.pay(checkout)

    assert shop.close_shift(manager, count(shop)).report.z_number == 1
    assert shop.verify() == []


def test_parked_sales_are_handed_over_to_the_next_shift_which_must_settle_them(shop: DemoShop) -> None:
    manager = shop.person("manager")
    key = park(shop, CHOCOLATE)

    assert shop.parked_sales.hand_over(shop.person("amina")) == 1
    assert shop.parked_sales.hand_over(shop.person("amina")) == 0
    shop.close_shift(manager, count(shop))
    shop.open_shift(shop.person("amina"), {})
    with pytest.raises(ParkedSalesOpen):
        shop.close_shift(manager, count(shop))

    shop.parked_sales.resume(key, shop.person("amina"))
    shop.close_shift(manager, count(shop))
    assert [row[0] for row in shop.rows("SELECT act FROM journal WHERE act LIKE '%parked'")] == ["hand_over_parked"]
    assert shop.verify() == []


def test_another_tills_parked_sales_and_lapsed_ones_do_not_stand_in_the_way(shop: DemoShop) -> None:
    other = shop.other_till()
    other.park_sale(other.basket(COGNAC).order(holder(other)), "", holder(other))
    park(shop, CHOCOLATE)
    shop.now.move(hours=2)

    shop.close_shift(shop.person("manager"), count(shop))

    assert [parked.till for parked in shop.parked_sales.all()] == ["T2"]
    assert [row[0] for row in shop.rows("SELECT act FROM journal WHERE act IN ('lapse', 'discard') ORDER BY id")] == [
        "lapse",
        "lapse",
        "discard",
    ]
    assert shop.verify() == []
    other.close()


# ── the basket that was in hand when the till stopped ────────────────────────────────────────────────────────────


def test_a_basket_left_when_the_till_stopped_is_resumed_or_discarded(shop: DemoShop) -> None:
    amina = shop.person("amina")
    left = shop.basket(CHOCOLATE, COGNAC)
    text = basket_json(left.unchecked_order("amina"), shop.now().date())
    assert ZHANG_WEIS_NUMBER not in text

    view = shop.checkout().resume(shop.parked_sales.resume_left(text, amina).basket)
    assert quantities(view) == [(CHOCOLATE, 1), (COGNAC, 1)]
    shop.parked_sales.discard_left(text, amina)
    assert shop.rows("SELECT person FROM journal WHERE act = 'discard'") == [("amina",)]


def test_one_whose_payment_was_open_when_the_till_stopped_has_its_own_goods(shop: DemoShop) -> None:
    left = basket_of_another(shop, LAST_ONE)
    order = left.order(shop.person("amina"))
    shop.hold_sale(order)

    resumed = shop.parked_sales.resume_left(basket_json(order, shop.now().date()), shop.person("amina"))

    assert resumed.short == ()
    assert holds(shop) == 0
    assert shop.pay(_resumed(shop, resumed)).pieces == 1
    assert shop.verify() == []


def _resumed(shop: DemoShop, resumed: ResumedBasket) -> Checkout:
    checkout = shop.checkout()
    checkout.resume(resumed.basket)
    return checkout


def test_one_that_was_sold_before_the_till_could_note_it_is_known(shop: DemoShop) -> None:
    order = an_order(shop, CHOCOLATE)
    assert shop.parked_sales.sold_as(order.key) is None
    sale = shop.complete_sale.from_counter(order, Payment((cash("12.50"),)))
    recorded = shop.parked_sales.sold_as(order.key)
    assert recorded is not None
    assert recorded.receipt == sale.receipt


# ── steps whose answer was lost ──────────────────────────────────────────────────────────────────────────────────


def test_parking_with_an_open_payment_or_a_second_time_holds_the_goods_once(shop: DemoShop) -> None:
    order, amina = an_order(shop, LAST_ONE), shop.person("amina")
    shop.hold_sale(order)

    for _ in range(2):
        shop.park_sale(order, "", amina)
        assert (held(shop, LAST_ONE), holds(shop), len(shop.parked_sales.all())) == (1, 1, 1)

    shop.hold_sale(order)
    assert (held(shop, LAST_ONE), holds(shop), len(shop.parked_sales.all())) == (1, 1, 0)
    assert shop.verify() == []


def test_nothing_is_held_for_what_is_sold_already(shop: DemoShop) -> None:
    order = an_order(shop, CHOCOLATE)
    payment = Payment((cash("12.50"),))
    sale = shop.complete_sale.from_counter(order, payment)

    shop.hold_sale(order)

    assert (held(shop, CHOCOLATE), holds(shop)) == (0, 0)
    assert shop.complete_sale.from_counter(order, payment).receipt == sale.receipt


@pytest.mark.parametrize(("on_file", "catalogue"), [(5, "0.05"), (30_000, None), (2_000, "20.00")])
def test_a_price_by_hand_stays_whatever_the_price_on_file_has_become(
    shop: DemoShop, on_file: int, catalogue: str | None
) -> None:
    checkout = shop.basket(CHOCOLATE)
    checkout.set_price(1, money("300"), shop.person("manager"))
    order = checkout.order(shop.person("amina"))
    shop.park_sale(order, "", shop.person("amina"))
    price(shop, CHOCOLATE, on_file)

    [line] = shop.parked_sales.resume(order.key, shop.person("amina")).basket.cart.lines

    assert line.unit_price == money("300")
    assert line.catalogue == (None if catalogue is None else money(catalogue))


def test_only_who_may_close_the_shift_hands_its_parked_sales_over(shop: DemoShop) -> None:
    shop.park_sale(an_order(shop, BAG), "", shop.person("amina"))
    li, shift = shop.person("li"), shop.open_shift.current()
    assert shift is not None
    before = shop.tables()

    with pytest.raises(NotAllowed) as refused:
        shop.parked_sales.hand_over(li)
    assert refused.value.act == "close_other"
    assert shop.tables() == before
    approval = shop.sign_in.approve("manager", MANAGERS_PIN, ["close_other"], shift.key)
    assert shop.parked_sales.hand_over(li, approval) == 1
    shop.close_shift(li, count(shop), approval)
    assert shop.verify() == []


def test_a_basket_that_was_left_is_resumed_by_who_works_here_now(shop: DemoShop) -> None:
    order, li = an_order(shop, BAG), shop.person("li")
    text = basket_json(order, shop.now().date())
    shop.staff.give_role(shop.person("manager"), "li", "clerk")
    with pytest.raises(NotAllowed):
        shop.parked_sales.resume_left(text, li)
    shop.staff.disable(shop.person("manager"), "li")
    with pytest.raises(PersonDisabled):
        shop.parked_sales.resume_left(text, li)
