"""What is typed into a search as a day is the day that was meant, or a question."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.application.text.search_days import DayDoubt, days_meant, read_days
from pos.domain.period import Period
from pos.languages.catalogue import load_translators
from pos.languages.refusals import refusal_text
from tools.messages import FOLDER

TODAY = date(2026, 11, 28)
WORDS = [load_translators(FOLDER)[language] for language in ("en", "zh", "ru", "kk")]


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("24.11", "2026-11-24", "2026-11-24"),
        ("11.24", "2026-11-24", "2026-11-24"),
        ("11月24日", "2026-11-24", "2026-11-24"),
        ("11月3日", "2026-11-03", "2026-11-03"),
        ("2026年11月3日", "2026-11-03", "2026-11-03"),
        ("2026.11.03", "2026-11-03", "2026-11-03"),
        ("2026/11/3", "2026-11-03", "2026-11-03"),
        ("03.11.2026", "2026-11-03", "2026-11-03"),
        ("3.11.26", "2026-11-03", "2026-11-03"),
        ("24/11/2026", "2026-11-24", "2026-11-24"),
        ("11.11", "2026-11-11", "2026-11-11"),
        ("30.12", "2025-12-30", "2025-12-30"),
        ("29.02", "2024-02-29", "2024-02-29"),
        ("20.11-24.11", "2026-11-20", "2026-11-24"),
        ("11.20-11.24", "2026-11-20", "2026-11-24"),
        ("11月3日至11月5日", "2026-11-03", "2026-11-05"),
        ("2026-11-03..2026-11-05", "2026-11-03", "2026-11-05"),
        ("20.11-31.12", "2026-11-20", "2026-12-31"),
        ("20.12-05.01.2026", "2025-12-20", "2026-01-05"),
    ],
)
def test_a_day_is_read_as_it_is_written_on_both_sides_of_the_border(word: str, first: str, last: str) -> None:
    assert read_days(word, TODAY) == Period(day(first), day(last))


@pytest.mark.parametrize("word", ["31.02", "13.13", "12.50", "honey", "24.11-20.11.2026", "2026-13-01", "0.0", "11月"])
def test_what_is_no_day_is_taken_for_none(word: str) -> None:
    assert read_days(word, TODAY) is None


def test_11_12_is_never_guessed() -> None:
    assert days_meant("11.12", TODAY) == (date(2025, 12, 11), date(2026, 11, 12))
    with pytest.raises(DayDoubt) as doubt:
        read_days("11.12", TODAY)
    assert (doubt.value.early, doubt.value.late) == (date(2025, 12, 11), date(2026, 11, 12))
    for tr in WORDS:
        sentence = refusal_text(doubt.value, tr)
        assert "11.12" in sentence
        assert "2025-12-11" in sentence


@pytest.mark.parametrize("word", ["11/12/2026", "11.12-12.12", "1.1-1.2", "03.11-2026-11-24"])
def test_nor_is_any_other_word_with_two_meanings(word: str) -> None:
    with pytest.raises(DayDoubt):
        read_days(word, TODAY)


@given(st.dates(date(2018, 1, 1), TODAY))
def test_a_day_with_its_year_is_read_back_from_every_way_of_writing_it(when: date) -> None:
    written = (f"{when:%Y-%m-%d}", f"{when:%d.%m.%Y}", f"{when:%Y.%m.%d}", f"{when.year}年{when.month}月{when.day}日")
    assert {read_days(word, TODAY) for word in written} == {Period(when, when)}


@given(st.integers(0, 40), st.integers(0, 40))
def test_two_figures_mean_every_day_that_they_can_mean_and_no_other(one: int, other: int) -> None:
    meant = days_meant(f"{one:02}.{other:02}", TODAY)
    assert {(day.day, day.month) for day in meant} <= {(one, other), (other, one)}
    assert len(meant) == (2 if one != other and 1 <= one <= 12 and 1 <= other <= 12 else len(meant[:1]))


def test_the_searches_understand_what_they_say_they_understand() -> None:
    """The samples of the hints, in each language: each reads as days or as a time, and as one day only."""
    hints = (
        "Search by any combination: part of a number, goods, amount, day, period (20.11-24.11), time (14:30).",
        "Scan a receipt, goods or a document, or type details: 24.11 14:30 honey.",
        "Add a day (24.11.2026) or a period (20.11-24.11) to limit the search.",
    )
    for hint in hints:
        for tr in WORDS:
            samples = re.findall(r"[\d./]+\d[\d.\-/–年月日]*", tr(hint).replace("14:30", ""))
            assert samples, tr(hint)
            assert all(read_days(sample.rstrip("."), TODAY) for sample in samples), tr(hint)
