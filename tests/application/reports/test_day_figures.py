"""A figure is declared once: JSON, CSV, table, paper and window show it where its row says so."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from pos.application.reports.day_figures import ANSWERED, FIGURES, MARGIN
from pos.application.reports.day_json import day_answer
from pos.application.reports.day_tables import day_tables
from pos.domain.money import Money
from pos.domain.reports.day_report import DayReport
from pos.domain.reports.trade_figures import Compared, Margin
from pos.domain.shifts.shift_report import Turnover
from pos.exports.day_csv import day_csv
from tests.horgos import CNY
from tests.printing.days import a_day
from tests.printing.test_day_sheet import day_document

COST = Margin(Money(900, CNY), Money(800, CNY), Money(600, CNY), is_known=True, is_whole=False)


def whole_day() -> DayReport:
    """A day on which every figure is known."""
    return replace(
        a_day(),
        margin=COST,
        without_receipt=Turnover(1, 2, Money(500, CNY)),
        voided_sales=Turnover(1, 1, Money(300, CNY)),
    )


def rows_of(report: DayReport) -> dict[str, dict[str, str]]:
    """The first row of each section of the CSV."""
    sections: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(day_csv(report).decode().splitlines()):
        sections.setdefault(row["section"], row)
    return sections


def test_no_two_figures_have_one_key_or_one_place_among_the_tiles() -> None:
    for many in (
        [figure.key for figure in FIGURES],
        [figure.window.position for figure in FIGURES if figure.window],
        [figure.paper.position for figure in FIGURES if figure.paper],
    ):
        assert [one for one, count in Counter(many).items() if count > 1] == []


def test_every_figure_is_shown_somewhere() -> None:
    assert [
        figure.key for figure in FIGURES
        if not (figure.is_answered or figure.is_in_table or figure.window or figure.paper)
    ] == []  # fmt: skip


def test_an_answered_figure_is_in_the_json_and_in_the_column_of_its_kind() -> None:
    day = whole_day()
    answer, rows = day_answer(day), rows_of(day)

    for key, figure in ANSWERED.items():
        value = figure.value(day)
        if value is None:
            assert answer[key] is None
            assert key not in rows
            continue
        assert answer[key] == figure.kind.answer(value)
        count, pieces, amount = figure.kind.cells(value)
        as_texts = tuple("" if one is None else str(one) for one in (count, pieces, amount))
        assert (rows[key]["count"], rows[key]["pieces"], rows[key]["amount"]) == as_texts
        assert rows[key]["name"] == ""
    assert set(answer["margin"]) == {figure.key for figure in MARGIN if figure.is_answered}


def test_each_key_of_a_figure_is_explained_on_the_page_of_the_commands() -> None:
    page = (Path(__file__).parents[3] / "docs" / "commands.md").read_text(encoding="utf-8")
    part = page.split("\n## A day\n")[1].split("\n## ")[0]

    assert [key for key in ANSWERED if not re.search(rf"\b{key}\b", part)] == []


def test_a_known_figure_of_the_table_has_its_row_and_an_unknown_one_has_none() -> None:
    document = day_document(whole_day())
    tr = document.reader.translator
    expected = [
        (figure.title(tr), *figure.kind.cells(value))
        for figure in FIGURES
        if figure.is_in_table and (value := figure.value(document.report)) is not None
    ]
    assert [tuple(row) for row in day_tables(document)[0].rows] == expected
    assert {"Margin", "Of these, without receipt"} < {row[0] for row in expected}

    names = [row[0] for row in day_tables(day_document(a_day()))[0].rows]
    assert not {"Margin", "Of these, without receipt"} & set(names)


def test_a_figure_stands_beside_that_of_the_same_weekdays_before() -> None:
    before = Turnover(20, 30, Money(2_000_000, CNY))
    day = whole_day()
    day = replace(day, compared=Compared(day.first, day.last, None, before, before, ()))
    by_key = {figure.key: figure for figure in FIGURES}

    assert by_key["sales"].compared(day) == before
    assert by_key["receipts"].change(day) == Fraction(41 - 20, 20)
    assert by_key["discounts"].compared(day) is None
    nothing = replace(before, shown=Money.zero(CNY))
    assert (
        by_key["sales"].change(replace(day, compared=Compared(day.first, day.last, None, nothing, before, ()))) is None
    )
