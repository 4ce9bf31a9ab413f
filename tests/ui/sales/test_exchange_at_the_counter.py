"""An exchange at the real window: goods come back on the returns page and pay for others at the checkout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.text.formatting import NO_BREAK, money_text
from pos.domain.money import Money
from pos.domain.payment.tender import Tender
from pos.domain.sales.sale import Sale
from pos.ui.receipts.receipt_words import ReceiptDetails
from pos.ui.receipts.return_words import refund_detail
from pos.ui.sales.customer.basket_words import BasketWriter
from pos.ui.sales.customer.payment_words import paying_view, thanks_view
from pos.ui.sales.customer.speech import Speech
from pos.ui.sales.payment.change_column import State
from pos.ui.sales.payment.paid_screen import PaidScreen
from pos.ui.session.sale_news import PaymentShown
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.cards.figure_card import FigureCard
from pos.ui.widgets.drawing.text_label import TextLabel
from tests.horgos import CNY, KZT
from tests.ui.at_the_counter import CARTON, Hand, close_till, open_till
from tests.ui.returns.test_returns_page import by_card, dollars_cost, emptied, open_receipt, page, sell, with_returns
from tests.ui.sales.test_parked import resume_left, started_again, stopped
from tests.ui.slow_store import SlowStore

Key = Qt.Key


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A cashier at the checkout of a till that has the returns page too."""
    opened = with_returns(open_till(qapp, qtbot, tmp_path))
    yield opened
    close_till(opened)


def last_sale(hand: Hand) -> Sale:
    sale = hand.shop.show_sale.last()
    assert sale is not None
    return sale


def test_goods_are_exchanged_by_keys_alone(hand: Hand) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    first = sell(hand, (toy, 1))
    hand.till.session.speak("ru")
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.type("1")
    hand.press(Key.Key_F6)
    assert hand.screen_id == "checkout"
    hand.scan(honey.code)
    assert toy.price is not None
    assert honey.price is not None
    assert [row.split(" | ")[0] for row in hand.rows()] == ["1", "−1"]
    assert hand.view.due == honey.price - toy.price

    for _ in range(2):
        hand.press(Key.Key_F12)

    sale = last_sale(hand)
    assert [(back.reverses, back.reason) for back in sale.returns] == [(first.receipt, "exchange")]
    assert sale.paid[0].tender.method == "exchange"
    assert hand.screen_id == "paid"
    assert hand.shop.verify_books() == []


def test_an_exchange_is_not_parked_and_says_so_before_a_note_is_typed(hand: Hand) -> None:
    first = sell(hand, (hand.goods("toy"), 1))
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.type("1")
    hand.press(Key.Key_F6)
    hand.scan(hand.goods("food.honey").code)
    hand.press(Key.Key_F7)

    assert hand.news == "This basket contains returned goods. Finish the sale, or remove them before parking."
    assert hand.checkout.parking._panel.isHidden()


def test_what_is_worth_more_is_given_back_on_the_payment_page(hand: Hand) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    first = sell(hand, (toy, 3), (honey, 3), paid=by_card)
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    hand.scan(honey.code)
    assert hand.view.due.minor < 0
    hand.press(Key.Key_F12)
    assert hand.screen_id == "payment"
    card = hand.payment.change.card
    assert card.accessibleName() == "The returned goods have a higher value"
    said = "Complete the sale, then give the refund. Refund to the card at the terminal"
    assert card.accessibleDescription() == said  # nothing is recorded yet
    hand.press(Key.Key_F12)
    sale = last_sale(hand)
    assert [refund.method for refund in sale.returns[0].refunds] == ["exchange", "card"]
    assert hand.shop.verify_books() == []


def test_money_that_goes_back_is_not_promised_in_a_currency_before_its_way_is_known(hand: Hand) -> None:
    """The total is converted at the rates by which money is taken; refunds are paid at others."""
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    first = sell(hand, (toy, 3), (honey, 3))
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    at_first = hand.view.others
    hand.scan(honey.code)
    back = hand.view.others
    for code in [honey.code] * 2 + [toy.code] * 4:
        hand.scan(code)

    assert (at_first, back) == ((), ())
    assert hand.view.due.minor > 0
    assert len(hand.view.others) == 4


def test_how_the_money_goes_back_can_be_chosen(hand: Hand) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    first = sell(hand, (toy, 3), (honey, 3))
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    hand.scan(honey.code)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_2, Qt.KeyboardModifier.AltModifier)
    hand.press(Key.Key_F12)
    refunds = last_sale(hand).returns[0].refunds
    assert [(refund.method, refund.amount.currency.code) for refund in refunds] == [
        ("exchange", "CNY"),
        ("cash", "KZT"),
    ]
    assert hand.shop.verify_books() == []


def test_money_that_is_another_sum_by_now_is_shown_before_the_sale_is_completed(hand: Hand) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    first = sell(hand, (toy, 3), (honey, 3))
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    hand.scan(honey.code)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_3, Qt.KeyboardModifier.AltModifier)
    before = to_refund(hand)
    dollars_cost(hand, 560, 570)
    hand.press(Key.Key_F12)
    card, now = hand.payment.change.card, to_refund(hand)
    said = card.accessibleDescription()
    hand.typing.press_again(Key.Key_F12)  # pressed twice: it is not agreed to yet
    hand.wait()
    place = hand.screen_id
    hand.wait(450)
    hand.press(Key.Key_F12)

    refund = last_sale(hand).returns[0].refunds[1]
    assert (place, said) == ("payment", "The refund has changed. Check the new amount.")
    assert before != now
    assert now == money_text(refund.amount, "en")
    assert hand.screen_id == "paid"
    assert hand.shop.verify_books() == []


def test_that_a_refund_has_changed_is_said_once_and_not_to_the_next_customer(hand: Hand) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    first = sell(hand, (toy, 3), (honey, 3))
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    hand.scan(honey.code)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_3, Qt.KeyboardModifier.AltModifier)
    dollars_cost(hand, 560, 570)
    hand.press(Key.Key_F12)
    assert hand.payment.change.card.accessibleDescription() == "The refund has changed. Check the new amount."
    hand.press(Key.Key_Escape)
    hand.wait(450)
    hand.press(Key.Key_F12)
    again = hand.payment.state, hand.payment.change.card.accessibleName()
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    hand.press(Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    hand.show_passport()
    hand.scan(toy.code)
    hand.wait(450)
    hand.press(Key.Key_F12)

    assert again == (State.OPEN, "The returned goods have a higher value")
    assert (hand.screen_id, hand.payment.state) == ("payment", State.OPEN)
    assert "has changed" not in hand.payment.change.card.accessibleDescription()


def to_refund(hand: Hand) -> str:
    return hand.payment.change.findChildren(AmountLabel)[0].text()


def ways(hand: Hand) -> list[str]:
    """The method and the currency that are highlighted."""
    entry = hand.payment.entry
    return [key for buttons in (entry.methods, entry.currencies) for key, one in buttons.items() if one.isChecked()]


def test_the_payment_page_highlights_the_way_in_which_the_money_goes_back(hand: Hand) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    first = sell(hand, (toy, 3), (honey, 3), paid=by_card)
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    hand.scan(honey.code)
    hand.press(Key.Key_F12)
    shown = ways(hand)
    hand.press(Key.Key_2, Qt.KeyboardModifier.AltModifier)  # tenge in cash is not how it was paid

    assert (shown, ways(hand)) == (["card", "CNY"], ["card", "CNY"])


def test_the_way_in_which_money_goes_back_is_on_show_whatever_is_pressed_before_the_answer(hand: Hand) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    first = sell(hand, (toy, 3), (honey, 3))
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    hand.scan(honey.code)
    hand.press(Key.Key_F12)
    with SlowStore(hand) as slow:
        slow.press(Key.Key_4, Qt.KeyboardModifier.AltModifier)
        slow.type("1")
    way = hand.view.back.currency

    assert way is not None
    assert (hand.screen_id, way.code, ways(hand)) == ("payment", "EUR", ["cash", "EUR"])


def test_a_way_that_is_chosen_just_before_the_sale_is_completed_does_not_unlock_its_payment(hand: Hand) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    first = sell(hand, (toy, 3), (honey, 3))
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    hand.scan(honey.code)
    hand.press(Key.Key_F12)
    hand.wait(450)
    states: list[State] = []
    hand.checkout.counter.payable.connect(lambda _opening: states.append(hand.payment.state))
    with SlowStore(hand) as slow:
        slow.press(Key.Key_4, Qt.KeyboardModifier.AltModifier)
        slow.press(Key.Key_F12)
    said, euros = hand.payment.change.card.accessibleDescription(), to_refund(hand)
    hand.wait(450)
    hand.press(Key.Key_F12)
    hand.until(lambda: hand.screen_id == "paid")

    assert states == [State.RECORDING, State.REFUSED]
    assert said == "The refund has changed. Check the new amount."  # yuan were on show at the first F12
    assert euros == money_text(last_sale(hand).returns[0].refunds[1].amount, "en")
    refunds = [(refund.method, refund.amount.currency.code) for refund in last_sale(hand).returns[0].refunds]
    assert refunds == [("exchange", "CNY"), ("cash", "EUR"), ("cash", "CNY")]  # and what no euro note makes


def test_no_card_is_highlighted_for_money_that_goes_back_in_cash(hand: Hand) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    first = sell(hand, (toy, 3), (honey, 3))
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    hand.scan(honey.code)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_4, Qt.KeyboardModifier.AltModifier)
    hand.press(Key.Key_D, Qt.KeyboardModifier.AltModifier)

    assert ways(hand) == ["cash", "EUR"]
    hand.scan(CARTON)  # which costs more than what comes back
    hand.scan(CARTON)
    hand.open_payment()
    assert ways(hand) == ["cash", "CNY"]


def test_a_row_that_comes_back_is_voided_by_its_key_and_undone(hand: Hand) -> None:
    first = sell(hand, (hand.goods("toy"), 2))
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    assert hand.view.back.pieces == 2
    hand.press(Key.Key_F6)
    assert hand.view.back.pieces == 0
    hand.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hand.view.back.pieces == 2


def test_a_key_pressed_again_before_the_store_answers_takes_out_no_other_row_that_comes_back(hand: Hand) -> None:
    goods = [hand.goods(category) for category in ("toy", "food.honey", "food.sweets")]
    first = sell(hand, *((product, 1) for product in goods))
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    rows = hand.checkout.page.rows
    rows.setCurrentIndex(rows.rows.index(0, 0))
    with SlowStore(hand) as slow:
        slow.press(Key.Key_F6)
        slow.press(Key.Key_F6)
    left = [line.name for _one, line in hand.view.back.rows()]
    hand.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert left == [product.name for product in goods[1:]]
    assert hand.view.back.pieces == 3


def test_the_gauges_see_the_allowance_before_payment(hand: Hand) -> None:
    carton = hand.shop.find.show(CARTON).product
    first = sell(hand, (carton, 2))
    hand.show_passport()
    hand.scan(CARTON)
    assert hand.view.verdict.word == "duty"
    open_receipt(hand, first.receipt)
    hand.type("1")
    hand.press(Key.Key_F6)
    assert hand.view.verdict.word in ("ok", "note")


def test_without_a_piece_chosen_nothing_is_exchanged(hand: Hand) -> None:
    first = sell(hand, (hand.goods("toy"), 1))
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F6)
    assert hand.screen_id == "returns"
    assert not page(hand).work.money.exchange.isVisible()


def test_an_exchange_that_was_open_when_the_till_stopped_costs_the_same_afterwards(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    before = with_returns(open_till(qapp, qtbot, tmp_path))
    toy, honey = before.goods("toy"), before.goods("food.honey")
    first = sell(before, (toy, 2), (honey, 1))
    open_receipt(before, first.receipt)
    before.type("1")
    before.press(Key.Key_F6)
    before.scan(honey.code)
    due, carried = before.view.due, [visitor.visitor.masked for visitor in before.view.visitors]
    stopped(before)
    hand = started_again(qapp, qtbot, tmp_path)
    try:
        offered = hand.news
        resume_left(hand)

        assert "1 piece back" in offered
        assert [row.split(" | ")[0] for row in hand.rows()] == ["1", "−1"]
        assert hand.view.due == due
        assert [visitor.visitor.masked for visitor in hand.view.visitors] == carried
        for _ in range(2):
            hand.press(Key.Key_F12)
            hand.wait(30)
        assert [back.reverses for back in last_sale(hand).returns] == [first.receipt]
        assert hand.shop.verify_books() == []
    finally:
        close_till(hand)


def test_goods_that_come_back_are_offered_after_a_stop_also_without_others(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    before = with_returns(open_till(qapp, qtbot, tmp_path))
    first = sell(before, (before.goods("toy"), 2))
    open_receipt(before, first.receipt)
    before.press(Key.Key_F5)
    before.press(Key.Key_F6)
    stopped(before)
    hand = started_again(qapp, qtbot, tmp_path)
    try:
        resume_left(hand)
        assert hand.view.back.pieces == 2
    finally:
        close_till(hand)


def test_what_came_back_elsewhere_meanwhile_is_not_taken_twice(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    before = with_returns(open_till(qapp, qtbot, tmp_path))
    toy = before.goods("toy")
    first = sell(before, (toy, 2))
    open_receipt(before, first.receipt)
    before.press(Key.Key_F5)
    before.press(Key.Key_F6)
    before.scan(before.goods("food.honey").code)
    stopped(before)
    hand = with_returns(started_again(qapp, qtbot, tmp_path))
    try:
        open_receipt(hand, first.receipt)
        hand.type("1")
        hand.press(Key.Key_F8)
        hand.press(Key.Key_F12)
        hand.press(Key.Key_Return)
        hand.press(Key.Key_F7)
        hand.press(Key.Key_Return)

        assert hand.view.back.pieces == 1
        assert f"Already returned, removed: {toy.name_in('en')}." in hand.news
    finally:
        close_till(hand)


def test_goods_that_only_come_back_are_named_before_the_window_closes_and_at_the_sign_in(hand: Hand) -> None:
    first = sell(hand, (hand.goods("toy"), 2))
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)

    hand.till.window.close()

    assert hand.till.window.isVisible()
    assert hand.till.window.unfinished.news().text == (
        "A basket is open: 2 pieces back. Closing the program clears it."
    )
    hand.scan(hand.goods("food.honey").code)
    total = money_text(hand.view.total, "en")
    assert hand.till.window.unfinished.basket() == f"1 line · {total} · 2 pieces back"


def test_money_of_an_exchange_that_the_drawer_does_not_hold_is_reported_before_it_is_recorded(hand: Hand) -> None:
    first = sell(hand, (hand.goods("toy"), 3), (hand.goods("food.honey"), 3))
    emptied(hand)
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    hand.scan(hand.goods("food.honey").code)
    hand.press(Key.Key_F12)
    card = hand.payment.change.card
    assert "The drawer should hold less than" in card.accessibleDescription()
    hand.press(Key.Key_F12)
    assert hand.screen_id == "paid"


def test_that_goods_are_in_the_basket_is_not_said_any_more_when_they_are_gone(hand: Hand) -> None:
    hand.scan(hand.goods("toy").code)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    first = sell(hand, (hand.goods("toy"), 1))
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    said = hand.news
    hand.till.window.show_screen("checkout")
    hand.wait()
    hand.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (said != "", hand.news, hand.view.back.pieces) == (True, "", 0)


def worth_more(hand: Hand, *before: str) -> Sale:
    """Three toys come back for one jar of honey; the payment is open."""
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    first = sell(hand, (toy, 3), (honey, 3))
    hand.show_passport()
    if before:
        hand.scan(honey.code)
        hand.open_payment()
        for key in before:
            hand.type(key)
            hand.press(Key.Key_Return)
        hand.press(Key.Key_Escape)
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    if not before:
        hand.scan(honey.code)
    hand.press(Key.Key_F12)
    return first


def test_a_note_that_is_tapped_while_money_goes_back_is_not_taken_for_a_payment(hand: Hand) -> None:
    worth_more(hand)
    shown = hand.payment.change._amount.text()
    assert not hand.payment.entry.notes[0].isEnabled()
    hand.payment.entry.given.emit(Money(10_000, CNY))
    hand.type("100")
    hand.press(Key.Key_Return)
    assert hand.payment.given() is None
    assert hand.payment.change._amount.text() == shown
    hand.press(Key.Key_F12)
    assert last_sale(hand).change == ()


def test_money_that_was_given_before_goes_back_beside_the_refund(hand: Hand) -> None:
    worth_more(hand, "100")
    second = hand.payment.change._second
    assert (second.isHidden(), second.text()) == (False, "+ ¥\u00a0100.00")
    hand.press(Key.Key_F12)
    sale = last_sale(hand)
    assert [part.amount for part in sale.change] == [Money(10_000, CNY)]
    assert (hand.paid._second.isHidden(), hand.paid._second.text()) == (False, "+ ¥\u00a0100.00")


def test_what_goes_back_by_card_beside_cash_is_not_read_as_cash(hand: Hand) -> None:
    def in_both(total: Money) -> tuple[Tender, ...]:
        return Tender("cash", Money(5_000, CNY)), Tender("card", total - Money(5_000, CNY))

    first = sell(hand, (hand.goods("toy"), 3), (hand.goods("food.honey"), 3), paid=in_both)
    shown: list[PaymentShown] = []
    hand.till.session.sale_news.paying.connect(shown.append)
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    hand.scan(hand.goods("food.honey").code)
    hand.press(Key.Key_F12)
    at_payment = hand.payment.change._second.text()
    hand.press(Key.Key_F12)
    both = Speech.of(hand.shop.translators, ("zh", "ru"))
    for_the_customer = paying_view(shown[-1], both).second, thanks_view(last_sale(hand), both).second

    assert hand.screen_id == "paid"
    assert at_payment == hand.paid._second.text() == "+ ¥\u00a0446.70 (Card)"
    assert for_the_customer == ("+ ¥\u00a0446.70（银行卡 · Карта）",) * 2


def test_exchange_credit_names_cash_and_card_where_both_pay_for_an_exchange(hand: Hand) -> None:
    def in_both(total: Money) -> tuple[Tender, ...]:
        return Tender("cash", Money(5_000, CNY)), Tender("card", total - Money(5_000, CNY))

    toy = hand.goods("toy")
    first = sell(hand, (toy, 3), paid=in_both)
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    for _ in range(3):
        hand.scan(toy.code)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)

    sale = last_sale(hand)
    tr = hand.till.session.translator
    rows = ReceiptDetails.of(sale, UTC, {}, tr).money
    lines = [row for row in rows if row.text == "Exchange credit CNY"]
    assert [row.detail for row in lines] == ["originally paid: Card", "originally paid: Cash"]
    given = [refund_detail(refund, CNY, tr) for refund in sale.returns[0].refunds]
    assert given == ["originally paid: Card", "originally paid: Cash"]


def test_a_card_that_has_paid_more_than_an_exchange_costs_by_now_is_said_at_once(hand: Hand) -> None:
    first = sell(hand, (hand.goods("toy"), 3))
    hand.show_passport()
    hand.scan(hand.goods("food.honey").code)
    hand.open_payment()
    hand.press(Key.Key_D, Qt.KeyboardModifier.AltModifier)
    hand.type("5")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Escape)
    open_receipt(hand, first.receipt)
    hand.type("2")
    hand.press(Key.Key_F6)

    hand.press(Key.Key_F12)

    change = hand.payment.change
    assert change._second.isHidden(), "no cash goes back for a card"
    for _ in range(2):  # it is approved; then the exchange cannot be recorded with it
        hand.wait(450)
        hand.press(Key.Key_F12)
        assert "¥\u00a05.00 above the total" in change.card.accessibleDescription()
        assert change._second.isHidden()
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_F12)
    assert "¥\u00a05.00 above the total" in change.card.accessibleDescription()
    hand.payment.due.removed.emit(0)
    hand.wait(450)
    hand.press(Key.Key_F12)
    assert hand.screen_id == "paid"
    assert last_sale(hand).change == ()


def test_f6_pressed_twice_voids_no_row_that_it_has_brought_back(hand: Hand) -> None:
    first = sell(hand, (hand.goods("toy"), 1))
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    hand.till.session.finishing.turned()  # the page has just come, however busy the machine is
    hand.typing.press_again(Key.Key_F6)
    hand.wait()
    assert (hand.screen_id, hand.view.back.pieces) == ("checkout", 1)

    hand.wait(500)
    hand.press(Key.Key_F6)  # seen, and meant
    assert hand.view.back.pieces == 0


def test_undo_beside_a_voided_row_is_gone_when_returned_goods_were_kept_since(hand: Hand) -> None:
    first = sell(hand, (hand.goods("toy"), 1))
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    hand.scan(hand.goods("food.honey").code)
    hand.press(Key.Key_F6)
    assert hand.news.startswith("Removed from the basket")

    hand.wait(500)
    hand.press(Key.Key_F6)  # the goods that were to come back stay with the customer

    assert (hand.view.back.pieces, hand.news) == (0, "")


def test_a_return_recorded_meanwhile_is_refused_by_no_number_of_a_line(hand: Hand) -> None:
    toy = hand.goods("toy")
    first = sell(hand, (toy, 1))
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    hand.scan(hand.goods("food.honey").code)
    open_receipt(hand, first.receipt)
    for key in (Key.Key_F5, Key.Key_F8, Key.Key_F12):
        hand.press(key)
    hand.till.window.show_screen("checkout")
    hand.wait()

    hand.press(Key.Key_F12)

    assert hand.news == f"Receipt {first.receipt}: 1 to return, only 0 can be returned."


def paid_figures(hand: Hand) -> dict[str, str]:
    """The figures of the paid page by their names."""
    labels = [label.text() for label in paid_screen(hand).findChildren(FigureCard)[0].findChildren(TextLabel)]
    return {name: amount.replace(NO_BREAK, " ") for name, amount in zip(labels[::3], labels[2::3]) if name}


def paid_screen(hand: Hand) -> PaidScreen:
    screen = hand.till.window.screen_at("paid")
    assert isinstance(screen, PaidScreen)
    return screen


@pytest.mark.parametrize("honeys", [1, 3])
def test_the_rounding_of_an_exchange_is_what_its_figures_differ_by(hand: Hand, honeys: int) -> None:
    """The goods were paid in tenge, which no coin made exactly: they count as what was paid."""
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    first = sell(
        hand, (toy, 3), (honey, 1), paid=lambda _: (Tender("cash", Money.parse("100000", KZT)),), change_in=KZT
    )
    assert first.rounding
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    for _ in range(honeys):
        hand.scan(honey.code)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_2, Qt.KeyboardModifier.AltModifier)
    hand.press(Key.Key_F12)

    shown = {name: figure_of(amount) for name, amount in paid_figures(hand).items()}
    assert hand.screen_id == "paid"
    before, rest = ("Returned goods", "Cash KZT") if honeys == 1 else ("Exchange credit CNY", "Cash KZT")
    sign = 1 if honeys == 1 else -1
    assert shown["Total"] + sign * shown[before] + shown.get("Rounding", Decimal(0)) == shown[rest]
    assert shown.get("Rounding", Decimal(0)) != 0


def test_the_rows_of_an_exchange_add_up_to_its_total(hand: Hand) -> None:
    """One piece alone was paid in tenge, which no coin made exactly: it counts as what was paid."""
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    first = sell(hand, (toy, 1), paid=lambda _: (Tender("cash", Money.parse("20000", KZT)),), change_in=KZT)
    assert first.rounding
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    hand.scan(honey.code)

    view = hand.view
    rounding = money_text(view.back_rounding, "en", plus=True)
    rows = BasketWriter().displayed(view, Speech((hand.till.session.translator,))).rows
    total = hand.checkout.total.findChildren(AmountLabel)[0].text()
    assert view.due != view.total - first.total
    assert total == f"Total · 1 line · 1 piece · 1 piece back · Rounding: {rounding}"
    assert (rows[-1].name, rows[-1].total) == ("Rounding", rounding)
    assert sum(figure_of(row.total) for row in rows) == figure_of(money_text(view.due, "en"))


def test_an_exchange_that_comes_out_even_speaks_of_no_rounding(hand: Hand) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    first = sell(hand, (toy, 1))
    hand.show_passport()
    open_receipt(hand, first.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F6)
    hand.scan(honey.code)

    rows = BasketWriter().displayed(hand.view, Speech((hand.till.session.translator,))).rows
    assert "Rounding" not in hand.checkout.total.findChildren(AmountLabel)[0].text()
    assert [row.name for row in rows] == [honey.name_in("en"), toy.name_in("en")]


def figure_of(text: str) -> Decimal:
    return Decimal(text.replace(NO_BREAK, " ").replace("−", "-").replace("+", "").replace("¥ ", "").replace(",", ""))
