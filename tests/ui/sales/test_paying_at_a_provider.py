"""The payment page while a provider is asked for money: what it says, which keys count, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.ports.partner_ports import ChargeOrder, PracticeOutcome
from pos.domain.outside_partners.answers import Answer
from pos.domain.outside_partners.attempt import AttemptState
from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from tests.ui.at_the_counter import PATIENCE, Hand
from tests.ui.sales.provider_counter import ALIPAY_CODE, CODE, IDENTITY, Customers, attempts, counter, pay_by_code

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
At = tuple[Hand, Customers]


@pytest.fixture
def at_counter(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[At]:
    with counter(qapp, qtbot, tmp_path) as both:
        yield both


def a_basket(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)


def some_turns(hand: Hand) -> None:
    """The first turn asks about all that is open; the others do what is due."""
    for _ in range(3):
        hand.wait(1_000)


def until_paid(hand: Hand) -> None:
    some_turns(hand)
    assert hand.screen_id == "paid"


def headline(hand: Hand) -> str:
    return hand.payment.charged.column.card.accessibleName()


def news(hand: Hand) -> str:
    notice = hand.payment.news.notice
    return "" if notice is None else notice.text


def test_a_code_at_the_payment_is_paid_and_recorded_without_another_key(at_counter: At) -> None:
    hand, _customers = at_counter
    pay_by_code(hand)

    sale = hand.shop.show_sale.last()
    assert hand.screen_id == "paid"
    assert sale is not None
    assert [(paid.tender.method, paid.tender.provider) for paid in sale.paid] == [("qr", "wechat")]


def test_a_code_at_the_checkout_opens_the_payment_and_pays(at_counter: At) -> None:
    hand, _customers = at_counter
    a_basket(hand)
    hand.open_payment()
    hand.press(Key.Key_Escape)
    hand.scan(ALIPAY_CODE)

    assert hand.screen_id == "paid"
    sale = hand.shop.show_sale.last()
    assert sale is not None
    assert [paid.tender.provider for paid in sale.paid] == ["alipay"]


def test_a_code_without_a_basket_is_no_product_and_stands_in_no_text(at_counter: At) -> None:
    hand, customers = at_counter
    hand.scan(CODE)
    hand.type(f"{ALIPAY_CODE}\r")

    assert hand.news == "This is a payment code. Scan the goods first."
    assert customers.line.calls == []
    assert not hand.checkout.page.scan.is_begun


def test_the_page_says_what_the_customer_has_to_do_and_refuses_other_keys(at_counter: At) -> None:
    hand, customers = at_counter
    customers.choose(PracticeOutcome.WAITS)
    pay_by_code(hand)
    waiting = headline(hand), hand.payment.charged.column.isVisible()
    for key, modifier in ((Key.Key_F12, None), (Key.Key_Return, None), (Key.Key_C, ALT)):
        hand.press(key, *([modifier] if modifier else []))
        assert news(hand) == "WeChat Pay is asked for this money. Wait, or cancel it with Esc."
        assert hand.heard.sounds[-1] is Sound.REFUSE
    hand.scan(ALIPAY_CODE)
    assert len(attempts(hand)) == 1

    customers.choose(PracticeOutcome.PAYS)
    until_paid(hand)

    assert waiting == ("The customer enters the PIN on the phone", True)


def test_a_lost_answer_is_said_and_asked_for(at_counter: At) -> None:
    hand, customers = at_counter
    customers.choose(PracticeOutcome.LINE_LOST)
    pay_by_code(hand)
    some_turns(hand)
    unknown = headline(hand)
    customers.choose(PracticeOutcome.PAYS)
    until_paid(hand)

    assert unknown == "Not known whether it is paid"


def test_a_declined_payment_says_why_and_the_sale_is_paid_in_another_way(at_counter: At) -> None:
    hand, customers = at_counter
    customers.choose(PracticeOutcome.REFUSES)
    pay_by_code(hand)
    said = news(hand)
    hand.press(Key.Key_C, ALT)
    hand.press(Key.Key_F12)

    assert said.startswith("WeChat Pay: ¥")
    assert "the customer has cancelled" in said
    assert hand.screen_id == "paid"


def test_esc_cancels_and_the_sale_is_paid_in_cash(at_counter: At) -> None:
    hand, customers = at_counter
    customers.choose(PracticeOutcome.WAITS)
    pay_by_code(hand)
    hand.press(Key.Key_Escape)
    said, number = news(hand), attempts(hand)[0].number
    hand.press(Key.Key_C, ALT)
    hand.press(Key.Key_F12)
    some_turns(hand)

    charge = hand.shop.open_attempts.with_number(number)
    assert "is being cancelled" in said
    assert hand.screen_id == "paid"
    assert charge is not None
    assert charge.state is AttemptState.UNDONE


def test_an_identity_number_is_asked_about_and_never_sent(at_counter: At) -> None:
    hand, customers = at_counter
    pay_by_code(hand, IDENTITY)

    assert news(hand).startswith("Document or payment code?")
    assert customers.line.calls == []
    hand.scan(CODE)
    assert hand.screen_id == "paid"


def test_an_identity_number_that_is_a_document_goes_to_the_basket(at_counter: At) -> None:
    hand, customers = at_counter
    pay_by_code(hand, IDENTITY)
    before = len(hand.view.visitors)
    hand.payment.news.action_pressed.emit()
    hand.wait()

    assert (hand.screen_id, customers.line.calls) == ("checkout", [])
    assert len(hand.view.visitors) == before + 1


def test_a_code_of_a_scheme_that_is_not_set_up_is_refused_in_a_sentence(at_counter: At) -> None:
    hand, _customers = at_counter
    pay_by_code(hand, "62" + "1" * 17)

    assert news(hand) == "UnionPay is not set up at this till."


def test_by_key_the_page_asks_for_the_code_of_the_phone(at_counter: At) -> None:
    hand, _customers = at_counter
    a_basket(hand)
    hand.open_payment()
    hand.press(Key.Key_Q, ALT)
    hand.press(Key.Key_F12)

    assert news(hand) == "Scan the payment code on the customer's phone (WeChat Pay, Alipay)."


@pytest.mark.parametrize(("key", "page"), [(Key.Key_F9, "paid"), (Key.Key_F8, "payment")])
def test_a_card_terminal_without_a_line_is_read_by_a_person(at_counter: At, key: Qt.Key, page: str) -> None:
    hand, _customers = at_counter
    a_basket(hand)
    hand.open_payment()
    hand.press(Key.Key_D, ALT)
    hand.press(Key.Key_F12)
    asked = headline(hand)
    hand.press(Key.Key_Escape)
    first = news(hand)
    hand.press(key)

    assert asked == "Take the money on the terminal"
    assert first == "Say first what the terminal shows: approved or declined."
    assert hand.screen_id == page
    state = [one.state for one in attempts(hand)] if page == "payment" else [AttemptState.DONE]
    assert state == [AttemptState.REFUSED if page == "payment" else AttemptState.DONE]


def test_money_that_came_and_is_taken_off_goes_back_through_its_provider(at_counter: At) -> None:
    hand, customers = at_counter
    a_basket(hand)
    hand.open_payment()
    hand.type("1")
    hand.scan(CODE)
    [charge] = attempts(hand)
    hand.payment.due.removed.emit(0)
    some_turns(hand)

    after = hand.shop.open_attempts.with_number(charge.number)
    assert charge.is_tender
    assert after is not None
    assert after.is_given_back
    assert customers.line.calls == ["charge", "refund"]
    assert hand.payment.given() is None


def test_a_terminal_that_registers_is_asked_for_the_whole_sale_or_not_at_all(at_counter: At) -> None:
    hand, _customers = at_counter
    for name, value in (("fiscal_register", "webkassa"), ("fiscal_terminals", "terminal")):
        hand.shop.office.set_setting(Person.at_the_console("root"), name, value)
    a_basket(hand)
    hand.open_payment()
    hand.type("1")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_D, ALT)
    hand.press(Key.Key_F12)

    assert attempts(hand) == [], "no terminal was asked"
    assert "registers its payments itself" in hand.payment.change.card.accessibleDescription()
    hand.payment.due.removed.emit(0)
    hand.press(Key.Key_F12)
    assert headline(hand) == "Take the money on the terminal"


def test_a_shop_may_want_codes_at_the_payment_alone(at_counter: At) -> None:
    hand, customers = at_counter
    hand.till.session.take_settings(replace(hand.till.session.settings, code_at_checkout=False))
    a_basket(hand)
    hand.scan(CODE)

    assert hand.news == "This is a payment code. It is scanned at the payment."
    assert (hand.screen_id, customers.line.calls) == ("checkout", [])


def test_while_a_provider_keeps_silent_the_window_goes_on(at_counter: At, monkeypatch: pytest.MonkeyPatch) -> None:
    hand, customers = at_counter
    called, answers = Event(), Event()
    usual = customers.line.charge

    def silent(order: ChargeOrder) -> Answer:
        called.set()
        assert answers.wait(PATIENCE / 1_000)
        return usual(order)

    monkeypatch.setattr(customers.line, "charge", silent, raising=False)
    a_basket(hand)
    hand.open_payment()
    hand.typing.burst(f"{CODE}\r")
    hand.until(called.is_set)
    said = []
    for language in ("ru", "en"):
        hand.till.session.speak(language)
        QApplication.processEvents()
        said.append(headline(hand))
    answers.set()
    until_paid(hand)

    assert said == ["Запрос: WeChat Pay…", "Asking WeChat Pay …"]


@pytest.mark.parametrize("outcome", [PracticeOutcome.REFUSES, PracticeOutcome.PAYS])
def test_an_answer_that_comes_while_another_page_is_on_show_takes_no_key_from_it(
    at_counter: At, outcome: PracticeOutcome
) -> None:
    hand, customers = at_counter
    customers.choose(PracticeOutcome.WAITS)
    pay_by_code(hand)
    hand.till.session.go("checkout")
    hand.wait()
    before = QApplication.focusWidget()
    customers.choose(outcome)
    some_turns(hand)
    after = QApplication.focusWidget()
    hand.type("300")

    assert hand.screen_id == "checkout"
    assert before is not None
    assert after is before
    assert hand.payment.entry.amount.is_empty()


def test_a_page_that_was_left_never_has_the_keys(at_counter: At) -> None:
    hand, _customers = at_counter
    a_basket(hand)
    hand.open_payment()
    hand.press(Key.Key_Escape)
    before = QApplication.focusWidget()
    hand.payment.entry.amount.setFocus()
    hand.wait(100)

    assert hand.screen_id == "checkout"
    assert before is not None
    assert QApplication.focusWidget() is before
