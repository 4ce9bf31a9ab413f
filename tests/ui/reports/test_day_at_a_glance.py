"""The manager's morning at the real window, in a shop that has traded for eight days: pictures, marks, receipts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.reports import day_figures
from pos.application.reports.figure_kinds import AMOUNT, Figure, TileSlot
from pos.application.sales.complete_sale import Payment
from pos.domain.money import Money
from pos.domain.period import Period, Usual
from pos.domain.reports.day_report import DayReport
from pos.domain.reports.report_slice import ReportSlice
from pos.domain.reports.trade_figures import Margin
from pos.domain.shifts.shift_report import Turnover
from pos.domain.visitors.document import read_mrz
from pos.ui.look.theme import Mode
from pos.ui.receipts.screen import HistoryScreen
from pos.ui.reports import glance as glance_of_the_day
from pos.ui.reports.chart_library import ChartLibrary
from pos.ui.reports.glance import Glance, ShownReport
from pos.ui.reports.screen import ReportsScreen
from pos.ui.reports.tile_words import tiles
from pos.ui.returns.screen import ReturnsScreen
from tests.builders import cash_for
from tests.horgos import CNY
from tests.ui.at_the_counter import CARTON, NOON, PASSPORT, Hand, a_past, close_till, open_bare_till, open_till
from tests.ui.slow_store import SlowStore

Key = Qt.Key
YESTERDAY = date(2026, 11, 23)


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager at the reports of a shop with a past."""
    opened = at_the_reports(open_bare_till(qapp, qtbot, tmp_path, "manager", a_past))
    yield opened
    close_till(opened)


@pytest.fixture
def seller(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager at the reports of a till with the pages of a sale."""
    opened = at_the_reports(open_till(qapp, qtbot, tmp_path, "manager", a_past))
    yield opened
    close_till(opened)


def at_the_reports(hand: Hand) -> Hand:
    hand.till.window.plug(ReportsScreen(hand.till.session))
    hand.till.window.show_screen("reports")
    see(hand)
    return hand


def page(hand: Hand) -> ReportsScreen:
    screen = hand.till.window.screen_at("reports")
    assert isinstance(screen, ReportsScreen)
    return screen


def see(hand: Hand) -> ReportsScreen:
    """The page, once the store has answered and all of it is there."""
    hand.wait()
    hand.until(lambda: page(hand).day.is_whole)
    hand.wait()
    return page(hand)


def glance(hand: Hand) -> Glance:
    return page(hand).day.glance


def report(hand: Hand) -> DayReport:
    day_report = page(hand).report
    assert day_report is not None
    return day_report


def yesterday(hand: Hand) -> DayReport:
    """What is on show in the morning, before anything is sold."""
    assert report(hand).first == YESTERDAY
    return report(hand)


def listed(hand: Hand) -> list[str]:
    """The numbers of the receipts in the list."""
    rows = page(hand).behind.rows
    return [rows.text(index).receipt for index in range(rows.rowCount())]


def to_the_last_page(hand: Hand) -> None:
    """As one scrolls down to the end."""
    rows = page(hand).behind.rows
    while rows.canFetchMore(QModelIndex()):
        rows.fetchMore(QModelIndex())
        hand.wait()


def test_the_shares_of_a_day_are_as_high_as_a_finger_where_one_is_used(hand: Hand) -> None:
    yesterday(hand)
    shares = page(hand).day.glance.products.rows
    assert shares.row_height < 44, "by keys more of the day is seen"
    page(hand).day.ensureWidgetVisible(shares)
    opened: list[object] = []
    page(hand).day.slice_opened.connect(opened.append)
    hand.typing.finger(hand.till.window.work.status, QPoint(2, 2))
    hand.wait(10)
    page(hand).day.ensureWidgetVisible(shares)
    assert shares.row_height >= 44
    second = QPoint(40, 2 * shares.row_height - 2)
    assert shares.index_at(second) == 1
    hand.typing.finger(shares, second)
    hand.wait(10)
    assert opened == [shares.slices[1].behind]


def test_a_finger_opens_a_receipt_of_an_hour_and_the_z_of_a_shift_by_one_tap(hand: Hand) -> None:
    yesterday(hand)
    reports = page(hand)
    hand.press(Key.Key_Tab)
    hand.press(Key.Key_Return)
    asked: list[str] = []
    reports.behind.opened.connect(asked.append)
    table = reports.behind.table
    last = table.model().rowCount() - 1
    hand.typing.finger(table.viewport(), table.visualRect(table.model().index(last, 0)).center())
    hand.wait(10)
    assert asked == [reports.behind.rows.text(last).receipt]

    hand.press(Key.Key_Escape)
    shifts = reports.day.shifts
    reports.day.ensureWidgetVisible(shifts)
    hand.wait(10)
    opened: list[object] = []
    reports.day.opened.connect(lambda *z: opened.append(z))
    hand.typing.finger(shifts.viewport(), shifts.visualRect(shifts.model().index(0, 0)).center())
    hand.wait(10)
    assert reports.z.isVisible()

    hand.press(Key.Key_Escape)
    shifts.setFocus()
    hand.press(Key.Key_Return)
    assert reports.z.isVisible()
    assert len(opened) == 2, "each way opens it once"


def test_goods_that_came_in_the_first_month_are_not_said_to_have_all_sold(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    hand = open_till(qapp, qtbot, tmp_path, "manager")
    hand.till.window.plug(ReportsScreen(hand.till.session))
    hand.till.window.show_screen("reports")
    see(hand)
    page(hand).bar.choose(Usual.THIS_MONTH)
    see(hand)
    slow = glance(hand).slow
    said, rows = slow._nothing.text(), slow.rows.slices
    close_till(hand)

    assert (said, list(rows)) == ("No slow sellers. Products added on these days do not count.", [])


def test_the_manager_opens_yesterday_chooses_an_hour_and_sees_its_receipts(hand: Hand) -> None:
    yesterday(hand)
    hand.press(Key.Key_Tab)
    bars = glance(hand).hours.bars
    assert bars.hasFocus()
    hand.press(Key.Key_End)
    mark = bars.current
    assert mark is not None
    hour, share = report(hand).by_hour[-1]
    assert mark.behind == ReportSlice("hour", str(hour))
    assert bars.accessibleName().startswith(f"Sales by hour, ¥ (Beijing): {hour:02d}:00–{hour + 1:02d}:00: ¥")

    hand.press(Key.Key_Return)
    assert page(hand).behind.table.hasFocus()
    assert len(listed(hand)) == share.count
    hand.press(Key.Key_Escape)
    assert bars.hasFocus()
    assert bars.current == mark


def test_a_receipt_of_the_list_opens_where_goods_come_back(seller: Hand) -> None:
    returns = ReturnsScreen(seller.till.session, seller.checkout.receipts, seller.checkout.counter)
    seller.till.window.plug(returns)
    page(seller).receipt_requested.connect(returns.look_up)
    yesterday(seller)
    seller.press(Key.Key_Tab)
    seller.press(Key.Key_Return)
    first = listed(seller)[0]
    seller.press(Key.Key_Return)
    seller.wait()
    assert seller.screen_id == "returns"
    assert returns.controller.hand is not None
    assert returns.controller.hand.returnable.sale.receipt == first
    seller.till.window.show_screen("reports")
    see(seller)
    assert first in listed(seller)


def test_marks_open_as_many_receipts_as_they_tell_of(hand: Hand) -> None:
    report = yesterday(hand)
    counts = {ReportSlice("nationality", share.name): share.count for share in report.by_nationality[:1]}
    counts |= {ReportSlice("destination", share.name): share.count for share in report.by_destination[:1]}
    counts |= {ReportSlice("hour", str(hour)): share.count for hour, share in report.by_hour[:1]}
    for mark, count in counts.items():
        page(hand).day.slice_opened.emit(mark)
        hand.wait()
        to_the_last_page(hand)
        assert len(listed(hand)) == count
        hand.press(Key.Key_Escape)


def test_every_picture_opens_receipts(hand: Hand) -> None:
    yesterday(hand)
    for field in glance(hand).fields:
        mark = field.current
        if mark is not None and mark.behind is not None:
            field.open_chosen()
            hand.wait()
            assert listed(hand), mark.spoken


def test_a_click_on_a_bar_a_segment_or_a_row_opens_it(hand: Hand) -> None:
    yesterday(hand)
    opened: list[ReportSlice] = []
    page(hand).day.slice_opened.disconnect()
    page(hand).day.slice_opened.connect(opened.append)
    bars, rows = glance(hand).hours.bars, glance(hand).currencies.rows
    hand.until(lambda: bars.plot is not None)
    at = next(x for x in range(0, bars.width(), 4) if bars.index_at(QPoint(x, 80)) == bars.chosen)
    for field, point in ((bars, QPoint(at + 8, 80)), (rows, QPoint(20, 4)), (rows, QPoint(20, 40))):
        QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=point)
    assert opened == [bars.slices[bars.chosen].behind, rows.slices[0].behind, rows.slices[0].behind]


def test_the_keyboard_alone_reaches_every_picture(hand: Hand) -> None:
    yesterday(hand)
    reached = set()
    for _ in range(40):
        hand.press(Key.Key_Tab)
        focused = QApplication.focusWidget()
        reached |= {index for index, field in enumerate(glance(hand).fields) if field is focused}
    assert reached == {index for index, field in enumerate(glance(hand).fields) if field.isVisible()}


def test_yesterday_stands_beside_the_same_weekday_before(hand: Hand) -> None:
    report = yesterday(hand)
    assert report.compared is not None
    assert report.compared.first == date(2026, 11, 16)
    assert "previous: " in glance(hand).tiles[0].accessibleName()
    assert "; previous: ¥" in glance(hand).hours.bars.slices[0].spoken


def test_currencies_and_ways_of_paying_come_to_what_was_sold(hand: Hand) -> None:
    report = yesterday(hand)
    back = sum(one.value.minor for one in report.refunds)
    sold = (report.sales.amount - report.returns.amount + report.rounding).minor + back
    for card in (glance(hand).currencies, glance(hand).methods):
        assert sum(mark.value for mark in card.rows.slices) == sold


def test_where_nothing_was_sold_a_week_before_it_is_said(hand: Hand) -> None:
    page(hand).bar.chosen.emit(Period(date(2026, 11, 16), date(2026, 11, 16)))
    see(hand)
    assert page(hand)._when.text() == "Monday 16 November 2026 · no comparison"
    assert "before" not in glance(hand).tiles[0].accessibleName()


def test_a_margin_of_which_no_cost_is_known_is_not_known(hand: Hand) -> None:
    report = yesterday(hand)
    none = Money.zero(CNY)
    tr = hand.till.session.translator
    margin = Margin(report.sales.amount, none, none, is_known=False, is_whole=False)
    assert tiles(replace(report, margin=margin), tr)[-1].spoken == "Margin: unknown, no known cost"


def test_no_cost_is_called_unknown_before_the_first_sale_of_a_day(hand: Hand) -> None:
    report, none = yesterday(hand), Money.zero(CNY)
    untouched = replace(report, sales=Turnover(0, 0, none), returns=Turnover(0, 0, none))
    opened = replace(untouched, margin=Margin(none, none, none, is_known=False, is_whole=True))
    assert tiles(replace(opened, compared=None), hand.till.session.translator)[-1].spoken == "Margin: ¥\xa00.00"


def test_a_margin_whose_cost_is_known_is_shown_where_all_goods_came_back(hand: Hand) -> None:
    report, none = yesterday(hand), Money.zero(CNY)
    tr = hand.till.session.translator
    back = replace(report, compared=None, margin=Margin(none, none, none, is_known=True, is_whole=True))
    assert tiles(back, tr)[-1].spoken == "Margin: ¥\xa00.00"
    loss = Margin(Money(-4500, CNY), Money(-4500, CNY), Money(-2790, CNY), is_known=True, is_whole=True)
    assert tiles(replace(back, margin=loss), tr)[-1].spoken == "Margin: −¥\xa017.10"


def test_a_margin_names_an_unknown_cost_of_what_came_back(hand: Hand) -> None:
    report, none = yesterday(hand), Money.zero(CNY)
    sold = Margin(Money(900, CNY), Money(900, CNY), none, is_known=True, is_whole=False)
    spoken = tiles(replace(report, margin=sold), hand.till.session.translator)[-1].spoken
    assert spoken.endswith("some costs are unknown")


def test_a_seventh_figure_is_shown_below_the_others(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    seventh = Figure("rounded", lambda _: "Rounded", AMOUNT, lambda day: day.rounding, window=TileSlot(7))
    seven = (*day_figures.FIGURES, seventh)
    for module in (day_figures, glance_of_the_day):
        monkeypatch.setattr(module, "FIGURES", seven)
    session = hand.till.session
    day = Glance(hand.till.theme, ChartLibrary(session))
    day.resize(1200, 2000)
    day.present(ShownReport(yesterday(hand), {}), UTC, session.translator)
    day.grab()

    assert day.tiles[-1].accessibleName().startswith("Rounded: ")
    assert [tile.y() for tile in day.tiles] == [day.tiles[0].y()] * 4 + [day.tiles[-1].y()] * 3
    assert day.tiles[-1].y() > day.tiles[0].y()


def test_a_day_is_not_called_one_without_sales_before_it_is_read(hand: Hand) -> None:
    page(hand).bar.chosen.emit(Period(date(2026, 11, 1), date(2026, 11, 1)))
    see(hand)
    before = page(hand).empty.isVisible()
    with SlowStore(hand):
        page(hand).bar.chosen.emit(Period(date(2026, 11, 2), date(2026, 11, 2)))
        QApplication.processEvents()
        reading = page(hand).empty.isVisible()

    assert (before, reading, page(hand).empty.isVisible()) == (True, False, True)


def test_goods_with_an_allowance_that_were_sold_without_a_document_are_not_denied(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    """*No goods with an allowance were sold* stood there after a carton was sold without a document."""
    hand = open_bare_till(qapp, qtbot, tmp_path, "manager")
    with hand.shop.issue_receipt.store.begin() as work:
        work.settings.set("sell_without_visitor", "yes")
        work.commit()
    basket = hand.shop.new_checkout()
    basket.scan(CARTON)
    order = basket.order(next(one for one in hand.shop.sign_in.people() if one.name == "amina"))
    hand.shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),)))
    said = glance(at_the_reports(hand)).quota.accessibleDescription()
    close_till(hand)

    assert said == "No known use of an allowance on these days."


def test_how_full_an_allowance_was_is_said_of_known_gauges_alone(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    """Pods without a volume: the use of the limit on liquid is unknown, and the visit counts by its other limits."""
    hand = open_bare_till(qapp, qtbot, tmp_path, "manager")
    basket = hand.shop.new_checkout()
    basket.identify(read_mrz(PASSPORT, NOON.date()), entries=())
    basket.leave_to("CN")
    basket.scan("4870204320145")
    basket.scan("6901204373423")
    order = basket.order(next(one for one in hand.shop.sign_in.people() if one.name == "amina"))
    hand.shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),)))
    at_the_reports(hand)
    shown = [(one.bucket, one.count) for one in report(hand).quota_use if one.count]
    judged, said = dict(report(hand).quota), glance(hand).quota.accessibleName()
    close_till(hand)

    assert (judged, shown) == ({"unknown": 1}, [("20-40", 1)])
    assert said == "Allowance used, highest known gauge"


def test_a_day_without_sales_says_so(hand: Hand) -> None:
    page(hand).bar.chosen.emit(Period(date(2026, 11, 1), date(2026, 11, 1)))
    see(hand)
    assert page(hand).empty.isVisible()
    assert page(hand).empty.accessibleName() == "No sales on this day"


def test_a_week_has_its_days_and_opens_one_of_them(hand: Hand) -> None:
    page(hand).bar.choose(Usual.LAST_MONTH)
    page(hand).bar.chosen.emit(Period(date(2026, 11, 17), YESTERDAY))
    see(hand)
    days = glance(hand).days.bars
    assert [mark.behind for mark in days.slices] == [
        ReportSlice("day", day.isoformat()) if day in dict(report(hand).by_day) else None
        for day in (date(2026, 11, 17 + index) for index in range(7))
    ]
    assert days.isVisible()


def test_one_person_is_shown_without_the_drawers(hand: Hand) -> None:
    whole = yesterday(hand)
    name = whole.by_cashier[0].name
    page(hand).bar.person_chosen.emit(name)
    see(hand)
    assert report(hand).sales.count == whole.by_cashier[0].count
    assert [mark.name for mark in glance(hand).cashiers.rows.slices] == [page(hand).seen.names[name]]  # type: ignore[union-attr] # it is on show


def test_of_one_person_no_shift_and_no_sale_of_the_shop_is_denied(hand: Hand) -> None:
    """*No shift was opened on this day* stood under the sales of Amina, whose shift had a Z."""
    yesterday(hand)
    page(hand).bar.person_chosen.emit("amina")
    see(hand)
    day = page(hand).day
    hand.until(lambda: day.is_whole)
    said = day._shifts_note.text(), day.cash.note
    opened = day.details.openings.note
    page(hand).bar.person_chosen.emit("clerk")
    see(hand)
    empty = page(hand).empty

    assert said == ("Shifts and drawers are shown with all staff only.",) * 2
    assert opened == "This person did not open the drawer without a sale."
    assert empty.isVisible()
    assert empty.accessibleName() == "No sales with this choice of staff or till"
    assert empty.accessibleDescription() == "Choose all staff and all tills to see the others."


def test_another_language_and_theme_draw_it_again(hand: Hand) -> None:
    yesterday(hand)
    bars = glance(hand).hours.bars
    hand.until(lambda: bars.plot is not None)
    light = bars.grab().toImage().pixelColor(bars.width() - 2, 2)
    hand.till.session.speak("kk")
    hand.till.theme.switch(Mode.DARK)
    see(hand)
    assert glance(hand).tiles[0].accessibleName().startswith("Сатулар: ")
    assert bars.grab().toImage().pixelColor(bars.width() - 2, 2) == hand.till.theme.colour("surface") != light
    assert page(hand)._title.text() == "Күнге шолу"


def test_esc_leads_from_a_receipt_back_to_the_list_of_the_report(seller: Hand) -> None:
    history = HistoryScreen(seller.till.session, seller.checkout.receipts)
    seller.till.window.plug(history)
    page(seller).receipt_requested.connect(history.look_up)
    yesterday(seller)
    seller.press(Key.Key_Tab)
    seller.press(Key.Key_Return)
    first = listed(seller)[0]
    seller.press(Key.Key_Return)
    seller.wait()
    assert seller.screen_id == "history"
    seller.press(Key.Key_Escape)
    see(seller)
    assert seller.screen_id == "reports"
    assert first in listed(seller)
    seller.till.window.show_screen("history")  # by the rail: there is nothing to go back to
    seller.press(Key.Key_Escape)
    assert seller.screen_id == "history"
