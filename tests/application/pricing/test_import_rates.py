"""Rates from a file: all of them or none, whatever the source quotes them per."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pos.application.pricing.import_rates import ImportRates
from pos.application.settings.options import read_instant
from pos.domain.errors import BadField
from pos.domain.pricing.rate_doubts import RateJump
from pos.domain.staff.staff import NotAllowed
from pos.exports import gate_csv
from pos.exports.bank_rate_files import read_bank_rates
from tests.shops import DemoShop


def import_rates(shop: DemoShop, folder: Path, text: str, name: str = "manager", anyway: bool = False) -> list[str]:
    file = folder / "rates.csv"
    file.write_text(text, encoding="utf-8")
    step = ImportRates(shop.set_rate, gate_csv.reading, read_bank_rates)
    return [rate.currency.code for rate in step(file, shop.person(name), anyway=anyway).rates]


def test_each_rate_is_recorded_per_unit_whatever_the_source_quotes_it_per(shop: DemoShop, tmp_path: Path) -> None:
    text = "Currency;Buy;Sell;Customs;Unit\nRUB;635;655;640;100\nUSD;500;507;503.5;\n"
    assert import_rates(shop, tmp_path, text) == ["RUB", "USD"]
    rates = shop.show_rates().rates
    assert (rates["RUB"].buy, rates["RUB"].sell, rates["RUB"].customs) == (
        Decimal("6.35"),
        Decimal("6.55"),
        Decimal("6.40"),
    )
    assert rates["USD"].customs == Decimal("503.5")


@pytest.mark.parametrize(
    ("text", "field", "what"),
    [
        ("currency,buy\nUSD,500\n", "header.sell", "missing"),
        ("currency,buy,sell,buy\nUSD,500,507,1\n", "header", "column_twice"),
        ("currency,buy,sell\n", "FILE", "empty"),
        ("currency,buy,sell\nUSD,500,507\nGBP,1,2\n", "row 3, currency", None),
        ("currency,buy,sell\nUSD,five,507\n", "row 2, buy", "not_a_rate"),
        ("currency,buy,sell\nUSD,500,0\n", "row 2, sell", "not_a_rate"),
        ("currency,buy,sell\nUSD,510,507\n", "row 2, buy", "above_sell"),
        ("currency,buy,sell\nEUR,590,596,5\n", "row 2", "too_many_cells"),
        ("currency,buy,sell\nKZT,1,1\n", "row 2, currency", "is_the_base"),
        ("currency,buy,sell,unit\nUSD,500,507,7\n", "row 2, unit", "unknown"),
        ("currency,buy,sell,from\nUSD,500,507,tomorrow\n", "row 2, from", "not_an_instant"),
        ("currency,buy,sell,from\nUSD,500,507,2026-03-03T00:00:00\n", "row 2, from", "no_zone"),
    ],
)
def test_one_bad_row_leaves_every_rate_as_it_was(
    shop: DemoShop, tmp_path: Path, text: str, field: str, what: str | None
) -> None:
    before = shop.tables()
    with pytest.raises(Exception) as refused:  # a BadField or an UnknownCurrency, distinguished below
        import_rates(shop, tmp_path, text)
    facts = refused.value.facts()  # type: ignore[attr-defined] # a RuleBroken
    assert (facts["field"], facts.get("what", what)) == (field, what)
    assert shop.tables() == before


def test_decimals_behind_a_comma_are_read_and_what_may_be_thousands_is_refused(shop: DemoShop, tmp_path: Path) -> None:
    import_rates(shop, tmp_path, "currency;buy;sell;unit\nUSD;500,5;507,25;\nRUB;0,635;0,655;\n", anyway=True)
    rates = shop.show_rates().rates
    assert [(rates[code].buy, rates[code].sell) for code in ("USD", "RUB")] == [
        (Decimal("500.5"), Decimal("507.25")),
        (Decimal("0.635"), Decimal("0.655")),
    ]

    with pytest.raises(BadField) as refused:
        import_rates(shop, tmp_path, "currency;buy;sell\nUSD;1,234;1,240\n")
    assert (refused.value.field, refused.value.what, refused.value.value) == ("row 2, buy", "ambiguous", "1,234")


def test_a_rate_far_from_the_last_is_asked_about(shop: DemoShop, tmp_path: Path) -> None:
    text = "currency,buy,sell\nUSD,5000,5070\n"
    before = shop.tables()
    with pytest.raises(RateJump) as asked:
        import_rates(shop, tmp_path, text)
    assert (asked.value.currency, asked.value.now, asked.value.percent) == ("USD", Decimal(5070), 20)
    assert shop.tables() == before
    assert import_rates(shop, tmp_path, text, anyway=True) == ["USD"]


def test_a_cashier_imports_no_rates(shop: DemoShop, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        import_rates(shop, tmp_path, "currency,buy,sell\nUSD,500,507\n", "amina")


def test_a_file_that_is_not_there_is_named(shop: DemoShop, tmp_path: Path) -> None:
    with pytest.raises(BadField) as refused:
        ImportRates(shop.set_rate, gate_csv.reading, read_bank_rates)(tmp_path / "nowhere.csv", shop.person("manager"))
    assert refused.value.what == "not_found"


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59+00:00"])
def test_an_instant_that_is_in_no_year_elsewhere_is_bad_input(instant: str) -> None:
    with pytest.raises(BadField) as refused:
        read_instant(instant, "from")
    assert (refused.value.field, refused.value.what) == ("from", "not_an_instant")
