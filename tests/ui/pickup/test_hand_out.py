"""An order is opened at the checkout in one act, whatever page is on show, and picked up by its sale."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from pos.application.pickup.deposits import DepositDraft
from pos.application.pickup.take_order import ClaimLine
from pos.application.text.formatting import money_text
from pos.domain.money import Currency, Money
from pos.domain.pickup.customer_order import CustomerOrder, OrderState
from pos.domain.pickup.pickup_code import PickupCode
from pos.ui.shell.page_builder import Screens
from tests.horgos import CNY, KZT
from tests.ui.pickup.conftest import CHOCOLATE, COGNAC, SWEETS, Counter, the_board_and_sales


@pytest.fixture
def pages() -> Screens:
    """No order is taken here."""
    return the_board_and_sales


def qr(order: CustomerOrder) -> str:
    return PickupCode(order.code).qr


def pay(counter: Counter, order: CustomerOrder, amount: int, of: Currency = CNY) -> None:
    """A deposit in cash."""
    person = counter.till.session.person
    assert person is not None
    counter.shop.pickup.deposits.take(order.code, DepositDraft("cash", Money(amount, of)), person, f"key-{order.code}")


def test_one_scan_opens_an_order_from_any_page_and_its_sale_picks_it_up_with_the_deposit(counter: Counter) -> None:
    mine = counter.claim(CHOCOLATE, SWEETS)
    pay(counter, mine, 1_000)
    counter.show("parked")
    counter.scan(qr(mine))

    assert counter.screen_id == "checkout"
    assert len(counter.rows()) == 2
    rows = counter.checkout.page.rows.rows
    assert all("Agreed price" in rows.row(index).code for index in range(rows.rowCount()))
    said = f"order {PickupCode(mine.code).spaced} · Deposit: {money_text(Money(1_000, CNY), 'en')}"
    assert counter.checkout.total._caption.text().endswith(said)
    counter.show_passport()
    counter.open_payment()
    payment = counter.payment.payment
    assert payment is not None
    assert [tender.method for tender in payment.tenders] == ["deposit"]
    assert str(payment.remaining()) == "50.50"
    assert counter.payment.given() is None
    counter.wait(600)
    counter.press(Qt.Key.Key_F12)
    counter.wait(600)

    order = counter.order(mine.code)
    assert order.state is OrderState.PICKED_UP
    assert order.receipt
    assert counter.shop.show_sale(order.receipt).paid[0].tender.method == "deposit"
    counter.press(Qt.Key.Key_F12)
    counter.show("checkout")
    counter.scan(qr(mine))
    assert order.receipt in counter.news


def test_a_basket_in_hand_is_asked_about_and_stays(counter: Counter) -> None:
    mine = counter.claim(CHOCOLATE)
    pay(counter, mine, 1_000)
    counter.scan(COGNAC)
    counter.scan(qr(mine))
    assert "A basket is in hand" in counter.news
    assert len(counter.rows()) == 1
    counter.scan(qr(mine))  # the scanner has read it twice: the question was not seen yet
    assert len(counter.rows()) == 1
    assert "A basket is in hand" in counter.news
    counter.wait(450)
    counter.scan(qr(mine))
    assert len(counter.rows()) == 2
    assert_deposits_are_read_whole(counter, mine)


def assert_deposits_are_read_whole(counter: Counter, first: CustomerOrder) -> None:
    """Of two orders in the basket, in the longest language, in a small window."""
    session, total = counter.till.session, counter.checkout.total
    second = counter.claim(lines=(ClaimLine(COGNAC, 5),))
    pay(counter, second, 12_000_000, KZT)
    counter.scan(qr(second))
    counter.wait(450)
    counter.scan(qr(second))
    counter.till.window.resize(1024, 768)
    session.speak("kk")
    counter.wait(50)
    lines = [label for label in (total._caption, total._more) if label.isVisible()]
    whole = " · ".join(label.text() for label in lines)
    assert all(PickupCode(one.code).spaced in whole for one in (first, second))
    amounts = (money_text(Money(1_000, CNY), "kk"), money_text(Money(12_000_000, KZT), "kk"))
    assert whole.endswith(f"Кепілпұл: {', '.join(amounts)}")
    assert all(label.full_width <= label.width() for label in lines)
    assert all(label.height() >= label.sizeHint().height() for label in (*lines, total._total))


def test_an_order_that_is_in_the_basket_says_so_when_it_is_scanned_again(counter: Counter) -> None:
    mine, other = counter.claim(CHOCOLATE, SWEETS), counter.claim(SWEETS)
    counter.scan(qr(mine))
    said = f"The customer order {PickupCode(mine.code).spaced} is in the basket already."
    for beside in ((), (COGNAC,)):
        for code in beside:
            counter.scan(code)
        rows = counter.rows()
        assert said not in counter.news
        counter.wait(450)
        counter.scan(qr(mine))
        assert (said in counter.news, counter.rows()) == (True, rows)
    counter.scan(qr(other))
    assert "A basket is in hand" in counter.news
    person = counter.till.session.person
    assert person is not None
    counter.shop.pickup.steps.cancel(mine.code, "", person)
    counter.scan(qr(mine))
    assert "cancelled" in counter.news


def test_a_cancelled_order_and_a_misread_code_are_refused_in_words(counter: Counter) -> None:
    mine = counter.claim(CHOCOLATE)
    person = counter.till.session.person
    assert person is not None
    counter.shop.pickup.steps.cancel(mine.code, "", person)
    counter.scan(qr(mine))
    assert "cancelled" in counter.news
    counter.scan("PICKUP:22222223")
    assert "not the code of a customer order" in counter.said
    assert counter.rows() == []


def test_after_a_step_another_order_that_is_sought_is_the_one_that_is_meant(counter: Counter) -> None:
    """The card stayed on the order of the step, and every key acted on that one."""
    first, second = counter.claim(CHOCOLATE, buyer="Vera 7011112222"), counter.claim(SWEETS, buyer="Nina 7013334444")
    counter.show("pickup")
    counter.type("2222")
    counter.wait(300)
    counter.press(Qt.Key.Key_F5)
    counter.type("A-1")
    counter.press(Qt.Key.Key_Return)
    counter.wait(600)
    packed = counter.board.panel.order
    counter.press(Qt.Key.Key_F2)
    counter.press(Qt.Key.Key_Escape)
    counter.type("4444")
    counter.wait(400)

    assert packed is not None
    assert packed.code == first.code
    assert counter.codes() == [second.code]
    order = counter.board.panel.order
    assert order is not None
    assert order.code == second.code
    counter.press(Qt.Key.Key_F12)
    assert counter.screen_id == "checkout"
    assert [row.line.product.code for row in counter.view.lines] == [SWEETS]


def test_what_is_left_of_a_deposit_is_named_when_the_sale_is_paid(counter: Counter) -> None:
    mine = counter.claim(CHOCOLATE, SWEETS)
    pay(counter, mine, 4_000)
    counter.scan(qr(mine))
    counter.show_passport()
    counter.press(Qt.Key.Key_F6)
    counter.wait(600)
    assert len(counter.rows()) == 1
    counter.open_payment()
    payment = counter.payment.payment
    assert payment is not None
    assert not payment.remaining()  # the deposit pays it all
    counter.wait(600)
    counter.press(Qt.Key.Key_F12)
    counter.wait(600)

    assert (counter.screen_id, counter.order(mine.code).state) == ("paid", OrderState.PICKED_UP)
    left = counter.order(mine.code).deposit
    assert left is not None
    assert left.open.minor > 0
    spaced = PickupCode(mine.code).spaced
    said = f"¥ {float(left.open.units):.2f} of the deposit is left on the order {spaced}. Return it on Pick-up."
    assert counter.paid._rest.text().replace("\u00a0", " ") == said
    counter.scan(SWEETS)
    counter.show_passport()
    counter.open_payment()
    counter.wait(600)
    counter.press(Qt.Key.Key_F12)
    counter.wait(600)
    assert (counter.screen_id, counter.paid._rest.isVisible()) == ("paid", False)


def test_the_next_order_is_handed_out_while_the_last_sale_is_still_on_show(counter: Counter) -> None:
    first, second, third = (counter.claim(SWEETS) for _ in range(3))

    def sell() -> None:
        counter.show_passport()
        counter.open_payment()
        counter.wait(600)
        counter.press(Qt.Key.Key_F12)
        counter.wait(600)
        assert counter.screen_id == "paid"

    counter.scan(qr(first))
    sell()
    counter.scan(qr(second))
    assert (counter.screen_id, len(counter.rows())) == ("checkout", 1)
    sell()
    counter.show("pickup")
    counter.board.show_order(third.code)
    counter.wait(600)
    counter.press(Qt.Key.Key_F12)
    assert (counter.screen_id, len(counter.rows())) == ("checkout", 1)


def test_without_a_shift_it_is_said_what_comes_first(counter: Counter) -> None:
    mine = counter.claim(SWEETS)
    counter.show("pickup")
    counter.board.show_order(mine.code)
    counter.wait(600)
    counter.till.session.take_shift(None)
    counter.press(Qt.Key.Key_F12)
    assert "Open the shift" in counter.said
    assert counter.screen_id == "open_shift"


def test_a_cashier_without_the_pages_of_orders_is_asked_about_the_basket_in_hand(selling: Counter) -> None:
    mine = selling.claim(CHOCOLATE)
    selling.scan(COGNAC)
    selling.show("parked")
    selling.scan(qr(mine))
    assert selling.screen_id == "checkout"
    assert "A basket is in hand" in selling.news
    assert len(selling.rows()) == 1


def test_while_a_payment_is_open_at_a_provider_it_is_said_what_comes_first(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = counter.claim(SWEETS)
    counter.scan(CHOCOLATE)
    counter.show_passport()
    counter.show("parked")
    monkeypatch.setattr(counter.checkout.parking, "is_charging", lambda: True)
    counter.scan(qr(mine))
    assert "Finish this payment first" in counter.said
    assert counter.screen_id == "payment"
    assert len(counter.rows()) == 1
