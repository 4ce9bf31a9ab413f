"""A day report as a table: nothing in it acts when a spreadsheet opens it, and every figure is there."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import timedelta

from pos.domain.money import Money
from pos.domain.reports.trade_figures import Compared
from pos.domain.shifts.report_details import ReturnSum, VoidLine
from pos.exports.day_csv import COLUMNS, day_csv
from tests.builders import MONDAY
from tests.horgos import CNY, KZT
from tests.printing.days import a_day


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(content.decode("utf-8").splitlines()))


def test_every_section_has_its_rows() -> None:
    rows = table(day_csv(a_day()))

    assert tuple(rows[0]) == COLUMNS
    sections = {row["section"] for row in rows}
    assert {"sales", "payments", "cash", "spread", "by_hour", "void_lines", "zs", "quota", "discounts_by"} <= sections
    [sales] = [row for row in rows if row["section"] == "sales"]
    assert (sales["count"], sales["pieces"], sales["amount"]) == ("41", "118", "23456.80")
    expected = [
        row for row in rows if row["section"] == "cash" and row["name"] == "expected" and row["currency"] == "CNY"
    ]
    assert [row["amount"] for row in expected] == ["4587.00"]
    [card] = [row for row in rows if row["section"] == "payments" and row["name"] == "card"]
    assert (card["currency"], card["amount"], card["value"]) == ("CNY", "8450.00", "8450.00")


def test_what_people_typed_is_text_and_never_a_formula() -> None:
    day = a_day()
    bad = '=HYPERLINK("http://x","y")'
    void = VoidLine(MONDAY + timedelta(hours=1), "T1", "@amina", "+1", bad, 1, Money(100, CNY))
    details = replace(day.details, voids=(void,), returns=(ReturnSum("-2+3", 1, 1, Money(100, CNY)),))

    rows = table(day_csv(replace(day, details=details)))

    [line] = [row for row in rows if row["section"] == "void_lines"]
    assert (line["detail"], line["person"], line["name"]) == ("'" + bad, "'@amina", "'+1")
    [back] = [row for row in rows if row["section"] == "returns_by_reason"]
    assert back["name"] == "'-2+3"


def test_an_amount_below_zero_stays_a_number() -> None:
    rows = table(day_csv(a_day()))

    [short] = [
        row for row in rows if row["section"] == "cash" and row["name"] == "difference" and row["currency"] == "KZT"
    ]
    assert Money.parse(short["amount"], KZT) == Money(-50_000, KZT)


def test_a_count_stands_among_the_counts_and_the_compared_day_in_its_columns() -> None:
    day = a_day()
    before = Compared(day.first, day.last, None, day.sales, day.sales, ())
    rows = table(day_csv(replace(day, compared=before)))
    compared = {row["name"]: row for row in rows if row["section"] == "compared"}
    counted = [row for row in rows if row["section"] in ("quota", "quota_use", "visitors")]

    assert {(row["amount"], row["count"].isdigit()) for row in counted} == {("", True)}
    assert Money.parse(compared["sales"]["amount"], CNY) == day.sales.amount
    assert int(compared["sales"]["count"]) == day.sales.count
    assert compared["date"]["at"] == day.first.isoformat()
    assert not any("{" in cell for row in rows for cell in row.values())
