"""The report of a day as people file it: every table in words, and the sheet of A4 with its charts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest

from pos.application.reports.day_tables import day_tables
from pos.application.reports.report_document import DayDocument, ReportReader
from pos.application.tables.table import Table
from pos.application.tables.table_text import cell_text, column_title
from pos.domain.money import Money
from pos.domain.reports.day_report import DayReport
from pos.domain.reports.trade_figures import Compared, GoodsShare, Share
from pos.domain.shifts.report_details import NO_DETAILS
from pos.domain.shifts.shift_report import Turnover
from pos.printing.drawing.fonts import Fonts
from pos.printing.reports.day_shares import Card
from pos.printing.reports.day_sheet import day_sheet_pdf
from pos.ui.reports import row_words
from tests.horgos import CNY
from tests.printing import sales
from tests.printing.days import a_day

GoldenCheck = Callable[[str, str], None]
LONG = "Шоколад «Казахстанский» молочный с орехами 阿拉木图巧克力 сүтті шоколад"


def day_document(report: DayReport, language: str = "en") -> DayDocument:
    reader = ReportReader(
        sales.the_translators()[language], {"amina": "Amina S.", "li": "Li Wei"}, sales.the_shop("zh", "ru")
    )
    return DayDocument(report, (), reader)


def pages_of(pdf: bytes) -> list[str]:
    return [sales.page_text(pdf, page) for page in range(len(pypdfium2.PdfDocument(pdf)))]


def as_text(table: Table, of: DayDocument) -> str:
    """The table as someone reads it aloud."""
    tr = of.reader.translator
    head = [f"{name}: {value}" for name, value in table.properties]
    rows = [
        " | ".join(cell_text(column, cell, tr, table.zone) for column, cell in zip(table.columns, row, strict=True))
        for row in table.rows
    ]
    return "\n".join([f"== {table.title} ({table.key})", *head, " | ".join(map(column_title, table.columns)), *rows])


def weeks() -> DayReport:
    """Thirty days, compared with those before, with more categories than a card has room for."""
    day, one = a_day(), Money(123_456, CNY)
    first = day.first - timedelta(days=29)
    before = Compared(
        first - timedelta(weeks=5), first - timedelta(days=6), None, day.sales, day.sales, ((11, Share("11", 3, one)),)
    )
    return replace(
        day,
        first=first,
        by_day=tuple((first + timedelta(days=index), Share("", index, one * index)) for index in range(1, 30)),
        by_category=tuple(GoodsShare(f"category.{index}", index, one * index) for index in range(1, 12)),
        top_products=tuple(GoodsShare(f"{index:013d}", index, one, LONG, {}) for index in range(20)),
        compared=before,
    )


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_day_reads_as_a_manager_files_it(language: str, check_golden: GoldenCheck) -> None:
    day = day_document(a_day(), language)
    check_golden(f"day_{language}", "\n\n".join(as_text(table, day) for table in day_tables(day)) + "\n")


def test_a_day_on_which_nothing_happened_has_its_report_too() -> None:
    none = Turnover(0, 0, Money.zero(CNY))
    quiet = replace(
        a_day(), sales=none, returns=none, payments=(), change=(), refunds=(), cash=(), spread=(), details=NO_DETAILS,
        by_hour=(), by_cashier=(), by_destination=(), by_nationality=(), by_category=(), top_products=(), closed=(),
        open=(), till="T2", quota={},
    )  # fmt: skip

    assert [table.key for table in day_tables(day_document(quiet))] == ["figures"]
    assert "Till T2" in "".join(pages_of(day_sheet_pdf(day_document(quiet), Fonts(sales.FONTS))))


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_days_are_drawn_whole_and_the_same_each_time(language: str) -> None:
    report = weeks()
    pdf = day_sheet_pdf(day_document(report, language), Fonts(sales.FONTS))

    assert pdf == day_sheet_pdf(day_document(report, language), Fonts(sales.FONTS))
    pages = pages_of(pdf)
    tr = sales.the_translators()[language]
    assert "Silk Gate" in pages[0]
    assert tr("Before") in pages[0]
    assert tr("Prepared by") in pages[-1]
    whole = "".join("".join(pages).split())
    assert "T1-Z000012" in whole
    assert "category.11" in whole  # more than a card holds stands in a table
    assert "".join(LONG.split()) in whole


def test_the_cards_of_the_sheet_have_the_whole_units_of_the_page() -> None:
    def card(key: str, report: DayReport) -> list[str]:
        tables = {table.key: table for table in day_tables(day_document(report))}
        return [figure for _, _, figure in Card.of(tables[key], tr).rows]

    tr = sales.the_translators()["en"]
    halves = tuple(Share(name, 1, Money(minor, CNY)) for name, minor in (("amina", 94_050), ("li", 53_650)))
    many = tuple(GoodsShare(f"c{index}", 1, Money(150, CNY)) for index in range(row_words.MANY + 2))
    day = replace(a_day(), by_cashier=halves, by_till=halves, by_destination=halves, by_category=many)

    assert card("by-cashier", day) == [mark.cells[1] for mark in row_words.cashiers(day, {}, tr)] == ["941", "536"]
    assert card("by-till", day) == [mark.cells[1] for mark in row_words.tills(day, tr)]
    assert card("by-destination", day) == [mark.cells[0] for mark in row_words.destinations(day, tr)]
    assert card("by-category", day) == [mark.cells[1] for mark in row_words.categories(day, tr)][: row_words.MANY]
    assert card("currencies", day) == [mark.cells[0] for mark in row_words.currencies(day, tr)]


def test_a_sheet_of_a_training_says_so_on_every_page() -> None:
    pages = pages_of(day_sheet_pdf(day_document(weeks()), Fonts(sales.FONTS), "TRAINING"))

    assert len(pages) > 2
    assert all("TRAINING" in page for page in pages)


def test_several_days_say_what_each_weekday_brings() -> None:
    tables = {table.key: table for table in day_tables(day_document(weeks()))}

    days, weekdays = list(tables["by-day"].rows), list(tables["by-weekday"].rows)
    assert len(days) == 30
    assert days[0] == (date(2026, 10, 26), "Monday", 0, Money(0, CNY))
    assert [row[0] for row in weekdays] == [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]  # fmt: skip
    assert [row[1] for row in weekdays] == [5, 5, 4, 4, 4, 4, 4]
    assert "by-day" not in {table.key for table in day_tables(day_document(a_day()))}
