"""Every option: its default, what it takes, and that it is read back as it was set."""

from __future__ import annotations

import pytest

from pos.application.settings.option import UnknownSetting
from pos.application.settings.settings import Settings
from pos.domain.errors import BadField
from tests.application.settings.examples import EXAMPLES
from tests.builders import money
from tests.horgos import CNY, KZT, RUB
from tests.shops import DemoShop


@pytest.mark.parametrize("name", Settings.names())
def test_an_option_written_as_text_is_read_back(name: str) -> None:
    settings = Settings()

    assert settings.with_text(name, settings.text(name)) == settings
    assert Settings.sentence(name).endswith(".")


def test_every_option_can_be_set_kept_and_read_again(shop: DemoShop) -> None:
    usual = shop.settings()
    assert [name for name, text in EXAMPLES.items() if usual.text(name) == text] == []
    for name, text in EXAMPLES.items():
        shop.set(name, text)

    settings = shop.settings()

    assert {name: settings.text(name) for name in Settings.names()} == EXAMPLES
    assert (settings.base, settings.price) == (CNY, KZT)


def test_what_is_set_is_what_the_shop_goes_by(shop: DemoShop) -> None:
    for name, text in {
        "step_kzt": "1.00", "step_rub": "10.00", "buyers_favour": "yes", "coins_of_foreign": "yes",
        "regime_cn": "cn-hainan", "regime_kz": "eu-land",
    }.items():  # fmt: skip
        shop.set(name, text)

    settings = shop.settings()
    cash = settings.cash()

    assert (cash.step(KZT), cash.step(RUB), cash.buyers_favour) == (money("1", KZT), money("10", RUB), True)
    assert "USD" in cash.coins
    assert (settings.regime_for("CN"), settings.regime_for("KZ")) == ("cn-hainan", "eu-land")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("time_zone", "Mars/Olympus"), ("time_zone", ""), ("time_zone", "/etc/passwd"), ("time_zone", "Asia\x00"),
        ("base_currency", "GBP"), ("price_currency", "cny"), ("receipt_languages", "fr"), ("receipt_languages", ""),
        ("receipt_languages", "zh,zh"), ("receipt_languages", "zh,ru,en"), ("sell_without_visitor", "perhaps"),
        ("step_cny", "0.05"), ("step_cny", "2"), ("step_kzt", "1000"), ("step_eur", "0.01"),
        ("step_cny", "0"), ("step_cny", "-1"), ("step_cny", "0.001"), ("step_kzt", "1e3"), ("step_kzt", "٣"),
        ("stale_rate_hours", "0"), ("stale_rate_hours", "8761"), ("lock_minutes", "1.5"), ("scanner_gap_ms", "４０"),
        ("z_paper", "a5"), ("export_folder", "office"), ("export_folder", "../x"), ("export_folder", "/a\nb"),
        ("export_forms", ""), ("export_forms", "docx"), ("export_forms", "xlsx;pdf"),
        ("shop_name", "x" * 61), ("shop_name", "a\nb"), ("shop_name", "a\u202eb"), ("printer", "\x1bp"),
    ],
)  # fmt: skip
def test_what_an_option_cannot_be_is_refused_by_its_name(name: str, text: str) -> None:
    with pytest.raises(BadField) as refused:
        Settings().with_text(name, text)

    assert (refused.value.field, refused.value.what) == (name, "not_a_setting")


def test_an_option_that_is_none_is_named() -> None:
    for ask in (lambda: Settings().with_text("colour", "red"), lambda: Settings().text("colour")):
        with pytest.raises(UnknownSetting) as refused:
            ask()
        assert refused.value.name == "colour"


def test_what_another_version_has_written_is_passed_over() -> None:
    assert Settings.read({"colour": "red", "_demo": "yes", "lock_minutes": "3"}).lock_minutes == 3


def test_a_stored_value_that_this_version_does_not_take_is_passed_over(shop: DemoShop) -> None:
    shop.set("step_eur", "0.01")
    shop.set("step_kzt", "1")

    assert (shop.settings().text("step_eur"), shop.settings().text("step_kzt")) == ("0.05", "1.00")
