"""A row of the basket at its bounds: prices by hand, shares, rows that become one, what hands gave away."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from pos.domain.catalogue.piece import Piece, PieceInBasket, SerialNumberTwice
from pos.domain.catalogue.product import Attributes
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.pricing.discount import Discount
from pos.domain.sales.cart import Cart
from pos.domain.sales.cart_line import CartLine, check_quantity
from pos.domain.sales.pricing import spread
from tests.builders import a_cart, a_product, money
from tests.horgos import CNY

BAR = a_product()
TENTH = Discount(percent=Decimal(10))


def row(quantity: int = 2, **said: object) -> CartLine:
    return replace(CartLine(1, BAR, money("12.50"), quantity), **said)  # type: ignore[arg-type] # any field


def test_a_row_has_one_to_9999_pieces() -> None:
    check_quantity(1)
    check_quantity(9_999)

    for quantity in (0, -1, 10_000):
        with pytest.raises(BadField) as refused:
            check_quantity(quantity)
        assert refused.value.facts() == {"field": "quantity", "what": "out_of_range", "value": str(quantity)}


def test_a_price_by_hand_is_up_to_a_hundred_times_the_one_on_file() -> None:
    dear = row().at_price(money("1250.00"))

    assert (dear.unit_price, dear.catalogue) == (money("1250.00"), money("12.50"))
    assert row().at_price(money("0.01")).unit_price == money("0.01")
    assert dear.at_price(money("12.50")) == dear.at_price(None) == row()
    for text in ("1250.01", "0", "-1"):
        with pytest.raises(BadField) as refused:
            row().at_price(money(text))
        assert refused.value.facts() == {"field": "price", "what": "out_of_range", "value": str(money(text))}


def test_what_is_taken_off_a_row_by_hand_and_by_the_basket_is_reported_together() -> None:
    assert (row().off, row().amount, row().is_plain) == (money("0"), money("25.00"), True)
    shared = row(discount=TENTH, share=money("0.50"))

    assert (shared.net, shared.amount, shared.off) == (money("22.50"), money("22.00"), money("3.00"))
    assert not shared.is_plain
    assert not row(share=money("0")).is_plain
    assert shared.worth(1) == money("11.00")


def test_rows_of_the_same_goods_at_the_same_price_become_one_up_to_9999_pieces() -> None:
    assert row().joined(row(3)) == row(5)
    assert row(9_990).joined(row(9)) == row(9_999)
    assert row(9_990).joined(row(10)) is None
    assert row().joined(row(note="gift")) is None
    assert row().joined(row(carrier="A")) is None
    assert row().joined(row(unit_price=money("9"))) is None
    assert row().joined(row(product=a_product(number=2))) is None
    assert row(piece=Piece(grams=5)).joined(row(piece=Piece(grams=5))) is None
    assert row(piece=Piece(lot="L")).joined(row(piece=Piece(lot="L"))) == row(4, piece=Piece(lot="L"))


def test_rows_with_a_discount_become_one_with_both() -> None:
    both = row(discount=TENTH).joined(row(3, discount=TENTH))

    assert both is not None
    assert both.discount == Discount(Decimal(10), money("6.25"))
    assert row(discount=TENTH).joined(row()) is None
    assert row().joined(row(discount=TENTH)) is None
    assert row(discount=TENTH).joined(row(discount=Discount(percent=Decimal(20)))) is None
    amounts = row(discount=Discount(amount=money("1"))).joined(row(discount=Discount(amount=money("2"))))
    assert amounts is not None
    assert amounts.discount == Discount(amount=money("3"))


def test_a_single_piece_is_one_and_in_the_basket_once() -> None:
    single = Piece(serial="A1")
    cart = Cart(CNY).adding(BAR, piece=single)

    with pytest.raises(PieceInBasket):
        cart.adding(BAR, piece=single)
    with pytest.raises(SerialNumberTwice) as refused:
        cart.adding(BAR, 2, piece=Piece(serial="A2"))
    assert refused.value.quantity == 2
    with pytest.raises(SerialNumberTwice):
        cart.with_quantity(1, 2)
    assert cart.with_quantity(1, 1).pieces == 1
    assert cart.adding(a_product(number=2), piece=single).pieces == 2
    assert cart.adding(BAR, piece=Piece(serial="A2")).pieces == 2


def test_what_is_now_on_file_of_a_product_comes_into_its_rows_alone() -> None:
    cart = a_cart("12.50", "8.00")
    known = replace(cart.lines[0].product, name="Dark", attributes=Attributes(net_g=Decimal(90)))

    after = cart.knowing(known)

    assert [line.product for line in after.lines] == [known, cart.lines[1].product]
    assert after.total == cart.total


def test_what_hands_gave_away_is_measured_by_the_row_and_the_basket_together() -> None:
    cart = a_cart("10.00", "10.00")

    assert cart.most_given_away == 0
    assert cart.with_discount(1, TENTH).most_given_away == 10
    both = cart.with_discount(1, TENTH).with_basket_discount(Discount(percent=Decimal(50)))
    assert both.most_given_away == 55
    assert both.given_away(both.lines[1]) == Fraction(1, 2)
    assert (both.net, both.total, both.basket_off) == (money("19.00"), money("9.50"), money("9.50"))
    assert cart.basket_off is None
    assert Cart(CNY).with_basket_discount(TENTH).most_given_away == 0


def test_part_of_a_row_is_given_to_another_carrier() -> None:
    cart = Cart(CNY).adding(BAR, 5, carrier="A")

    split = cart.carried_by(1, "B", 2)

    assert [(line.id, line.carrier, line.quantity) for line in split.lines] == [(1, "A", 3), (2, "B", 2)]
    assert (split.last, split.next_id) == (2, 3)
    whole = cart.carried_by(1, "B")
    assert [(line.id, line.carrier, line.quantity) for line in whole.lines] == [(1, "B", 5)]
    assert whole.last == 1
    assert [line.quantity for line in cart.carried_by(1, "B", 5).lines] == [5]
    assert [line.quantity for line in cart.carried_by(1, "B", 1).lines] == [4, 1]
    for pieces in (0, 6):
        with pytest.raises(BadField) as refused:
            cart.carried_by(1, "B", pieces)
        assert refused.value.field == "quantity"


def test_rows_that_come_to_one_carrier_become_one_where_they_are_to() -> None:
    cart = Cart(CNY).adding(BAR, 5, carrier="A").adding(BAR, 2, carrier="B")

    joined = cart.shared({1: (("B", 3), (None, 2))})
    apart = cart.shared({1: (("B", 3), (None, 2))}, join=False)

    assert [(line.carrier, line.quantity) for line in joined.lines] == [("B", 5), (None, 2)]
    assert [(line.id, line.carrier, line.quantity) for line in apart.lines] == [(1, "B", 3), (3, None, 2), (2, "B", 2)]
    assert apart.next_id == 4
    assert joined.last in {line.id for line in joined.lines}


def test_the_row_that_takes_the_place_of_one_that_went_was_touched_last() -> None:
    cart = a_cart("1", "2", "3")

    assert [cart.without(number).last for number in (1, 2, 3)] == [2, 3, 2]
    assert a_cart("1").without(1).last is None


def test_a_basket_counts_its_pieces_by_product() -> None:
    cart = Cart(CNY).adding(BAR, 5, carrier="A").adding(BAR, 2, carrier="B").adding(a_product(number=2))

    assert (cart.pieces, cart.quantity_of(1), cart.quantity_of(2), cart.quantity_of(3)) == (8, 7, 1, 0)


def test_shares_of_a_discount_are_running_and_of_nothing_are_nothing() -> None:
    assert spread(Money(1, CNY), [Money(1, CNY)] * 2) == [Money(1, CNY), Money(0, CNY)]
    assert spread(Money(10, CNY), [Money(30, CNY), Money(0, CNY), Money(70, CNY)]) == [
        Money(3, CNY), Money(0, CNY), Money(7, CNY),
    ]  # fmt: skip
    assert spread(Money(0, CNY), [Money(0, CNY)] * 2) == [Money(0, CNY)] * 2
