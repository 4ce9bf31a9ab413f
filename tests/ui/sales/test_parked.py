"""Parking, resuming, what is to be given back, and the basket left when the till stopped, in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from pos.application.ports.stock_ports import StockDeduction
from pos.application.pricing.promotions import PromotionDraft
from pos.application.text.formatting import money_text
from pos.domain.errors import RuleBroken
from pos.domain.money import Money
from pos.domain.payment.pending_refund import PendingRefund
from pos.ui.look.sounds import Sound
from pos.ui.sales.parked.screen import ParkedScreen
from pos.ui.sales.payment.change_column import State
from pos.ui.shell.application import TillWindow
from pos.ui.shifts.close_screen import CloseShiftScreen
from tests.horgos import CNY
from tests.ui.at_the_counter import CARTON, NOON, Hand, a_passport, close_till, open_till, sale_pages
from tests.ui.slow_store import SlowStore

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def parked(hand: Hand) -> ParkedScreen:
    page = hand.till.window.screen_at("parked")
    assert isinstance(page, ParkedScreen)
    return page


def on_the_list(hand: Hand) -> list[tuple[str, str]]:
    """Title and state of each parked basket."""
    model = parked(hand).baskets.model()
    return [(model.text(index).title, model.text(index).state) for index in range(model.rowCount())]  # type: ignore[attr-defined] # ours


def owed_on_the_list(hand: Hand) -> list[tuple[str, str]]:
    model = parked(hand).tenders.model()
    return [(model.text(index).title, model.text(index).amount) for index in range(model.rowCount())]  # type: ignore[attr-defined] # ours


def pending(hand: Hand, no: int) -> PendingRefund:
    amount = Money(no * 10_000, CNY)
    return PendingRefund("0" * 32, no, f"{no}", "T1", "amina", "card", amount, "", "out_of_stock", hand.shop.now())


def in_the_store(hand: Hand, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """What someone with a SQLite shell finds or does."""
    connection = sqlite.connect(hand.shop.folder / "shop.db")
    try:
        rows: list[tuple[Any, ...]] = connection.execute(statement, values).fetchall()
        connection.commit()
    finally:
        connection.close()
    return rows


def a_basket(hand: Hand, *categories: str) -> None:
    hand.show_passport()
    for category in categories:
        hand.checkout.scanned(hand.goods(category).code)
    hand.wait()


def held(hand: Hand) -> int:
    with hand.shop.issue_receipt.store.reading() as work:
        return sum(len(hold.basket) > 0 for hold in work.holds.parked())


def resume_left(hand: Hand) -> None:
    """Tap *Resume the basket* where one that a stop has left is offered."""
    hand.checkout.page.news.action_pressed.emit()
    hand.wait()


def started_again(qapp: QApplication, qtbot: QtBot, folder: Path) -> Hand:
    """The same till after the machine stopped."""
    from pos.application.settings.options import Options

    shop = main.build(Options(data=folder / "shop", demo=True, at=NOON), quick_pins=True, demo_size=400)
    till = TillWindow(qapp, shop, main.RESOURCES, folder / "till.json", folder / "border-pos.log", screens=sale_pages)
    hand = Hand(till, shop, qtbot)
    till.show()
    qtbot.waitUntil(lambda: till.window.screen_at("checkout") is not None, timeout=30_000)
    till.window.activateWindow()
    hand.wait()
    hand.sign_in()
    return hand


def stopped(hand: Hand) -> None:
    hand.wait(700)
    close_till(hand)


def test_f7_parks_with_a_note_and_f7_again_shows_it(hand: Hand) -> None:
    a_basket(hand, "food.sweets", "food.honey")
    hand.press(Key.Key_F7)
    hand.type("wife")
    hand.press(Key.Key_Return)

    assert hand.rows() == []
    assert "Parked until 14:00" in hand.news
    assert hand.heard.sounds[-1] is Sound.ACCEPT
    assert hand.checkout.page.scan.box.field.hasFocus()
    hand.press(Key.Key_F7)
    assert hand.screen_id == "parked"
    assert on_the_list(hand) == [("wife", "held, 120 min left")]


def test_esc_leaves_the_basket_in_hand(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    hand.press(Key.Key_F7)
    hand.type("wife")
    hand.press(Key.Key_Escape)

    assert len(hand.rows()) == 1
    assert hand.checkout.page.note.isHidden()
    assert held(hand) == 0


def test_enter_takes_it_up_as_it_was_and_it_is_paid(hand: Hand) -> None:
    a_basket(hand, "food.sweets", "food.honey")
    before, key = hand.rows(), hand.view.key
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)

    assert (hand.screen_id, hand.rows(), hand.view.key) == ("checkout", before, key)
    assert hand.news == "Sale resumed."
    assert [visitor.visitor.masked for visitor in hand.view.visitors] == ["E••••••01"]
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)
    assert hand.screen_id == "paid"
    assert held(hand) == 0


def test_a_second_enter_at_park_and_at_resume_is_the_same_act(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    rows = hand.rows()
    hand.press(Key.Key_F7)
    hand.heard.sounds.clear()
    hand.typing.press(Key.Key_Return)
    hand.typing.press_again(Key.Key_Return)
    hand.wait()
    parked_once, news, sounds = held(hand), hand.news, list(hand.heard.sounds)
    hand.press(Key.Key_F7)
    hand.heard.sounds.clear()
    hand.typing.press(Key.Key_Return)
    hand.typing.press_again(Key.Key_Return)
    hand.wait()

    assert (parked_once, news.split(" until ")[0], sounds) == (1, "Parked", [Sound.ACCEPT])
    assert (hand.screen_id, hand.news, hand.rows()) == ("checkout", "Sale resumed.", rows)
    assert hand.heard.sounds == [Sound.ACCEPT]
    assert held(hand) == 0


def test_enter_resumes_again_after_a_refusal(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    rows = hand.rows()
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    a_basket(hand, "food.honey")
    hand.till.window.show_screen("parked")
    hand.wait()
    hand.press(Key.Key_Return)
    refused = parked(hand).news.notice
    hand.checkout.counter.change(lambda checkout: checkout.start_new())
    hand.wait()
    hand.press(Key.Key_Return)

    assert refused is not None
    assert (hand.screen_id, hand.rows()) == ("checkout", rows)


def test_what_has_changed_since_is_reported(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    product = hand.view.lines[0].line.product
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    in_the_store(hand, "UPDATE product SET price_minor = 9900 WHERE id = ?", product.id)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)

    assert hand.news.startswith(f"Prices have changed: {product.name_in('en')}")
    assert "99.00" in hand.news
    assert hand.heard.sounds[-1] is Sound.NOTE


def test_a_total_that_a_promotion_has_changed_since_is_reported(hand: Hand) -> None:
    """Of a promotion that begins or ends no price changes, but the customer was told another total."""
    boss = next(one for one in hand.shop.sign_in.people() if one.name == "manager")
    promotions = hand.shop.promotions
    made = promotions.add(PromotionDraft("Spring", percent=Decimal(10)), boss)
    hand.checkout.counter.change(lambda checkout: checkout.start_new())
    hand.wait()
    a_basket(hand, "food.sweets")
    cheaper = hand.view.total
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    promotions.end(made.id, boss)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)

    dearer = hand.view.total
    assert dearer > cheaper
    assert hand.news == f"The total has changed: {money_text(cheaper, 'en')} → {money_text(dearer, 'en')}."
    assert hand.heard.sounds[-1] is Sound.NOTE


def test_a_basket_in_hand_is_not_thrown_away_for_a_parked_one(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    a_basket(hand, "food.honey")
    hand.till.window.show_screen("parked")
    hand.wait()
    hand.press(Key.Key_Return)

    assert hand.screen_id == "parked"
    notice = parked(hand).news.notice
    assert notice is not None
    assert notice.text.startswith("The basket is not empty.")
    assert held(hand) == 1


def test_del_asks_and_a_second_del_discards(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Delete)
    asked = (held(hand), len(on_the_list(hand)))
    hand.press(Key.Key_Delete)

    assert asked == (1, 1)
    assert (held(hand), on_the_list(hand)) == (0, [])
    assert hand.shop.verify_books() == []


def test_the_question_whether_a_parked_sale_is_discarded_goes_with_its_row(hand: Hand) -> None:
    """*Discard this basket?* stood over the next one, and its button discarded the first."""
    for category in ("food.sweets", "food.honey"):
        a_basket(hand, category)
        hand.press(Key.Key_F7)
        hand.press(Key.Key_Return)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Delete)
    asked = parked(hand).news.kind
    parked(hand).read()  # as every few seconds: it stays
    hand.wait()
    stays = parked(hand).news.kind
    hand.press(Key.Key_Down)

    assert (asked, stays) == ("parked.discard", "parked.discard")
    assert parked(hand).news.notice is None
    assert held(hand) == 2


def test_what_the_allowance_does_not_cover_is_parked_and_said(hand: Hand) -> None:
    hand.show_passport()
    for _ in range(3):
        hand.checkout.scanned(CARTON)
    hand.wait()
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)

    assert "Allowance not held for ZHANG W••" in hand.news
    hand.press(Key.Key_F7)
    assert [state for _, state in on_the_list(hand)] == ["goods held, 120 min left"]


# ── the payment ──────────────────────────────────────────────────────────────────────────────────────────────────


def payment_holds(hand: Hand) -> int:
    [(pieces,)] = in_the_store(hand, "SELECT sum(held) FROM stock")
    return int(pieces)


def test_f12_holds_and_esc_gives_it_back_and_the_sale_takes_it(hand: Hand) -> None:
    a_basket(hand, "food.sweets", "food.honey")
    hand.press(Key.Key_F12)
    opened = payment_holds(hand)
    hand.press(Key.Key_Escape)
    left = payment_holds(hand)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)

    assert (opened, left, payment_holds(hand)) == (2, 0, 0)
    assert hand.screen_id == "paid"


def test_a_payment_does_not_open_on_what_another_till_holds(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    product = hand.view.lines[0].line.product
    with hand.shop.issue_receipt.store.begin() as work:
        assert work.stock.hold(product.id, work.stock.on_hand(product.id))
        work.commit()
    hand.press(Key.Key_F12)

    assert hand.screen_id == "checkout"
    assert "are held for other customers" in hand.news or "on the floor" in hand.news


def test_a_card_that_was_taken_for_a_refused_sale_is_to_be_given_back_until_someone_has(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    hand.press(Key.Key_F12)
    hand.press(Key.Key_D, ALT)
    with hand.shop.issue_receipt.store.begin() as work:
        work.holds.drop(hand.view.key, "payment")  # as its lapse does
        for row in hand.view.lines:
            work.stock.take(StockDeduction(row.line.product.id, work.stock.on_hand(row.line.product.id)))
        work.commit()
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)  # approved on the terminal

    assert hand.payment.state is State.REFUSED
    assert "Marked for refund" in hand.payment.change.card.accessibleDescription()
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_F7)
    assert "Refund it first" in hand.news
    hand.till.window.show_screen("parked")
    hand.wait()
    assert [title for title, _ in owed_on_the_list(hand)] == ["Card"]
    hand.press(Key.Key_F9)
    assert owed_on_the_list(hand) == []
    assert hand.shop.owed_money.all() == []


def test_enter_twice_on_a_refund_marks_one_as_refunded(hand: Hand) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        for no in (1, 2, 3):
            work.owed.add(pending(hand, no), None)
        work.commit()
    hand.till.window.show_screen("parked")
    hand.wait()
    parked(hand).tenders.setFocus()
    hand.typing.press(Key.Key_Return)
    hand.typing.press_again(Key.Key_Return)  # twice by mistake, before or after the store has answered
    hand.wait()
    hand.typing.press_again(Key.Key_Return)
    hand.wait()

    assert len(hand.shop.owed_money.all()) == 2


def test_the_refund_that_is_chosen_stays_chosen_when_another_till_has_marked_one(hand: Hand) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        for no in (1, 2, 3):
            work.owed.add(pending(hand, no), None)
        work.commit()
    hand.till.window.show_screen("parked")
    hand.wait()
    page, person = parked(hand), hand.till.session.person
    assert person is not None
    page.tenders.setFocus()
    page.tenders.choose(1)
    first, chosen, last = hand.shop.owed_money.all()
    hand.shop.owed_money.settle(first, person)
    page.read()  # as it does every 20 seconds
    hand.wait()
    hand.press(Key.Key_F9)

    assert chosen not in hand.shop.owed_money.all()
    assert last in hand.shop.owed_money.all()


# ── the close of the shift ───────────────────────────────────────────────────────────────────────────────────────


def test_the_close_of_a_shift_offers_to_hand_parked_sales_over(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    hand = open_till(qapp, qtbot, tmp_path)
    close = CloseShiftScreen(hand.till.session)
    hand.till.window.plug(close)
    a_basket(hand, "food.sweets")
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    hand.till.window.show_screen("close_shift")
    hand.wait()
    offered = close.news.notice
    hand.press(Key.Key_F7)

    assert offered is not None
    assert (offered.text, offered.action) == (
        "1 parked sale is open. Settle it or hand it over.",
        "Hand over to the next shift",
    )
    assert close.news.notice is not None
    assert close.news.notice.text == "1 parked sale handed over to the next shift."
    assert hand.shop.parked_sales.left() == 0
    assert close.parked.offer_hand_over(RuleBroken()) is False
    close_till(hand)


# ── a till that stopped ──────────────────────────────────────────────────────────────────────────────────────────


def test_two_visitors_come_back_with_their_letters(hand: Hand) -> None:
    hand.show_passport()
    hand.checkout.document_scanned(a_passport(7))
    hand.wait()
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)

    assert [visitor.visitor.label for visitor in hand.view.visitors] == ["A", "B"]
    assert [line.line.carrier for line in hand.view.lines] == ["B"]


@pytest.mark.parametrize("keys", [(Key.Key_F9, Key.Key_F9, Key.Key_F9), (Key.Key_Return, Key.Key_F9, Key.Key_Return)])
def test_one_refund_is_marked_however_often_its_keys_are_pressed_while_the_store_is_busy(
    hand: Hand, keys: tuple[Key, ...]
) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        for no in (1, 2):
            work.owed.add(pending(hand, no), None)
        work.commit()
    hand.till.window.show_screen("parked")
    hand.wait()
    parked(hand).tenders.setFocus()
    with SlowStore(hand) as slow:
        for key in keys:
            slow.press(key)

    assert len(hand.shop.owed_money.all()) == 1


def test_a_parked_basket_is_resumed_once_and_shown_however_often_enter_is_pressed(hand: Hand) -> None:
    a_basket(hand, "food.sweets")
    hand.press(Key.Key_F7)
    hand.press(Key.Key_Return)
    hand.press(Key.Key_F7)
    with SlowStore(hand) as slow:
        for _ in range(3):
            slow.press(Key.Key_Return)

    assert (hand.screen_id, len(hand.rows()), len(hand.shop.parked_sales.all())) == ("checkout", 1, 0)
