"""Each currency of the counter is declared once, and everything that depends on it follows."""

from __future__ import annotations

import pytest

from pos.application.catalogue.column_names import CURRENCY_HEADERS, column_called
from pos.application.settings.setting_kinds import CashStep
from pos.application.settings.settings import Settings
from pos.application.text.names import CURRENCY_WORDS
from pos.domain.money import CURRENCIES, Currency
from pos.ui.reports.payment_card import SHADES


def test_no_currency_lacks_its_words_its_column_headers_its_cash_step_or_its_colour() -> None:
    assert list(CURRENCY_WORDS) == list(CURRENCY_HEADERS) == list(CURRENCIES)
    assert len(SHADES) == len(CURRENCIES)
    assert all(Settings().cash().steps[code] == one.cash_step for code, one in CURRENCIES.items())


@pytest.mark.parametrize("one", CURRENCIES.values(), ids=str)
def test_the_cash_of_a_currency_can_be_made_of_its_pieces(one: Currency) -> None:
    pieces = one.denominations

    assert one.symbol
    assert pieces == tuple(sorted(set(pieces), reverse=True))
    assert one.smallest_note in pieces
    assert CashStep(one.code)(str(CashStep(one.code).smallest)) == pieces[-1]
    assert one.cash_step % pieces[-1] == 0


def test_a_price_in_som_is_no_price_in_roubles() -> None:
    assert column_called("Цена, руб", "RUB") == "price"
    assert column_called("Цена, сом", "RUB") is None
