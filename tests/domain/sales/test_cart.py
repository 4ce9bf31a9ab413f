"""The basket: scans in order, one line an article, and undo is simply the basket before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.catalogue.piece import Piece, SerialNumberTwice
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.pricing.discount import Discount
from pos.domain.sales.cart import Cart, EmptyCart, NoSuchLine
from pos.domain.sales.cart_line import MOST_OF_ONE_LINE, check_quantity
from tests.builders import a_cart, a_product, money
from tests.horgos import CNY

PRODUCTS = [a_product(price, number=number) for number, price in enumerate(("12.50", "48.00", "450.00", "0.01"), 1)]
Scans = list[tuple[Product, int, str | None]]
scans = st.lists(
    st.tuples(st.sampled_from(PRODUCTS), st.integers(1, 9), st.sampled_from([None, "A", "B"])), max_size=30
)


def price(product: Product) -> Money:
    assert product.price is not None
    return product.price


def scanned(steps: Scans) -> Cart:
    cart = Cart(CNY)
    for product, quantity, carrier in steps:
        cart = cart.adding(product, quantity, carrier)
    return cart


@given(scans)
def test_the_lines_stand_in_the_order_of_their_first_scan_and_nothing_is_lost(steps: Scans) -> None:
    cart = scanned(steps)

    first = list(dict.fromkeys((product.id, carrier) for product, _, carrier in steps))
    assert [(line.product.id, line.carrier) for line in cart.lines] == first
    assert cart.pieces == sum(quantity for _, quantity, _ in steps)
    assert cart.total.minor == sum((price(product) * quantity).minor for product, quantity, _ in steps)
    assert len({line.id for line in cart.lines}) == len(cart.lines)


@given(scans, st.integers(0, 3))
def test_a_step_leaves_the_basket_before_it_as_it_was(steps: Scans, which: int) -> None:
    before = scanned(steps)
    kept = replace(before)

    after = before.adding(PRODUCTS[which])
    after.with_quantity(after.lines[0].id, 9).without(after.lines[0].id)

    assert before == kept
    assert after.pieces == before.pieces + 1


def test_a_second_scan_raises_the_line_and_makes_it_the_last_touched() -> None:
    chocolate, honey = PRODUCTS[:2]

    cart = Cart(CNY).adding(chocolate).adding(honey).adding(chocolate, 2)

    assert [(line.product.id, line.quantity) for line in cart.lines] == [(chocolate.id, 3), (honey.id, 1)]
    assert cart.last == cart.lines[0].id


def test_goods_for_another_carrier_stand_in_a_line_of_their_own() -> None:
    cart = Cart(CNY).adding(PRODUCTS[0], carrier="A").adding(PRODUCTS[0], carrier="B")

    assert [(line.quantity, line.carrier) for line in cart.lines] == [(1, "A"), (1, "B")]
    assert cart.quantity_of(PRODUCTS[0].id) == 2


def test_a_piece_beside_a_discounted_line_is_sold_at_its_full_price() -> None:
    cart = Cart(CNY).adding(PRODUCTS[1])
    cart = cart.with_discount(cart.lines[0].id, Discount(percent=Decimal(50))).adding(PRODUCTS[1])

    assert [line.amount for line in cart.lines] == [money("24.00"), money("48.00")]


def test_an_article_whose_price_has_changed_in_between_stands_in_a_new_line() -> None:
    dearer = replace(PRODUCTS[0], price=money("13.00"))

    cart = Cart(CNY).adding(PRODUCTS[0]).adding(dearer)

    assert cart.total == money("25.50")
    assert len(cart.lines) == 2


def test_a_number_is_never_given_to_a_second_line() -> None:
    cart = a_cart("1", "2", "3")

    cart = cart.without(cart.lines[2].id).adding(a_product("4", number=4))

    assert [line.id for line in cart.lines] == [1, 2, 4]


def test_when_a_line_goes_the_one_that_takes_its_place_is_the_last_touched() -> None:
    cart = a_cart("1", "2", "3")

    assert cart.without(2).last == 3
    assert cart.without(3).last == 2
    assert Cart(CNY).adding(PRODUCTS[0]).without(1).last is None


@pytest.mark.parametrize("quantity", [0, -1, MOST_OF_ONE_LINE + 1, 10**30])
def test_no_hand_types_such_a_quantity_on_purpose(quantity: int) -> None:
    cart = a_cart("1")

    for ask in (
        lambda: check_quantity(quantity),
        lambda: cart.with_quantity(1, quantity),
        lambda: cart.adding(PRODUCTS[1], quantity),
    ):
        with pytest.raises(BadField) as refused:
            ask()
        assert (refused.value.field, refused.value.what) == ("quantity", "out_of_range")


def test_scans_do_not_carry_a_line_beyond_the_most_that_is_sold_in_one() -> None:
    cart = Cart(CNY).adding(PRODUCTS[0], MOST_OF_ONE_LINE)

    with pytest.raises(BadField):
        cart.adding(PRODUCTS[0])


def test_a_line_that_is_not_there_is_named() -> None:
    cart = a_cart("1")

    for ask in (
        lambda: cart.line(9),
        lambda: cart.without(9),
        lambda: cart.with_quantity(9, 1),
        lambda: cart.with_discount(9, Discount(percent=Decimal(5))),
        lambda: cart.carried_by(9, "A"),
    ):
        with pytest.raises(NoSuchLine) as refused:
            ask()
        assert refused.value.line == 9


def test_an_empty_basket_is_refused_and_comes_to_nothing() -> None:
    with pytest.raises(EmptyCart):
        Cart(CNY).check_not_empty()
    a_cart("1").check_not_empty()
    assert Cart(CNY).total == Money.zero(CNY)


def test_a_visitor_takes_what_no_one_carries_and_leaves_the_rest_alone() -> None:
    cart = Cart(CNY).adding(PRODUCTS[0]).adding(PRODUCTS[1], carrier="B").with_carrier("A")

    assert [line.carrier for line in cart.lines] == ["A", "B"]
    assert cart.carried_by(1, "B").line(1).carrier == "B"


def test_an_amount_off_that_outgrew_its_line_takes_off_no_more_than_the_line() -> None:
    cart = Cart(CNY).adding(PRODUCTS[0], 4)
    cart = cart.with_discount(1, Discount(amount=money("40.00")))

    fewer = cart.with_quantity(1, 1)

    assert fewer.lines[0].off == money("12.50")
    assert fewer.total == money("0")


@given(st.data())
def test_whatever_is_done_every_basket_on_the_way_adds_up(data: st.DataObject) -> None:
    states = [Cart(CNY)]
    for _ in range(data.draw(st.integers(1, 12))):
        cart = states[-1]
        if data.draw(st.booleans()) and cart.lines:
            line = data.draw(st.sampled_from(list(cart.lines)))
            step = data.draw(st.sampled_from(["quantity", "discount", "without"]))
            if step == "quantity":
                cart = cart.with_quantity(line.id, data.draw(st.integers(1, 99)))
            elif step == "discount":
                cart = cart.with_discount(line.id, Discount(percent=Decimal(data.draw(st.integers(1, 100)))))
            else:
                cart = cart.without(line.id)
        else:
            cart = cart.adding(data.draw(st.sampled_from(PRODUCTS)))
        states.append(cart)

    assert all(cart.total.minor == sum(line.amount.minor for line in cart.lines) for cart in states)
    assert all(line.amount.minor >= 0 for cart in states for line in cart.lines)
    assert all(cart.last is None or cart.line(cart.last) for cart in states)


def test_pieces_of_a_lot_are_shared_and_joined_like_others_and_keep_the_lot() -> None:
    lot = Piece(lot="L7")
    cart = Cart(CNY).adding(PRODUCTS[0], 3, "A", lot).adding(PRODUCTS[0], 1, "A").adding(PRODUCTS[0], 1, "A", lot)

    assert [(line.quantity, line.piece.lot) for line in cart.lines] == [(4, "L7"), (1, None)]
    apart = cart.carried_by(1, "B", 2)
    assert [(x.quantity, x.carrier, x.piece.lot) for x in apart.lines] == [
        (2, "A", "L7"), (2, "B", "L7"), (1, "A", None),
    ]  # fmt: skip
    together = apart.carried_by(apart.lines[1].id, "A")
    assert [(x.quantity, x.piece.lot) for x in together.lines] == [(4, "L7"), (1, None)]


def test_two_weighings_of_equal_weight_stay_two_pieces() -> None:
    cart = Cart(CNY)
    for _ in range(2):
        cart = cart.adding(PRODUCTS[0], carrier="A", piece=Piece(grams=342))

    moved = cart.carried_by(1, "B")
    assert moved.last == 1
    assert [line.quantity for line in moved.carried_by(1, "A").lines] == [1, 1]
    with pytest.raises(SerialNumberTwice):
        cart.with_quantity(1, 2)
