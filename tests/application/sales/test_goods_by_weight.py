"""Goods by weight: one unit for each weighing, with a price, a weight and an allowance of its own."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.application.sales.sale_json import sale_json
from pos.domain.catalogue.barcode import with_check_digit
from pos.domain.catalogue.piece import (
    AsksWeight,
    LayoutConflict,
    NotByWeight,
    Piece,
    SerialNumberTwice,
    grams_for,
    price_of,
)
from pos.domain.catalogue.product import Attributes
from pos.domain.errors import BadField
from pos.domain.money import Money
from tests.goods_codes import CHEESE, priced, weighed, with_cheese
from tests.horgos import CNY
from tests.shops import CHOCOLATE, DemoShop, a_ticket, quantities


@pytest.fixture
def dairy(shop: DemoShop) -> DemoShop:
    """A shop with cheese by weight, 60.00 a kilogram, that sells without a document."""
    shop.set("sell_without_visitor", "yes")
    with_cheese(shop)
    return shop


def test_each_weighing_is_one_piece_with_its_own_price_and_weight(dairy: DemoShop) -> None:
    checkout = dairy.basket(weighed(342), weighed(342), weighed(1250), visitor=False)

    lines = [row.line for row in checkout.view().lines]
    assert [(x.quantity, str(x.unit_price), x.piece.grams) for x in lines] == [
        (1, "20.52", 342), (1, "20.52", 342), (1, "75.00", 1250),
    ]  # fmt: skip
    sale = dairy.pay(checkout)

    assert [(x.attributes.net_g, x.attributes.gross_kg) for x in sale.lines[1:]] == [
        (Decimal(342), Decimal("0.362")), (Decimal(1250), Decimal("1.27")),
    ]  # fmt: skip
    line = sale_json(sale, None)["lines"][0]
    assert (line["grams"], line["per_kilogram"], line["unit_price"]) == (342, "60.00", "20.52")
    assert dairy.verify() == []


def test_without_packaging_on_file_a_piece_weighs_what_is_in_it() -> None:
    piece = Piece(grams=342)

    assert piece.attributes(Attributes()) == Attributes(net_g=Decimal(342), gross_kg=Decimal("0.342"))
    on_file = Attributes(net_g=Decimal(1000), gross_kg=Decimal("1.02"))
    assert piece.attributes(on_file).gross_kg == Decimal("0.362")


def test_a_label_of_the_scale_finds_its_article(dairy: DemoShop) -> None:
    for label in (weighed(342), priced(2000)):
        assert dairy.find.show(label).product.code == CHEESE


def test_a_price_inside_the_code_stays_and_the_weight_follows(dairy: DemoShop) -> None:
    [row] = dairy.basket(priced(2000), visitor=False).view().lines

    assert str(row.line.unit_price) == "20.00"
    assert (row.line.piece.grams, row.line.piece.computed) == (333, True)


def test_goods_by_weight_without_a_weight_ask_for_the_grams(dairy: DemoShop) -> None:
    checkout = dairy.basket(visitor=False)
    with pytest.raises(AsksWeight):
        checkout.scan(CHEESE)
    with dairy.store.reading() as work:
        cheese, bar = (work.products.by_code(code, dairy.now()) for code in (CHEESE, CHOCOLATE))
    assert cheese is not None
    assert bar is not None
    with pytest.raises(AsksWeight):
        checkout.add(cheese.id)

    assert quantities(checkout.add(cheese.id, grams=500)) == [(CHEESE, 1)]
    with pytest.raises(NotByWeight):
        checkout.add(bar.id, grams=500)
    for grams in (0, 600_000):
        with pytest.raises(BadField):
            checkout.add(cheese.id, grams=grams)
    with pytest.raises(SerialNumberTwice):
        checkout.scan(weighed(342), 3)


def test_settings_that_read_a_code_in_two_ways_are_reported(dairy: DemoShop) -> None:
    dairy.set("price_codes", "22IIIIIVVVVVC")

    with pytest.raises(LayoutConflict):
        dairy.basket(visitor=False).scan(weighed(342))


def test_a_weight_for_goods_by_the_piece_is_refused(dairy: DemoShop) -> None:
    with dairy.raw(writing=True) as store:
        store.execute("UPDATE product SET by_weight = false WHERE code = ?", (CHEESE,))

    with pytest.raises(NotByWeight):
        dairy.basket(visitor=False).scan(weighed(342))


def test_a_file_tells_the_grams(dairy: DemoShop) -> None:
    def ticket(**line: object) -> dict[str, object]:
        payments = [{"method": "cash", "currency": "CNY", "amount": "30.00"}]
        return a_ticket(visitors=[], lines=[{"code": CHEESE} | line], payments=payments)

    with pytest.raises(AsksWeight):
        dairy.ring_sale(ticket())
    with pytest.raises(BadField):
        dairy.ring_sale(ticket(grams="500"))

    with pytest.raises(BadField) as refused:
        dairy.ring_sale(ticket(code=weighed(342), grams=500))
    assert (refused.value.field, refused.value.what) == ("lines[0].grams", "mismatch")

    sale = dairy.ring_sale(ticket(grams=500))
    assert (str(sale.total), sale.lines[0].grams) == ("30.00", 500)


def test_a_weighed_piece_parked_at_another_price_is_repriced(dairy: DemoShop) -> None:
    amina = dairy.person("amina")
    dairy.park_sale(dairy.basket(weighed(500), priced(2000), visitor=False).unchecked_order("amina"), "", amina)
    with dairy.raw(writing=True) as store:
        store.execute("UPDATE product SET price_minor = 8000 WHERE code = ?", (CHEESE,))

    [parked] = dairy.parked_sales.all()
    resumed = dairy.parked_sales.resume(parked.basket.key, amina)

    assert [str(line.unit_price) for line in resumed.basket.cart.lines] == ["40.00", "20.00"]


@given(st.integers(1, 99_999), st.integers(1, 10_000_000))
def test_grams_times_price_is_rounded_half_up_once(grams: int, per_kg: int) -> None:
    price = price_of(grams, Money(per_kg, CNY))

    assert 2 * abs(Fraction(price.minor) - Fraction(per_kg * grams, 1000)) <= 1
    assert price.minor == (2 * per_kg * grams + 1000) // 2000


@given(st.integers(1, 99_999), st.integers(1, 1_000_000))
def test_a_weight_that_follows_from_a_price_is_the_nearest_gram(minor: int, per_kg: int) -> None:
    grams = grams_for(Money(minor, CNY), Money(per_kg, CNY))

    assert 2 * abs(Fraction(grams) - Fraction(minor * 1000, per_kg)) <= 1


@given(st.integers(0, 99_999))
def test_every_label_of_the_scale_is_read_back(grams: int) -> None:
    assert weighed(grams)[7:12] == f"{grams:05d}"
    assert weighed(grams) == with_check_digit(weighed(grams)[:-1])
