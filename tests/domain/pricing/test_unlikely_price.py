"""A price that is ten times the one before, or a tenth of it, looks like a slip of the keyboard."""

from __future__ import annotations

import pytest

from pos.domain.money import Money
from pos.domain.pricing.unlikely_price import is_unlikely_price
from tests.horgos import CNY, KZT


@pytest.mark.parametrize(
    ("before", "after", "is_slip"),
    [(45000, 450000, True), (45000, 449999, False), (45000, 4500, True), (45000, 4501, False), (45000, 45000, False)],
)
def test_ten_times_or_a_tenth_is_a_slip(before: int, after: int, is_slip: bool) -> None:
    assert is_unlikely_price(Money(before, CNY), Money(after, CNY)) is is_slip


def test_prices_in_two_currencies_are_not_compared() -> None:
    assert not is_unlikely_price(Money(45000, CNY), Money(33_000_00, KZT))
