"""The tax that a price includes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.vat import by_rate, check_vat, vat_in
from tests.builders import money
from tests.horgos import CNY


def test_the_tax_is_in_the_price() -> None:
    assert vat_in(money("112.00"), Decimal(12)) == money("12.00")
    assert vat_in(money("12.50"), Decimal(12)) == money("1.34")
    assert vat_in(money("12.50"), Decimal(0)) == money("0.00")
    assert vat_in(money("12.50"), None) == money("0.00")


def test_each_rate_has_its_own_sum_and_what_is_tax_free_has_none() -> None:
    taxed = [
        (Decimal(16), money("1.00")),
        (None, money("0.00")),
        (Decimal(12), money("2.00")),
        (Decimal(16), money("3.00")),
    ]

    assert by_rate(taxed) == ((Decimal(12), money("2.00")), (Decimal(16), money("4.00")))
    assert by_rate([(None, Money.zero(CNY))]) == ()


def test_a_rate_is_kept_in_its_shortest_form() -> None:
    assert [format(check_vat(Decimal(text)), "f") for text in ("12.00", "20", "12.5", "0")] == ["12", "20", "12.5", "0"]


@pytest.mark.parametrize("text", ["-1", "50.01", "NaN", "Infinity"])
def test_what_is_no_rate_of_a_tax_is_refused(text: str) -> None:
    with pytest.raises(BadField):
        check_vat(Decimal(text))


def test_the_highest_rate_is_half_of_the_price() -> None:
    assert [check_vat(Decimal(rate)) for rate in (0, 50)] == [0, 50]

    with pytest.raises(BadField) as refused:
        check_vat(Decimal("-0.1"), "tax")
    assert refused.value.facts() == {"field": "tax", "what": "out_of_range", "value": "-0.1"}
