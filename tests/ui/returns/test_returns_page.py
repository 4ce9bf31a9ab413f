"""The returns page at the real window over a real shop: goods, money and allowance go back, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.returns.return_draft import ReturnDraft
from pos.application.returns.return_request import ReturnByRequest
from pos.application.sales.complete_sale import Payment
from pos.application.text.formatting import NO_BREAK, money_text
from pos.domain.catalogue.product import Product
from pos.domain.errors import StoreError
from pos.domain.money import Currency, Money
from pos.domain.payment.tender import Tender
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.parcel import Parcel, Recipient
from pos.domain.sales.sale import Sale
from pos.domain.visitors.document import read_typed
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Mode
from pos.ui.returns.blind_screen import BlindReturnScreen
from pos.ui.returns.screen import ReturnsScreen
from pos.ui.sales.payment.change_column import State
from tests.builders import cash
from tests.horgos import CNY, KZT, USD
from tests.ui.at_the_counter import NOON, Hand, close_till, open_till
from tests.ui.slow_store import SlowStore
from tests.ui.visitors.test_visitors_page import ZHANG_WEI, person, sell_yesterday

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


STAYS = "The goods count as taken out: the allowance is not restored."


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A cashier at the checkout of a till that has the returns page too."""
    opened = with_returns(open_till(qapp, qtbot, tmp_path))
    yield opened
    close_till(opened)


@pytest.fixture
def boss(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """Someone who may give cash for a card."""
    opened = with_returns(open_till(qapp, qtbot, tmp_path, "manager"))
    yield opened
    close_till(opened)


def with_returns(hand: Hand) -> Hand:
    if hand.till.window.screen_at("returns") is None:
        hand.till.window.plug(ReturnsScreen(hand.till.session, hand.checkout.receipts, hand.checkout.counter))
        hand.till.window.plug(BlindReturnScreen(hand.till.session, hand.checkout.receipts))
    return hand


def page(hand: Hand) -> ReturnsScreen:
    screen = hand.till.window.screen_at("returns")
    assert isinstance(screen, ReturnsScreen)
    return screen


def sell(
    hand: Hand,
    *goods: tuple[Product, int],
    paid: Callable[[Money], tuple[Tender, ...]] | None = None,
    change_in: Currency | None = None,
) -> Sale:
    """A sale to Zhang Wei on the way to China: paid in yuan, exactly, where nothing else is said."""
    basket = hand.shop.new_checkout()
    basket.identify(ZHANG_WEI)
    basket.leave_to("CN")
    for product, quantity in goods:
        basket.add(product.id, quantity)
    order = basket.order(person(hand, "amina"))
    tenders = (Tender("cash", order.cart.total),) if paid is None else paid(order.cart.total)
    return hand.shop.complete_sale.from_counter(order, Payment(tenders, change_in))


def sell_to_two(hand: Hand, product: Product) -> Sale:
    """One piece for each of two visitors, on one receipt."""
    basket = hand.shop.new_checkout()
    for document in (ZHANG_WEI, read_typed("passport", "E87654321", "CHN", "1990-01-01", NOON.date())):
        basket.identify(document)
        basket.leave_to("CN")
        basket.add(product.id, 1)
    order = basket.order(person(hand, "amina"))
    return hand.shop.complete_sale.from_counter(order, Payment((Tender("cash", order.cart.total),)))


def by_card(total: Money) -> tuple[Tender, ...]:
    return (Tender("card", total),)


def test_goods_of_a_party_come_back_from_the_row_of_the_one_who_bought_them(hand: Hand) -> None:
    """A scan took the first row: the allowance went to another visitor than the one at the counter."""
    sweets = hand.goods("food.sweets")
    open_receipt(hand, sell_to_two(hand, sweets).receipt)
    texts = [page(hand).work.rows.text(index) for index in range(2)]
    assert [text.code[:1] for text in texts] == ["A", "B"]
    assert all("••" in text.code for text in texts)

    hand.scan(sweets.code)
    assert [text.split(" | ")[3] for text in rows(hand)] == ["0", "0"]
    assert news(hand) == "Rows of A, B have these goods. Choose one and press +."

    hand.press(Key.Key_Down)
    hand.type("+")
    assert [text.split(" | ")[3] for text in rows(hand)] == ["0", "1"]
    hand.scan(sweets.code)
    assert [text.split(" | ")[3] for text in rows(hand)] == ["1", "1"], "only one row is left to come back from"


def open_receipt(hand: Hand, receipt: str) -> None:
    hand.press(Key.Key_F11)
    hand.till.window.scanned(receipt)
    hand.wait()


def rows(hand: Hand) -> list[str]:
    """The lines on show: sold, back, left, now back, where to."""
    texts = [page(hand).work.rows.text(index) for index in range(page(hand).work.rows.rowCount())]
    return [" | ".join((t.sold, t.before, t.left, t.now, t.to if t.comes else "")) for t in texts]


def proposed(hand: Hand) -> list[str]:
    """How the money would go back, without the spaces that keep figures together."""
    return [text.replace("\u00a0", " ") for text in page(hand).work.money.refunds.texts()]


def verdict(hand: Hand) -> str:
    return page(hand).work.money.card.accessibleName()


def news(hand: Hand) -> str:
    notice = page(hand).news.notice
    return "" if notice is None else notice.text


def recorded(hand: Hand) -> list[GoodsReturn]:
    return list(hand.shop.return_goods.look("T1-000001").returns)


def at_hand(hand: Hand) -> ReturnDraft:
    draft = page(hand).controller.hand
    assert draft is not None
    return draft


def is_done(hand: Hand) -> bool:
    return page(hand).done.isVisible()


def test_goods_come_back_with_the_keys_alone(hand: Hand) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    sale = sell(hand, (toy, 3), (honey, 1))
    hand.press(Key.Key_F11)
    assert hand.screen_id == "returns"
    hand.type("t1-000001")
    hand.press(Key.Key_Return)
    assert rows(hand) == ["3 | – | 3 | 0 | ", "1 | – | 1 | 0 | "]
    assert verdict(hand) == "No items selected"

    hand.type("2")
    hand.press(Key.Key_F7)
    assert rows(hand)[0] == "3 | – | 3 | 2 | Set aside"
    worth = sale.lines[0].unit_price * 2
    assert proposed(hand) == [f"Cash CNY ¥ {worth}"]
    assert verdict(hand) == "Choose a reason"
    assert not page(hand).work.money.button.isEnabled()

    hand.press(Key.Key_F8)
    assert page(hand).work.money.button.isEnabled()
    hand.press(Key.Key_F12)

    [back] = recorded(hand)
    assert [(line.quantity, line.to) for line in back.lines] == [(2, "quarantine")]
    assert (back.reason, back.cashier) == ("Changed mind", "amina")
    assert is_done(hand)
    assert page(hand).done.summary_text().startswith("Return complete. Give this refund")
    hand.press(Key.Key_Return)
    assert hand.screen_id == "checkout"

    open_receipt(hand, "T1-000001")
    assert rows(hand) == ["3 | 2 | 1 | 0 | ", "1 | – | 1 | 0 | "]


def dollars_cost(hand: Hand, buy: int, sell: int) -> None:
    """Another till sets a rate meanwhile."""
    hand.shop.set_rate(person(hand, "manager"), USD, Decimal(buy), Decimal(sell), None, None)


def test_a_refund_that_is_another_one_by_now_is_shown_before_it_is_recorded(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 3))
    open_receipt(hand, "T1-000001")
    hand.press(Key.Key_F5)
    hand.press(Key.Key_3, ALT)
    hand.press(Key.Key_F8)
    before = proposed(hand)
    dollars_cost(hand, 560, 570)

    hand.press(Key.Key_F12)
    refused, now = recorded(hand), proposed(hand)
    said = page(hand).work.money.card.accessibleDescription()
    hand.typing.press_again(Key.Key_F12)  # pressed twice: it is not agreed to yet
    hand.wait()
    pressed_twice = recorded(hand)
    hand.wait(450)
    hand.press(Key.Key_F12)

    [back] = recorded(hand)
    assert before[0].startswith("Cash USD $ ")
    assert (refused, pressed_twice, said) == ([], [], "The refund has changed. Check the new amount.")
    assert before != now
    assert now[0] == f"Cash USD $ {back.refunds[0].amount}"
    assert hand.shop.verify_books() == []


def test_pieces_that_another_till_has_taken_back_are_named_before_fewer_are_returned(hand: Hand) -> None:
    """*Not recorded* stood there without a reason, and a double press refunded the one piece that was left."""
    sell(hand, (hand.goods("toy"), 3))
    open_receipt(hand, "T1-000001")
    hand.type("2")
    hand.press(Key.Key_F8)
    there = {"line": 0, "quantity": 2, "to": "shelf"}
    refund = {"currency": "CNY", "method": "cash"}
    hand.shop.return_by_ticket(
        {
            "key": "t2",
            "receipt": "T1-000001",
            "lines": [there],
            "reason": "broken",
            "refund": refund,
            "cashier": "amina",
        }
    )

    hand.press(Key.Key_F12)
    said = page(hand).work.money.card.accessibleDescription()
    row = rows(hand)[0]
    hand.typing.press_again(Key.Key_F12)
    hand.wait()
    pressed_twice = len(recorded(hand))
    hand.wait(450)
    hand.press(Key.Key_F12)

    assert said.endswith("at most 1 piece can be returned.")
    assert row == "3 | 2 | 1 | 1 | To shelf"
    assert (pressed_twice, len(recorded(hand))) == (1, 2)


def test_a_receipt_that_is_shown_again_says_what_another_till_has_taken_back(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 3))
    open_receipt(hand, "T1-000001")
    hand.type("2")
    hand.press(Key.Key_F8)
    refund = {"currency": "CNY", "method": "cash"}
    there = [{"line": 0, "quantity": 2, "to": "shelf"}]
    hand.till.window.show_screen("checkout")
    hand.shop.return_by_ticket(
        {"key": "t2", "receipt": "T1-000001", "lines": there, "reason": "broken", "refund": refund, "cashier": "amina"}
    )
    hand.till.window.show_screen("returns")
    hand.wait()

    assert rows(hand)[0] == "3 | 2 | 1 | 1 | To shelf"
    assert page(hand).work.reason.reason != ""
    hand.press(Key.Key_F12)
    assert [back.pieces for back in recorded(hand)] == [2, 1]


def test_scanned_goods_come_back_one_by_one_and_no_more_than_were_sold(hand: Hand) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    sell(hand, (toy, 1), (honey, 2))
    open_receipt(hand, "T1-000001")
    for product in (honey, toy, honey):
        hand.scan(product.code)
    assert [row.split(" | ")[3] for row in rows(hand)] == ["1", "2"]
    hand.scan(honey.code)
    assert news(hand).endswith(": at most 2 pieces can be returned.")
    hand.scan(hand.goods("toy", 1).code)
    assert news(hand).startswith("Not on this receipt: ")
    assert [row.split(" | ")[3] for row in rows(hand)] == ["1", "2"]


def test_plus_minus_and_all_count_too(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 4), (hand.goods("food.honey"), 2))
    open_receipt(hand, "T1-000001")
    hand.type("++-")
    assert rows(hand)[0] == "4 | – | 4 | 1 | To shelf"
    hand.press(Key.Key_F4)
    assert rows(hand)[0] == "4 | – | 4 | 4 | To shelf"
    hand.type("9")
    assert "at most 4 pieces" in news(hand)
    hand.type("3")
    assert rows(hand)[0] == "4 | – | 4 | 3 | To shelf"
    hand.press(Key.Key_F5)
    assert [row.split(" | ")[3] for row in rows(hand)] == ["4", "2"]


def test_a_digit_after_a_pause_is_another_quantity(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 12))
    open_receipt(hand, "T1-000001")
    now = [0.0]
    page(hand).work.table.clock = lambda: now[0]
    hand.type("1")
    now[0] += 0.5
    hand.type("2")
    assert rows(hand)[0] == "12 | – | 12 | 12 | To shelf"
    now[0] += 10
    hand.type("1")
    now[0] += 10
    hand.type("2")
    assert rows(hand)[0] == "12 | – | 12 | 2 | To shelf"


def test_tenge_go_back_as_tenge_and_other_money_can_be_chosen(hand: Hand) -> None:
    toy = hand.goods("toy")
    sell(hand, (toy, 2), paid=lambda total: (cash(str(total.minor), KZT),))
    open_receipt(hand, "T1-000001")
    hand.type("1")
    assert proposed(hand)[0].startswith("Cash KZT ₸ ")
    hand.press(Key.Key_1, ALT)
    assert proposed(hand)[0].startswith("Cash CNY ¥ ")
    hand.press(Key.Key_3, ALT)
    assert at_hand(hand).currency == USD
    hand.press(Key.Key_D, ALT)  # nothing was paid by card
    assert at_hand(hand).method == "cash"


def not_refunded(hand: Hand) -> str:
    return page(hand).work.money.not_refunded.text().replace(NO_BREAK, " ")


def test_change_in_other_money_than_was_paid_is_no_longer_called_paid(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 2), paid=lambda _: (cash("100", USD),), change_in=KZT)
    open_receipt(hand, "T1-000001")
    assert not_refunded(hand) == "Paid and not refunded yet: ¥ 153.78"  # of 153.80: the tenge were rounded

    hand.press(Key.Key_F5)
    hand.press(Key.Key_F8)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_Return)
    open_receipt(hand, "T1-000001")
    assert not_refunded(hand) == "Fully refunded already."


def test_change_in_the_money_that_was_paid_leaves_its_amount_on_show(hand: Hand) -> None:
    sale = sell(hand, (hand.goods("toy"), 2), paid=lambda _: (cash("1000", CNY),))
    open_receipt(hand, "T1-000001")
    money = money_text(sale.total, "en", cash=True)
    assert not_refunded(hand) == f"Paid and not refunded yet: Cash CNY {money}".replace(NO_BREAK, " ")


def test_a_card_gets_its_money_back_unless_cash_is_approved(hand: Hand) -> None:
    toy = hand.goods("toy")
    sell(hand, (toy, 2), paid=by_card)
    open_receipt(hand, "T1-000001")
    hand.press(Key.Key_F4)
    hand.press(Key.Key_F8)
    assert proposed(hand)[0].startswith("Card CNY ")
    hand.press(Key.Key_C, ALT)
    assert proposed(hand)[0].startswith("Card CNY ")
    hand.press(Key.Key_F9)
    assert not page(hand).approval.isHidden()
    assert "a cash refund" in page(hand).approval.title

    page(hand).approval.pin.push("000000")
    hand.press(Key.Key_Return)
    assert not page(hand).approval.isHidden()
    page(hand).approval.pin.clear()
    page(hand).approval.pin.push(hand.shop.demo_pins["manager"])
    hand.press(Key.Key_Return)

    assert page(hand).approval.isHidden()
    assert proposed(hand)[0].startswith("Cash CNY ")
    hand.press(Key.Key_F12)
    [back] = recorded(hand)
    assert [refund.method for refund in back.refunds] == ["cash"]
    assert back.approved_by == "manager"


def test_a_cash_refund_that_is_not_approved_leaves_the_card_marked(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 1), paid=by_card)
    open_receipt(hand, "T1-000001")
    hand.press(Key.Key_F4)
    before = at_hand(hand).method
    hand.press(Key.Key_F9)
    hand.press(Key.Key_Escape)

    assert (before, at_hand(hand).method) == ("card", "card")


def test_an_approval_is_gone_when_something_else_comes_back(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 2), paid=by_card)
    open_receipt(hand, "T1-000001")
    hand.type("1")
    hand.press(Key.Key_F9)
    page(hand).approval.pin.push(hand.shop.demo_pins["manager"])
    hand.press(Key.Key_Return)
    assert proposed(hand)[0].startswith("Cash CNY ")
    hand.press(Key.Key_F4)
    assert proposed(hand)[0].startswith("Card CNY ")


def test_who_may_give_cash_for_a_card_needs_no_one_else(boss: Hand) -> None:
    sell(boss, (boss.goods("toy"), 1), paid=by_card)
    open_receipt(boss, "T1-000001")
    boss.press(Key.Key_F4)
    boss.press(Key.Key_F8)
    boss.press(Key.Key_F9)
    assert proposed(boss)[0].startswith("Cash CNY ")
    boss.press(Key.Key_F12)
    assert recorded(boss)[0].approved_by is None  # no one approves himself
    assert recorded(boss)[0].refunds[0].method == "cash"


def test_the_allowance_is_given_back_before_the_visitor_has_left(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 2))
    open_receipt(hand, "T1-000001")
    hand.press(Key.Key_F5)
    assert page(hand).work.money.allowance.text() == "Allowance to be restored for 2 pieces"
    hand.press(Key.Key_F8)
    hand.press(Key.Key_F12)
    assert page(hand).done.allowance.accessibleName() == "Allowance restored for 2 pieces"


def test_the_allowance_stays_used_when_they_have_left(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 2))
    hand.shop.visits.record_departure(ZHANG_WEI, person(hand, "amina"))
    open_receipt(hand, "T1-000001")
    hand.type("1")
    hand.press(Key.Key_F8)
    hand.press(Key.Key_F12)
    assert page(hand).done.allowance.accessibleName() == STAYS


def test_a_visitor_who_brings_goods_of_yesterday_back_is_not_said_to_have_left(hand: Hand) -> None:
    """No departure was recorded: the rules take the goods as taken out at the end of their day."""
    sell_yesterday(hand, ZHANG_WEI, hand.goods("toy"))
    open_receipt(hand, "T1-000001")
    hand.type("1")
    assert page(hand).work.money.allowance.text() == STAYS


def test_goods_of_a_parcel_that_come_back_count_as_sent_and_not_as_taken_out(hand: Hand) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        work.settings.set("parcel_regime_kz", "kz-parcel")
        work.commit()
    basket = hand.shop.new_checkout()
    basket.identify(ZHANG_WEI)
    basket.leave_to("KZ")
    basket.add(hand.goods("toy").id, 2)
    basket.send(Parcel("Kazpost", 9_000), Recipient("A. Seitova", "Almaty, Abay 7"))
    order = basket.order(person(hand, "amina"))
    hand.shop.complete_sale.from_counter(order, Payment((Tender("cash", order.cart.total),)))
    open_receipt(hand, "T1-000001")
    hand.type("1")
    said = "The goods count as sent: the allowance is not restored."
    assert page(hand).work.money.allowance.text() == said
    hand.press(Key.Key_F8)
    hand.press(Key.Key_F12)
    assert page(hand).done.allowance.accessibleName() == said


def test_own_words_are_a_reason(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 1))
    open_receipt(hand, "T1-000001")
    hand.type("1")
    for _ in range(4):
        hand.press(Key.Key_F8)
    assert page(hand).work.reason.own.hasFocus()
    hand.press(Key.Key_F12)
    assert recorded(hand) == []
    hand.type("box open")
    hand.press(Key.Key_F12)
    assert recorded(hand)[0].reason == "box open"


def test_a_receipt_that_is_not_there_is_reported(hand: Hand) -> None:
    hand.press(Key.Key_F11)
    hand.till.window.scanned("T1-000099")
    hand.wait()
    assert news(hand) != ""
    assert page(hand).controller.hand is None
    hand.scan(hand.goods("toy").code)
    assert page(hand).receipt.rows.rowCount() == 0  # none has been sold


def test_another_receipt_asks_before_what_was_begun_is_left(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 1))
    sell(hand, (hand.goods("food.honey"), 1))
    open_receipt(hand, "T1-000001")
    hand.till.window.scanned("T1-000002")
    hand.wait()
    assert at_hand(hand).returnable.sale.receipt == "T1-000002"
    hand.type("1")
    hand.till.window.scanned("T1-000001")
    hand.wait()
    assert at_hand(hand).returnable.sale.receipt == "T1-000002"
    assert "T1-000002" in news(hand)
    hand.press(Key.Key_Return)
    assert at_hand(hand).returnable.sale.receipt == "T1-000001"


def test_when_no_one_knows_the_same_return_is_asked_again_and_made_once(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    sell(hand, (hand.goods("toy"), 2))
    open_receipt(hand, "T1-000001")
    hand.type("1")
    hand.press(Key.Key_F8)
    made = ReturnByRequest.from_counter

    def breaks_after(step: ReturnByRequest, order: Any, approval: Any = None) -> GoodsReturn:
        made(step, order, approval)
        raise StoreError("disconnected", "shop.db")

    monkeypatch.setattr(ReturnByRequest, "from_counter", breaks_after)
    hand.press(Key.Key_F12)
    assert page(hand).controller.state is State.UNCERTAIN
    assert verdict(hand) == "Recording not confirmed"
    assert hand.heard.sounds[-1] is Sound.UNKNOWN
    hand.type("2")
    hand.press(Key.Key_F5)
    hand.till.window.scanned("T1-000001")
    hand.press(Key.Key_Escape)
    assert hand.screen_id == "checkout"
    hand.press(Key.Key_F11)
    assert page(hand).controller.state is State.UNCERTAIN
    monkeypatch.setattr(ReturnByRequest, "from_counter", made)

    hand.press(Key.Key_F12)

    assert is_done(hand)
    assert [back.pieces for back in recorded(hand)] == [1]
    assert page(hand).done.allowance.accessibleName() == "Allowance restored for 1 piece"


def test_what_another_till_took_back_meanwhile_is_seen(hand: Hand) -> None:
    sale = sell(hand, (hand.goods("toy"), 2))
    open_receipt(hand, "T1-000001")
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F8)
    hand.shop.return_by_ticket(
        {
            "key": "other",
            "receipt": sale.receipt,
            "lines": [{"line": sale.lines[0].line, "quantity": 1}],
            "refund": {"currency": "CNY", "method": "cash"},
            "reason": "faulty",
            "cashier": "amina",
        }
    )
    hand.press(Key.Key_F12)
    assert rows(hand) == ["2 | 1 | 1 | 1 | To shelf"]
    hand.press(Key.Key_F12)
    assert [back.pieces for back in recorded(hand)] == [1, 1]


def test_everything_is_said_in_the_language_just_chosen_and_stays(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 2))
    open_receipt(hand, "T1-000001")
    hand.type("2")
    hand.press(Key.Key_F8)
    hand.till.session.speak("ru")
    hand.till.theme.switch(Mode.DARK)
    hand.wait()
    assert rows(hand)[0].startswith("2 | – | 2 | 2 | ")
    assert page(hand).work.money.button.isEnabled()


def test_escape_asks_before_it_leaves_what_was_begun(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 2))
    open_receipt(hand, "T1-000001")
    hand.type("1")
    hand.press(Key.Key_Escape)
    assert page(hand).controller.hand is not None
    hand.press(Key.Key_Return)
    assert page(hand).controller.hand is None
    hand.press(Key.Key_Escape)
    assert hand.screen_id == "checkout"
    assert recorded(hand) == []


def test_what_is_pressed_and_scanned_while_a_refund_is_recorded_changes_nothing_and_hides_no_money(hand: Hand) -> None:
    toy = hand.goods("toy")
    sell(hand, (toy, 2))
    open_receipt(hand, "T1-000001")
    hand.type("1")
    hand.press(Key.Key_F8)
    hand.heard.sounds.clear()
    with SlowStore(hand) as slow:
        slow.press(Key.Key_F12)
        slow.scan(toy.code)
        said = news(hand)
        slow.press(Key.Key_Escape)

    assert said == "First check whether this return was recorded."
    assert Sound.ACCEPT not in hand.heard.sounds
    assert [back.pieces for back in recorded(hand)] == [1]
    assert hand.screen_id == "returns"
    assert page(hand).done.isVisible()


def test_its_printout_prints_by_itself_and_again_when_asked(hand: Hand, qtbot: QtBot) -> None:
    sell(hand, (hand.goods("toy"), 1))
    open_receipt(hand, "T1-000001")
    hand.press(Key.Key_F4)
    hand.press(Key.Key_F8)
    hand.press(Key.Key_F12)
    receipts = hand.checkout.receipts
    qtbot.waitUntil(lambda: receipts.is_idle, timeout=30_000)
    assert receipts.last == "T1-000002"
    hand.press(Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: receipts.is_idle, timeout=30_000)
    issued = hand.shop.issue_receipt("T1-000002", to_paper=False)
    assert issued.copy == 2


@pytest.mark.parametrize("typed", ["1", "t1-000001", "Е1-000001", "е1-000001"])
def test_a_receipt_is_found_however_its_number_is_typed(hand: Hand, typed: str) -> None:
    sell(hand, (hand.goods("toy"), 1))
    hand.press(Key.Key_F11)
    page(hand).receipt.box.field.setText(typed)
    hand.press(Key.Key_Return)
    assert at_hand(hand).returnable.sale.receipt == "T1-000001"


def test_digits_count_wherever_the_hand_was_last(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 3))
    open_receipt(hand, "T1-000001")
    page(hand).work.money.currencies["KZT"].setFocus()
    hand.type("2")
    assert rows(hand) == ["3 | – | 3 | 2 | To shelf"]


def test_an_approval_half_asked_is_forgotten_when_the_till_is_locked(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 1), paid=by_card)
    open_receipt(hand, "T1-000001")
    hand.press(Key.Key_F4)
    hand.press(Key.Key_F9)
    hand.type("31")
    hand.till.window.lock()
    hand.wait()
    assert page(hand).approval.isHidden()
    assert page(hand).approval.pin.pin() == ""
    assert rows(hand) == ["1 | – | 1 | 1 | To shelf"]


def emptied(hand: Hand, code: str = "CNY") -> None:
    """All the cash of a currency goes to the safe."""
    lines = hand.shop.read_shift(person(hand, "manager")).cash
    expected = next(line.expected for line in lines if line.currency.code == code)
    assert expected is not None
    hand.shop.move_cash(person(hand, "amina"), "drop", expected, "evening")


def test_a_refund_of_more_than_the_drawer_holds_is_reported_before_it_is_recorded_and_not_refused(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 1))
    emptied(hand)
    open_receipt(hand, "T1-000001")
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F8)
    card = page(hand).work.money.card
    assert verdict(hand) == "Not enough cash in the drawer"
    amount = page(hand).work.money.refunds.texts()[0].removeprefix("Cash CNY ")
    assert card.accessibleDescription() == (
        f"The drawer should hold less than {amount}. Pay cash in first, or choose another currency."
    )

    hand.press(Key.Key_2, ALT)
    assert card.isHidden()
    hand.press(Key.Key_1, ALT)
    hand.press(Key.Key_F12)

    assert len(recorded(hand)) == 1
    line = next(line for line in hand.shop.read_shift(person(hand, "manager")).cash if line.currency.code == "CNY")
    assert line.expected is not None
    assert line.expected.minor < 0


def test_a_refund_that_the_drawer_holds_is_not_remarked_upon(hand: Hand) -> None:
    sell(hand, (hand.goods("toy"), 1))
    open_receipt(hand, "T1-000001")
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F8)
    assert page(hand).work.money.card.isHidden()


def test_goods_scanned_for_one_receipt_are_not_taken_from_the_next(hand: Hand) -> None:
    honey, toy = hand.goods("food.honey"), hand.goods("toy")
    other = next(code for code in honey.codes)
    first, second = sell(hand, (toy, 1)), sell(hand, (honey, 2))
    open_receipt(hand, first.receipt)
    with SlowStore(hand) as slow:
        slow.scan(other)
        page(hand).controller.open(second.receipt)
    draft = page(hand).controller.hand

    assert draft is not None
    assert (draft.returnable.sale.receipt, draft.pieces) == (second.receipt, 0)


def test_a_return_is_recorded_once_however_often_its_key_is_pressed(hand: Hand) -> None:
    sale = sell(hand, (hand.goods("toy"), 1))
    open_receipt(hand, sale.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F8)
    with SlowStore(hand) as slow:
        for key in (Key.Key_F12, Key.Key_F12, Key.Key_Return):
            slow.press(key)

    assert len(recorded(hand)) == 1
    assert page(hand).done.isVisible()


def test_goods_scanned_right_before_an_exchange_are_in_it(hand: Hand) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    sale = sell(hand, (toy, 1), (honey, 1))
    open_receipt(hand, sale.receipt)
    hand.type("1")
    with SlowStore(hand) as slow:
        slow.scan(next(code for code in honey.codes if code != sale.lines[1].code))
        slow.press(Key.Key_F6)

    assert (hand.screen_id, at_hand(hand).pieces) == ("returns", 2)
    hand.press(Key.Key_F6)
    assert hand.view.back.pieces == 2


def test_enter_opens_no_receipt_of_the_list_before_the_search_is_answered(hand: Hand) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    wanted = sell(hand, (honey, 1))
    sell(hand, (toy, 1))
    hand.press(Key.Key_F11)
    with SlowStore(hand) as slow:
        page(hand).receipt.box.set_text("")
        slow.type(honey.name[:6])
        for _ in range(2):  # an impatient hand
            slow.press(Key.Key_Return)

    assert page(hand).controller.hand is None
    hand.press(Key.Key_Return)
    assert at_hand(hand).returnable.sale.receipt == wanted.receipt


def test_a_key_behind_goods_that_are_still_looked_up_returns_none_of_the_line_before(hand: Hand) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    sale = sell(hand, (toy, 3), (honey, 3))
    open_receipt(hand, sale.receipt)
    hand.type("1")
    with SlowStore(hand) as slow:
        slow.scan(next(code for code in honey.codes if code != sale.lines[1].code))
        slow.press("+")

    assert [at_hand(hand).of_line(line.line).quantity for line in sale.lines] == [1, 1]


def test_what_comes_behind_a_receipt_that_is_still_looked_up_concerns_no_other_receipt(hand: Hand) -> None:
    toy, honey = hand.goods("toy"), hand.goods("food.honey")
    first, second = sell(hand, (toy, 3), (honey, 3)), sell(hand, (honey, 2))
    open_receipt(hand, first.receipt)
    with SlowStore(hand) as slow:
        slow.scan(second.receipt)
        slow.press("+")
        page(hand).key_handlers["return_all"]()
        page(hand).key_handlers["card"]()
        slow.scan(honey.code)
    opened = at_hand(hand)
    page(hand).controller.clear()
    hand.scan(first.receipt)
    with SlowStore(hand) as slow:
        slow.scan("T1-999999")
        slow.scan(honey.code)

    assert (opened.returnable.sale.receipt, opened.pieces, opened.method) == (second.receipt, 1, "cash")
    assert (at_hand(hand).returnable.sale.receipt, at_hand(hand).pieces) == (first.receipt, 0)
