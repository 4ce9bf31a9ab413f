"""The differences of a stock-take: recounted, given a reason, posted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.application.text.formatting import number_text
from pos.domain.money import Money
from pos.domain.stock.stock_count import COUNT_REASONS
from pos.ui.input.finishing_keys import STOOD
from pos.ui.look.theme import Type
from pos.ui.stock.counting.review_page import ReviewPage
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.drawing.drawing import text_width
from tests.horgos import CNY
from tests.shops import CHOCOLATE, COGNAC, SWEETS
from tests.ui.at_the_stock import StockHand
from tests.ui.input.test_finishing_keys import double_tap
from tests.ui.slow_store import SlowStore
from tests.ui.stock.test_stock_take_sheet import begin, hint, on_hand, page
from tools.window_faults import FINGER


def two_differences(clerk: StockHand) -> ReviewPage:
    """Chocolate and sweets, of each one piece found: the page that asks for the reasons."""
    begin(clerk, CHOCOLATE, SWEETS)
    clerk.scan(CHOCOLATE)
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_F12)
    return page(clerk).review


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_how_many_differences_have_no_known_cost_is_read_to_the_end(clerk: StockHand, language: str) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    clerk.till.session.speak(language)
    clerk.wait()
    here = page(clerk).review
    assert here.review is not None
    clerk.till.window.resize(1366, 768)
    clerk.wait()
    here.review = replace(here.review, unknown=1234, value=Money(-123_456_789, CNY))
    here.retranslate(clerk.till.session.translator)
    theme, room = clerk.till.session.theme, here.value.width()

    assert number_text(1234, language) in here.value.name
    assert text_width(theme.font(Type.LABEL), here.value.name) <= room
    assert text_width(theme.font(Type.TOTAL, bold=True), here.value.figure) <= room


@pytest.mark.parametrize("wide", [1366, 1024, 800])
def test_what_the_differences_cost_is_never_cut(clerk: StockHand, wide: int) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    clerk.till.session.speak("ru")
    clerk.till.window.resize(wide, 768)
    clerk.wait()
    here = page(clerk).review
    assert here.review is not None
    here.review = replace(here.review, value=Money(-12_345_678, CNY))
    here.retranslate(clerk.till.session.translator)
    clerk.wait()
    large = here.value

    assert text_width(clerk.till.session.theme.font(large.figure_size, bold=True), large.figure) <= large.width()
    assert large.figure_size > Type.LABEL


def test_what_no_one_counted_becomes_none_only_when_said_twice(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE, SWEETS)
    clerk.type(f"{on_hand(clerk, CHOCOLATE)} *")
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    assert page(clerk).review.left_over.figure == "1"
    clerk.press(Qt.Key.Key_F9)
    assert page(clerk).review.rows.rowCount() == 0
    clerk.press(Qt.Key.Key_F9)
    assert [row.split(" | ")[2] for row in page(clerk).review.rows.texts()] == ["0"]


def test_what_differs_is_counted_again(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F7)
    assert page(clerk).rows.texts()[0].endswith("recounting")
    clerk.press(Qt.Key.Key_Return)
    assert clerk.news == "You counted this before. Another person should do the recount."
    clerk.type(f"{on_hand(clerk, CHOCOLATE)} *")
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    assert page(clerk).review.empty.isVisible()


def test_a_second_recount_is_never_said_to_be_a_stock_take_that_is_finished(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F7)
    clerk.press(Qt.Key.Key_Return)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F7)
    assert clerk.news == (
        "Stock-take C-000001 has had its recount. Post what was counted, or discard the stock-take and start a new one."
    )
    assert page(clerk).review.isVisible()


def test_what_was_posted_keeps_the_pictures_of_its_goods(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.type("1 *")
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    [before] = page(clerk).review.rows.rows
    clerk.press(Qt.Key.Key_4)
    clerk.press(Qt.Key.Key_F12)
    [after] = page(clerk).review.rows.rows
    assert page(clerk).review.content is not None
    assert after.icon == before.icon != "package"


def test_a_note_that_is_typed_and_not_entered_is_not_posted_away(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_4)
    page(clerk).review.note.setFocus()
    clerk.type("by the door")
    clerk.press(Qt.Key.Key_F12)
    assert clerk.news == "Press Enter to accept this entry, or Esc to drop it."
    assert page(clerk).review.content is None

    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_F12)
    content = page(clerk).review.content
    assert content is not None
    assert content["differences"][0]["note"] == "by the door"


def test_a_stock_take_without_a_count_never_says_that_the_stock_matches(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE, SWEETS)
    clerk.press(Qt.Key.Key_F12)
    empty = page(clerk).review.empty
    assert empty.accessibleName().startswith("Nothing was counted")

    clerk.press(Qt.Key.Key_F12)
    assert clerk.news == "C-000001 posted. 2 not counted. Their recorded stock is unchanged."
    assert empty.accessibleName().startswith("Nothing was counted")


def test_a_note_half_typed_stays_with_its_difference_and_goes_with_the_reason_that_is_given(clerk: StockHand) -> None:
    review = two_differences(clerk)
    review.note.setFocus()
    clerk.type("by the door")
    review.table.choose(1)
    beside = review.note.text()
    clerk.press(Qt.Key.Key_F12)
    back = (review.table.current_row, review.note.text(), review.content)
    review.note.setFocus()
    clerk.press(Qt.Key.Key_Return)  # it has no reason yet, and stays
    kept = review.note.text()
    review.choose("theft")
    clerk.wait()

    assert beside == ""
    assert back == (0, "by the door", None)
    assert kept == "by the door"
    assert review.review is not None
    [noted] = [one for one in review.review.differences if one.note]
    assert (noted.reason, noted.note) == ("theft", "by the door")
    assert not review.has_typed_note


def test_each_reason_and_each_step_has_room_for_a_finger_and_all_are_seen_on_a_usual_screen(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    clerk.till.window.resize(1366, 768)
    clerk.wait()
    hints = [one for one in page(clerk).review.findChildren(KeyHint) if one.isVisible()]
    assert len(hints) > len(COUNT_REASONS)
    assert min(one.height() for one in hints) >= FINGER
    assert all(one.visibleRegion().boundingRect() == one.rect() for one in hints)


def test_two_quick_taps_give_one_difference_its_reason(clerk: StockHand) -> None:
    review = two_differences(clerk)
    double_tap(clerk, review.reasons[COUNT_REASONS.index("theft")])

    assert review.review is not None
    assert [one.reason for one in review.review.differences] == ["theft", ""]


def test_a_figure_pressed_twice_gives_one_difference_its_reason(clerk: StockHand) -> None:
    review = two_differences(clerk)
    clerk.press(Qt.Key.Key_1)
    clerk.typing.press_again(Qt.Key.Key_1)
    clerk.typing.go_on()
    clerk.wait()

    assert review.review is not None
    assert [one.reason for one in review.review.differences] == [COUNT_REASONS[0], ""]


def test_two_quick_taps_only_ask_whether_what_was_not_counted_is_none(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE, SWEETS)
    clerk.type(f"{on_hand(clerk, CHOCOLATE)} *")
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    review = page(clerk).review
    none = hint(review, "Mark uncounted items as zero")
    double_tap(clerk, none)
    asked = review.rows.rowCount()
    clerk.typing.wait(STOOD)
    clerk.typing.tap(none)
    clerk.wait()

    assert (asked, review.rows.rowCount()) == (0, 1)


def test_goods_whose_scan_was_undone_are_no_difference(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE, SWEETS)
    clerk.scan(CHOCOLATE)
    clerk.scan(SWEETS)
    clerk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    on_the_sheet = page(clerk).sheet.rows.texts()
    clerk.press(Qt.Key.Key_F12)

    assert [row.split(" | ")[0] for row in on_the_sheet] == ["Dark chocolate 100 g"]
    assert page(clerk).review.rows.rowCount() == 1


def test_esc_drops_a_note_that_is_typed(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    review = page(clerk).review
    review.note.setFocus()
    clerk.type("by the door")
    clerk.press(Qt.Key.Key_Escape)

    assert review.note.text() == ""
    assert not review.has_typed_note


def test_a_note_with_blanks_around_it_is_entered_as_it_is_recorded(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_4)
    page(clerk).review.note.setFocus()
    clerk.type("by the door ")
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_F12)

    content = page(clerk).review.content
    assert content is not None
    assert content["differences"][0]["note"] == "by the door"


def test_a_note_that_is_entered_without_a_reason_asks_for_the_reason(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    review = page(clerk).review
    review.note.setFocus()
    clerk.type("by the door")
    clerk.press(Qt.Key.Key_Return)

    assert clerk.till.window.work.notices.accessibleName() == f"{CHOCOLATE}: choose a reason for the difference first."
    assert review.note.text() == "by the door"


@pytest.mark.parametrize("tap", [True, False])
def test_a_reason_is_not_asked_for_once_it_is_given(clerk: StockHand, tap: bool) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    review = page(clerk).review
    clerk.press(Qt.Key.Key_F12)
    asked = clerk.news
    if tap:
        double_tap(clerk, review.reasons[1])
    else:
        clerk.press(Qt.Key.Key_2)
    clerk.wait()

    assert asked.endswith(": choose a reason for the difference first.")
    assert review.chosen is not None
    assert review.chosen.reason == COUNT_REASONS[1]
    assert clerk.news == ""


def test_a_reason_is_not_asked_for_once_a_figure_that_was_held_back_for_a_moment_has_given_it(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F12)
    assert clerk.news.endswith(": choose a reason for the difference first.")
    QTest.keyClick(clerk.till.window.windowHandle(), Qt.Key.Key_2)
    clerk.wait()  # a figure outside a field might be a scan's: it is held back, while the window does other things
    clerk.typing.pause()
    clerk.wait()

    chosen = page(clerk).review.chosen
    assert chosen is not None
    assert chosen.reason == COUNT_REASONS[1]
    assert clerk.news == ""


def test_a_loss_does_not_explain_what_is_over_and_says_so(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE, SWEETS)
    clerk.type(f"{on_hand(clerk, SWEETS) + 3} *")
    clerk.scan(SWEETS)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    review = page(clerk).review
    assert review.review is not None
    over = next(at for at, one in enumerate(review.review.differences) if one.product.code == SWEETS)
    theft = COUNT_REASONS.index("theft")
    review.table.choose(over)
    clerk.wait()
    assert not review.reasons[theft].isEnabled()
    clerk.press(Qt.Key(Qt.Key.Key_1 + theft))
    clerk.wait()
    sentence = f"{SWEETS}: more was found than recorded. “Theft” explains missing goods only."
    assert clerk.news == sentence
    assert review.chosen is not None
    assert (review.chosen.product.code, review.chosen.reason) == (SWEETS, "")

    review.table.choose(1 - over)
    clerk.wait()
    clerk.press(Qt.Key(Qt.Key.Key_1 + theft))
    clerk.wait()
    clerk.press(Qt.Key.Key_F5)
    clerk.wait()
    reasons = {one.product.code: one.reason for one in review.review.differences}
    assert reasons == {CHOCOLATE: "theft", SWEETS: ""}
    assert clerk.news == sentence


def test_differences_that_take_their_time_are_said_to_be_worked_out(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_Escape)
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_F8)
        clerk.until(lambda: clerk.news == "Calculating the differences…")

    assert page(clerk).pages.currentWidget() is page(clerk).review
    assert clerk.news == ""


def test_differences_read_late_do_not_open_over_a_sheet_that_is_counted_on(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_Escape)
    begin(clerk, COGNAC)
    clerk.press(Qt.Key.Key_Escape)
    page(clerk).table.choose(1)
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_F8)
        page(clerk).table.choose(0)
        slow.press(Qt.Key.Key_Return)
        page(clerk).table.setFocus()
    screen = page(clerk)

    assert screen.pages.currentWidget() is screen.sheet
    assert screen.counting.on_show is not None
    assert screen.counting.on_show.count.number == 2


def test_what_another_clerk_has_counted_meanwhile_is_posted_only_once_it_was_on_show(clerk: StockHand) -> None:
    chocolate, sweets = on_hand(clerk, CHOCOLATE), on_hand(clerk, SWEETS)
    begin(clerk, CHOCOLATE, SWEETS)
    clerk.scan(CHOCOLATE)
    step, dana = clerk.shop.count_stock, next(one for one in clerk.shop.sign_in.people() if one.name == "manager")
    sheet = step.take_sheet(dana, 1).sheet.number
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_4)
    step.scan(dana, 1, sheet, CHOCOLATE, 5)
    step.scan(dana, 1, sheet, SWEETS, sweets)
    clerk.press(Qt.Key.Key_F12)
    assert clerk.news.startswith("Stock-take C-000001: unfinished sheets.")
    review = page(clerk).review
    assert [row.split(" | ")[2] for row in review.rows.texts()] == ["6"]
    step.scan(dana, 1, sheet, CHOCOLATE, 2)
    step.finish_sheet(dana, 1, sheet)
    clerk.press(Qt.Key.Key_F12)

    assert clerk.news == "Another person has changed this in the meantime. Check it and save again."
    assert [row.split(" | ")[2] for row in review.rows.texts()] == ["8"]
    assert on_hand(clerk, CHOCOLATE) == chocolate
    clerk.press(Qt.Key.Key_F12)
    assert clerk.news == "C-000001 posted. Recorded stock now matches the count."
    assert on_hand(clerk, CHOCOLATE) == 8


def test_goods_that_another_clerk_has_counted_meanwhile_are_not_set_to_none_unseen(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE, SWEETS)
    clerk.scan(CHOCOLATE)
    step, dana = clerk.shop.count_stock, next(one for one in clerk.shop.sign_in.people() if one.name == "manager")
    sheet = step.take_sheet(dana, 1).sheet.number
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F9)
    step.scan(dana, 1, sheet, SWEETS, 3)
    clerk.press(Qt.Key.Key_F9)

    assert clerk.news == "Another person has changed this in the meantime. Check it and save again."
    assert page(clerk).review.left_over.figure == "0"


def test_a_stock_take_that_another_clerk_has_posted_is_shown_as_it_was_posted(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_4)
    clerk.shop.post_count(clerk.person, 1)
    clerk.press(Qt.Key.Key_F7)

    assert clerk.news == "Stock-take C-000001 is finished. Start a new one."
    assert page(clerk).review.content is not None
