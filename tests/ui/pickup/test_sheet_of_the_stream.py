"""The sheet of the stream beside the claims: its goods, numbers and prices, and the streamer's view of them."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from pos.application.pickup.stream import KeepStream
from pos.domain.errors import MovedMeanwhile
from pos.domain.money import Money
from pos.domain.staff.staff import Person
from pos.ui.shell.page_builder import Screens
from tests.horgos import CNY
from tests.ui.pickup.conftest import CHOCOLATE, COGNAC, SWEETS, Counter, set_up_the_stream, taking_alone
from tests.ui.slow_store import SlowStore


@pytest.fixture
def pages() -> Screens:
    """Nothing is sold here."""
    return taking_alone


def test_the_streamer_sees_free_stock_fall(counter: Counter) -> None:
    set_up_the_stream(counter)
    counter.press(Qt.Key.Key_F9)
    live = counter.taking.live
    assert live is not None
    assert live.number == 1
    before = counter.taking.sheet.rows_of[0].free
    counter.taking.goods.setFocus()
    counter.call_out("1", "Lena")
    counter.wait()
    assert counter.taking.sheet.rows_of[0].free == before - 1
    live.turn(1)
    assert live.number == 2
    live.turn(1)
    assert live.number == 1


def test_the_question_about_the_sheet_is_left_and_asked_again(counter: Counter) -> None:
    set_up_the_stream(counter)
    question = counter.taking.sheet.question
    for _ in range(2):
        counter.press(Qt.Key.Key_F4)
        assert question.is_open
        counter.press(Qt.Key.Key_Escape)
        assert not question.is_open
    counter.press(Qt.Key.Key_F4)
    counter.type(COGNAC)
    counter.press(Qt.Key.Key_Return)
    counter.type("399")
    counter.press(Qt.Key.Key_Return)
    assert [str(row.price) for row in counter.taking.sheet.rows_of] == ["12.50", "48.00", "399.00"]
    assert question.is_open  # the next goods


def put_on_sheet(counter: Counter, goods: str, price: str = "") -> None:
    """By keys, into the question that is open; the store is not waited for."""
    for text in (goods, price):
        for char in text:
            counter.typing.press(char)
        counter.typing.press(Qt.Key.Key_Return)


def on_the_sheet(counter: Counter) -> dict[int, str]:
    person = counter.till.session.person
    assert person is not None
    return {row.number: row.product.code for row in counter.shop.pickup.stream.goods(person)}


def test_goods_that_are_entered_before_the_answer_get_a_number_each(counter: Counter) -> None:
    set_up_the_stream(counter)
    counter.press(Qt.Key.Key_F4)
    put_on_sheet(counter, COGNAC)
    counter.taking.sheet.question.goods.setFocus()
    counter.taking.sheet.question.goods.selectAll()
    put_on_sheet(counter, SWEETS)
    counter.wait()
    assert on_the_sheet(counter) == {1: CHOCOLATE, 2: SWEETS, 3: COGNAC, 4: SWEETS}


def test_a_sheet_that_could_not_be_read_is_not_emptied_by_the_next_goods(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unread(_self: KeepStream, _person: object) -> None:
        raise MovedMeanwhile

    with monkeypatch.context() as patched:
        patched.setattr(KeepStream, "goods", unread)
        set_up_unread(counter)
    counter.press(Qt.Key.Key_F4)
    put_on_sheet(counter, COGNAC)
    counter.wait()
    assert on_the_sheet(counter) == {1: CHOCOLATE, 2: SWEETS, 3: COGNAC}


def set_up_unread(counter: Counter) -> None:
    with pytest.raises(MovedMeanwhile):
        set_up_the_stream(counter)
    counter.show("take_orders")
    assert counter.taking.sheet.rows_of == ()


def test_a_question_that_was_left_is_not_opened_by_a_late_answer(counter: Counter) -> None:
    set_up_the_stream(counter)
    question = counter.taking.sheet.question
    for goods in (COGNAC, "nothing"):
        counter.press(Qt.Key.Key_F4)
        with SlowStore(counter):
            put_on_sheet(counter, goods)
            counter.typing.press(Qt.Key.Key_Escape)
        assert not question.is_open
        assert not question.complaint.text()
    assert "nothing" in counter.said
    assert on_the_sheet(counter)[3] == COGNAC


def test_the_goods_of_a_number_are_named_before_the_buyer_is_typed(counter: Counter) -> None:
    set_up_the_stream(counter)
    for typed, is_known in (
        ("1", True),
        ("0001", False),
        ("1×2", True),
        ("", False),
        ("1х2", True),
        ("1*2", True),
        (CHOCOLATE, True),
    ):
        counter.taking.goods.setText(typed)
        counter.taking.goods.textEdited.emit(typed)
        assert bool(counter.taking.hint.text()) == is_known, typed

    person, taking = counter.till.session.person, counter.taking
    assert person is not None
    counter.shop.pickup.stream.put_line(CHOCOLATE, Money(9_90, CNY), 7, person)
    taking.sheet.read()
    counter.wait()
    taking.goods.clear()
    counter.scan(CHOCOLATE)
    assert taking.hint.text() == f"{CHOCOLATE} is on the sheet as 1, 7, at different prices. Type the number."
    counter.type("7")
    counter.press(Qt.Key.Key_Return)
    assert taking.hint.text().startswith("Dark chocolate")
    assert taking.buyer.hasFocus()


def test_a_reading_of_the_sheet_that_is_not_answered_is_not_asked_for_again_and_again(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up_the_stream(counter)
    counter.press(Qt.Key.Key_F9)
    live, read = counter.taking.live, KeepStream.goods
    assert live is not None
    readings = []

    def goods(self: KeepStream, person: Person) -> Any:
        readings.append(person)
        return read(self, person)

    monkeypatch.setattr(KeepStream, "goods", goods)
    with SlowStore(counter):
        for _ in range(5):
            live.due.emit()
    assert len(readings) == 2
    assert live.number == 1


def test_a_price_of_the_stream_stays_when_its_currency_is_chosen_after_it(counter: Counter) -> None:
    set_up_the_stream(counter)
    question = counter.taking.sheet.question
    counter.press(Qt.Key.Key_F4)
    counter.type(COGNAC)
    counter.press(Qt.Key.Key_Return)
    counter.type("399")
    dollars = question.currency.findText("USD")
    question.currency.setCurrentIndex(dollars)
    question.currency.activated.emit(dollars)
    question.price.setFocus()
    counter.press(Qt.Key.Key_Return)
    price = counter.taking.sheet.rows_of[-1].price
    assert (str(price), price.currency.code) == ("399.00", "USD")


def test_a_price_of_the_stream_that_may_be_thousands_is_refused_in_words(counter: Counter) -> None:
    set_up_the_stream(counter)
    counter.press(Qt.Key.Key_F4)
    counter.type(COGNAC)
    counter.press(Qt.Key.Key_Return)
    counter.type("1,000")
    counter.press(Qt.Key.Key_Return)
    counter.wait()

    assert "“1,000” is ambiguous" in counter.taking.sheet.question.complaint.text()
    assert COGNAC not in on_the_sheet(counter).values()
