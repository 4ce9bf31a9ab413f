"""Each currency of a border that ships with the program is whole: its words, its pieces, its cash step."""

from __future__ import annotations

import pytest

from pos.application.catalogue.column_names import column_called
from pos.application.settings.setting_kinds import CashStep
from pos.application.settings.settings import Settings
from pos.domain.catalogue.product import LANGUAGES
from pos.domain.money import CURRENCIES, Currency
from pos.regimes.border_files import border_names
from tests.horgos import BORDERS, border_named

OF_BORDERS = [(name, one) for name in border_names((BORDERS,)) for one in border_named(name).currencies.values()]


def test_the_usual_cash_steps_are_those_of_the_border() -> None:
    assert Settings().cash().steps == {code: one.cash_step for code, one in CURRENCIES.items()}


@pytest.mark.parametrize(("border", "one"), OF_BORDERS, ids=str)
def test_the_cash_of_a_currency_can_be_made_of_its_pieces(border: str, one: Currency) -> None:
    pieces = one.denominations

    assert one.symbol, border
    assert all(one.names[language] for language in LANGUAGES)
    assert pieces == tuple(sorted(set(pieces), reverse=True))
    assert one.smallest_note in pieces
    assert CashStep(one)(str(CashStep(one).smallest)) == pieces[-1]
    assert one.cash_step % pieces[-1] == 0


def test_a_price_in_som_is_no_price_in_roubles() -> None:
    assert column_called("Цена, руб", "RUB") == "price"
    assert column_called("Цена, сом", "RUB") is None
