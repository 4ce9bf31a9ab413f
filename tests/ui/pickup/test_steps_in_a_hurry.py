"""Steps of orders by someone who is quicker than the store: each acts on the order that was on show, and once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import Qt

from pos.application.pickup.deposits import DepositDraft
from pos.application.pickup.papers import PrintPickups
from pos.application.pickup.take_order import ClaimLine
from pos.application.ports.journal_ports import JournalFilter
from pos.application.ports.pickup_ports import OrderFilter
from pos.domain.catalogue.barcode import GS
from pos.domain.money import Money
from pos.domain.pickup.customer_order import CustomerOrder, OrderState
from pos.domain.pickup.deposit import KEEP
from pos.domain.pickup.pickup_code import PickupCode
from pos.domain.staff.staff import Person
from pos.ui.shell.page_builder import Screens
from tests.goods_codes import BOX_OF_SWEETS, marked
from tests.horgos import CNY
from tests.ui.pickup.conftest import CHOCOLATE, COGNAC, SWEETS, Counter, the_board_alone
from tests.ui.slow_store import SlowStore


@pytest.fixture
def pages() -> Screens:
    """Nothing is sold here."""
    return the_board_alone


def on_board(counter: Counter, which: str) -> None:
    counter.show("pickup")
    counter.board.show_list(which)
    counter.wait()


def choose(counter: Counter, order: CustomerOrder) -> None:
    counter.board.list.table.choose(counter.codes().index(order.code))
    counter.board.list.table.setFocus()
    counter.wait()


def shown(counter: Counter) -> str:
    order = counter.board.panel.order
    return "" if order is None else order.code


def piece(serial: str) -> str:
    return marked(CHOCOLATE, serial).split(GS)[0]


def claimed(counter: Counter, pieces: int) -> Sequence[CustomerOrder]:
    return [counter.claim(CHOCOLATE, confirms=False) for _ in range(pieces)]


def test_an_order_stays_on_show_when_its_step_takes_it_out_of_the_list(counter: Counter) -> None:
    first, second, third = claimed(counter, 3)
    on_board(counter, "claimed")
    assert counter.codes() == [third.code, second.code, first.code]
    choose(counter, second)
    counter.press(Qt.Key.Key_F4)
    assert counter.codes() == [third.code, first.code]
    assert shown(counter) == second.code

    counter.press(Qt.Key.Key_F5)
    counter.press(Qt.Key.Key_Return)
    assert counter.order(second.code).state is OrderState.READY
    assert [counter.order(one.code).state for one in (first, third)] == [OrderState.CLAIMED] * 2
    counter.wait(60_000)  # the list is read again
    assert shown(counter) == second.code
    counter.press(Qt.Key.Key_Down)
    assert shown(counter) == first.code


def test_a_late_answer_shows_its_order_only_where_it_is_still_chosen(counter: Counter) -> None:
    first, second = claimed(counter, 2)
    on_board(counter, "claimed")
    choose(counter, first)
    with SlowStore(counter) as slow:
        slow.press(Qt.Key.Key_F4)
        slow.press(Qt.Key.Key_Up)
        slow.press(Qt.Key.Key_F6)
        slow.type("late")
    assert counter.order(first.code).is_held
    assert shown(counter) == second.code
    question = counter.board.panel.why
    assert (question.is_open, question.about, question.text) == (True, second.code, "late")


def test_a_refusal_is_not_said_under_the_question_about_another_order(counter: Counter) -> None:
    first, second = claimed(counter, 2)
    person = counter.till.session.person
    assert person is not None
    on_board(counter, "claimed")
    choose(counter, first)
    with SlowStore(counter) as slow:
        counter.shop.pickup.steps.cancel(first.code, "", person)
        slow.press(Qt.Key.Key_F4)
        slow.press(Qt.Key.Key_Up)
        slow.press(Qt.Key.Key_F6)
    question = counter.board.panel.why
    assert (question.is_open, question.about, question.complaint.text()) == (True, second.code, "")
    assert "cancelled" in counter.said


def test_enter_pressed_twice_packs_once(counter: Counter) -> None:
    mine = counter.claim(CHOCOLATE)
    counter.show("pickup")
    counter.scan(PickupCode(mine.code).qr)
    counter.press(Qt.Key.Key_F5)
    with SlowStore(counter) as slow:
        slow.type("A-7")
        slow.press(Qt.Key.Key_Return)
        slow.press(Qt.Key.Key_Return)
    boss = next(one for one in counter.shop.sign_in.people() if one.name == "manager")
    packed = counter.shop.read_journal(JournalFilter(events=("pack_customer_order",)), boss).entries
    assert len(packed) == 1


def test_a_slip_is_printed_once_for_a_key_pressed_twice(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = []
    draw = PrintPickups.packing_slip

    def packing_slip(self: PrintPickups, code: str, person: Person) -> Path:
        printed.append(code)
        return draw(self, code, person)

    monkeypatch.setattr(PrintPickups, "packing_slip", packing_slip)
    mine = counter.claim(CHOCOLATE)
    counter.show("pickup")
    counter.scan(PickupCode(mine.code).qr)
    with SlowStore(counter) as slow:
        for _ in range(2):
            slow.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert printed == [mine.code]


def test_enter_waits_for_the_pieces_that_are_looked_up(counter: Counter) -> None:
    mine = counter.claim(CHOCOLATE)
    counter.show("pickup")
    counter.scan(PickupCode(mine.code).qr)
    counter.press(Qt.Key.Key_F5)
    with SlowStore(counter) as slow:
        slow.scan(piece("AB1"))
        slow.press(Qt.Key.Key_Return)
    assert counter.order(mine.code).state is OrderState.READY
    assert [line.marks for line in counter.order(mine.code).lines] == [(piece("AB1"),)]


def test_enter_before_a_piece_is_found_not_to_belong_does_not_pack(counter: Counter) -> None:
    mine = counter.claim(CHOCOLATE)
    counter.show("pickup")
    counter.scan(PickupCode(mine.code).qr)
    counter.press(Qt.Key.Key_F5)
    with SlowStore(counter) as slow:
        slow.scan(SWEETS)
        slow.press(Qt.Key.Key_Return)
    assert counter.order(mine.code).state is OrderState.CONFIRMED
    assert counter.board.panel.place.is_open


def test_of_a_part_of_the_pieces_it_is_asked_and_packing_again_keeps_the_marking_codes(counter: Counter) -> None:
    mine = counter.claim(lines=(ClaimLine(CHOCOLATE), ClaimLine(CHOCOLATE, 2)))
    counter.show("pickup")
    counter.scan(PickupCode(mine.code).qr)
    for serial in ("AB1", "AB2", "AB3"):
        counter.press(Qt.Key.Key_F5)
        counter.scan(piece(serial))
        counter.press(Qt.Key.Key_Return)
        assert counter.said.startswith("Scanned: 1 of 3. Press Enter again")
        assert counter.board.panel.place.is_open
        counter.press(Qt.Key.Key_Return)
    marks = [mark for line in counter.order(mine.code).lines for mark in line.marks]
    assert marks == [piece(serial) for serial in ("AB1", "AB2", "AB3")]

    counter.press(Qt.Key.Key_F5)
    for code, said in ((COGNAC, "does not belong to this order"), (CHOCOLATE, "")):  # the scanner is silent
        counter.board.panel.place.field.clear()
        counter.type(code)
        counter.press(Qt.Key.Key_Return)
        assert said in counter.said
        assert counter.board.panel.place.is_open
    assert (counter.board.panel.packed, counter.board.panel.place.field.text()) == ({0: 1}, "")


def test_pieces_that_are_counted_are_lost_to_no_other_order_and_to_no_midnight(counter: Counter) -> None:
    mine, other = counter.claim(CHOCOLATE, SWEETS), counter.claim(SWEETS)
    on_board(counter, "confirmed")
    choose(counter, mine)
    counter.press(Qt.Key.Key_F5)
    counter.scan(CHOCOLATE)
    counter.scan(BOX_OF_SWEETS)
    assert counter.said.endswith("this code is a pack of 12. To be packed: 1. Scan the pieces.")
    assert counter.board.panel.packed == {0: 1}
    counter.scan(PickupCode(other.code).qr)
    assert "First finish what is asked about" in counter.said
    person = counter.till.session.person
    assert person is not None
    counter.shop.pickup.steps.pack(mine.code, "B-1", person)  # at another till, so that its row is gone
    counter.till.session.day_began.emit()
    counter.board.read()
    counter.wait()
    assert shown(counter) == mine.code
    assert counter.board.panel.place.is_open
    assert counter.board.panel.packed == {0: 1}


def test_what_is_half_done_for_an_order_is_lost_by_no_other_row_and_no_search(counter: Counter) -> None:
    mine, other = counter.claim(CHOCOLATE, SWEETS), counter.claim(SWEETS)
    on_board(counter, "confirmed")
    panel, board = counter.board.panel, counter.board
    for unfinished in ("counted pieces", "a shelf", "an amount"):
        choose(counter, mine)
        if unfinished == "counted pieces":
            counter.press(Qt.Key.Key_F5)
            counter.scan(CHOCOLATE)
        elif unfinished == "a shelf":
            counter.press(Qt.Key.Key_F5)
            counter.type("B-1")
        else:
            counter.press(Qt.Key.Key_F10)
            counter.type("20")
        asked, packed = panel.asked, dict(panel.packed)
        assert asked is not None
        assert bool(packed) == (unfinished == "counted pieces")
        counter.till.session.withdraw("pickup.scan")

        board.list.table.choose(counter.codes().index(other.code))
        counter.until(lambda: counter.codes()[board.list.table.current_row] == mine.code)
        assert shown(counter) == mine.code
        assert "First finish what is asked about" in counter.said
        counter.till.session.withdraw("pickup.scan")
        counter.press(Qt.Key.Key_F12)
        assert (counter.screen_id, "First finish what is asked about" in counter.said) == ("pickup", True)
        board.list.box.setFocus()
        counter.type(other.code)
        counter.wait(600)
        assert counter.codes() == [other.code]
        assert (shown(counter), panel.asked, panel.packed) == (mine.code, asked, packed)

        board.tabs.chosen.emit("confirmed")  # the tab of the list behind the search
        counter.press(Qt.Key.Key_F6)
        counter.wait()
        assert (shown(counter), panel.asked, panel.packed) == (mine.code, asked, packed)

        asked.back.click()
        board.tabs.chosen.emit("confirmed")
        counter.wait()
        choose(counter, other)
        assert (shown(counter), panel.asked) == (other.code, None)


def test_the_key_that_asks_why_pressed_again_says_nothing_and_cancels_nothing(counter: Counter) -> None:
    mine = counter.claim(CHOCOLATE)
    on_board(counter, "confirmed")
    choose(counter, mine)
    for _ in range(2):
        counter.press(Qt.Key.Key_F6)
    assert (counter.said, counter.board.panel.why.is_open) == ("", True)
    assert counter.order(mine.code).is_open


def test_a_question_without_an_answer_falls_when_another_row_is_chosen(counter: Counter) -> None:
    mine, other = counter.claim(CHOCOLATE), counter.claim(SWEETS)
    on_board(counter, "confirmed")
    choose(counter, mine)
    counter.press(Qt.Key.Key_F5)
    choose(counter, other)
    assert (shown(counter), counter.board.panel.asked) == (other.code, None)


def test_a_deposit_is_cash_again_after_one_by_card_and_cash_opens_the_drawer(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Mock()
    monkeypatch.setattr(counter.till.session.devices, "open_drawer", opened)
    first, second = counter.claim(CHOCOLATE), counter.claim(CHOCOLATE)
    person = counter.till.session.person
    assert person is not None
    for order, method in ((first, "card"), (second, "cash")):
        counter.show("pickup")
        counter.board.show_order(order.code)
        counter.wait(450)
        counter.press(Qt.Key.Key_F10)
        question = counter.board.panel.deposit
        if method == "card":
            question.method.setCurrentIndex(question.method.findData("card"))
            question.method.activated.emit(question.method.currentIndex())
            question.reference.setText("771")
        assert question.way == method
        assert question.reference.isHidden() == (method == "cash")
        counter.type("10")
        counter.press(Qt.Key.Key_Return)
        if method == "card":
            counter.wait(450)
            counter.press(Qt.Key.Key_Return)
        deposit = counter.order(order.code).deposit
        assert deposit is not None
        assert (deposit.method, deposit.reference) == (method, "771" if method == "card" else "")
        assert "10.00" in counter.said
        assert opened.call_count == (method == "cash")
    expired = replace(counter.order(second.code), state=OrderState.EXPIRED)
    assert expired.deposit is not None
    kept = replace(expired, deposit=replace(expired.deposit, no_show=KEEP))
    counter.board.panel.present(kept, counter.till.session.translator)
    counter.press(Qt.Key.Key_F10)
    terms = "If the order is not picked up in time, the shop keeps the deposit."
    assert counter.said == f"{terms} A manager can give it back."
    assert opened.call_count == 1

    counter.board.show_order(second.code)
    counter.wait(450)
    counter.press(Qt.Key.Key_F10)
    counter.wait(450)
    counter.press(Qt.Key.Key_F10)
    assert counter.said.endswith("back in cash.")
    assert opened.call_count == 2
    assert len(counter.shop.pickup.find.listed(person, OrderFilter(), 100)) == 2


def pay_ahead(counter: Counter, method: str, amount: str) -> CustomerOrder:
    """A deposit that is typed for a new order, and entered."""
    mine = counter.claim(CHOCOLATE)
    counter.show("pickup")
    counter.board.show_order(mine.code)
    counter.wait(450)
    counter.press(Qt.Key.Key_F10)
    question = counter.board.panel.deposit
    question.method.setCurrentIndex(question.method.findData(method))
    question.method.activated.emit(question.method.currentIndex())
    counter.type(amount)
    counter.press(Qt.Key.Key_Return)
    return mine


def test_a_deposit_that_no_till_can_see_is_recorded_when_it_was_said_to_have_come(counter: Counter) -> None:
    question = counter.board.panel.deposit
    for method, asked, key in (
        ("card", "Approved on the terminal?", Qt.Key.Key_Return), ("qr", "Payment received?", Qt.Key.Key_F12)
    ):  # fmt: skip
        mine = pay_ahead(counter, method, "10")
        assert (question.title.text(), question.money.isVisible()) == (asked, False)
        counter.typing.press_again(Qt.Key.Key_Return)  # pressed twice: the question was not read yet
        counter.wait()
        assert counter.order(mine.code).deposit is None
        counter.wait(450)
        counter.press(Qt.Key.Key_Escape)
        assert (question.is_open, question.money.isVisible(), str(question.typed())) == (True, True, "10.00")
        counter.press(Qt.Key.Key_Return)
        assert question.title.text() == asked
        counter.wait(450)
        counter.press(key)
        assert counter.screen_id == "pickup"
        deposit = counter.order(mine.code).deposit
        assert deposit is not None
        assert (deposit.method, str(deposit.amount), question.is_open) == (method, "10.00", False)


def test_a_deposit_that_cannot_be_taken_is_refused_before_the_terminal_is_asked_about(counter: Counter) -> None:
    mine, question = pay_ahead(counter, "card", "900"), counter.board.panel.deposit
    assert "more than the order comes to" in question.complaint.text()
    assert question.money.isVisible()
    assert counter.order(mine.code).deposit is None
    counter.press(Qt.Key.Key_Escape)
    assert not question.is_open
    counter.press(Qt.Key.Key_F10)
    assert question.title.text() == "How much does the buyer pay ahead?"
    counter.press(Qt.Key.Key_Escape)

    session = counter.till.session
    session.take_person(next(one for one in counter.shop.sign_in.people() if one.name == "clerk"))
    counter.press(Qt.Key.Key_F10)
    assert (counter.said, question.is_open) == ("Deposits are taken by a cashier.", False)
    person = next(one for one in counter.shop.sign_in.people() if one.name == "amina")
    counter.shop.pickup.deposits.take(mine.code, DepositDraft("card", Money(5_00, CNY)), person, "ahead")
    counter.board.read()
    counter.wait()
    counter.press(Qt.Key.Key_F10)
    assert counter.said == "Deposits are returned by a cashier."
