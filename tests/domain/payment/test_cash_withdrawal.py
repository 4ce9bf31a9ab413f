"""Cash that is to leave a drawer, and what the drawer should hold."""

from __future__ import annotations

from pos.domain.money import Money
from pos.domain.payment.cash_withdrawal import more_than_held
from tests.horgos import CNY, KZT


def test_sums_of_a_currency_are_held_against_its_notes() -> None:
    drawer = {"CNY": {10_000: 2, 5_000: 1}}
    assert more_than_held([Money(10_000, CNY), Money(15_000, CNY)], drawer) == ()
    assert more_than_held([Money(10_000, CNY), Money(15_001, CNY)], drawer) == (Money(25_001, CNY),)


def test_a_drawer_without_a_currency_holds_none_of_it() -> None:
    assert more_than_held([Money(100, KZT)], {"CNY": {100: 5}}) == (Money(100, KZT),)
    assert more_than_held([], {}) == ()
