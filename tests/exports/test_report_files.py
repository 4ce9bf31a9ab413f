"""A day and a month as workbooks: the figures are those of the commands."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from pos.application.reports.report_files import NoSuchFormat, ReportFiles
from pos.application.text.translator import Translator
from pos.domain.money import CURRENCIES
from pos.domain.staff.staff import NotAllowed
from pos.exports.report_files import report_makers
from pos.exports.table_writers import table_files
from tests.application.reports.test_report_month import EVENING, around_the_end_of_march
from tests.application.reports.test_reports_of_days import FIRST, some_days
from tests.shops import SWEETS, DemoShop

WORDS = Translator.english()
LAST = FIRST + timedelta(days=2)


def files(shop: DemoShop) -> ReportFiles:
    makers = report_makers(
        table_files(lambda *_: None, training=False), lambda document: document.report.currency.code.encode()
    )
    return ReportFiles.over(shop.context, makers)


Rows = list[tuple[Any, ...]]


def sheets(content: bytes) -> dict[str, Rows]:
    """Every sheet by its title: the rows below the names of its columns, as values."""
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    return {sheet.title: [tuple(cell.value for cell in row) for row in sheet.iter_rows()] for sheet in book}


def named(rows: Rows) -> dict[str, tuple[Any, ...]]:
    """Rows by what stands in their first cell."""
    return {str(row[0]): row[1:] for row in rows if row[0] is not None}


def same(cell: object, expected: str | int) -> bool:
    return Decimal(str(cell)).quantize(Decimal("0.01")) == Decimal(str(expected)).quantize(Decimal("0.01"))


@pytest.mark.parametrize("seed", range(2))
def test_the_figures_of_the_workbook_are_those_of_the_json(shop: DemoShop, seed: int) -> None:
    some_days(shop, seed)
    manager = shop.person("manager")
    report = json.loads(files(shop).day(manager, "json", WORDS, FIRST, None, LAST))
    book = sheets(files(shop).day(manager, "xlsx", WORDS, FIRST, None, LAST))

    figures = named(book["Figures"])
    for name, of in (("Sales", report["sales"]), ("Returned goods", report["returns"])):
        assert figures[name][:2] == (of["count"], of["pieces"])
        assert same(figures[name][2], of["amount"])
    for name, key in (("Discounts", "discounts"), ("Rounding", "rounding"), ("Average basket", "average")):
        assert same(figures[name][2], report[key])
    assert same(figures["Margin"][2], report["margin"]["amount"])
    assert figures["Removed lines"][0] == report["voids"]
    hours = named(book["Sales by hour"])
    assert {f"{one['hour']:02d}:00–{one['hour'] + 1:02d}:00": one["count"] for one in report["by_hour"]} == {
        name: cells[0] for name, cells in hours.items() if "–" in name
    }
    sums_agree(book, report)


def sums_agree(book: Mapping[str, Rows], report: Mapping[str, Any]) -> None:
    sold, back = Decimal(report["sales"]["amount"]), Decimal(report["returns"]["amount"])
    for title in ("Sales by hour", "Sales by day", "Cashiers", "Destination", "Nationality", "Categories"):
        assert same(book[title][-1][-1] if title != "Sales by day" else book[title][-1][3], str(sold)), title
    assert same(book["Payments"][-1][-1], str(sold - back + Decimal(report["rounding"])))
    if report["tax"]:
        assert same(book["Tax"][-1][-1], str(sum(Decimal(one["amount"]) for one in report["tax"])))
    cash = named(book["Cash in the drawers"])
    names = next(row for row in book["Cash in the drawers"] if row[0] == "Cash")[1:]
    for line in report["cash"]:
        index = names.index(CURRENCIES[line["currency"]].names["en"])
        assert same(cash["Expected"][index], line["expected"])
        assert line["difference"] is None or same(cash["Difference"][index], line["difference"])


def test_the_month_is_a_workbook_whose_rows_add_up_to_its_json(shop: DemoShop) -> None:
    around_the_end_of_march(shop, 1)
    manager = shop.person("manager")
    report = json.loads(files(shop).month(manager, "json", WORDS, date(2026, 3, 15)))
    book = sheets(files(shop).month(manager, "xlsx", WORDS, date(2026, 3, 15)))

    rows = named(book["Z reports of the month"])
    assert [one["z"] for one in report["zs"]] == [name for name in rows if "-Z" in name]
    for one in report["zs"]:
        row = rows[one["z"]]
        assert row[2] == one["sales"]["count"]
        assert same(row[3], one["sales"]["amount"])
        assert same(row[5], one["net"])
    names = next(row for row in book["Z reports of the month"] if row[0] == "Z")[1:]
    paid = [f"Cash · {one['currency']}" for one in report["total"]["payments"] if one["method"] == "cash"]
    assert [name for name in names if name.startswith("Cash ·")] == paid
    [total] = [row for row in book["Z reports of the month"] if row[0] == "Total"] or [
        book["Z reports of the month"][-1]
    ]
    assert same(total[4], report["total"]["sales"]["amount"])


def test_the_month_for_programs_has_a_row_for_everything_that_is_reported(shop: DemoShop) -> None:
    around_the_end_of_march(shop, 2)
    shop.now.at = EVENING + timedelta(days=5)
    manager, april = shop.person("manager"), date(2026, 4, 1)
    report = json.loads(files(shop).month(manager, "json", WORDS, april))
    rows = list(csv.DictReader(files(shop).month(manager, "csv", WORDS, april).decode().splitlines()))

    def of(kind: str) -> list[dict[str, str]]:
        return [row for row in rows if row["row"] == kind]

    assert [row["z"] for row in of("z")] == [one["z"] for one in report["zs"]]
    assert len(of("of_other_days")) == len(report["check"]["of_other_days"])
    assert [row["date"] for row in of("day_without_z")] == [one["date"] for one in report["days_without_z"]]
    assert [row["till"] for row in of("open_shift")] == [one["till"] for one in report["open_shifts"]]
    [total] = of("total")
    for one in report["total"]["payments"]:
        name = f"paid_{one['method']}_{one['currency']}"
        assert total[name] == one["amount"]
        assert sum(Decimal(row[name] or 0) for row in of("z")) == Decimal(one["amount"])


def test_who_has_a_report_as_a_file_stands_in_the_journal_and_only_a_manager_has_one(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    made = files(shop)
    made.day(shop.person("manager"), "xlsx", WORDS)
    made.month(shop.person("manager"), "csv", WORDS, FIRST)
    made.day(shop.person("manager"), "json", WORDS)

    written = shop.rows("SELECT person, details FROM journal WHERE act = 'export' ORDER BY id")
    assert [(who, json.loads(details)["what"], json.loads(details)["format"]) for who, details in written] == [
        ("manager", "day", "xlsx"), ("manager", "month", "csv"),
    ]  # fmt: skip
    with pytest.raises(NotAllowed):
        made.day(shop.person("amina"), "xlsx", WORDS)
    with pytest.raises(NotAllowed):
        made.month(shop.person("amina"), "pdf", WORDS, FIRST)
    with pytest.raises(NoSuchFormat):
        made.month(shop.person("manager"), "docx", WORDS, FIRST)
    assert len(shop.rows("SELECT 1 FROM journal WHERE act = 'export'")) == 2
