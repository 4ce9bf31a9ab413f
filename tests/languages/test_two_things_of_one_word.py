"""One English word that means two things has two translations where the language tells them apart."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pos.application.ports.journal_ports import JournalEntry
from pos.application.reports.journal_fields import entry_fields
from pos.application.reports.journal_formatter import JournalFormatter
from pos.application.text.names import METHODS, PAPER_STATES, RETURN_REASONS
from pos.domain.money import CNY
from pos.languages.catalogue import load_words
from tools.messages import FOLDER

WORDS = load_words(FOLDER)
ZH, RU = WORDS["zh"], WORDS["ru"]


def test_an_open_order_is_not_a_way_of_counting() -> None:
    assert ZH(PAPER_STATES["open"]) == "未完成"
    assert ZH.within("count", "open") == "明盘"


def test_a_count_sheet_is_not_the_sheet_of_a_workbook() -> None:
    assert ZH("Sheet") == "清点单"
    assert ZH.within("workbook", "Sheet") == "工作表"


def test_cash_that_should_be_there_is_not_a_delivery_that_should_come() -> None:
    assert (ZH("Expected"), ZH.within("delivery", "Expected")) == ("应有", "应到")
    assert (RU("Expected"), RU.within("delivery", "Expected")) == ("Должно быть", "Ожидалось")


def test_an_exchange_as_a_reason_is_not_an_exchange_that_pays() -> None:
    assert ZH(RETURN_REASONS["exchange"]) == "换货"
    assert ZH(METHODS["exchange"]) == "换货抵扣"


@pytest.mark.parametrize(("act", "called"), [("add_person", "Имя"), ("end_promotion", "Название")])
def test_a_person_has_a_name_of_another_kind_than_a_promotion(act: str, called: str) -> None:
    entry = JournalEntry(1, "T1", 1, datetime(2026, 11, 24, tzinfo=UTC), "amina", act, {"name": "dana"}, "")
    teller = JournalFormatter(RU, ZoneInfo("UTC"), CNY, {})
    assert called in dict(entry_fields(entry, teller))
