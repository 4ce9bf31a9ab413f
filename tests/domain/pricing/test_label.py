"""What a label says of a kilogram or a litre."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.catalogue.product import Attributes, Product
from pos.domain.money import CNY, Money
from pos.domain.pricing.label import UnitPrice, unit_price


def goods(attributes: Attributes, *, by_weight: bool = False) -> Product:
    return Product(1, "4870204321111", ("4870204321111",), "Goods", attributes=attributes, by_weight=by_weight)


@pytest.mark.parametrize(
    ("price", "attributes", "pieces", "expected"),
    [
        (45_000, Attributes(ml=Decimal(700)), 1, UnitPrice(Money(64_286, CNY), "L", rounded=True)),
        (1_250, Attributes(net_g=Decimal(100)), 1, UnitPrice(Money(1_250, CNY), "100 g", rounded=False)),
        (9_900, Attributes(ml=Decimal(1000)), 12, UnitPrice(Money(825, CNY), "L", rounded=False)),
        (1, Attributes(ml=Decimal(200)), 1, UnitPrice(Money(1, CNY), "100 ml", rounded=True)),
        (900, Attributes(net_g=Decimal(250)), 1, UnitPrice(Money(3_600, CNY), "kg", rounded=False)),
    ],
)
def test_a_kilogram_a_litre_or_a_hundred_of_a_small_pack_has_its_price(
    price: int, attributes: Attributes, pieces: int, expected: UnitPrice
) -> None:
    assert unit_price(Money(price, CNY), goods(attributes), pieces) == expected


def test_goods_by_weight_have_the_price_of_a_kilogram_and_others_none_while_no_one_knows_what_is_inside() -> None:
    price = Money(1_890, CNY)

    assert unit_price(price, goods(Attributes(), by_weight=True)) == UnitPrice(price, "kg", rounded=False)
    assert unit_price(price, goods(Attributes())) is None
    assert unit_price(price, goods(Attributes(net_g=Decimal(0)))) is None


@given(st.integers(1, 10**9), st.decimals("0.01", "99999", places=2), st.integers(1, 99))
def test_no_unit_price_is_half_a_fen_off(price: int, inside: Decimal, pieces: int) -> None:
    unit = unit_price(Money(price, CNY), goods(Attributes(net_g=inside)), pieces)

    assert unit is not None
    exact = Fraction(price, 100) / Fraction(inside) / pieces * (100 if unit.unit == "100 g" else 1000)
    assert abs(unit.amount.units - exact) <= Fraction(1, 200)
    assert unit.rounded == (unit.amount.units != exact)
