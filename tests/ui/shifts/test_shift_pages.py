"""The shift at the real window over a real shop: the float, the drawer, the blind count, and the Z."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pos.application.sales.complete_sale import Payment
from pos.application.shifts.close_shift import CloseShift
from pos.application.text.formatting import money_text
from pos.domain.errors import Collided, PrinterError
from pos.domain.money import CURRENCIES, Money
from pos.domain.payment.tender import fewest_notes
from pos.domain.staff.staff import Person
from pos.domain.visitors.document import read_typed
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Mode, Space, Type
from pos.ui.shifts.close_screen import CloseShiftScreen
from pos.ui.shifts.count_column import ColumnState, CountColumn
from pos.ui.shifts.count_screen import Stage
from pos.ui.shifts.report_words import cash_rows
from pos.ui.shifts.screen import ShiftScreen
from pos.ui.widgets.drawing.drawing import text_width
from pos.ui.widgets.drawing.tone import Tone
from tests.builders import cash_for, money
from tests.horgos import EUR
from tests.ui.at_the_counter import NOON, Hand, close_till, open_bare_till
from tests.ui.slow_store import SlowStore
from tools.window_look import Painters

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LI = ("passport", "E87654321", "CHN", "1990-01-01")
MANAGER_PIN = "314159"


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """Amina, whose shift is open: 2,000 yuan, 150,000 tenge, 200 dollars, 200 euros, 10,000 roubles."""
    opened = open_bare_till(qapp, qtbot, tmp_path)
    opened.till.window.plug(ShiftScreen(opened.till.session), CloseShiftScreen(opened.till.session))
    yield opened
    close_till(opened)


def person(hand: Hand, name: str) -> Person:
    return next(one for one in hand.shop.sign_in.people() if one.name == name)


def sell(hand: Hand) -> None:
    """A toy for yuan, without the pages of the counter."""
    basket = hand.shop.new_checkout()
    basket.identify(read_typed(*LI, NOON.date()))
    basket.leave_to("CN")
    basket.add(hand.goods("toy").id, 1)
    order = basket.order(person(hand, "amina"))
    hand.shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),)))


def shift_page(hand: Hand) -> ShiftScreen:
    screen = hand.till.window.screen_at("shift")
    assert isinstance(screen, ShiftScreen)
    return screen


def close_page(hand: Hand) -> CloseShiftScreen:
    screen = hand.till.window.screen_at("close_shift")
    assert isinstance(screen, CloseShiftScreen)
    return screen


def go_to(hand: Hand, screen_id: str) -> None:
    hand.till.window.show_screen(screen_id)
    hand.wait()


def begin_close(hand: Hand) -> CloseShiftScreen:
    go_to(hand, "close_shift")
    return close_page(hand)


def column(hand: Hand, code: str) -> CountColumn:
    return close_page(hand).board.columns[code]


def stage(hand: Hand) -> Stage:
    return close_page(hand).stage


def count_exactly(hand: Hand, *codes: str) -> None:
    """Count what the drawer should hold, as someone careful would find it."""
    lines = {line.currency.code: line for line in hand.shop.read_shift(person(hand, "manager")).cash}
    for code in codes or tuple(lines):
        expected = lines[code].expected
        assert expected is not None
        board = column(hand, code)
        for value, pieces in fewest_notes(expected).items():
            board.cells[value].set_value(pieces)
        board.fill_rest()


def confirm(hand: Hand) -> None:
    hand.press(Key.Key_Return, CONTROL)
    hand.wait(50)


def everything_said(page: QWidget) -> str:
    """Every word on a page, shown or spoken."""
    said: list[str] = []
    for widget in page.findChildren(QWidget):
        said += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QLineEdit):
            said.append(widget.text())
    return "\n".join(said)


def notice(page: CloseShiftScreen | ShiftScreen) -> str:
    return "" if page.news.notice is None else page.news.notice.text


# ── the count ────────────────────────────────────────────────────────────────────────────────────────────────


def test_figures_typed_while_the_window_is_busy_stay_each_in_a_cell_of_its_own(hand: Hand) -> None:
    """The window hears a figure and its Enter together, 90 ms apart by the clock of the keys."""
    begin_close(hand)
    for figure in "374":
        hand.typing.pause()
        hand.typing.begin_burst(figure)
        hand.typing.press_again(Key.Key_Return, after=0.09)

    assert [cell.value for cell in column(hand, "CNY").shown[:4]] == [3, 7, 4, None]


@pytest.mark.parametrize("typed", ["4,5", "4.5", "4,,5"])
def test_a_number_of_notes_ends_at_a_decimal_mark(hand: Hand, typed: str) -> None:
    begin_close(hand)
    hand.type(typed)
    counted, sound = column(hand, "CNY").shown[0].value, hand.heard.sounds[-1]
    hand.press(Key.Key_Backspace)
    hand.type("7")

    assert (counted, sound) == (4, Sound.REFUSE)
    assert column(hand, "CNY").shown[0].value == 7


def test_a_currency_is_counted_by_digits_and_enter_alone(hand: Hand) -> None:
    begin_close(hand)
    for pieces in ("64", "23", "31", "47", "38", "85", "12"):
        hand.type(pieces)
        hand.press(Key.Key_Return)
    assert column(hand, "CNY").state is ColumnState.COUNTING
    hand.press(Key.Key_Return)  # nothing typed: there is none
    assert column(hand, "CNY").state is ColumnState.COUNTED
    assert str(column(hand, "CNY").sum) == "8921.00"
    assert column(hand, "KZT").is_here


def test_a_figure_typed_just_before_the_confirmation_is_in_the_count_while_the_window_is_busy(hand: Hand) -> None:
    page = begin_close(hand)
    count_exactly(hand)
    column(hand, "CNY").shown[0].setFocus()
    hand.typing.look()
    hand.typing.pause()
    hand.typing.begin_burst("9")
    hand.typing.press_again(Key.Key_Return, after=0.09, modifier=CONTROL)
    hand.wait(50)

    assert page.note.text == "CNY: the count differs. Count again. The next confirmation is final."


def test_arrows_go_between_the_notes_and_the_currencies(hand: Hand) -> None:
    begin_close(hand)
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Right, Key.Key_Up):
        hand.press(key)
    hand.type("7")
    assert column(hand, "KZT").notes == {1_000_000: 7}
    hand.press(Key.Key_Left)
    hand.type("3")
    assert column(hand, "CNY").notes == {5_000: 3}


def test_the_first_digit_replaces_what_was_counted_before(hand: Hand) -> None:
    begin_close(hand)
    hand.type("12")
    hand.press(Key.Key_Down)
    hand.press(Key.Key_Up)
    hand.type("5")
    assert column(hand, "CNY").notes == {10_000: 5}


def test_one_key_says_that_there_is_none_of_the_rest(hand: Hand) -> None:
    begin_close(hand)
    hand.type("20")
    hand.press(Key.Key_F4)
    assert column(hand, "CNY").state is ColumnState.COUNTED
    assert str(column(hand, "CNY").sum) == "2000.00"
    assert column(hand, "KZT").is_here


def test_the_button_for_the_rest_leads_on_to_the_next_currency_as_its_key_does(hand: Hand) -> None:
    board = begin_close(hand).board
    first, second = list(board.columns.values())[:2]
    assert first.is_here
    hand.typing.finger(first.rest)
    hand.wait(10)
    assert first.is_full
    assert second.shown[0].hasFocus()
    assert hand.till._attendants.touch.is_shown


def test_the_key_for_the_rest_pressed_twice_counts_no_currency_that_was_not_counted(hand: Hand) -> None:
    board = begin_close(hand).board
    first, second = list(board.columns.values())[:2]
    hand.press(Key.Key_F4)
    hand.typing.press_again(Key.Key_F4)
    hand.wait()
    twice = first.is_full, second.is_blank, second.shown[0].hasFocus()
    hand.wait(500)
    hand.press(Key.Key_F4)
    assert twice == (True, True, True)
    assert second.is_full, "a press of its own is for that currency"


def test_the_currency_of_a_column_is_whole_in_a_narrow_window(hand: Hand) -> None:
    hand.till.session.speak("ru")
    begin_close(hand)
    hand.till.window.resize(1024, 768)
    hand.wait()

    painters = Painters()
    with painters.listening():
        _, drawn = painters.paint(hand.till.window)

    lacking = {one.text: one.lacks for one in drawn if one.text in ("¥ CNY", "₸ KZT", "$ USD", "€ EUR", "₽ RUB")}
    assert lacking == dict.fromkeys(("¥ CNY", "₸ KZT", "$ USD", "€ EUR", "₽ RUB"), 0)


def test_one_key_begins_the_currency_again(hand: Hand) -> None:
    begin_close(hand)
    hand.type("20")
    hand.press(Key.Key_Return)
    hand.type("3")
    hand.press(Key.Key_F6)
    assert column(hand, "CNY").is_blank
    hand.type("1")
    assert column(hand, "CNY").notes == {10_000: 1}


def test_nothing_is_confirmed_before_every_currency_that_has_moved_is_counted(hand: Hand) -> None:
    page = begin_close(hand)
    assert not page.confirm.isEnabled()
    count_exactly(hand, "CNY", "KZT", "USD", "EUR")
    assert not page.confirm.isEnabled()
    confirm(hand)
    assert stage(hand) is Stage.COUNT
    count_exactly(hand, "RUB")
    assert page.confirm.isEnabled()


def test_a_currency_that_has_not_moved_may_be_left_out(hand: Hand) -> None:
    page = begin_close(hand)
    page.board.want(["CNY"])
    count_exactly(hand, "CNY")
    assert not page.board.left_to_count
    assert column(hand, "EUR").state is ColumnState.UNMOVED
    column(hand, "EUR").cells[500].set_value(1)
    assert page.board.left_to_count == ("EUR",)


def test_what_the_shift_before_did_not_move_is_not_called_unused_in_that_of_another_person(hand: Hand) -> None:
    """*Not used* stood over the euros of a shift of which nothing was known; it could be confirmed without them."""
    amina, page = person(hand, "amina"), begin_close(hand)
    count_exactly(hand)
    confirm(hand)
    hand.till.session.take_shift(hand.shop.open_shift(amina, {"CNY": money("100.00")}))
    begin_close(hand)
    of_yuan_alone = column(hand, "EUR").state
    count_exactly(hand)
    confirm(hand)
    euros = {"CNY": money("100.00"), "EUR": Money(20_000, EUR)}
    hand.till.session.take_shift(hand.shop.open_shift(amina, euros))
    hand.sign_in("li")
    begin_close(hand)

    assert of_yuan_alone is ColumnState.UNMOVED
    assert column(hand, "EUR").state is ColumnState.TO_COUNT
    assert "EUR" in page.board.left_to_count


def test_the_count_is_blind(hand: Hand) -> None:
    sell(hand)
    lines = hand.shop.read_shift(person(hand, "manager")).cash
    page = begin_close(hand)
    hand.type("1")
    said = everything_said(page)
    expected = [money_text(line.expected, "en", symbol=False) for line in lines if line.expected is not None]
    assert len(expected) == 5
    assert not any(figure in said for figure in expected)
    assert "Expected" not in said


def test_a_count_that_agrees_closes_the_shift_at_the_first_confirmation(hand: Hand) -> None:
    sell(hand)
    page = begin_close(hand)
    count_exactly(hand)
    confirm(hand)
    assert stage(hand) is Stage.DONE
    assert hand.shop.open_shift.current() is None
    assert hand.till.session.shift is None
    assert [row[-1] for row in page.z.view.cash.texts] == ["matches"] * 5


def test_what_differs_is_asked_once_more_without_saying_by_how_much(hand: Hand) -> None:
    page = begin_close(hand)
    count_exactly(hand)
    column(hand, "KZT").cells[2_000_000].set_value(3)
    confirm(hand)
    assert stage(hand) is Stage.RECOUNT
    assert page.note.text == "KZT: the count differs. Count again. The next confirmation is final."
    assert column(hand, "KZT").is_blank
    assert column(hand, "KZT").is_here
    assert not column(hand, "CNY").isEnabled()
    assert not page.confirm.isEnabled()
    assert hand.shop.open_shift.current() is not None
    said = everything_said(page)
    assert not any(figure in said for figure in ("150,000", "80,000", "70,000"))


def test_the_second_confirmation_closes_whatever_was_counted(hand: Hand) -> None:
    page = begin_close(hand)
    count_exactly(hand)
    column(hand, "KZT").cells[2_000_000].set_value(3)
    confirm(hand)
    hand.type("6")
    hand.press(Key.Key_Return)
    hand.type("1")
    hand.press(Key.Key_F4)
    confirm(hand)
    assert stage(hand) is Stage.DONE
    row = next(row for row in page.z.view.cash.texts if row[0] == "₸ KZT")
    assert row[-3:] == ("150,000", "130,000", "20,000 short")


def test_going_away_and_coming_back_gives_no_second_look(hand: Hand) -> None:
    begin_close(hand)
    count_exactly(hand)
    column(hand, "USD").cells[10_000].set_value(1)
    confirm(hand)
    hand.press(Key.Key_Escape)
    assert hand.screen_id == "shift"
    hand.press(Key.Key_F12)
    assert hand.screen_id == "close_shift"
    assert stage(hand) is Stage.RECOUNT
    assert not column(hand, "EUR").isEnabled()
    hand.till.window.lock()
    hand.sign_in()
    go_to(hand, "close_shift")
    assert stage(hand) is Stage.RECOUNT


def test_what_was_sold_after_the_count_is_counted_and_is_no_difference(hand: Hand) -> None:
    page = begin_close(hand)
    count_exactly(hand)
    column(hand, "KZT").cells[2_000_000].set_value(3)
    confirm(hand)
    go_to(hand, "shift")
    sell(hand)
    page.session.shop.move_cash(person(hand, "amina"), "in", Money(2_000, CURRENCIES["USD"]), "from the bank")
    go_to(hand, "close_shift")
    assert [code for code in page.board.columns if column(hand, code).is_blank] == ["CNY", "KZT", "USD"]
    assert not column(hand, "EUR").isEnabled()
    assert page.note.text == (
        "KZT: the count differs. Count again. The next confirmation is final. "
        "Cash has moved since the count: CNY, USD. Count again."
    )
    count_exactly(hand, "CNY", "KZT")
    assert not page.confirm.isEnabled()
    count_exactly(hand, "USD")
    confirm(hand)
    assert [row[-1] for row in page.z.view.cash.texts] == ["matches"] * 5


def test_a_count_that_was_left_is_counted_again_only_where_cash_has_moved(
    hand: Hand,
) -> None:
    page = begin_close(hand)
    count_exactly(hand)
    go_to(hand, "shift")
    go_to(hand, "close_shift")
    assert all(one.is_full for one in page.board.columns.values())
    go_to(hand, "shift")
    sell(hand)
    go_to(hand, "close_shift")
    assert [code for code in page.board.columns if column(hand, code).is_blank] == ["CNY"]
    assert column(hand, "EUR").isEnabled()
    assert page.note.text == "Cash has moved since the count: CNY. Count again."
    count_exactly(hand, "CNY")
    assert page.note.text == "Blind count: the till shows the expected cash after you confirm."
    confirm(hand)
    assert stage(hand) is Stage.DONE


def test_a_count_that_was_begun_is_named_before_the_window_closes(hand: Hand) -> None:
    begin_close(hand)
    assert hand.till.window.unfinished.all() == ""
    hand.type("1")
    assert hand.till.window.unfinished.all() == "the drawer count"


# ── the Z ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_z_is_shown_with_its_number_and_printed(hand: Hand) -> None:
    sell(hand)
    page = begin_close(hand)
    count_exactly(hand)
    confirm(hand)
    assert page.z.title == "Z · T1-Z000001"
    assert page.z.news.notice is not None
    assert page.z.news.notice.text == "T1-Z000001 printed."
    assert "1 receipt · 1 piece" in [row[1] for row in page.z.view.turnover.texts]


def test_a_jam_leaves_the_z_recorded_and_it_can_be_printed_again(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    page = begin_close(hand)
    count_exactly(hand)
    printer = hand.shop.issue_shift.printer
    with monkeypatch.context() as jam:
        jam.setattr(type(printer), "print_file", _jammed)
        confirm(hand)
    assert stage(hand) is Stage.DONE
    notice = page.z.news.notice
    assert notice is not None
    assert notice.text.startswith("T1-Z000001 is recorded but not printed.")
    hand.press(Key.Key_P, CONTROL)
    assert page.z.news.notice is not None
    assert page.z.news.notice.text == "T1-Z000001 printed."


def _jammed(_printer: object, path: Path) -> None:
    raise PrinterError("printer_not_ready", str(path), "")


def test_after_the_z_the_next_shift_is_opened(hand: Hand) -> None:
    page = begin_close(hand)
    count_exactly(hand)
    confirm(hand)
    hand.press(Key.Key_Return)
    assert hand.screen_id == "open_shift"
    assert page.z.report is None
    hand.typing.press_again(Key.Key_F12)  # pressed twice at the Z: no shift is opened by that
    hand.wait()
    assert hand.screen_id == "open_shift"
    hand.press(Key.Key_F5)  # the float is what the Z counted
    hand.press(Key.Key_F12)
    assert hand.screen_id == "checkout"
    begin_close(hand)
    assert stage(hand) is Stage.COUNT
    assert page.board.count == {}


def test_the_z_is_not_there_for_the_person_who_comes_next(hand: Hand) -> None:
    page = begin_close(hand)
    count_exactly(hand)
    confirm(hand)
    hand.till.window.lock()
    assert page.z.report is None
    hand.sign_in("li")
    go_to(hand, "close_shift")
    assert "−" not in everything_said(page)


def test_another_persons_shift_is_closed_with_an_approval_in_place(hand: Hand) -> None:
    hand.sign_in("li")
    page = begin_close(hand)
    count_exactly(hand)
    column(hand, "USD").cells[10_000].set_value(1)
    confirm(hand)
    assert not page.approval.isHidden()
    assert page.approval.title == "Approval needed: closing another person's shift"
    page.approval.pin.push(MANAGER_PIN)
    hand.press(Key.Key_Return)
    hand.wait(50)
    assert stage(hand) is Stage.RECOUNT
    assert page.differing == ("USD",)
    count_exactly(hand, "USD")
    confirm(hand)
    assert stage(hand) is Stage.DONE
    assert page.z.report is not None
    assert (page.z.report.closed_by, page.z.report.approved_by) == ("li", "manager")


# ── the X ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_cashier_sees_the_shift_so_far_without_what_the_drawer_should_hold(hand: Hand) -> None:
    sell(hand)
    go_to(hand, "shift")
    page = shift_page(hand)
    assert page.view.cash.texts == ()
    assert page.view.cash.note == "The till shows the expected cash after the count."
    assert page.view.payments.texts == ()
    assert page.view.payments.note == "Cash is shown after the count."
    assert page.view.details.returns.note == "Shown after the count."
    assert not any("12.50" in text or "2,000" in text for row in page.view.turnover.texts for text in row)
    assert page.print_button.isHidden()
    assert "1 receipt · 1 piece" in [row[1] for row in page.view.turnover.texts]


def test_a_manager_sees_the_expected_cash_and_prints_the_x(hand: Hand) -> None:
    sell(hand)
    hand.sign_in("manager")
    go_to(hand, "shift")
    page = shift_page(hand)
    line = hand.shop.read_shift(person(hand, "manager")).cash[0]
    assert line.expected is not None
    assert page.view.cash.texts[0][-1] == money_text(line.expected, "en", symbol=False)
    assert [row[0] for row in page.view.payments.texts] == ["Cash · CNY"]
    hand.press(Key.Key_P, CONTROL)
    assert notice(page) == "Report printed."


def test_nothing_of_the_x_stays_when_the_page_is_left(hand: Hand) -> None:
    sell(hand)
    go_to(hand, "shift")
    hand.till.window.lock()
    assert shift_page(hand).report is None
    assert shift_page(hand).view.isHidden()


def test_without_an_open_shift_the_page_says_what_to_do(hand: Hand) -> None:
    begin_close(hand)
    count_exactly(hand)
    confirm(hand)
    go_to(hand, "shift")
    assert not shift_page(hand).empty.isHidden()
    assert shift_page(hand).close_button.isHidden()
    shift_page(hand).empty.action_pressed.emit()
    hand.wait()
    assert hand.screen_id == "open_shift"


# ── cash without a sale ──────────────────────────────────────────────────────────────────────────────────────


# ── languages and light ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["zh", "ru", "kk"])
def test_another_language_and_light_keep_what_was_counted(hand: Hand, language: str) -> None:
    page = begin_close(hand)
    hand.type("64")
    hand.till.session.speak(language)
    hand.till.theme.switch(Mode.DARK)
    hand.wait()
    assert page.board.count == {"CNY": {10_000: 64}}
    assert "Blind" not in everything_said(page)
    assert not page.grab().isNull()


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_the_button_for_the_rest_has_its_words_and_the_sum_is_whole(hand: Hand, language: str) -> None:
    hand.till.window.resize(1366, 768)
    page = begin_close(hand)
    hand.till.session.speak(language)
    hand.wait()
    for board in page.board.columns.values():
        board.shown[0].setFocus()
        board.shown[0].set_value(999)
        board.shown[1].setFocus()
        amount = money_text(board.sum, language, cash=True)
        width = text_width(board.rest.theme.font(Type.BODY, bold=True), amount)
        rest, last = board.rest.geometry(), board.shown[-1].geometry()
        assert board.rest.isVisible()
        assert board.rest.text() == hand.till.session.translator("Rest is zero")
        assert board.rest.sizeHint().width() <= rest.width()
        assert last.bottom() < rest.top() < rest.bottom() < board.height() - 48  # the foot with the sum
        assert width < board.width() - 2 * Space.M, amount


def test_every_cell_has_a_name_and_a_place_in_the_order_of_tab(hand: Hand) -> None:
    page = begin_close(hand)
    for code, board in page.board.columns.items():
        assert board.currency == CURRENCIES[code]
        for cell in board.shown:
            assert cell.accessibleName().startswith("Number of ")
            assert cell.focusPolicy() & Qt.FocusPolicy.TabFocus
    first = column(hand, "CNY").shown
    hand.press(Key.Key_Tab)
    assert first[1].hasFocus()


def test_expected_cash_below_zero_is_red_on_the_x(hand: Hand) -> None:
    report = hand.shop.read_shift(person(hand, "manager"))
    line = report.cash[0]
    short = replace(line, expected=Money(-5_000, line.currency))
    [cells] = cash_rows(replace(report, cash=(short,)), hand.till.session.translator)
    assert (cells[-1].text, cells[-1].tone) == ("−50.00", Tone.OVER)
    [cells] = cash_rows(replace(report, cash=(line,)), hand.till.session.translator)
    assert cells[-1].tone is None


def test_a_count_changed_while_it_is_compared_is_confirmed_again(hand: Hand) -> None:
    begin_close(hand)
    count_exactly(hand)
    cell = next(iter(column(hand, "CNY").cells.values()))
    with SlowStore(hand) as slow:
        slow.press(Key.Key_Return, CONTROL)
        slow.press(Key.Key_Return, CONTROL)
        cell.set_value(99)
    before = stage(hand)
    count_exactly(hand)
    confirm(hand)

    assert (before, stage(hand)) == (Stage.COUNT, Stage.DONE)


def test_a_count_corrected_while_it_is_compared_is_not_called_different(hand: Hand) -> None:
    begin_close(hand)
    count_exactly(hand)
    cell = next(iter(column(hand, "CNY").cells.values()))
    right = cell.value
    cell.set_value(99)
    with SlowStore(hand) as slow:
        slow.press(Key.Key_Return, CONTROL)
        cell.set_value(right)
    before = stage(hand)
    confirm(hand)

    assert (before, stage(hand)) == (Stage.COUNT, Stage.DONE)


def test_a_shift_is_closed_once_however_often_its_key_is_pressed(hand: Hand) -> None:
    begin_close(hand)
    count_exactly(hand)
    with SlowStore(hand) as slow:
        for _ in range(3):
            slow.press(Key.Key_Return, CONTROL)

    assert stage(hand) is Stage.DONE
    assert hand.shop.open_shift.current() is None


def test_a_close_that_is_refused_is_reported_on_the_page_that_is_on_show_by_then(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_count: object) -> None:
        raise Collided("10.0.0.5")

    begin_close(hand)
    count_exactly(hand)
    monkeypatch.setattr(CloseShift, "differs", busy)
    with SlowStore(hand) as slow:
        slow.press(Key.Key_Return, CONTROL)
        hand.till.window.show_screen("checkout")
    notice = hand.till.window.work.notices.notice

    assert hand.shop.open_shift.current() is not None
    assert notice is not None
    assert notice.text.endswith("The database is busy with another till. Try again.")
