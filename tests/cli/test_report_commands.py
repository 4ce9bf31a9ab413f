"""`report day`: the figures of a day as JSON, as a table and on paper."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.console import Console, a_ticket

KEYS = (
    "currency", "sales", "returns", "discounts", "rounding", "tax", "payments", "change", "cash", "by_hour",
    "by_cashier", "by_category", "top_products", "by_destination", "by_nationality", "quota", "voids", "no_sales",
    "spread", "approvals", "returns_by_reason", "discounts_by", "void_lines",
)  # fmt: skip


def test_a_day_has_every_section(console: Console) -> None:
    console("sale", "ring", "-", stdin=a_ticket())

    day = console("report", "day").json

    assert [key for key in KEYS if key not in day] == []
    assert day["discounts_by"] == [{"kind": "percent", "person": "amina", "count": 1, "amount": "68.00"}]
    [tenge] = day["spread"]
    assert (tenge["currency"], tenge["amount"]) == ("KZT", "73675.00")
    assert day["spread_total"] == tenge["spread"]
    assert [row["currency"] for row in day["cash"]] == ["CNY", "KZT", "USD", "EUR", "RUB"]


@pytest.mark.parametrize(("words", "said"), [
    (("--till", "T9"), "There is no till T9 in this shop."),
    (("--date", "2030-01-01"), "it is in the future"),
])  # fmt: skip
def test_of_what_there_is_not_no_figures_are_printed(console: Console, words: tuple[str, ...], said: str) -> None:
    """A till that there is not had a day of zeros, and a day to come the cash of today."""
    refused = console("report", "day", *words)
    assert (refused.code, refused.out) == (2, "")
    assert said in refused.err


def test_a_day_goes_into_a_table_and_onto_document(console: Console, tmp_path: Path) -> None:
    console("sale", "ring", "-", stdin=a_ticket())

    printed = console("report", "day", "--format", "csv")
    written = console("report", "day", "--format", "csv", "--out", str(tmp_path / "day.csv"))
    drawn = console("report", "day", "--format", "pdf", "--out", str(tmp_path / "day.pdf"), "--till", "T1")

    assert (printed.code, written.code, drawn.code) == (0, 0, 0)
    assert (tmp_path / "day.csv").read_text(encoding="utf-8") == printed.out
    rows = list(csv.DictReader(printed.out.splitlines()))
    assert [row["amount"] for row in rows if row["section"] == "sales"] == ["1512.00"]
    assert (tmp_path / "day.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("form", ["docx"])
def test_a_format_that_is_not_written_is_refused_with_those_that_are(console: Console, form: str) -> None:
    answer = console("report", "day", "--format", form)

    assert answer.code == 2
    assert answer.err.strip() == f"The format {form} is not available. Choose one of: csv, json, pdf, xlsx."


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_paper_and_a_workbook_want_a_file_and_go_nowhere_unasked(console: Console, tmp_path: Path, form: str) -> None:
    month = console("report", "day").json["date"][:7]
    for report in (("day",), ("month", month)):
        answer = console("report", *report, "--format", form)
        out = tmp_path / f"{report[0]}.{form}"
        written = console("report", *report, "--format", form, "--out", str(out), options=("--language", "ru"))

        assert answer.code == 2
        assert answer.err.startswith("out")
        assert (written.code, written.out) == (0, "")
        assert out.read_bytes()[:2] == {"pdf": b"%P", "xlsx": b"PK"}[form]


def test_the_folder_must_be_there(console: Console, tmp_path: Path) -> None:
    answer = console("report", "day", "--format", "csv", "--out", str(tmp_path / "no" / "day.csv"))

    assert answer.code == 4


def test_the_accountants_month_is_its_zs_and_says_what_is_not_closed(console: Console, tmp_path: Path) -> None:
    console("sale", "ring", "-", stdin=a_ticket())
    month = console("report", "day").json["date"][:7]

    running = console("report", "month", month)
    to_come = console("report", "month", "2999-01")
    wrong = console("report", "month", "October")

    assert running.json["state"] == "running"
    assert [one["till"] for one in running.json["open_shifts"]] == ["T1"]
    assert running.json["zs"] == []
    assert running.json["check"]["agrees"] is True
    assert (to_come.code, to_come.json["refused"]) == (3, "month_to_come")
    assert (wrong.code, wrong.err.split(":")[0]) == (2, "month")


def test_the_month_is_a_table_with_a_row_for_every_z(console: Console, tmp_path: Path) -> None:
    console("sale", "ring", "-", stdin=a_ticket())
    count: dict[str, dict[str, int]] = {code: {} for code in ("CNY", "KZT", "USD", "EUR", "RUB")}
    closed = console("shift", "close", "-", stdin={"cashier": "amina", "count": count}).json
    month = console("report", "day").json["date"][:7]

    printed = console("report", "month", month, "--format", "csv")
    report = console("report", "month", month).json

    rows = {row["row"]: row for row in csv.DictReader(printed.out.splitlines())}
    assert rows["z"]["z"] == "T1-Z000001"
    assert rows["z"]["sales"] == rows["total"]["sales"] == report["total"]["sales"]["amount"] == "1512.00"
    assert rows["z"]["paid_cash_KZT"] == next(
        one["amount"] for one in closed["payments"] if (one["method"], one["currency"]) == ("cash", "KZT")
    )
    differences = {name[-3:]: text for name, text in rows["total"].items() if name.startswith("difference_")}
    assert differences == report["total"]["differences"]
