"""Customer orders on the board: found, confirmed, packed, cancelled, held longer, and handed out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListWidget

from pos.application.pickup.deposits import DepositDraft
from pos.application.pickup.find_orders import FindOrders
from pos.application.pickup.order_allowance import OrderAllowance, OrderToJudge
from pos.application.pickup.take_order import ClaimLine
from pos.application.text.formatting import date_text
from pos.domain.money import Money
from pos.domain.pickup.customer_order import CustomerOrder, OrderState
from pos.domain.pickup.pickup_code import PickupCode
from pos.domain.staff.staff import Person
from pos.ui.look.theme import Type
from pos.ui.shell.page_builder import Screens
from pos.ui.widgets.drawing.drawing import text_width
from tests.horgos import CNY, KZT
from tests.ui.pickup.conftest import CHOCOLATE, COGNAC, SWEETS, Counter, the_board_alone


@pytest.fixture
def pages() -> Screens:
    """Nothing is sold here."""
    return the_board_alone


def test_an_order_is_found_by_typing_and_its_panel_says_what_it_is(counter: Counter) -> None:
    mine = counter.claim(CHOCOLATE, SWEETS, buyer="Айгуль 7011234567")
    counter.claim(SWEETS, buyer="小雨 8888")
    counter.show("pickup")
    counter.type("4567")
    counter.wait(200)

    assert counter.codes() == [mine.code]
    order = counter.board.panel.order
    assert order is not None
    assert order.code == mine.code
    assert counter.board.panel.lines.count() == 2
    counter.press(Qt.Key.Key_Escape)
    assert not counter.board.list.is_search


def test_an_order_is_packed_by_scans_and_a_place(counter: Counter) -> None:
    mine = counter.claim(CHOCOLATE)
    counter.show("pickup")
    counter.scan(PickupCode(mine.code).qr)
    assert counter.codes() == [mine.code]
    counter.press(Qt.Key.Key_F5)
    counter.scan(SWEETS)
    assert "does not belong" in counter.said
    counter.scan(CHOCOLATE)
    assert counter.board.panel.packed == {0: 1}
    counter.type("A-7")
    counter.press(Qt.Key.Key_Return)

    order = counter.order(mine.code)
    assert (order.state, order.place) == (OrderState.READY, "A-7")
    assert counter.till.session.figures.of("orders_ready") == 1


def test_an_order_is_held_longer_cancelled_with_a_reason_and_its_message_copied(counter: Counter) -> None:
    mine = counter.claim(CHOCOLATE)
    counter.show("pickup")
    counter.board.show_order(mine.code)
    counter.wait()
    counter.press(Qt.Key.Key_F7)
    question = counter.board.panel.day
    question.day.setDate(question.day.date().addDays(2))
    counter.press(Qt.Key.Key_Return)
    assert counter.order(mine.code).hold_until == mine.hold_until + timedelta(days=2)

    counter.press(Qt.Key.Key_F9)
    assert PickupCode(mine.code).spaced in QGuiApplication.clipboard().text()
    counter.press(Qt.Key.Key_F6)
    counter.type("ill")
    counter.press(Qt.Key.Key_Return)
    order = counter.order(mine.code)
    assert (order.state, order.why) == (OrderState.CANCELLED, "ill")


def test_a_deposit_is_taken_and_given_back(counter: Counter) -> None:
    mine = counter.claim(CHOCOLATE)
    counter.show("pickup")
    counter.board.show_order(mine.code)
    counter.wait()
    counter.press(Qt.Key.Key_F10)
    terms = counter.board.panel.deposit.said
    assert terms.text() == "If the order is not picked up in time, the buyer gets the deposit back."
    for no_show, said in (("credit", "the deposit pays for another order."), ("keep", "the shop keeps the deposit.")):
        counter.shop.office.set_setting(Person.at_the_console("root"), "deposit_no_show", no_show)
        counter.till.session.take_settings(counter.shop.settings())
        assert terms.text() == f"If the order is not picked up in time, {said}"
    counter.type("10")
    counter.press(Qt.Key.Key_Return)
    assert counter.board.panel._facts.text().endswith(f"\n{terms.text()}")
    deposit = counter.order(mine.code).deposit
    assert deposit is not None
    assert str(deposit.open) == "10.00"

    counter.wait(500)
    counter.press(Qt.Key.Key_F10)
    assert "Press" in counter.said
    counter.wait(500)
    counter.press(Qt.Key.Key_F10)
    deposit = counter.order(mine.code).deposit
    assert deposit is not None
    assert not deposit.open


def test_a_buyer_who_moved_up_is_told_and_the_badge_says_so(counter: Counter) -> None:
    first = counter.claim(COGNAC)
    counter.claim_the_rest(COGNAC)
    last = counter.claim(COGNAC)
    assert last.state is OrderState.WAITING
    person = counter.till.session.person
    assert person is not None
    counter.shop.pickup.steps.cancel(first.code, "", person)
    counter.show("pickup")

    assert counter.till.session.figures.of("orders_to_tell") == 1
    assert counter.codes() == [last.code]
    counter.press(Qt.Key.Key_F9)
    counter.wait(500)
    counter.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert not counter.order(last.code).tell
    assert counter.till.session.figures.of("orders_to_tell") == 0


def test_what_one_person_may_not_carry_is_said_once_the_cursor_rests_and_in_the_language_of_the_window(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, read = [], OrderAllowance.read

    def reading(self: OrderAllowance, order: CustomerOrder, *rest: Any) -> OrderToJudge:
        asked.append(order.code)
        return read(self, order, *rest)

    monkeypatch.setattr(OrderAllowance, "read", reading)
    much = counter.claim(lines=(ClaimLine(CHOCOLATE, 200, Money(20_000, CNY)),))
    counter.claim(SWEETS)
    counter.show("pickup")
    counter.board.show_list("waiting" if much.state is OrderState.WAITING else "confirmed")
    counter.board.show_order(much.code)
    counter.wait()
    assert asked == []
    counter.wait(300)
    assert asked == [much.code]
    said = counter.board.panel._advice.text()
    assert "one person" in said
    counter.till.session.speak("ru")
    assert counter.board.panel._advice.text() not in ("", said)


def test_both_counts_of_the_rail_are_read_by_one_query(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    counter.claim(CHOCOLATE)
    counter.wait(3_000)
    asked, counts = [], FindOrders.counts

    def counting(self: FindOrders, person: Person) -> Mapping[str, int]:
        asked.append(person)
        return counts(self, person)

    monkeypatch.setattr(FindOrders, "counts", counting)
    counter.till.figures.read_soon()
    counter.wait(3_000)
    assert len(asked) == 1
    assert [counter.till.session.figures.of(one) for one in ("orders_to_tell", "orders_ready")] == [0, 0]


def test_what_a_question_refuses_is_named_as_the_page_names_it(counter: Counter) -> None:
    mine = counter.claim(CHOCOLATE)
    counter.shop.office.set_setting(Person.at_the_console("root"), "card_reference", "true")
    counter.till.session.take_settings(counter.shop.settings())
    counter.show("pickup")
    counter.board.show_order(mine.code)
    counter.wait()
    counter.press(Qt.Key.Key_F7)
    day = counter.board.panel.day
    day.day.setDate(day.day.date().addYears(2))
    counter.press(Qt.Key.Key_Return)
    assert day.complaint.text().startswith("Held until: “")
    counter.press(Qt.Key.Key_Escape)

    counter.press(Qt.Key.Key_F10)
    deposit = counter.board.panel.deposit
    counter.type("0.03")
    counter.press(Qt.Key.Key_Return)
    assert deposit.complaint.text().startswith("Amount: ")
    deposit.method.setCurrentIndex(deposit.method.findData("card"))
    deposit.amount.setFocus()
    counter.press(Qt.Key.Key_Return)
    assert deposit.complaint.text() == "Reference is missing."


def cancelled(counter: Counter, order: CustomerOrder) -> str:
    """What is said when it is cancelled on the board."""
    counter.board.show_order(order.code)
    counter.wait(500)
    counter.press(Qt.Key.Key_F6)
    counter.press(Qt.Key.Key_Return)
    return counter.said


def test_an_order_that_is_cancelled_says_what_becomes_of_its_goods(counter: Counter) -> None:
    first = counter.claim(COGNAC)
    counter.claim_the_rest(COGNAC)
    last, later, alone = counter.claim(COGNAC), counter.claim(COGNAC), counter.claim(CHOCOLATE)
    assert not last.is_held
    codes = [PickupCode(one.code).spaced for one in (first, last, later, alone)]
    counter.show("pickup")
    assert cancelled(counter, later) == f"{codes[2]} is cancelled. It waited in the queue and held no goods."
    assert cancelled(counter, first) == f"{codes[0]} is cancelled. Moved up from the queue: {codes[1]}. Tell the buyer."
    assert counter.order(last.code).is_held
    assert cancelled(counter, alone) == f"{codes[3]} is cancelled; its goods are free."


STATES = {"en": ("Confirmed", "Cancelled"), "ru": ("Подтверждён", "Отменён"), "kk": ("Расталды", "Тоқтатылды")}


def test_the_state_of_an_order_is_not_the_name_of_its_list(counter: Counter) -> None:
    mine, gone = counter.claim(CHOCOLATE), counter.claim(SWEETS)
    person = counter.till.session.person
    assert person is not None
    counter.shop.pickup.steps.cancel(gone.code, "", person)
    counter.show("pickup")
    for language, states in STATES.items():
        counter.till.session.speak(language)
        for order, said in zip((mine, gone), states, strict=True):
            counter.board.show_order(order.code)
            counter.wait()
            assert counter.board.panel._facts.text().startswith(f"{said} · ")
            assert f" | {said} | " in counter.board.list.rows.texts()[0]


def test_an_order_in_the_queue_waits_until_its_day_and_holds_nothing(counter: Counter) -> None:
    mine = counter.claim_the_rest(COGNAC)
    last = counter.claim(COGNAC)
    panel, day = counter.board.panel, date_text((last.hold_until - timedelta(seconds=1)).date(), "en")
    counter.show("pickup")
    for order, said, asked in ((mine, "Held", "is it held?"), (last, "Waits", "does it wait?")):
        counter.board.show_order(order.code)
        counter.wait()
        assert f"\n{said} until: {day}" in f"\n{panel._facts.text()}"
        counter.press(Qt.Key.Key_F7)
        assert panel.day.title.text() == f"Until the end of which day {asked}"
        counter.press(Qt.Key.Key_Escape)


def test_words_of_an_order_and_of_its_questions_are_read_whole_in_a_small_window(counter: Counter) -> None:
    mine, ahead = counter.claim(SWEETS, CHOCOLATE), counter.claim(lines=(ClaimLine(COGNAC, 5),))
    person, panel, session = counter.till.session.person, counter.board.panel, counter.till.session
    assert person is not None
    counter.shop.pickup.deposits.take(ahead.code, DepositDraft("cash", Money(12_000_000, KZT)), person, "ahead")
    counter.till.window.resize(1024, 768)
    counter.show("pickup")
    for language in ("en", "zh", "ru", "kk"):
        session.speak(language)
        counter.board.show_order(mine.code)
        counter.wait()
        for width in (1366, 1024):
            counter.till.window.resize(width, 768)
            counter.wait(20)
            assert_lines_read_whole(panel.lines)
        assert_read_whole(counter)
        partly = tuple(replace(line, quantity=22, picked=2) for line in counter.order(mine.code).lines)
        panel.present(replace(counter.order(mine.code), state=OrderState.PICKED_UP, lines=partly), session.translator)
        counter.wait(50)
        assert_lines_read_whole(panel.lines)
        row = counter.board.list.row_of(counter.order(ahead.code), session.translator)
        room = counter.board.list.table.columns.columns[-1].width
        assert text_width(session.theme.font(Type.LABEL), row.cells[-1].second) <= room


def assert_lines_read_whole(lines: QListWidget) -> None:
    """Each is as high as its words need in the room that they are drawn in."""
    measure = lines.fontMetrics()
    room = lines.viewport().width() - 2 * lines.spacing() - 22  # without the padding of an item and its text's margin
    for at in range(lines.count()):
        item = lines.item(at)
        needed = measure.boundingRect(QRect(0, 0, room, 999), Qt.TextFlag.TextWordWrap, item.text())
        assert lines.visualItemRect(item).height() >= needed.height() - measure.leading() - 4, item.text()


def assert_read_whole(counter: Counter) -> None:
    panel = counter.board.panel
    for key, question in ((Qt.Key.Key_F5, panel.place), (Qt.Key.Key_F10, panel.deposit)):
        counter.press(key)
        counter.wait(50)
        for label in (question.title, question.said):
            assert label.height() >= label.heightForWidth(label.width()) or label.isHidden(), label.text()
        counter.press(Qt.Key.Key_Escape)


def test_another_list_waits_until_what_is_asked_about_an_order_is_answered_or_left(counter: Counter) -> None:
    mine = counter.claim(CHOCOLATE)
    counter.show("pickup")
    counter.board.show_list("confirmed")
    counter.board.show_order(mine.code)
    counter.wait()
    counter.press(Qt.Key.Key_F10)
    assert counter.board.panel.asked is not None
    counter.board.tabs.chosen.emit("ready")
    counter.wait()

    assert "First finish what is asked about" in counter.said
    assert (counter.board.list.which, counter.board.panel.order is not None) == ("confirmed", True)
    counter.press(Qt.Key.Key_Escape)
    counter.board.tabs.chosen.emit("ready")
    counter.wait()
    assert counter.board.list.which == "ready"
    assert not counter.board.panel.deposit.is_open


def test_the_question_for_a_deposit_falls_with_its_order(counter: Counter) -> None:
    first, second = counter.claim(CHOCOLATE), counter.claim(SWEETS)
    person = counter.till.session.person
    assert person is not None
    draft = DepositDraft("cash", Money(1_000, CNY))
    counter.shop.pickup.deposits.take(first.code, draft, person, "ahead")
    counter.show("pickup")
    counter.board.show_order(first.code)
    counter.wait(600)
    counter.press(Qt.Key.Key_F10)
    asked = counter.said
    counter.board.show_order(second.code)
    counter.wait(600)

    assert "10.00" in asked
    assert "10.00" not in counter.said
