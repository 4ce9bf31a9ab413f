"""Lot and last day of a line: typed, kept by what comes next, and never posted away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from pos.application.text.formatting import plain_text
from pos.domain.errors import BadField
from pos.ui.look.theme import Space
from pos.ui.purchasing.receive.count_panel import read_day
from tests.ui.purchasing.receiving_clerk import CHOCOLATE, SWEETS, Clerk


def type_a_lot(clerk: Clerk, day: str) -> None:
    """A delivery of sweets is begun, and the lot A1126 typed for them, the day not entered yet."""
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.page.count_page.panel.lot.setFocus()
    clerk.type("A1126")
    clerk.press(Qt.Key.Key_Return)
    clerk.type(day)


def test_lot_and_last_day_are_typed_and_one_that_is_missing_is_asked_for_at_posting(clerk: Clerk) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    panel = clerk.page.count_page.panel

    panel.lot.setFocus()
    clerk.type("A1126")
    clerk.press(Qt.Key.Key_Return)
    clerk.type("31.05.2027")
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()

    line = clerk.page.count_page.rows.rows[0].line
    assert line is not None
    assert (line.lot, str(line.expiry)) == ("A1126", "2027-05-31")


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_an_empty_last_day_shows_how_a_day_is_typed_and_no_day(clerk: Clerk, language: str) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.till.window.resize(1024, 768)
    clerk.till.session.speak(language)
    clerk.scan(SWEETS)
    field = clerk.page.count_page.panel.expiry
    with pytest.raises(BadField):  # else it would stand there as a day that was typed
        read_day(field.placeholderText())
    room = field.width() - 2 * Space.S
    assert field.fontMetrics().horizontalAdvance(field.placeholderText()) <= room


def test_a_lot_that_is_typed_and_not_entered_is_kept_by_a_scan_a_tap_and_the_posting(clerk: Clerk) -> None:
    clerk.order((SWEETS, 2), (CHOCOLATE, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.scan(SWEETS)
    page = clerk.page.count_page

    def lots() -> list[str]:
        return [row.line.lot for row in page.rows.rows if row.line is not None]

    page.panel.lot.setFocus()
    clerk.type("A1")
    clerk.scan(CHOCOLATE)
    clerk.wait()
    assert lots() == ["A1", ""]
    page.panel.lot.setFocus()
    clerk.type("B2")
    page.table.choose(0)
    clerk.wait()
    assert (lots(), page.table.current_row) == (["A1", "B2"], 0)
    page.panel.lot.setFocus()
    page.panel.lot.setText("C3")
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    view = clerk.page.posted.view
    assert view is not None
    assert sorted(line.lot for line in view.posted.lines) == ["B2", "C3"]


def test_goods_past_their_last_day_are_received_only_after_a_question(clerk: Clerk) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    panel = clerk.page.count_page.panel
    panel.lot.setFocus()
    clerk.type("A1")
    clerk.press(Qt.Key.Key_Return)
    clerk.type("23.11.2026")
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    notice, posted = clerk.till.window.work.notices.notice, clerk.page.posted.view
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()

    name = clerk.page.count_page.rows.rows[0].product.name_in("en")
    assert notice is not None
    assert notice.text == f"Past the last day: {name} (23 Nov 2026). Press F12 again to post all the same."
    assert posted is None
    assert clerk.page.posted.view is not None


def test_the_question_about_goods_past_their_last_day_goes_with_their_delivery(clerk: Clerk) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.page.line_actions.say_lot("A1", "2026-11-23")
    clerk.wait()
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    asked = clerk.till.window.work.notices.notice

    clerk.press(Qt.Key.Key_Escape)  # the field of the lot
    clerk.press(Qt.Key.Key_Escape)
    clerk.wait()

    assert asked is not None
    assert asked.text.startswith("Past the last day")
    assert clerk.page.start_page.isVisible()
    assert clerk.till.window.work.notices.notice is None


def test_goods_whose_last_day_is_today_are_received_without_a_question(clerk: Clerk) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    clerk.page.line_actions.say_lot("A1", "2026-11-24")
    clerk.wait()
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()

    assert clerk.page.posted.view is not None


def test_the_room_of_the_lots_is_the_names_while_there_are_none(clerk: Clerk) -> None:
    clerk.order((SWEETS, 24))
    clerk.begin()
    clerk.scan(SWEETS)
    table = clerk.page.count_page.table

    def widths() -> list[int]:
        return [wide for _, wide in table.columns.spans(900)][:2]

    name, lot = widths()
    clerk.page.line_actions.say_lot("A1126", "2027-05-31")
    clerk.wait()
    assert lot == 0
    assert widths()[1] > 0
    assert name > widths()[0] + 100


def test_a_lot_that_is_typed_and_dropped_is_not_posted(clerk: Clerk) -> None:
    clerk.order((SWEETS, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    panel = clerk.page.count_page.panel
    panel.lot.setFocus()
    clerk.type("A1126")
    clerk.press(Qt.Key.Key_Escape)
    clerk.wait()
    assert (panel.lot.text(), clerk.rows()) == ("", [f"{SWEETS} | 1 | 1 | complete"])
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    assert clerk.page.posted.view is not None


@pytest.mark.parametrize("day", ["270531", "1127", "31.05.2077"])
def test_a_lot_with_a_day_that_cannot_be_is_neither_posted_away_nor_scanned_away(clerk: Clerk, day: str) -> None:
    clerk.order((SWEETS, 1), (CHOCOLATE, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    panel = clerk.page.count_page.panel
    panel.lot.setFocus()
    clerk.type("A1126")
    clerk.press(Qt.Key.Key_Return)
    clerk.type(day)
    for _ in range(2):
        clerk.press(Qt.Key.Key_Return)
        clerk.scan(CHOCOLATE)
        clerk.press(Qt.Key.Key_F12)
    assert (panel.lot.text(), panel.expiry.text(), clerk.page.posted.view) == ("A1126", day, None)
    assert clerk.rows()[0] == f"{SWEETS} | 1 | 1 | complete"
    notice = clerk.till.window.work.notices.notice
    assert notice is not None
    assert notice.text.startswith("Expiry date: ")


@pytest.mark.parametrize("left_by", ["another line", "another lot"])
def test_a_lot_with_a_day_that_cannot_be_is_not_left_behind(clerk: Clerk, left_by: str) -> None:
    clerk.order((SWEETS, 1), (CHOCOLATE, 1))
    clerk.begin()
    clerk.scan(CHOCOLATE)
    clerk.scan(SWEETS)
    page = clerk.page.count_page
    page.panel.lot.setFocus()
    clerk.type("A1126")
    clerk.press(Qt.Key.Key_Return)
    clerk.type("311126")
    if left_by == "another line":
        page.table.choose(1)
    else:
        clerk.press(Qt.Key.Key_F8)
    clerk.wait()

    assert (page.table.current_row, page.rows.rowCount()) == (0, 2)
    assert (page.panel.lot.text(), page.panel.expiry.text()) == ("A1126", "311126")
    clerk.press(Qt.Key.Key_F12)
    before = clerk.page.posted.view  # the sweets would be without the lot that was typed for them
    page.panel.expiry.setFocus()
    page.panel.expiry.selectAll()
    clerk.type("31.05.2027")
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    view = clerk.page.posted.view
    assert before is None
    assert view is not None
    assert sorted(line.lot for line in view.posted.lines) == ["", "A1126"]


def test_a_lot_that_is_on_file_with_another_last_day_is_not_left_behind_by_another_line(clerk: Clerk) -> None:
    type_a_lot(clerk, "31.05.2027")
    clerk.press(Qt.Key.Key_F12)
    clerk.wait()
    clerk.press(Qt.Key.Key_F12)
    clerk.order((SWEETS, 1), (CHOCOLATE, 1))
    clerk.begin()
    clerk.scan(SWEETS)
    page = clerk.page.count_page
    page.panel.lot.setFocus()
    clerk.type("A1126")
    clerk.press(Qt.Key.Key_Return)
    clerk.type("30.06.2027")
    page.table.choose(1)
    clerk.wait()

    assert (page.table.current_row, page.panel.lot.text(), page.panel.expiry.text()) == (0, "A1126", "30.06.2027")


def test_a_lot_that_is_on_file_with_another_last_day_is_not_posted_away(clerk: Clerk) -> None:
    for day in ("31.05.2027", "30.06.2027"):
        type_a_lot(clerk, day)
        clerk.press(Qt.Key.Key_F12)
        if clerk.page.posted.view is not None:
            clerk.press(Qt.Key.Key_F12)
    for _ in range(2):
        clerk.press(Qt.Key.Key_F12)
    assert clerk.page.posted.view is None
    notice = clerk.till.window.work.notices.notice
    assert notice is not None
    assert "A1126" in notice.text
    panel = clerk.page.count_page.panel
    assert (panel.lot.text(), panel.expiry.text()) == ("A1126", "30.06.2027")


def test_a_lot_typed_for_a_delivery_that_was_discarded_does_not_hold_the_next_one(clerk: Clerk) -> None:
    type_a_lot(clerk, "1127")
    for _ in range(2):
        clerk.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert clerk.page.delivery.number is None
    clerk.scan(CHOCOLATE)
    assert clerk.rows() == [f"{CHOCOLATE} | – | 1 | counted"]
    assert clerk.page.count_page.panel.expiry.text() == ""


def test_two_quick_taps_on_enter_behind_a_lot_enter_no_lot_without_its_last_day(clerk: Clerk) -> None:
    clerk.begin()
    clerk.scan(CHOCOLATE)
    panel, touch = clerk.page.count_page.panel, clerk.till._attendants.touch
    clerk.typing.finger(panel.lot)
    clerk.wait(10)
    for key in ("l", "7"):
        clerk.typing.finger(touch.panel.letters.key(key))
    clerk.wait(500)
    for _ in range(2):
        clerk.typing.tap(touch.panel.letters.key("enter"))
        clerk.wait()
        clerk.typing.wait(0.12)

    line = clerk.page.count_page.rows.rows[0].line
    assert line is not None
    assert (line.lot, panel.lot.text(), panel.expiry.hasFocus()) == ("", "l7", True)


def test_a_typed_unit_cost_is_that_of_all_lots_of_the_product_and_stands_in_their_rows(clerk: Clerk) -> None:
    clerk.order((CHOCOLATE, 1))
    clerk.begin()
    page = clerk.page.count_page
    for lot in ("A1", "B2"):
        clerk.scan(SWEETS)
        clerk.wait()
        clerk.page.line_actions.say_lot(lot, "")
        clerk.wait()
        if lot == "A1":
            clerk.press(Qt.Key.Key_F8)
            clerk.wait()
    clerk.press(Qt.Key.Key_F5)
    clerk.type("150")
    clerk.press(Qt.Key.Key_Return)
    clerk.wait()

    lots = {
        row.line.lot: (row.cost, page.rows.text(index).cost) for index, row in enumerate(page.rows.rows) if row.line
    }
    assert {lot: (str(cost), plain_text(said)) for lot, (cost, said) in lots.items()} == {
        "A1": ("150.00", "× ¥ 150.00"),
        "B2": ("150.00", "× ¥ 150.00"),
    }
