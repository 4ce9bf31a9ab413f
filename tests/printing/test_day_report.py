"""The day report on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pos.domain.money import CNY, Money
from pos.domain.report_details import NO_DETAILS
from pos.domain.shift_report import Turnover
from pos.printing.day_report import day_pdf, day_rows
from pos.printing.rows import rows_text
from tests.printing import sales
from tests.printing.days import a_day

GoldenCheck = Callable[[str, str], None]


@pytest.mark.parametrize(("name", "languages"), [("day_en", ("en",)), ("day_zh_ru", ("zh", "ru"))])
def test_a_day_reads_as_a_manager_files_it(name: str, languages: tuple[str, ...], check_golden: GoldenCheck) -> None:
    check_golden(name, rows_text(day_rows(a_day(), sales.the_shop(*languages), sales.the_words())))


def test_a_day_on_which_nothing_happened_has_its_report_too() -> None:
    none = Turnover(0, 0, Money.zero(CNY))
    quiet = replace(
        a_day(), sales=none, returns=none, payments=(), change=(), refunds=(), cash=(), spread=(), details=NO_DETAILS,
        by_hour=(), by_cashier=(), by_destination=(), by_category=(), top_products=(), closed=(), open=(), till="T2",
    )  # fmt: skip
    text = rows_text(day_rows(quiet, sales.the_shop("en"), sales.the_words()))

    assert "Till T2" in text
    assert "0 receipts" in text
    assert "Earned" not in text


def test_it_is_drawn_whole_and_the_same_each_time() -> None:
    drawn = day_pdf(a_day(), sales.the_shop(), sales.the_words(), sales.FONTS)

    assert drawn == day_pdf(a_day(), sales.the_shop(), sales.the_words(), sales.FONTS)
    text = sales.text_of(drawn).replace(" ", "").replace("\u00a0", "")
    assert "T1-Z000012" in text
    assert "23,456.80" in text
