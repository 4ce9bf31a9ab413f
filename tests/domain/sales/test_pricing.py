"""What rows cost: to the last fen, whatever is taken off and however the basket is split."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.errors import BadField
from pos.domain.money import Money, total
from pos.domain.pricing.discount import Discount
from pos.domain.pricing.promotion import Offers, Promotion
from pos.domain.returns.goods_return import worth_of
from pos.domain.sales.cart import Cart, NoSuchLine
from pos.domain.sales.cart_line import CartLine
from pos.domain.sales.pricing import priced, spread
from pos.domain.vat import by_rate, vat_in
from tests.builders import a_cart, a_product, money
from tests.domain.pricing.test_promotion import GOODS, OFFERS
from tests.horgos import CNY

percents = st.decimals(Decimal("0.01"), Decimal(100), places=2)


def per_cent(text: str) -> Discount:
    return Discount(percent=Decimal(text))


def test_a_discount_on_the_basket_is_shared_by_what_the_rows_cost_and_loses_no_fen() -> None:
    cart = a_cart("10.00", "10.00", "10.00").with_basket_discount(Discount(amount=money("10.00")))

    assert [str(line.share) for line in cart.lines] == ["3.33", "3.34", "3.33"]
    assert cart.total == money("20.00")
    assert cart.basket_off == money("10.00")


def test_it_is_shared_again_when_the_rows_change() -> None:
    cart = a_cart("100.00").with_basket_discount(per_cent("10"))

    cart = cart.adding(a_product("50.00", number=2))
    assert cart.total == money("135.00")
    assert cart.without(1).total == money("45.00")
    assert cart.with_basket_discount(None).total == money("150.00")
    assert [line.share for line in cart.with_basket_discount(None).lines] == [None, None]


def test_a_discount_that_is_gone_leaves_no_share_beside_a_row_that_never_had_one() -> None:
    [discounted] = a_cart("100.00").with_basket_discount(per_cent("10")).lines
    [new] = a_cart("50.00").lines

    assert [line.share for line in priced([discounted, new], Offers(()), None)] == [None, None]


def test_an_amount_that_has_outgrown_its_basket_takes_off_the_basket() -> None:
    cart = a_cart("100.00", "20.00").with_basket_discount(Discount(amount=money("40.00"))).without(1)

    assert cart.total == money("0.00")
    assert cart.basket_off == money("20.00")


def test_it_comes_on_top_of_what_the_rows_have() -> None:
    cart = a_cart("100.00", "100.00").with_discount(1, per_cent("10")).with_basket_discount(per_cent("10"))

    assert [str(line.amount) for line in cart.lines] == ["81.00", "90.00"]
    assert [cart.given_away(line) * 100 for line in cart.lines] == [19, 10]
    assert cart.most_given_away == 19


def test_a_discount_on_the_basket_above_it_or_below_nothing_is_refused() -> None:
    for wrong in (Discount(amount=money("100.01")), Discount(amount=money("-1")), per_cent("101"), per_cent("-1")):
        with pytest.raises(BadField):
            a_cart("100.00").with_basket_discount(wrong)


def test_a_price_by_hand_keeps_the_one_on_file_beside_it() -> None:
    cart = a_cart("100.00").with_price(1, money("80.00")).with_price(1, money("70.00"))

    assert (cart.line(1).unit_price, cart.line(1).catalogue) == (money("70.00"), money("100.00"))
    assert cart.total == money("70.00")
    for same in (None, money("100.00")):
        back = cart.with_price(1, same)
        assert (back.line(1).unit_price, back.line(1).catalogue) == (money("100.00"), None)


@pytest.mark.parametrize("text", ["0", "-1", "10000.01", "6901204300016"])
def test_a_price_that_is_none_or_a_barcode_is_refused(text: str) -> None:
    with pytest.raises(BadField):
        a_cart("100.00").with_price(1, Money(int(Decimal(text) * 100), CNY))


def test_a_further_scan_does_not_join_a_row_with_a_price_by_hand_or_a_note() -> None:
    product = a_product("100.00")
    cart = Cart(CNY).adding(product).with_price(1, money("90.00")).adding(product)
    assert [str(line.amount) for line in cart.lines] == ["90.00", "100.00"]

    cart = Cart(CNY).adding(product).with_note(1, "the box is damaged").adding(product)
    assert [line.note for line in cart.lines] == ["the box is damaged", ""]


def test_a_note_is_one_line_of_text() -> None:
    cart = a_cart("1.00").with_note(None, "  gift  ")
    assert cart.note == "gift"
    assert cart.with_note(None, "").note == ""
    with pytest.raises(BadField):
        cart.with_note(None, "x" * 101)
    with pytest.raises(BadField):
        cart.with_note(1, "two\nlines")
    with pytest.raises(NoSuchLine):
        cart.with_note(9, "nobody")


def test_parts_of_a_split_row_keep_its_price_by_hand_and_its_note_and_become_one_again() -> None:
    cart = Cart(CNY).adding(a_product("100.00"), 3, "A").with_price(1, money("90.00")).with_note(1, "gift")

    split = cart.shared({1: (("A", 1), ("B", 2))})
    assert [(str(x.unit_price), str(x.catalogue), x.note) for x in split.lines] == [("90.00", "100.00", "gift")] * 2
    whole = split.carried_by(split.lines[1].id, "A")
    assert [(x.quantity, x.carrier) for x in whole.lines] == [(3, "A")]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20), st.integers(0, 10**6))
def test_what_is_spread_comes_to_the_whole_and_no_share_is_below_zero_or_above_its_amount(
    amounts: list[int], off: int
) -> None:
    over = [Money(minor, CNY) for minor in amounts]
    taken = min(off, sum(amounts))

    shares = spread(Money(taken, CNY), over)

    assert sum(share.minor for share in shares) == taken
    assert all(0 <= share.minor <= amount.minor for share, amount in zip(shares, over, strict=True))


RATES = st.sampled_from([None, Decimal(0), Decimal(12), Decimal("12.5"), Decimal(16)])


@st.composite
def carts(draw: st.DrawFn, offers: st.SearchStrategy[list[Promotion]] = OFFERS) -> Cart:
    """Any basket with promotions, discounts, prices by hand and a discount on the whole of it."""
    cart = Cart(CNY, offers=Offers(draw(offers)))
    for product in draw(st.lists(st.sampled_from(GOODS), min_size=1, max_size=6)):
        cart = cart.adding(product, draw(st.integers(1, 7)), "A")
    for line in cart.lines:
        match draw(st.integers(0, 3)):
            case 1:
                cart = cart.with_discount(line.id, Discount(percent=draw(percents)))
            case 2:
                cart = cart.with_discount(line.id, Discount(amount=Money(draw(st.integers(1, line.gross.minor)), CNY)))
            case 3:
                cart = cart.with_price(line.id, Money(draw(st.integers(1, 2 * line.unit_price.minor)), CNY))
    match draw(st.integers(0, 2)):
        case 1:
            cart = cart.with_basket_discount(Discount(percent=draw(percents)))
        case 2:
            most = cart.net.minor
            cart = cart.with_basket_discount(Discount(amount=Money(draw(st.integers(0, most)), CNY)))
    return cart


def split(data: st.DataObject, cart: Cart, *, join: bool) -> Cart:
    shares = {}
    for line in cart.lines:
        first = data.draw(st.integers(0, line.quantity))
        second = data.draw(st.integers(0, line.quantity - first))
        shares[line.id] = (("A", first), ("B", second), ("C", line.quantity - first - second))
    return cart.shared(shares, join=join)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_the_rows_come_to_the_total_and_the_parts_to_the_whole_in_any_split(data: st.DataObject) -> None:
    cart = data.draw(carts())

    assert all(line.amount.minor >= 0 for line in cart.lines)
    assert cart.total == total((line.amount for line in cart.lines), CNY)
    assert cart.total == cart.net - (cart.basket_off or Money.zero(CNY))
    for join in (True, False):
        parts = split(data, cart, join=join)
        assert parts.total == cart.total
        assert all(line.amount.minor >= 0 for line in parts.lines)
        assert parts.pieces == cart.pieces


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_the_parts_of_each_row_cost_together_what_it_cost(data: st.DataObject) -> None:
    cart = data.draw(carts())

    parts = iter(split(data, cart, join=False).lines)

    for line in cart.lines:
        cost, pieces = Money.zero(CNY), 0
        while pieces < line.quantity:
            part: CartLine = next(parts)
            assert part.product.id == line.product.id
            cost, pieces = cost + part.amount, pieces + part.quantity
        assert cost == line.amount


@settings(max_examples=100, deadline=None)
@given(carts(), st.lists(RATES, min_size=7, max_size=7))
def test_the_tax_of_the_rows_is_the_tax_shown_and_comes_back_to_the_fen(
    cart: Cart, rates: list[Decimal | None]
) -> None:
    taxed = [(rate, vat_in(line.amount, rate)) for line, rate in zip(cart.lines, rates)]

    assert sum((tax.minor for _, tax in by_rate(taxed)), 0) == sum(tax.minor for _, tax in taxed)
    for line, (_, tax) in zip(cart.lines, taxed):
        assert 0 <= tax.minor <= line.amount.minor
        for whole in (tax, line.amount):
            back = [worth_of(whole, line.quantity, before, 1) for before in range(line.quantity)]
            assert total(back, CNY) == whole
            assert all(piece.minor >= 0 for piece in back)
