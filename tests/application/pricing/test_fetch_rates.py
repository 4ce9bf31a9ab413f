"""Rates of a central bank from the web, of a real server on this computer. The files are samples."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from pos.application.pricing.fetch_rates import FetchRates
from pos.application.pricing.import_rates import ImportRates
from pos.devices.web_file import fetch_file
from pos.domain.errors import BadField, InfrastructureError
from pos.domain.pricing.official_rates import BankLacksCurrency, RatesOlder
from pos.domain.pricing.rate_doubts import RateJump
from pos.domain.pricing.rate_feed import NoRateFeed
from pos.domain.staff.staff import NotAllowed
from pos.exports import gate_csv
from pos.exports.bank_rate_files import bank_rates_in, read_bank_rates
from tests import bank_rates as samples
from tests.devices.web_server import gives, serving
from tests.shops import DemoShop

JUMPED = samples.nbk_feed({**samples.NBK, "RUB": "7.70"})


@dataclass
class Desk:
    """The manager at a shop, and what a server has for it."""

    shop: DemoShop
    asked: list[str] = field(default_factory=list)

    @property
    def step(self) -> FetchRates:
        def fetch(address: str) -> bytes:
            self.asked.append(address)
            return fetch_file(address)

        return FetchRates(ImportRates(self.shop.set_rate, gate_csv.reading, read_bank_rates), fetch, bank_rates_in)

    def take(self, raw: bytes, use: str = "", *, anyway: bool = False) -> list[str]:
        """The currencies that were recorded."""
        with serving({"/rates_all.xml": gives(raw)}) as address:
            taken = self.step(self.shop.person("manager"), f"{address}/rates_all.xml", use, anyway=anyway)
        return [rate.currency.code for rate in taken.rates]

    def entries(self) -> list[dict[str, Any]]:
        rows = self.shop.rows("SELECT details FROM journal WHERE act = 'set_rate' ORDER BY id")
        return [json.loads(row[0]) for row in rows]


@pytest.fixture
def desk(shop: DemoShop) -> Desk:
    return Desk(shop)


def test_the_rates_of_a_server_are_recorded_and_the_journal_names_it(desk: Desk) -> None:
    assert desk.take(samples.nbk_feed()) == ["CNY", "USD", "EUR", "RUB"]
    entry = desk.entries()[-1]
    assert (entry["host"], entry["file"], entry["bank"]) == ("127.0.0.1", "rates_all.xml", "nbk")
    assert list(desk.shop.verify()) == []


def test_rates_that_are_no_news_are_not_recorded_again_until_a_later_day_confirms_them(desk: Desk) -> None:
    desk.take(samples.nbk_feed())
    before = desk.shop.tables()
    desk.shop.now.move(hours=1)
    assert desk.take(samples.nbk_feed()) == []
    assert desk.shop.tables() == before
    assert desk.take(samples.nbk_feed({**samples.NBK, "USD": "505"})) == ["USD"], "the others are as they were"
    desk.shop.now.move(days=1)
    assert desk.take(samples.nbk_feed({**samples.NBK, "USD": "505"})) == []
    confirmed = samples.nbk_feed({**samples.NBK, "USD": "505"}, "03.03.2026")
    assert desk.take(confirmed) == ["CNY", "USD", "EUR", "RUB"]


@pytest.mark.parametrize(("raw", "doubt"), [(JUMPED, RateJump), (samples.nbk_feed(day="27.02.2026"), RatesOlder)])
def test_what_a_person_would_be_asked_about_is_refused_without_their_answer(
    desk: Desk, raw: bytes, doubt: type[Exception]
) -> None:
    before = desk.shop.tables()
    with pytest.raises(doubt):
        desk.take(raw)
    assert desk.shop.tables() == before
    assert desk.take(raw, anyway=True)


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"<!DOCTYPE html>\n<html><body>Sign in to the network</body></html>", "feed_web_page"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "feed_web_page"),
        (b'{"error": "moved"}', "feed_no_rates"),
        (b"", "feed_no_rates"),
    ],
)
def test_what_is_no_file_of_a_bank_is_trouble_with_its_server(desk: Desk, raw: bytes, what: str) -> None:
    with pytest.raises(InfrastructureError) as trouble:
        desk.take(raw)
    assert (trouble.value.what, trouble.value.where) == (what, "127.0.0.1")


def test_the_file_of_a_bank_that_lacks_the_shops_currency_or_has_a_fault_is_refused_as_an_import(desk: Desk) -> None:
    before = desk.shop.tables()
    with pytest.raises(BankLacksCurrency):
        desk.take(samples.ecb())
    with pytest.raises(BadField, match="not_whole"):
        desk.take(samples.nbk_feed()[:-20])
    assert desk.shop.tables() == before


def test_the_address_of_the_settings_is_asked_where_none_is_given(desk: Desk) -> None:
    with serving({"/daily": gives(samples.cbr())}) as address:
        desk.shop.set("rate_feed", f"{address}/daily")
        plan = desk.step.plan(desk.shop.person("manager"))
    assert plan.source is not None
    assert (plan.source.bank, plan.source.host, plan.source.file) == ("cbr", "127.0.0.1", "daily")


def test_no_connection_is_opened_for_who_may_not_set_rates_or_to_what_is_not_secure(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        desk.step(desk.shop.person("amina"), "https://bank.example/")
    with pytest.raises(BadField, match="not_a_feed"):
        desk.step(desk.shop.person("manager"), "http://bank.example/")
    desk.shop.set("rate_feed", "")
    with pytest.raises(NoRateFeed):
        desk.step(desk.shop.person("manager"))
    assert desk.asked == []


def test_a_border_proposes_the_address_of_its_bank_where_one_publishes_rates(desk: Desk, at_border: Any) -> None:
    assert desk.shop.settings().rate_feed == "https://nationalbank.kz/rss/rates_all.xml"
    assert at_border("polish-land").feed == "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"
    assert at_border("mohan-boten").feed == ""
