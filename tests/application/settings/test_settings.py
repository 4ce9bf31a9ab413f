"""Every option: its default, what it takes, and that it is read back as it was set."""

from __future__ import annotations

from dataclasses import fields

import pytest

from pos.application.settings.settings import Settings, UnknownSetting
from pos.domain.errors import BadField
from pos.domain.money import CNY, KZT, RUB
from tests.application.settings.test_shop_logo import LOGO
from tests.builders import money
from tests.shops import DemoShop


@pytest.mark.parametrize("name", Settings.names())
def test_an_option_written_as_text_is_read_back(name: str) -> None:
    settings = Settings()

    assert settings.with_text(name, settings.text(name)) == settings
    assert Settings.sentence(name).endswith(".")


SETS = {
    "shop_name": "Шёлковые ворота", "address_1": "3 区 14 号", "address_2": "a", "time_zone": "Asia/Almaty",
    "base_currency": "CNY", "price_currency": "KZT", "receipt_languages": "kk", "regime_cn": "cn-hainan",
    "regime_kz": "eu-land", "sell_without_visitor": "yes", "refuse_unknown": "yes", "step_cny": "1.00",
    "step_kzt": "1.00", "step_usd": "1.00", "step_eur": "0.10", "step_rub": "10.00", "coins_of_foreign": "yes",
    "buyers_favour": "yes", "qr_reference": "yes", "card_reference": "yes",
    "export_folder": "/media/office", "export_forms": "pdf,csv",
    "stale_rate_hours": "24", "lock_minutes": "5", "scanner_gap_ms": "80",
    "scanner_shortest": "4", "printer": "system:XP-80", "z_paper": "a4", "slips": "always",
    "backup_folder": "/mnt/stick", "backup_days": "30", "backup_weeks": "0", "backup_months": "24",
    "one_time_pin_hours": "24", "rate_jump_percent": "30", "fiscal_device": "yes",
    "hold_minutes": "20", "park_minutes": "60", "blind_return_limit": "100", "adjustment_limit": "700",
    "receive_to": "store", "sell_below_zero": "food,drink", "block_expired": "medicine", "expiry_warning_days": "60",
    "marked_categories": "tobacco.cigarette", "weight_codes": "21IIIIIVVVVVC", "price_codes": "23IIIIVVVVVVC",
    "label_printer": "system:ZD-230", "cover_days": "21", "sales_history_days": "56", "label_languages": "kk,ru",
    "label_lots": "yes", "visitor_margin_days": "60", "logo": LOGO,
    "customer_display": "window", "till_displays": "T2=off",
    "till_printers": "T2=folder,T3=system:Bar counter",
    "till_scanners": "T1=/dev/ttyACM0;115200,T2=COM3",
    "till_scales": "T1=toledo:/dev/ttyUSB0;9600;7E1,T2=ascii:COM4",
}  # fmt: skip


def test_every_option_can_be_set_kept_and_read_again(shop: DemoShop) -> None:
    assert set(SETS) == {field.name for field in fields(Settings)}
    for name, text in SETS.items():
        shop.set(name, text)

    settings = shop.settings()

    assert {name: settings.text(name) for name in SETS} == SETS
    assert (settings.base, settings.price) == (CNY, KZT)
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
