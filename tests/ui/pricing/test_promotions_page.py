"""Promotions at the real window: begun and ended by the manager."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

import main
from pos.application.pricing.promotions import PromotionDraft, Promotions
from pos.domain.errors import BadField, StoreError
from pos.domain.money import Money
from pos.domain.pricing.promotion import Promotion
from pos.ui.pricing.promotions.screen import PromotionsScreen
from pos.ui.widgets.buttons.segmented import SegmentButton
from pos.ui.widgets.drawing.text_label import TextLabel
from pos.ui.widgets.fields.day_box import DateBox
from pos.ui.widgets.fields.spin_box import SpinBox
from tests.horgos import CNY
from tests.ui.at_the_counter import NOON, Hand, close_till, open_till
from tests.ui.sales.test_pricing_at_the_checkout import promote
from tests.ui.slow_store import SlowStore

Key = Qt.Key
_AFTER_TOMORROW = datetime(2026, 11, 25, 16, tzinfo=UTC)
"""Midnight by the clock of the shop."""


@pytest.fixture
def boss(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path, "manager")
    opened.till.window.plug(PromotionsScreen(opened.till.session))
    yield opened
    close_till(opened)


def the_page(boss: Hand) -> PromotionsScreen:
    boss.till.window.show_screen("prices")
    boss.wait()
    page = boss.till.window.page
    assert isinstance(page, PromotionsScreen)
    return page


def test_esc_at_the_question_of_a_promotion_leads_back_into_its_form(boss: Hand) -> None:
    page = the_page(boss)
    boss.press(Key.Key_F4)
    boss.type("Spring")
    boss.press(Key.Key_Return)
    boss.type("10")
    boss.press(Key.Key_F12)
    boss.wait()
    asked = page.form.question.isVisible()
    boss.press(Key.Key_Escape)
    boss.press(Key.Key_Backspace)
    boss.press(Key.Key_F12)
    boss.wait()
    again = page.form.question.isVisible()
    boss.press(Key.Key_F12)
    boss.wait()
    row = page.rows.row(0)

    assert (asked, again) == (True, True)
    assert row is not None
    assert row.what == "−1\u00a0% · All goods"


def test_the_manager_adds_and_ends_a_promotion_by_keys(boss: Hand) -> None:
    window = boss.till.window
    window.show_screen("prices")
    boss.wait()
    page = window.page
    assert isinstance(page, PromotionsScreen)

    boss.press(Key.Key_F4)
    boss.type("Spring")
    boss.press(Key.Key_Return)
    boss.type("15")
    boss.press(Key.Key_F12)
    boss.typing.press_again(Key.Key_F12)  # twice by mistake
    boss.wait()
    assert page.rows.rowCount() == 0
    asked = page.form.question.accessibleDescription()
    assert asked.startswith("401 products for example ")
    assert " → ¥\u00a0" in asked

    boss.type("0")  # 150: another promotion is not started by the answer to this one
    assert page.form.question.isHidden()
    boss.press(Key.Key_Backspace)
    boss.press(Key.Key_F12)
    boss.press(Key.Key_F12)
    assert page.form.question.isHidden()
    row = page.rows.row(0)
    assert row is not None
    assert (row.name, row.what, row.state) == ("Spring", "−15\u00a0% · All goods", "running")

    boss.press(Key.Key_F6)
    still = page.rows.row(0)
    assert still is not None
    assert still.state == "running"
    boss.press(Key.Key_F6)
    ended = page.rows.row(0)
    assert ended is not None
    assert ended.state == "ended"


def test_what_is_wrong_with_a_promotion_stands_at_its_field(boss: Hand) -> None:
    page = the_page(boss)

    boss.press(Key.Key_F12)
    assert page.form.name.complaint == "Name on the receipt is missing."
    boss.press(Key.Key_Escape)
    assert page.form.name.complaint == ""
    boss.press(Key.Key_F12)
    boss.till.window.show_screen("checkout")
    boss.wait()
    assert page.form.name.complaint == ""
    boss.till.window.show_screen("prices")
    boss.wait()
    boss.press(Key.Key_F4)
    boss.type("Spring")
    boss.press(Key.Key_Return)
    boss.type("101")
    boss.press(Key.Key_F12)
    assert page.form.name.complaint == ""
    assert page.form.value.complaint.startswith("Percent off:")
    page.scanned("4006381333931")
    page.form.value.field.clear()  # type: ignore[attr-defined] # a line edit
    boss.type("5")
    boss.press(Key.Key_F12)
    assert "4006381333931" in page.form.code.complaint
    assert page.rows.rowCount() == 0


def test_a_promotion_that_the_store_cannot_write_is_reported(boss: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreError("disk_full")

    monkeypatch.setattr(Promotions, "add", full)
    boss.till.window.show_screen("prices")
    boss.wait()
    boss.press(Key.Key_F4)
    boss.type("Spring")
    boss.press(Key.Key_Return)
    boss.type("15")
    boss.press(Key.Key_F12)
    boss.press(Key.Key_F12)
    notice = boss.till.window.work.notices.notice
    assert notice is not None
    assert notice.text.startswith("The disk is full.")


def test_the_question_about_the_end_of_a_promotion_does_not_follow_to_another_page(boss: Hand) -> None:
    promote(boss, "Winter sale", "10")
    window = boss.till.window
    window.show_screen("prices")
    boss.wait()
    page = window.page
    assert isinstance(page, PromotionsScreen)
    boss.press(Key.Key_F6)
    asked = window.work.notices.notice
    assert asked is not None
    window.show_screen("checkout")
    assert window.work.notices.notice is None
    window.show_screen("prices")
    boss.wait()
    boss.press(Key.Key_F6)  # asks again
    boss.typing.press_again(Key.Key_F6)  # twice by mistake
    boss.wait()
    row = page.rows.row(0)
    assert row is not None
    assert row.state == "running"
    boss.press(Key.Key_Escape)
    assert window.work.notices.notice is None
    boss.press(Key.Key_F6)
    boss.press(Key.Key_F6)
    ended = page.rows.row(0)
    assert ended is not None
    assert ended.state == "ended"


def test_a_code_typed_at_the_categories_of_a_promotion_is_the_code_of_its_product(boss: Hand) -> None:
    page = the_page(boss)
    form, code = page.form, page.form.code.field
    assert isinstance(code, QLineEdit)
    form.category.field.setFocus()
    boss.type("487020")
    assert (code.text(), code.hasFocus()) == ("487020", True)


def test_a_last_day_that_cannot_be_is_said_as_it_was_chosen(boss: Hand) -> None:
    boss.till.window.show_screen("prices")
    boss.wait()
    page = boss.till.window.screen_at("prices")
    assert isinstance(page, PromotionsScreen)
    form = page.form
    form.name.field.setFocus()
    boss.type("Winter")
    form.value.field.setFocus()
    boss.type("10")
    form.until.field.setDate(QDate(2026, 11, 20))  # type: ignore[attr-defined] # a DateBox
    boss.press(Key.Key_F12)
    boss.till.session.speak("ru")
    boss.press(Key.Key_F12)

    assert form.until.complaint == "Последний день: «20.11.2026» не подходит: это не позже начала."


def a_promotion_typed_as_far_as_its_value(boss: Hand) -> PromotionsScreen:
    boss.till.window.show_screen("prices")
    boss.wait()
    page = boss.till.window.screen_at("prices")
    assert isinstance(page, PromotionsScreen)
    boss.press(Key.Key_F4)
    boss.type("Winter")
    return page


def test_a_last_day_that_is_typed_and_not_entered_is_the_one_that_holds(boss: Hand) -> None:
    page = a_promotion_typed_as_far_as_its_value(boss)
    boss.press(Key.Key_Return)
    boss.type("10")
    until = page.form.until.field
    assert isinstance(until, DateBox)
    until.setDate(QDate(2026, 12, 25))
    until.setFocus()
    until.setSelectedSection(DateBox.Section.DaySection)
    boss.type("3")  # the third, or the first figure of the thirtieth
    shown = until.text()
    boss.press(Key.Key_F12)
    taken = until.text()
    boss.press(Key.Key_F12)

    [made] = boss.shop.promotions.all(boss.till.session.person)  # type: ignore[arg-type] # signed in
    assert (shown, taken) == ("2026-12-3", "2026-12-03")
    assert made.until == datetime(2026, 12, 3, 16, tzinfo=UTC)  # midnight after it, by the clock of the shop


def test_a_promotion_of_a_till_that_was_left_on_begins_today_by_itself(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [0]
    monkeypatch.setattr(main, "_clock", lambda _at: lambda: NOON + timedelta(days=days[0]))
    boss = open_till(qapp, qtbot, tmp_path, "manager")
    boss.till.window.plug(PromotionsScreen(boss.till.session))
    page = the_page(boss)
    boss.till.window.show_screen("checkout")
    days[0] = 2
    boss.till.window.show_screen("prices")
    boss.wait()
    proposed = page.form.since.field.text(), page.form.until.field.text()  # type: ignore[attr-defined] # boxes of days
    page.form.until.field.setDate(QDate(2026, 12, 25))  # type: ignore[attr-defined]  # a DateBox
    boss.till.window.show_screen("checkout")
    days[0] = 3
    boss.till.window.show_screen("prices")
    kept = page.form.until.field.text()  # type: ignore[attr-defined]  # a DateBox
    close_till(boss)

    assert proposed == ("2026-11-26", "2026-12-03")
    assert kept == "2026-12-25"


def test_a_day_that_is_half_typed_starts_no_promotion(boss: Hand) -> None:
    page = a_promotion_typed_as_far_as_its_value(boss)
    boss.press(Key.Key_Return)
    boss.type("10")
    until = page.form.until.field
    assert isinstance(until, DateBox)
    until.setFocus()
    until.setSelectedSection(DateBox.Section.YearSection)
    boss.type("203")
    for _ in range(2):
        boss.press(Key.Key_F12)
        if page.form.until.complaint:
            break

    assert "203-12-01" in page.form.until.complaint
    assert page.rows.rowCount() == 0


@pytest.mark.parametrize("typed", ["3,5", "1", "-3", "", "3 500"])
def test_pieces_of_a_promotion_are_read_as_they_are_typed(boss: Hand, typed: str) -> None:
    page = a_promotion_typed_as_far_as_its_value(boss)
    page.form.kinds.findChildren(SegmentButton)[2].click()
    take = page.form.take.field
    assert isinstance(take, SpinBox)
    take.setFocus()
    take.selectAll()
    boss.type(typed) if typed else boss.press(Key.Key_Delete)
    boss.press(Key.Key_F12)
    boss.press(Key.Key_F12)

    assert take.text() == typed
    assert page.form.take.complaint
    assert page.rows.rowCount() == 0


def test_an_instant_in_a_refusal_is_said_by_the_shops_clock(boss: Hand) -> None:
    session = boss.till.session
    session.speak("ru")
    said = session.wording(BadField("from", "in_the_past", "2026-11-18T01:00:00+00:00"))
    of_a_day = session.wording(BadField("from", "in_the_past", "2026-11-18"))
    typed = session.wording(BadField("code", "unknown", "20261118"))

    assert "«18.11.2026 09:00»" in said
    assert "«18.11.2026»" in of_a_day
    assert "20261118" in typed


def test_a_promotion_changed_while_it_is_started_stays_in_the_form(boss: Hand) -> None:
    page = the_page(boss)
    boss.press(Key.Key_F4)
    boss.type("Spring")
    boss.press(Key.Key_Return)
    boss.type("15")
    boss.press(Key.Key_F12)
    with SlowStore(boss) as slow:
        slow.press(Key.Key_F12)
        slow.press(Key.Key_F12)
        slow.fill(page.form.name.field, "Summer")
    row = page.rows.row(0)

    assert row is not None
    assert (row.name, page.rows.rowCount(), page.form.name.field.text()) == ("Spring", 1, "Summer")  # type: ignore[attr-defined] # a line edit


def test_the_question_whether_a_promotion_starts_is_never_about_another_one(boss: Hand) -> None:
    page = the_page(boss)
    boss.press(Key.Key_F4)
    boss.type("Spring")
    boss.press(Key.Key_Return)
    boss.type("1")
    with SlowStore(boss) as slow:
        slow.press(Key.Key_F12)
        slow.type("5")

    assert page.form.question.isHidden()


def schedule(boss: Hand, **wanted: Any) -> Promotion:
    """A promotion from the day after tomorrow, for a week."""
    manager = boss.till.session.person
    assert manager is not None
    days = {"since": _AFTER_TOMORROW, "until": _AFTER_TOMORROW + timedelta(days=7)}
    return boss.shop.promotions.add(PromotionDraft("Spring", **{"percent": Decimal(10), **days, **wanted}), manager)


def kept(boss: Hand) -> list[Promotion]:
    assert boss.till.session.person is not None
    return sorted(boss.shop.promotions.all(boss.till.session.person), key=lambda one: one.id)


def test_a_promotion_that_has_not_begun_is_changed_after_a_preview(boss: Hand) -> None:
    before = schedule(boss)
    page = the_page(boss)
    boss.press(Key.Key_F5)
    assert page.form.name.field.text() == "Spring"  # type: ignore[attr-defined] # a line edit
    assert not page.form.is_begun
    page.form.value.field.clear()  # type: ignore[attr-defined] # a line edit
    page.form.value.field.setFocus()
    boss.type("20")
    boss.press(Key.Key_F12)
    asked = page.form.question.accessibleDescription()
    assert (page.form.question.accessibleName(), asked.startswith("401 products for example ")) == (
        "Change this promotion?", True,
    )  # fmt: skip
    assert kept(boss) == [before]
    boss.press(Key.Key_F12)

    assert kept(boss) == [replace(before, percent=Decimal(20))]  # its days are untouched
    row = page.rows.row(0)
    assert row is not None
    assert (row.what, row.state) == ("−20\u00a0% · All goods", "scheduled")
    assert (page.form.changing, page.form.is_begun) == (None, False)


def test_the_preview_is_whole_on_a_small_screen(boss: Hand) -> None:
    schedule(boss)
    boss.till.session.speak("ru")
    boss.till.window.showNormal()
    boss.till.window.resize(1024, 749)  # below the title of the window
    boss.wait(10)
    page = the_page(boss)
    boss.press(Key.Key_F5)
    page.form.value.field.clear()  # type: ignore[attr-defined] # a line edit
    page.form.value.field.setFocus()
    boss.type("20")
    boss.press(Key.Key_F12)
    boss.wait(10)
    words = [label for label in page.form.question.findChildren(TextLabel) if label.isVisible()]
    assert words
    for label in words:
        assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_a_promotion_that_has_begun_can_only_be_ended_or_copied(boss: Hand) -> None:
    promote(boss, "Winter sale", "10")
    page = the_page(boss)
    assert (page.change_button.isEnabled(), page.copy_button.isEnabled()) == (False, True)
    boss.press(Key.Key_F5)
    assert page.form.changing is None
    notice = boss.till.window.work.notices.notice
    assert notice is not None
    assert "has started" in notice.text


@pytest.mark.parametrize("kind", ["percent", "amount", "bundle"])
def test_a_copy_is_a_new_promotion_from_today_that_lasts_as_long(boss: Hand, kind: str) -> None:
    kinds: dict[str, dict[str, Any]] = {
        "percent": {},
        "amount": {"percent": None, "amount": Money(500, CNY), "code": boss.goods("watch").code},
        "bundle": {"percent": None, "take": 4, "pay": 3, "scope": "food"},
    }
    before = schedule(boss, **kinds[kind])
    page = the_page(boss)
    page.copy_button.click()
    boss.wait()
    assert not page.form.is_begun
    boss.press(Key.Key_F12)
    assert page.form.question.accessibleName() == "Start this promotion?"
    boss.press(Key.Key_F12)

    first, copy = kept(boss)
    assert first == before
    assert (copy.name, copy.kind, copy.percent, copy.amount) == (before.name, kind, before.percent, before.amount)
    assert (copy.take, copy.pay, copy.scope, copy.code) == (before.take, before.pay, before.scope, before.code)
    assert copy.until is not None
    assert copy.since.astimezone(boss.shop.settings().zone).date() == date(2026, 11, 24)
    assert copy.until.astimezone(boss.shop.settings().zone).date() == date(2026, 12, 1)  # the day after its last one


def test_one_that_ends_never_is_copied_and_changed_as_such(boss: Hand) -> None:
    before = schedule(boss, until=None)
    page = the_page(boss)
    boss.press(Key.Key_F5)
    assert page.form.endless.isChecked()
    boss.type("Summer")
    boss.press(Key.Key_F12)
    boss.press(Key.Key_F12)
    assert kept(boss) == [replace(before, name="Summer")]


def test_a_promotion_that_is_over_is_copied_too(boss: Hand) -> None:
    before, person = schedule(boss), boss.till.session.person
    assert person is not None
    boss.shop.promotions.end(before.id, person)
    page = the_page(boss)
    boss.press(Key.Key_F9)
    boss.press(Key.Key_F12)
    boss.press(Key.Key_F12)

    assert (page.form.is_begun, [one.name for one in kept(boss)]) == (False, ["Spring", "Spring"])


def test_what_is_typed_is_asked_about_before_a_promotion_takes_its_place(boss: Hand) -> None:
    schedule(boss)
    page = the_page(boss)
    boss.press(Key.Key_F4)
    boss.type("Winter")
    boss.press(Key.Key_F9)
    assert page.form.name.field.text() == "Winter"  # type: ignore[attr-defined] # a line edit
    boss.press(Key.Key_F9)
    assert page.form.name.field.text() == "Spring"  # type: ignore[attr-defined] # a line edit


def test_esc_leaves_a_change_and_asks_about_what_is_typed(boss: Hand) -> None:
    before = schedule(boss)
    page = the_page(boss)
    boss.press(Key.Key_F5)
    boss.press(Key.Key_Escape)
    assert (page.form.changing, page.form.name.field.text()) == (None, "")  # type: ignore[attr-defined] # a line edit
    boss.press(Key.Key_F5)
    boss.type("Other")
    boss.press(Key.Key_Escape)
    assert page.form.is_begun
    boss.press(Key.Key_Escape)
    assert page.form.changing is None
    assert kept(boss) == [before]


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_F4])
def test_a_copy_that_was_not_changed_is_left_as_one_that_is_changed(boss: Hand, key: Key) -> None:
    schedule(boss)
    page = the_page(boss)
    boss.press(Key.Key_F9)
    loaded = page.form.name.field.text()  # type: ignore[attr-defined] # a line edit
    boss.press(key)

    assert loaded == "Spring"
    assert (page.form.is_loaded, page.form.name.field.text()) == (False, "")  # type: ignore[attr-defined] # a line edit


def test_a_change_over_that_of_another_person_is_refused_and_shown(boss: Hand) -> None:
    before = schedule(boss)
    page = the_page(boss)
    boss.press(Key.Key_F5)
    boss.type("Mine")
    manager = boss.till.session.person
    assert manager is not None
    draft = replace(PromotionDraft.of(before), name="Theirs")
    boss.shop.promotions.change(before.id, draft, manager)
    boss.press(Key.Key_F12)
    boss.press(Key.Key_F12)

    assert [one.name for one in kept(boss)] == ["Theirs"]
    assert page.form.name.complaint
    row = page.rows.row(0)
    assert row is not None
    assert row.name == "Theirs"


def test_a_number_changed_by_an_arrow_is_asked_about_as_one_that_is_typed(boss: Hand) -> None:
    page = the_page(boss)
    boss.press(Key.Key_F4)
    boss.type("Spring")
    page.form.kinds.chosen.emit("bundle")
    boss.press(Key.Key_F12)
    boss.wait()
    asked = page.form.question.isVisible()
    page.form.take.field.setFocus()
    boss.press(Key.Key_Up)
    boss.wait()
    kept = page.form.question.isVisible()
    boss.press(Key.Key_F12)
    boss.wait()

    assert (asked, kept, page.rows.rowCount()) == (True, False, 0)  # F12 asks about the other number first
