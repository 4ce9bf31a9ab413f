"""`settings show|set` at the console."""

from __future__ import annotations

from pos.application.settings.settings import Settings
from tests.cli.console import Console


def test_options_are_shown_and_set_and_what_cannot_be_is_one_sentence(console: Console) -> None:
    shown = console("settings", "show")
    assert shown.code == 0, shown.err
    assert {one["name"] for one in shown.json} == set(Settings.names())
    assert all(one["title"] and one["does"] and one["group"] for one in shown.json)

    assert console("settings", "set", "park_minutes", "60").json == {
        "name": "park_minutes", "before": "120", "value": "60",
    }  # fmt: skip
    one = console("settings", "show", "park_minutes").json
    assert (one["value"], one["default"], one["takes"]) == ("60", "120", "A whole number from 1 to 1,440.")

    bad = console("settings", "set", "park_minutes", "long")
    assert (bad.code, bad.out) == (2, "")
    assert bad.err.count("\n") == 1
    assert bad.err.strip().endswith("this setting cannot be “long”. A whole number from 1 to 1,440.")
    secret = console("settings", "set", "rate_feed", "http://bank.example/rates?token=4711")
    assert secret.code == 2
    assert "4711" not in secret.err
    assert "https://" in secret.err
    assert console("settings", "set", "colour", "red").code == 2
    fixed = console("settings", "set", "price_currency", "KZT")
    assert (fixed.code, fixed.json["refused"]) == (3, "setting_fixed")


def test_a_cashier_reads_no_option(console: Console) -> None:
    console.patch.setenv("BORDER_POS_PIN", "246810")

    for words in (("show",), ("set", "lock_minutes", "600")):
        refused = console("settings", *words, options=("--as", "amina"))
        assert (refused.code, refused.json["refused"]) == (3, "not_allowed")


def test_a_cashier_who_may_change_settings_sets_no_right_by_a_command(console: Console) -> None:
    granted = console("settings", "set", "cashier_permissions", "sell,settings")
    assert granted.json == {
        "name": "cashier_permissions",
        "before": "sell,discount,return,open_shift,close_shift,move_cash,pickup",
        "value": "sell,settings",
    }
    console.patch.setenv("BORDER_POS_PIN", "246810")

    as_amina = ("--as", "amina")
    assert console("settings", "set", "lock_minutes", "20", options=as_amina).code == 0
    for name, value in (("cashier_permissions", "sell,settings,price"), ("cashier_discount_percent", "100")):
        refused = console("settings", "set", name, value, options=as_amina)
        assert (refused.code, refused.json["refused"], refused.json["act"]) == (3, "not_allowed", "staff")


def test_a_right_that_there_is_not_is_refused_with_those_that_there_are(console: Console) -> None:
    for value in ("sell,staff", "levitate"):
        refused = console("settings", "set", "clerk_permissions", value)
        assert refused.code == 2
    taken = console("settings", "show", "clerk_permissions").json
    assert taken["takes"].startswith("Any of sell, discount, over_quota")
    assert "staff" not in taken["takes"].replace(",", "").split()
    assert taken["value"] == "catalogue,stock,pickup"
