"""The manager's reports at the real window over a real shop: a day at a glance, and its Zs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.reports.read_reports import ReportDay
from pos.application.sales.complete_sale import Payment
from pos.application.shifts.hand_over_shift import Parties
from pos.domain.errors import Collided
from pos.domain.payment.tender import Tender, fewest_notes
from pos.domain.period import Period, Usual
from pos.domain.staff.staff import Person
from pos.domain.visitors.document import read_typed
from pos.ui.reports.screen import ReportsScreen
from pos.ui.session.rail_entries import entries_for
from pos.ui.widgets.drawing.focus_ring import _target
from tests.builders import cash, cash_for, money
from tests.horgos import CNY, USD
from tests.ui.at_the_counter import NOON, Hand, a_past, close_till, open_bare_till
from tests.ui.slow_store import SlowStore

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
LI = ("passport", "E87654321", "CHN", "1990-01-01")


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager at a till whose shift is Amina's."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "manager")
    opened.till.window.plug(ReportsScreen(opened.till.session))
    yield opened
    close_till(opened)


def person(hand: Hand, name: str) -> Person:
    return next(one for one in hand.shop.sign_in.people() if one.name == name)


def sell(hand: Hand, *tenders: Tender) -> str:
    """A toy, without the pages of the counter; what it cost."""
    basket = hand.shop.new_checkout()
    basket.identify(read_typed(*LI, NOON.date()))
    basket.leave_to("CN")
    basket.add(hand.goods("toy").id, 1)
    order = basket.order(person(hand, "amina"))
    hand.shop.complete_sale.from_counter(order, Payment(tenders or (cash_for(order.cart.total),), CNY))
    return str(order.cart.total)


def counted(hand: Hand) -> dict[str, dict[int, int]]:
    """Exactly what the drawer should hold."""
    lines = hand.shop.read_shift(person(hand, "manager")).cash
    return {line.currency.code: dict(fewest_notes(line.expected or line.moved()["float"])) for line in lines}


def close_shift(hand: Hand, short: int = 0) -> None:
    """Amina's shift is closed, `short` ten-yuan notes short."""
    count = counted(hand)
    if short:
        count["CNY"][10_000] -= short
    hand.shop.close_shift(person(hand, "amina"), count)


def page(hand: Hand) -> ReportsScreen:
    screen = hand.till.window.screen_at("reports")
    assert isinstance(screen, ReportsScreen)
    return screen


def look(hand: Hand) -> ReportsScreen:
    hand.till.window.show_screen("reports")
    return see(hand)


def see(hand: Hand) -> ReportsScreen:
    """The page, once its tables are there too."""
    hand.wait()
    hand.until(lambda: page(hand).day.is_whole)
    return page(hand)


def tiles(hand: Hand) -> list[str]:
    return [tile.accessibleName() for tile in page(hand).day.glance.tiles]


def test_a_day_shows_its_figures_first(hand: Hand) -> None:
    cost = sell(hand)
    sell(hand, cash("100", USD))
    look(hand)

    report = page(hand).report
    assert report is not None
    assert report.sales.count == 2
    assert tiles(hand)[0] == f"Sales: ¥\u00a0{2 * float(cost):.2f}"
    assert tiles(hand)[1] == "Receipts: 2, 2 pieces"
    assert tiles(hand)[4] == "Returns · removed lines: 0 · 0, ¥\u00a00.00 returned"
    assert [way.name for way in page(hand).day.payments.ways] == ["Cash · CNY", "Cash · USD", "Change · CNY"]
    assert [row[0] for row in page(hand).day.spread.texts] == ["$ USD"]


def test_a_visitor_on_two_receipts_makes_two_visits(hand: Hand) -> None:
    for _ in range(2):
        sell(hand)
    shown = look(hand)

    assert shown.report is not None
    assert sum(count for _, count in shown.report.visitors) == 2
    assert tiles(hand)[3] == "Visits: 2, China 2"


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_days_of_a_report_are_read_whole_beneath_the_choice_of_any_days(hand: Hand, language: str) -> None:
    hand.till.window.resize(1366, 768)
    hand.till.session.speak(language)
    shown = look(hand)
    shown.bar._choose_kind("range")
    see(hand)

    assert not shown.bar.until.isHidden()
    for label in (shown._title, shown._when):
        assert label.width() >= label.sizeHint().width(), label.text()


@pytest.fixture
def traded(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager of a shop that has traded for eight days."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "manager", a_past)
    opened.till.window.plug(ReportsScreen(opened.till.session))
    yield opened
    close_till(opened)


def test_what_the_days_are_compared_with_is_whole_in_a_narrow_window(traded: Hand) -> None:
    traded.till.window.resize(1100, 700)
    texts: dict[str, list[str]] = {}
    for language in ("en", "zh", "ru", "kk"):
        traded.till.session.speak(language)
        shown = look(traded)
        for kind in ("today", "yesterday", "this_week", "range"):
            shown.bar._choose_kind(kind)
            see(traded)
            label = shown._when
            texts.setdefault(language, []).append(label.text())
            whole = label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
            assert whole or 0 < label.heightForWidth(label.width()) <= label.height(), label.text()

    for language, said in texts.items():
        assert any(":" in text for text in said), language


def test_the_tab_key_goes_to_a_report_that_shows_it(hand: Hand) -> None:
    shown = look(hand)
    z = shown.z
    assert _target(shown.day) is shown.day
    assert _target(z.view) is z.view
    assert not z.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_cash_stands_beside_what_was_counted_once_a_shift_is_closed(hand: Hand) -> None:
    look(hand)
    assert page(hand).day.cash.texts[0][-2:] == ("–", "–")

    close_shift(hand, short=1)
    look(hand)

    assert page(hand).day.cash.texts[0][-2:] == ("1,900.00", "100.00 short")
    assert [row.key for row in page(hand).day.shifts.rows._rows] == ["T1:1"]


def test_arrows_go_to_the_days_beside_it_and_never_beyond_today(hand: Hand) -> None:
    sell(hand)
    look(hand)
    today = page(hand).bar.box.date()

    hand.press(Key.Key_Right)
    assert page(hand).bar.box.date() == today
    hand.press(Key.Key_Left)
    assert page(hand).bar.box.date() == today.addDays(-1)
    hand.press(Key.Key_Left)
    assert page(hand).bar.box.date() == today.addDays(-2)
    assert not page(hand).empty.isHidden()
    assert page(hand).empty.accessibleName() == "No sales on this day"
    hand.press(Key.Key_Right)
    hand.press(Key.Key_Escape)
    assert page(hand).bar.box.date() == today
    assert page(hand).day.isVisible()


def test_enter_opens_the_z_and_it_prints_again_as_a_copy(hand: Hand) -> None:
    sell(hand)
    close_shift(hand)
    look(hand)

    hand.press(Key.Key_Return)
    assert page(hand).z.title == "Z · T1-Z000001"
    assert {button.window() for button in page(hand).z.buttons} == {hand.till.window}
    assert [row[-1] for row in page(hand).z.view.cash.texts] == ["matches"] * 5
    hand.press(Key.Key_P, CONTROL)
    notice = page(hand).z.news.notice
    assert notice is not None
    assert notice.text == "T1-Z000001 printed."
    assert len(list(hand.shop.folder.glob("zreports/*/*/T1-Z000001-copy-1.pdf"))) == 1
    hand.press(Key.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert len(list(hand.shop.folder.glob("zreports/*/*/T1-Z000001-a4-copy-2.pdf"))) == 1
    hand.press(Key.Key_F12)
    assert page(hand).z.report is None
    assert page(hand).day.isVisible()


def test_a_shift_that_was_handed_over_names_whose_it_is_now(hand: Hand) -> None:
    sell(hand)
    hand.shop.hand_over_shift(Parties(person(hand, "manager"), "amina", "manager", None), counted(hand))
    look(hand)

    [row] = page(hand).day.shifts.rows._rows
    assert row.spoken.split(", ")[1].startswith("Amina S. · Dana K. · ")


def test_enter_on_a_shift_that_is_still_open_shows_its_x_and_prints_it(hand: Hand) -> None:
    sell(hand)
    look(hand)
    assert [row.spoken.split(", ")[-1] for row in page(hand).day.shifts.rows._rows] == ["still open"]

    hand.press(Key.Key_Return)

    assert page(hand).z.title == "X · T1 · Shift 1"
    assert page(hand).z.sheet.isHidden()
    assert "1 receipt · 1 piece" in [row[1] for row in page(hand).z.view.turnover.texts]
    hand.press(Key.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier)  # an X is for now: never a sheet
    assert page(hand).z.news.notice is None
    hand.press(Key.Key_P, CONTROL)
    notice = page(hand).z.news.notice
    assert notice is not None
    assert notice.text == "Report printed."
    hand.press(Key.Key_F12)
    assert page(hand).day.isVisible()


def test_what_a_manager_looks_into_names_people_acts_and_reasons(hand: Hand) -> None:
    basket = hand.shop.new_checkout()
    basket.identify(read_typed(*LI, NOON.date()))
    view = basket.add(hand.goods("toy").id, 1)
    basket.void(view.lines[0].line.id, person(hand, "amina"))
    hand.shop.open_drawer(person(hand, "manager"), "a coin fell in")
    look(hand)

    details = page(hand).day.details
    assert details.voids.texts[0][0].startswith("12:00 · Amina S. · ")
    assert details.openings.texts == (("12:00 · Dana K.", "a coin fell in"),)
    assert details.approvals.note == "No approvals."
    assert details.discounts.note == "No discounts were given."


def test_removed_goods_are_named_in_the_language_of_the_reader(hand: Hand) -> None:
    basket = hand.shop.new_checkout()
    basket.identify(read_typed(*LI, NOON.date()))
    goods = hand.goods("food.sweets")
    view = basket.add(goods.id, 1)
    basket.void(view.lines[0].line.id, person(hand, "amina"))
    hand.till.session.speak("ru")
    look(hand)
    of_the_day = page(hand).day.details.voids.texts[0][0]
    hand.till.session.speak("zh")
    see(hand)
    at_once = page(hand).day.details.voids.texts[0][0]
    close_shift(hand)
    z = hand.shop.issue_shift.find(person(hand, "manager")).report

    assert len({goods.name_in(language) for language in ("en", "ru", "zh")}) == 3
    assert of_the_day.endswith(f" · {goods.name_in('ru')}")
    assert at_once.endswith(f" · {goods.name_in('zh')}")
    assert [void.name_in("kk") for void in z.details.voids] == [goods.name_in("kk")]


def test_a_till_is_chosen_by_a_key(hand: Hand) -> None:
    sell(hand)
    look(hand)
    assert page(hand).bar.tills.isHidden()

    hand.press(Key.Key_F8)

    report = page(hand).report
    assert report is not None
    assert report.till == "T1"


def test_nothing_of_the_day_stays_when_the_page_is_left(hand: Hand) -> None:
    sell(hand)
    look(hand)
    hand.till.window.lock()
    assert page(hand).report is None
    assert page(hand).day.isHidden()


def test_reports_are_a_managers_page(hand: Hand) -> None:
    assert "reports" in [entry.key for entry in entries_for(person(hand, "manager"), ["reports"])]
    for name in ("amina", "clerk"):
        assert entries_for(person(hand, name), ["reports"]) == []


def test_the_day_speaks_the_language_of_the_moment(hand: Hand) -> None:
    look(hand)
    hand.till.session.speak("ru")
    see(hand)
    assert tiles(hand)[0].startswith("Продажи: ")
    assert page(hand).day.details.voids.note == "Удалённых строк нет."


def test_the_amounts_are_those_of_the_day_report(hand: Hand) -> None:
    sell(hand)
    look(hand)
    report = hand.shop.report_day(person(hand, "manager"))
    assert page(hand).report == report
    assert report.sales.amount > money("0")


def test_figures_stay_under_their_days_where_others_cannot_be_read(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_days: object) -> None:
        raise Collided("10.0.0.5")

    sell(hand)
    today = look(hand).bar.box.date()
    with monkeypatch.context() as patch:
        patch.setattr(ReportDay, "__call__", busy)
        page(hand).bar.box.setDate(today.addDays(-3))
        hand.wait()
    notice = hand.till.window.work.notices.notice

    assert notice is not None
    assert notice.text.endswith("The database is busy with another till. Try again.")
    assert page(hand).report is not None
    assert page(hand).bar.box.date() == today


def test_a_z_that_is_opened_while_other_days_are_read_leaves_no_figures_under_them(hand: Hand) -> None:
    sell(hand)
    close_shift(hand)
    shown = look(hand)
    with SlowStore(hand) as slow:
        slow.press(Key.Key_Left)
        shown.day.opened.emit("T1", 1)
    assert shown.z.report is not None
    hand.press(Key.Key_Escape)
    day = shown.bar.box.date()

    assert shown.report is not None
    assert shown.report.first == date(day.year(), day.month(), day.day())


def type_day(hand: Hand, typed: str) -> ReportsScreen:
    """Into the first part of the day of the reports, which are of the 24th of November."""
    shown = look(hand)
    shown.bar.box.setFocus(Qt.FocusReason.TabFocusReason)
    shown.bar.box.setSelectedSection(shown.bar.box.sectionAt(0))
    hand.type(typed)
    see(hand)
    return shown


@pytest.mark.parametrize("language", ["en", "kk"])
@pytest.mark.parametrize("day", [date(2025, 12, 15), date(2026, 10, 31), date(2025, 12, 31), date(2024, 2, 29)])
def test_any_day_before_today_is_typed_for_its_report(hand: Hand, language: str, day: date) -> None:
    hand.till.session.speak(language)
    shown = type_day(hand, day.strftime("%d.%m.%Y" if language == "kk" else "%Y-%m-%d"))
    typed = shown.bar.box.date().toPython()
    hand.press(Key.Key_Tab)
    see(hand)

    assert (typed, shown.bar.box.date().toPython()) == (day, day)
    assert shown._period == Period(day, day)


def test_a_day_that_is_still_to_come_has_no_report_and_does_not_stay_beside_another(hand: Hand) -> None:
    hand.till.session.speak("kk")
    shown = type_day(hand, "25.12.2026")
    period = shown._period
    hand.press(Key.Key_Tab)
    see(hand)

    assert period is not None
    assert period.last <= NOON.date()
    assert shown.bar.box.date().toPython() == shown._period.first  # type: ignore[union-attr] # it has one


def test_one_end_of_a_range_is_typed_and_the_other_stays(hand: Hand) -> None:
    hand.till.session.speak("kk")
    shown = look(hand)
    shown.bar.choose(Usual.THIS_MONTH)
    see(hand)
    with SlowStore(hand):  # also while the days of before are still read
        for box, typed in (
            (shown.bar.until, "15.11.2026"),
            (shown.bar.box, "20.10.2026"),
            (shown.bar.until, "3.11.2026"),
        ):
            box.setFocus(Qt.FocusReason.TabFocusReason)
            box.setSelectedSection(box.sectionAt(0))
            for char in typed:
                hand.typing.press(char)
    see(hand)

    assert shown._period == Period(date(2026, 10, 20), date(2026, 11, 3))
    assert shown.report is not None
    assert (shown.report.first, shown.report.last) == (date(2026, 10, 20), date(2026, 11, 3))


def test_each_press_of_an_arrow_moves_the_days_also_while_they_are_read(hand: Hand) -> None:
    shown = look(hand)
    with SlowStore(hand) as slow:
        slow.press(Key.Key_Left)
        slow.press(Key.Key_Left)

    assert shown.report is not None
    assert shown.report.first == NOON.date() - timedelta(days=2)


def test_the_arrows_of_a_day_go_no_further_than_today(hand: Hand) -> None:
    shown = look(hand)
    shown.bar.box.setFocus()
    hand.press(Key.Key_Up)
    see(hand)

    assert shown.bar.box.date().toPython() == NOON.date()
