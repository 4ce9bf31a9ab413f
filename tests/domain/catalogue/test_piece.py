"""One scanned piece: its price, its weight, its packaging."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pos.domain.catalogue.piece import NO_PIECE, Piece, check_grams, grams_for, price_of, short_serial
from pos.domain.catalogue.product import Attributes
from pos.domain.errors import BadField
from tests.builders import money

CHEESE = Attributes(net_g=Decimal(1000), gross_kg=Decimal("1.030"))


def test_a_piece_with_a_number_of_its_own_or_a_weight_is_one_for_itself() -> None:
    assert Piece(serial="A1").is_single
    assert Piece(grams=250).is_single
    assert not Piece(lot="L1").is_single
    assert not NO_PIECE.is_single
    assert not NO_PIECE.computed


def test_a_weighed_piece_costs_its_part_of_a_kilogram_rounded_half_up_once() -> None:
    assert price_of(250, money("12.50")) == money("3.13")  # 3.125
    assert price_of(1000, money("12.50")) == money("12.50")
    assert Piece(grams=500).unit_price(money("12.50")) == money("6.25")


def test_a_price_inside_the_code_counts_and_other_pieces_have_the_one_on_file() -> None:
    assert Piece(grams=500, price=money("6.20")).unit_price(money("12.50")) == money("6.20")
    assert NO_PIECE.unit_price(money("12.50")) == money("12.50")


def test_a_price_buys_its_weight_rounded_half_up() -> None:
    assert grams_for(money("6.25"), money("12.50")) == 500
    assert grams_for(money("0.01"), money("4.00")) == 3  # 2.5
    assert grams_for(money("0.01"), money("5.00")) == 2


def test_a_weighed_piece_has_its_own_weight_and_the_packaging_of_the_product() -> None:
    attributes = Piece(grams=400).attributes(CHEESE)

    assert (attributes.net_g, attributes.gross_kg) == (Decimal(400), Decimal("0.430"))
    assert NO_PIECE.attributes(CHEESE) is CHEESE


def test_where_the_packaging_is_not_known_it_weighs_nothing() -> None:
    for of_product in (
        Attributes(net_g=Decimal(1000)),
        Attributes(gross_kg=Decimal("1.030")),
        Attributes(net_g=Decimal(1000), gross_kg=Decimal("0.9")),
    ):
        assert Piece(grams=400).attributes(of_product).gross_kg == Decimal("0.4")


@pytest.mark.parametrize("grams", [1, 500_000])
def test_a_counters_scale_weighs_up_to_half_a_ton(grams: int) -> None:
    assert check_grams(grams) == grams
    assert Piece(lot="L1").weighing(grams) == Piece(lot="L1", grams=grams)


@pytest.mark.parametrize(("grams", "what"), [(0, "not_positive"), (-1, "not_positive"), (500_001, "too_large")])
def test_what_no_piece_weighs_is_refused(grams: int, what: str) -> None:
    with pytest.raises(BadField) as refused:
        NO_PIECE.weighing(grams)

    assert refused.value.facts() == {"field": "grams", "what": what, "value": str(grams)}


def test_of_a_long_serial_the_last_six_characters_are_reported() -> None:
    assert short_serial("12345678") == "12345678"
    assert short_serial("123456789") == "…456789"
