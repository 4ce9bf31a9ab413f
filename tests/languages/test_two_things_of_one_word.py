"""One English word that means two things has two translations where the language distinguishes them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pos.application.ports.journal_ports import JournalEntry
from pos.application.reports.journal_fields import entry_fields
from pos.application.reports.journal_formatter import JournalFormatter
from pos.application.text.names import CHARGE_KINDS, METHODS, PAPER_STATES, RETURN_REASONS
from pos.languages.catalogue import load_translators
from pos.ui.input.actions import TABLE
from tests.horgos import CNY
from tools.messages import FOLDER

WORDS = load_translators(FOLDER)
ZH, RU = WORDS["zh"], WORDS["ru"]


def test_an_open_order_is_not_a_way_of_counting() -> None:
    assert ZH(PAPER_STATES["open"]) == "未完成"
    assert ZH.context("count", "open") == "明盘"


def test_a_count_sheet_is_not_the_sheet_of_a_workbook() -> None:
    assert ZH("Sheet") == "清点单"
    assert ZH.context("workbook", "Sheet") == "工作表"


def test_cash_that_should_be_there_is_not_a_delivery_that_should_come() -> None:
    assert (ZH("Expected"), ZH.context("delivery", "Expected")) == ("应有", "应到")
    assert (RU("Expected"), RU.context("delivery", "Expected")) == ("Должно быть", "Ожидалось")


def test_an_exchange_as_a_reason_is_not_an_exchange_that_pays() -> None:
    assert ZH(RETURN_REASONS["exchange"]) == "换货"
    assert ZH(METHODS["exchange"]) == "换货抵扣"


def fields_of(event: str, details: dict[str, object], language: str = "ru") -> dict[str, str]:
    """What an entry of the journal says in a language."""
    entry = JournalEntry(1, "T1", 1, datetime(2026, 11, 24, tzinfo=UTC), "amina", event, details, "")
    return dict(entry_fields(entry, JournalFormatter(WORDS[language], ZoneInfo("UTC"), CNY, {})))


@pytest.mark.parametrize(("event", "called"), [("add_person", "Имя"), ("end_promotion", "Название")])
def test_a_person_has_a_name_of_another_kind_than_a_promotion(event: str, called: str) -> None:
    assert called in fields_of(event, {"name": "dana"})


def test_a_number_of_days_is_not_the_days_of_a_list() -> None:
    assert fields_of("tell_entries", {"visitor": 7, "days": 3}, "zh") == {"旅客编号": "7", "天数": "3"}
    assert ZH("Days") == "日期范围"


def test_the_paper_of_a_stock_move_of_a_visitor_of_customs_and_of_labels_are_four_things() -> None:
    assert fields_of("move_stock", {"document": "M-000001"}, "zh") == {"库存单": "M-000001"}
    assert fields_of("link", {"paper": 7, "to": 3}) == {"Номер посетителя": "7", "Связан с посетителем №": "3"}
    assert fields_of("part", {"paper": 7}, "zh") == {"旅客编号": "7"}
    assert fields_of("print_labels", {"paper": "roll"}, "zh") == {"标签纸": "roll"}
    assert (ZH("Import document"), ZH("Linked document")) == ("海关单证", "关联单证")


def test_what_a_visitor_pays_to_customs_is_not_a_charge_of_a_delivery() -> None:
    assert (ZH.context("visitor", "Duty"), ZH(CHARGE_KINDS["duty"])) == ("税款", "关税")


def test_a_card_that_the_terminal_approves_is_not_approved_by_a_manager() -> None:
    assert ZH.context("card terminal", "Approved") != ZH("Approved") == "已授权"


def test_the_period_before_on_the_screen_is_not_what_was_bought_before_on_the_slip() -> None:
    assert (ZH("Previous period"), ZH("Earlier")) == ("上一期间", "此前")
    steps = {action.id: action.text for action in TABLE}
    assert (steps["day_before"], steps["day_after"]) == ("Previous period", "Next period")


def test_no_to_a_question_is_not_that_there_were_no_entries() -> None:
    assert (ZH("No"), ZH.context("discard", "No")) == ("没有", "不作废")


def test_what_is_not_shown_is_counted_without_a_measure_word_where_it_may_be_visitors_or_days() -> None:
    assert ZH.plural("+{n} more", "+{n} more", 3) == "+3"


def test_a_column_of_one_event_is_not_the_list_of_events() -> None:
    assert (RU("Event"), RU("Events")) == ("Событие", "События")
