"""The pieces of a change: figures alone in one currency, with their signs in two."""

from __future__ import annotations

from fractions import Fraction

from pos.application.text.formatting import plain_text
from pos.domain.money import Money
from pos.domain.payment.tender import Change
from pos.ui.sales.payment.change_notes import piece_texts
from tests.horgos import CNY, EUR

_EUROS = Change(Money(6_500, EUR), Fraction(1, 8), Money(52_000, CNY), {5_000: 1, 500: 3})
_YUAN = Change(Money(1_020, CNY), Fraction(1), Money(1_020, CNY), {1_000: 1, 10: 2})


def test_notes_of_one_currency_need_no_symbol() -> None:
    assert piece_texts([_EUROS], "en") == ["50", "5"]


def test_ten_yuan_among_euros_are_distinguished_from_ten_euros() -> None:
    assert [plain_text(text) for text in piece_texts([_EUROS, _YUAN], "en")] == ["€ 50", "€ 5", "¥ 10", "¥ 0.1"]
