"""The command line beside sales: options, rates, products, demo, and what goes wrong in the environment."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import main
from pos.application.settings.options import Options
from pos.application.shop.shop import Shop
from pos.application.text.formatting import plain_text
from pos.languages.catalogue import load_translators
from tests.cli.console import COGNAC, Console


def test_a_store_that_is_no_demo_never_becomes_one(empty_console: Console) -> None:
    assert empty_console("rates", "set", "CNY", "--buy", "72", "--sell", "73").code == 0
    (empty_console.folder / "goods.csv").write_text(
        "code,name_en,category,price\n4870204321111,Cognac,alcohol.spirit,1.00\n"
    )
    assert empty_console("catalogue", "import", str(empty_console.folder / "goods.csv")).code == 0
    answer = empty_console("product", "find", "x", options=["--demo"])
    assert (answer.code, answer.json["refused"]) == (3, "not_a_demo")


def test_an_empty_store_becomes_a_demo_with_any_command(empty_console: Console) -> None:
    assert empty_console("product", "show", COGNAC, options=["--demo"]).code == 0
    assert empty_console("product", "show", COGNAC).code == 0


def test_the_clock_is_set_in_demo_shops_only(console: Console, empty_console: Console) -> None:
    at = ["--at", "2026-01-05T10:00:00+08:00"]
    assert console("report", "day", options=at).json["date"] == "2026-01-05"
    assert empty_console("report", "day", options=at).code == 3


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("product",),
        ("product", "show"),
        ("product", "show", "\u202e123"),
        ("product", "find", "x", "--limit", "0"),
        ("product", "find", "x", "--limit", "many"),
        ("sale", "ring", "/nowhere/at/all.json"),
        ("report", "day", "--date", "yesterday"),
        ("report", "day", "--format", "docx"),
        ("rates", "set", "CNY", "--buy", "1e3", "--sell", "73"),
        ("rates", "set", "CNY", "--buy", "74", "--sell", "73"),
        ("rates", "set", "GBP", "--buy", "1", "--sell", "2"),
        ("rates", "set", "CNY", "--buy", "1", "--sell", "2", "--from", "2026-01-01"),
        ("receipt", "T1-000001", "--out", "x.pdf"),
        ("receipt", "../../etc/passwd", "--out", "x.pdf"),
    ],
)
def test_bad_words_end_with_two_and_one_line(console: Console, words: tuple[str, ...]) -> None:
    answer = console(*words)
    assert answer.code == 2
    assert len(answer.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "text", ["", "{", "[1,", '{"a":1,"a":2}', "NaN", "[" * 100_000, "\u0000", '"text"', "1e999", "null"]
)
def test_a_file_that_is_no_sale_is_bad_input(console: Console, text: str) -> None:
    for command in (("sale", "ring"), ("quota", "check")):
        answer = console(*command, "-", stdin=text)
        assert answer.code == 2
        assert len(answer.err.strip().splitlines()) == 1


def test_a_rate_is_superseded_from_its_instant(console: Console) -> None:
    answer = console("rates", "set", "USD", "--buy", "500", "--sell", "510", "--customs", "505")
    assert answer.json["rates"]["USD"]["buy"] == "500"
    assert console("rates", "set", "USD", "--buy", "1", "--sell", "2", "--from", "2036-01-01T00:00:00Z").code == 0
    assert console("rates", "show").json["rates"]["USD"]["sell"] == "510"


def test_a_customs_rate_that_is_not_named_stays_and_a_dash_takes_it_away(console: Console) -> None:
    def customs(*more: str) -> object:
        answer = console("rates", "set", "USD", "--buy", "500", "--sell", "510", *more)
        return answer.json["rates"]["USD"]["customs"]

    assert customs("--customs", "505.5") == "505.5"
    assert customs() == "505.5"
    assert customs("--customs", "-") is None
    assert customs() is None


def test_a_person_without_the_right_is_refused(console: Console) -> None:
    rates = ("rates", "set", "USD", "--buy", "500", "--sell", "510")
    answer = console(*rates, options=["--as", "manager"])
    assert answer.code == 0
    wrong = console(*rates, options=["--as", "amina"])
    assert (wrong.code, wrong.json["refused"]) == (3, "wrong_pin")


def test_sentences_come_in_the_language_asked_for(console: Console) -> None:
    said = {
        language: console("product", "show", "123456", options=["--language", language]).err
        for language in ("en", "zh", "ru", "kk")
    }
    assert len(set(said.values())) == 4
    assert all("123456" in sentence for sentence in said.values())


def test_a_damaged_store_is_named(console: Console) -> None:
    (console.folder / "shop.db").write_bytes(b"not a database at all" * 400)
    answer = console("verify")
    assert answer.code == 4
    assert "shop.db" in answer.err


def test_a_folder_that_cannot_be_made_is_named(console: Console, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    answer = console("verify", options=["--data", str(tmp_path / "file" / "shop")])
    assert answer.code == 4
    assert "shop" in answer.err


def test_a_bad_database_address_is_refused_without_being_shown(console: Console) -> None:
    answer = console("verify", options=["--database", "mysql://user:secret@host/shop"])
    assert answer.code == 2
    assert "secret" not in answer.err + answer.out


def test_other_keys_than_the_stores_are_refused_before_the_first_sale(console: Console) -> None:
    (console.folder / "keys.json").unlink()
    answer = console("verify")
    assert answer.code == 4
    assert "keys.json" in answer.err
    assert not (console.folder / "keys.json").exists()


def test_every_language_file_is_read(tmp_path: Path) -> None:
    assert not load_translators(main.RESOURCES / "translations").troubles
    assert json.dumps(sorted(load_translators(main.RESOURCES / "translations"))) == '["en", "kk", "ru", "zh"]'


def test_a_mistake_of_the_program_is_one_sentence_and_an_entry_in_the_log(console: Console) -> None:
    def broken(_: Options) -> Shop:
        raise ZeroDivisionError("nobody foresaw this")

    answer = replace(console, build=broken)("verify")
    assert answer.code == 4
    assert len(answer.err.strip().splitlines()) == 1
    assert "nobody foresaw this" in (console.folder / "border-pos.log").read_text(encoding="utf-8")


def test_rates_set_warns_of_what_looks_like_a_slip_and_records_it(console: Console) -> None:
    answer = console("rates", "set", "USD", "--buy", "50.1", "--sell", "50.5")

    assert answer.code == 0
    assert answer.json["rates"]["USD"]["buy"] == "50.1"
    assert "50.1 differs by -90 % from the last rate 501" in plain_text(answer.err)


def test_an_import_is_looked_at_before_it_is_recorded(console: Console, tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text("currency,buy,sell,unit\nUSD,50300,50700,100\nRUB,63.6,64.4,1\n", encoding="utf-8")

    looked_at = console("rates", "import", str(file), "--dry-run")
    refused = console("rates", "import", str(file))
    taken = console("rates", "import", str(file), "--anyway")
    history = console("rates", "history", "USD")

    assert [(x["currency"], x["before"]["buy"], x["now"]["buy"]) for x in looked_at.json["changes"]] == [
        ("USD", "501.00", "503"),
        ("RUB", "6.36", "63.6"),
    ]
    assert [doubt["doubt"] for doubt in looked_at.json["doubts"]] == ["rate_jump"]
    assert (refused.code, refused.json["refused"], taken.code) == (3, "rate_jump", 0)
    assert [(rate["buy"], rate["by"].split(":")[0]) for rate in history.json["rates"]] == [
        ("501.00", "manager"),
        ("503", "console"),
    ]


def test_the_rates_of_some_days_are_asked_for_by_days_of_the_shop_or_instants(console: Console) -> None:
    for figure, since in (
        ("500", "2036-01-01T04:00:00Z"),
        ("510", "2036-01-02T15:59:00Z"),
        ("520", "2036-01-02T16:00:00Z"),
    ):
        sell = str(int(figure) + 5)
        assert console("rates", "set", "USD", "--buy", figure, "--sell", sell, "--from", since).code == 0

    def buys(*days: str) -> list[str]:
        return [rate["buy"] for rate in console("rates", "history", "USD", *days).json["rates"]]

    assert buys("--from", "2036-01-02", "--to", "2036-01-02") == ["500", "510"], (
        "by the shop's clock the third is 520's"
    )
    assert buys("--from", "2036-01-03") == ["520"]
    assert buys("--from", "2036-01-01T04:00:00Z", "--to", "2036-01-01T04:00:01Z") == ["500"]
    for wrong in (("--from", "yesterday"), ("--from", "2036-01-02", "--to", "2036-01-01")):
        assert console("rates", "history", "USD", *wrong).code == 2


def test_ctrl_c_ends_a_command_in_one_sentence_and_nothing_is_half_done(console: Console) -> None:
    def cut_off(*_: object) -> Shop:
        raise KeyboardInterrupt

    stopped = replace(console, build=cut_off)("stock", "show", COGNAC)

    assert (stopped.code, stopped.out) == (130, "")
    assert "Interrupted" in stopped.err
    assert len(stopped.err.splitlines()) == 1
    assert console("verify").code == 0


def test_a_file_of_rules_that_cannot_be_used_is_refused_where_it_is_tried(console: Console) -> None:
    shipped = (main.RESOURCES / "regimes" / "cn-horgos.toml").read_text(encoding="utf-8")
    own = console.folder / "regimes" / "cn-horgos.toml"
    own.parent.mkdir()
    bag = {"name": "Bag", "category": "bag", "quantity": 1, "unit_price": "9000.00", "currency": "CNY"}
    scenario = {
        "regime": "cn-horgos", "at": "2026-11-20T12:00:00+08:00", "visitor": {}, "basket": [bag],
        "rates": {"base": "KZT", "per_unit": {"CNY": "72"}},
    }  # fmt: skip

    own.write_text(shipped.replace('limit = "8000"', 'limit = "10000"'), encoding="utf-8")
    by_the_file = console("quota", "check", "-", stdin=scenario)
    own.write_text(shipped.replace('limit = "8000"', "limit = 10000"), encoding="utf-8")
    spoilt = console("quota", "check", "-", stdin=scenario)

    assert by_the_file.json["verdict"] == "ok"
    assert (spoilt.code, spoilt.out) == (2, "")
    assert "cn-horgos: value limit" in spoilt.err
