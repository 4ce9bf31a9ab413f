"""The payment and the moment after, through the real window over a real shop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.application.ports.stock_ports import StockDeduction
from pos.domain.errors import Collided, PrinterError, StoreError
from pos.domain.money import Money
from pos.ui.look.sounds import Sound
from pos.ui.sales.payment.change_column import State
from pos.ui.widgets.buttons.segmented import SegmentButton
from pos.ui.widgets.drawing.text_label import TextLabel
from tests.horgos import CNY, KZT
from tests.ui.at_the_counter import Hand, close_till, open_till
from tests.ui.returns.test_returns_page import emptied
from tests.ui.slow_store import SlowStore

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


@pytest.fixture
def paying(hand: Hand) -> Hand:
    """A visitor with chocolate and honey, the payment open."""
    hand.show_passport()
    for category in ("food.sweets", "food.honey"):
        hand.scan(hand.goods(category).code)
    hand.press(Key.Key_F12)
    assert hand.screen_id == "payment"
    return hand


def left(hand: Hand) -> Money:
    assert hand.payment.payment is not None
    return hand.payment.payment.remaining()


def given(hand: Hand) -> list[Money]:
    kept = hand.payment.given()
    return [] if kept is None else [tender.amount for tender in kept.tenders]


def held(hand: Hand) -> int:
    """The pieces that are held for the visitor of the sale on show."""
    keys = hand.view.visitors[0].visitor.keys
    with hand.shop.issue_receipt.store.reading() as work:
        return sum(line.quantity for line in work.holds.pending(keys, hand.shop.now(), ""))


def sales(hand: Hand) -> int:
    with hand.shop.issue_receipt.store.reading() as work:
        last = work.sales.last_of(hand.shop.till)
    return 0 if last is None else last.number


def test_f12_pays_the_rest_exactly_and_records(paying: Hand) -> None:
    paying.press(Key.Key_F12)

    assert paying.screen_id == "paid"
    assert sales(paying) == 1
    assert paying.heard.sounds[-1] is Sound.PAID


@pytest.mark.parametrize(("height", "totals"), [(768, 4), (600, 0)])
def test_the_totals_in_other_currencies_are_on_show_after_a_card_as_before_it(
    hand: Hand, height: int, totals: int
) -> None:
    hand.till.window.resize(1024, height)
    hand.wait(30)
    shown = []
    for _ in range(2):
        hand.scan(hand.goods("food.sweets").code)
        hand.show_passport()
        hand.open_payment()
        hand.wait(30)
        rows = [row for row in hand.payment.due.findChildren(QWidget) if row.accessibleName().endswith(", CNY")]
        shown.append(sum(row.isVisible() for row in rows))
        hand.press(Key.Key_D, ALT)
        for _ in range(2):
            hand.press(Key.Key_F12)
            hand.wait(30)
        hand.press(Key.Key_Return)
        hand.wait(30)

    assert sales(hand) == 2
    assert shown == [totals, totals]


def test_a_recording_that_takes_longer_than_usual_is_reported_with_what_was_given(paying: Hand) -> None:
    answers = Event()
    paying.till.background.run(answers.wait, lambda _came: None, lambda _error: None)
    button = paying.payment.change.button

    paying.typing.press(Key.Key_F12)
    paying.until(lambda: button.text() == "Recording…")
    given = len(paying.payment.due.tenders())
    answers.set()
    paying.wait()

    assert given == 1
    assert paying.screen_id == "paid"


def test_tenders_in_several_currencies_and_the_change_in_another(paying: Hand) -> None:
    paying.type("50")
    paying.press(Key.Key_Return)
    paying.press(Key.Key_2, ALT)
    rest = left(paying)
    paying.type("20000")
    paying.press(Key.Key_Return)
    payment = paying.payment.payment
    assert payment is not None
    in_tenge = payment.settlement().change[0].amount
    paying.payment.change.choice.chosen.emit("CNY")
    in_yuan = payment.giving_change_in(None).settlement().change
    paying.press(Key.Key_Return)

    assert rest.currency == KZT
    assert in_tenge.currency == KZT
    assert in_yuan
    assert paying.screen_id == "paid"
    with paying.shop.issue_receipt.store.reading() as work:
        sale = work.sales.last_of(paying.shop.till)
    assert sale is not None
    assert [paid.tender.amount.currency.code for paid in sale.paid] == ["CNY", "KZT"]
    assert sale.change[0].amount.currency.code == "CNY"


def test_the_change_is_given_in_another_currency_by_a_key(paying: Hand) -> None:
    paying.type("1000")
    paying.press(Key.Key_Return)
    assert paying.payment.payment is not None
    offered = [button.segment.key for button in paying.payment.change.choice.findChildren(SegmentButton)]
    first = paying.payment.change.choice.choice()
    seen = []
    for _ in offered:
        paying.press(Key.Key_G, ALT)
        seen.append(paying.payment.change.choice.choice())
    assert sorted(seen) == sorted(offered)
    assert seen[-1] == first, "after the last one comes the first again"

    paying.press(Key.Key_G, ALT)
    paying.press(Key.Key_Return)
    sale = paying.shop.show_sale.last()
    assert sale is not None
    assert sale.change[0].amount.currency.code == seen[0] != first


def test_the_currency_of_the_prices_is_offered_however_many_others_were_given(paying: Hand) -> None:
    for key, amount in ((Key.Key_2, "20000"), (Key.Key_3, "10"), (Key.Key_4, "100")):
        paying.press(key, ALT)
        paying.type(amount)
        paying.press(Key.Key_Return)
    choice = paying.payment.change.choice
    assert choice.choice() == "EUR"
    assert list(choice.keys) == ["CNY", "KZT", "USD", "EUR"]
    seen = []
    for _ in range(4):
        paying.press(Key.Key_G, ALT)
        seen.append(choice.choice())
    assert seen == ["CNY", "KZT", "USD", "EUR"]


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768)])
def test_each_currency_that_was_given_is_offered_for_the_change(paying: Hand, size: tuple[int, int]) -> None:
    paying.till.window.resize(*size)
    for key, amount in ((Key.Key_3, "3"), (Key.Key_1, "5"), (Key.Key_4, "3"), (Key.Key_2, "1500"), (Key.Key_5, "5000")):
        paying.press(key, ALT)
        paying.type(amount)
        paying.press(Key.Key_Return)
    choice = paying.payment.change.choice
    assert list(choice.keys) == ["CNY", "KZT", "USD", "EUR", "RUB"]
    for button in choice.findChildren(SegmentButton):
        assert button.width() >= button.fontMetrics().horizontalAdvance(button.segment.key), button.segment.key


def test_without_change_the_key_of_its_currency_does_nothing(paying: Hand) -> None:
    paying.press(Key.Key_G, ALT)
    assert paying.payment.payment is not None
    assert paying.payment.payment.change_currency is None


@pytest.mark.parametrize("method", ["card", "qr"])
def test_a_card_or_a_wallet_pays_the_exact_rest_by_a_tap(paying: Hand, method: str) -> None:
    """The till knows the amount: no figure is typed."""
    rest = left(paying)
    entry = paying.payment.entry
    paying.typing.finger(entry.methods[method])
    paying.wait(10)
    paying.typing.finger(entry.all_by_card)
    paying.wait(450)
    assert given(paying) == [rest]

    paying.typing.finger(paying.payment.change.button)  # approved on the terminal
    paying.wait()
    sale = paying.shop.show_sale.last()
    assert sale is not None
    assert [one.tender.method for one in sale.paid] == [method]
    assert sale.total == rest


def test_the_exact_amount_of_a_card_is_not_named_for_change_that_no_card_gives(paying: Hand) -> None:
    entry = paying.payment.entry
    paying.till.session.speak("ru")
    paying.wait()
    assert entry.all.text() == "Без сдачи"
    assert (entry.all_by_card.text(), entry.all_by_card.accessibleName()) == ("Вся сумма", "Вся сумма")


def test_a_card_takes_a_reference_and_never_gives_change(paying: Hand) -> None:
    paying.press(Key.Key_D, ALT)
    paying.type("9000")
    paying.press(Key.Key_Return)
    refused = (paying.payment.state, paying.payment.payment and paying.payment.payment.tenders)

    paying.payment.entry.reference.setText("Terminal 01 4417")
    paying.payment.entry.amount.clear()
    paying.press(Key.Key_F12)
    asked = (paying.payment.state, paying.payment.change.card.accessibleName())
    paying.press(Key.Key_F12)

    assert refused == (State.REFUSED, ())
    assert asked == (State.APPROVING, "Approved on the terminal?")
    assert paying.screen_id == "paid"


def test_what_the_terminal_has_not_approved_is_not_recorded(paying: Hand) -> None:
    due = left(paying)
    paying.press(Key.Key_D, ALT)
    paying.press(Key.Key_F12)
    paying.typing.press_again(Key.Key_F12)  # twice by mistake
    paying.wait()
    assert (paying.payment.state, sales(paying)) == (State.APPROVING, 0)

    paying.press(Key.Key_Escape)  # refused by the terminal
    assert (paying.screen_id, paying.payment.state, left(paying)) == ("payment", State.OPEN, due)

    paying.press(Key.Key_F12)
    paying.payment.entry.amount.setFocus()
    paying.press(Key.Key_Return)
    assert (paying.screen_id, sales(paying)) == ("paid", 1)


def test_nothing_is_said_to_be_paid_while_the_terminal_may_not_have_approved_it(paying: Hand) -> None:
    def said() -> tuple[str, State, str]:
        return paying.screen_id, paying.payment.state, paying.payment.change.card.accessibleName()

    asked = ("payment", State.APPROVING, "Approved on the terminal?")
    paying.press(Key.Key_D, ALT)
    paying.press(Key.Key_F12)
    paying.press(Key.Key_C, ALT)  # another method, in the middle of the question
    changed = said()
    paying.scan("43100019")  # one thing more: back to the basket, and out of it again
    paying.press(Key.Key_F6)
    paying.open_payment()
    again = said()
    paying.payment.due.tenders()[0].cross.click()
    paying.press(Key.Key_D, ALT)
    paying.type(str(left(paying).units))
    paying.press(Key.Key_Return)
    typed = said()
    paying.typing.press_again(Key.Key_Return)  # twice by mistake
    paying.wait()

    assert (changed, again, typed) == (asked, asked, asked)
    assert (said(), sales(paying)) == (asked, 0)


def test_a_wallet_that_has_not_paid_is_no_payment_either(paying: Hand) -> None:
    due = left(paying)
    paying.press(Key.Key_Q, ALT)
    paying.press(Key.Key_F12)
    card = paying.payment.change.card
    asked = (paying.payment.state, card.accessibleName(), sales(paying))
    paying.press(Key.Key_Escape)
    after_removal = (paying.screen_id, paying.payment.state, left(paying))
    paying.press(Key.Key_F12)
    paying.press(Key.Key_F12)

    assert asked == (State.APPROVING, "Payment received?", 0)
    assert after_removal == ("payment", State.OPEN, due)
    assert (paying.screen_id, sales(paying)) == ("paid", 1)


def test_banknotes_of_one_currency_are_one_tender(paying: Hand) -> None:
    notes = paying.payment.entry.notes
    notes[2].click()
    notes[2].click()

    assert paying.payment.payment is not None
    assert [(str(t.amount), t.notes) for t in paying.payment.payment.tenders] == [("40.00", {2_000: 2})]
    paying.payment.due.tenders()[0].cross.click()
    assert paying.payment.payment.tenders == ()


def test_a_note_beside_a_typed_amount_leaves_its_notes_unknown(paying: Hand) -> None:
    paying.type("10")
    paying.press(Key.Key_Return)
    paying.payment.entry.notes[2].click()

    assert paying.payment.payment is not None
    assert [(str(t.amount), t.notes) for t in paying.payment.payment.tenders] == [("30.00", None)]


def test_the_change_on_show_is_of_the_notes_in_the_drawer_and_is_what_is_recorded(hand: Hand) -> None:
    manager = next(one for one in hand.shop.sign_in.people() if one.name == "manager")
    larger = {5_000: 8, 2_000: 15, 1_000: 25}
    hand.shop.move_cash(manager, "out", Money(95_000, CNY), "no tens today", larger)
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F12)
    payment = hand.payment.payment
    assert payment is not None
    assert payment.total < Money(9_000, CNY)
    hand.type("100")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Return)  # a hundred for so little is asked about
    shown = hand.payment.payment
    assert shown is not None
    change = shown.settlement().change

    hand.press(Key.Key_F12)

    assert max(change[0].notes) == 500
    with hand.shop.issue_receipt.store.reading() as work:
        last = work.sales.last_of(hand.shop.till)
    assert last is not None
    assert last.change == change


def test_a_cashier_without_that_note_in_hand_hands_out_others_and_those_are_recorded(paying: Hand) -> None:
    paying.type("500")
    paying.press(Key.Key_Return)
    first = paying.payment.payment
    assert first is not None
    proposed = first.settlement().change[0]
    assert paying.payment.change.other.isVisible()

    paying.press(Key.Key_N, ALT)
    paying.press(Key.Key_F12)

    with paying.shop.issue_receipt.store.reading() as work:
        last = work.sales.last_of(paying.shop.till)
    assert last is not None
    assert last.change[0].amount == proposed.amount
    assert last.change[0].notes != proposed.notes
    assert min(proposed.notes) not in last.change[0].notes
    assert paying.shop.verify_books() == []


def test_enter_twice_in_a_moment_sells_once(paying: Hand) -> None:
    paying.payment.entry.exact.emit()

    paying.payment.confirm()
    paying.payment.confirm()
    paying.payment.record()
    paying.wait()

    assert sales(paying) == 1


@pytest.mark.parametrize("away", [False, True])
def test_esc_drops_the_amount_that_is_typed_before_it_leaves_the_payment(paying: Hand, away: bool) -> None:
    paying.type("500")
    if away:
        paying.press(Key.Key_Tab)
    paying.press(Key.Key_Escape)
    dropped = (paying.screen_id, paying.payment.entry.amount.is_empty(), paying.payment.entry.amount.hasFocus())
    paying.press(Key.Key_Escape)

    assert dropped == ("payment", True, True)
    assert (paying.screen_id, given(paying)) == ("checkout", [])


def test_esc_drops_a_figure_that_is_asked_about_with_its_question(paying: Hand) -> None:
    paying.type("1000000")
    paying.press(Key.Key_Return)
    asked = paying.payment.state
    paying.press(Key.Key_Escape)

    assert asked is not State.OPEN
    assert (paying.screen_id, paying.payment.state, paying.payment.entry.amount.is_empty()) == (
        "payment",
        State.OPEN,
        True,
    )


def test_esc_drops_the_reference_of_a_card_before_it_leaves_the_payment(paying: Hand) -> None:
    paying.press(Key.Key_D, ALT)
    paying.payment.entry.reference.setFocus()
    paying.type("A17")
    paying.press(Key.Key_Escape)
    dropped = (paying.screen_id, paying.payment.entry.reference.text())
    paying.press(Key.Key_Escape)

    assert dropped == ("payment", "")
    assert paying.screen_id == "checkout"


def test_goods_scanned_during_payment_come_into_the_basket(paying: Hand) -> None:
    pieces = paying.view.pieces

    paying.scan(paying.goods("toy").code)

    assert paying.screen_id == "checkout"
    assert paying.view.pieces == pieces + 1


def test_a_scan_while_the_sale_is_recorded_is_the_next_customers(paying: Hand) -> None:
    toy = paying.goods("toy")
    paying.payment.pay_rest()
    paying.payment.scanned(toy.code)
    paying.wait()
    shown = paying.screen_id

    paying.press(Key.Key_Return)

    assert shown == "paid"
    assert paying.screen_id == "checkout"
    assert [row.split(" | ")[1] for row in paying.rows()] == [toy.name_in("en")]
    assert sales(paying) == 1


@pytest.mark.parametrize("goes_back", [False, True])
def test_a_scan_while_a_sale_is_recorded_that_is_refused_changes_nothing_behind_the_payment(
    paying: Hand, monkeypatch: pytest.MonkeyPatch, goes_back: bool
) -> None:
    counter, goods, toy = type(paying.shop.complete_sale), len(paying.rows()), paying.goods("toy")
    original = counter.from_counter

    def collided(*_arguments: object) -> None:
        raise Collided("store")

    monkeypatch.setattr(counter, "from_counter", collided)
    paying.press(Key.Key_1, ALT)
    for char in "200":
        paying.typing.press(char)
    paying.press(Key.Key_Return)
    slow = SlowStore(paying)
    with slow:
        slow.press(Key.Key_Return)
        slow.scan(toy.code)
    refused = (paying.screen_id, paying.payment.state, len(paying.rows()))
    monkeypatch.setattr(counter, "from_counter", original)
    paying.press(Key.Key_Escape if goes_back else Key.Key_Return)
    sold = sales(paying)
    if not goes_back:
        paying.press(Key.Key_Return)

    assert refused == ("payment", State.REFUSED, goods)
    assert (paying.screen_id, sold) == ("checkout", 0 if goes_back else 1)
    assert [row.split(" | ")[1] for row in paying.rows()][goods if goes_back else 0 :] == [toy.name_in("en")]


def test_a_scan_while_a_sale_is_recorded_comes_into_the_basket_that_is_on_show_when_it_is_refused(
    paying: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    goods, toy = len(paying.rows()), paying.goods("toy")

    def collided(*_arguments: object) -> None:
        raise Collided("store")

    monkeypatch.setattr(type(paying.shop.complete_sale), "from_counter", collided)
    with SlowStore(paying) as slow:
        slow.press(Key.Key_F12)
        slow.scan(toy.code)
        paying.till.window.show_screen("checkout")
    notice = paying.till.window.work.notices.notice

    assert paying.screen_id == "checkout"
    assert notice is not None
    assert notice.text.endswith("The database is busy with another till. Try again.")
    assert [row.split(" | ")[1] for row in paying.rows()][goods:] == [toy.name_in("en")]


def test_a_scan_after_paying_begins_the_next_sale_and_is_not_lost(paying: Hand) -> None:
    toy = paying.goods("toy")
    paying.press(Key.Key_F12)

    paying.scan(toy.code)

    assert paying.screen_id == "checkout"
    assert [row.split(" | ")[1] for row in paying.rows()] == [toy.name_in("en")]
    assert paying.view.visitors == ()


def test_the_visitor_bought_earlier_when_they_come_back(paying: Hand) -> None:
    paying.press(Key.Key_F12)

    paying.paid.document_scanned(
        "P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nE000000019CHN8505051F3405042<<<<<<<<<<<<<<04"
    )
    paying.wait()

    assert paying.view.visitors[0].visits_today == 1
    assert paying.rows() == []


def test_a_refusal_at_the_last_moment_says_why_and_keeps_the_tenders(paying: Hand) -> None:
    with paying.shop.issue_receipt.store.begin() as work:
        work.holds.drop(paying.view.key, "payment")  # as its lapse does
        for row in paying.view.lines:
            work.stock.take(StockDeduction(row.line.product.id, work.stock.on_hand(row.line.product.id)))
        work.commit()

    paying.press(Key.Key_F12)

    assert paying.screen_id == "payment"
    assert paying.payment.state is State.REFUSED
    assert "on the floor" in paying.payment.change.card.accessibleDescription()
    assert paying.payment.payment is not None
    assert len(paying.payment.payment.tenders) == 1
    assert sales(paying) == 0


def test_when_no_one_knows_whether_it_is_recorded_the_same_question_is_asked_again(
    paying: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete = paying.shop.complete_sale
    original = type(complete).from_counter

    def recorded_but_lost(self: object, *arguments: object) -> None:
        original(complete, *arguments)  # type: ignore[arg-type] # passed on as they came
        raise StoreError("unreachable", "store")

    monkeypatch.setattr(type(complete), "from_counter", recorded_but_lost)
    paying.press(Key.Key_F12)
    uncertain = paying.payment.state
    locked = not paying.payment.entry.amount.isEnabled()
    monkeypatch.setattr(type(complete), "from_counter", original)
    paying.payment.setFocus()
    paying.press(Key.Key_Return)

    assert (uncertain, locked) == (State.UNCERTAIN, True)
    assert paying.screen_id == "paid"
    assert sales(paying) == 1


def test_a_jammed_printer_does_not_lose_the_sale(paying: Hand, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def jam(*_arguments: object) -> None:
        raise PrinterError("paper_out", "receipt printer")

    monkeypatch.setattr(type(paying.shop.issue_receipt), "__call__", jam)
    paying.press(Key.Key_F12)
    qtbot.waitUntil(lambda: paying.checkout.receipts.is_idle, timeout=30_000)
    paying.wait()

    notice = paying.till.window.work.notices.notice
    assert notice is not None
    assert "T1-000001 is recorded but not printed" in notice.text
    assert notice.action_key == "Ctrl+P"
    assert paying.screen_id == "paid"
    assert sales(paying) == 1


@pytest.mark.parametrize("language", ["zh", "ru", "kk"])
def test_the_payment_changes_its_language_with_what_is_typed(paying: Hand, language: str) -> None:
    paying.type("12")

    paying.till.session.speak(language)

    tr = paying.till.session.translator
    assert paying.payment.change.button.text() == tr("Complete the sale") != "Complete the sale"
    assert str(paying.payment.entry.amount.amount()) == "12.00"


def test_a_shop_that_wants_the_reference_of_a_wallet_takes_none_without(hand: Hand) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        work.settings.set("qr_reference", "yes")
        work.commit()
    hand.till.session.take_settings(hand.shop.settings())
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_Q, ALT)
    hand.press(Key.Key_F12)
    refused = (hand.payment.state, hand.payment.change.card.accessibleDescription())
    hand.payment.entry.reference.setText("Alipay 8812")
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)  # it has come

    assert refused == (State.REFUSED, "Reference is missing.")
    assert hand.screen_id == "paid"


def test_rates_older_than_the_shop_allows_are_named_before_money_is_taken(hand: Hand) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        work.settings.set("stale_rate_hours", "12")
        work.commit()
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F12)

    texts = [label.text() for label in hand.payment.due.findChildren(TextLabel)]
    assert "Outdated exchange rates: CNY, USD, EUR, RUB. Ask a manager to update them." in texts


def test_a_cashier_who_is_disabled_while_a_card_is_charged_leaves_it_to_be_given_back(paying: Hand) -> None:
    boss = next(one for one in paying.shop.sign_in.people() if one.name == "manager")
    paying.press(Key.Key_D, ALT)
    paying.press(Key.Key_F12)
    paying.shop.staff.disable(boss, "amina")

    paying.press(Key.Key_F12)  # approved on the terminal

    assert paying.screen_id == "sign_in"
    assert sales(paying) == 0
    [owed] = paying.shop.owed_money.all()
    assert (owed.method, owed.person, owed.why) == ("card", "amina", "person_disabled")
    assert paying.shop.verify_books() == []


def test_a_paid_sale_is_no_basket_of_the_next_person_where_its_cashier_is_disabled_beside_it(paying: Hand) -> None:
    """The next person read *unfinished sale*, asked the customer for the money again, and was refused by its key."""
    boss = next(one for one in paying.shop.sign_in.people() if one.name == "manager")
    paying.press(Key.Key_F12)
    assert (paying.screen_id, sales(paying)) == ("paid", 1)
    paying.shop.staff.disable(boss, "amina")

    paying.press(Key.Key_Return)
    assert paying.screen_id == "sign_in"
    notice = paying.till.window.front.notices.accessibleName()
    assert notice.startswith("Amina S. "), "as the shop calls them"
    paying.sign_in("manager")
    assert (paying.rows(), paying.view.visitors) == ([], ())


@pytest.mark.parametrize("way", ["rail", "lock"])
def test_what_a_payment_holds_is_free_again_at_the_basket_whichever_way_leads_there(paying: Hand, way: str) -> None:
    """A visitor was judged by goods that were held for their own payment, which was left and never made."""
    if way == "lock":
        paying.till.window.lock()
        paying.wait()
        paying.sign_in()
    else:
        paying.till.window.show_screen("parked")
        paying.wait()
        assert held(paying) > 0, "a look at another page ends no payment"
        paying.till.window.show_screen("checkout")
    assert paying.screen_id == "checkout"
    paying.wait()
    assert held(paying) == 0

    paying.press(Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    paying.show_passport()
    assert paying.view.visitors[0].held == 0


def test_a_card_that_is_refunded_elsewhere_is_not_said_to_be_received_any_more(paying: Hand) -> None:
    paying.type("20")
    paying.press(Key.Key_Return)
    paying.press(Key.Key_D, ALT)
    paying.type("10")
    paying.press(Key.Key_Return)
    paying.wait(500)
    paying.press(Key.Key_Return)  # approved on the terminal
    paying.press(Key.Key_Escape)
    assert "Card ¥\u00a010" in paying.news
    kept = paying.payment.given()
    assert kept is not None
    paying.till.window.show_screen("parked")

    paying.payment.take_off({one.id for one in kept.tenders if one.method == "card"})

    paying.till.window.show_screen("checkout")
    assert "Cash ¥\u00a020" in paying.news
    assert "Card" not in paying.news


def test_tenge_that_were_received_are_shown_as_they_are_handed_over(paying: Hand) -> None:
    paying.press(Key.Key_2, ALT)
    paying.type("50000")
    paying.press(Key.Key_Return)
    paying.press(Key.Key_Escape)
    assert "Cash ₸\u00a050,000." in paying.news


def test_change_of_more_than_the_drawer_holds_is_reported(paying: Hand) -> None:
    paying.press(Key.Key_Escape)
    emptied(paying, "USD")
    paying.press(Key.Key_F12)
    paying.type("5000")
    paying.press(Key.Key_Return)
    paying.press(Key.Key_Return)  # it is meant
    card = paying.payment.change.card
    assert "The drawer should hold less" not in card.accessibleDescription()
    paying.payment.change.choice.chosen.emit("USD")
    paying.wait()
    assert "The drawer should hold less than $" in card.accessibleDescription()


def test_what_the_terminal_has_not_approved_is_not_among_what_was_received(paying: Hand) -> None:
    def sums() -> list[str]:
        return [label.text() for label in paying.payment.due._sums._names if not label.isHidden()]

    paying.press(Key.Key_D, ALT)
    paying.type("10")
    paying.press(Key.Key_Return)
    assert sums() == ["Received from customer", "Not approved yet", "To pay"]
    view = paying.payment.payment
    assert view is not None
    assert view.view().unapproved == Money(1_000, CNY)
    paying.press(Key.Key_C, ALT)
    paying.press(Key.Key_F12)
    assert paying.payment.state is State.APPROVING
    assert sums()[:2] == ["Received from customer", "Not approved yet"]


def test_a_card_that_has_paid_more_than_the_basket_costs_by_now_promises_no_change(paying: Hand) -> None:
    paying.press(Key.Key_Escape)
    paying.scan(paying.goods("food.honey").code)
    paying.open_payment()
    paying.press(Key.Key_D, ALT)
    paying.type("100")
    paying.press(Key.Key_Return)
    paying.press(Key.Key_Escape)
    paying.press(Key.Key_F6)

    paying.press(Key.Key_F12)

    assert paying.view.total < Money(10_000, CNY)
    assert paying.payment.state is State.APPROVING
    assert paying.payment.change._amount.text() == "¥\u00a00.00"
    paying.wait(450)
    paying.press(Key.Key_Return)
    assert "above the total" in paying.payment.change.card.accessibleDescription()
    assert paying.payment.change._amount.text() == "¥\u00a00.00"
    paying.wait(450)
    paying.press(Key.Key_F12)
    paying.payment.entry.exact.emit()
    assert "above the total" in paying.payment.change.card.accessibleDescription()
    assert sales(paying) == 0
