"""What a label says of a kilogram or a litre."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.catalogue.product import Attributes, Product
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.pricing.label import (
    MOST_LABELS,
    Label,
    LabelLot,
    PrintedLabel,
    TooManyLabels,
    UnitPrice,
    check_copies,
    unit_price,
)
from tests.horgos import CNY


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
        (747, Attributes(net_g=Decimal(249)), 1, UnitPrice(Money(300, CNY), "100 g", rounded=False)),
        (900, Attributes(ml=Decimal(0), net_g=Decimal(500)), 1, UnitPrice(Money(1_800, CNY), "kg", rounded=False)),
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


TEA = Label(1, "4870204321111", ("Tea",), Money(1_250, CNY), date(2026, 11, 24))


def test_an_ordinary_label_is_of_one_piece_with_one_price() -> None:
    assert (TEA.pieces, TEA.by_weight, TEA.regular, TEA.unit_price) == (1, False, None, None)
    assert TEA.printed == PrintedLabel(Money(1_250, CNY), None, ("Tea",))
    assert unit_price(Money(900, CNY), goods(Attributes(net_g=Decimal(500)))) == UnitPrice(
        Money(1_800, CNY), "kg", rounded=False
    )


def test_a_label_names_the_lot_on_the_shelf_and_its_last_day() -> None:
    of_a_lot = TEA.of_lot(LabelLot("A1126", date(2027, 1, 31)))

    assert (of_a_lot.lot, of_a_lot.expiry) == ("A1126", date(2027, 1, 31))
    assert of_a_lot.of_lot(None) == TEA
    assert of_a_lot.printed == TEA.printed


def test_a_carton_costs_as_many_pieces_as_it_holds_under_its_own_code() -> None:
    product = goods(Attributes(net_g=Decimal(500)))
    reduced = Label(1, "4870204321111", ("Tea",), Money(1_000, CNY), date(2026, 11, 24), regular=Money(1_250, CNY))

    carton = reduced.of_pack("10036000291459", 12, product)

    assert (carton.code, carton.pieces) == ("10036000291459", 12)
    assert (carton.price, carton.regular) == (Money(12_000, CNY), Money(15_000, CNY))
    assert carton.unit_price == unit_price(Money(1_000, CNY), product)
    assert TEA.of_pack("10036000291459", 12, product).regular is None
    assert carton.of_pack("6901234567892", 6, product).price == Money(6_000, CNY)


@pytest.mark.parametrize("copies", [0, -1, 1_000])
def test_of_one_product_one_to_999_labels_are_printed(copies: int) -> None:
    assert [check_copies(1), check_copies(999)] == [1, 999]
    with pytest.raises(BadField) as refused:
        check_copies(copies)
    assert refused.value.facts() == {"field": "copies", "what": "out_of_range", "value": str(copies)}


def test_ten_thousand_labels_are_printed_at_once() -> None:
    assert MOST_LABELS == TooManyLabels(10_001).most == 10_000
