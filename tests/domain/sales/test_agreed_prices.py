"""Goods of a customer order cost what was agreed, whatever the price on file is by now, and never more."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.catalogue.product import Product
from pos.domain.money import Money
from pos.domain.pickup.agreed_price import OfOrder
from pos.domain.pricing.discount import Discount
from pos.domain.pricing.promotion import Offers, Promotion
from pos.domain.sales.cart import Cart
from tests.builders import MONDAY, a_product, money
from tests.horgos import CNY

TEA = a_product("40.00", number=1)
CAKE = a_product("10.00", number=2)


def promotion(number: int, percent: int | None = None, bundle: tuple[int, int] = (0, 0)) -> Promotion:
    take, pay = bundle
    off = None if percent is None else Decimal(percent)
    return Promotion(number, f"P{number}", MONDAY, percent=off, take=take or None, pay=pay or None)


def ordered(product: Product, price: str, quantity: int = 1, offers: Offers | None = None) -> Cart:
    cart = Cart(CNY) if offers is None else Cart(CNY, offers=offers)
    return cart.adding_agreed(OfOrder("K7QM2N9X", 0, money(price)), product, quantity)


def test_the_price_stays_when_that_on_file_changes() -> None:
    assert ordered(TEA, "35.00").total == money("35.00")
    assert ordered(TEA, "45.00").total == money("45.00")
    assert ordered(replace(TEA, price=None), "35.00").total == money("35.00")


def test_a_promotion_that_makes_it_cheaper_holds_and_no_other() -> None:
    spring = Offers([promotion(1, percent=20)])
    assert ordered(TEA, "35.00", offers=spring).total == money("32.00")
    assert ordered(TEA, "32.00", offers=spring).lines[0].promotions == ()
    assert ordered(TEA, "30.00", offers=spring).total == money("30.00")


def test_more_pieces_than_agreed_cost_what_is_on_file() -> None:
    cart = ordered(TEA, "35.00", 2).adding(TEA)
    assert [(line.quantity, str(line.unit_price)) for line in cart.lines] == [(2, "35.00"), (1, "40.00")]
    assert cart.agreed_pieces("K7QM2N9X") == {0: 2}


def test_what_was_left_out_comes_back_at_the_agreed_price() -> None:
    cart = ordered(TEA, "35.00", 2)
    less = cart.with_quantity(cart.lines[0].id, 1)
    assert less.adding_agreed(OfOrder("K7QM2N9X", 0, money("35.00")), TEA, 1).lines == cart.lines


def test_a_hand_may_still_give_a_discount_or_another_price() -> None:
    cart = ordered(TEA, "35.00", offers=Offers([promotion(1, percent=20)]))
    line = cart.lines[0].id
    assert cart.with_discount(line, Discount(percent=Decimal(50))).total == money("17.50")
    assert cart.with_price(line, money("1.00")).total == money("1.00")
    assert cart.with_price(line, money("1.00")).with_price(line, None).total == money("32.00")


def test_it_keeps_its_price_when_it_is_shared_over_visitors() -> None:
    cart = ordered(TEA, "35.00", 3).with_carrier("A").carried_by(1, "B", 1)
    assert [(line.carrier, line.quantity) for line in cart.lines] == [("A", 2), ("B", 1)]
    assert cart.total == money("105.00")
    assert cart.agreed_pieces("K7QM2N9X") == {0: 3}


def test_what_others_gain_is_not_taken_from_them() -> None:
    two_for_one = Offers([promotion(1, bundle=(2, 1))])
    cart = Cart(CNY, offers=two_for_one).adding_agreed(OfOrder("K7QM2N9X", 0, money("35.00")), TEA, 1).adding(TEA, 2)
    assert cart.total == money("75.00")


rows = st.lists(
    st.tuples(st.sampled_from([TEA, CAKE]), st.integers(1, 5), st.one_of(st.none(), st.integers(1, 60_00))), min_size=1,
    max_size=6,
)  # fmt: skip
promotions = st.lists(
    st.one_of(
        st.integers(1, 90).map(lambda percent: (percent, (0, 0))), st.sampled_from([(None, (3, 2)), (None, (2, 1))])
    ),
    max_size=3,
)


@given(rows, promotions)
def test_no_promotion_makes_it_dearer(
    wanted: list[tuple[Product, int, int | None]], kinds: list[tuple[int | None, tuple[int, int]]]
) -> None:
    offers = Offers([promotion(n, percent, bundle) for n, (percent, bundle) in enumerate(kinds, 1)])
    cart, plain = Cart(CNY, offers=offers), Cart(CNY, offers=offers)
    for number, (product, quantity, agreed) in enumerate(wanted):
        if agreed is None:
            cart, plain = cart.adding(product, quantity), plain.adding(product, quantity)
        else:
            cart = cart.adding_agreed(OfOrder("K7QM2N9X", number, Money(agreed, CNY)), product, quantity)
    of_orders = [line for line in cart.lines if line.agreed is not None]
    assert all(line.agreed and line.amount <= line.agreed.price * line.quantity for line in of_orders)
    assert all(line.promotions or line.unit_price == line.agreed.price for line in of_orders if line.agreed)
    apart = sum(line.agreed.price.minor * line.quantity for line in of_orders if line.agreed)
    assert cart.total.minor <= plain.total.minor + apart  # together they gain what they gain apart, or more
    assert cart.priced() == cart
