"""No money is taken for goods that may be refused: an open payment holds goods and allowance for its sale alone."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from functools import partial
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from pos.application.sales.check_order import QuotaExceeded
from pos.application.sales.checkout import Checkout
from pos.application.sales.complete_sale import Payment
from pos.application.sales.order import SaleOrder
from pos.domain.errors import BadField, RuleBroken
from pos.domain.sales.parking import GoodsReserved
from pos.domain.shifts.shift import NoOpenShift
from pos.domain.staff.staff import Approval, NotAllowed
from pos.domain.stock.stock import OutOfStock
from pos.domain.visitors.document import read_typed
from tests.application.sales.test_complete_sale import at_once
from tests.application.sales.test_two_tills_one_visitor import Counter, fill_the_shelf, passport
from tests.builders import MONDAY, card, cash_for
from tests.other_programs import other_programs
from tests.shops import BAG, CARTON, CHOCOLATE, LAST_ONE, DemoShop

RACES, BETWEEN_PROCESSES = 40, 30


def an_order(shop: DemoShop, *codes: str, cashier: str = "amina") -> SaleOrder:
    return shop.basket(*codes).order(shop.person(cashier))


def basket_of_another(till: DemoShop, *codes: str, number: int = 1) -> Checkout:
    """A basket for another person than Zhang Wei."""
    checkout = till.checkout()
    checkout.identify(read_typed("passport", passport(number), "CHN", "1990-01-01", date(2026, 3, 2)))
    for code in codes:
        checkout.scan(code)
    return checkout


def exactly(order: SaleOrder) -> Payment:
    return Payment((cash_for(order.cart.total),))


def held(shop: DemoShop, code: str) -> int:
    [(pieces,)] = shop.rows("SELECT held FROM stock JOIN product ON id = product_id WHERE code = ?", code)
    return int(pieces)


def holds(shop: DemoShop) -> int:
    return int(shop.rows("SELECT count(*) FROM hold")[0][0])


def test_an_open_payment_holds_the_last_one_and_the_other_till_is_warned_at_the_scan(shop: DemoShop) -> None:
    other = shop.other_till()
    theirs = basket_of_another(other, LAST_ONE)
    order = an_order(shop, LAST_ONE)

    until = shop.hold_sale(order)

    assert (until - shop.now()).total_seconds() == 15 * 60
    assert held(shop, LAST_ONE) == 1
    with pytest.raises(GoodsReserved) as scanned:
        basket_of_another(other, LAST_ONE)
    assert (scanned.value.wanted, scanned.value.free, scanned.value.held) == (1, 0, 1)
    with pytest.raises(GoodsReserved):
        other.hold_sale(theirs.order(shop.person("amina")))
    assert shop.verify() == []
    other.close()


def test_the_payment_turns_the_hold_into_the_sale(shop: DemoShop) -> None:
    order = an_order(shop, LAST_ONE, CHOCOLATE, CHOCOLATE)
    shop.hold_sale(order)

    shop.complete_sale.from_counter(order, exactly(order))

    assert (held(shop, LAST_ONE), held(shop, CHOCOLATE), holds(shop)) == (0, 0, 0)
    assert shop.rows("SELECT on_hand FROM stock JOIN product ON id = product_id WHERE code = ?", LAST_ONE) == [(0,)]
    assert shop.verify() == []


def test_esc_gives_goods_and_allowance_back(shop: DemoShop) -> None:
    order = an_order(shop, LAST_ONE)
    shop.hold_sale(order)
    shop.hold_sale.release(order.key)
    shop.hold_sale.release(order.key)

    assert (held(shop, LAST_ONE), holds(shop)) == (0, 0)
    other = shop.other_till()
    assert other.sell(LAST_ONE).pieces == 1
    other.close()


def test_opening_the_payment_again_holds_the_basket_of_now(shop: DemoShop) -> None:
    checkout = shop.basket(CHOCOLATE, CHOCOLATE, LAST_ONE)
    amina = shop.person("amina")
    shop.hold_sale(checkout.order(amina))
    view = checkout.set_quantity(1, 5)
    checkout.void(view.lines[1].id, amina)

    shop.hold_sale(checkout.order(amina))

    assert (held(shop, CHOCOLATE), held(shop, LAST_ONE), holds(shop)) == (5, 0, 1)
    assert shop.verify() == []


def test_a_basket_that_has_shrunk_since_its_hold_leaves_nothing_held(shop: DemoShop) -> None:
    checkout = shop.basket(CHOCOLATE, LAST_ONE)
    shop.hold_sale(checkout.order(shop.person("amina")))
    checkout.void(2, shop.person("amina"))

    shop.pay(checkout)

    assert (held(shop, CHOCOLATE), held(shop, LAST_ONE)) == (0, 0)
    assert shop.verify() == []


def test_a_lapse_gives_back_what_a_till_that_broke_off_has_held(shop: DemoShop) -> None:
    shop.hold_sale(an_order(shop, LAST_ONE))
    shop.now.move(minutes=15)
    other = shop.other_till()

    checkout = other.basket(LAST_ONE)
    other.hold_sale(checkout.order(shop.person("amina")))

    assert (held(shop, LAST_ONE), holds(shop)) == (1, 1)
    assert shop.rows("SELECT till, person FROM journal WHERE act = 'lapse'") == [("T2", "amina")]
    assert shop.verify() == []
    other.close()


def test_a_sale_without_a_hold_takes_what_has_lapsed(shop: DemoShop) -> None:
    shop.hold_sale(an_order(shop, LAST_ONE))
    other = shop.other_till()
    ticketed = replace(an_order(shop, CHOCOLATE), key=uuid.uuid4().hex)
    shop.now.move(minutes=15)

    assert other.sell(LAST_ONE).pieces == 1
    assert shop.complete_sale.from_counter(ticketed, exactly(ticketed)).pieces == 1
    assert (held(shop, LAST_ONE), holds(shop)) == (0, 0)
    assert shop.verify() == []
    other.close()


def test_a_customer_who_paid_after_the_lapse_is_not_lost_while_the_goods_are_there(shop: DemoShop) -> None:
    order = an_order(shop, LAST_ONE)
    shop.hold_sale(order)
    shop.now.move(hours=3)
    shop.hold_sale(replace(an_order(shop, CHOCOLATE), key="another"))  # another payment sweeps what has lapsed

    assert shop.complete_sale.from_counter(order, exactly(order)).pieces == 1
    assert shop.verify() == []


def test_after_the_lapse_the_goods_may_be_another_persons(shop: DemoShop) -> None:
    order = an_order(shop, LAST_ONE)
    shop.hold_sale(order)
    shop.now.move(minutes=16)
    other = shop.other_till()
    other.hold_sale(other.basket(LAST_ONE).order(shop.person("amina")))

    with pytest.raises(GoodsReserved):
        shop.complete_sale.from_counter(order, exactly(order))
    assert shop.verify() == []
    other.close()


def test_what_one_till_holds_of_an_allowance_counts_at_the_other(shop: DemoShop) -> None:
    other = shop.other_till()
    theirs = other.basket(CARTON, CARTON)
    shop.hold_sale(an_order(shop, CARTON))

    with pytest.raises(QuotaExceeded):
        other.hold_sale(theirs.order(shop.person("amina")))
    assert other.basket(CARTON).view().quota["A"].verdict.word == "ok"
    assert theirs.read_again().quota["A"].verdict.word == "duty"
    view = theirs.view().visitors[0]
    assert (view.pending, view.visits_today) == (False, 0)  # nothing has been bought yet
    shop.now.move(minutes=15)
    other.hold_sale(theirs.order(shop.person("amina")))
    other.close()


def test_the_own_hold_never_counts_against_its_sale(shop: DemoShop) -> None:
    checkout = shop.basket(CARTON, CARTON)
    order = checkout.order(shop.person("amina"))
    shop.hold_sale(order)

    assert checkout.read_again().quota["A"].verdict.word == "ok"
    assert shop.complete_sale.from_counter(order, exactly(order)).lines[0].taxed == 0


def test_linked_documents_share_what_is_held(shop: DemoShop) -> None:
    other = shop.other_till()
    mine, theirs = Counter.at(shop, "amina"), Counter.at(other, "amina")
    first, second = mine.order((passport(1, 1), 2)), theirs.order((passport(1, 2), 1))
    with shop.store.begin() as work:
        people = (replace(first.visitors[0], label="A"), replace(second.visitors[0], label="B"))
        locked = work.visitors.lock(people, shop.now())
        work.visitors.link(locked["B"], locked["A"])
        work.commit()
    shop.hold_sale(first)

    with pytest.raises(QuotaExceeded):
        other.hold_sale(second)
    other.close()


def test_everything_a_sale_is_refused_for_is_refused_when_the_payment_opens(shop: DemoShop) -> None:
    over = replace(an_order(shop, CARTON, CARTON, CARTON), over_quota="duty")
    with pytest.raises(NotAllowed):
        shop.hold_sale(over)
    shop.hold_sale(over, Approval(shop.person("manager"), None, over.key))
    with pytest.raises(QuotaExceeded):
        shop.hold_sale(replace(over, over_quota="refuse", key="b"))
    with pytest.raises(NoOpenShift):
        shop.hold_sale(replace(over, till="T9", key="c"))
    with pytest.raises(NotAllowed):
        shop.hold_sale(an_order(shop, CHOCOLATE, cashier="clerk"))
    last = basket_of_another(shop, LAST_ONE).order(shop.person("amina"))
    with pytest.raises(OutOfStock):
        shop.hold_sale(replace(last, cart=last.cart.with_quantity(1, 2)))
    shop.hold_sale.release(over.key)
    twice = replace(an_order(shop, CHOCOLATE), visitors=(shop.visitor("A"), shop.visitor("B")))
    with pytest.raises(BadField):
        shop.hold_sale(twice)
    assert holds(shop) == 0
    assert shop.verify() == []


def test_a_hold_tells_no_ones_document_and_no_ones_birth_date(shop: DemoShop) -> None:
    shop.hold_sale(an_order(shop, CHOCOLATE))

    [(basket,)] = shop.rows("SELECT basket FROM hold")
    assert "E00000001" not in basket
    assert "1985-05" not in basket  # four figures alone may stand in a hash
    assert "850505" not in basket
    assert '"age":40' in basket


# ── two tills ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def counters(shop: DemoShop) -> tuple[Counter, Counter]:
    other = shop.other_till()
    return Counter.at(shop, "amina"), Counter.at(other, "amina")


def hold_and_pay(counter: Counter, order: SaleOrder) -> str:
    """What becomes of it, and when: refused before the payment, or sold. A refusal after it is never expected."""
    try:
        counter.till.hold_sale(order)
    except RuleBroken as refused:
        return type(refused).__name__
    counter.till.complete_sale.from_counter(order, Payment((card(str(order.cart.total)),)))
    return "sold"


def test_of_two_payments_for_the_last_one_one_opens_and_is_sold(
    shop: DemoShop, counters: tuple[Counter, Counter]
) -> None:
    for number in range(RACES):
        orders = [
            basket_of_another(counter.till, LAST_ONE, number=2 * number + index).order(
                counter.till.person(counter.cashier)
            )
            for index, counter in enumerate(counters)
        ]
        came = at_once([partial(hold_and_pay, *pair) for pair in zip(counters, orders)])  # type: ignore[misc] # words
        assert sorted(map(str, came)) in (["GoodsReserved", "sold"], ["OutOfStock", "sold"])
        with shop.store.begin() as work:
            work.stock.move(orders[0].cart.lines[0].product.id, 1, "opening", MONDAY, "demo")
            work.commit()
    assert shop.rows("SELECT count(*) FROM owed_tender") == [(0,)]
    assert shop.verify() == []


def test_of_two_payments_for_the_last_of_an_allowance_one_opens_and_is_sold(
    shop: DemoShop, counters: tuple[Counter, Counter]
) -> None:
    fill_the_shelf(shop)
    for number in range(RACES):
        orders = [counter.order((passport(number), cartons)) for counter, cartons in zip(counters, (2, 1))]
        came = at_once([partial(hold_and_pay, *pair) for pair in zip(counters, orders)])  # type: ignore[misc] # words
        assert sorted(map(str, came)) == ["QuotaExceeded", "sold"]
    assert shop.rows("SELECT count(*) FROM owed_tender") == [(0,)]
    assert shop.verify() == []


def pay_everybody(
    folder: Path, address: str, till: str, cashier: str, together: Barrier, came: Queue[list[str]]
) -> None:
    """A till as a program of its own, which opens the payments for the same visitors at the same instants."""
    counter = Counter.at(DemoShop(folder, till, address=address), cashier)
    outcomes = []
    for number in range(BETWEEN_PROCESSES):
        order = counter.order((passport(number), 2))
        together.wait(60)
        outcomes.append(hold_and_pay(counter, order))
    counter.till.close()
    came.put(outcomes)


def test_two_tills_that_are_two_programs_open_one_payment_for_the_last_of_an_allowance(shop: DemoShop) -> None:
    fill_the_shelf(shop)
    shop.other_till().close()
    programs = other_programs()
    together, came = programs.Barrier(2), programs.Queue()
    tills = [
        programs.Process(target=pay_everybody, args=(*shop.for_another_program(), *who, together, came), daemon=True)
        for who in (("T1", "amina"), ("T2", "amina"))
    ]
    for till in tills:
        till.start()
    outcomes = [came.get(timeout=120) for _ in tills]
    for till in tills:
        till.join(60)

    assert {tuple(sorted(pair)) for pair in zip(*outcomes)} == {("QuotaExceeded", "sold")}
    assert shop.rows("SELECT count(*) FROM owed_tender") == [(0,)]
    assert shop.verify() == []


def test_twelve_tills_share_one_allowance_exactly(shop: DemoShop) -> None:
    fill_the_shelf(shop)
    tills = [shop, *(shop.other_till(f"T{number}") for number in range(2, 13))]
    counters = [Counter.at(till, "amina") for till in tills]
    orders = [counter.order((passport(7), 1)) for counter in counters]

    came = at_once([partial(hold_and_pay, *pair) for pair in zip(counters, orders)])  # type: ignore[misc] # words

    assert sorted(map(str, came)) == ["QuotaExceeded"] * 10 + ["sold"] * 2
    assert shop.verify() == []
    for till in tills[1:]:
        till.close()


def test_a_bag_without_a_carrier_is_held_too(shop: DemoShop) -> None:
    shop.set("sell_without_visitor", "yes")
    order = shop.basket(BAG, visitor=False).order(shop.person("amina"))
    shop.hold_sale(order)

    assert held(shop, BAG) == 1
    assert shop.complete_sale.from_counter(order, exactly(order)).pieces == 1
    assert shop.verify() == []
