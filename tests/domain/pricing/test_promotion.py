"""Promotions: the best for the buyer, one on a piece, whatever the order of the rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.pricing.discount import Discount
from pos.domain.pricing.promotion import Offers, Promotion, weighable
from pos.domain.sales.cart import Cart
from pos.domain.sales.cart_line import CartLine
from tests.builders import MONDAY, a_product, money
from tests.horgos import CNY

SWEETS = a_product("12.50", number=1)
HONEY = a_product("48.00", number=2, category="food.honey")
COGNAC = a_product("450.00", number=3, category="alcohol.spirit")
WINE = a_product("30.00", number=4, category="alcohol.wine")
GOODS = (SWEETS, HONEY, COGNAC, WINE)


def per_cent(number: int, percent: str, scope: str = "*") -> Promotion:
    return Promotion(number, f"−{percent} %", MONDAY, scope=scope, percent=Decimal(percent))


def off_each(number: int, amount: str, scope: str = "*") -> Promotion:
    return Promotion(number, f"−{amount}", MONDAY, scope=scope, amount=money(amount))


def bundle(number: int, take: int, pay: int, scope: str = "*") -> Promotion:
    return Promotion(number, f"{take} for {pay}", MONDAY, scope=scope, take=take, pay=pay)


def basket(*scanned: tuple[Product, int], offers: tuple[Promotion, ...] = ()) -> Cart:
    cart = Cart(CNY, offers=Offers(offers))
    for product, quantity in scanned:
        cart = cart.adding(product, quantity)
    return cart


def discounts_of(cart: Cart) -> list[list[tuple[str, int, str]]]:
    return [[(one.name, one.pieces, str(one.amount)) for one in line.promotions] for line in cart.lines]


def test_per_cent_off_each_piece_of_a_category_and_of_its_branches() -> None:
    cart = basket((SWEETS, 3), (COGNAC, 1), offers=(per_cent(1, "15", "food"),))

    assert discounts_of(cart) == [[("−15 %", 3, "5.64")], []], "1.88 off each"
    assert cart.total == money("481.86")


def test_an_amount_off_each_piece_is_never_more_than_the_piece() -> None:
    cart = basket((SWEETS, 2), (HONEY, 1), offers=(off_each(1, "20"),))

    assert [str(line.amount) for line in cart.lines] == ["0.00", "28.00"]


def test_of_three_pieces_the_cheapest_is_free() -> None:
    cart = basket((SWEETS, 1), (HONEY, 1), (WINE, 1), offers=(bundle(1, 3, 2),))

    assert discounts_of(cart) == [[("3 for 2", 1, "12.50")], [], []]


def test_two_pieces_of_three_are_no_bundle() -> None:
    assert discounts_of(basket((HONEY, 2), offers=(bundle(1, 3, 2),))) == [[]]


def test_the_better_one_works_and_never_both() -> None:
    cart = basket((COGNAC, 1), (SWEETS, 1), offers=(per_cent(1, "10"), off_each(2, "5"), bundle(3, 2, 1, "drink")))

    assert discounts_of(cart) == [[("−10 %", 1, "45.00")], [("−5", 1, "5.00")]]


def test_of_equals_the_eldest_works() -> None:
    assert discounts_of(basket((HONEY, 1), offers=(off_each(7, "4.80"), per_cent(2, "10")))) == [[("−10 %", 1, "4.80")]]


def test_pieces_that_are_left_over_from_a_bundle_have_a_promotion_of_their_own() -> None:
    cart = basket((HONEY, 4), offers=(per_cent(1, "10"), bundle(2, 3, 2)))

    assert discounts_of(cart) == [[("−10 %", 1, "4.80"), ("3 for 2", 1, "48.00")]]


def test_a_product_by_any_of_its_codes() -> None:
    two = replace(HONEY, codes=(HONEY.code, "2000000000993"))
    only = Promotion(1, "Honey", MONDAY, code="2000000000993", percent=Decimal(50))

    assert basket((two, 1), (SWEETS, 1), offers=(only,)).total == money("36.50")


def test_a_discount_or_a_price_by_hand_takes_the_place_of_a_promotion() -> None:
    cart = basket((HONEY, 1), offers=(per_cent(1, "20"),))
    assert cart.total == money("38.40")

    assert cart.with_discount(1, Discount(Decimal(5))).total == money("45.60")
    assert cart.with_price(1, money("40")).total == money("40.00")
    assert cart.with_discount(1, Discount(Decimal(5))).with_discount(1, None).total == money("38.40")


def test_a_promotion_that_ended_is_off_the_rows_that_had_it() -> None:
    cart = basket((HONEY, 1), (SWEETS, 1), offers=(replace(per_cent(1, "10"), scope="", code=HONEY.code),))
    assert [len(line.promotions) for line in cart.lines] == [1, 0]

    after = replace(cart, offers=Offers(())).priced()

    assert discounts_of(after) == [[], []]


def test_a_promotion_holds_from_its_instant_until_it_is_over_or_ended() -> None:
    hour = timedelta(hours=1)
    promotion = replace(per_cent(1, "10"), until=MONDAY + 2 * hour)

    assert [promotion.runs_at(MONDAY + n * hour) for n in (-1, 0, 1, 2)] == [False, True, True, False]
    assert not replace(promotion, ended_at=MONDAY + hour).runs_at(MONDAY + hour)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(per_cent(1, "10"), percent=Decimal(0)), "percent"),
        (replace(per_cent(1, "10"), percent=Decimal("100.01")), "percent"),
        (replace(per_cent(1, "10"), percent=Decimal("NaN")), "percent"),
        (replace(off_each(1, "1"), amount=money("0")), "amount"),
        (replace(off_each(1, "1"), amount=money("-1")), "amount"),
        (bundle(1, 2, 2), "take"),
        (bundle(1, 21, 1), "take"),
        (bundle(1, 2, 0), "take"),
        (replace(per_cent(1, "10"), amount=money("1")), "percent"),
        (replace(per_cent(1, "10"), percent=None), "percent"),
        (replace(per_cent(1, "10"), name=" "), "name"),
        (replace(per_cent(1, "10"), name="x" * 61), "name"),
        (replace(per_cent(1, "10"), scope="toys"), "category"),
        (replace(per_cent(1, "10"), until=MONDAY), "to"),
    ],
)
def test_what_can_be_no_promotion_is_refused_by_its_field(wrong: Promotion, field: str) -> None:
    with pytest.raises(BadField) as refused:
        wrong.check()
    assert refused.value.field == field


OFFERS = st.lists(
    st.one_of(
        st.builds(per_cent, st.integers(1, 9), st.sampled_from(["10", "33.33", "50"]), st.sampled_from(["*", "food"])),
        st.builds(off_each, st.integers(1, 9), st.sampled_from(["3.10", "20"]), st.sampled_from(["*", "alcohol"])),
        st.builds(
            lambda number, pair, scope: bundle(number, pair[0], pair[1], scope),
            st.integers(1, 9),
            st.sampled_from([(2, 1), (3, 2), (4, 1)]),
            st.sampled_from(["*", "food", "alcohol"]),
        ),
    ),
    max_size=3,
    unique_by=lambda promotion: promotion.id,
)
PIECES = st.lists(st.sampled_from(GOODS), min_size=1, max_size=6)


def best_by_trying(prices: list[tuple[int, Product]], offers: list[Promotion]) -> int:
    """The most that can be taken off, by trying every way to put pieces into bundles."""
    if not prices:
        return 0
    (price, product), *rest = prices
    singles = [o.off_a_piece(Money(price, CNY)).minor for o in offers if o.covers(product)]
    best = max(singles, default=0) + best_by_trying(rest, offers)
    for one in offers:
        if one.take is None or one.pay is None or not one.covers(product):
            continue
        mine = [index for index, (_, other) in enumerate(rest) if one.covers(other)]
        for chosen in combinations(mine, one.take - 1):
            together = sorted([price, *(rest[index][0] for index in chosen)])
            left = [piece for index, piece in enumerate(rest) if index not in chosen]
            best = max(best, sum(together[: one.take - one.pay]) + best_by_trying(left, offers))
    return best


@settings(max_examples=60, deadline=None)
@given(PIECES, OFFERS)
def test_nothing_would_be_better_for_the_buyer(pieces: list[Product], offers: list[Promotion]) -> None:
    cart = basket(*((product, 1) for product in pieces), offers=tuple(offers))
    prices = [(product.price.minor, product) for product in pieces if product.price is not None]

    taken = sum(one.amount.minor for line in cart.lines for one in line.promotions)

    assert taken == best_by_trying(prices, offers)
    assert all(sum(one.pieces for one in line.promotions) <= line.quantity for line in cart.lines)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(GOODS), st.integers(1, 60)), min_size=1, max_size=4), OFFERS)
def test_very_many_pieces_are_weighed_as_if_each_lay_alone(
    scanned: list[tuple[Product, int]], offers: list[Promotion]
) -> None:
    cart = basket(*scanned, offers=tuple(offers))
    alone = [
        CartLine(n, product, product.price, 1)  # type: ignore[arg-type]  # every one has a price
        for n, product in enumerate(p for p, q in scanned for _ in range(q))
    ]

    apart = Cart(CNY, tuple(alone), offers=Offers(offers)).priced()

    assert cart.total == apart.total


SIZES = st.sampled_from([(2, 1), (3, 1), (3, 2), (4, 3), (5, 3)])


@settings(deadline=None)
@given(st.integers(1, 9), st.integers(1, 160), st.lists(SIZES, min_size=1, max_size=2, unique=True), st.integers(0, 6))
def test_of_many_like_pieces_the_best_mixture_of_bundles_and_single_pieces_is_taken(
    price: int, pieces: int, sizes: list[tuple[int, int]], off: int
) -> None:
    goods = a_product(str(Money(price, CNY)))
    offers = [bundle(number, take, pay) for number, (take, pay) in enumerate(sizes, 1)]
    if off:
        offers.append(off_each(3, str(Money(off, CNY))))
    (take, pay), (other_take, other_pay) = sizes[0], sizes[-1]

    (line,) = basket((goods, pieces), offers=tuple(offers)).lines

    each = {3: min(off, price)}
    assert all(one.amount.minor == one.pieces * each.get(one.promotion, price) for one in line.promotions)
    assert sum(one.amount.minor for one in line.promotions) == max(
        (first * (take - pay) + second * (other_take - other_pay)) * price
        + (pieces - first * take - second * other_take) * min(off, price)
        for first in range(pieces // take + 1)
        for second in range((pieces - first * take) // other_take + 1)
    )


def test_bundles_that_claim_the_same_goods_are_weighed_while_that_can_be_done_exactly() -> None:
    many = [bundle(number, 8, 1) for number in range(1, 6)]

    assert [one.id for one in weighable(many)] == [1, 2]
