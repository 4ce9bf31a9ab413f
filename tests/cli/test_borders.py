"""Borders that are files of a shop: what is wrong with one is said in a sentence, and books keep their currencies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import main
from pos.application.settings.options import Options
from pos.domain.border import use_border
from pos.languages.refusals import sentence_for
from pos.ui.shell import open_window
from tests.borders import NARVA, a_border, a_shop_at, write_border
from tests.cli.console import Console
from tests.horgos import HORGOS


@pytest.fixture
def narva(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Console]:
    """The console of a demo shop at a border of its own."""
    folder = tmp_path / "shop"
    a_shop_at(folder, "narva")
    yield Console(folder, capsys, monkeypatch)
    use_border(HORGOS)


def rewrite(console: Console, text: str) -> Path:
    file = console.folder / "borders" / "narva" / "border.toml"
    file.write_text(text, encoding="utf-8")
    return file


def said_in_the_window(folder: Path, monkeypatch: pytest.MonkeyPatch, border: str | None = None) -> str:
    """The sentence with which the window says that the shop cannot open."""
    sentences: list[str] = []
    monkeypatch.setattr(open_window, "say", lambda sentence, *_: sentences.append(sentence))
    with pytest.raises(Exception, match=r"."):
        main.open_window(Options(data=folder, border=border, language="en"))
    [sentence] = sentences
    return sentence


def test_a_shop_remembers_its_border(narva: Console) -> None:
    shown = narva("settings", "show", "price_currency")

    assert (shown.code, shown.json["value"]) == (0, "EUR")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"EUR": 2, "KWD": 2},
            "The file of the border “narva” gives KWD 2 decimals, the books of this shop have 3. Correct the file.",
        ),
        (
            {"EUR": 2},
            "The file of the border “narva” no longer has KWD, which the books of this shop may contain."
            " Correct the file.",
        ),
    ],
)
def test_books_keep_the_decimals_and_the_currencies_they_began_with(
    narva: Console, monkeypatch: pytest.MonkeyPatch, changed: dict[str, int], sentence: str
) -> None:
    rewrite(narva, a_border("narva", changed))

    refused = narva("report", "day", options=("--language", "en"))

    assert (refused.code, refused.err.strip().splitlines()[-1]) == (3, sentence)
    assert said_in_the_window(narva.folder, monkeypatch) == sentence


def test_a_currency_that_is_added_is_taken_from_then_on(narva: Console) -> None:
    rewrite(narva, a_border("narva", {**NARVA, "NOK": 2}))

    rate = narva("rates", "set", "NOK", "--buy", "0.08", "--sell", "0.09")

    assert rate.code == 0, rate.err
    assert "NOK" in narva("rates", "show").out


def test_a_shop_is_not_opened_at_another_border(narva: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = (
        "This shop is at the border “narva” and its books are in the currencies there."
        " It cannot be opened at “polish-land”."
    )
    refused = narva("report", "day", options=("--border", "polish-land", "--language", "en"))

    assert (refused.code, refused.err.strip()) == (3, sentence)
    assert said_in_the_window(narva.folder, monkeypatch, "polish-land") == sentence


_NO_DECIMAL = "it is not a decimal number in quotes."
FAULTS = {
    "no notes": ('notes = ["100"', 'notes = ["a"', f"currency[0].notes: {_NO_DECIMAL}"),
    "a step below the coins": ('cash_step = "0.01"', 'cash_step = "0.001"', f"currency[0].cash_step: {_NO_DECIMAL}"),
    "no such country": ('country = "EE"', 'country = "QQ"', "destination[0].country: it is not a country."),
    "a field misspelt": ("keeps_coins", "keep_coins", "currency[0].keep_coins: the field does not exist."),
    "no title": ('title = { en = "narva" }\n', "", "title: it is missing."),
    "another zone": ("Europe/Tallinn", "Europe/Talinn", "time_zone: the time zone does not exist."),
    "price in no currency": ('price_currency = "EUR"', 'price_currency = "USD"', "price_currency: it is unknown."),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_file_is_refused_with_its_field(
    empty_console: Console, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    before, after, sentence = FAULTS[fault]
    write_border(empty_console.folder, "narva", NARVA)
    text = a_border("narva", NARVA)
    assert before in text
    file = rewrite(empty_console, text.replace(before, after, 1))

    refused = empty_console("report", "day", options=("--border", "narva", "--language", "en"))

    assert (refused.code, refused.err.strip()) == (2, f"{file}, {sentence}")
    if fault == "another zone":
        assert said_in_the_window(empty_console.folder, monkeypatch, "narva") == f"{file}, {sentence}"
    use_border(HORGOS)


def test_a_file_that_is_no_toml_is_refused_with_its_line(empty_console: Console) -> None:
    write_border(empty_console.folder, "narva", NARVA)
    file = rewrite(empty_console, 'id = "narva"\ntitle = {\n')

    refused = empty_console("report", "day", options=("--border", "narva", "--language", "en"))

    assert (refused.code, refused.err.strip()) == (2, f"{file}, line 2: the file is not TOML.")
    use_border(HORGOS)


def test_a_border_that_no_file_describes_is_unknown(empty_console: Console) -> None:
    refused = empty_console("report", "day", options=("--border", "nowhere", "--language", "en"))

    assert refused.code == 2
    assert "nowhere" in refused.err
    use_border(HORGOS)


def test_a_border_without_a_demo_says_so(empty_console: Console) -> None:
    write_border(empty_console.folder, "narva", NARVA)
    (empty_console.folder / "borders" / "narva" / "demo.toml").unlink()

    refused = empty_console("report", "day", options=("--demo", "--border", "narva", "--language", "en"))

    assert (refused.code, refused.err.strip()) == (3, "There is no demo shop at the border “narva”.")
    use_border(HORGOS)


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ('shop_name = "Bridge"', "", "shop_name"),
        ('buy = "0.49"', 'buy = "much"', "rate[0].buy"),
        ('"20" = 40', '"30" = 40', "float.EUR.30"),
        ('["card", "EUR", 40]', '["cheque", "EUR", 40]', "nation[0].pays"),
    ],
)
def test_a_faulty_demo_is_refused_with_its_field(empty_console: Console, before: str, after: str, field: str) -> None:
    write_border(empty_console.folder, "narva", NARVA)
    file = empty_console.folder / "borders" / "narva" / "demo.toml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")

    refused = empty_console("report", "day", options=("--demo", "--border", "narva", "--language", "en"))

    assert (refused.code, refused.err.strip()) == (2, f"{file}: {field} is missing or wrong.")
    use_border(HORGOS)


def test_what_is_wrong_is_said_in_four_languages(tmp_path: Path) -> None:
    write_border(tmp_path, "narva", NARVA)
    (tmp_path / "borders" / "narva" / "border.toml").write_text("id = 1", encoding="utf-8")
    translators = main._translations()
    with pytest.raises(Exception, match=r".") as fault:
        main.border_named(Options(data=tmp_path), "narva")
    assert len({sentence_for(fault.value, tr) for tr in translators.values()}) == 4


@pytest.fixture(params=["one-currency", "eleven"])
def no_cents(request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str],
             monkeypatch: pytest.MonkeyPatch) -> Iterator[Console]:  # fmt: skip
    """The console of a shop whose prices have three decimals, or none."""
    a_shop_at(tmp_path / "shop", request.param)
    yield Console(tmp_path / "shop", capsys, monkeypatch)
    use_border(HORGOS)


def test_books_in_money_of_any_decimals_verify_and_a_receipt_is_found_by_its_amount(no_cents: Console) -> None:
    """Prices and charges were compared as if all money had two decimals, and no amount of three was found."""
    currency = no_cents("settings", "show", "price_currency").json["value"]
    price, late = ("1.505", "0.250") if currency == "JOD" else ("1505", "250")
    code = no_cents("product", "find", "cream", "--limit", "1").json[0]["code"]
    done = [no_cents("settings", "set", "sell_without_visitor", "yes"), no_cents("product", "price", code, price)]
    lines = [{"code": code, "quantity": 4, "cost": price}]
    done.append(no_cents("stock", "receive", "-", stdin={"key": "truck-7", "place": "floor", "lines": lines}))
    done.append(no_cents("stock", "charge", done[-1].json["receipt"], late, currency))
    ticket = {"key": "s-1", "cashier": "amina", "lines": [{"code": code}],
              "payments": [{"method": "card", "currency": currency, "amount": price}]}  # fmt: skip
    done.append(no_cents("sale", "ring", "-", stdin=ticket))
    done.append(no_cents("verify"))
    assert [(one.code, one.err) for one in done] == [(0, "")] * len(done)

    [found] = no_cents("sale", "find", price).json
    assert found["receipt"] == done[4].json["receipt"]
