"""Rates from the file of a central bank: for customs, or as the middle of the shop's own. The files are samples."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from pos.application.pricing.import_rates import ImportedRates, ImportRates
from pos.application.pricing.set_rates import RatePlan
from pos.domain.errors import BadField
from pos.domain.pricing.official_rates import BankLacksCurrency, NoRatesYet, RatesOlder
from pos.domain.pricing.rate_doubts import RateJump
from pos.domain.pricing.rates import Rate, to_rate
from pos.domain.staff.staff import NotAllowed
from pos.exports import gate_csv
from pos.exports.bank_rate_files import read_bank_rates
from tests import bank_rates as samples
from tests.shops import DemoShop

ALL_OF_THE_DEMO = ["CNY", "USD", "EUR", "RUB"]


class Desk:
    """The manager with a file in hand."""

    def __init__(self, shop: DemoShop, folder: Path) -> None:
        self.shop, self.file = shop, folder / "from the bank.xml"

    @property
    def step(self) -> ImportRates:
        return ImportRates(self.shop.set_rate, gate_csv.reading, read_bank_rates)

    def take(self, raw: bytes, use: str = "", *, anyway: bool = False, name: str = "manager") -> ImportedRates:
        self.file.write_bytes(raw)
        return self.step(self.file, self.shop.person(name), use, anyway=anyway)

    def look(self, raw: bytes, use: str = "") -> RatePlan:
        self.file.write_bytes(raw)
        return self.step.plan(self.file, self.shop.person("manager"), use)

    def rates(self) -> dict[str, Rate]:
        return dict(self.shop.show_rates().rates)

    def figures(self) -> dict[str, tuple[Decimal, Decimal, Decimal | None]]:
        return {code: (one.buy, one.sell, one.customs) for code, one in self.rates().items()}

    def entries(self) -> list[dict[str, Any]]:
        rows = self.shop.rows("SELECT details FROM journal WHERE act = 'set_rate' ORDER BY id")
        return [json.loads(row[0]) for row in rows]


@pytest.fixture
def desk(shop: DemoShop, tmp_path: Path) -> Desk:
    return Desk(shop, tmp_path)


@pytest.mark.parametrize("raw", [samples.nbk_feed(), samples.nbk_day()])
def test_a_banks_file_sets_the_customs_rates_and_leaves_what_the_shop_takes_and_gives(desk: Desk, raw: bytes) -> None:
    before = desk.figures()
    imported = desk.take(raw)

    assert [rate.currency.code for rate in imported.rates] == ALL_OF_THE_DEMO
    assert desk.figures() == {code: (buy, sell, Decimal(samples.NBK[code])) for code, (buy, sell, _) in before.items()}
    assert list(desk.shop.verify()) == []


def test_rates_against_another_currency_are_quotients_rounded_once(desk: Desk) -> None:
    desk.take(samples.cbr())
    dollar, tenge = Fraction("78.2"), Fraction("0.155")

    assert desk.rates()["USD"].customs == to_rate(dollar / tenge) == Decimal("504.516129032")
    assert desk.rates()["RUB"].customs == to_rate(1 / tenge)


def test_as_the_shops_own_a_rate_is_the_middle_of_the_spread_and_the_customs_rate_stays(desk: Desk) -> None:
    desk.shop.set("bank_spread_percent", "0.8")
    customs = {code: rate.customs for code, rate in desk.rates().items()}
    desk.take(samples.nbk_feed(), "shop")
    dollar = desk.rates()["USD"]

    assert (dollar.buy, dollar.sell) == (Decimal("502.0836"), Decimal("506.1164"))
    assert (dollar.mean, dollar.spread) == (Fraction("504.10"), Fraction("0.8"))
    assert {code: rate.customs for code, rate in desk.rates().items()} == customs


def test_without_a_spread_the_shop_takes_and_gives_at_the_banks_rate(desk: Desk) -> None:
    desk.take(samples.nbk_feed(), "shop")
    assert desk.figures()["USD"][:2] == (Decimal("504.1"), Decimal("504.1"))


def test_the_same_file_twice_serves_customs_and_the_shop(desk: Desk) -> None:
    desk.take(samples.nbk_feed(), "customs")
    desk.take(samples.nbk_feed(), "shop")
    assert desk.figures()["EUR"] == (Decimal("591.2"), Decimal("591.2"), Decimal("591.2"))


def test_currencies_that_the_file_lacks_are_named_and_keep_their_rate(desk: Desk) -> None:
    before = desk.figures()
    imported = desk.take(samples.nbk_feed({"CNY": "72.55", "USD": "504.10", "GBP": "680.00"}))

    assert imported.source is not None
    assert imported.source.lacking == ("EUR", "RUB")
    assert {code: desk.figures()[code] for code in ("EUR", "RUB")} == {code: before[code] for code in ("EUR", "RUB")}
    assert "GBP" not in desk.rates()


def test_a_file_in_which_the_shops_currency_is_not_is_refused_in_one_sentence(desk: Desk) -> None:
    before = desk.shop.tables()
    with pytest.raises(BankLacksCurrency) as refused:
        desk.take(samples.ecb())
    assert (refused.value.bank, refused.value.currency) == ("ecb", "KZT")
    with pytest.raises(BankLacksCurrency) as refused:  # the yuan of the prices
        desk.take(samples.nbk_feed({"USD": "504.10"}))
    assert refused.value.currency == "CNY"
    assert desk.shop.tables() == before


def test_a_file_without_any_currency_of_the_shop_is_refused(desk: Desk) -> None:
    desk.shop.set("price_currency", "KZT")
    with pytest.raises(BadField) as refused:
        desk.take(samples.nbk_feed({"GBP": "680.00"}))
    assert (refused.value.field, refused.value.what) == ("FILE", "no_rate_of_the_shop")


def test_every_rate_of_the_day_is_in_the_journal_with_bank_day_file_and_its_hash(desk: Desk) -> None:
    imported = desk.take(samples.cbr())
    entries = desk.entries()[-4:]

    assert [entry["currency"] for entry in entries] == ALL_OF_THE_DEMO
    assert imported.source is not None
    assert {entry["sha256"] for entry in entries} == {imported.source.sha256}
    assert entries[1] | {"since": "", "sha256": ""} == {
        "currency": "USD", "buy": "501.00", "sell": "505.00", "customs": "504.516129032", "official": "504.516129032",
        "how": "customs", "bank": "cbr", "day": "2026-03-02", "file": "from the bank.xml", "since": "", "sha256": "",
    }  # fmt: skip


def test_rates_of_tomorrow_hold_from_its_morning_by_the_shops_clock(desk: Desk) -> None:
    imported = desk.take(samples.nbk_feed(day="03.03.2026"), "shop")

    assert {rate.since for rate in imported.rates} == {datetime(2026, 3, 2, 16, tzinfo=UTC)}  # midnight in Shanghai
    assert desk.rates()["USD"].buy == Decimal("501.00")
    desk.shop.now.move(hours=12)
    assert desk.rates()["USD"].buy == Decimal("504.1")


def test_a_file_of_more_than_seven_days_ahead_is_refused(desk: Desk) -> None:
    assert desk.look(samples.nbk_feed(day="09.03.2026")).doubts == ()
    with pytest.raises(BadField) as refused:
        desk.look(samples.nbk_feed(day="10.03.2026"))
    assert (refused.value.field, refused.value.what, refused.value.value) == ("FILE", "too_far_ahead", "2026-03-10")


def test_a_file_older_than_the_rates_in_force_is_asked_about(desk: Desk) -> None:
    before = desk.shop.tables()
    with pytest.raises(RatesOlder) as asked:
        desk.take(samples.nbk_feed(day="27.02.2026"))
    assert (asked.value.bank, asked.value.day) == ("nbk", date(2026, 2, 27))
    assert desk.shop.tables() == before
    assert len(desk.take(samples.nbk_feed(day="27.02.2026"), anyway=True).rates) == 4


def test_the_same_file_on_the_next_days_changes_nothing_and_asks_nothing(desk: Desk) -> None:
    desk.take(samples.nbk_feed())
    for _ in range(2):
        desk.shop.now.move(days=1)
        assert len(desk.take(samples.nbk_feed()).rates) == 4


def test_a_jump_of_more_than_twenty_percent_is_asked_about(desk: Desk) -> None:
    raw = samples.nbk_feed({**samples.NBK, "RUB": "7.70"})  # 6.40 at the customs
    before = desk.shop.tables()
    for use in ("customs", "shop"):
        with pytest.raises(RateJump) as asked:
            desk.take(raw, use)
        assert (asked.value.currency, asked.value.now, asked.value.percent) == ("RUB", Decimal("7.7"), 20)
    assert desk.shop.tables() == before
    assert len(desk.take(raw, anyway=True).rates) == 4


def test_one_currency_with_a_fault_leaves_every_rate_as_it_was(desk: Desk) -> None:
    before = desk.shop.tables()
    for value in ("0", "-504", ""):
        with pytest.raises(BadField) as refused:
            desk.take(samples.nbk_feed({**samples.NBK, "USD": value}))
        assert (refused.value.field, refused.value.what) == ("USD", "not_a_rate")
    assert desk.shop.tables() == before


def test_a_cashier_takes_no_file_of_a_bank(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        desk.take(samples.nbk_feed(), name="amina")


def test_a_currency_that_the_shop_does_not_use_gets_no_rate(desk: Desk) -> None:
    with desk.shop.raw(writing=True) as connection:
        for (guard,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'rate'"
        ):
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute("DELETE FROM rate WHERE currency = 'RUB'")
    imported = desk.take(samples.nbk_feed(), "shop")
    assert [rate.currency.code for rate in imported.rates] == ["CNY", "USD", "EUR"]
    assert imported.source is not None
    assert imported.source.lacking == ()


def test_a_shop_without_any_rates_takes_its_first_ones_to_buy_and_sell_at(desk: Desk) -> None:
    desk.shop.now.move(days=-1)  # before the first rate
    with pytest.raises(NoRatesYet):
        desk.take(samples.nbk_feed(), "customs")
    assert desk.look(samples.nbk_feed()).rates[0].before is None
    desk.take(samples.nbk_feed())
    desk.shop.now.move(hours=13)
    assert desk.figures()["USD"] == (Decimal("504.1"), Decimal("504.1"), None)


def test_a_use_is_for_the_files_of_banks_and_one_of_two(desk: Desk) -> None:
    for raw, use, what in (
        (b"currency,buy,sell\nUSD,500,505\n", "shop", "only_for_banks"),
        (b"", "tax", "not_a_choice"),
    ):
        with pytest.raises(BadField) as refused:
            desk.take(raw, use)
        assert (refused.value.field, refused.value.what) == ("as", what)
    assert len(desk.take(b"currency,buy,sell\nUSD,500,505\n").rates) == 1
