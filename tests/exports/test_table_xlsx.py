"""A table as a workbook: opened again, every cell is what it was, and every sum agrees no matter who counts it."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from pos.application.tables.table import CellKind, Column, Table
from pos.application.tables.table_files import TooManyRows
from pos.application.text.translator import Translator
from pos.domain.money import CurrencyMismatch, Money
from pos.exports import table_xlsx
from pos.exports.safe_text import escaped
from pos.exports.table_xlsx import write_xlsx
from pos.exports.xlsx_sheet import LONGEST_TEXT
from tests.a_table import COLUMNS, NAMES, a_row, a_table
from tests.horgos import CNY, KZT

WORDS = Translator.english()
HEADER = 5
"""The row of the names below the title, two facts and an empty row."""


def book_of(*tables: Table, values: bool = True, stamp: str = "") -> Any:
    stream = BytesIO()
    write_xlsx(tables, stream, WORDS, stamp)
    return openpyxl.load_workbook(stream, data_only=values)


def test_each_kind_of_cell_opens_as_what_it_is() -> None:
    sheet = book_of(a_table()).active

    names = [cell.value for cell in sheet[HEADER]]
    assert names == [
        "Товар", "码", "Pieces", "Net sales", "Paid", "Paid: currency", "Share", "Day", "At", "Weight, kg",
    ]  # fmt: skip
    row = sheet[HEADER + 1 + 7]
    *plain, day, instant, weight = [cell.value for cell in row]
    assert [unescape(plain[0]), *plain[1:], weight] == [
        "_x0041_", "0000000000007", 7, 123.52, 7.08, "KZT", 0.007, 9.8,
    ]  # fmt: skip
    assert (str(day), str(instant)) == ("2026-11-08 00:00:00", "2026-11-24 12:51:05")
    assert [cell.data_type for cell in row] == ["s", "s", "n", "n", "n", "s", "n", "d", "d", "n"]
    assert [cell.number_format for cell in row[2:]] == [
        "#,##0", "#,##0.00 [$CNY]", "#,##0.00", "General", "0.0%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "#,##0.000",
    ]  # fmt: skip


def test_text_that_looks_like_a_formula_a_link_or_a_number_stays_text() -> None:
    sheet = book_of(a_table(), values=False).active

    for index, name in enumerate(NAMES):
        cell = sheet.cell(HEADER + 1 + index, 1)
        text = f"{name} " if name.startswith("<") else name
        assert (unescape(cell.value), cell.data_type, cell.hyperlink) == (text, "s", None)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_whatever_people_wrote_the_workbook_opens_and_says_it(texts: list[str]) -> None:
    sheet = book_of(Table("t", "T", [Column("A")], [[text] for text in texts])).active

    read = [sheet.cell(4 + index, 1).value or "" for index in range(len(texts))]
    assert [unescape(text).rstrip() for text in read] == [escaped(text).rstrip() for text in texts]


def test_the_header_stays_in_sight_and_filters() -> None:
    sheet = book_of(a_table()).active

    assert sheet.freeze_panes == f"B{HEADER + 1}"
    assert sheet.auto_filter.ref == f"A{HEADER}:J{HEADER + 30}"
    assert sheet.print_title_rows == f"${HEADER}:${HEADER}"
    widths = {letter: sheet.column_dimensions[letter].width for letter in "ABD"}
    assert 50 < widths["A"] <= 61
    assert 13 < widths["B"] < 20


def test_facts_stand_above_and_a_training_is_no_shop() -> None:
    sheet = book_of(a_table(), stamp="TRAINING — not a real document").active

    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == [
        "TRAINING — not a real document",
        "Goods of a day",
        "Shop",
    ]
    assert sheet.cell(3, 2).value == "Граница 边境"


def sums_of(rows: int) -> dict[tuple[int, str], Fraction]:
    """The sums by column and currency, counted here."""
    sums: dict[tuple[int, str], Fraction] = {}
    for row in map(a_row, range(rows)):
        for index, column in enumerate(COLUMNS):
            cell = row[index]
            if column.is_summed:
                key = (index, cell.currency.code if isinstance(cell, Money) else "")
                amount = cell.units if isinstance(cell, Money) else Fraction(cell)  # type: ignore[arg-type] # a number
                sums[key] = sums.get(key, Fraction(0)) + amount
    return sums


def test_totals_are_formulas_that_bear_their_value_one_for_each_currency() -> None:
    rows = 30
    formulas, values = book_of(a_table(rows), values=False).active, book_of(a_table(rows)).active
    first = HEADER + rows + 1
    sums = sums_of(rows)

    assert values.cell(first, 1).value == "Total"
    assert formulas.cell(first, 3).value == f"=SUM($C${HEADER + 1}:$C${HEADER + rows})"
    assert formulas.cell(first + 1, 5).value == (
        f"=SUMIF($F${HEADER + 1}:$F${HEADER + rows},F{first + 1},$E${HEADER + 1}:$E${HEADER + rows})"
    )
    assert values.cell(first, 3).value == sums[2, ""]
    assert Fraction(str(values.cell(first, 4).value)) == sums[3, "CNY"]
    assert Fraction(str(values.cell(first, 10).value)) == sums[8, ""]
    for index, code in enumerate(("CNY", "KZT", "USD")):
        assert values.cell(first + index, 6).value == code
        assert Fraction(str(values.cell(first + index, 5).value)) == sums[4, code]


def test_money_keeps_every_digit_and_is_text_where_a_number_would_not() -> None:
    columns = [Column("Name"), Column("Amount", CellKind.AMOUNT, "CNY", is_summed=True)]
    most = Money(999_999_999_999_999, CNY)
    exact = book_of(Table("t", "T", columns, [["A", most]])).active
    beyond = book_of(Table("t", "T", columns, [["A", most + Money(1, CNY)], ["B", Money(1, CNY)]])).active

    assert Decimal(str(exact.cell(4, 2).value)) == Decimal("9999999999999.99")
    assert [beyond.cell(row, 2).value for row in (4, 5, 6)] == ["10000000000000.00", 0.01, "10000000000000.01"]


def test_an_amount_of_another_currency_than_its_column_is_a_mistake() -> None:
    with pytest.raises(CurrencyMismatch):
        book_of(Table("t", "T", [Column("Amount", CellKind.AMOUNT, "CNY")], [[Money(1, KZT)]]))


def test_several_tables_are_sheets_whose_names_are_allowed_and_their_own() -> None:
    titles = ("History", "a/b: [c]*?\\", "По часам " * 9, "По часам " * 9, "history", "'", "😀" * 20)
    names = book_of(*(a_table(1, title=title) for title in titles)).sheetnames

    assert len({name.casefold() for name in names}) == len(titles)
    assert all(0 < len(name.encode("utf-16-le")) / 2 <= 31 for name in names)
    assert not any(set(name) & set("[]:*?/\\") or name.casefold() == "history" for name in names)


def test_a_table_with_bars_has_a_chart_of_its_own_figures() -> None:
    stream = BytesIO()
    write_xlsx([a_table(bars=True)], stream, WORDS)
    chart = zipfile.ZipFile(stream).read("xl/charts/chart1.xml").decode()

    assert re.findall(r"<c:f>([^<]+)</c:f>", chart)[1:] == [
        f"'Goods of a day'!$B${HEADER + 1}:$B${HEADER + 30}",
        f"'Goods of a day'!$D${HEADER + 1}:$D${HEADER + 30}",
    ]


def test_an_empty_table_opens_and_says_what_it_would_have_held() -> None:
    sheet = book_of(a_table(0, bars=True)).active

    assert (sheet.max_row, sheet.cell(HEADER, 1).value) == (HEADER, "Товар")


def test_a_day_before_spreadsheets_began_to_count_is_text() -> None:
    columns = [Column("Day", CellKind.DAY)]
    sheet = book_of(Table("t", "T", columns, [[date(1900, 1, 1)], [date(1900, 3, 1)], [None]])).active

    assert [str(sheet.cell(row, 1).value) for row in (4, 5, 6)] == ["1900-01-01", "1900-03-01 00:00:00", "None"]


def test_a_text_longer_than_a_cell_ends_with_an_ellipsis() -> None:
    sheet = book_of(Table("t", "T", [Column("A")], [["я" * 40_000]])).active

    assert sheet.cell(4, 1).value == "я" * (LONGEST_TEXT - 1) + "…"


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_xlsx, "MOST_ROWS", 40)

    with pytest.raises(TooManyRows):
        book_of(a_table(30))
