"""A basket saved as text comes back as it was, whatever is in it; the text names no document and no birth date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.application.sales.basket_json import basket_from_json, basket_json, summary_of
from pos.application.sales.order import SaleOrder
from pos.domain.catalogue.product import Attributes, Product
from pos.domain.money import Money
from pos.domain.pricing.discount import Discount
from pos.domain.sales.cart import Cart
from pos.domain.sales.cart_line import CartLine
from pos.domain.visitors.declared_purchases import Declared
from pos.domain.visitors.visitor import Visitor
from tests.builders import a_product, a_rate_table
from tests.horgos import CNY

TODAY = date(2026, 3, 2)
PRODUCTS = {number: a_product(f"{number}.50", number=number) for number in range(1, 6)}

percents = st.decimals(0, 100, places=2).map(lambda percent: Discount(percent=percent))
amounts = st.integers(0, 10_000).map(lambda minor: Discount(amount=Money(minor, CNY)))
shares = st.tuples(percents, amounts).map(lambda pair: Discount(pair[0].percent, pair[1].amount))
discounts = st.none() | percents | amounts | shares
lines = st.builds(
    CartLine,
    id=st.integers(1, 99),
    product=st.sampled_from(list(PRODUCTS.values())),
    unit_price=st.integers(0, 100_000).map(lambda minor: Money(minor, CNY)),
    quantity=st.integers(1, 99),
    carrier=st.sampled_from([None, "A", "B"]),
    discount=discounts,
)
declared = st.builds(
    Declared,
    at=st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1), timezones=st.just(UTC)),  # noqa: DTZ001 # bounds are naive
    name=st.text(max_size=12),
    category=st.sampled_from(["perfume", "tobacco.cigarettes"]),
    quantity=st.integers(1, 20),
    unit_price=st.integers(0, 9_999).map(lambda minor: Money(minor, CNY)),
    discount=st.just(Money(0, CNY)),
    attributes=st.builds(Attributes, ml=st.none() | st.just(Decimal("50.5")), sticks=st.none() | st.integers(1, 200)),
    carried_out_at=st.none() | st.just(datetime(2026, 3, 1, tzinfo=UTC)),
    taxed=st.just(0),
)


def a_visitor(label: str, born: date | None, elsewhere: tuple[Declared, ...] = ()) -> Visitor:
    return Visitor(
        label, f"hash of {label}", "passport", "CHN", "CHN", "E••••••01", "ZHANG W••", born, "CN",
        entries=(date(2026, 2, 20),), declared=elsewhere,
    )  # fmt: skip


def an_order(cart: Cart, *visitors: Visitor) -> SaleOrder:
    return SaleOrder("key", "T1", "amina", cart, visitors, "CN", "cn-horgos", a_rate_table())


def product_of(number: int) -> Product | None:
    return PRODUCTS.get(number)


@given(st.lists(lines, max_size=6, unique_by=lambda line: line.id), st.lists(declared, max_size=2))
def test_a_basket_comes_back_as_it_was(rows: list[CartLine], elsewhere: list[Declared]) -> None:
    cart = Cart(CNY, tuple(rows), rows[-1].id if rows else None, 100)
    order = an_order(cart, a_visitor("A", None, tuple(elsewhere)), a_visitor("B", None))

    text = basket_json(order, TODAY)
    basket = basket_from_json(text, product_of)

    assert (basket.key, basket.cart, basket.visitors, basket.destination) == ("key", cart, order.visitors, "CN")
    assert basket.gone == ()
    summary = summary_of(text)
    assert (summary.total, summary.pieces) == (cart.total, cart.pieces)


@given(st.dates(date(1926, 1, 1), TODAY), st.dates(date(2025, 1, 1), date(2032, 1, 1)), st.integers(-1, 0))
def test_of_a_birth_date_only_the_age_is_kept(born: date, today: date, later: int) -> None:
    born = min(born, today)
    visitor = a_visitor("A", born)

    text = basket_json(an_order(Cart(CNY), visitor), today)
    [back] = basket_from_json(text, product_of).visitors

    assert born.isoformat() not in text or born in (today, date(2026, 2, 20))
    assert back.age_on(today) == visitor.age_on(today)
    assert back.age_on(today + timedelta(days=later)) == visitor.age_on(today)  # the regime's clock may be behind


def test_goods_that_are_not_on_file_any_more_are_named() -> None:
    cart = Cart(CNY).adding(PRODUCTS[1]).adding(PRODUCTS[2])
    text = basket_json(an_order(cart), TODAY)
    known = {1: PRODUCTS[1], 2: replace(PRODUCTS[2], category=None)}

    basket = basket_from_json(text, known.get)

    assert [line.product.id for line in basket.cart.lines] == [1]
    assert basket.gone == ("Chocolate 2",)
    assert basket.cart.last is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"key": "a"}', '{"lines": 3, "currency": "CNY"}', "null"])
def test_what_no_till_wrote_is_no_basket(text: str) -> None:
    with pytest.raises(ValueError):  # JSON's own error is one too
        basket_from_json(text, product_of)
    with pytest.raises(ValueError):
        summary_of(text)
