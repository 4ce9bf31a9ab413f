"""The command for rates of a central bank. The files are samples."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pos.application.text.formatting import plain_text
from tests import bank_rates as samples
from tests.cli.console import Console
from tests.devices.web_server import gives, serving


def test_a_file_of_a_central_bank_is_looked_at_then_recorded_with_its_source(console: Console, tmp_path: Path) -> None:
    today = datetime.now(ZoneInfo("Asia/Shanghai")).strftime("%d.%m.%Y")
    file = tmp_path / "rates_all.cfm"
    file.write_bytes(samples.nbk_feed({"CNY": "72.55", "USD": "504.10", "RUB": "7.70", "GBP": "680"}, today))

    looked_at = console("rates", "import", str(file), "--dry-run")
    refused = console("rates", "import", str(file))
    taken = console("rates", "import", str(file), "--anyway")
    console("settings", "set", "bank_spread_percent", "0.8")
    own = console("rates", "import", str(file), "--as", "shop", "--anyway")

    assert [doubt["doubt"] for doubt in looked_at.json["doubts"]] == ["rate_jump", "rates_apart"]
    assert [
        (one["currency"], one["before"]["customs"], one["now"]["customs"]) for one in looked_at.json["changes"]
    ] == [
        ("CNY", "72.80", "72.55"),
        ("USD", "503.00", "504.1"),
        ("RUB", "6.40", "7.7"),
    ]
    assert {name: looked_at.json["source"][name] for name in ("bank", "as", "file")} == {
        "bank": "nbk",
        "as": "customs",
        "file": "rates_all.cfm",
    }
    assert looked_at.json["kept"] == ["EUR"]
    assert (refused.code, refused.json["refused"], taken.code, taken.json["set"]) == (
        3,
        "rate_jump",
        0,
        ["CNY", "USD", "RUB"],
    )
    assert taken.json["rates"]["USD"]["buy"] == "501.00"
    assert (own.json["rates"]["USD"]["buy"], own.json["rates"]["USD"]["sell"]) == ("502.0836", "506.1164")
    assert "National Bank of Kazakhstan" in console("journal", "show", "--kind", "rate", "--limit", "1").json[0]["text"]


@pytest.mark.parametrize(
    ("raw", "words", "code", "said"),
    [
        (samples.ecb(), (), 3, "European Central Bank: the file has no rate for KZT"),
        (samples.cbr({}), (), 2, "File: “2026-03-02” is not valid: it has no rates for this day."),
        (samples.cbr()[:-9], (), 2, "it is incomplete or damaged"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><rates>&b;</rates>", (), 2, "it contains a document type"),
        (samples.cbr({"USD": ("20000", "78")}), (), 2, "USD: “20000” is not valid: a rate is for 1 to 10,000 units."),
        (samples.cbr({"USD": ("1", "-78")}), (), 2, "USD: “-78” is not an exchange rate."),
        (b"currency,buy,sell\nUSD,500,505\n", ("--as", "shop"), 2, "only the file of a central bank can be used so"),
    ],
)
def test_a_banks_file_that_cannot_be_used_is_refused_in_one_sentence(
    console: Console, tmp_path: Path, raw: bytes, words: tuple[str, ...], code: int, said: str
) -> None:
    file = tmp_path / "bank.xml"
    file.write_bytes(raw)
    answer = console("rates", "import", str(file), *words)
    assert answer.code == code
    assert said in plain_text(answer.err)
    assert answer.err.count("\n") == 1


def test_rates_are_fetched_where_the_command_says_and_only_what_is_news_is_recorded(console: Console) -> None:
    today = datetime.now(ZoneInfo("Asia/Shanghai")).strftime("%d.%m.%Y")
    raw = samples.nbk_feed({"CNY": "72.55", "USD": "504.10", "RUB": "6.45"}, today)
    answers = {"/rates": gives(raw), "/jump": gives(samples.nbk_feed({"CNY": "72.55", "RUB": "9.9"}, today))}
    with serving({**answers, "/page": gives(b"<html></html>")}) as address:
        looked_at = console("rates", "fetch", f"{address}/rates", "--dry-run")
        console("settings", "set", "rate_feed", f"{address}/rates")
        taken, again = console("rates", "fetch"), console("rates", "fetch")
        jump = console("rates", "fetch", f"{address}/jump")
        page = console("rates", "fetch", f"{address}/page", options=("--language", "ru"))
    insecure = console("rates", "fetch", "http://bank.example/")

    assert [one["now"]["customs"] for one in looked_at.json["changes"]] == ["72.55", "504.1", "6.45"]
    assert (taken.code, taken.json["set"], taken.json["source"]["host"]) == (0, ["CNY", "USD", "RUB"], "127.0.0.1")
    assert (again.code, again.json["set"]) == (0, [])
    assert (jump.code, jump.json["refused"]) == (3, "rate_jump")
    assert (page.code, page.err.count("\n")) == (4, 1)
    assert page.err.startswith("127.0.0.1 ")
    assert insecure.code == 2
    assert "http://bank.example/" in insecure.err
